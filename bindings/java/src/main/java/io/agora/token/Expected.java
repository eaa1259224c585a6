package io.agora.token;

/**
 * What a {@link Verifier} expects of one token beside its signature and its time. It must hold in
 * one of the token's services, which must let in at all; none that answers may have ended. Of what
 * is not said, nothing is expected. Null is a mistake and refused, and so is a second, other answer
 * to one question.
 *
 * <pre>{@code
 * new Expected().channel("room").uid(42)
 * }</pre>
 */
public final class Expected {
  /** Any token of the project that has not ended. */
  static final Expected NOTHING = new Expected();

  private ServiceType service;
  private Integer privilege;
  private String channel;

  /** As a token has it: an account, the digits of a uid, empty for any. */
  private String user;

  /** Nothing yet. */
  public Expected() {}

  /**
   * That the token carries this service; channel, user and privilege are then looked for in it
   * alone.
   */
  public Expected service(ServiceType service) {
    AgoraTokenException.given(service, ErrorCode.INDEX_OUT_OF_RANGE, "service");
    this.service = once(this.service, service, "service");
    return this;
  }

  /**
   * That the token grants this privilege, as {@link ServiceRtc#PUBLISH_AUDIO_STREAM}, and that the
   * privilege is running.
   */
  public Expected privilege(int privilege) {
    this.privilege = once(this.privilege, privilege, "privilege");
    return this;
  }

  /** That the token lets into this channel. It is a channel of RTC unless a service is named. */
  public Expected channel(String name) {
    AgoraTokenException.given(name, ErrorCode.INVALID_CHANNEL_NAME, "channel");
    channel = once(channel, name, "channel");
    return this;
  }

  /** That the token lets this uid in; 0 expects a token for any user. */
  public Expected uid(long uid) {
    user = once(user, Text.ofUid(uid).toString(), "user");
    return this;
  }

  /**
   * That the token lets this account in: the account of a channel, or the user ID of messaging and
   * Chat.
   */
  public Expected account(String account) {
    AgoraTokenException.given(account, ErrorCode.INVALID_USER_ACCOUNT, "account");
    user = once(user, account, "user");
    return this;
  }

  /** That the token lets this user in, as {@link User#fromText} reads one. */
  public Expected user(User user) {
    AgoraTokenException.given(user, ErrorCode.INVALID_USER_ACCOUNT, "user");
    return user.getAccount() != null
        ? account(user.getAccount())
        : uid(user == User.ANY ? 0 : user.getUid());
  }

  private static <T> T once(T before, T answer, String field) {
    if (before != null && !before.equals(answer)) {
      throw AgoraTokenException.of(
          ErrorCode.UNKNOWN_OPTION, field, "is expected twice, with two answers");
    }
    return answer;
  }

  void write(Request request) {
    request.integer(service == null ? null : (Integer) service.getNumber()).integer(privilege);
    request.text(channel).text(user);
  }
}
