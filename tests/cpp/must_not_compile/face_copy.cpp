// A copy of a handle: there would be two owners.
// expect: deleted
#include <agora_token.hpp>

#include <utility>

agora::AccessToken2 pass_on(agora::AccessToken2 token) {
#ifdef MUST_NOT_COMPILE
  agora::AccessToken2 other(token);
#else
  agora::AccessToken2 other(std::move(token));
#endif
  return other;
}
