package io.agora.token;

/**
 * Why a call was refused. The base of every exception that this library throws on purpose, apart
 * from {@link IllegalStateException} for what was closed.
 *
 * <p>By whose fault it is: {@link InputException}, {@link TokenException}, {@link
 * ConfigurationException}, {@link SystemException}. No text of theirs ever holds an App
 * Certificate, a token, or a part of either.
 */
public abstract class AgoraTokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  AgoraTokenException(Refusal refusal) {
    super(refusal.getMessage());
    this.refusal = refusal;
  }

  static AgoraTokenException of(Refusal refusal) {
    if (!refusal.getCode().isOfArgument()) {
      return new TokenException(refusal);
    }
    switch (refusal.getFault()) {
      case CALLER:
        return new InputException(refusal);
      case CONFIGURATION:
        return new ConfigurationException(refusal);
      default:
        return new SystemException(refusal);
    }
  }

  static AgoraTokenException of(ErrorCode code, String field, String reason) {
    return of(new Refusal(code, field, reason, null));
  }

  /** The value, which null is not. */
  static <T> T given(T value, ErrorCode code, String field) {
    if (value == null) {
      throw of(code, field, "is null");
    }
    return value;
  }

  /** What kind of refusal it is; the same in every language. */
  public ErrorCode getCode() {
    return refusal.getCode();
  }

  /** The argument or token field at fault, as {@code channelName}; empty when there is none. */
  public String getField() {
    return refusal.getField();
  }

  /** Why, without the field's name. The message is both. */
  public String getReason() {
    return refusal.getReason();
  }

  /** Who can do something about it. */
  public Fault getFault() {
    return refusal.getFault();
  }

  Refusal getRefusal() {
    return refusal;
  }
}
