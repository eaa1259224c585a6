/* A check whose status is dropped lets everybody in. */
/* expect: warn_unused_result */
#include <agora_token.h>

bool let_in(const agora_verifier *verifier, const char *token, const agora_expected *expected);

bool let_in(const agora_verifier *verifier, const char *token, const agora_expected *expected)
{
#ifdef MUST_NOT_COMPILE
    agora_verifier_verify(verifier, token, expected, NULL);
    return true;
#else
    return agora_verifier_verify(verifier, token, expected, NULL) == AGORA_OK;
#endif
}
