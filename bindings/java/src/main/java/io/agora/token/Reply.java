package io.agora.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an operation answers: values as {@link Request} has them, read one after the other. */
final class Reply {
  private static final byte REFUSED = 1;
  private static final byte NULL = 0;
  private static final byte INTEGER = 1;

  private final byte[] bytes;
  private int at = 1;

  /**
   * @throws AgoraTokenException if the operation was refused
   */
  Reply(byte[] bytes) {
    if (bytes == null) {
      throw new OutOfMemoryError("no memory for the answer of the native library");
    }
    this.bytes = bytes;
    if (bytes[0] == REFUSED) {
      throw AgoraTokenException.of(refusal());
    }
  }

  /** Whether the next value is null, which is then passed. */
  boolean isNull() {
    if (bytes[at] != NULL) {
      return false;
    }
    at++;
    return true;
  }

  /** Whether the next value is a number. */
  boolean isInteger() {
    return bytes[at] == INTEGER;
  }

  long integer() {
    at++;
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      number |= (bytes[at++] & 0xffL) << shift;
    }
    return number;
  }

  /** A text of ASCII alone, as tokens are. */
  @SuppressWarnings("deprecation") // It copies and looks at nothing.
  String ascii() {
    int length = size();
    String text = new String(bytes, 0, at, length);
    at += length;
    return text;
  }

  String text() {
    int length = size();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  byte[] bytes() {
    int length = size();
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  Text anyText() {
    return Text.ofBytes(bytes());
  }

  /** How many values of a list follow. */
  int list() {
    return size();
  }

  /** As {@link Request#times} writes them. */
  SortedMap<Integer, Long> times() {
    SortedMap<Integer, Long> times = new TreeMap<>();
    for (int left = list() / 2; left > 0; left--) {
      int number = (int) integer();
      times.put(number, integer());
    }
    return times;
  }

  /** As {@link Request#permissions} writes them. */
  Permissions permissions() {
    Permissions permissions = new Permissions();
    for (int types = list() / 2; types > 0; types--) {
      int resourceType = (int) integer();
      permissions.declare(resourceType);
      for (int left = list() / 2; left > 0; left--) {
        int permissionType = (int) integer();
        List<Text> resources = new ArrayList<>();
        for (int count = list(); count > 0; count--) {
          resources.add(anyText());
        }
        permissions.set(resourceType, permissionType, resources);
      }
    }
    return permissions;
  }

  Refusal refusal() {
    ErrorCode code = ErrorCode.fromNumber((int) integer());
    String field = camelCase(text());
    String reason = text();
    return new Refusal(code, field, reason, ServiceType.find((int) integer()));
  }

  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    for (int left = list() / 4; left > 0; left--) {
      refusals.add(refusal());
    }
    return refusals;
  }

  private int size() {
    int size = 0;
    for (int place = 1; place <= 4; place++) {
      size |= (bytes[at + place] & 0xff) << 8 * (place - 1);
    }
    at += 5;
    return size;
  }

  /** {@code channel_name}, as the core has it, is {@code channelName} in Java. */
  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (int at = 0; at < name.length(); at++) {
      boolean isJoint = name.charAt(at) == '_' && at + 1 < name.length();
      camel.append(isJoint ? Character.toUpperCase(name.charAt(++at)) : name.charAt(at));
    }
    return camel.toString();
  }
}
