// An int role for AccessToken (006).
// expect: UserRole
#include <agora_token/compat/RtcTokenBuilder.h>

std::string token(const std::string &app_id, const std::string &app_certificate) {
#ifdef MUST_NOT_COMPILE
  const int role = 1;
#else
  const auto role = agora::tools::Role_Publisher;
#endif
  return agora::tools::RtcTokenBuilder::buildTokenWithUid(app_id, app_certificate, "room", 42, role, 2000000000);
}
