// An int role in the C++ face.
// expect: agora::Role
#include <agora_token.hpp>

std::string token(std::string_view app_id, std::string_view app_certificate) {
#ifdef MUST_NOT_COMPILE
  const int role = 1;
#else
  const auto role = agora::Role::publisher;
#endif
  return agora::build_token2_with_uid(app_id, app_certificate, "room", 42, role, 3600, 600);
}
