// Mints a token with which user 42 joins the channel "room" and publishes, good for one hour, and
// prints it.
//
//     java -cp agora-token-0.1.0.jar Mint.java
//
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.

import io.agora.token.AgoraTokenException;
import io.agora.token.Role;
import io.agora.token.RtcTokenBuilder;

class Mint {
  public static void main(String[] args) {
    String appId = System.getenv("AGORA_APP_ID");
    String appCertificate = System.getenv("AGORA_APP_CERTIFICATE");
    if (appId == null || appCertificate == null) {
      System.err.println("set AGORA_APP_ID and AGORA_APP_CERTIFICATE");
      System.exit(2);
    }
    try {
      System.out.println(
          RtcTokenBuilder.buildTokenWithUid(
              appId, appCertificate, "room", 42, Role.PUBLISHER, 3600));
    } catch (AgoraTokenException error) {
      System.err.println(error.getCode() + ": " + error.getMessage());
      System.exit(1);
    }
  }
}
