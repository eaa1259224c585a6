/// \file RtcTokenBuilder.h
/// The official RtcTokenBuilder (006) over libagora_token. Every function gives "" on failure.
#ifndef AGORA_TOKEN_COMPAT_RTC_TOKEN_BUILDER_H
#define AGORA_TOKEN_COMPAT_RTC_TOKEN_BUILDER_H

#include "AccessToken.h"
#include "detail/user_role.h"

#include <cstdint>
#include <string>

namespace agora {
namespace tools {

/// Builds RTC tokens. Times are absolute Unix seconds, 0 being no end of their own; the token itself ends in 24 hours.
class RtcTokenBuilder {
 public:
  /// For a uid, 0 being any user.
  static std::string buildTokenWithUid(const std::string &appId, const std::string &appCertificate,
                                       const std::string &channelName, uint32_t uid, UserRole role,
                                       uint32_t privilegeExpiredTs = 0) {
    return buildTokenWithUserAccount(appId, appCertificate, channelName, detail::Account(uid), role,
                                     privilegeExpiredTs);
  }

  /// For a user account, "" being any user. Attendee, publisher and admin publish; every other number joins.
  static std::string buildTokenWithUserAccount(const std::string &appId, const std::string &appCertificate,
                                               const std::string &channelName, const std::string &userAccount,
                                               UserRole role, uint32_t privilegeExpiredTs = 0) {
    AccessToken token(appId, appCertificate, channelName, userAccount);
    token.AddPrivilege(AccessToken::kJoinChannel, privilegeExpiredTs);
    if (role == Role_Attendee || role == Role_Publisher || role == Role_Admin) {
      token.AddPrivilege(AccessToken::kPublishAudioStream, privilegeExpiredTs);
      token.AddPrivilege(AccessToken::kPublishVideoStream, privilegeExpiredTs);
      token.AddPrivilege(AccessToken::kPublishDataStream, privilegeExpiredTs);
    }
    return token.Build();
  }
};

}  // namespace tools
}  // namespace agora

#endif
