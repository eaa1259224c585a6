// No user at all.
// expect: deleted
#include <agora_token.hpp>

agora::Grant grant() {
#ifdef MUST_NOT_COMPILE
  return agora::Grant::rtm(nullptr);
#else
  return agora::Grant::rtm(agora::User::account("alice"));
#endif
}
