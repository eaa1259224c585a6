package io.agora.token;

import java.util.List;

/**
 * What a token of either generation says. Anybody could have written it: believe it after a {@link
 * Verifier} did.
 */
public final class Inspection {
  private final String json;
  private final AccessToken2.Unverified accessToken2;
  private final AccessToken.Unverified accessToken;

  Inspection(String token) {
    json = new Request().text(token).send(Operation.INSPECT).text();
    boolean is007 = token.startsWith("007");
    accessToken2 = is007 ? AccessToken2.parse(token) : null;
    accessToken = is007 ? null : AccessToken.parse(token);
  }

  /** {@code 006} or {@code 007}. */
  public String getVersion() {
    return accessToken2 != null ? "007" : "006";
  }

  /** The App ID. */
  public String getAppId() {
    return (accessToken2 != null ? accessToken2.getAppId() : accessToken.getAppId()).toString();
  }

  /** When the token as a whole ends, Unix seconds. */
  public long getExpiresAt() {
    return accessToken2 != null ? accessToken2.getExpiresAt() : accessToken.getExpiresAt();
  }

  /**
   * The channel of the first service that has one; null where none does, and in an AccessToken
   * (006).
   */
  public String getChannel() {
    return getServices().stream()
        .map(Service::channel)
        .filter(Text.class::isInstance)
        .findFirst()
        .map(Text::toString)
        .orElse(null);
  }

  /**
   * The user of the first service that has one, an account or the digits of a uid, empty for any;
   * null where none does, and in an AccessToken (006).
   */
  public String getUser() {
    return getServices().stream()
        .map(Service::user)
        .filter(Text.class::isInstance)
        .findFirst()
        .map(Text::toString)
        .orElse(null);
  }

  /** The services that could be read; none of an AccessToken (006). */
  public List<Service> getServices() {
    return accessToken2 != null ? accessToken2.getServices() : List.of();
  }

  /** The JSON document of the token, in one line. */
  public String toJson() {
    return json;
  }

  @Override
  public String toString() {
    return "Inspection(" + getVersion() + ", channel=" + getChannel() + ", user=" + getUser() + ")";
  }
}
