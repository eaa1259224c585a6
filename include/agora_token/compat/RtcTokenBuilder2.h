/// \file RtcTokenBuilder2.h
/// The official RtcTokenBuilder2 (007) over libagora_token. Every function gives "" on failure.
#ifndef AGORA_TOKEN_COMPAT_RTC_TOKEN_BUILDER2_H
#define AGORA_TOKEN_COMPAT_RTC_TOKEN_BUILDER2_H

#include "AccessToken2.h"
#include "detail/rtc_service.h"
#include "detail/user_role.h"

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace agora {
namespace tools {
namespace detail {

/// Whether an argument that stands where either a role or a lifetime may stand is a role put the wrong way. The
/// official overloads take an int role silently for a token that expires after 1 second. With one or two times behind
/// it both forms are possible, so an unsigned number is a lifetime, a UserRole a role, and all else is refused. With
/// none, three or four times behind it no role is possible.
template <class Argument, std::size_t TimesBehind>
constexpr bool IsMistakenRole() {
  constexpr bool either_form = TimesBehind == 1 || TimesBehind == 2;
  if (std::is_same<Argument, UserRole>::value) return !either_form;
  if (std::is_enum<Argument>::value) return true;
  constexpr bool is_lifetime = std::is_unsigned<Argument>::value && !std::is_same<Argument, bool>::value;
  return either_form && std::is_integral<Argument>::value && !is_lifetime;
}

}  // namespace detail

/// Builds RTC tokens. Lifetimes are in seconds from now; a privilege of 0 lasts as long as the token.
class RtcTokenBuilder2 {
 public:
  /// For a uid, 0 being any user, with the privileges of a role.
  static std::string BuildTokenWithUid(const std::string &app_id, const std::string &app_certificate,
                                       const std::string &channel_name, uint32_t uid, UserRole role,
                                       uint32_t token_expire, uint32_t privilege_expire = 0) {
    return BuildTokenWithUserAccount(app_id, app_certificate, channel_name, detail::Account(uid), role, token_expire,
                                     privilege_expire);
  }

  /// For a user account, "" being any user, with the privileges of a role.
  static std::string BuildTokenWithUserAccount(const std::string &app_id, const std::string &app_certificate,
                                               const std::string &channel_name, const std::string &user_account,
                                               UserRole role, uint32_t token_expire, uint32_t privilege_expire = 0) {
    AccessToken2 token(app_id, app_certificate, 0, token_expire);
    token.AddService(detail::RtcWithRole(channel_name, user_account, role, privilege_expire, privilege_expire,
                                         privilege_expire, privilege_expire));
    return token.Build();
  }

  /// For a uid, with a lifetime for each privilege. With two or three lifetimes the first must be of an unsigned type.
  static std::string BuildTokenWithUid(const std::string &app_id, const std::string &app_certificate,
                                       const std::string &channel_name, uint32_t uid, uint32_t token_expire,
                                       uint32_t join_channel_privilege_expire = 0,
                                       uint32_t pub_audio_privilege_expire = 0, uint32_t pub_video_privilege_expire = 0,
                                       uint32_t pub_data_stream_privilege_expire = 0) {
    return BuildTokenWithUserAccount(app_id, app_certificate, channel_name, detail::Account(uid), token_expire,
                                     join_channel_privilege_expire, pub_audio_privilege_expire,
                                     pub_video_privilege_expire, pub_data_stream_privilege_expire);
  }

  /// For a user account, with a lifetime for each privilege. With two or three lifetimes the first must be of an
  /// unsigned type.
  static std::string BuildTokenWithUserAccount(const std::string &app_id, const std::string &app_certificate,
                                               const std::string &channel_name, const std::string &user_account,
                                               uint32_t token_expire, uint32_t join_channel_privilege_expire = 0,
                                               uint32_t pub_audio_privilege_expire = 0,
                                               uint32_t pub_video_privilege_expire = 0,
                                               uint32_t pub_data_stream_privilege_expire = 0) {
    AccessToken2 token(app_id, app_certificate, 0, token_expire);
    token.AddService(detail::RtcWithPrivileges(channel_name, user_account, join_channel_privilege_expire,
                                               pub_audio_privilege_expire, pub_video_privilege_expire,
                                               pub_data_stream_privilege_expire));
    return token.Build();
  }

  /// Not a role: pass a UserRole, or a lifetime of an unsigned type.
  template <class NotARole, class... Times,
            typename std::enable_if<detail::IsMistakenRole<NotARole, sizeof...(Times)>(), int>::type = 0>
  static std::string BuildTokenWithUid(const std::string &, const std::string &, const std::string &, uint32_t,
                                       NotARole, Times...) = delete;

  /// Not a role: pass a UserRole, or a lifetime of an unsigned type.
  template <class NotARole, class... Times,
            typename std::enable_if<detail::IsMistakenRole<NotARole, sizeof...(Times)>(), int>::type = 0>
  static std::string BuildTokenWithUserAccount(const std::string &, const std::string &, const std::string &,
                                               const std::string &, NotARole, Times...) = delete;

  /// For RTC and RTM with one account. RTM login lasts as long as the token.
  static std::string BuildTokenWithRtm(const std::string &app_id, const std::string &app_certificate,
                                       const std::string &channel_name, const std::string &user_account, UserRole role,
                                       uint32_t token_expire, uint32_t privilege_expire = 0) {
    return detail::RtcAndRtm(app_id, app_certificate, channel_name, user_account, role, token_expire, privilege_expire,
                             privilege_expire, privilege_expire, privilege_expire, user_account, token_expire)
        .Build();
  }

  /// For RTC and RTM with a user each. rtm_token_expire is the lifetime of the RTM login within the token.
  static std::string BuildTokenWithRtm2(const std::string &app_id, const std::string &app_certificate,
                                        const std::string &channel_name, const std::string &rtc_account,
                                        UserRole rtc_role, uint32_t rtc_token_expire,
                                        uint32_t join_channel_privilege_expire, uint32_t pub_audio_privilege_expire,
                                        uint32_t pub_video_privilege_expire, uint32_t pub_data_stream_privilege_expire,
                                        const std::string &rtm_user_id, uint32_t rtm_token_expire) {
    return detail::RtcAndRtm(app_id, app_certificate, channel_name, rtc_account, rtc_role, rtc_token_expire,
                             join_channel_privilege_expire, pub_audio_privilege_expire, pub_video_privilege_expire,
                             pub_data_stream_privilege_expire, rtm_user_id, rtm_token_expire)
        .Build();
  }
};

}  // namespace tools
}  // namespace agora

#endif
