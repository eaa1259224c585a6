package io.agora.token;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** What the tests share: where the checkout is, its cases, the public sample credentials. */
final class Samples {
  /** Of the official test suites. */
  static final String APP_ID = "970CA35de60c44645bbae8a215061b33";

  static final String APP_CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b";
  static final Credentials CREDENTIALS = Credentials.of(APP_ID, APP_CERTIFICATE);

  /** Maven runs tests in the folder of the package. */
  static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();

  static final ObjectMapper JSON = new ObjectMapper();

  private Samples() {}

  /** A test that may throw anything. */
  interface Check {
    void of(JsonNode each) throws Exception;
  }

  static JsonNode read(String file) {
    try {
      return JSON.readTree(CHECKOUT.resolve(file).toFile());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** A test of each case of a file, which must be as many as the file announces. */
  static Stream<DynamicTest> each(String file, String member, String name, Check check) {
    JsonNode whole = read(file);
    List<DynamicTest> tests = new ArrayList<>();
    whole
        .get(member)
        .forEach(
            each ->
                tests.add(DynamicTest.dynamicTest(each.get(name).asText(), () -> check.of(each))));
    if (tests.isEmpty() || tests.size() != whole.get("count").asInt()) {
      throw new AssertionError(
          file + " has " + tests.size() + " cases, it announces " + whole.get("count"));
    }
    return tests.stream();
  }

  /** What a call is refused with, or {@code ok}. */
  static String outcome(Executable call) throws Exception {
    try {
      call.execute();
      return "ok";
    } catch (AgoraTokenException error) {
      return error.getCode().name();
    } catch (Throwable error) {
      throw new AssertionError(error);
    }
  }

  static AgoraTokenException refusal(Executable call) {
    return assertThrows(AgoraTokenException.class, call);
  }

  static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder();
    for (byte each : bytes) {
      hex.append(String.format("%02x", each));
    }
    return hex.toString();
  }

  /** A text of the vectors: a string, or bytes written in hexadecimal or as a repetition. */
  static Text text(JsonNode value) {
    if (value.isTextual()) {
      return Text.of(value.asText());
    }
    if (value.has("hex")) {
      String digits = value.get("hex").asText();
      byte[] bytes = new byte[digits.length() / 2];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) Integer.parseInt(digits.substring(2 * at, 2 * at + 2), 16);
      }
      return Text.ofBytes(bytes);
    }
    String prefix = value.path("prefix").asText("");
    JsonNode repeat = value.get("repeat");
    return Text.of(prefix + repeat.get(0).asText().repeat(repeat.get(1).asInt()));
  }

  /**
   * A text as a string; one that is none stands with a character for each byte, which no token
   * holds.
   */
  static String string(JsonNode value) {
    Text text = text(value);
    String string = text.getString();
    return string != null ? string : new String(text.getBytes(), StandardCharsets.ISO_8859_1);
  }

  static Permissions permissions(JsonNode value) {
    Permissions permissions = new Permissions();
    value
        .fields()
        .forEachRemaining(
            byType -> {
              int resourceType = Integer.parseInt(byType.getKey());
              permissions.declare(resourceType);
              byType
                  .getValue()
                  .fields()
                  .forEachRemaining(
                      pair -> {
                        List<Text> resources = new ArrayList<>();
                        pair.getValue().forEach(each -> resources.add(text(each)));
                        permissions.set(resourceType, Integer.parseInt(pair.getKey()), resources);
                      });
            });
    return permissions;
  }

  /** What two tokens of the same arguments have in common. */
  static JsonNode content(String token) {
    ObjectNode document = (ObjectNode) json(AgoraToken.inspect(token).toJson());
    return document.without(List.of("issuedAt", "expiresAt", "salt", "signature"));
  }

  static <T> T quietly(Supplier<T> call, T instead) {
    try {
      return call.get();
    } catch (AgoraTokenException error) {
      return instead;
    }
  }

  /**
   * Keeps {@link ToIntFunction} of the generated table near what it is for: the official enum with
   * this number.
   */
  static <E> E official(E[] values, ToIntFunction<E> number, long wanted) {
    return Stream.of(values)
        .filter(each -> number.applyAsInt(each) == wanted)
        .findFirst()
        .orElse(null);
  }
}
