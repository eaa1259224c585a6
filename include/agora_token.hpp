/// \file agora_token.hpp
/// Mint, read, verify and diagnose Agora tokens from C++17: AccessToken2 ("007") and AccessToken ("006").
///
/// Header-only over the C ABI in agora_token.h; link with libagora_token and nothing else.
///
///     agora::Issuer issuer(app_id, app_certificate);
///     auto grant = agora::Grant::rtc(agora::Channel::named("room"), agora::User::uid(42), agora::Role::publisher);
///     std::string token = issuer.issue(grant).token;
///     agora::Verifier(app_certificate).channel_name("room").uid(42).check(token);
///
/// Issuer keeps you from tokens you would regret. The build_... functions take what the official builders take, and
/// AccessToken2 and AccessToken can express every token there is. Why a token lets nobody in, diagnose tells.
///
/// What all of it has in common:
/// - App ID and App Certificate are 32 hexadecimal digits, kept as text: letter case counts.
/// - Text goes in as std::string_view and comes out as std::string. A NUL inside is refused where the C ABI would cut
///   the text short; the texts of AccessToken2 and AccessToken may hold any byte.
/// - Numbers go in as Integer: any integer type, refused when it does not fit instead of being cut to 32 bits.
/// - In AccessToken2 a time is a lifetime in seconds from the issue time. In AccessToken it is absolute Unix seconds.
/// - Whatever is refused throws a class derived from Error. No message holds a certificate or a token.
/// - Objects with a handle of the C ABI may move but not be copied, but for Grant. Many threads may read one object
/// while
///   none changes it.
#ifndef AGORA_TOKEN_HPP
#define AGORA_TOKEN_HPP

#include "agora_token.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

static_assert(AGORA_ABI_VERSION == 1, "agora_token.hpp and agora_token.h are of different releases");

namespace agora {

// ---------------------------------------------------------------------------------------------------------------------
// Errors
// ---------------------------------------------------------------------------------------------------------------------

/// The root of everything this header throws. what() is the whole reason in one English sentence.
///
/// Thrown as such only when the fault is neither an argument's nor a token's: AGORA_ERROR_INTERNAL,
/// AGORA_ERROR_RANDOM_SOURCE_FAILED and AGORA_ERROR_CLOCK_OUT_OF_RANGE.
class Error : public std::runtime_error {
 public:
  /// \param field must outlive the error, as string literals do
  Error(agora_status status, const char *field, const std::string &reason)
      : std::runtime_error(reason), status_(status), field_(field) {}

  /// The number, an AGORA_ERROR_* of agora_token.h.
  agora_status status() const noexcept { return status_; }

  /// The number's name, the same in every language, such as "INVALID_APP_ID".
  const char *code_name() const noexcept { return agora_status_name(status_); }

  /// The argument or token field at fault, such as "channel_name"; "" when there is none.
  const char *field() const noexcept { return field_; }

 private:
  agora_status status_;
  const char *field_;
};

/// An argument was refused (statuses 1 to 59): nothing was minted, read or verified.
class InputError : public Error {
  using Error::Error;
};

/// The text given as a token is not a well-formed one (statuses 60 to 69).
class TokenError : public Error {
  using Error::Error;
};

/// The token is well-formed but must not be trusted: its signature, time, channel, user or privileges do not fit
/// (statuses 70 to 79).
class VerificationError : public Error {
  using Error::Error;
};

/// An integer argument. Every integer type converts to it; bool and floating-point types do not compile. A value that
/// does not fit throws InputError where it is used: a uid of 4294967296 or -1 never becomes another user's.
class Integer {
 public:
  /// Takes any integer of up to 64 bits.
  template <class Number, std::enable_if_t<std::is_integral_v<Number> && !std::is_same_v<Number, bool> &&
                                               sizeof(Number) <= sizeof(std::uint64_t),
                                           int> = 0>
  constexpr Integer(Number value) noexcept : negative_(value < Number{}), bits_(static_cast<std::uint64_t>(value)) {}

  /// The value as Number, or InputError with the status and the field.
  template <class Number>
  Number as(agora_status status, const char *field) const;

 private:
  std::string text() const {
    return negative_ ? std::to_string(static_cast<std::int64_t>(bits_)) : std::to_string(bits_);
  }

  bool negative_;
  std::uint64_t bits_;
};

// ---------------------------------------------------------------------------------------------------------------------
// How a call crosses the C ABI. Nothing in detail is for use from outside.
// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

template <class T, void (*Release)(T *)>
struct Deleter {
  void operator()(T *owned) const noexcept { Release(owned); }
};

template <class T, void (*Release)(T *)>
using Handle = std::unique_ptr<T, Deleter<T, Release>>;

inline std::string take(char *text) {
  const Handle<char, agora_string_free> owner(text);
  return std::string(owner.get());
}

/// The reason a value was refused; the status' own sentence when the value has nothing to do with it.
inline std::string explain(agora_status status, std::string_view value) {
  char *reason = nullptr;
  const agora_status explained = agora_explain(status, value.empty() ? "" : value.data(), value.size(), &reason);
  return explained == AGORA_OK ? take(reason) : agora_status_message(status);
}

[[noreturn]] inline void raise(agora_status status, const char *field, const std::string &reason) {
  switch (status) {
    case AGORA_ERROR_INTERNAL:
    case AGORA_ERROR_RANDOM_SOURCE_FAILED:
    case AGORA_ERROR_CLOCK_OUT_OF_RANGE:
      throw Error(status, field, reason);
    default:
      break;
  }
  if (status < 60) throw InputError(status, field, reason);
  if (status < 70) throw TokenError(status, field, reason);
  if (status < 80) throw VerificationError(status, field, reason);
  throw Error(status, field, reason);
}

/// What is known of an argument once a call was refused: the field it fills, its name in the call, its value as text.
struct Argument {
  const char *field;
  const char *name;
  std::string_view text;
  std::string digits;  // of a number, in place of the text

  std::string_view value() const { return digits.empty() ? text : std::string_view(digits); }
};

/// The reason a value was refused, in the words of the call: reasons begin with the name of the field, if of any.
inline std::string explain_argument(agora_status status, const char *name, std::string_view value) {
  const std::string_view field = agora_status_field(status);
  std::string reason = explain(status, value);
  if (field.empty()) return std::string(name) + ": " + reason;
  if (reason.compare(0, field.size(), field) == 0) reason.replace(0, field.size(), name);
  return reason;
}

/// Throws for the status, naming the argument whose value explains it.
[[noreturn]] inline void refuse(agora_status status, std::initializer_list<Argument> arguments) {
  const std::string_view field = agora_status_field(status);
  const std::string message = agora_status_message(status);
  const Argument *alone = nullptr;
  for (const Argument &argument : arguments) {
    if (!field.empty() && field != argument.field) continue;
    if (explain(status, argument.value()) != message) {
      raise(status, argument.name, explain_argument(status, argument.name, argument.value()));
    }
    if (alone == nullptr && !field.empty()) alone = &argument;
  }
  raise(status, alone == nullptr ? agora_status_field(status) : alone->name, message);
}

/// Writes zeros that the compiler does not leave out, though nobody reads them.
inline void wipe(char *bytes, std::size_t size) noexcept {
  static void *(*const volatile set)(void *, int, std::size_t) = std::memset;
  set(bytes, 0, size);
}

/// A text for a C string parameter: NUL-terminated, no NUL inside, wiped in the end since it may be a certificate.
class Text {
 public:
  Text(const char *field, std::string_view text, const char *name = nullptr)
      : field_(field), name_(name == nullptr ? field : name), size_(text.size()) {
    if (text.find('\0') != std::string_view::npos) {
      raise(AGORA_ERROR_NUL_IN_TEXT, name_, std::string(name_) + " holds a NUL byte");
    }
    if (size_ >= sizeof small_) large_ = std::make_unique<char[]>(size_ + 1);
    text.copy(data(), size_);
    data()[size_] = '\0';
  }
  Text(const Text &) = delete;
  Text &operator=(const Text &) = delete;
  ~Text() { wipe(data(), size_); }

  const char *pass() const { return large_ ? large_.get() : small_; }
  Argument argument() const { return {field_, name_, {pass(), size_}, {}}; }

 private:
  char *data() { return large_ ? large_.get() : small_; }

  const char *field_;
  const char *name_;
  std::size_t size_;
  char small_[64];  // IDs, certificates and documented channel names
  std::unique_ptr<char[]> large_;
};

/// A text for a pair of parameters, its bytes and their number. It outlives the call.
struct Bytes {
  const char *field;
  std::string_view bytes;
  const char *name = field;

  /// The C ABI takes no NULL pointer, not even for an empty text.
  const char *data() const { return bytes.empty() ? "" : bytes.data(); }
  std::size_t size() const { return bytes.size(); }
  Argument argument() const { return {field, name, bytes, {}}; }
};

template <class Type>
class Number {
 public:
  Number(agora_status out_of_range, const char *field, Integer value, const char *name = nullptr)
      : field_(field), name_(name == nullptr ? field : name), value_(value.as<Type>(out_of_range, name_)) {}

