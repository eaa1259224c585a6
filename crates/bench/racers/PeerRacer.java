// The official Java library, from Maven. `java -cp authentication.jar:commons-codec.jar:.
// PeerRacer`.

import io.agora.media.AccessToken2;
import io.agora.media.RtcTokenBuilder;
import io.agora.media.RtcTokenBuilder2;
import java.io.IOException;

class PeerRacer {
  public static void main(String[] args) throws IOException {
    Inputs inputs = new Inputs();
    RtcTokenBuilder2 builder = new RtcTokenBuilder2();
    RtcTokenBuilder builder006 = new RtcTokenBuilder();
    Inputs.Work mint =
        (channel, uid, token) ->
            builder.buildTokenWithUid(
                Inputs.APP_ID,
                Inputs.APP_CERTIFICATE,
                channel,
                (int) uid,
                RtcTokenBuilder2.Role.ROLE_PUBLISHER,
                Inputs.LIFETIME,
                Inputs.LIFETIME);
    inputs.mintTokens(mint);
    inputs.task("peer-mint-007", mint);
    inputs.task(
        "peer-mint-006",
        (channel, uid, token) ->
            builder006.buildTokenWithUid(
                Inputs.APP_ID,
                Inputs.APP_CERTIFICATE,
                channel,
                (int) uid,
                RtcTokenBuilder.Role.Role_Publisher,
                (int) Inputs.inAnHour()));
    // It has nothing that checks a signature.
    inputs.task(
        "peer-parse-007", (channel, uid, token) -> new AccessToken2().parse(token) ? token : null);
    inputs.race();
  }
}
