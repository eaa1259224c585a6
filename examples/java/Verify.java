// Reads a token from standard input and says whether it lets user 42 into the channel "room" now:
// exit code 0 if it
// does. Set AGORA_APP_ID and AGORA_APP_CERTIFICATE.

import io.agora.token.ConfigurationException;
import io.agora.token.Expected;
import io.agora.token.TokenException;
import io.agora.token.Verdict;
import io.agora.token.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

class Verify {
  public static void main(String[] args) throws IOException {
    String token = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    Expected expected = new Expected().channel("room").uid(42);
    try (Verifier verifier = Verifier.fromEnv()) {
      Verdict verdict = verifier.verdict(token, expected);
      System.out.println(verdict.toJson()); // all that is wrong with it, and what it holds
      verifier.verify(token, expected); // throws the first of it
      System.out.println("valid");
    } catch (TokenException error) {
      System.err.println(error.getCode() + ": " + error.getMessage());
      System.exit(1);
    } catch (ConfigurationException error) {
      System.err.println(error.getMessage());
      System.exit(2);
    }
  }
}
