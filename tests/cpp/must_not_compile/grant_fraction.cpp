// Milliseconds for a lifetime: they would lose their fraction.
// expect: std::chrono::seconds
#include <agora_token.hpp>

void live(agora::Grant &grant) {
#ifdef MUST_NOT_COMPILE
  grant.lifetime(std::chrono::milliseconds(1500));
#else
  grant.lifetime(std::chrono::seconds(2));
#endif
}
