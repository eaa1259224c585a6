package io.agora.token;

import java.util.Objects;

/**
 * Whom a token lets in. A uid and an account are never turned into one another: a client that joins
 * with a uid needs a token for that uid, one that joins with an account a token for that account.
 */
public final class User {
  /** Everybody who holds the token. */
  public static final User ANY = new User(null, null);

  private final Long uid;
  private final String account;

  private User(Long uid, String account) {
    this.uid = uid;
    this.account = account;
  }

  /** {@link #ANY}: everybody who holds the token. */
  public static User any() {
    return ANY;
  }

  /**
   * A uid.
   *
   * @param uid 1 to 4294967295
   * @throws InputException {@link ErrorCode#INVALID_UID}, also for 0, which would let everybody in:
   *     say {@link #ANY}
   */
  public static User uid(long uid) {
    return checked(new Request().integer(uid));
  }

  /**
   * A user account.
   *
   * @param account 1 to 255 bytes without control characters; it is an account also where it is all
   *     digits
   * @throws InputException {@link ErrorCode#INVALID_USER_ACCOUNT}: empty, too long, {@code *} and
   *     {@code 0}, which are read as any user by some and as a name by others, and what a program
   *     printed in place of an account, as {@code null}
   */
  public static User account(String account) {
    return checked(new Request().text(account));
  }

  /**
   * A user as it comes from outside, in a text such as a query's: a uid in decimal digits, or an
   * account.
   *
   * @throws InputException as {@link #account} does; {@link ErrorCode#INVALID_UID} also of what
   *     only looks like a uid, as {@code 042} and {@code 4294967296}, which would name another user
   *     than meant
   */
  public static User fromText(String text) {
    return checked(new Request().list(1).text(text));
  }

  /**
   * A user as it comes from outside, in JSON: a number is a uid, and a string is read as {@link
   * #fromText} does.
   *
   * @param value what a JSON library makes of it: a {@link Number}, a {@link CharSequence}, null
   * @throws InputException as there; {@link ErrorCode#INVALID_UID} of any other number, and {@link
   *     ErrorCode#INVALID_USER_ACCOUNT} of what is neither a number nor a string
   */
  public static User fromJson(Object value) {
    boolean isNumber = value instanceof Number;
    // A fraction is none even if it is 1.0, as in every other language.
    if (value instanceof CharSequence || isNumber && value.toString().matches("-?[0-9]+")) {
      return fromText(value.toString());
    }
    String other = value instanceof Boolean ? "a boolean" : "an object";
    String found = value == null || isNumber ? String.valueOf(value) : other;
    throw AgoraTokenException.of(
        isNumber ? ErrorCode.INVALID_UID : ErrorCode.INVALID_USER_ACCOUNT,
        "user",
        "is " + found + "; a whole number or a string expected");
  }

  private static User checked(Request request) {
    Reply reply = request.send(Operation.CHECK_USER);
    return reply.isInteger() ? new User(reply.integer(), null) : new User(null, reply.text());
  }

  /** As it is, for what an issuer checks. */
  static User unchecked(long uid) {
    return new User(uid, null);
  }

  /** As it is, for what an issuer checks. */
  static User unchecked(String account) {
    return account == null ? null : new User(null, account);
  }

  static void write(User user, Request request) {
    if (user == ANY) {
      request.list(0);
    } else if (user != null && user.uid != null) {
      request.integer(user.uid);
    } else {
      request.text(user == null ? null : user.account);
    }
  }

  /** The uid, or null if it is none. */
  public Long getUid() {
    return uid;
  }

  /** The account, or null if it is none. */
  public String getAccount() {
    return account;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof User)) {
      return false;
    }
    User user = (User) other;
    return Objects.equals(uid, user.uid) && Objects.equals(account, user.account);
  }

  @Override
  public int hashCode() {
    return Objects.hash(uid, account);
  }

  @Override
  public String toString() {
    return uid != null ? "uid " + uid : account != null ? "account " + account : "any user";
  }
}
