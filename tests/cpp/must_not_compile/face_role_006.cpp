// The role of one generation in the other's builder: attendee and admin would lose the right to publish.
// expect: agora::Role
#include <agora_token.hpp>

std::string token(std::string_view app_id, std::string_view app_certificate) {
#ifdef MUST_NOT_COMPILE
  const auto role = agora::Role006::admin;
#else
  const auto role = agora::Role::publisher;
#endif
  return agora::build_token2_with_uid(app_id, app_certificate, "room", 42, role, 3600);
}
