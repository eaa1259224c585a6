package io.agora.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The mechanism of AccessToken2 (007): any services with any privileges. It expresses every token
 * that exists, also ones that let in more than meant; an {@link Issuer} keeps from those.
 */
public final class AccessToken2 {
  private final String appId;
  private final String appCertificate;
  private long issueTs;
  private long expire;
  private long salt;
  private final List<Service> services = new ArrayList<>();

  /**
   * A token without services, made now, with a random salt.
   *
   * @param expire how long it lives, seconds
   */
  public AccessToken2(String appId, String appCertificate, long expire) {
    this.appId = appId;
    this.appCertificate = appCertificate;
    this.expire = expire;
    Reply stamp = new Request().send(Operation.DRAW_STAMP);
    issueTs = stamp.integer();
    salt = stamp.integer();
  }

  /** When it was made, Unix seconds; all lifetimes count from here. */
  public AccessToken2 setIssueTs(long issueTs) {
    this.issueTs = issueTs;
    return this;
  }

  /** How long it lives, seconds. */
  public AccessToken2 setExpire(long expire) {
    this.expire = expire;
    return this;
  }

  /** Any number of 32 bits. */
  public AccessToken2 setSalt(long salt) {
    this.salt = salt;
    return this;
  }

  /** Adds a service. Several of one type are legal. */
  public AccessToken2 addService(Service service) {
    services.add(service);
    return this;
  }

  /**
   * Signs and encodes the token.
   *
   * @throws AgoraTokenException {@link ErrorCode#NO_SERVICES}; a text longer than 65535 bytes with
   *     its own code, as {@link ErrorCode#INVALID_CHANNEL_NAME}; {@link
   *     ErrorCode#TOO_MANY_ENTRIES}; {@link ErrorCode#PAYLOAD_TOO_LARGE}
   */
  public String build() {
    Request request = new Request().text(appId).text(appCertificate);
    request.integer(issueTs).integer(expire).integer(salt).list(services.size());
    services.forEach(service -> service.write(request));
    return request.send(Operation.BUILD_ACCESS_TOKEN2).ascii();
  }

  /**
   * Reads a token without checking who signed it.
   *
   * @throws TokenException if it cannot be read
   */
  public static Unverified parse(String token) {
    return new Unverified(token);
  }

  /** What a token says, which anybody could have written. */
  public static final class Unverified {
    private final String token;
    private final Text appId;
    private final long issueTs;
    private final long expire;
    private final long salt;
    private final byte[] signature;
    private final byte[] payload;
    private final List<Service> services = new ArrayList<>();
    private final UnknownService unknownService;
    private final long unreadBytes;

    private Unverified(String token) {
      this.token = token;
      Reply reply = new Request().text(token).send(Operation.PARSE_ACCESS_TOKEN2);
      appId = reply.anyText();
      issueTs = reply.integer();
      expire = reply.integer();
      salt = reply.integer();
      signature = reply.bytes();
      payload = reply.bytes();
      for (int left = reply.list(); left > 0; left--) {
        services.add(Service.read(reply));
      }
      if (reply.isNull()) {
        unknownService = null;
        reply.isNull();
      } else {
        unknownService = new UnknownService(reply);
      }
      unreadBytes = reply.integer();
    }

    /**
     * Whether the holder of the certificate signed it. Time, channel and user are not looked at.
     */
    public boolean verifySignature(String appCertificate) {
      Request request = new Request().text(token).text(appCertificate);
      return request.send(Operation.VERIFY_ACCESS_TOKEN2).integer() == 1;
    }

    /** The App ID as received. */
    public Text getAppId() {
      return appId;
    }

    /** When it says it was made, Unix seconds. */
    public long getIssueTs() {
      return issueTs;
    }

    /** How long it says it lives, seconds. */
    public long getExpire() {
      return expire;
    }

    /** When it says it ends, Unix seconds. */
    public long getExpiresAt() {
      return issueTs + expire;
    }

    /** The salt. */
    public long getSalt() {
      return salt;
    }

    /** The signature as received; 32 bytes in a token that can be valid. */
    public byte[] getSignature() {
      return signature.clone();
    }

    /** All that stands in the compressed stream: signature and what is signed. */
    public byte[] getPayload() {
      return payload.clone();
    }

    /** The services that could be read, in the order of the token. */
    public List<Service> getServices() {
      return Collections.unmodifiableList(services);
    }

    /** The service that ended the reading, or null. */
    public UnknownService getUnknownService() {
      return unknownService;
    }

    /** Whether every service could be read. */
    public boolean isComplete() {
      return unknownService == null;
    }

    /** Signed bytes that were not understood. */
    public long getUnreadBytes() {
      return unreadBytes;
    }
  }
}