  Type pass() const { return value_; }
  Argument argument() const { return {field_, name_, {}, std::to_string(value_)}; }

 private:
  const char *field_;
  const char *name_;
  Type value_;
};

struct Uid : Number<std::uint32_t> {
  explicit Uid(Integer uid) : Number(AGORA_ERROR_INVALID_UID, "uid", uid) {}
};

/// The value of Role, Role006 or, for APaaS, any integer that fits.
template <class Type>
struct RoleNumber : Number<Type> {
  explicit RoleNumber(Integer role, const char *name = "role")
      : Number<Type>(AGORA_ERROR_INVALID_ROLE, "role", role, name) {}
  template <class Enum, std::enable_if_t<std::is_enum_v<Enum>, int> = 0>
  explicit RoleNumber(Enum role, const char *name = "role") : RoleNumber(static_cast<Type>(role), name) {}
};

struct Lifetime : Number<std::uint32_t> {
  Lifetime(const char *field, Integer seconds, const char *name = nullptr)
      : Number(AGORA_ERROR_INVALID_LIFETIME, field, seconds, name) {}
};

struct ServiceNumber : Number<std::uint16_t> {
  explicit ServiceNumber(std::uint16_t service) : Number(AGORA_ERROR_INDEX_OUT_OF_RANGE, "index", service, "service") {}
};

struct Timestamp : Number<std::uint32_t> {
  Timestamp(const char *field, Integer seconds) : Number(AGORA_ERROR_INVALID_TIMESTAMP, field, seconds) {}
};

template <class Handle>
struct Pointer {
  const Handle *handle;
  const Handle *pass() const { return handle; }
  Argument argument() const { return {"", "", {}, {}}; }
};

/// Calls a function of the C ABI whose last parameter gives out a value, and throws what it refuses.
template <class Value, class Function, class... Arguments>
Value call(Function function, const Arguments &...arguments) {
  Value value{};
  const agora_status status = function(arguments.pass()..., &value);
  if (status != AGORA_OK) refuse(status, {arguments.argument()...});
  return value;
}

template <class Function, class... Arguments>
std::string build(Function function, const Arguments &...arguments) {
  return take(call<char *>(function, arguments...));
}

/// Calls a function that changes a handle, and throws what it refuses.
template <class Handle, class Function, class... Arguments>
void set(Handle *handle, Function function, const Arguments &...arguments) {
  const agora_status status = function(handle, arguments.pass()...);
  if (status != AGORA_OK) refuse(status, {arguments.argument()...});
}

inline void check(agora_status status) {
  if (status != AGORA_OK) refuse(status, {});
}

template <class Value, class Function, class... Arguments>
Value read(Function function, Arguments... arguments) {
  Value value{};
  check(function(arguments..., &value));
  return value;
}

template <class Byte, class Function, class... Arguments>
std::string read_bytes(Function function, Arguments... arguments) {
  const Byte *data = nullptr;
  std::size_t size = 0;
  check(function(arguments..., &data, &size));
  return std::string(reinterpret_cast<const char *>(data), size);
}

}  // namespace detail

template <class Number>
Number Integer::as(agora_status status, const char *field) const {
  using Limits = std::numeric_limits<Number>;
  const bool fits =
      negative_ ? Limits::is_signed && static_cast<std::int64_t>(bits_) >= static_cast<std::int64_t>(Limits::min())
                : bits_ <= static_cast<std::uint64_t>(Limits::max());
  if (!fits) detail::raise(status, field, detail::explain_argument(status, field, text()));
  return static_cast<Number>(bits_);
}

// ---------------------------------------------------------------------------------------------------------------------
// Words
// ---------------------------------------------------------------------------------------------------------------------

/// What an AccessToken2 lets its holder do in an RTC channel. Publishing is held back from subscribers only in projects
/// where co-host authentication is on.
enum class Role : std::uint32_t {
  publisher = AGORA_ROLE_PUBLISHER,    ///< join and publish
  subscriber = AGORA_ROLE_SUBSCRIBER,  ///< join
};

/// The roles of AccessToken (006). Attendee and admin are old names for publisher.
enum class Role006 : std::uint32_t {
  attendee = AGORA_ROLE_ATTENDEE,      ///< join and publish
  publisher = AGORA_ROLE_PUBLISHER,    ///< join and publish
  subscriber = AGORA_ROLE_SUBSCRIBER,  ///< join
  admin = AGORA_ROLE_ADMIN,            ///< join and publish
};

/// The services an AccessToken2 can carry.
struct ServiceType {
  /// The number on the wire.
  enum : std::uint16_t {
    rtc = AGORA_SERVICE_RTC,
    rtm = AGORA_SERVICE_RTM,
    streaming = AGORA_SERVICE_STREAMING,
    fpa = AGORA_SERVICE_FPA,
    chat = AGORA_SERVICE_CHAT,
    fcdn = AGORA_SERVICE_FCDN,
    apaas = AGORA_SERVICE_APAAS,
    rtm2 = AGORA_SERVICE_RTM2,
    convo_ai = AGORA_SERVICE_CONVO_AI,
    stt = AGORA_SERVICE_STT,
  };
};

/// The privileges of each service, keys of Privileges.
struct Privilege {
  /// The number on the wire. The RTC four are also those of AccessToken (006); the last two are 006 only.
  enum : std::uint16_t {
    rtc_join_channel = AGORA_RTC_JOIN_CHANNEL,
    rtc_publish_audio_stream = AGORA_RTC_PUBLISH_AUDIO_STREAM,
    rtc_publish_video_stream = AGORA_RTC_PUBLISH_VIDEO_STREAM,
    rtc_publish_data_stream = AGORA_RTC_PUBLISH_DATA_STREAM,
    rtm_login = AGORA_RTM_LOGIN,
    streaming_publish_mix_stream = AGORA_STREAMING_PUBLISH_MIX_STREAM,
    streaming_publish_raw_stream = AGORA_STREAMING_PUBLISH_RAW_STREAM,
    fpa_login = AGORA_FPA_LOGIN,
    chat_user = AGORA_CHAT_USER,
    chat_app = AGORA_CHAT_APP,
    fcdn_publish = AGORA_FCDN_PUBLISH,
    fcdn_play = AGORA_FCDN_PLAY,
    apaas_room_user = AGORA_APAAS_ROOM_USER,
    apaas_user = AGORA_APAAS_USER,
    apaas_app = AGORA_APAAS_APP,
    rtm2_login = AGORA_RTM2_LOGIN,
    administrate_channel_006 = AGORA_006_ADMINISTRATE_CHANNEL,
    rtm_login_006 = AGORA_006_RTM_LOGIN,
  };
};

/// What an RTM2 permission is about.
struct Rtm2Resource {
  /// The number on the wire.
  enum : std::uint16_t {
    message_channels = AGORA_RTM2_MESSAGE_CHANNELS,
    stream_channels = AGORA_RTM2_STREAM_CHANNELS,
    group_channels = AGORA_RTM2_GROUP_CHANNELS,
    server_groups = AGORA_RTM2_SERVER_GROUPS,
    users = AGORA_RTM2_USERS,
  };
};

/// What an RTM2 permission allows.
struct Rtm2Access {
  /// The number on the wire.
  enum : std::uint16_t { read = AGORA_RTM2_READ, write = AGORA_RTM2_WRITE };
};

/// Privilege to time: in AccessToken2 seconds from the issue time, in AccessToken absolute Unix seconds. 0 is no limit
/// of its own: the privilege lasts as long as the token.
using Privileges = std::map<std::uint16_t, std::uint32_t>;

/// Resource type to access type to the names of the resources, as a token carries them.
using Rtm2Details = std::map<std::uint16_t, std::map<std::uint16_t, std::vector<std::string>>>;

/// The release of the linked library, such as "0.1.0".
inline std::string version() { return agora_version(); }

/// The text that stands for a uid on the wire: decimal digits, and "" (any user) for 0.
/// \param uid 0 to 4294967295, else InputError
inline std::string uid_text(Integer uid) {
  const auto number = uid.as<std::uint32_t>(AGORA_ERROR_INVALID_UID, "uid");
  return number == 0 ? std::string() : std::to_string(number);
}

/// The Chat user ID that an APaaS room-user token carries for a user: the MD5 of the user UUID in lower-case
/// hexadecimal.
inline std::string apaas_chat_user_id(std::string_view user_uuid) {
  const detail::Bytes bytes{"user_uuid", user_uuid};
  return detail::take(detail::read<char *>(agora_apaas_chat_user_id, bytes.data(), bytes.size()));
}

/// Which resources an RTM2 user may read and write. The order of the names and repetitions are kept.
class Rtm2Permissions {
 public:
  /// No permission at all.
  Rtm2Permissions() : handle_(detail::read<agora_rtm2_permissions *>(agora_rtm2_permissions_new)) {}

