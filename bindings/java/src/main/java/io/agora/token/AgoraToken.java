package io.agora.token;

/** Reading tokens, and finding out why one does not let its user in. */
public final class AgoraToken {
  private AgoraToken() {}

  /**
   * What a token of either generation says. Nobody has checked who signed it.
   *
   * @throws TokenException if it cannot be read
   */
  public static Inspection inspect(String token) {
    return new Inspection(token);
  }

  /** Diagnoses a token, which may be damaged, where nothing else is known. */
  public static Diagnosis diagnose(String token) {
    return diagnose(token, null);
  }

  /**
   * Diagnoses a token, which may be damaged, against what the client joined with.
   *
   * @throws AgoraTokenException if something of the attempt is none; whatever the token is, it gets
   *     a diagnosis
   */
  public static Diagnosis diagnose(String token, Attempt attempt) {
    Attempt known = attempt == null ? new Attempt() : attempt;
    return new Diagnosis(known.write(new Request().text(token)).send(Operation.DIAGNOSE));
  }
}
