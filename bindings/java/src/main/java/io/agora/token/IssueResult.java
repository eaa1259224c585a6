package io.agora.token;

/** What became of one grant of many: a token, or why there is none. */
public final class IssueResult {
  private final IssuedToken issued;
  private final AgoraTokenException error;

  IssueResult(IssuedToken issued, AgoraTokenException error) {
    this.issued = issued;
    this.error = error;
  }

  /** Whether there is a token. */
  public boolean isIssued() {
    return issued != null;
  }

  /** The token with its times, or null. */
  public IssuedToken getIssued() {
    return issued;
  }

  /** The token, or null. */
  public String getToken() {
    return issued == null ? null : issued.getToken();
  }

  /** Why there is none, or null. */
  public AgoraTokenException getError() {
    return error;
  }

  /**
   * The token with its times.
   *
   * @throws AgoraTokenException why there is none
   */
  public IssuedToken orThrow() {
    if (error != null) {
      throw error;
    }
    return issued;
  }
}
