/* Mints a token with which user 42 joins the channel "room" and publishes, good for one hour, and prints it.
   Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server. */
#include <agora_token.h>

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const char *app_id = getenv("AGORA_APP_ID");
    const char *app_certificate = getenv("AGORA_APP_CERTIFICATE");
    char *token = NULL;
    agora_status status;

    if (app_id == NULL || app_certificate == NULL) {
        fputs("set AGORA_APP_ID and AGORA_APP_CERTIFICATE\n", stderr);
        return 2;
    }
    status = agora_build_token2_with_uid(app_id, app_certificate, "room", 42, AGORA_ROLE_PUBLISHER, 3600, 0, &token);
    if (status != AGORA_OK) {
        fprintf(stderr, "%s: %s\n", agora_status_name(status), agora_status_message(status));
        return 1;
    }
    puts(token);
    agora_string_free(token);
    return 0;
}
