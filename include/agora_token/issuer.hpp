/// \file issuer.hpp
/// The issuer: AccessToken2 out of checked parts, and nothing coerced. What lets in more than one user, to more than one
/// channel or for more than a day has to be asked for by name.
#ifndef AGORA_TOKEN_ISSUER_HPP
#define AGORA_TOKEN_ISSUER_HPP

#include "credentials.hpp"
#include "identity.hpp"
#include "moment.hpp"
#include "permissions.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace agora {

/// Whom to let in where, as what, for how long: what an Issuer makes a token of. A value: copies go their own ways.
///
///     using namespace std::chrono_literals;
///     auto grant = agora::Grant::rtc_rtm("room", "alice", agora::Role::publisher).lifetime(10min);
///
/// The token lives for one hour unless told otherwise, and its privileges as long as the token: where the token ends
/// before its privileges, the client's SDK warns nobody.
class Grant : public detail::Value<Grant, agora_grant, agora_grant_free, agora_grant_copy> {
 public:
  /// Nothing yet, for this user. A token needs at least one service.
  explicit Grant(const User &user) : Value(detail::read<agora_grant *>(agora_grant_new)) { this->user(user); }

  /// To join a channel. It needs a role.
  static Grant rtc(const Channel &channel, const User &user) {
    return std::move(Grant(user).and_service(AGORA_SERVICE_RTC).channel(channel));
  }
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

  /// Adds joining a channel. A grant is for one channel: a second is refused. channel() sets another in its place.
  Grant &and_rtc(const Channel &channel, Role role) {
    if (channel.is_any_) return set(agora_grant_add_rtc_any_channel, static_cast<std::uint32_t>(role));
    return set(agora_grant_add_rtc, channel.name_.c_str(), static_cast<std::uint32_t>(role));
  }

  /// Adds messaging as the same user; a uid is its own decimal text there.
  Grant &and_rtm() { return set(agora_grant_add_rtm); }

  /// Adds messaging as the same user with these permissions, which are copied. They take the place of and_rtm(), which
  /// lets into all of messaging, and it takes theirs.
  Grant &and_rtm2(const Rtm2Permissions &permissions) { return set(agora_grant_add_rtm2, permissions.handle()); }

  /// Adds Chat as the same user; a uid is its own decimal text there.
  Grant &and_chat() { return set(agora_grant_add_chat); }

  /// Adds any service as the same user. What it needs beside the user is set apart: channel() and role(), or room().
  /// \param service a ServiceType, else ConfigurationError
  Grant &and_service(std::uint16_t service) { return set(agora_grant_add_service, service); }

  /// The same for another user.
  Grant &user(const User &user) {
    switch (user.kind_) {
      case User::Kind::uid:
        return set(agora_grant_set_uid, user.uid_);
      case User::Kind::account:
        return set(agora_grant_set_account, user.account_.c_str());
      default:
        return set(agora_grant_set_any_user);
    }
  }

  /// The channel of the services that have one.
  Grant &channel(const Channel &channel) {
    if (channel.is_any_) return set(agora_grant_set_any_channel);
    return set(agora_grant_set_channel, channel.name_.c_str());
  }

  /// Whether the user publishes, in the services that tell.
  Grant &role(Role role) { return set(agora_grant_set_role, static_cast<std::uint32_t>(role)); }

