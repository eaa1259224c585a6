// The role of the other generation.
// expect: agora::Role
#include <agora_token.hpp>

agora::Grant grant(const agora::Channel &channel, const agora::User &user) {
#ifdef MUST_NOT_COMPILE
  return agora::Grant::rtc(channel, user, agora::Role006::admin);
#else
  return agora::Grant::rtc(channel, user, agora::Role::publisher);
#endif
}
