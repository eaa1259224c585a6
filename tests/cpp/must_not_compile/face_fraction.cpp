// A floating-point lifetime: it would lose its fraction.
// expect: Integer
#include <agora_token.hpp>

std::string token(std::string_view app_id, std::string_view app_certificate) {
#ifdef MUST_NOT_COMPILE
  const double hour = 3600.5;
#else
  const long long hour = 3600;
#endif
  return agora::build_token2_with_uid(app_id, app_certificate, "room", 42, agora::Role::publisher, hour);
}
