package io.agora.token;

import java.util.Locale;

/** A token, and when to fetch the next. Times are Unix seconds. */
public final class IssuedToken {
  private final String token;
  private final long issuedAt;
  private final long expiresAt;
  private final long refreshAfter;

  IssuedToken(Reply reply) {
    token = reply.ascii();
    issuedAt = reply.integer();
    expiresAt = reply.integer();
    refreshAfter = reply.integer();
  }

  /** The token. */
  public String getToken() {
    return token;
  }

  /** When it was made. */
  public long getIssuedAt() {
    return issuedAt;
  }

  /** When it ends. */
  public long getExpiresAt() {
    return expiresAt;
  }

  /**
   * When its holder should fetch the next: a tenth of the lifetime before the end and at least 30
   * seconds, which is when the SDK warns, but never in the first half.
   */
  public long getRefreshAfter() {
    return refreshAfter;
  }

  /** What a client needs; libraries that look at getters or fields write the same. */
  public String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"token\":\"%s\",\"issuedAt\":%d,\"expiresAt\":%d,\"refreshAfter\":%d}",
        token,
        issuedAt,
        expiresAt,
        refreshAfter);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "IssuedToken(expiresAt=" + expiresAt + ", refreshAfter=" + refreshAfter + ")";
  }
}
