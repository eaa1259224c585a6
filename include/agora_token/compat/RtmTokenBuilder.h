/// \file RtmTokenBuilder.h
/// The official RtmTokenBuilder (006) over libagora_token. Gives "" on failure.
#ifndef AGORA_TOKEN_COMPAT_RTM_TOKEN_BUILDER_H
#define AGORA_TOKEN_COMPAT_RTM_TOKEN_BUILDER_H

#include "AccessToken.h"

#include <cstdint>
#include <string>

namespace agora {
namespace tools {

/// Has one value and no effect.
enum RtmUserRole {
  Rtm_User = 1,
};

/// Builds RTM tokens.
class RtmTokenBuilder {
 public:
  /// For a user, until expiredTs in absolute Unix seconds; 0 is as long as the token, 24 hours.
  static std::string buildToken(const std::string &appId, const std::string &appCertificate,
                                const std::string &userAccount, RtmUserRole userRole, uint32_t expiredTs = 0) {
    static_cast<void>(userRole);
    AccessToken token(appId, appCertificate, userAccount, "");
    token.AddPrivilege(AccessToken::kRtmLogin, expiredTs);
    return token.Build();
  }
};

}  // namespace tools
}  // namespace agora

#endif
