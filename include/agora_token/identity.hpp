/// \file identity.hpp
/// Channels and users, as grants name them.
#ifndef AGORA_TOKEN_IDENTITY_HPP
#define AGORA_TOKEN_IDENTITY_HPP

#include "call.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace agora {

/// Which channel a token lets into. A text is the name of one.
class Channel {
 public:
  /// One channel.
  /// \param name 1 to 63 bytes: letters, digits, space and !#$%&()+-:;<=.>?@[]^_{}|~, -- not blank, not "*", else
  ///   InputError
  template <class From, std::enable_if_t<std::is_convertible_v<const From &, Text>, int> = 0>
  Channel(const From &name) : Channel(Text(name), false) {}
  Channel(std::nullptr_t) = delete;

  /// The same.
  static Channel named(const Text &name) { return Channel(name, false); }

  /// Every channel of the project.
  static Channel any() { return Channel("", true); }

 private:
  friend class Grant;

  Channel(const Text &name, bool is_any) : is_any_(is_any), name_(name.of("channel")) {
    if (!is_any) detail::call(agora_check_channel, name.data(), name.size());
  }

  bool is_any_;  // not told by an empty name, which a channel that was moved from has too
  std::string name_;
};

/// Whom a token lets in. An integer is a uid and a text an account, and neither is ever turned into the other: who joins
/// with a uid needs a token for that uid, and who joins with an account a token for that account. What a request says
/// is read by from_text().
class User {
 public:
  /// A uid: 1 to 4294967295, else InputError; 0 would let in anybody: say any().
  template <class Number,
            std::enable_if_t<std::is_constructible_v<Integer, Number> && !std::is_same_v<Number, char>, int> = 0>
  User(Number uid) : User(User::uid(uid)) {}

  /// An account, as account() takes it.
  template <class From, std::enable_if_t<std::is_convertible_v<const From &, Text>, int> = 0>
  User(const From &account) : User(User::account(account)) {}
  User(std::nullptr_t) = delete;

  /// \param uid 1 to 4294967295, else InputError
  static User uid(Integer uid) {
    const auto number = uid.as<std::uint32_t>(AGORA_ERROR_INVALID_UID, "uid", "1");
    if (number == 0) {
      const detail::Handle<agora_grant, agora_grant_free> grant(detail::read<agora_grant *>(agora_grant_new));
      detail::call(agora_grant_set_uid, grant.get(), number);  // which says why not
    }
    return User(Kind::uid, number, {});
  }

  /// \param account 1 to 255 bytes, else InputError; "0", "*", and what programs print in place of a user, such as
  ///   "undefined", "null", "None" and "NaN", are refused too
  static User account(const Text &account) {
    std::string own(account.of("account"));
    detail::call(agora_check_account, account.data(), account.size());
    return User(Kind::account, 0, std::move(own));
  }
  static User account(std::nullptr_t) = delete;

  /// A user as a request names it: decimal digits are a uid, anything else is an account. Throws InputError for what
  /// only looks like a uid, as "042", " 42" or "4294967296", which would name another user than meant.
  static User from_text(const Text &user) {
    std::string own(user.of("user"));
    const auto uid = detail::read<std::uint32_t>(agora_read_user, user.data(), user.size());
    return uid == 0 ? User(Kind::account, 0, std::move(own)) : User(Kind::uid, uid, {});
  }
  static User from_text(std::nullptr_t) = delete;

  /// A user as JSON names it: of a number it is the uid, and a string is read as from_text() does. Throws InputError for
  /// everything else, such as true and null.
  /// \param json the value, as 42 or "alice" in quotes; of nlohmann::json, what its dump() gives
  static User from_json(const Text &json) {
    json.of("user");
    char *account = nullptr;
    std::uint32_t uid = 0;
    detail::call(agora_read_user_json, json.data(), json.size(), &uid, &account);
    return User(uid == 0 ? Kind::account : Kind::uid, uid, detail::take(account));
  }
  static User from_json(std::nullptr_t) = delete;

  /// Whoever holds the token. Messaging and Chat cannot be granted to any user.
  static User any() { return User(Kind::any, 0, {}); }

 private:
  friend class Attempt;
  friend class Expected;
  friend class Grant;
  enum class Kind { uid, account, any };

  User(Kind kind, std::uint32_t uid, std::string account) : kind_(kind), uid_(uid), account_(std::move(account)) {}

  Kind kind_;
  std::uint32_t uid_;
  std::string account_;
};

}  // namespace agora

#endif
