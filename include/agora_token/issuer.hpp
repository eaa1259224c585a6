/// \file issuer.hpp
/// The issuer: AccessToken2 out of checked parts, and nothing coerced. What lets in more than one user, to more than one
/// channel or for more than a day has to be asked for by name.
#ifndef AGORA_TOKEN_ISSUER_HPP
#define AGORA_TOKEN_ISSUER_HPP

#include "permissions.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace agora {

/// A moment of the system clock in whole seconds; time_since_epoch().count() is Unix seconds. It is what C++20 calls
/// std::chrono::sys_seconds, and converts to std::chrono::system_clock::time_point.
using UnixTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;

/// Which channel a token lets into.
class Channel {
 public:
  /// One channel.
  /// \param name 1 to 63 bytes: letters, digits, space and !#$%&()+-:;<=.>?@[]^_{}|~, -- not blank, not "*", else
  ///   InputError
  static Channel named(std::string_view name) {
    detail::call(agora_check_channel_name, detail::data(name), name.size());
    return Channel(false, name);
  }
  static Channel named(std::nullptr_t) = delete;

  /// Every channel of the project.
  static Channel any() { return Channel(true, {}); }

 private:
  friend class Grant;

  Channel(bool is_any, std::string_view name) : is_any_(is_any), name_(name) {}

  bool is_any_;  // not told by an empty name, which a channel that was moved from has too
  std::string name_;
};

/// Whom a token lets in. A uid and an account are never turned into one another: who joins with a uid needs a token for
/// that uid, and who joins with an account a token for that account.
class User {
 public:
  /// \param uid 1 to 4294967295, else InputError; 0 would let in anybody: say any()
  static User uid(Integer uid) {
    const User user(Kind::uid, uid.as<std::uint32_t>(AGORA_ERROR_INVALID_UID, "uid"), {});
    if (user.uid_ == 0) user.start();  // which throws
    return user;
  }

  /// \param user_account 1 to 255 bytes, else InputError; "0", "*", and what programs print in place of a user, such as
  ///   "undefined", "null", "None" and "NaN", are refused too
  static User account(std::string_view user_account) {
    detail::call(agora_check_user_account, detail::data(user_account), user_account.size());
    return User(Kind::account, 0, user_account);
  }
  static User account(std::nullptr_t) = delete;

  /// Whoever holds the token. Messaging and Chat cannot be granted to any user.
  static User any() { return User(Kind::any, 0, {}); }

 private:
  friend class Grant;
  using Handle = detail::Handle<agora_grant, agora_grant_free>;
  enum class Kind { uid, account, any };

  User(Kind kind, std::uint32_t uid, std::string_view account) : kind_(kind), uid_(uid), account_(account) {}

  /// A grant for this user.
  Handle start() const {
    switch (kind_) {
      case Kind::uid:
        return Handle(detail::read<agora_grant *>(agora_grant_new_for_uid, uid_));
      case Kind::account:
        return Handle(detail::read<agora_grant *>(agora_grant_new_for_user_account, account_.c_str()));
      default:
        return Handle(detail::read<agora_grant *>(agora_grant_new_for_any_user));
    }
  }

  Kind kind_;
  std::uint32_t uid_;
  std::string account_;
};

/// Whom to let in where, as what, for how long: what an Issuer makes a token of. A value: copies go their own ways.
///
///     using namespace std::chrono_literals;
///     auto grant = agora::Grant::rtc_rtm(agora::Channel::named("room"), agora::User::account("alice"),
///                                        agora::Role::publisher).lifetime(10min);
///
/// The token lives for one hour unless told otherwise, and its privileges as long as the token: where the token ends
/// before its privileges, the client's SDK warns nobody.
class Grant : public detail::Owner<Grant, agora_grant, agora_grant_free> {
 public:
  /// Nothing yet, for this user. A token needs at least one service.
  explicit Grant(const User &user) : Owner(user.start().release()) {}

  /// To join a channel.
  static Grant rtc(const Channel &channel, const User &user, Role role) {
    return std::move(Grant(user).and_rtc(channel, role));
  }

  /// To log in to messaging.
  static Grant rtm(const User &user) { return std::move(Grant(user).and_rtm()); }

  /// To log in to Chat.
  static Grant chat(const User &user) { return std::move(Grant(user).and_chat()); }

  /// To join a channel and log in to messaging.
  static Grant rtc_rtm(const Channel &channel, const User &user, Role role) {
    return std::move(Grant(user).and_rtc(channel, role).and_rtm());
  }

  /// To join a channel and log in to messaging and Chat.
  static Grant rtc_rtm_chat(const Channel &channel, const User &user, Role role) {
    return std::move(Grant(user).and_rtc(channel, role).and_rtm().and_chat());
  }

  Grant(const Grant &other) : Owner(detail::read<agora_grant *>(agora_grant_copy, other.handle())) {}
  Grant(Grant &&) noexcept = default;
  Grant &operator=(const Grant &other) { return *this = Grant(other); }
  Grant &operator=(Grant &&) noexcept = default;
  ~Grant() = default;

  /// Adds joining a channel, in place of one that was added before.
  Grant &and_rtc(const Channel &channel, Role role) {
    if (channel.is_any_) return set(agora_grant_add_rtc_any_channel, static_cast<std::uint32_t>(role));
    return set(agora_grant_add_rtc, channel.name_.c_str(), static_cast<std::uint32_t>(role));
  }

