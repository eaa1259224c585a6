// A role where the first of five lifetimes belongs: an enumerator would convert to a lifetime of 1 second.
// expect: deleted
#include <agora_token/compat/RtcTokenBuilder2.h>

std::string token(const std::string &app_id, const std::string &app_certificate) {
  using namespace agora::tools;
#ifdef MUST_NOT_COMPILE
  return RtcTokenBuilder2::BuildTokenWithUid(app_id, app_certificate, "room", 42, Role_Publisher, 1, 2, 3, 4);
#else
  return RtcTokenBuilder2::BuildTokenWithUid(app_id, app_certificate, "room", 42, 3600, 1, 2, 3, 4);
#endif
}
