// A verdict that nobody looks at: it refuses no token by itself.
// expect: nodiscard
#include <agora_token.hpp>

void let_in(const agora::Verifier &verifier, const std::string &token) {
#ifdef MUST_NOT_COMPILE
  verifier.verdict(token);
#else
  verifier.verify(token);  // which throws
#endif
}
