package io.agora.media;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The official helpers, for programs that call them. */
public class Utils {
  public static final long HMAC_SHA256_LENGTH = 32;
  public static final int VERSION_LENGTH = 3;
  public static final int APP_ID_LENGTH = 32;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LARGEST = 1 << 20;

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] hmac(byte[] key, byte[] message)
      throws InvalidKeyException, NoSuchAlgorithmException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  public static byte[] hmacSign(String keyString, byte[] msg)
      throws InvalidKeyException, NoSuchAlgorithmException {
    return hmac(utf8(keyString), msg);
  }

  public static byte[] pack(PackableEx packableEx) {
    return packableEx.marshal(new ByteBuf()).asBytes();
  }

  public static void unpack(byte[] data, PackableEx packableEx) {
    packableEx.unmarshal(new ByteBuf(data));
  }

  public static String base64Encode(byte[] data) {
    return Base64.getEncoder().encodeToString(data);
  }

  public static byte[] base64Decode(String data) {
    return Base64.getDecoder().decode(data);
  }

  public static int crc32(String data) {
    return crc32(utf8(data));
  }

  public static int crc32(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  public static int getTimestamp() {
    return (int) (System.currentTimeMillis() / 1000);
  }

  public static int randomInt() {
    return RANDOM.nextInt();
  }

  public static boolean isUUID(String uuid) {
    return uuid.length() == 32
        && uuid.chars().allMatch(unit -> Character.digit(unit, 16) >= 0 && unit < 0x80);
  }

  public static byte[] compress(byte[] data) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] room = new byte[4096];
      while (!deflater.finished()) {
        out.write(room, 0, deflater.deflate(room));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** What was compressed, up to 1 MiB; nothing of what is damaged from the damage on. */
  public static byte[] decompress(byte[] data) {
    Inflater inflater = new Inflater();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      inflater.setInput(data);
      byte[] room = new byte[4096];
      int count;
      while (out.size() < LARGEST && (count = inflater.inflate(room)) > 0) {
        out.write(room, 0, count);
      }
    } catch (DataFormatException error) {
      return out.toByteArray();
    } finally {
      inflater.end();
    }
    return out.toByteArray();
  }

  public static String md5(String plainText) {
    try {
      StringBuilder hex = new StringBuilder();
      for (byte each : MessageDigest.getInstance("MD5").digest(utf8(plainText))) {
        hex.append(String.format("%02x", each));
      }
      return hex.toString();
    } catch (GeneralSecurityException error) {
      throw new IllegalStateException("no MD5", error);
    }
  }
}
