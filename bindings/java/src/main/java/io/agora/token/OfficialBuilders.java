package io.agora.token;

/**
 * The one-call builders with the lenience of the official library, for the classes under its names.
 * Programs call those.
 */
public final class OfficialBuilders {
  private OfficialBuilders() {}

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
