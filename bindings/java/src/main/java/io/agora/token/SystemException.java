package io.agora.token;

/** The machine failed, or this library. */
public final class SystemException extends AgoraTokenException {
  private static final long serialVersionUID = 1L;

  SystemException(Refusal refusal) {
    super(refusal);
  }
}
