/// \file rtc_service.h
/// The RTC service as the official builders fill it.
#ifndef AGORA_TOKEN_COMPAT_DETAIL_RTC_SERVICE_H
#define AGORA_TOKEN_COMPAT_DETAIL_RTC_SERVICE_H

#include "../AccessToken2.h"
#include "user_role.h"

#include <cstdint>
#include <memory>
#include <string>

namespace agora {
namespace tools {
namespace detail {

/// All four privileges, each with its own lifetime.
inline std::unique_ptr<Service> RtcWithPrivileges(const std::string &channel_name, const std::string &account,
                                                  uint32_t join_channel, uint32_t pub_audio, uint32_t pub_video,
                                                  uint32_t pub_data_stream) {
  std::unique_ptr<Service> service = std::unique_ptr<ServiceRtc>(new ServiceRtc(channel_name, account));
  service->AddPrivilege(ServiceRtc::kPrivilegeJoinChannel, join_channel);
  service->AddPrivilege(ServiceRtc::kPrivilegePublishAudioStream, pub_audio);
  service->AddPrivilege(ServiceRtc::kPrivilegePublishVideoStream, pub_video);
  service->AddPrivilege(ServiceRtc::kPrivilegePublishDataStream, pub_data_stream);
  return service;
}

/// Only kRolePublisher publishes; every other number joins.
inline std::unique_ptr<Service> RtcWithRole(const std::string &channel_name, const std::string &account, UserRole role,
                                            uint32_t join_channel, uint32_t pub_audio, uint32_t pub_video,
                                            uint32_t pub_data_stream) {
  if (role == UserRole::kRolePublisher) {
    return RtcWithPrivileges(channel_name, account, join_channel, pub_audio, pub_video, pub_data_stream);
  }
  std::unique_ptr<Service> service = std::unique_ptr<ServiceRtc>(new ServiceRtc(channel_name, account));
  service->AddPrivilege(ServiceRtc::kPrivilegeJoinChannel, join_channel);
  return service;
}

/// RTC and RTM with a user each: what BuildTokenWithRtm2, ConvoAI and STT tokens have in common.
inline AccessToken2 RtcAndRtm(const std::string &app_id, const std::string &app_certificate,
                              const std::string &channel_name, const std::string &rtc_account, UserRole rtc_role,
                              uint32_t rtc_token_expire, uint32_t join_channel_privilege_expire,
                              uint32_t pub_audio_privilege_expire, uint32_t pub_video_privilege_expire,
                              uint32_t pub_data_stream_privilege_expire, const std::string &rtm_user_id,
                              uint32_t rtm_token_expire) {
  AccessToken2 token(app_id, app_certificate, 0, rtc_token_expire);
  token.AddService(RtcWithRole(channel_name, rtc_account, rtc_role, join_channel_privilege_expire,
                               pub_audio_privilege_expire, pub_video_privilege_expire,
                               pub_data_stream_privilege_expire));
  std::unique_ptr<Service> rtm = std::unique_ptr<ServiceRtm>(new ServiceRtm(rtm_user_id));
  rtm->AddPrivilege(ServiceRtm::kPrivilegeLogin, rtm_token_expire);
  token.AddService(std::move(rtm));
  return token;
}

}  // namespace detail
}  // namespace tools
}  // namespace agora

#endif
