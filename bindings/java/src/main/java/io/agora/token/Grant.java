package io.agora.token;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Whom to let in where, as what, for how long: what an {@link Issuer} makes a token of. It never
 * changes; {@code with…} and {@code and…} give another one.
 *
 * <p>Everything lives for one hour unless told otherwise, the privileges as long as the token. What
 * a grant holds is checked when a token is issued.
 *
 * <pre>{@code
 * Grant.rtc("room", 42, Role.PUBLISHER).andRtm().withLifetime(Duration.ofMinutes(10))
 * }</pre>
 */
public final class Grant {
  private User user;
  private int services;
  private Channel channel;
  private Role role;
  private Duration lifetime;
  private boolean isLongerThanADay;
  private Duration publishLifetime;
  private boolean isLongTokenAllowed;
  private String roomUuid;
  private int roomRole;
  private Permissions permissions;

  private Grant() {}

  private Grant copy() {
    Grant copy = new Grant();
    copy.user = user;
    copy.services = services;
    copy.channel = channel;
    copy.role = role;
    copy.lifetime = lifetime;
    copy.isLongerThanADay = isLongerThanADay;
    copy.publishLifetime = publishLifetime;
    copy.isLongTokenAllowed = isLongTokenAllowed;
    copy.roomUuid = roomUuid;
    copy.roomRole = roomRole;
    copy.permissions = permissions;
    return copy;
  }

  private Grant with(Consumer<Grant> change) {
    Grant copy = copy();
    change.accept(copy);
    return copy;
  }

  /** Nothing yet, for this user; a token needs at least one service. */
  public static Grant of(User user) {
    Grant grant = new Grant();
    grant.user = user;
    return grant;
  }

  /**
   * Joining a channel with a uid.
   *
   * @param channel 1 to 63 bytes of the documented characters
   * @param uid 1 to 4294967295
   * @param role whether the user may publish
   */
  public static Grant rtc(String channel, long uid, Role role) {
    return rtc(Channel.unchecked(channel), User.unchecked(uid), role);
  }

  /**
   * Joining a channel with an account.
   *
   * @param channel 1 to 63 bytes of the documented characters
   * @param account 1 to 255 bytes without control characters
   * @param role whether the user may publish
   */
  public static Grant rtc(String channel, String account, Role role) {
    return rtc(Channel.unchecked(channel), User.unchecked(account), role);
  }

  /** Joining a channel as a user that came from outside, or as any. */
  public static Grant rtc(String channel, User user, Role role) {
    return rtc(Channel.unchecked(channel), user, role);
  }

  /** Joining a channel, or any channel, as a user, or as any. */
  public static Grant rtc(Channel channel, User user, Role role) {
    Grant grant = of(user);
    grant.add(ServiceType.RTC);
    grant.channel = channel;
    grant.role = role;
    return grant;
  }

  /** Logging in to messaging with an account. */
  public static Grant rtm(String account) {
    return rtm(User.unchecked(account));
  }

  /** Logging in to messaging. */
  public static Grant rtm(User user) {
    return of(user).andRtm();
  }

  /** Chatting with an account. */
  public static Grant chat(String account) {
    return chat(User.unchecked(account));
  }

  /** Chatting. */
  public static Grant chat(User user) {
    return of(user).andChat();
  }

  /**
   * Adds joining a channel.
   *
   * @throws InputException {@link ErrorCode#INVALID_CHANNEL_NAME} for a second channel: a grant has
   *     one, which {@link #withChannel} replaces
   */
  public Grant andRtc(String channel, Role role) {
    if (this.channel != null) {
      String reason = "is the second one of a grant; withChannel sets another in its place";
      throw AgoraTokenException.of(ErrorCode.INVALID_CHANNEL_NAME, "channel", reason);
    }
    return and(ServiceType.RTC).withChannel(Channel.unchecked(channel)).withRole(role);
  }

  /** Adds messaging as the same user. */
  public Grant andRtm() {
    return and(ServiceType.RTM);
  }

  /**
   * Adds messaging as the same user, with permissions on single resources, in place of all of it.
   */
  public Grant andRtm2(Permissions permissions) {
    Grant grant = and(ServiceType.RTM2);
    grant.permissions =
        AgoraTokenException.given(permissions, ErrorCode.INVALID_PERMISSIONS, "permissions").copy();
    return grant;
  }

  /** Adds Chat as the same user. */
  public Grant andChat() {
    return and(ServiceType.CHAT);
  }

  /**
   * Adds any service as the same user. Messaging is RTM or RTM2, whichever was added last: beside
   * the first, which lets into all of it, permissions would restrict nothing.
   */
  public Grant and(ServiceType service) {
    Grant grant = copy();
    grant.add(AgoraTokenException.given(service, ErrorCode.INDEX_OUT_OF_RANGE, "service"));
    return grant;
  }

  private void add(ServiceType service) {
    if (service == ServiceType.RTM || service == ServiceType.RTM2) {
      services &= ~(bit(ServiceType.RTM) | bit(ServiceType.RTM2));
      permissions = null;
    }
    services |= bit(service);
  }

  private static int bit(ServiceType service) {
    return 1 << service.getNumber();
  }

  /** The same for another user. */
  public Grant forUser(User user) {
    return with(grant -> grant.user = user);
  }

  /** The channel of the services that have one. */
  public Grant withChannel(Channel channel) {
    return with(grant -> grant.channel = channel);
  }

  /** Whether the user publishes, in the services that tell. */
  public Grant withRole(Role role) {
    return with(grant -> grant.role = role);
  }

  /**
   * The room of a classroom. Without one, aPaaS lets the user in outside of rooms.
   *
   * @param uuid 1 to 255 bytes
   * @param role one of the classroom's own numbers, -32768 to 32767
   */
  public Grant withRoom(String uuid, int role) {
    Grant grant = copy();
    grant.roomUuid = uuid == null ? "" : uuid;
    grant.roomRole = role;
    return grant;
  }

  /**
   * How long the token and its privileges live.
   *
   * @param lifetime whole seconds, 1 to 86400, which is 24 hours
   */
  public Grant withLifetime(Duration lifetime) {
    Grant grant = copy();
    grant.lifetime = AgoraTokenException.given(lifetime, ErrorCode.INVALID_LIFETIME, "lifetime");
    grant.isLongerThanADay = false;
    return grant;
  }

  /**
   * How long the token and its privileges live, where that may be more than 24 hours. Agora
   * documents that a token is good for 24 hours at most, and one that is not cannot be taken back:
   * ask for it only where you know that it is honoured.
   */
  public Grant withLifetimeLongerThanADay(Duration lifetime) {
    Grant grant = withLifetime(lifetime);
    grant.isLongerThanADay = true;
    return grant;
  }

  /** How long the user may publish, where that is less than the user may stay; it is never more. */
  public Grant withPublishLifetime(Duration lifetime) {
    Grant grant = copy();
    grant.publishLifetime =
        AgoraTokenException.given(lifetime, ErrorCode.INVALID_LIFETIME, "publishLifetime");
    return grant;
  }

  /** Allows more than 2047 characters, which no browser takes. */
  public Grant allowLongToken() {
    return with(grant -> grant.isLongTokenAllowed = true);
  }

  void write(Request request) {
    request.integer(services);
    User.write(user, request);
    Channel.write(channel, request);
    request
        .integer(role == null ? null : (Integer) role.getNumber())
        .seconds(lifetime)
        .flag(isLongerThanADay)
        .seconds(publishLifetime)
        .flag(isLongTokenAllowed);
    request.text(roomUuid).integer(roomRole).permissions(permissions);
  }
}
