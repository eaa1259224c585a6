/// \file FpaTokenBuilder.h
/// The official FpaTokenBuilder (007) over libagora_token. Gives "" on failure.
#ifndef AGORA_TOKEN_COMPAT_FPA_TOKEN_BUILDER_H
#define AGORA_TOKEN_COMPAT_FPA_TOKEN_BUILDER_H

#include "AccessToken2.h"

#include <memory>
#include <string>
#include <utility>

namespace agora {
namespace tools {

/// Builds FPA tokens.
class FpaTokenBuilder {
 public:
  /// A token for 24 hours.
  static std::string BuildToken(const std::string &app_id, const std::string &app_certificate) {
    std::unique_ptr<Service> service = std::unique_ptr<ServiceFpa>(new ServiceFpa());
    service->AddPrivilege(ServiceFpa::kPrivilegeLogin, 0);
    AccessToken2 token(app_id, app_certificate, 0, 24 * 3600);
    token.AddService(std::move(service));
    return token.Build();
  }
};

}  // namespace tools
}  // namespace agora

#endif
