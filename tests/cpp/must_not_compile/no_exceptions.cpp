// Built without exceptions, the header says which one to use instead.
// expect: agora_token.h
#ifdef MUST_NOT_COMPILE
#undef __cpp_exceptions
#endif
#include <agora_token.hpp>
