package io.agora.token;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What a {@link Verifier} found. */
public final class Verdict {
  private final String token;
  private final int certificate;
  private final List<Refusal> refusals;

  Verdict(String token, Reply reply) {
    this.token = token;
    certificate = reply.isNull() ? -1 : (int) reply.integer();
    refusals = Collections.unmodifiableList(reply.refusals());
  }

  /** Whether nothing at all is wrong. */
  public boolean isValid() {
    return refusals.isEmpty();
  }

  /**
   * Which of the verifier's certificates signed the token, counted from 0; nothing when none did.
   */
  public OptionalInt getCertificate() {
    return certificate < 0 ? OptionalInt.empty() : OptionalInt.of(certificate);
  }

  /** All that is wrong. */
  public List<Refusal> getRefusals() {
    return refusals;
  }

  /**
   * What the token says, to be believed as far as the verdict goes; null when no certificate of the
   * verifier signed it.
   */
  public Inspection getToken() {
    return certificate < 0 ? null : AgoraToken.inspect(token);
  }

  /**
   * The JSON document of the verdict, in one line: {@code
   * {"valid":…,"certificate":…,"refusals":[{"code":…,"field":…,"reason":…,"service":…}],"token":{…}}}.
   */
  public String toJson() {
    String signed = certificate < 0 ? "null" : Integer.toString(certificate);
    String refused = refusals.stream().map(Refusal::toJson).collect(Collectors.joining(","));
    String says = certificate < 0 ? "null" : getToken().toJson();
    return String.format(
        Locale.ROOT,
        "{\"valid\":%b,\"certificate\":%s,\"refusals\":[%s],\"token\":%s}",
        isValid(),
        signed,
        refused,
        says);
  }

  @Override
  public String toString() {
    return isValid() ? "valid" : refusals.toString();
  }
}