  /// Sets the resources of a pair, in place of any it had. An empty list is legal and is carried as such.
  /// \param resource_type a Rtm2Resource, or any other number
  /// \param access a Rtm2Access, or any other number
  /// \param resources up to 65535 names of up to 65535 bytes
  Rtm2Permissions &set(std::uint16_t resource_type, std::uint16_t access, const std::vector<std::string> &resources) {
    detail::check(agora_rtm2_permissions_set(handle_.get(), resource_type, access));
    for (const std::string &resource : resources) add(resource_type, access, resource);
    return *this;
  }

  /// Adds one resource to a pair.
  Rtm2Permissions &add(std::uint16_t resource_type, std::uint16_t access, std::string_view resource) {
    const detail::Bytes bytes{"permissions", resource};
    const agora_status status =
        agora_rtm2_permissions_add_resource(handle_.get(), resource_type, access, bytes.data(), bytes.size());
    if (status != AGORA_OK) detail::refuse(status, {bytes.argument()});
    return *this;
  }

  /// The handle of the C ABI, owned by this object.
  const agora_rtm2_permissions *handle() const noexcept { return handle_.get(); }

 private:
  detail::Handle<agora_rtm2_permissions, agora_rtm2_permissions_free> handle_;
};

// ---------------------------------------------------------------------------------------------------------------------
// The issuer: AccessToken2 out of checked parts, and nothing coerced. What lets in more than one user, to more than one
// channel or for more than a day has to be asked for by name.
// ---------------------------------------------------------------------------------------------------------------------

/// A moment of the system clock in whole seconds; time_since_epoch().count() is Unix seconds. It is what C++20 calls
/// std::chrono::sys_seconds, and converts to std::chrono::system_clock::time_point.
using UnixTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;

/// Which channel a token lets into.
class Channel {
 public:
  /// One channel.
  /// \param name 1 to 63 bytes: letters, digits, space and !#$%&()+-:;<=.>?@[]^_{}|~, -- not blank, not "*", else
  ///   InputError
  static Channel named(std::string_view name);
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
  static User uid(Integer uid) { return User(Kind::uid, detail::Uid(uid).pass(), {}); }

  /// \param user_account 1 to 255 bytes, else InputError; "0", "*", and what programs print in place of a user, such as
  ///   "undefined", "null", "None" and "NaN", are refused too
  static User account(std::string_view user_account) { return User(Kind::account, 0, user_account); }
  static User account(std::nullptr_t) = delete;

  /// Whoever holds the token. Messaging and Chat cannot be granted to any user.
  static User any() { return User(Kind::any, 0, {}); }

 private:
  friend class Grant;
  using Handle = detail::Handle<agora_grant, agora_grant_free>;
  enum class Kind { uid, account, any };

  User(Kind kind, std::uint32_t uid, std::string_view account) : kind_(kind), uid_(uid), account_(account) {
    // Throws what no grant can start with.
    if (kind != Kind::uid || uid == 0) start();
  }

