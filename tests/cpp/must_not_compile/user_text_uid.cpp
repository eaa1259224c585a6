// A text for a uid.
// expect: Integer
#include <agora_token.hpp>

agora::User user(const std::string &text) {
#ifdef MUST_NOT_COMPILE
  return agora::User::uid(text);
#else
  return agora::User::uid(std::stoul(text));
#endif
}
