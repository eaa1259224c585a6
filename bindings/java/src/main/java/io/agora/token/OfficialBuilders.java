package io.agora.token;

import java.util.List;

/**
 * The one-call builders with the lenience of the official library, for the classes under its names.
 * Programs call those.
 */
public final class OfficialBuilders {
  private OfficialBuilders() {}

  /**
   * An AccessToken2 of services as they stand in one: the number of each, and what follows it.
   *
   * @throws AgoraTokenException as {@link AccessToken2#build} does
   */
  public static String buildPacked(
      String appId,
      String appCertificate,
      int issueTs,
      int expire,
      int salt,
      List<byte[]> services) {
    Request request = new Request().text(appId).text(appCertificate);
    for (int number : new int[] {issueTs, expire, salt}) {
      request.integer(Integer.toUnsignedLong(number));
    }
    request.list(services.size());
    services.forEach(request::bytes);
    return request.send(Operation.BUILD_PACKED).ascii();
  }

  /**
   * The token, or an empty text where the official builders give one.
   *
   * @param number which builder
   * @param values strings, numbers and permissions, in the order of its arguments
   */
  public static String build(int number, Object... values) {
    Request request = new Request().integer(number);
    for (Object value : values) {
      if (value instanceof Permissions) {
        request.permissions((Permissions) value);
      } else if (value instanceof Number) {
        request.integer((Number) value);
      } else {
        request.text((String) value);
      }
    }
    try {
      return request.send(Operation.BUILD_OFFICIAL).ascii();
    } catch (AgoraTokenException error) {
      return "";
    }
  }
}