  /// The room of a classroom, and the user's role in it. Without one, APaaS lets the user in outside of rooms.
  /// \param role -32768 to 32767, else InputError
  Grant &room(const Text &room_uuid, Integer role) {
    const auto number = role.as<std::int16_t>(AGORA_ERROR_INVALID_ROLE, "role");
    return set(agora_grant_set_room, detail::CString("room_uuid", room_uuid), number);
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
class IssuedToken {
 public:
  IssuedToken(std::string token, UnixTime issued_at, UnixTime expires_at, UnixTime refresh_after)
      : token_(std::move(token)), issued_at_(issued_at), expires_at_(expires_at), refresh_after_(refresh_after) {}

  /// The token.
  const std::string &token() const & noexcept { return token_; }
  std::string token() && noexcept { return std::move(token_); }

  /// When it was made.
  UnixTime issued_at() const noexcept { return issued_at_; }

  /// When it ends.
  UnixTime expires_at() const noexcept { return expires_at_; }

  /// From when on its holder should fetch the next: a tenth of the lifetime before the end, but at least 30 seconds
  /// before it, since the SDK warns then; and never before half of the lifetime is over.
  UnixTime refresh_after() const noexcept { return refresh_after_; }

  /// What a client is answered, the same from every language: {"token":"007...","issuedAt":...,"expiresAt":...,
  /// "refreshAfter":...}, Unix seconds.
  std::string to_json() const {
    const auto member = [](const char *name, UnixTime time) {
      return std::string(",\"") + name + "\":" + std::to_string(time.time_since_epoch().count());
    };
    return "{\"token\":\"" + token_ + '"' + member("issuedAt", issued_at_) + member("expiresAt", expires_at_) +
           member("refreshAfter", refresh_after_) + '}';
  }

 private:
  std::string token_;
  UnixTime issued_at_;
  UnixTime expires_at_;
  UnixTime refresh_after_;
};

/// A token of many, or why there is none.
class IssueResult {
 public:
  IssueResult(IssuedToken issued) : issued_(std::move(issued)) {}
  IssueResult(const Error &error, std::exception_ptr thrown)
      : error_(std::make_shared<Refusal>(error.status(), error.field(), error.reason(), std::uint16_t{0})),
        thrown_(std::move(thrown)) {}

  /// Whether there is a token.
  explicit operator bool() const noexcept { return issued_.has_value(); }

  /// The token; throws what error() tells where there is none.
  const IssuedToken &value() const {
    if (thrown_) std::rethrow_exception(thrown_);
    return *issued_;
  }
  const IssuedToken &operator*() const { return value(); }
  const IssuedToken *operator->() const { return &value(); }

  /// Why there is no token; only where there is none.
  const Refusal &error() const { return *error_; }

 private:
  std::optional<IssuedToken> issued_;
  std::shared_ptr<const Refusal> error_;
  std::exception_ptr thrown_;
};

/// What the rows of a table get that leave it out.
struct RowDefaults {
  /// Empty refuses rows without a channel.
  std::string channel;
  Role role = Role::publisher;
  /// rtc, rtm and chat, joined by plus signs.
  std::string services = "rtc";
  /// 1 second to 24 hours.
  std::chrono::seconds lifetime = std::chrono::hours(1);
  /// At most so many threads mint at once; 0 is as many as there are processors.
  std::uint32_t threads = 0;
};

/// Rows with their tokens, minted as they are drawn: a stream of the Arrow C data interface, which this object releases.
class ArrowRows {
 public:
  ArrowRows() noexcept = default;
  ArrowRows(ArrowRows &&other) noexcept { other.move_to(&stream_); }
  ArrowRows &operator=(ArrowRows &&other) noexcept {
    if (this != &other) {
      release();
      other.move_to(&stream_);
    }
    return *this;
  }
  ~ArrowRows() { release(); }

  /// The stream, to be drawn from by one thread at a time, as arrow::ImportRecordBatchReader() does.
  ArrowArrayStream *stream() noexcept { return &stream_; }

  /// Gives the stream away, into a struct that holds none.
  void move_to(ArrowArrayStream *out) noexcept {
    *out = stream_;
    stream_.release = nullptr;
  }

 private:
  void release() noexcept {
    if (stream_.release != nullptr) stream_.release(&stream_);
  }

  ArrowArrayStream stream_{};
};

/// Mints AccessToken2 tokens for one project. Made once, and used by any number of threads at once. A value: copies
/// share what they were made of.
class Issuer {
 public:
  /// For this project.
  explicit Issuer(const Credentials &credentials)
      : issuer_(
            detail::read<agora_issuer *>(agora_issuer_new, detail::CString("app_id", credentials.app_id().text()),
                                         detail::CString("app_certificate", credentials.app_certificate().secret())),
            agora_issuer_free) {}

  /// The same, of the two; see Credentials about a swap.
  Issuer(const AppId &app_id, const AppCertificate &app_certificate) : Issuer(Credentials(app_id, app_certificate)) {}

  /// For the project of AGORA_APP_ID and AGORA_APP_CERTIFICATE, as Credentials::from_env() reads them.
  static Issuer from_env() { return Issuer(Credentials::from_env()); }

  /// Has the time from here and not from the system, as tests do.
  /// \param clock a Moment, or a function that gives one and that any thread may call
  template <class Clock>
  Issuer &with_clock(Clock clock) {
    clock_ = detail::source<Moment>(std::move(clock));
    return *this;
  }

  /// Has salts from here, as tests do. Two tokens that are otherwise equal must differ by it.
  /// \param salt a number of 32 bits, or a function that gives one and that any thread may call
  template <class Salt>
  Issuer &with_salt(Salt salt) {
    salt_ = detail::source<Integer>(std::move(salt));
    return *this;
  }

  /// Mints a token. Throws InputError when the grant has no channel or role that it needs, or grants messaging or Chat to
  /// any user; ConfigurationError when it has no service, and when the token has more than 2047 characters that the grant
  /// does not allow.
  IssuedToken issue(const Grant &grant) const {
    if (!clock_ && !salt_) return issued(agora_issuer_issue, grant);
    return issue_at(grant, clock_ ? clock_() : Moment(std::chrono::system_clock::now()),
                    salt_ ? salt_() : Integer(detail::read<std::uint32_t>(agora_draw_salt)));
  }

  /// Mints a token of this time and salt, whatever the issuer has them from otherwise.
  IssuedToken issue_at(const Grant &grant, const Moment &issued_at, Integer salt) const {
    return issued(agora_issuer_issue_at, grant, issued_at.as<std::uint32_t>("issued_at"),
                  salt.as<std::uint32_t>(AGORA_ERROR_INVALID_SALT, "salt"));
  }

  /// Mints a token for each of some grants. What is refused stands as an error in its place, and the others are minted.
  template <class Grants>
  [[nodiscard]] std::vector<IssueResult> issue_many(const Grants &grants) const {
    std::vector<IssueResult> results;
    for (const Grant &grant : grants) results.push_back(attempt([&] { return issue(grant); }));
    return results;
  }

  /// Mints a token of this grant for each of some users: User, or what a User is made of, so that a bad one is an error
  /// in its place.
  template <class Users>
  [[nodiscard]] std::vector<IssueResult> issue_many(Grant grant, const Users &users) const {
    std::vector<IssueResult> results;
    for (const auto &user : users) results.push_back(attempt([&] { return issue(grant.user(user)); }));
    return results;
  }

  /// Mints a token for each row of a table, as agora_issuer_issue_arrow does: by the system's clock and salts, whatever
  /// with_clock() and with_salt() say. A row that is refused has its reason in the column error.
  /// \param rows taken over and left released, also where the call throws
  [[nodiscard]] ArrowRows issue_arrow(ArrowArrayStream *rows, const RowDefaults &defaults = {}) const {
    ArrowRows taken;
    if (rows != nullptr) {
      *taken.stream() = *rows;
      rows->release = nullptr;
    }
    // The C function has defaults of its own for 0, and a grant refuses that.
    Grant(User::uid(1)).role(defaults.role).lifetime(defaults.lifetime);
    const detail::CString channel("channel", defaults.channel);
    const detail::CString services("row_services", defaults.services);
    ArrowRows issued;
    detail::call(agora_issuer_issue_arrow, issuer_.get(), rows == nullptr ? nullptr : taken.stream(),
                 defaults.channel.empty() ? nullptr : static_cast<const char *>(channel),
                 static_cast<std::uint32_t>(defaults.role), services,
                 static_cast<std::uint32_t>(defaults.lifetime.count()), defaults.threads, issued.stream());
    return issued;
  }

 private:
  template <class Function, class... Stamp>
  IssuedToken issued(Function function, const Grant &grant, Stamp... stamp) const {
    char *token = nullptr;
    std::uint64_t issued_at = 0;
    std::uint64_t expires_at = 0;
    std::uint64_t refresh_after = 0;
    detail::call(function, issuer_.get(), grant.handle(), stamp..., &token, &issued_at, &expires_at, &refresh_after);
    return {detail::take(token), detail::unix_time(issued_at), detail::unix_time(expires_at),
            detail::unix_time(refresh_after)};
  }

  template <class Issue>
  static IssueResult attempt(const Issue &issue) {
    try {
      return issue();
    } catch (const Error &error) {
      return IssueResult(error, std::current_exception());
    }
  }

  std::shared_ptr<const agora_issuer> issuer_;
  detail::Source<Moment> clock_;
  detail::Source<Integer> salt_;
};

}  // namespace agora

#endif
