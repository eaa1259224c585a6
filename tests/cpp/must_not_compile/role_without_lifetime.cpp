// A role and no lifetime at all.
// expect: deleted
#include <agora_token/compat/RtcTokenBuilder2.h>

std::string token(const std::string &app_id, const std::string &app_certificate) {
  using namespace agora::tools;
#ifdef MUST_NOT_COMPILE
  return RtcTokenBuilder2::BuildTokenWithUserAccount(app_id, app_certificate, "room", "alice",
                                                     UserRole::kRolePublisher);
#else
  return RtcTokenBuilder2::BuildTokenWithUserAccount(app_id, app_certificate, "room", "alice", 3600);
#endif
}
