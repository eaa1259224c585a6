/* Reads a token from standard input and says whether it lets user 42 into the channel "room" now: exit code 0 if it
   does, 1 with all that is wrong with it if not. Set AGORA_APP_ID and AGORA_APP_CERTIFICATE. */
#include <agora_token.h>

#include <stdio.h>
#include <string.h>

/* Says what is wrong with a token, all of it. A check that only lets in or not calls agora_verifier_verify. */
static agora_status judge(const agora_verifier *verifier, const char *token, const agora_expected *expected,
                          bool *valid)
{
    agora_verdict *verdict = NULL;
    agora_status status = agora_verifier_verdict(verifier, token, expected, &verdict, NULL);
    if (status == AGORA_OK) {
        status = agora_verdict_is_valid(verdict, valid);
    }
    if (status == AGORA_OK) {
        agora_status code;
        const char *field, *reason;
        uint16_t service;
        size_t index;
        for (index = 0; agora_verdict_refusal(verdict, index, &code, &field, &reason, &service) == AGORA_OK; index++) {
            fprintf(stderr, "%s (%s): %s\n", agora_status_name(code), field, reason);
        }
    }
    agora_verdict_free(verdict);
    return status;
}

int main(void)
{
    char token[4096] = "";
    agora_verifier *verifier = NULL;
    agora_expected *expected = NULL;
    agora_refusal refusal = {AGORA_OK, -1, 0, "", ""};
    bool valid = false;
    agora_status status;

    if (fgets(token, sizeof token, stdin) != NULL) {
        token[strcspn(token, "\r\n")] = '\0';
    }
    /* A server makes its verifier once; any number of threads may use it. */
    status = agora_verifier_from_env(&verifier, &refusal);
    if (status == AGORA_OK) {
        status = agora_expected_new(&expected);
    }
    if (status == AGORA_OK) {
        status = agora_expected_set_channel(expected, "room", &refusal);
    }
    if (status == AGORA_OK) {
        status = agora_expected_set_uid(expected, 42);
    }
    if (status == AGORA_OK) {
        status = judge(verifier, token, expected, &valid);
    }
    agora_expected_free(expected);
    agora_verifier_free(verifier);

    if (status != AGORA_OK) {
        fprintf(stderr, "%s: %s %s\n", agora_status_name(status), refusal.field, refusal.reason);
        return 2;
    }
    puts(valid ? "valid" : "refused");
    return valid ? 0 : 1;
}
