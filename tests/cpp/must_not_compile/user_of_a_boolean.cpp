// A boolean for a user: true is no uid 1.
// expect: agora::User
#include <agora_token.hpp>

agora::Grant grant(bool known, std::uint32_t uid) {
#ifdef MUST_NOT_COMPILE
  return agora::Grant::rtm(known);
#else
  return agora::Grant::rtm(known ? uid : 1);
#endif
}
