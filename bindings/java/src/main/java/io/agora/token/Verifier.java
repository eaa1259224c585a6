package io.agora.token;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks tokens of either generation: the signature and the App ID always, the time unless told not
 * to, and what is {@link Expected} of a token. Made once, and used by any number of threads at
 * once.
 *
 * <p>It holds native memory, as an {@link Issuer} does.
 */
public final class Verifier implements AutoCloseable {
  private static final String SECONDARY = "AGORA_APP_CERTIFICATE_SECONDARY";

  private final Handle handle;
  private final Clock clock;

  /** A verifier of this project's tokens, at the system's time. */
  public Verifier(Credentials credentials) {
    this(builder(credentials));
  }

  private Verifier(Builder builder) {
    Request request = builder.credentials.write(new Request()).texts(builder.certificates);
    request.seconds(builder.leeway).flag(builder.isTimeIgnored);
    handle = Handle.of(this, request.send(Operation.NEW_VERIFIER).integer());
    clock = builder.clock;
  }

  /**
   * A verifier for the project that the environment names. While certificates are rotated, {@code
   * AGORA_APP_CERTIFICATE_SECONDARY} names the other one.
   *
   * @throws ConfigurationException as {@link Credentials#fromEnv} does
   */
  public static Verifier fromEnv() {
    Builder builder = builder(Credentials.fromEnv());
    String secondary = System.getenv(SECONDARY);
    if (secondary == null) {
      return builder.build();
    }
    try {
      return builder.certificate(secondary).build();
    } catch (ConfigurationException error) {
      throw AgoraTokenException.of(error.getCode(), SECONDARY, error.getReason());
    }
  }

  /** A verifier with more than one certificate, a leeway, or another clock. */
  public static Builder builder(Credentials credentials) {
    return new Builder(credentials);
  }

  /**
   * Checks a token: its signature, its time, and that it is of this project.
   *
   * @throws TokenException if it is refused
   */
  public Verdict verify(String token) {
    return verify(token, Expected.NOTHING);
  }

  /**
   * Checks a token, and what is expected of it.
   *
   * @return what the token says, which may be believed
   * @throws TokenException if it is refused, with the first reason, and with all of them
   * @throws IllegalStateException if the verifier was closed
   */
  public Verdict verify(String token, Expected expected) {
    Verdict verdict = verdict(token, expected);
    if (!verdict.isValid()) {
      throw new TokenException(verdict.getRefusals());
    }
    return verdict;
  }

  /** The verdict on a token, of which nothing is expected beside signature and time. */
  public Verdict verdict(String token) {
    return verdict(token, Expected.NOTHING);
  }

  /** The verdict on a token: it never fails for a token, also not for one that cannot be read. */
  public Verdict verdict(String token, Expected expected) {
    Request request = new Request();
    request.now(clock).text(token);
    AgoraTokenException.given(expected, ErrorCode.UNKNOWN_OPTION, "expected").write(request);
    return new Verdict(token, handle.send(this, request, Operation.VERDICT));
  }

  /**
   * Frees it, and wipes its copies of the certificates. Calls that run are not disturbed; later
   * ones are refused.
   */
  @Override
  public void close() {
    handle.close();
  }

  /** How a verifier is made. */
  public static final class Builder {
    private final Credentials credentials;
    private final List<String> certificates = new ArrayList<>();
    private Duration leeway = Duration.ZERO;
    private boolean isTimeIgnored;
    private Clock clock;

    private Builder(Credentials credentials) {
      this.credentials = credentials;
    }

    /**
     * Accepts tokens signed with this certificate too: while certificates are rotated, both are
     * good.
     */
    public Builder certificate(String appCertificate) {
      certificates.add(appCertificate);
      return this;
    }

    /** Allows clocks to differ by this much, both ways; more than an hour counts as an hour. */
    public Builder leeway(Duration leeway) {
      this.leeway = leeway;
      return this;
    }

    /** Judges by this clock instead of the system's, such as {@link Clock#fixed}. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Does not look at the time. */
    public Builder ignoreTime() {
      isTimeIgnored = true;
      return this;
    }

    /**
     * The verifier.
     *
     * @throws ConfigurationException if the credentials, a certificate or the leeway is none
     */
    public Verifier build() {
      return new Verifier(this);
    }
  }
}
