// A program's own enumeration for the role.
// expect: deleted
#include <agora_token/compat/RtcTokenBuilder2.h>

enum Seat { HOST = 1, GUEST = 2 };

std::string token(const std::string &app_id, const std::string &app_certificate) {
#ifdef MUST_NOT_COMPILE
  const Seat role = HOST;
#else
  const auto role = static_cast<agora::tools::UserRole>(HOST);
#endif
  return agora::tools::RtcTokenBuilder2::BuildTokenWithUid(app_id, app_certificate, "room", 42, role, 3600);
}
