package io.agora.token;

/** Who can do something about a refusal. */
public enum Fault {
  /**
   * Whoever asked: a channel, a user or a token that came from outside. To be answered as a bad
   * request, or as unauthorized where it is about a token.
   */
  CALLER,
  /**
   * Whoever runs or wrote the server: credentials, lifetimes, options. Not to be told to a client.
   */
  CONFIGURATION,
  /** The machine, or a bug in this library: worth another try, and a look. */
  SYSTEM
}
