// The Java racer: this package. `java -cp agora-token.jar:. Racer`; speaks as src/main.rs does.

import io.agora.token.Credentials;
import io.agora.token.Grant;
import io.agora.token.Issuer;
import io.agora.token.Role;
import io.agora.token.Role006;
import io.agora.token.RtcTokenBuilder;
import io.agora.token.RtcTokenBuilder006;
import io.agora.token.Verifier;
import java.io.IOException;

class Racer {
  public static void main(String[] args) throws IOException {
    String appId = Inputs.APP_ID;
    String certificate = Inputs.APP_CERTIFICATE;
    Issuer issuer = new Issuer(Credentials.of(appId, certificate));
    Verifier verifier = new Verifier(Credentials.of(appId, certificate));
    Inputs inputs = new Inputs();
    inputs.mintTokens((channel, uid, token) -> mint(channel, uid));
    inputs.task("mint-007", (channel, uid, token) -> mint(channel, uid));
    inputs.task(
        "issue-007",
        (channel, uid, token) -> issuer.issue(Grant.rtc(channel, uid, Role.PUBLISHER)).getToken());
    inputs.task(
        "mint-006",
        (channel, uid, token) ->
            RtcTokenBuilder006.buildTokenWithUid(
                appId, certificate, channel, uid, Role006.PUBLISHER, Inputs.inAnHour()));
    inputs.task(
        "verify-007", (channel, uid, token) -> verifier.verdict(token).isValid() ? token : null);
    inputs.race();
  }

  private static String mint(String channel, long uid) {
    return RtcTokenBuilder.buildTokenWithUid(
        Inputs.APP_ID,
        Inputs.APP_CERTIFICATE,
        channel,
        uid,
        Role.PUBLISHER,
        Inputs.LIFETIME,
        Inputs.LIFETIME);
  }
}
