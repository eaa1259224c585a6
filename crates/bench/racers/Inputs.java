// Inputs of the Java racers by the rule of src/inputs.rs, and how they are told what to do.

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.LinkedHashMap;
import java.util.Map;

class Inputs {
  // The public sample credentials of the official test suites.
  static final String APP_ID = "970CA35de60c44645bbae8a215061b33";
  static final String APP_CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b";
  static final int LIFETIME = 3600;

  private static final int COUNT = 1021;

  private final String[] channels = new String[COUNT];
  private final long[] uids = new long[COUNT];
  private final String[] tokens = new String[COUNT];
  private final Map<String, Work> tasks = new LinkedHashMap<>();
  private int state = 1;
  private int at;

  /** Something done with an input and its token; null or an empty text says that it failed. */
  interface Work {
    String with(String channel, long uid, String token);
  }

  Inputs() {
    for (int index = 0; index < COUNT; index++) {
      channels[index] = String.format("%08x%08x%08x%08x", number(), number(), number(), number());
      uids[index] = Integer.toUnsignedLong(number()) % 3_294_967_296L + 1_000_000_000;
    }
  }

  private int number() {
    state = state * 1_664_525 + 1_013_904_223;
    return state;
  }

  static long inAnHour() {
    return System.currentTimeMillis() / 1000 + LIFETIME;
  }

  void mintTokens(Work work) {
    for (int index = 0; index < COUNT; index++) {
      tokens[index] = work.with(channels[index], uids[index], null);
    }
  }

  void task(String name, Work work) {
    tasks.put(name, work);
  }

  /** Says what there is, and does what it is told: a task, and how often. */
  void race() throws IOException {
    System.out.println(String.join(" ", tasks.keySet()));
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      Work work = tasks.get(words[0]);
      long start = System.nanoTime();
      for (long left = Long.parseLong(words[1]); left > 0; left--) {
        String done = work.with(channels[at], uids[at], tokens[at]);
        if (done == null || done.isEmpty()) {
          throw new IllegalStateException(words[0] + " failed");
        }
        at = at + 1 == COUNT ? 0 : at + 1;
      }
      System.out.println(System.nanoTime() - start);
    }
  }
}
