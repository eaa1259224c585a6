package io.agora.token;

/**
 * What a {@link Verifier} expects of one token beside its signature and its time. It must hold in
 * one of the token's services, which must let in at all; none that answers may have ended. Of what
 * is not said, nothing is expected; null is a mistake and refused.
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
  private Long uid;
  private String account;

  /** Nothing yet. */
  public Expected() {}

  /**
   * That the token carries this service; channel, user and privilege are then looked for in it
   * alone.
   */
  public Expected service(ServiceType service) {
    this.service = AgoraTokenException.given(service, ErrorCode.INDEX_OUT_OF_RANGE, "service");
    return this;
  }

  /**
   * That the token grants this privilege, as {@link ServiceRtc#PUBLISH_AUDIO_STREAM}, and that the
   * privilege is running.
   */
  public Expected privilege(int privilege) {
    this.privilege = privilege;
    return this;
  }

  /** That the token lets into this channel. It is a channel of RTC unless a service is named. */
  public Expected channel(String name) {
    this.channel = AgoraTokenException.given(name, ErrorCode.INVALID_CHANNEL_NAME, "channel");
    return this;
  }

  /** That the token lets this uid in; 0 expects a token for any user. */
  public Expected uid(long uid) {
    refuseTwo(account != null, "uid", "account", ErrorCode.INVALID_UID);
    this.uid = uid;
    return this;
  }

  /**
   * That the token lets this account in: the account of a channel, or the user ID of messaging and
   * Chat.
   */
  public Expected account(String account) {
    AgoraTokenException.given(account, ErrorCode.INVALID_USER_ACCOUNT, "account");
    refuseTwo(uid != null, "account", "uid", ErrorCode.INVALID_USER_ACCOUNT);
    this.account = account;
    return this;
  }

  /** That the token lets this user in, as {@link User#fromText} reads one. */
  public Expected user(User user) {
    AgoraTokenException.given(user, ErrorCode.INVALID_USER_ACCOUNT, "user");
    return user.getAccount() != null
        ? account(user.getAccount())
        : uid(user == User.ANY ? 0 : user.getUid());
  }

  private static void refuseTwo(boolean both, String field, String other, ErrorCode code) {
    if (both) {
      throw AgoraTokenException.of(code, field, "is given beside " + other);
    }
  }

  void write(Request request) {
    request.integer(service == null ? null : (Integer) service.getNumber()).integer(privilege);
    request.text(channel).integer(uid).text(account);
  }
}
