// An int role in the compat layer: the official overloads take it for a token that expires after 1 second.
// expect: deleted
#include <agora_token/compat/RtcTokenBuilder2.h>

std::string token(const std::string &app_id, const std::string &app_certificate) {
#ifdef MUST_NOT_COMPILE
  const int role = 1;
#else
  const auto role = agora::tools::UserRole::kRolePublisher;
#endif
  return agora::tools::RtcTokenBuilder2::BuildTokenWithUid(app_id, app_certificate, "room", 42, role, 3600, 600);
}
