/// \file SttTokenBuilder.h
/// The official SttTokenBuilder (007) over libagora_token. Gives "" on failure.
#ifndef AGORA_TOKEN_COMPAT_STT_TOKEN_BUILDER_H
#define AGORA_TOKEN_COMPAT_STT_TOKEN_BUILDER_H

#include "RtcTokenBuilder2.h"

#include <cstdint>
#include <memory>
#include <string>

namespace agora {
namespace tools {

/// Builds STT (speech to text) tokens.
class SttTokenBuilder {
 public:
  /// The token of RtcTokenBuilder2::BuildTokenWithRtm2 with the STT (speech to text) service added.
  static std::string BuildToken(const std::string &app_id, const std::string &app_certificate,
                                const std::string &channel_name, const std::string &rtc_account, UserRole rtc_role,
                                uint32_t rtc_token_expire, uint32_t join_channel_privilege_expire,
                                uint32_t pub_audio_privilege_expire, uint32_t pub_video_privilege_expire,
                                uint32_t pub_data_stream_privilege_expire, const std::string &rtm_user_id,
                                uint32_t rtm_token_expire) {
    AccessToken2 token =
        detail::RtcAndRtm(app_id, app_certificate, channel_name, rtc_account, rtc_role, rtc_token_expire,
                          join_channel_privilege_expire, pub_audio_privilege_expire, pub_video_privilege_expire,
                          pub_data_stream_privilege_expire, rtm_user_id, rtm_token_expire);
    token.AddService(std::unique_ptr<ServiceStt>(new ServiceStt()));
    return token.Build();
  }
};

}  // namespace tools
}  // namespace agora

#endif
