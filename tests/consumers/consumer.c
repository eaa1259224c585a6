/* A C program as a user would write it: it mints a token and checks it. */
#include <agora_token.h>
#include <stdio.h>

static const char *const app_id = "970CA35de60c44645bbae8a215061b33";
static const char *const app_certificate = "5CFd2fd1755d40ecb72977518be15d3b";

int main(void)
{
    char *token = NULL;
    agora_verifier *verifier = NULL;
    agora_expected *expected = NULL;
    agora_status status =
        agora_build_token2_with_uid(app_id, app_certificate, "room", 42, AGORA_ROLE_PUBLISHER, 3600, 3600, &token);
    if (status == AGORA_OK)
        status = agora_verifier_new(app_id, app_certificate, &verifier, NULL);
    if (status == AGORA_OK)
        status = agora_expected_new(&expected);
    if (status == AGORA_OK)
        status = agora_expected_set_channel(expected, "room", NULL);
    if (status == AGORA_OK)
        status = agora_verifier_verify(verifier, token, expected, NULL);
    printf("%s %s\n", agora_version(), agora_status_name(status));
    agora_expected_free(expected);
    agora_verifier_free(verifier);
    agora_string_free(token);
    return status == AGORA_OK ? 0 : 1;
}
