// A token server's answer: lets the user named on the command line into the channel "room" and into
// messaging, for one
// hour, and prints the token with the times a client needs, as JSON.
//
//     java -cp agora-token-0.1.0.jar Issue.java alice
//
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.

import io.agora.token.ConfigurationException;
import io.agora.token.Grant;
import io.agora.token.InputException;
import io.agora.token.Issuer;
import io.agora.token.Role;
import java.time.Duration;

class Issue {
  public static void main(String[] args) {
    String user = args.length > 0 ? args[0] : ""; // an empty one is refused, as "null" and "0" are
    try (Issuer issuer = Issuer.fromEnv()) {
      Grant grant = Grant.rtc("room", user, Role.PUBLISHER).andRtm();
      System.out.println(issuer.issue(grant.withLifetime(Duration.ofHours(1))).toJson());
    } catch (InputException error) {
      System.err.println(error.getCode() + ": " + error.getMessage());
      System.exit(1);
    } catch (ConfigurationException error) {
      System.err.println(error.getMessage());
      System.exit(2);
    }
  }
}
