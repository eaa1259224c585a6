// A lifetime without a unit: a timestamp or milliseconds would pass.
// expect: std::chrono::seconds
#include <agora_token.hpp>

void live(agora::Grant &grant) {
#ifdef MUST_NOT_COMPILE
  grant.lifetime(3600);
#else
  grant.lifetime(std::chrono::hours(1));
#endif
}
