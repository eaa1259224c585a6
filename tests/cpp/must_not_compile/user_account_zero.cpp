// The number 0 for an account, which C++ takes for a null pointer.
// expect: deleted
#include <agora_token.hpp>

agora::User user() {
#ifdef MUST_NOT_COMPILE
  return agora::User::account(0);
#else
  return agora::User::account("alice");
#endif
}
