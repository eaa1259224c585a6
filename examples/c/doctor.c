/* Reads a token from standard input and says why user 42 cannot join the channel "room" with it: exit code 0 if nothing
   keeps the user out. The argument, if any, is the error that the client saw, such as 110. AGORA_APP_ID is the App ID
   of the client; with AGORA_APP_CERTIFICATE the signature is checked too. */
#include <agora_token.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is known of the client. */
static agora_status describe(agora_attempt *attempt, const char *error)
{
    const char *app_id = getenv("AGORA_APP_ID");
    const char *app_certificate = getenv("AGORA_APP_CERTIFICATE");
    agora_status status = agora_attempt_set_channel(attempt, "room", NULL);
    if (status == AGORA_OK) {
        status = agora_attempt_set_uid(attempt, 42);
    }
    if (status == AGORA_OK) {
        status = agora_attempt_set_service(attempt, AGORA_SERVICE_RTC, NULL);
    }
    if (status == AGORA_OK && error != NULL) {
        status = agora_attempt_set_error(attempt, error, NULL);
    }
    if (status == AGORA_OK && app_id != NULL) {
        status = agora_attempt_set_app_id(attempt, app_id, NULL);
    }
    if (status == AGORA_OK && app_certificate != NULL) {
        status = agora_attempt_add_certificate(attempt, app_certificate, NULL);
    }
    return status;
}

/* Prints the findings; gives the severity of the worst, 0 if there is none. */
static uint32_t print(const agora_diagnosis *diagnosis)
{
    const char *code, *cause, *fix;
    uint32_t severity, worst = 0;
    size_t index;
    for (index = 0; agora_diagnosis_finding(diagnosis, index, &code, &severity, &cause, &fix) == AGORA_OK; index++) {
        printf("%s: %s\n  %s\n", code, cause, fix);
        worst = severity > worst ? severity : worst;
    }
    return worst;
}

int main(int argument_count, char **arguments)
{
    char token[8192] = "";
    agora_attempt *attempt = NULL;
    agora_diagnosis *diagnosis = NULL;
    uint32_t worst = 0;
    agora_status status;

    /* As it is, with what may be wrong with it. */
    if (fgets(token, sizeof token, stdin) != NULL) {
        token[strcspn(token, "\n")] = '\0';
    }

    status = agora_attempt_new(&attempt);
    if (status == AGORA_OK) {
        status = describe(attempt, argument_count > 1 ? arguments[1] : NULL);
    }
    if (status == AGORA_OK) {
        status = agora_diagnose(token, attempt, &diagnosis, NULL);
    }
    if (status == AGORA_OK) {
        worst = print(diagnosis);
    } else {
        fprintf(stderr, "%s: %s\n", agora_status_name(status), agora_status_message(status));
    }
    agora_diagnosis_free(diagnosis);
    agora_attempt_free(attempt);
    return status != AGORA_OK ? 2 : worst == AGORA_SEVERITY_ERROR ? 1 : 0;
}
