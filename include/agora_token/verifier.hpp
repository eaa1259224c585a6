/// \file verifier.hpp
/// One verdict on a token.
#ifndef AGORA_TOKEN_VERIFIER_HPP
#define AGORA_TOKEN_VERIFIER_HPP

#include "call.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace agora {

/// One verdict on a token: signature, time, and whatever else it is told to expect. An AccessToken2 is over 24 hours
/// after it was issued, whatever it says.
///
///     agora::Verifier verifier(app_certificate);
///     verifier.channel_name("room").uid(42);
///     verifier.check(token);  // throws unless it is good
class Verifier : public detail::Owner<Verifier, agora_verifier, agora_verifier_free> {
 public:
  /// Expects a token signed with this certificate, and valid now.
  explicit Verifier(std::string_view app_certificate)
      : Owner(detail::read<agora_verifier *>(agora_verifier_new, detail::Text("app_certificate", app_certificate))) {}

  /// Accepts a second certificate too, as while certificates are being rotated.
  Verifier &add_certificate(std::string_view app_certificate) {
    return set(agora_verifier_add_certificate, detail::Text("app_certificate", app_certificate));
  }

  /// Judges as of this moment, Unix seconds, and not by the system clock.
  Verifier &now(Integer unix_seconds) {
    return set(agora_verifier_set_now, unix_seconds.as<std::uint64_t>(AGORA_ERROR_INVALID_TIMESTAMP, "now"));
  }

  /// Forgives clocks that differ by up to so many seconds; more than 3600 counts as 3600. 0 unless set.
  Verifier &leeway(Integer seconds) {
    return set(agora_verifier_set_leeway, seconds.as<std::uint32_t>(AGORA_ERROR_INVALID_LIFETIME, "leeway"));
  }

  /// Leaves time out of the verdict: an expired token passes.
  Verifier &ignore_time() { return set(agora_verifier_ignore_time); }

  /// Expects this App ID.
  Verifier &app_id(std::string_view app_id) { return set(agora_verifier_set_app_id, detail::Text("app_id", app_id)); }

  /// Expects this service. Channel, user and privilege are then looked for in it alone. An AccessToken (006) carries
  /// RTC, RTM or both. \param service a ServiceType, else InputError
  Verifier &service(std::uint16_t service) { return set(agora_verifier_set_service, service); }

  /// Expects this privilege, and that it has not ended. The same number means something else in another service, so say
  /// which with service(). Unless this is set, the privilege to join or to log in is what counts, and one to publish
  /// may be missing or have ended. \param privilege a Privilege
  Verifier &privilege(std::uint16_t privilege) { return set(agora_verifier_set_privilege, privilege); }

  /// Expects a token for this channel, any channel, or a pattern that this name fits: each "*" in it stands for any
  /// characters. A channel is one of RTC, unless service() names another service. An AccessToken (006) cannot be
  /// verified without channel and user.
  Verifier &channel_name(std::string_view channel_name) {
    return set(agora_verifier_set_channel_name, detail::Text("channel_name", channel_name));
  }

  /// Expects a token for this uid, 0 to 4294967295.
  Verifier &uid(Integer uid) {
    return set(agora_verifier_set_uid, uid.as<std::uint32_t>(AGORA_ERROR_INVALID_UID, "uid"));
  }

  /// Expects a token for this user account.
  Verifier &user_account(std::string_view user_account) {
    return set(agora_verifier_set_user_account, detail::Text("user_account", user_account));
  }

  /// Returns when the token is good. Else throws the first fault: TokenError or VerificationError. Tokens are read up to
  /// 64 KiB inflated, 64 services and 4096 privileges, permissions and resources.
  void check(std::string_view token) const {
    detail::call(agora_verifier_check, handle(), detail::Text("token", token));
  }

  /// Every fault of the token, and the token itself, as JSON: {"valid":false,"certificate":null,
  /// "refusals":[{"code":"TOKEN_EXPIRED","field":"expire","reason":"..."}],"token":{...}}. "certificate" counts
  /// from 0 in the order the certificates were given. An AccessToken2 that none of them signed has no other fault, and
  /// "token" is null. Throws TokenError when the text is no token, or larger than check() reads.
  std::string verify(std::string_view token) const {
    return detail::take(get<char *>(agora_verifier_verify, detail::Text("token", token)));
  }
};

}  // namespace agora

#endif
