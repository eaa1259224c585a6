package io.agora.token;

import static io.agora.token.Samples.CREDENTIALS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads at once: nothing is mixed up, and nothing is used after it was freed. */
class ThreadsTest {
  private static final int THREADS = 32;

  private interface Work {
    void of(int thread) throws Exception;
  }

  private static void inThreads(Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int number = thread;
      running.add(
          threads.submit(
              () -> {
                work.of(number);
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> each : running) {
      each.get(2, TimeUnit.MINUTES);
    }
  }

  @Test
  void everybodyGetsTheirOwn() throws Exception {
    AtomicInteger tokens = new AtomicInteger();
    try (Issuer issuer = new Issuer(CREDENTIALS);
        Verifier verifier = new Verifier(CREDENTIALS)) {
      inThreads(
          thread -> {
            for (int call = 0; call < 1000; call++) {
              String channel = "room-" + thread + "-" + call;
              long uid = 1 + thread * 1000L + call;
              String token =
                  call % 2 == 0
                      ? issuer.issue(Grant.rtc(channel, uid, Role.PUBLISHER)).getToken()
                      : RtcTokenBuilder.buildTokenWithUid(
                          Samples.APP_ID,
                          Samples.APP_CERTIFICATE,
                          channel,
                          uid,
                          Role.PUBLISHER,
                          600);
              verifier.verify(token, new Expected().channel(channel).uid(uid));
              Grant wrong = Grant.rtc("r".repeat(64 + thread), uid, Role.PUBLISHER);
              AgoraTokenException error =
                  assertThrows(InputException.class, () -> issuer.issue(wrong));
              assertTrue(error.getReason().contains((64 + thread) + " bytes"), error.getReason());
              tokens.incrementAndGet();
            }
          });
    }
    assertEquals(THREADS * 1000, tokens.get());
  }

  @Test
  void whatIsClosedWhileItIsUsedIsRefusedThenAndNotBefore() throws Exception {
    for (int round = 0; round < 50; round++) {
      Issuer issuer = new Issuer(CREDENTIALS);
      AtomicInteger refused = new AtomicInteger();
      inThreads(
          thread -> {
            for (int call = 0; call < 40; call++) {
              if (thread == 7 && call == 20) {
                issuer.close();
                issuer.close();
              }
              try {
                issuer.issue(Grant.rtc("room", 42, Role.PUBLISHER));
              } catch (IllegalStateException error) {
                refused.incrementAndGet();
              }
            }
          });
      assertTrue(refused.get() >= 20);
      assertThrows(IllegalStateException.class, () -> issuer.issue(Grant.rtm("alice")));
    }
  }

  @Test
  void whatNobodyHoldsIsFreedByTheCollector() {
    for (int round = 0; round < 20_000; round++) {
      String token = new Issuer(CREDENTIALS).issue(Grant.rtm("alice")).getToken();
      assertTrue(token.startsWith("007"));
    }
    System.gc();
    new Issuer(CREDENTIALS).close();
  }
}
