package io.agora.token;

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

  /** A tag, and the size of what follows. */
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
    tag(NULL, 0);
    return this;
  }

  Request integer(long number) {
    tag(INTEGER, Long.BYTES);
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
    int start = size;
    text(found);
    bytes[start] = MISFIT;
    return this;
  }

  Request text(String text) {
    if (text == null) {
      return nothing();
    }
    int length = text.length();
    int start = size;
    tag(TEXT, 4 + length);
    size += 4;
    for (int at = 0; at < length; at++) {
      char unit = text.charAt(at);
      if (unit >= 0x80) {
        return anyText(text, start, at);
      }
      bytes[size++] = (byte) unit;
    }
    putSize(start + 1, length);
    return this;
  }

  /** Goes on with a text where it is not ASCII. */
  private Request anyText(String text, int start, int from) {
    int length = text.length();
    reserve(Math.multiplyExact(3, length - from));
    for (int at = from; at < length; ) {
      int character = text.codePointAt(at);
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        bytes[start] = LONE_SURROGATE;
        size = start + HEAD;
        putSize(start + 1, at + 1);
        return this;
      }
      putUtf8(character);
      at += Character.charCount(character);
    }
    putSize(start + 1, size - start - HEAD);
    return this;
  }

  private void putUtf8(int character) {
    if (character < 0x80) {
      bytes[size++] = (byte) character;
      return;
    }
    int following = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    int lead = following == 1 ? 0xc0 : following == 2 ? 0xe0 : 0xf0;
    bytes[size++] = (byte) (lead | character >>> 6 * following);
    for (int left = following - 1; left >= 0; left--) {
      bytes[size++] = (byte) (0x80 | character >>> 6 * left & 0x3f);
    }
  }

  Request bytes(byte[] value) {
    if (value == null) {
      return nothing();
    }
    tag(BYTES, 4 + value.length);
    putSize(size, value.length);
    size += 4;
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  Request text(Text text) {
    return text == null ? nothing() : bytes(text.raw());
  }

  /** The head of a list of so many values, which follow. */
  Request list(int count) {
    tag(LIST, 4);
    putSize(size, count);
    size += 4;
    return this;
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

  private void tag(byte tag, int following) {
    reserve(1 + following);
    bytes[size++] = tag;
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.addExact(Math.max(size, more), bytes.length));
    }
  }

  private void putSize(int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >>> 8);
    bytes[at + 2] = (byte) (value >>> 16);
    bytes[at + 3] = (byte) (value >>> 24);
  }
}