  /// Adds messaging as the same user; a uid is its own decimal text there.
  Grant &and_rtm() { return set(agora_grant_add_rtm); }

  /// Adds messaging as the same user with these permissions, which are copied. Beside and_rtm(), which lets
  /// into all of messaging, they restrict nothing.
  Grant &and_rtm2(const Rtm2Permissions &permissions) { return set(agora_grant_add_rtm2, permissions.handle()); }

  /// Adds Chat as the same user; a uid is its own decimal text there.
  Grant &and_chat() { return set(agora_grant_add_chat); }

  /// Adds any service as the same user. What it needs beside the user is set apart: channel() and role(), or room().
  /// \param service a ServiceType, else InputError
  Grant &and_service(std::uint16_t service) { return set(agora_grant_add_service, service); }

  /// The channel of the services that have one.
  Grant &channel(const Channel &channel) {
    if (channel.is_any_) return set(agora_grant_set_any_channel);
    return set(agora_grant_set_channel, channel.name_.c_str());
  }

  /// Whether the user publishes, in the services that tell.
  Grant &role(Role role) { return set(agora_grant_set_role, static_cast<std::uint32_t>(role)); }

  /// The room of a classroom, and the user's role in it. Without one, APaaS lets the user in outside of rooms.
  /// \param role -32768 to 32767, else InputError
  Grant &room(std::string_view room_uuid, Integer role) {
    const auto number = role.as<std::int16_t>(AGORA_ERROR_INVALID_ROLE, "role");
    return set(agora_grant_set_room, detail::Text("room_uuid", room_uuid), number);
  }

  /// How long the token and its privileges live, 1 second to 24 hours. What looks like a Unix timestamp is refused.
  Grant &lifetime(std::chrono::seconds lifetime) {
    return set(agora_grant_set_lifetime, seconds(lifetime, "lifetime"));
  }

  /// The same, and it may pass 24 hours. Agora documents 24 hours as the longest, and a token cannot be taken back: for
  /// where you know that more is honoured.
  Grant &lifetime_longer_than_a_day(std::chrono::seconds lifetime) {
    return set(agora_grant_set_lifetime_longer_than_a_day, seconds(lifetime, "lifetime"));
  }

  /// How long a publisher may publish, 1 second to 24 hours, where that is less than the user may stay; it is never
  /// more. As long as the token unless set.
  Grant &publish_lifetime(std::chrono::seconds lifetime) {
    return set(agora_grant_set_publish_lifetime, seconds(lifetime, "publish_lifetime"));
  }

  /// The same, and it may pass 24 hours, as lifetime_longer_than_a_day() may.
  Grant &publish_lifetime_longer_than_a_day(std::chrono::seconds lifetime) {
    return set(agora_grant_set_publish_lifetime_longer_than_a_day, seconds(lifetime, "publish_lifetime"));
  }

  /// Allows more than 2047 characters. The Web SDK takes no longer tokens: for where no browser joins.
  Grant &allow_long_token() { return set(agora_grant_allow_long_token); }

  /// The handle of the C ABI, owned by this object.
  using Owner::handle;

 private:
  static std::uint32_t seconds(std::chrono::seconds lifetime, const char *field) {
    return Integer(lifetime.count()).as<std::uint32_t>(AGORA_ERROR_INVALID_LIFETIME, field);
  }
};

/// A token, and when to fetch the next.
struct IssuedToken {
  std::string token;       ///< the token
  UnixTime issued_at;      ///< when it was made
  UnixTime expires_at;     ///< when it ends
  UnixTime refresh_after;  ///< from when on its holder should fetch the next, before the end and before the SDK warns
};

/// Mints AccessToken2 tokens for one project. Made once, and used by any number of threads at once.
class Issuer : public detail::Owner<Issuer, agora_issuer, agora_issuer_free> {
 public:
  /// Throws InputError unless both are 32 hexadecimal digits, and for a certificate that is the App ID too.
  Issuer(std::string_view app_id, std::string_view app_certificate)
      : Owner(detail::read<agora_issuer *>(agora_issuer_new, detail::Text("app_id", app_id),
                                           detail::Text("app_certificate", app_certificate))) {}

  /// Mints a token. Throws InputError when the grant has no service, when it grants messaging or Chat to any user, and
  /// when the token has more than 2047 characters that the grant does not allow.
  ///
  /// refresh_after is a tenth of the lifetime before the end, but at least 30 seconds before it, since the SDK warns
  /// then; and never before half of the lifetime is over.
  IssuedToken issue(const Grant &grant) const {
    char *token = nullptr;
    std::uint64_t issued_at = 0;
    std::uint64_t expires_at = 0;
    std::uint64_t refresh_after = 0;
    detail::call(agora_issuer_issue, handle(), grant.handle(), &token, &issued_at, &expires_at, &refresh_after);
    return {detail::take(token), moment(issued_at), moment(expires_at), moment(refresh_after)};
  }

 private:
  static UnixTime moment(std::uint64_t unix_seconds) {
    return UnixTime(std::chrono::seconds(static_cast<std::chrono::seconds::rep>(unix_seconds)));
  }
};

}  // namespace agora

#endif