  /// A grant for this user.
  Handle start() const {
    switch (kind_) {
      case Kind::uid:
        return Handle(detail::call<agora_grant *>(agora_grant_new_for_uid, detail::Uid(uid_)));
      case Kind::account:
        return Handle(
            detail::call<agora_grant *>(agora_grant_new_for_user_account, detail::Text("user_account", account_)));
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
class Grant {
 public:
  /// Nothing yet, for this user. A token needs at least one service.
  explicit Grant(const User &user) : handle_(user.start()) {}

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

  Grant(const Grant &other) : handle_(detail::read<agora_grant *>(agora_grant_copy, other.handle())) {}
  Grant(Grant &&) noexcept = default;
  Grant &operator=(const Grant &other) { return *this = Grant(other); }
  Grant &operator=(Grant &&) noexcept = default;
  ~Grant() = default;

  /// Adds joining a channel, in place of one that was added before.
  Grant &and_rtc(const Channel &channel, Role role) {
    const detail::RoleNumber<std::uint32_t> number(role);
    if (channel.is_any_) return set(agora_grant_add_rtc_any_channel, number);
    return set(agora_grant_add_rtc, detail::Text("channel_name", channel.name_), number);
  }

  /// Adds messaging as the same user; a uid is its own decimal text there.
  Grant &and_rtm() { return set(agora_grant_add_rtm); }

  /// Adds messaging as the same user with these permissions alone. They are copied.
  Grant &and_rtm2(const Rtm2Permissions &permissions) {
    return set(agora_grant_add_rtm2, detail::Pointer<agora_rtm2_permissions>{permissions.handle()});
  }

  /// Adds Chat as the same user; a uid is its own decimal text there.
  Grant &and_chat() { return set(agora_grant_add_chat); }

  /// How long the token and its privileges live, 1 second to 24 hours. What looks like a Unix timestamp is refused.
  Grant &lifetime(std::chrono::seconds lifetime) { return live(agora_grant_set_lifetime, "lifetime", lifetime); }

  /// The same, and it may pass 24 hours. Agora documents 24 hours as the longest, and a token cannot be taken back: for
  /// where you know that more is honoured.
  Grant &lifetime_longer_than_a_day(std::chrono::seconds lifetime) {
    return live(agora_grant_set_lifetime_longer_than_a_day, "lifetime", lifetime);
  }

  /// How long a publisher may publish, where that is less than the user may stay; it is never more. As long as the
  /// token unless set.
  Grant &publish_lifetime(std::chrono::seconds lifetime) {
    return live(agora_grant_set_publish_lifetime, "publish_lifetime", lifetime);
  }

  /// Allows more than 2047 characters. The Web SDK takes no longer tokens: for where no browser joins.
  Grant &allow_long_token() { return set(agora_grant_allow_long_token); }

  /// The handle of the C ABI, owned by this object.
  const agora_grant *handle() const noexcept { return handle_.get(); }

 private:
  friend class Channel;

  template <class Function, class... Arguments>
  Grant &set(Function function, const Arguments &...arguments) {
    detail::set(handle_.get(), function, arguments...);
    return *this;
  }

  template <class Function>
  Grant &live(Function function, const char *name, std::chrono::seconds lifetime) {
    const detail::Lifetime seconds("lifetime", lifetime.count(), name);
    const agora_status status = function(handle_.get(), seconds.pass());
    // Some of the reasons speak of a lifetime, some of token_expire.
    const detail::Lifetime expire("token_expire", lifetime.count(), name);
    if (status != AGORA_OK) detail::refuse(status, {seconds.argument(), expire.argument()});
    return *this;
  }

  detail::Handle<agora_grant, agora_grant_free> handle_;
};

inline Channel Channel::named(std::string_view name) {
  Grant(User::any())
      .set(agora_grant_add_rtc, detail::Text("channel_name", name),
           detail::RoleNumber<std::uint32_t>(Role::subscriber));
  return Channel(false, name);
}

/// A token, and when to fetch the next.
struct IssuedToken {
  std::string token;       ///< the token
  UnixTime expires_at;     ///< when it ends
  UnixTime refresh_after;  ///< from when on its holder should fetch the next, before the end and before the SDK warns
};

/// Mints AccessToken2 tokens for one project. Made once, and used by any number of threads at once.
class Issuer {
 public:
  /// Throws InputError unless both are 32 hexadecimal digits.
  Issuer(std::string_view app_id, std::string_view app_certificate)
      : handle_(detail::call<agora_issuer *>(agora_issuer_new, detail::Text("app_id", app_id),
                                             detail::Text("app_certificate", app_certificate))) {}

  /// Mints a token. Throws InputError when the grant has no service, when it grants messaging or Chat to any user, and
  /// when the token has more than 2047 characters that the grant does not allow.
  ///
  /// refresh_after is a tenth of the lifetime before the end, but at least 30 seconds before it, since the SDK warns
  /// then; and never before half of the lifetime is over.
  IssuedToken issue(const Grant &grant) const {
    char *token = nullptr;
    std::uint64_t expires_at = 0;
    std::uint64_t refresh_after = 0;
    const agora_status status = agora_issuer_issue(handle_.get(), grant.handle(), &token, &expires_at, &refresh_after);
    if (status == AGORA_ERROR_INVALID_USER_ID) {
      detail::raise(status, "user", "messaging and Chat need a user of their own, not any user");
    }
    detail::check(status);
    return {detail::take(token), moment(expires_at), moment(refresh_after)};
  }

 private:
  static UnixTime moment(std::uint64_t unix_seconds) {
    return UnixTime(std::chrono::seconds(static_cast<std::chrono::seconds::rep>(unix_seconds)));
  }

  detail::Handle<agora_issuer, agora_issuer_free> handle_;
};

// ---------------------------------------------------------------------------------------------------------------------
// One-call builders. Each gives a token or throws InputError; the salt and the issue time are drawn anew each time.
//
//   channel_name           1 to 63 bytes: letters, digits, space and !#$%&()+-:;<=.>?@[]^_{}|~, -- not blank, not "*"
//   uid                    0 to 4294967295; 0 lets any user in
//   user_account, user_id, room_uuid, user_uuid   1 to 255 bytes
//   token_expire           lifetime of the token in seconds, 1 to 999999999; Agora honours up to 86400 (24 hours)
//   ..._privilege_expire   lifetime of a privilege in seconds, 0 to 999999999; 0 is as long as the token
//   privilege_expired_ts   006: when the privileges end, Unix seconds from 1000000000 on; 0 is with the token, in 24 h
//
// A lifetime from 10^9 on is refused as a Unix timestamp, and a 006 time below 10^9 as a duration: the classic mix-up.
// ---------------------------------------------------------------------------------------------------------------------

/// An AccessToken (006) to join an RTC channel by uid.
inline std::string build_token_with_uid(std::string_view app_id, std::string_view app_certificate,
                                        std::string_view channel_name, Integer uid, Role006 role,
                                        Integer privilege_expired_ts) {
  using namespace detail;
  return build(agora_build_token_with_uid, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Text("channel_name", channel_name), Uid(uid), RoleNumber<std::uint32_t>(role),
               Timestamp("privilege_expired_ts", privilege_expired_ts));
}

/// An AccessToken (006) to join an RTC channel by user account.
inline std::string build_token_with_user_account(std::string_view app_id, std::string_view app_certificate,
                                                 std::string_view channel_name, std::string_view user_account,
                                                 Role006 role, Integer privilege_expired_ts) {
  using namespace detail;
  return build(agora_build_token_with_user_account, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Text("channel_name", channel_name), Text("user_account", user_account), RoleNumber<std::uint32_t>(role),
               Timestamp("privilege_expired_ts", privilege_expired_ts));
}

/// An AccessToken (006) to log in to RTM. The role must be one, and has no effect.
inline std::string build_rtm_token(std::string_view app_id, std::string_view app_certificate,
                                   std::string_view user_account, Role006 role, Integer privilege_expired_ts) {
  using namespace detail;
  return build(agora_build_rtm_token, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Text("user_account", user_account), RoleNumber<std::uint32_t>(role),
               Timestamp("privilege_expired_ts", privilege_expired_ts));
}

/// An AccessToken2 to join an RTC channel by uid. Every privilege of the role lasts privilege_expire seconds.
inline std::string build_token2_with_uid(std::string_view app_id, std::string_view app_certificate,
                                         std::string_view channel_name, Integer uid, Role role, Integer token_expire,
                                         Integer privilege_expire = 0) {
  using namespace detail;
  return build(agora_build_token2_with_uid, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Text("channel_name", channel_name), Uid(uid), RoleNumber<std::uint32_t>(role),
               Lifetime("token_expire", token_expire), Lifetime("privilege_expire", privilege_expire));
}

/// An AccessToken2 to join an RTC channel by user account.
inline std::string build_token2_with_user_account(std::string_view app_id, std::string_view app_certificate,
                                                  std::string_view channel_name, std::string_view user_account,
                                                  Role role, Integer token_expire, Integer privilege_expire = 0) {
  using namespace detail;
  return build(agora_build_token2_with_user_account, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Text("channel_name", channel_name), Text("user_account", user_account), RoleNumber<std::uint32_t>(role),
               Lifetime("token_expire", token_expire), Lifetime("privilege_expire", privilege_expire));
}

/// An AccessToken2 to join an RTC channel by uid with all four privileges, each with a lifetime of its own.
inline std::string build_token2_with_uid_and_privilege(std::string_view app_id, std::string_view app_certificate,
                                                       std::string_view channel_name, Integer uid, Integer token_expire,
                                                       Integer join_channel_privilege_expire,
                                                       Integer pub_audio_privilege_expire,
                                                       Integer pub_video_privilege_expire,
                                                       Integer pub_data_stream_privilege_expire) {
  using namespace detail;
  return build(agora_build_token2_with_uid_and_privilege, Text("app_id", app_id),
               Text("app_certificate", app_certificate), Text("channel_name", channel_name), Uid(uid),
               Lifetime("token_expire", token_expire),
               Lifetime("privilege_expire", join_channel_privilege_expire, "join_channel_privilege_expire"),
               Lifetime("privilege_expire", pub_audio_privilege_expire, "pub_audio_privilege_expire"),
               Lifetime("privilege_expire", pub_video_privilege_expire, "pub_video_privilege_expire"),
               Lifetime("privilege_expire", pub_data_stream_privilege_expire, "pub_data_stream_privilege_expire"));
}

/// An AccessToken2 to join an RTC channel by user account with all four privileges, each with a lifetime of its own.
inline std::string build_token2_with_user_account_and_privilege(
    std::string_view app_id, std::string_view app_certificate, std::string_view channel_name,
    std::string_view user_account, Integer token_expire, Integer join_channel_privilege_expire,
    Integer pub_audio_privilege_expire, Integer pub_video_privilege_expire, Integer pub_data_stream_privilege_expire) {
  using namespace detail;
  return build(agora_build_token2_with_user_account_and_privilege, Text("app_id", app_id),
               Text("app_certificate", app_certificate), Text("channel_name", channel_name),
               Text("user_account", user_account), Lifetime("token_expire", token_expire),
               Lifetime("privilege_expire", join_channel_privilege_expire, "join_channel_privilege_expire"),
               Lifetime("privilege_expire", pub_audio_privilege_expire, "pub_audio_privilege_expire"),
               Lifetime("privilege_expire", pub_video_privilege_expire, "pub_video_privilege_expire"),
               Lifetime("privilege_expire", pub_data_stream_privilege_expire, "pub_data_stream_privilege_expire"));
}

/// An AccessToken2 for RTC and RTM with one account for both. RTM login lasts as long as the token.
inline std::string build_token2_with_rtm(std::string_view app_id, std::string_view app_certificate,
                                         std::string_view channel_name, std::string_view user_account, Role role,
                                         Integer token_expire, Integer privilege_expire = 0) {
  using namespace detail;
  return build(agora_build_token2_with_rtm, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Text("channel_name", channel_name), Text("user_account", user_account), RoleNumber<std::uint32_t>(role),
               Lifetime("token_expire", token_expire), Lifetime("privilege_expire", privilege_expire));
}

namespace detail {

template <class Function>
std::string build_rtc_and_rtm(Function function, std::string_view app_id, std::string_view app_certificate,
                              std::string_view channel_name, std::string_view rtc_account, Role rtc_role,
                              Integer rtc_token_expire, Integer join_channel_privilege_expire,
                              Integer pub_audio_privilege_expire, Integer pub_video_privilege_expire,
                              Integer pub_data_stream_privilege_expire, std::string_view rtm_user_id,
                              Integer rtm_token_expire) {
  return build(
      function, Text("app_id", app_id), Text("app_certificate", app_certificate), Text("channel_name", channel_name),
      Text("user_account", rtc_account, "rtc_account"), RoleNumber<std::uint32_t>(rtc_role, "rtc_role"),
      Lifetime("token_expire", rtc_token_expire, "rtc_token_expire"),
      Lifetime("privilege_expire", join_channel_privilege_expire, "join_channel_privilege_expire"),
      Lifetime("privilege_expire", pub_audio_privilege_expire, "pub_audio_privilege_expire"),
      Lifetime("privilege_expire", pub_video_privilege_expire, "pub_video_privilege_expire"),
      Lifetime("privilege_expire", pub_data_stream_privilege_expire, "pub_data_stream_privilege_expire"),
      Text("user_id", rtm_user_id, "rtm_user_id"), Lifetime("token_expire", rtm_token_expire, "rtm_token_expire"));
}

}  // namespace detail

/// An AccessToken2 for RTC and RTM, each with its own user. The token lives rtc_token_expire seconds; rtm_token_expire
/// is the lifetime of the RTM login within it. A subscriber gets the join privilege only.
inline std::string build_token2_with_rtm2(std::string_view app_id, std::string_view app_certificate,
                                          std::string_view channel_name, std::string_view rtc_account, Role rtc_role,
                                          Integer rtc_token_expire, Integer join_channel_privilege_expire,
                                          Integer pub_audio_privilege_expire, Integer pub_video_privilege_expire,
                                          Integer pub_data_stream_privilege_expire, std::string_view rtm_user_id,
                                          Integer rtm_token_expire) {
  return detail::build_rtc_and_rtm(agora_build_token2_with_rtm2, app_id, app_certificate, channel_name, rtc_account,
                                   rtc_role, rtc_token_expire, join_channel_privilege_expire,
                                   pub_audio_privilege_expire, pub_video_privilege_expire,
                                   pub_data_stream_privilege_expire, rtm_user_id, rtm_token_expire);
}

/// As build_token2_with_rtm2, with the ConvoAI service added.
inline std::string build_convo_ai_token2(std::string_view app_id, std::string_view app_certificate,
                                         std::string_view channel_name, std::string_view rtc_account, Role rtc_role,
                                         Integer rtc_token_expire, Integer join_channel_privilege_expire,
                                         Integer pub_audio_privilege_expire, Integer pub_video_privilege_expire,
                                         Integer pub_data_stream_privilege_expire, std::string_view rtm_user_id,
                                         Integer rtm_token_expire) {
  return detail::build_rtc_and_rtm(agora_build_convo_ai_token2, app_id, app_certificate, channel_name, rtc_account,
                                   rtc_role, rtc_token_expire, join_channel_privilege_expire,
                                   pub_audio_privilege_expire, pub_video_privilege_expire,
                                   pub_data_stream_privilege_expire, rtm_user_id, rtm_token_expire);
}

/// As build_token2_with_rtm2, with the STT (speech to text) service added.
inline std::string build_stt_token2(std::string_view app_id, std::string_view app_certificate,
                                    std::string_view channel_name, std::string_view rtc_account, Role rtc_role,
                                    Integer rtc_token_expire, Integer join_channel_privilege_expire,
                                    Integer pub_audio_privilege_expire, Integer pub_video_privilege_expire,
                                    Integer pub_data_stream_privilege_expire, std::string_view rtm_user_id,
                                    Integer rtm_token_expire) {
  return detail::build_rtc_and_rtm(agora_build_stt_token2, app_id, app_certificate, channel_name, rtc_account, rtc_role,
                                   rtc_token_expire, join_channel_privilege_expire, pub_audio_privilege_expire,
                                   pub_video_privilege_expire, pub_data_stream_privilege_expire, rtm_user_id,
                                   rtm_token_expire);
}

/// An AccessToken2 to log in to RTM.
inline std::string build_rtm_token2(std::string_view app_id, std::string_view app_certificate, std::string_view user_id,
                                    Integer token_expire) {
  using namespace detail;
  return build(agora_build_rtm_token2, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Text("user_id", user_id), Lifetime("token_expire", token_expire));
}

/// An AccessToken2 to log in to RTM2 with permissions on its resources.
inline std::string build_rtm_token2_with_permissions(std::string_view app_id, std::string_view app_certificate,
                                                     std::string_view user_id, const Rtm2Permissions &permissions,
                                                     Integer token_expire) {
  using namespace detail;
  return build(agora_build_rtm_token2_with_permissions, Text("app_id", app_id),
               Text("app_certificate", app_certificate), Text("user_id", user_id),
               Pointer<agora_rtm2_permissions>{permissions.handle()}, Lifetime("token_expire", token_expire));
}

/// An AccessToken2 with which a user logs in to Chat.
inline std::string build_chat_user_token2(std::string_view app_id, std::string_view app_certificate,
                                          std::string_view user_id, Integer token_expire) {
  using namespace detail;
  return build(agora_build_chat_user_token2, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Text("user_id", user_id), Lifetime("token_expire", token_expire));
}

/// An AccessToken2 for the Chat REST API: an administrator's token, for servers only.
inline std::string build_chat_app_token2(std::string_view app_id, std::string_view app_certificate,
                                         Integer token_expire) {
  using namespace detail;
  return build(agora_build_chat_app_token2, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Lifetime("token_expire", token_expire));
}

/// An AccessToken2 for FPA. Its lifetime is always 24 hours.
inline std::string build_fpa_token2(std::string_view app_id, std::string_view app_certificate) {
  using namespace detail;
  return build(agora_build_fpa_token2, Text("app_id", app_id), Text("app_certificate", app_certificate));
}

namespace detail {

template <class Function>
std::string build_room_user(Function function, std::string_view app_id, std::string_view app_certificate,
                            std::string_view room_uuid, std::string_view user_uuid, Integer role,
                            Integer token_expire) {
  return build(function, Text("app_id", app_id), Text("app_certificate", app_certificate), Text("room_uuid", room_uuid),
               Text("user_uuid", user_uuid), RoleNumber<std::int16_t>(role), Lifetime("token_expire", token_expire));
}

template <class Function>
std::string build_user(Function function, std::string_view app_id, std::string_view app_certificate,
                       std::string_view user_uuid, Integer token_expire) {
  return build(function, Text("app_id", app_id), Text("app_certificate", app_certificate), Text("user_uuid", user_uuid),
               Lifetime("token_expire", token_expire));
}

template <class Function>
std::string build_app(Function function, std::string_view app_id, std::string_view app_certificate,
                      Integer token_expire) {
  return build(function, Text("app_id", app_id), Text("app_certificate", app_certificate),
               Lifetime("token_expire", token_expire));
}

}  // namespace detail

/// An AccessToken2 with which a user enters an APaaS (Flexible Classroom) room, RTM and Chat included.
/// \param role the user's role in the room, -32768 to 32767
inline std::string build_apaas_room_user_token2(std::string_view app_id, std::string_view app_certificate,
                                                std::string_view room_uuid, std::string_view user_uuid, Integer role,
                                                Integer token_expire) {
  return detail::build_room_user(agora_build_apaas_room_user_token2, app_id, app_certificate, room_uuid, user_uuid,
                                 role, token_expire);
}

/// An AccessToken2 for one APaaS user, of no room.
inline std::string build_apaas_user_token2(std::string_view app_id, std::string_view app_certificate,
                                           std::string_view user_uuid, Integer token_expire) {
  return detail::build_user(agora_build_apaas_user_token2, app_id, app_certificate, user_uuid, token_expire);
}

/// An AccessToken2 for the APaaS REST API: for servers only.
inline std::string build_apaas_app_token2(std::string_view app_id, std::string_view app_certificate,
                                          Integer token_expire) {
  return detail::build_app(agora_build_apaas_app_token2, app_id, app_certificate, token_expire);
}

/// build_apaas_room_user_token2 under its Education name.
inline std::string build_education_room_user_token2(std::string_view app_id, std::string_view app_certificate,
                                                    std::string_view room_uuid, std::string_view user_uuid,
                                                    Integer role, Integer token_expire) {
  return detail::build_room_user(agora_build_education_room_user_token2, app_id, app_certificate, room_uuid, user_uuid,
                                 role, token_expire);
}

/// build_apaas_user_token2 under its Education name.
inline std::string build_education_user_token2(std::string_view app_id, std::string_view app_certificate,
                                               std::string_view user_uuid, Integer token_expire) {
  return detail::build_user(agora_build_education_user_token2, app_id, app_certificate, user_uuid, token_expire);
}

/// build_apaas_app_token2 under its Education name.
inline std::string build_education_app_token2(std::string_view app_id, std::string_view app_certificate,
                                              Integer token_expire) {
  return detail::build_app(agora_build_education_app_token2, app_id, app_certificate, token_expire);
}

// ---------------------------------------------------------------------------------------------------------------------
// The mechanism: any service with any privileges and any text the format carries, up to 65535 bytes each.
// ---------------------------------------------------------------------------------------------------------------------

/// An AccessToken2 (007) put together service by service.
///
///     agora::AccessToken2 token(app_id, app_certificate, 3600);
///     token.add_rtc("room", agora::uid_text(42), {{agora::Privilege::rtc_join_channel, 3600}});
///     token.add_rtm("42", {{agora::Privilege::rtm_login, 3600}});
///     std::string text = token.build();
class AccessToken2 {
 public:
  /// Starts a token without services, issued now, with a random salt.
  /// \param expire lifetime in seconds from the issue time, any 32-bit value
  AccessToken2(std::string_view app_id, std::string_view app_certificate, Integer expire)
      : handle_(detail::call<agora_access_token2 *>(
            agora_access_token2_new, detail::Text("app_id", app_id), detail::Text("app_certificate", app_certificate),
            detail::Timestamp("issue_ts", 0), detail::Lifetime("token_expire", expire))) {}

  /// Unix seconds of creation. For tests; 0 is 0 and not now.
  AccessToken2 &set_issue_ts(Integer issue_ts) {
    detail::check(agora_access_token2_set_issue_ts(
        handle_.get(), issue_ts.as<std::uint32_t>(AGORA_ERROR_INVALID_TIMESTAMP, "issue_ts")));
    return *this;
  }

  /// Lifetime in seconds from the issue time.
  AccessToken2 &set_expire(Integer expire) {
    detail::check(agora_access_token2_set_expire(
        handle_.get(), expire.as<std::uint32_t>(AGORA_ERROR_INVALID_LIFETIME, "token_expire")));
    return *this;
  }

  /// Any 32-bit number in place of the random one. For tests.
  AccessToken2 &set_salt(Integer salt) {
    detail::check(
        agora_access_token2_set_salt(handle_.get(), salt.as<std::uint32_t>(AGORA_ERROR_INVALID_SALT, "salt")));
    return *this;
  }

  /// Unix seconds of creation.
  std::uint32_t issue_ts() const { return detail::read<std::uint32_t>(agora_access_token2_issue_ts, handle()); }

  /// Lifetime in seconds from the issue time.
  std::uint32_t expire() const { return detail::read<std::uint32_t>(agora_access_token2_expire, handle()); }

  /// The random number in the token.
  std::uint32_t salt() const { return detail::read<std::uint32_t>(agora_access_token2_salt, handle()); }

  /// Adds RTC: an empty channel_name is any channel, an empty account any user.
  /// \return the number of the service for add_privilege, here and below. Several services of one type are legal.
  std::size_t add_rtc(std::string_view channel_name, std::string_view account, const Privileges &privileges = {}) {
    return add(privileges, agora_access_token2_add_rtc, {"channel_name", channel_name},
               {"user_account", account, "account"});
  }

  /// Adds RTM.
  std::size_t add_rtm(std::string_view user_id, const Privileges &privileges = {}) {
    return add(privileges, agora_access_token2_add_rtm, {"user_id", user_id});
  }

  /// Adds Streaming.
  std::size_t add_streaming(std::string_view channel_name, std::string_view account,
                            const Privileges &privileges = {}) {
    return add(privileges, agora_access_token2_add_streaming, {"channel_name", channel_name},
               {"user_account", account, "account"});
  }

  /// Adds FPA.
  std::size_t add_fpa(const Privileges &privileges = {}) { return add(privileges, agora_access_token2_add_fpa); }

  /// Adds Chat; the user ID of an app token is empty.
  std::size_t add_chat(std::string_view user_id, const Privileges &privileges = {}) {
    return add(privileges, agora_access_token2_add_chat, {"user_id", user_id});
  }

  /// Adds FCDN.
  std::size_t add_fcdn(std::string_view channel_name, std::string_view account, const Privileges &privileges = {}) {
    return add(privileges, agora_access_token2_add_fcdn, {"channel_name", channel_name},
               {"user_account", account, "account"});
  }

  /// Adds APaaS.
  /// \param role -32768 to 32767; -1 stands for none
  std::size_t add_apaas(std::string_view room_uuid, std::string_view user_uuid, Integer role,
                        const Privileges &privileges = {}) {
    const auto number = role.as<std::int16_t>(AGORA_ERROR_INVALID_ROLE, "role");
    return add(privileges,
               [number](agora_access_token2 *token, const char *room, std::size_t room_size, const char *user,
                        std::size_t user_size, std::size_t *service) {
                 return agora_access_token2_add_apaas(token, room, room_size, user, user_size, number, service);
               },
               {"room_uuid", room_uuid}, {"user_uuid", user_uuid});
  }

  /// Adds RTM2. The permissions are copied.
  std::size_t add_rtm2(std::string_view user_id, const Rtm2Permissions &permissions,
                       const Privileges &privileges = {}) {
    return add(
        privileges,
        [&permissions](agora_access_token2 *token, const char *user, std::size_t user_size, std::size_t *service) {
          return agora_access_token2_add_rtm2(token, user, user_size, permissions.handle(), service);
        },
        {"user_id", user_id});
  }

  /// Adds ConvoAI.
  std::size_t add_convo_ai(const Privileges &privileges = {}) {
    return add(privileges, agora_access_token2_add_convo_ai);
  }

  /// Adds STT.
  std::size_t add_stt(const Privileges &privileges = {}) { return add(privileges, agora_access_token2_add_stt); }

  /// Grants a privilege to a service, in place of an earlier grant of the same one.
  /// \param service what add_... gave
  /// \param expire seconds from the issue time, any 32-bit value
  void add_privilege(std::size_t service, std::uint16_t privilege, Integer expire) {
    detail::check(agora_access_token2_add_privilege(
        handle_.get(), service, privilege, expire.as<std::uint32_t>(AGORA_ERROR_INVALID_LIFETIME, "privilege_expire")));
  }

  /// The token. May be called again, also after changes.
  std::string build() const { return detail::take(detail::read<char *>(agora_access_token2_build, handle())); }

  /// The 32 bytes build() signs the present content with.
  std::string signature() const {
    std::string bytes(AGORA_SIGNATURE_SIZE, '\0');
    detail::check(agora_access_token2_signature(handle(), reinterpret_cast<std::uint8_t *>(bytes.data())));
    return bytes;
  }

 private:
  const agora_access_token2 *handle() const noexcept { return handle_.get(); }

  template <class Function>
  std::size_t add(const Privileges &privileges, Function function) {
    return grant(detail::read<std::size_t>(function, handle_.get()), privileges);
  }

  template <class Function>
  std::size_t add(const Privileges &privileges, Function function, const detail::Bytes &text) {
    std::size_t service = 0;
    const agora_status status = function(handle_.get(), text.data(), text.size(), &service);
    if (status != AGORA_OK) detail::refuse(status, {text.argument()});
    return grant(service, privileges);
  }

  template <class Function>
  std::size_t add(const Privileges &privileges, Function function, const detail::Bytes &first,
                  const detail::Bytes &second) {
    std::size_t service = 0;
    const agora_status status =
        function(handle_.get(), first.data(), first.size(), second.data(), second.size(), &service);
    if (status != AGORA_OK) detail::refuse(status, {first.argument(), second.argument()});
    return grant(service, privileges);
  }

  std::size_t grant(std::size_t service, const Privileges &privileges) {
    for (const auto &[privilege, expire] : privileges) add_privilege(service, privilege, expire);
    return service;
  }

  detail::Handle<agora_access_token2, agora_access_token2_free> handle_;
};

/// An AccessToken (006) put together privilege by privilege.
class AccessToken {
 public:
  /// Starts a token without privileges that ends in 24 hours, with a random salt.
  /// \param account the uid's text or the user account; "" is any user. In an RTM token the user stands as channel_name
  ///   and account is empty.
  AccessToken(std::string_view app_id, std::string_view app_certificate, std::string_view channel_name,
              std::string_view account)
      : handle_(start(detail::Text("app_id", app_id), detail::Text("app_certificate", app_certificate),
                      {"channel_name", channel_name}, {"user_account", account, "account"})) {}

  /// Any 32-bit number in place of the random one. For tests.
  AccessToken &set_salt(Integer salt) {
    detail::check(agora_access_token_set_salt(handle_.get(), salt.as<std::uint32_t>(AGORA_ERROR_INVALID_SALT, "salt")));
    return *this;
  }

  /// When the token ends, Unix seconds.
  AccessToken &set_expires_at(Integer expires_at) {
    detail::check(agora_access_token_set_expires_at(
        handle_.get(), expires_at.as<std::uint32_t>(AGORA_ERROR_INVALID_TIMESTAMP, "expires_at")));
    return *this;
  }

  /// The random number in the token.
  std::uint32_t salt() const { return detail::read<std::uint32_t>(agora_access_token_salt, handle()); }

  /// When the token ends, Unix seconds.
  std::uint32_t expires_at() const { return detail::read<std::uint32_t>(agora_access_token_expires_at, handle()); }

  /// Grants a privilege, in place of an earlier grant of the same one.
  /// \param expired_ts Unix seconds; 0 is as long as the token
  AccessToken &add_privilege(std::uint16_t privilege, Integer expired_ts) {
    detail::check(agora_access_token_add_privilege(
        handle_.get(), privilege, expired_ts.as<std::uint32_t>(AGORA_ERROR_INVALID_TIMESTAMP, "privilege_expired_ts")));
    return *this;
  }

  /// The token. May be called again, also after changes.
  std::string build() const { return detail::take(detail::read<char *>(agora_access_token_build, handle())); }

 private:
  const agora_access_token *handle() const noexcept { return handle_.get(); }

  static agora_access_token *start(const detail::Text &app_id, const detail::Text &app_certificate,
                                   const detail::Bytes &channel_name, const detail::Bytes &account) {
    agora_access_token *token = nullptr;
    const agora_status status = agora_access_token_new(app_id.pass(), app_certificate.pass(), channel_name.data(),
                                                       channel_name.size(), account.data(), account.size(), &token);
    if (status != AGORA_OK) {
      detail::refuse(status,
                     {app_id.argument(), app_certificate.argument(), channel_name.argument(), account.argument()});
    }
    return token;
  }

  detail::Handle<agora_access_token, agora_access_token_free> handle_;
};

// ---------------------------------------------------------------------------------------------------------------------
// Reading. Nothing a token says may be trusted before its signature is verified, hence the names.
// ---------------------------------------------------------------------------------------------------------------------

/// A service of a token that was read. A field the service does not have is empty.
struct UnverifiedService {
  std::uint16_t type;                       ///< a ServiceType, or a number this release does not know
  Privileges privileges;                    ///< seconds from the issue time
  std::optional<std::string> channel_name;  ///< RTC, Streaming, FCDN
  std::optional<std::string> account;       ///< RTC, Streaming, FCDN; "" is any user
  std::optional<std::string> user_id;       ///< RTM, Chat, RTM2
  std::optional<std::string> room_uuid;     ///< APaaS
  std::optional<std::string> user_uuid;     ///< APaaS
  std::optional<std::int16_t> role;         ///< APaaS
  std::optional<Rtm2Details> permissions;   ///< RTM2; a resource type for which nothing is listed is left out
};

/// An AccessToken2 (007) as read from text.
class UnverifiedToken2 {
 public:
  /// Reads a token; throws TokenError, whose reason tells what is wrong with it.
  explicit UnverifiedToken2(std::string_view token)
      : handle_(detail::call<agora_unverified_token2 *>(agora_unverified_token2_parse, detail::Text("token", token))) {}

  /// The App ID it says it is for, as bytes: not necessarily a well-formed one.
  std::string app_id() const { return detail::read_bytes<char>(agora_unverified_token2_app_id, handle()); }

  /// The signature: 32 bytes in any token that verifies.
  std::string signature() const {
    return detail::read_bytes<std::uint8_t>(agora_unverified_token2_signature, handle());
  }

  /// The bytes the signature covers, as received.
  std::string signing_info() const {
    return detail::read_bytes<std::uint8_t>(agora_unverified_token2_signing_info, handle());
  }

  /// Unix seconds of creation.
  std::uint32_t issue_ts() const { return detail::read<std::uint32_t>(agora_unverified_token2_issue_ts, handle()); }

  /// Lifetime in seconds from the issue time.
  std::uint32_t expire() const { return detail::read<std::uint32_t>(agora_unverified_token2_expire, handle()); }

  /// Unix seconds of its end, issue time and lifetime added up.
  std::uint64_t expires_at() const { return detail::read<std::uint64_t>(agora_unverified_token2_expires_at, handle()); }

  /// The random number in the token.
  std::uint32_t salt() const { return detail::read<std::uint32_t>(agora_unverified_token2_salt, handle()); }

  /// Whether every service could be read. What follows a service of unknown type cannot.
  bool is_complete() const { return detail::read<bool>(agora_unverified_token2_is_complete, handle()); }

  /// How many signed bytes were left unread: after an unknown service, or after the last one.
  std::size_t unread_bytes() const { return detail::read<std::size_t>(agora_unverified_token2_unread_bytes, handle()); }

  /// The services, in the order of the token.
  std::vector<UnverifiedService> services() const {
    std::vector<UnverifiedService> services(detail::read<std::size_t>(agora_unverified_token2_service_count, handle()));
    for (std::size_t index = 0; index < services.size(); ++index) services[index] = service(index);
    return services;
  }

  /// Returns when this certificate signed the token. Throws VerificationError when it did not, TokenError when the
  /// token's App ID is malformed, InputError when the certificate is. Looks at no time, channel or user: Verifier does.
  void verify_signature(std::string_view app_certificate) const {
    const detail::Text certificate("app_certificate", app_certificate);
    const agora_status status = agora_unverified_token2_verify_signature(handle(), certificate.pass());
    if (status != AGORA_OK) detail::refuse(status, {certificate.argument()});
  }

 private:
  const agora_unverified_token2 *handle() const noexcept { return handle_.get(); }

  UnverifiedService service(std::size_t index) const {
    UnverifiedService service{};
    service.type = detail::read<std::uint16_t>(agora_unverified_token2_service_type, handle(), index);
    const auto count = detail::read<std::size_t>(agora_unverified_token2_privilege_count, handle(), index);
    for (std::size_t entry = 0; entry < count; ++entry) {
      std::uint16_t privilege = 0;
      std::uint32_t expire = 0;
      detail::check(agora_unverified_token2_privilege(handle(), index, entry, &privilege, &expire));
      service.privileges[privilege] = expire;
    }
    switch (service.type) {
      case ServiceType::rtc:
      case ServiceType::streaming:
      case ServiceType::fcdn:
        service.channel_name = text(index, AGORA_FIELD_CHANNEL_NAME);
        service.account = text(index, AGORA_FIELD_ACCOUNT);
        break;
      case ServiceType::rtm2:
        service.permissions = permissions(index);
        [[fallthrough]];
      case ServiceType::rtm:
      case ServiceType::chat:
        service.user_id = text(index, AGORA_FIELD_USER_ID);
        break;
      case ServiceType::apaas:
        service.room_uuid = text(index, AGORA_FIELD_ROOM_UUID);
        service.user_uuid = text(index, AGORA_FIELD_USER_UUID);
        service.role = detail::read<std::int16_t>(agora_unverified_token2_apaas_role, handle(), index);
        break;
      default:
        break;
    }
    return service;
  }

  std::string text(std::size_t service, std::uint32_t field) const {
    return detail::read_bytes<char>(agora_unverified_token2_text, handle(), service, field);
  }

  Rtm2Details permissions(std::size_t service) const {
    Rtm2Details details;
    const auto count = detail::read<std::size_t>(agora_unverified_token2_permission_count, handle(), service);
    for (std::size_t pair = 0; pair < count; ++pair) {
      std::uint16_t resource_type = 0;
      std::uint16_t access = 0;
      std::size_t resources = 0;
      detail::check(agora_unverified_token2_permission(handle(), service, pair, &resource_type, &access, &resources));
      std::vector<std::string> &names = details[resource_type][access];
      for (std::size_t resource = 0; resource < resources; ++resource) {
        names.push_back(detail::read_bytes<char>(agora_unverified_token2_resource, handle(), service, pair, resource));
      }
    }
    return details;
  }

  detail::Handle<agora_unverified_token2, agora_unverified_token2_free> handle_;
};

/// An AccessToken (006) as read from text. It carries checksums of its channel and user, not the texts themselves.
class UnverifiedToken {
 public:
  /// Reads a token; throws TokenError, whose reason tells what is wrong with it.
  explicit UnverifiedToken(std::string_view token)
      : handle_(detail::call<agora_unverified_token *>(agora_unverified_token_parse, detail::Text("token", token))) {}

  /// The App ID it says it is for, as bytes.
  std::string app_id() const { return detail::read_bytes<char>(agora_unverified_token_app_id, handle()); }

  /// The signature: 32 bytes in any token that verifies.
  std::string signature() const { return detail::read_bytes<std::uint8_t>(agora_unverified_token_signature, handle()); }

  /// The signed message: salt, end and privileges, as received.
  std::string message() const { return detail::read_bytes<std::uint8_t>(agora_unverified_token_message, handle()); }

  /// CRC-32 of the channel name.
  std::uint32_t channel_crc() const {
    return detail::read<std::uint32_t>(agora_unverified_token_channel_crc, handle());
  }

  /// CRC-32 of the uid's text or user account.
  std::uint32_t user_crc() const { return detail::read<std::uint32_t>(agora_unverified_token_user_crc, handle()); }

  /// The random number in the token.
  std::uint32_t salt() const { return detail::read<std::uint32_t>(agora_unverified_token_salt, handle()); }

  /// When the token ends, Unix seconds.
  std::uint32_t expires_at() const { return detail::read<std::uint32_t>(agora_unverified_token_expires_at, handle()); }

  /// The privileges and when each ends, Unix seconds.
  Privileges privileges() const {
    Privileges privileges;
    const auto count = detail::read<std::size_t>(agora_unverified_token_privilege_count, handle());
    for (std::size_t entry = 0; entry < count; ++entry) {
      std::uint16_t privilege = 0;
      std::uint32_t expired_ts = 0;
      detail::check(agora_unverified_token_privilege(handle(), entry, &privilege, &expired_ts));
      privileges[privilege] = expired_ts;
    }
    return privileges;
  }

  /// Returns when this certificate signed the token for this channel and user. Throws VerificationError when it did
  /// not, TokenError when the token's App ID is malformed, InputError when the certificate is. Looks at no time.
  void verify(std::string_view app_certificate, std::string_view channel_name, std::string_view account) const {
    const detail::Text certificate("app_certificate", app_certificate);
    const detail::Bytes channel{"channel_name", channel_name};
    const detail::Bytes user{"user_account", account, "account"};
    const agora_status status = agora_unverified_token_verify(handle(), certificate.pass(), channel.data(),
                                                              channel.size(), user.data(), user.size());
    if (status != AGORA_OK) detail::refuse(status, {certificate.argument()});
  }

 private:
  const agora_unverified_token *handle() const noexcept { return handle_.get(); }

  detail::Handle<agora_unverified_token, agora_unverified_token_free> handle_;
};

/// A token of either generation as the JSON document that every tool of this project shows. Checks no signature.
/// Throws TokenError, or InputError with AGORA_ERROR_INVALID_UTF8 when a text in the token is not UTF-8.
inline std::string parse_token(std::string_view token) {
  return detail::build(agora_parse_token, detail::Text("token", token));
}

/// One verdict on a token: signature, time, and whatever else it is told to expect.
///
///     agora::Verifier verifier(app_certificate);
///     verifier.channel_name("room").uid(42);
///     verifier.check(token);  // throws unless it is good
class Verifier {
 public:
  /// Expects a token signed with this certificate, and valid now.
  explicit Verifier(std::string_view app_certificate)
      : handle_(detail::call<agora_verifier *>(agora_verifier_new, detail::Text("app_certificate", app_certificate))) {}

  /// Accepts a second certificate too, as while certificates are being rotated.
  Verifier &add_certificate(std::string_view app_certificate) {
    return set(agora_verifier_add_certificate, detail::Text("app_certificate", app_certificate));
  }

  /// Judges as of this moment, Unix seconds, and not by the system clock.
  Verifier &now(Integer unix_seconds) {
    return set(agora_verifier_set_now,
               detail::Number<std::uint64_t>(AGORA_ERROR_INVALID_TIMESTAMP, "now", unix_seconds));
  }

  /// Forgives clocks that differ by up to so many seconds. 0 unless set.
  Verifier &leeway(Integer seconds) {
    return set(agora_verifier_set_leeway,
               detail::Number<std::uint32_t>(AGORA_ERROR_INVALID_LIFETIME, "leeway", seconds));
  }

  /// Leaves time out of the verdict: an expired token passes.
  Verifier &ignore_time() { return set(agora_verifier_ignore_time); }

  /// Expects this App ID.
  Verifier &app_id(std::string_view app_id) { return set(agora_verifier_set_app_id, detail::Text("app_id", app_id)); }

  /// Expects this service. Channel, user and privilege are then looked for in it alone. An AccessToken (006) carries
  /// RTC, RTM or both. \param service a ServiceType, else InputError
  Verifier &service(std::uint16_t service) { return set(agora_verifier_set_service, detail::ServiceNumber(service)); }

  /// Expects this privilege, and that it has not ended. The same number means something else in another service, so say
  /// which with service(). Unless this is set, the privilege to join or to log in is what counts, and one to publish
  /// may be missing or have ended. \param privilege a Privilege
  Verifier &privilege(std::uint16_t privilege) {
    detail::check(agora_verifier_set_privilege(handle_.get(), privilege));
    return *this;
  }

  /// Expects a token for this channel, any channel, or a pattern that this name fits: each "*" in it stands for any
  /// characters. An AccessToken (006) cannot be verified without channel and user.
  Verifier &channel_name(std::string_view channel_name) {
    return set(agora_verifier_set_channel_name, detail::Text("channel_name", channel_name));
  }

  /// Expects a token for this uid, 0 to 4294967295.
  Verifier &uid(Integer uid) { return set(agora_verifier_set_uid, detail::Uid(uid)); }

  /// Expects a token for this user account.
  Verifier &user_account(std::string_view user_account) {
    return set(agora_verifier_set_user_account, detail::Text("user_account", user_account));
  }

  /// Returns when the token is good. Else throws the first fault: TokenError or VerificationError.
  void check(std::string_view token) const {
    const detail::Text text("token", token);
    const agora_status status = agora_verifier_check(handle_.get(), text.pass());
    if (status != AGORA_OK) detail::refuse(status, {text.argument()});
  }

  /// Every fault of the token, and the token itself, as JSON: {"valid":false,"certificate":null,
  /// "refusals":[{"code":"TOKEN_EXPIRED","field":"expire","reason":"..."}],"token":{...}}. "certificate" counts
  /// from 0 in the order the certificates were given. Throws TokenError when the text is no token.
  std::string verify(std::string_view token) const {
    return detail::build(agora_verifier_verify, detail::Pointer<agora_verifier>{handle_.get()},
                         detail::Text("token", token));
  }

 private:
  template <class Function, class... Arguments>
  Verifier &set(Function function, const Arguments &...arguments) {
    detail::set(handle_.get(), function, arguments...);
    return *this;
  }

  detail::Handle<agora_verifier, agora_verifier_free> handle_;
};

// ---------------------------------------------------------------------------------------------------------------------
// The doctor: why a token does not let its user in.
// ---------------------------------------------------------------------------------------------------------------------

/// What is known of a client's attempt to join a channel, or to log in to messaging or Chat, with a token. Everything
/// may be left out; the more is given, the more is found. What is wrong with a value is a finding and not refused,
/// unless the parameter says so.
class Attempt {
 public:
  /// Of which nothing is known.
  Attempt() : handle_(detail::read<agora_attempt *>(agora_attempt_new)) {}

  /// The App ID the client joined with, as the client has it.
  Attempt &app_id(std::string_view app_id) { return set(agora_attempt_set_app_id, detail::Text("app_id", app_id)); }

  /// The channel the client joined, as the client has it.
  Attempt &channel_name(std::string_view channel_name) {
    return set(agora_attempt_set_channel_name, detail::Text("channel_name", channel_name));
  }

  /// The uid the client joined with; with 0 it lets the service choose one.
  /// \param uid 0 to 4294967295, else InputError
  Attempt &uid(Integer uid) { return set(agora_attempt_set_uid, detail::Uid(uid)); }

  /// The user account the client joined with, or the RTM or Chat user ID it logged in with; in place of a uid.
  Attempt &user_account(std::string_view user_account) {
    return set(agora_attempt_set_user_account, detail::Text("user_account", user_account));
  }

  /// What the client used the token for.
  /// \param service a ServiceType, else InputError
  Attempt &service(std::uint16_t service) { return set(agora_attempt_set_service, detail::ServiceNumber(service)); }

  /// What the client meant to do in the channel.
  Attempt &role(Role role) { return set(agora_attempt_set_role, detail::RoleNumber<std::uint32_t>(role)); }

  /// When the client tried, Unix seconds. By the system clock unless set.
  Attempt &at(Integer unix_seconds) {
    return set(agora_attempt_set_at,
               detail::Number<std::uint64_t>(AGORA_ERROR_INVALID_TIMESTAMP, "issue_ts", unix_seconds, "at"));
  }

  /// The client's SDK and its version, such as "web 4.20.0", "android 3.7", "flutter 6.3".
  Attempt &sdk(std::string_view sdk) { return set(agora_attempt_set_sdk, detail::Text("sdk", sdk)); }

  /// The error number or text that the client saw, such as "110" or "dynamic key or token timeout".
  Attempt &error(std::string_view error) { return set(agora_attempt_set_error, detail::Text("error", error)); }

  /// An App Certificate as the server has it. Without one, the signature is not checked. It never shows in a finding.
  Attempt &add_certificate(std::string_view app_certificate) {
    return set(agora_attempt_add_certificate, detail::Text("app_certificate", app_certificate));
  }

  /// Masks App ID, channel and user in what will be found, so that it can be posted in public.
  Attempt &redact() { return set(agora_attempt_redact); }

  /// The handle of the C ABI, owned by this object.
  const agora_attempt *handle() const noexcept { return handle_.get(); }

 private:
  template <class Function, class... Arguments>
  Attempt &set(Function function, const Arguments &...arguments) {
    detail::set(handle_.get(), function, arguments...);
    return *this;
  }

  detail::Handle<agora_attempt, agora_attempt_free> handle_;
};

/// How much a finding matters; the greater, the worse.
enum class Severity : std::uint32_t {
  note = AGORA_SEVERITY_NOTE,        ///< worth knowing; nothing fails because of it
  warning = AGORA_SEVERITY_WARNING,  ///< works now, and will surprise somebody
  error = AGORA_SEVERITY_ERROR,      ///< enough to keep the user out, or from what the user came for
};

/// "error", "warning" or "note".
inline const char *severity_name(Severity severity) noexcept {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

/// One thing that is wrong with a token, or worth knowing.
struct Finding {
  std::string code;   ///< its stable name, the same in every language, such as "CHANNEL_DIFFERS"
  Severity severity;  ///< how much it matters
  std::string cause;  ///< what was found, for people to read
  std::string fix;    ///< what to do about it, for people to read
};

/// Finds out why a token does not let its user in: the worst finding first, and of one severity the surest explanation.
///
///     for (const auto &finding : agora::diagnose(token, agora::Attempt().channel_name("room").uid(42).error("110")))
///       std::cout << finding.code << ": " << finding.cause << '\n' << finding.fix << '\n';
///
/// \param token as the client has it, also when it is damaged: a token that cannot be read is a finding
inline std::vector<Finding> diagnose(std::string_view token, const Attempt &attempt = Attempt()) {
  const detail::Handle<agora_diagnosis, agora_diagnosis_free> diagnosis(detail::call<agora_diagnosis *>(
      agora_diagnosis_new, detail::Text("token", token), detail::Pointer<agora_attempt>{attempt.handle()}));
  std::vector<Finding> findings(detail::read<std::size_t>(agora_diagnosis_finding_count, diagnosis.get()));
  for (std::size_t index = 0; index < findings.size(); ++index) {
    const char *code = nullptr;
    const char *cause = nullptr;
    const char *fix = nullptr;
    std::uint32_t severity = 0;
    detail::check(agora_diagnosis_finding(diagnosis.get(), index, &code, &severity, &cause, &fix));
    findings[index] = {code, static_cast<Severity>(severity), cause, fix};
  }
  return findings;
}

/// The same as JSON: {"findings":[{"code":...,"severity":"error" or "warning" or "note","cause":...,"fix":...}]}.
inline std::string diagnose_as_json(std::string_view token, const Attempt &attempt = Attempt()) {
  return detail::build(agora_diagnose, detail::Text("token", token), detail::Pointer<agora_attempt>{attempt.handle()});
}

}  // namespace agora

#endif
