/// \file RtmTokenBuilder2.h
/// The official RtmTokenBuilder2 (007) over libagora_token. Every function gives "" on failure.
#ifndef AGORA_TOKEN_COMPAT_RTM_TOKEN_BUILDER2_H
#define AGORA_TOKEN_COMPAT_RTM_TOKEN_BUILDER2_H

#include "AccessToken2.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace agora {
namespace tools {

/// Builds RTM tokens. expire is the lifetime of the token and of its login, in seconds from now.
class RtmTokenBuilder2 {
 public:
  /// For a user.
  static std::string BuildToken(const std::string &app_id, const std::string &app_certificate,
                                const std::string &user_id, uint32_t expire = 0) {
    std::unique_ptr<Service> service = std::unique_ptr<ServiceRtm>(new ServiceRtm(user_id));
    service->AddPrivilege(ServiceRtm::kPrivilegeLogin, expire);
    AccessToken2 token(app_id, app_certificate, 0, expire);
    token.AddService(std::move(service));
    return token.Build();
  }

  /// For a user with permissions on RTM2 resources.
  static std::string BuildToken(const std::string &app_id, const std::string &app_certificate,
                                const std::string &user_id, const ServiceRtm2::Permissions &permissions,
                                uint32_t expire = 0) {
    std::unique_ptr<Service> service = std::unique_ptr<ServiceRtm2>(new ServiceRtm2(user_id, permissions));
    service->AddPrivilege(ServiceRtm2::kPrivilegeLogin, expire);
    AccessToken2 token(app_id, app_certificate, 0, expire);
    token.AddService(std::move(service));
    return token.Build();
  }
};

}  // namespace tools
}  // namespace agora

#endif
