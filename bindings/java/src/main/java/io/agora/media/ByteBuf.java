package io.agora.media;

import io.agora.token.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The official reader and writer of bytes, for services that write and read themselves. */
public class ByteBuf {
  private ByteBuffer buffer;

  public ByteBuf() {
    this(new byte[1024]);
  }

  public ByteBuf(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What was written. */
  public byte[] asBytes() {
    byte[] written = new byte[buffer.position()];
    buffer.rewind();
    buffer.get(written);
    return written;
  }

  private ByteBuffer withRoomFor(int more) {
    if (buffer.remaining() < more) {
      ByteBuffer larger = ByteBuffer.allocate(2 * (buffer.position() + more));
      buffer = larger.order(ByteOrder.LITTLE_ENDIAN).put(buffer.flip());
    }
    return buffer;
  }

  public ByteBuf put(short v) {
    withRoomFor(Short.BYTES).putShort(v);
    return this;
  }

  public ByteBuf put(byte[] v) {
    return putCount(v.length).copy(v);
  }

  /** How many bytes or entries follow. */
  ByteBuf putCount(int count) {
    if (count > 0xffff) {
      throw new IllegalArgumentException(count + " bytes or entries, at most 65535 fit the format");
    }
    return put((short) count);
  }

  public ByteBuf copy(byte[] v) {
    withRoomFor(v.length).put(v);
    return this;
  }

  public ByteBuf put(int v) {
    withRoomFor(Integer.BYTES).putInt(v);
    return this;
  }

  public ByteBuf put(long v) {
    withRoomFor(Long.BYTES).putLong(v);
    return this;
  }

  public ByteBuf put(String v) {
    return put(Text.of(v).getBytes());
  }

  public ByteBuf put(TreeMap<Short, String> extra) {
    putCount(extra.size());
    for (Map.Entry<Short, String> pair : extra.entrySet()) {
      put(pair.getKey()).put(pair.getValue());
    }
    return this;
  }

  public ByteBuf putIntMap(TreeMap<Short, Integer> extra) {
    putCount(extra.size());
    for (Map.Entry<Short, Integer> pair : extra.entrySet()) {
      put(pair.getKey()).put(pair.getValue().intValue());
    }
    return this;
  }

  public short readShort() {
    return buffer.getShort();
  }

  public int readInt() {
    return buffer.getInt();
  }

  public byte[] readBytes() {
    byte[] bytes = new byte[Short.toUnsignedInt(readShort())];
    buffer.get(bytes);
    return bytes;
  }

  public String readString() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  public TreeMap<Short, String> readMap() {
    TreeMap<Short, String> map = new TreeMap<>();
    for (int left = Short.toUnsignedInt(readShort()); left > 0; left--) {
      short key = readShort();
      map.put(key, readString());
    }
    return map;
  }

  public TreeMap<Short, Integer> readIntMap() {
    TreeMap<Short, Integer> map = new TreeMap<>();
    for (int left = Short.toUnsignedInt(readShort()); left > 0; left--) {
      short key = readShort();
      map.put(key, readInt());
    }
    return map;
  }
}
