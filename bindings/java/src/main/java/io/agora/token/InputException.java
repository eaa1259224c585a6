package io.agora.token;

/** An argument from outside that cannot make a working token: a channel, a user, a role. */
public final class InputException extends AgoraTokenException {
  private static final long serialVersionUID = 1L;

  InputException(Refusal refusal) {
    super(refusal);
  }
}
