package io.agora.token;

/**
 * A project's App ID, and the App Certificate that signs its tokens. The certificate belongs on a
 * server alone.
 */
public final class Credentials {
  private static final String APP_ID = "AGORA_APP_ID";
  private static final String APP_CERTIFICATE = "AGORA_APP_CERTIFICATE";

  private final String appId;
  private final String appCertificate;

  private Credentials(String appId, String appCertificate) {
    this.appId = appId;
    this.appCertificate = appCertificate;
  }

  /**
   * Checks and takes both. Mind their order: every token shows its App ID.
   *
   * @param appId 32 hexadecimal digits; letter case counts
   * @param appCertificate 32 hexadecimal digits; letter case counts; secret
   * @throws ConfigurationException {@link ErrorCode#INVALID_APP_ID} or {@link
   *     ErrorCode#INVALID_APP_CERTIFICATE}, also where both are the same
   */
  public static Credentials of(String appId, String appCertificate) {
    Credentials credentials = new Credentials(appId, appCertificate);
    credentials.write(new Request()).send(Operation.CHECK_CREDENTIALS);
    return credentials;
  }

  /**
   * What the environment says: {@code AGORA_APP_ID} and {@code AGORA_APP_CERTIFICATE}.
   *
   * @throws ConfigurationException as {@link #of} does; also where a variable is not set. The field
   *     is its name.
   */
  public static Credentials fromEnv() {
    String appId = variable(APP_ID, ErrorCode.INVALID_APP_ID);
    String appCertificate = variable(APP_CERTIFICATE, ErrorCode.INVALID_APP_CERTIFICATE);
    try {
      return of(appId, appCertificate);
    } catch (ConfigurationException error) {
      String name = error.getCode() == ErrorCode.INVALID_APP_ID ? APP_ID : APP_CERTIFICATE;
      throw AgoraTokenException.of(error.getCode(), name, error.getReason());
    }
  }

  private static String variable(String name, ErrorCode code) {
    String value = System.getenv(name);
    if (value == null) {
      throw AgoraTokenException.of(code, name, "is not set in the environment");
    }
    return value;
  }

  /** The App ID, which is public. */
  public String getAppId() {
    return appId;
  }

  String getAppCertificate() {
    return appCertificate;
  }

  Request write(Request request) {
    return request.text(appId).text(appCertificate);
  }

  /** Without the certificate. */
  @Override
  public String toString() {
    return "Credentials(" + appId + ")";
  }
}
