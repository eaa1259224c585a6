/* Issues a token with which user 42 joins the channel "room", publishes and logs in to messaging, good for ten minutes;
   prints it, and after how many seconds its holder should fetch the next. Set AGORA_APP_ID and AGORA_APP_CERTIFICATE;
   the certificate never leaves your server. */
#include <agora_token.h>

#include <stdio.h>
#include <stdlib.h>

/* Whom to let in where, as what, for how long. */
static agora_status make_grant(agora_grant **grant)
{
    agora_status status = agora_grant_new_for_uid(42, grant, NULL);
    if (status == AGORA_OK) {
        status = agora_grant_add_rtc(*grant, "room", AGORA_ROLE_PUBLISHER, NULL);
    }
    if (status == AGORA_OK) {
        status = agora_grant_add_rtm(*grant);
    }
    if (status == AGORA_OK) {
        status = agora_grant_set_lifetime(*grant, 600, NULL);
    }
    return status;
}

int main(void)
{
    const char *app_id = getenv("AGORA_APP_ID");
    const char *app_certificate = getenv("AGORA_APP_CERTIFICATE");
    agora_issuer *issuer = NULL;
    agora_grant *grant = NULL;
    char *token = NULL;
    uint64_t issued_at = 0, expires_at = 0, refresh_after = 0;
    agora_status status;

    if (app_id == NULL || app_certificate == NULL) {
        fputs("set AGORA_APP_ID and AGORA_APP_CERTIFICATE\n", stderr);
        return 2;
    }
    /* A server makes its issuer once; any number of threads may use it. */
    status = agora_issuer_new(app_id, app_certificate, &issuer, NULL);
    if (status == AGORA_OK) {
        status = make_grant(&grant);
    }
    if (status == AGORA_OK) {
        status = agora_issuer_issue(issuer, grant, &token, &issued_at, &expires_at, &refresh_after, NULL);
    }
    if (status == AGORA_OK) {
        printf("%s\n%llu\n", token, (unsigned long long)(refresh_after - issued_at));
    } else {
        fprintf(stderr, "%s: %s\n", agora_status_name(status), agora_status_message(status));
    }
    agora_string_free(token);
    agora_grant_free(grant);
    agora_issuer_free(issuer);
    return status == AGORA_OK ? 0 : 1;
}
