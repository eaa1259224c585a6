package io.agora.token;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What an operation is given: values with a tag each, one after the other. `src/message.rs` reads
 * them.
 *
 * <p>Every value may be null, which the other side refuses where it has to be there.
 */
final class Request {
  private static final byte NULL = 0;
  private static final byte INTEGER = 1;
  private static final byte TEXT = 2;
  private static final byte BYTES = 3;
  private static final byte LIST = 4;
  private static final byte MISFIT = 5;
  private static final byte LONE_SURROGATE = 6;

  /** A tag, and four bytes for the size of what follows. */
  private static final int HEAD = 5;

  private byte[] bytes = new byte[256];
  private int size;

  /** Does an operation without a handle. */
  Reply send(Operation operation) {
    return send(operation, 0);
  }

  /**
   * Does an operation.
   *
   * @throws AgoraTokenException if it is refused
   */
  Reply send(Operation operation, long handle) {
    return new Reply(Native.call(operation.ordinal(), handle, bytes, size));
  }

  Request nothing() {
    reserve(1);
    bytes[size++] = NULL;
    return this;
  }

  Request integer(long number) {
    reserve(1 + Long.BYTES);
    bytes[size++] = INTEGER;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (number >>> shift);
    }
    return this;
  }

  Request integer(Number number) {
    return number == null ? nothing() : integer(number.longValue());
  }

  Request flag(boolean flag) {
    return integer(flag ? 1 : 0);
  }

  /** Unix seconds by this clock; nothing for the system's. */
  Request now(Clock clock) {
    return clock == null ? nothing() : integer(Math.floorDiv(clock.millis(), 1000L));
  }

  /** Whole seconds; the other side refuses a part of one. */
  Request seconds(Duration duration) {
    if (duration == null) {
      return nothing();
    }
    return duration.getNano() == 0 ? integer(duration.getSeconds()) : misfit(duration.toString());
  }

  /** What stands there instead of a value, in words. */
  Request misfit(String found) {
    return tagged(MISFIT, found.getBytes(StandardCharsets.UTF_8));
  }

  Request text(String text) {
    if (text == null) {
      return nothing();
    }
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(at))) {
          return head(LONE_SURROGATE, at + 1);
        }
        at++;
      }
    }
    return tagged(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  Request bytes(byte[] value) {
    return value == null ? nothing() : tagged(BYTES, value);
  }

  private Request tagged(byte tag, byte[] value) {
    reserve(HEAD + value.length);
    head(tag, value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  Request text(Text text) {
    return text == null ? nothing() : bytes(text.raw());
  }

  /** The head of a list of so many values, which follow. */
  Request list(int count) {
    return head(LIST, count);
  }

  Request texts(List<String> texts) {
    list(texts.size());
    texts.forEach(this::text);
    return this;
  }

  /** Numbers with the times that belong to them. */
  Request times(SortedMap<Integer, Long> times) {
    list(2 * times.size());
    times.forEach((number, time) -> integer(number).integer(time));
    return this;
  }

  Request permissions(Permissions permissions) {
    if (permissions == null) {
      return nothing();
    }
    Map<Integer, SortedMap<Integer, List<Text>>> all = permissions.getResources();
    list(2 * all.size());
    all.forEach(
        (resourceType, byPermission) -> {
          integer(resourceType);
          list(2 * byPermission.size());
          byPermission.forEach(
              (permissionType, resources) -> {
                integer(permissionType);
                list(resources.size());
                resources.forEach(this::text);
              });
        });
    return this;
  }

  /** A tag, and a size or a number in four bytes. */
  private Request head(byte tag, int number) {
    reserve(HEAD);
    bytes[size++] = tag;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (number >>> shift);
    }
    return this;
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.addExact(Math.max(size, more), bytes.length));
    }
  }
}
