/// \file ApaasTokenBuilder.h
/// The official ApaasTokenBuilder (007) over libagora_token. Every function gives "" on failure.
#ifndef AGORA_TOKEN_COMPAT_APAAS_TOKEN_BUILDER_H
#define AGORA_TOKEN_COMPAT_APAAS_TOKEN_BUILDER_H

#include "AccessToken2.h"
#include "detail/call.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace agora {
namespace tools {

/// Builds APaaS (Flexible Classroom) tokens. expire is the lifetime of the token and of all its privileges, in seconds
/// from now.
class ApaasTokenBuilder {
 public:
  /// For a user in a room, with RTM and Chat.
  static std::string BuildRoomUserToken(const std::string &app_id, const std::string &app_certificate,
                                        const std::string &room_uuid, const std::string &user_uuid, int16_t role,
                                        uint32_t expire) {
    char *chat_user_id = nullptr;
    if (agora_apaas_chat_user_id(user_uuid.data(), user_uuid.size(), &chat_user_id) != AGORA_OK) return "";

    AccessToken2 token(app_id, app_certificate, 0, expire);
    token.AddService(Grant(std::unique_ptr<ServiceApaas>(new ServiceApaas(room_uuid, user_uuid, role)),
                           ServiceApaas::kPrivilegeRoomUser, expire));
    token.AddService(
        Grant(std::unique_ptr<ServiceRtm>(new ServiceRtm(user_uuid)), ServiceRtm::kPrivilegeLogin, expire));
    token.AddService(Grant(std::unique_ptr<ServiceChat>(new ServiceChat(detail::Take(chat_user_id))),
                           ServiceChat::kPrivilegeUser, expire));
    return token.Build();
  }

  /// For a user of no room.
  static std::string BuildUserToken(const std::string &app_id, const std::string &app_certificate,
                                    const std::string &user_uuid, uint32_t expire) {
    AccessToken2 token(app_id, app_certificate, 0, expire);
    token.AddService(
        Grant(std::unique_ptr<ServiceApaas>(new ServiceApaas("", user_uuid)), ServiceApaas::kPrivilegeUser, expire));
    return token.Build();
  }

  /// For the REST API: for servers only.
  static std::string BuildAppToken(const std::string &app_id, const std::string &app_certificate, uint32_t expire) {
    AccessToken2 token(app_id, app_certificate, 0, expire);
    token.AddService(Grant(std::unique_ptr<ServiceApaas>(new ServiceApaas()), ServiceApaas::kPrivilegeApp, expire));
    return token.Build();
  }

 private:
  static std::unique_ptr<Service> Grant(std::unique_ptr<Service> service, uint16_t privilege, uint32_t expire) {
    service->AddPrivilege(privilege, expire);
    return service;
  }
};

}  // namespace tools
}  // namespace agora

#endif
