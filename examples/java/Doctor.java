// Reads a token from standard input and says why it does not let user 42 into the channel "room"
// now: exit code 1 if
// something keeps the user out. Set AGORA_APP_CERTIFICATE to have the signature checked as well.

import io.agora.token.AgoraToken;
import io.agora.token.Attempt;
import io.agora.token.Finding;
import io.agora.token.ServiceType;
import io.agora.token.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

class Doctor {
  public static void main(String[] args) throws IOException {
    Attempt attempt = new Attempt().channel("room").uid(42).service(ServiceType.RTC);
    String appCertificate = System.getenv("AGORA_APP_CERTIFICATE");
    if (appCertificate != null) {
      attempt.certificate(appCertificate);
    }
    // As it came, with the newline that may be what is wrong with it.
    String token = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    List<Finding> findings = AgoraToken.diagnose(token, attempt).getFindings();
    for (Finding finding : findings) {
      String severity = finding.getSeverity().name().toLowerCase();
      System.out.println(severity + " " + finding.getCode() + ": " + finding.getCause());
      System.out.println("  " + finding.getFix());
    }
    if (findings.isEmpty()) {
      System.out.println("nothing is wrong");
    }
    System.exit(
        findings.stream().anyMatch(finding -> finding.getSeverity() == Severity.ERROR) ? 1 : 0);
  }
}
