/* Reads a token from standard input and says whether it lets user 42 into the channel "room" now: exit code 0 if it
   does. Set AGORA_APP_CERTIFICATE. */
#include <agora_token.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Says what is wrong with the token, all of it. */
static agora_status judge(const agora_verifier *verifier, const char *token)
{
    char *verdict = NULL;
    agora_status status = agora_verifier_verify(verifier, token, &verdict, NULL);
    if (status == AGORA_OK) {
        puts(verdict);
        agora_string_free(verdict);
        status = agora_verifier_check(verifier, token, NULL);
    }
    return status;
}

int main(void)
{
    const char *app_certificate = getenv("AGORA_APP_CERTIFICATE");
    char token[4096] = "";
    agora_verifier *verifier = NULL;
    agora_status status;

    if (app_certificate == NULL) {
        fputs("set AGORA_APP_CERTIFICATE\n", stderr);
        return 2;
    }
    if (fgets(token, sizeof token, stdin) != NULL) {
        token[strcspn(token, "\r\n")] = '\0';
    }

    status = agora_verifier_new(app_certificate, &verifier, NULL);
    if (status == AGORA_OK) {
        status = agora_verifier_set_channel_name(verifier, "room", NULL);
    }
    if (status == AGORA_OK) {
        status = agora_verifier_set_uid(verifier, 42);
    }
    if (status == AGORA_OK) {
        status = judge(verifier, token);
    }
    agora_verifier_free(verifier);

    if (status != AGORA_OK) {
        fprintf(stderr, "%s: %s\n", agora_status_name(status), agora_status_message(status));
        return 1;
    }
    puts("valid");
    return 0;
}
