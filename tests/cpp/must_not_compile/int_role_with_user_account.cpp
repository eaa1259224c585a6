// A literal for the role, with one lifetime behind it.
// expect: deleted
#include <agora_token/compat/RtcTokenBuilder2.h>

std::string token(const std::string &app_id, const std::string &app_certificate) {
  using namespace agora::tools;
#ifdef MUST_NOT_COMPILE
  return RtcTokenBuilder2::BuildTokenWithUserAccount(app_id, app_certificate, "room", "alice", 1, 3600);
#else
  // The same numbers as lifetimes: unsigned ones are no role.
  return RtcTokenBuilder2::BuildTokenWithUserAccount(app_id, app_certificate, "room", "alice", 1u, 3600);
#endif
}
