package io.agora.token;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Mints AccessToken2 tokens for one project. Made once, and used by any number of threads at once.
 *
 * <p>It holds native memory, which {@link #close} frees at once and the garbage collector some
 * time: an issuer that lives as long as its server need not be closed.
 */
public final class Issuer implements AutoCloseable {
  private final Handle handle;
  private final Clock clock;
  private final LongSupplier salt;

  /** An issuer on the system's clock and random source. */
  public Issuer(Credentials credentials) {
    this(builder(credentials));
  }

  private Issuer(Builder builder) {
    Request request = builder.credentials.write(new Request());
    handle = Handle.of(this, request.send(Operation.NEW_ISSUER).integer());
    clock = builder.clock;
    salt = builder.salt;
  }

  /**
   * An issuer for the project that the environment names.
   *
   * @throws ConfigurationException as {@link Credentials#fromEnv} does
   */
  public static Issuer fromEnv() {
    return new Issuer(Credentials.fromEnv());
  }

  /** An issuer on other sources, as tests need. */
  public static Builder builder(Credentials credentials) {
    return new Builder(credentials);
  }

  /**
   * Mints a token.
   *
   * @throws AgoraTokenException what was refused of the grant's parts; {@link
   *     ErrorCode#NO_SERVICES}; {@link ErrorCode#INVALID_USER_ID} when messaging, Chat or a
   *     classroom is asked for without a user of its own; {@link ErrorCode#INVALID_ROLE} when a
   *     service needs one; {@link ErrorCode#TOKEN_TOO_LONG} past 2047 characters unless allowed
   * @throws IllegalStateException if the issuer was closed
   */
  public IssuedToken issue(Grant grant) {
    Request request = new Request().now(clock);
    request.integer(salt == null ? null : (Long) salt.getAsLong());
    AgoraTokenException.given(grant, ErrorCode.UNKNOWN_OPTION, "grant").write(request);
    return new IssuedToken(handle.send(this, request, Operation.ISSUE));
  }

  /** Mints a token for each grant, in their order. What is refused is refused alone. */
  public List<IssueResult> issueMany(Iterable<Grant> grants) {
    List<IssueResult> results = new ArrayList<>();
    for (Grant grant : grants) {
      try {
        results.add(new IssueResult(issue(grant), null));
      } catch (AgoraTokenException error) {
        results.add(new IssueResult(null, error));
      }
    }
    return results;
  }

  /** Mints a token for each user, who get the same otherwise. What is refused is refused alone. */
  public List<IssueResult> issueMany(Grant grant, Iterable<User> users) {
    List<Grant> grants = new ArrayList<>();
    users.forEach(user -> grants.add(grant == null ? null : grant.forUser(user)));
    return issueMany(grants);
  }

  /**
   * Frees it, and wipes its copy of the certificate. Calls that run are not disturbed; later ones
   * are refused.
   */
  @Override
  public void close() {
    handle.close();
  }

  /** How an issuer is made. */
  public static final class Builder {
    private final Credentials credentials;
    private Clock clock;
    private LongSupplier salt;

    private Builder(Credentials credentials) {
      this.credentials = credentials;
    }

    /** Tells the time in place of the system, such as {@link Clock#fixed}. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** Gives the salts, 0 to 4294967295, in place of the system's random source. */
    public Builder salt(LongSupplier salt) {
      this.salt = salt;
      return this;
    }

    /**
     * The issuer.
     *
     * @throws ConfigurationException if the credentials are none
     */
    public Issuer build() {
      return new Issuer(this);
    }
  }
}
