/* A bug in the library ends in a status. Linked with a library that has one: built with --features inject-panic. */
#include "check.h"
#include "sample.h"

/* Not in the header: the shipped libraries do not have it. */
agora_status agora_inject_panic(agora_refusal *out_refusal);

int main(void)
{
    char *token = NULL;
    for (int time = 1; time <= 3; time++) {
        case_begin("panic %d", time);
        agora_refusal refusal;
        CHECK_STATUS(AGORA_ERROR_INTERNAL, agora_inject_panic(time == 1 ? NULL : &refusal));
        CHECK(time == 1 || refusal.status == AGORA_ERROR_INTERNAL);
        case_end();
    }
    case_begin("the process goes on");
    CHECK_OK(agora_build_token2_with_uid(APP_ID, CERTIFICATE, "room", 1, AGORA_ROLE_PUBLISHER, 60, 60, &token));
    CHECK(token != NULL && strncmp(token, "007", 3) == 0);
    agora_string_free(token);
    case_end();
    return summary();
}
