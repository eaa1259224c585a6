/* Issues a token with which user 42 joins the channel "room", publishes and logs in to messaging, good for ten minutes;
   prints it, and after how many seconds its holder should fetch the next. Set AGORA_APP_ID and AGORA_APP_CERTIFICATE;
   the certificate never leaves your server. */
#include <agora_token.h>

#include <stdio.h>

/* Whom to let in where, as what, for how long. */
static agora_status make_grant(agora_grant **grant, agora_refusal *refusal)
{
    agora_status status = agora_grant_new(grant);
    if (status == AGORA_OK) {
        status = agora_grant_set_uid(*grant, 42, refusal);
    }
    if (status == AGORA_OK) {
        status = agora_grant_add_rtc(*grant, "room", AGORA_ROLE_PUBLISHER, refusal);
    }
    if (status == AGORA_OK) {
        status = agora_grant_add_rtm(*grant);
    }
    if (status == AGORA_OK) {
        status = agora_grant_set_lifetime(*grant, 600, refusal);
    }
    return status;
}

int main(void)
{
    agora_issuer *issuer = NULL;
    agora_grant *grant = NULL;
    char *token = NULL;
    uint64_t issued_at = 0, refresh_after = 0;
    agora_refusal refusal = {AGORA_OK, -1, 0, "", ""};

    /* A server makes its issuer once; any number of threads may use it. */
    agora_status status = agora_issuer_from_env(&issuer, &refusal);
    if (status == AGORA_OK) {
        status = make_grant(&grant, &refusal);
    }
    if (status == AGORA_OK) {
        status = agora_issuer_issue(issuer, grant, &token, &issued_at, NULL, &refresh_after, &refusal);
    }
    if (status == AGORA_OK) {
        printf("%s\n%llu\n", token, (unsigned long long)(refresh_after - issued_at));
    } else {
        fprintf(stderr, "%s: %s %s\n", agora_status_name(status), refusal.field, refusal.reason);
    }
    agora_string_free(token);
    agora_grant_free(grant);
    agora_issuer_free(issuer);
    return status == AGORA_OK ? 0 : 1;
}
