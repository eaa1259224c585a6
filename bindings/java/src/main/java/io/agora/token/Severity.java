package io.agora.token;

/** How much a finding matters. */
public enum Severity {
  /** Worth knowing; nothing fails because of it. */
  NOTE,
  /** Works now, and will surprise somebody. */
  WARNING,
  /** Enough to keep the user out, or from what the user came for. */
  ERROR
}
