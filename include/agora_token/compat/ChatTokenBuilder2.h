/// \file ChatTokenBuilder2.h
/// The official ChatTokenBuilder2 (007) over libagora_token. Every function gives "" on failure.
#ifndef AGORA_TOKEN_COMPAT_CHAT_TOKEN_BUILDER2_H
#define AGORA_TOKEN_COMPAT_CHAT_TOKEN_BUILDER2_H

#include "AccessToken2.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace agora {
namespace tools {

/// Builds Chat tokens. expire is the lifetime of the token and of its privilege, in seconds from now.
class ChatTokenBuilder2 {
 public:
  /// For a user to log in with.
  static std::string BuildUserToken(const std::string &app_id, const std::string &app_certificate,
                                    const std::string &user_id, uint32_t expire = 0) {
    return Build(app_id, app_certificate, user_id, ServiceChat::kPrivilegeUser, expire);
  }

  /// For the REST API: an administrator's token, for servers only.
  static std::string BuildAppToken(const std::string &app_id, const std::string &app_certificate, uint32_t expire = 0) {
    return Build(app_id, app_certificate, "", ServiceChat::kPrivilegeApp, expire);
  }

 private:
  static std::string Build(const std::string &app_id, const std::string &app_certificate, const std::string &user_id,
                           uint16_t privilege, uint32_t expire) {
    std::unique_ptr<Service> service = std::unique_ptr<ServiceChat>(new ServiceChat(user_id));
    service->AddPrivilege(privilege, expire);
    AccessToken2 token(app_id, app_certificate, 0, expire);
    token.AddService(std::move(service));
    return token.Build();
  }
};

}  // namespace tools
}  // namespace agora

#endif
