/// \file inspect.hpp
/// Looking into a token that nobody has checked.
#ifndef AGORA_TOKEN_INSPECT_HPP
#define AGORA_TOKEN_INSPECT_HPP

#include "moment.hpp"
#include "tokens.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace agora {

/// What a token of either generation says, whoever signed it.
class Inspection {
 public:
  /// The channel of the first service that has one; "" where none has, where it is any channel, and in an AccessToken
  /// (006), which carries checksums only.
  const std::string &channel() const noexcept { return channel_; }

  /// The user of the first service that has one, a uid in decimal digits or an account; "" as for channel().
  const std::string &user() const noexcept { return user_; }

  /// The App ID it says it is for.
  const std::string &app_id() const noexcept { return app_id_; }

  /// When it says it ends.
  UnixTime expires_at() const noexcept { return expires_at_; }

  /// The services of an AccessToken2 (007), in the order of the token.
  const std::vector<UnverifiedService> &services() const noexcept { return services_; }

  /// The JSON document that every tool of this project shows.
  const std::string &to_json() const noexcept { return json_; }

 private:
  friend Inspection inspect(const Text &token);

  explicit Inspection(const Text &token)
      : json_(detail::take(detail::read<char *>(agora_inspect, detail::CString("token", token)))) {
    if (token.of("token").substr(0, 3) == "006") {
      read(UnverifiedToken(token));
      return;
    }
    const UnverifiedToken2 unverified(token);
    services_ = unverified.services();
    for (const auto &service : services_) {
      if (channel_.empty()) channel_ = service.channel_name.value_or("");
      if (!user_.empty()) continue;
      for (const auto &user : {service.account, service.user_id, service.user_uuid}) {
        if (user_.empty()) user_ = user.value_or("");
      }
    }
    if (channel_ == "*") channel_.clear();
    read(unverified);
  }

  template <class Token>
  void read(const Token &token) {
    app_id_ = token.app_id();
    expires_at_ = detail::unix_time(token.expires_at());
  }

  std::string json_;
  std::string channel_;
  std::string user_;
  std::string app_id_;
  UnixTime expires_at_;
  std::vector<UnverifiedService> services_;
};

/// Looks into a token without checking who signed it: nothing it says may be trusted. Throws TokenError when it cannot be
/// read, or InputError with AGORA_ERROR_INVALID_UTF8 when a text in it is not UTF-8.
[[nodiscard]] inline Inspection inspect(const Text &token) { return Inspection(token); }

}  // namespace agora

#endif
