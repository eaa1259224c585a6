package io.agora.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every program shown in README.md, compiled and run. What a line prints stands behind it. */
class ReadmeTest {
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\S*) ?(.*)\\n((?s:.*?))^```$", Pattern.MULTILINE);
  private static final Pattern PRINTED =
      Pattern.compile("System\\.out\\.println\\(.*\\);(?: // (.*))?");

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> programs() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("README.md")));
    while (blocks.find()) {
      if (blocks.group(1).equals("java")) {
        String name = blocks.group(2);
        String text = blocks.group(3);
        tests.add(DynamicTest.dynamicTest(name, () -> run(name, text)));
      } else {
        assertTrue(
            List.of("console", "xml").contains(blocks.group(1)),
            "it would go untested: " + blocks.group());
      }
    }
    assertEquals(4, tests.size());
    return tests.stream();
  }

  private static void run(String name, String text) throws Exception {
    Path source = Files.writeString(folder.resolve(name), text);
    File output = folder.resolve(name + ".txt").toFile();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path =
        System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));
    ProcessBuilder program =
        new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", path, source.toString());
    program.redirectErrorStream(true).redirectOutput(output);
    int code = program.start().waitFor();
    List<String> printed = Files.readAllLines(output.toPath());
    assertEquals(0, code, printed.toString());
    List<String> expected = new ArrayList<>();
    Matcher lines = PRINTED.matcher(text);
    while (lines.find()) {
      // What differs each time is not told.
      boolean isTold = lines.group(1) != null;
      assertTrue(expected.size() < printed.size(), printed.toString());
      expected.add(isTold ? lines.group(1) : printed.get(expected.size()));
    }
    assertEquals(expected, printed);
  }
}
