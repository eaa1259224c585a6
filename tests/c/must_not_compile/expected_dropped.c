/* A question whose status is dropped may not have been asked. */
/* expect: warn_unused_result */
#include <agora_token.h>

agora_status ask(agora_expected **expected);

agora_status ask(agora_expected **expected)
{
    agora_status status = AGORA_OK;
#ifdef MUST_NOT_COMPILE
    agora_expected_new(expected);
    agora_expected_set_uid(*expected, 42);
#else
    status = agora_expected_new(expected);
    if (status == AGORA_OK)
        status = agora_expected_set_uid(*expected, 42);
#endif
    return status;
}
