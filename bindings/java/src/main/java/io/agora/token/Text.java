package io.agora.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A channel name, user, room or resource as a token carries it: bytes, which are UTF-8 by habit.
 * Official implementations write UTF-8 and do not check it, so a token in the wild may hold
 * anything.
 */
public final class Text {
  private static final Text EMPTY = new Text(new byte[0]);

  private final byte[] bytes;

  private Text(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The text of a string; null of null, which is refused where it has to be there.
   *
   * @throws AgoraTokenException {@link ErrorCode#INVALID_UTF8} for half a surrogate pair, which no
   *     UTF-8 can hold
   */
  public static Text of(String text) {
    if (text == null) {
      return null;
    }
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return new Text(Arrays.copyOfRange(encoded.array(), 0, encoded.limit()));
    } catch (CharacterCodingException error) {
      String reason = "holds half a surrogate pair, which no UTF-8 can hold";
      throw AgoraTokenException.of(ErrorCode.INVALID_UTF8, "text", reason);
    }
  }

  /** The text of a uid: its digits, and nothing at all for 0, which means any user. */
  static Text ofUid(long uid) {
    if (uid < 0 || uid > 0xffffffffL) {
      String reason = "is " + uid + "; an integer from 0 to 4294967295 expected";
      throw AgoraTokenException.of(ErrorCode.INVALID_UID, "uid", reason);
    }
    return uid == 0 ? EMPTY : of(Long.toString(uid));
  }

  /** The text of any bytes, which are copied. */
  public static Text ofBytes(byte[] bytes) {
    return new Text(bytes.clone());
  }

  /** The bytes as they stand in the token. */
  public byte[] getBytes() {
    return bytes.clone();
  }

  byte[] raw() {
    return bytes;
  }

  /** Whether there are no bytes at all. */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** The string, or null where the bytes are no UTF-8: nothing is replaced. */
  public String getString() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException error) {
      return null;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Text && Arrays.equals(bytes, ((Text) other).bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The string; bytes that are no UTF-8 in hexadecimal. */
  @Override
  public String toString() {
    String string = getString();
    if (string != null) {
      return string;
    }
    StringBuilder hex = new StringBuilder("0x");
    for (byte each : bytes) {
      hex.append(String.format("%02x", each));
    }
    return hex.toString();
  }
}
