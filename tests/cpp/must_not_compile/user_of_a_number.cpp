// A number where a user belongs: who 0 is has to be said.
// expect: agora::User
#include <agora_token.hpp>

agora::Grant grant(std::uint32_t uid) {
#ifdef MUST_NOT_COMPILE
  return agora::Grant::rtm(uid);
#else
  return agora::Grant::rtm(agora::User::uid(uid));
#endif
}
