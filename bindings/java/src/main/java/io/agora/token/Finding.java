package io.agora.token;

/** One thing that is wrong, or worth knowing. */
public final class Finding {
  private final FindingCode code;
  private final Severity severity;
  private final String cause;
  private final String fix;

  Finding(Reply reply) {
    code = FindingCode.valueOf(reply.text());
    severity = Severity.valueOf(reply.text().toUpperCase(java.util.Locale.ROOT));
    cause = reply.text();
    fix = reply.text();
  }

  /** What kind; the same in every language. */
  public FindingCode getCode() {
    return code;
  }

  /** How much it matters here. */
  public Severity getSeverity() {
    return severity;
  }

  /** What was found, in plain words. */
  public String getCause() {
    return cause;
  }

  /** What to do about it. */
  public String getFix() {
    return fix;
  }

  @Override
  public String toString() {
    return severity + " " + code + ": " + cause;
  }
}
