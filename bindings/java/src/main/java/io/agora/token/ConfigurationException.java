package io.agora.token;

/** Credentials, lifetimes or options that whoever runs or wrote the server has to mend. */
public final class ConfigurationException extends AgoraTokenException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(Refusal refusal) {
    super(refusal);
  }
}
