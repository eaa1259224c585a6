package io.agora.token;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The mechanism of AccessToken (006): a channel and a user, with absolute times. */
public final class AccessToken {
  private static final long DAY = 86_400;

  private final String appId;
  private final String appCertificate;
  private final Text channelName;
  private final Text account;
  private long salt;
  private long expiresAt;
  private final SortedMap<Integer, Long> privileges = new TreeMap<>();

  /**
   * A token that ends a day from now, with a random salt.
   *
   * @param channelName empty for any; of a messaging token its user
   * @param account an account or the digits of a uid; empty for any, and in a messaging token
   */
  public AccessToken(String appId, String appCertificate, Text channelName, Text account) {
    this.appId = appId;
    this.appCertificate = appCertificate;
    this.channelName = channelName;
    this.account = account;
    Reply stamp = new Request().send(Operation.DRAW_STAMP);
    expiresAt = stamp.integer() + DAY;
    salt = stamp.integer();
  }

  /** The same of strings. */
  public AccessToken(String appId, String appCertificate, String channelName, String account) {
    this(appId, appCertificate, Text.of(channelName), Text.of(account));
  }

  /** The same for a uid, where 0 is any user. */
  public AccessToken(String appId, String appCertificate, String channelName, long uid) {
    this(appId, appCertificate, Text.of(channelName), Text.ofUid(uid));
  }

  /** Any number of 32 bits. */
  public AccessToken setSalt(long salt) {
    this.salt = salt;
    return this;
  }

  /** When the token as a whole ends, Unix seconds. */
  public AccessToken setExpiresAt(long expiresAt) {
    this.expiresAt = expiresAt;
    return this;
  }

  /**
   * Grants a privilege.
   *
   * @param privilege its number, as {@link Privilege006#RTC_JOIN_CHANNEL}
   * @param expiredTs when it ends, Unix seconds; 0 for as long as the token
   */
  public AccessToken addPrivilege(int privilege, long expiredTs) {
    privileges.put(privilege, expiredTs);
    return this;
  }

  /**
   * Signs and encodes the token.
   *
   * @throws AgoraTokenException if something of it is none, or does not fit the format
   */
  public String build() {
    Request request =
        new Request().text(appId).text(appCertificate).text(channelName).text(account);
    request.integer(salt).integer(expiresAt).times(privileges);
    return request.send(Operation.BUILD_ACCESS_TOKEN).ascii();
  }

  /**
   * Reads a token without checking who signed it.
   *
   * @throws TokenException if it cannot be read
   */
  public static Unverified parse(String token) {
    return new Unverified(token);
  }

  /**
   * What a token says, which anybody could have written. Channel and user are signed, not carried.
   */
  public static final class Unverified {
    private final String token;
    private final Text appId;
    private final long salt;
    private final long expiresAt;
    private final long channelCrc;
    private final long userCrc;
    private final byte[] signature;
    private final byte[] message;
    private final SortedMap<Integer, Long> privileges;

    private Unverified(String token) {
      this.token = token;
      Reply reply = new Request().text(token).send(Operation.PARSE_ACCESS_TOKEN);
      appId = reply.anyText();
      salt = reply.integer();
      expiresAt = reply.integer();
      channelCrc = reply.integer();
      userCrc = reply.integer();
      signature = reply.bytes();
      message = reply.bytes();
      privileges = reply.times();
    }

    /**
     * Whether the holder of the certificate signed it for this channel and account. Time is not
     * looked at.
     */
    public boolean verifySignature(String appCertificate, Text channelName, Text account) {
      Request request =
          new Request().text(token).text(appCertificate).text(channelName).text(account);
      return request.send(Operation.VERIFY_ACCESS_TOKEN).integer() == 1;
    }

    /** The same of strings. */
    public boolean verifySignature(String appCertificate, String channelName, String account) {
      return verifySignature(appCertificate, Text.of(channelName), Text.of(account));
    }

    /** The same for a uid, where 0 is any user. */
    public boolean verifySignature(String appCertificate, String channelName, long uid) {
      return verifySignature(appCertificate, Text.of(channelName), Text.ofUid(uid));
    }

    /** The App ID as received. */
    public Text getAppId() {
      return appId;
    }

    /** The salt. */
    public long getSalt() {
      return salt;
    }

    /** When the token as a whole says it ends, Unix seconds. */
    public long getExpiresAt() {
      return expiresAt;
    }

    /** The checksum of the channel. */
    public long getChannelCrc() {
      return channelCrc;
    }

    /** The checksum of the user. */
    public long getUserCrc() {
      return userCrc;
    }

    /** The signature as received; 32 bytes in a token that can be valid. */
    public byte[] getSignature() {
      return signature.clone();
    }

    /** The signed message: salt, end and privileges. */
    public byte[] getMessage() {
      return message.clone();
    }

    /** When each privilege ends, Unix seconds, by its number. */
    public SortedMap<Integer, Long> getPrivileges() {
      return Collections.unmodifiableSortedMap(privileges);
    }
  }
}
