/* Does one task with an App Certificate, for those who look at its memory then: see crates/xtask/src/test/secrets.rs.

   Standard input: a line that is the certificate, then a line for "go" and one for "stop". Standard output: a line once
   it has read the certificate, and one once it has done its task. */
#include "../c/arrow_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OTHER "0123456789abcdef0123456789abcdef"
#define APP_ID "970CA35de60c44645bbae8a215061b33"

static char certificate[33];
static char line[64];
static const char *volatile kept;

static void done(agora_status status)
{
    if (status != AGORA_OK) {
        fprintf(stderr, "%s\n", agora_status_name(status));
        exit(2);
    }
}

static char *token_of(const char *with)
{
    char *token = NULL;
    done(agora_build_token2_with_uid(APP_ID, with, "room", 42, AGORA_ROLE_PUBLISHER, 3600, 3600, &token));
    return token;
}

static void builder_007(void)
{
    agora_string_free(token_of(certificate));
}

static void builder_006(void)
{
    char *token = NULL;
    done(agora_build_token_with_uid(APP_ID, certificate, "room", 42, AGORA_ROLE_PUBLISHER, 0, &token));
    agora_string_free(token);
}

static void refused(void)
{
    char *token = NULL;
    char wrong[34];
    /* A certificate with a digit too many is refused, and is one all the same. */
    memcpy(wrong, certificate, 32);
    memcpy(wrong + 32, "0", 2);
    if (agora_build_token2_with_uid(APP_ID, wrong, "room", 42, 1, 60, 60, &token) == AGORA_OK)
        exit(2);
    memset(wrong, 0, sizeof wrong);
}

static void mechanism(void)
{
    agora_access_token2 *token = NULL;
    char *text = NULL;
    size_t index = 0;
    done(agora_access_token2_new(APP_ID, certificate, 0, 600, &token, NULL));
    done(agora_access_token2_add_rtm(token, "me", 2, &index, NULL));
    done(agora_access_token2_build(token, &text));
    agora_access_token2_free(token);
    agora_string_free(text);
}

static void issuer(void)
{
    int round;
    agora_issuer *issuer = NULL;
    done(agora_issuer_new(APP_ID, certificate, &issuer, NULL));
    for (round = 0; round < 3; round++) {
        agora_grant *grant = NULL;
        char *token = NULL;
        uint64_t times[3];
        done(agora_grant_new(&grant));
        done(agora_grant_set_uid(grant, 42, NULL));
        done(agora_grant_add_rtc(grant, "room", AGORA_ROLE_PUBLISHER, NULL));
        done(agora_issuer_issue(issuer, grant, &token, &times[0], &times[1], &times[2], NULL));
        agora_string_free(token);
        agora_grant_free(grant);
    }
    agora_issuer_free(issuer);
}

static void columns(void)
{
    agora_issuer *issuer = NULL;
    struct ArrowArrayStream rows = table_stream("channel", "uid", 2), tokens;
    struct ArrowArray batch;
    done(agora_issuer_new(APP_ID, certificate, &issuer, NULL));
    done(agora_issuer_issue_arrow(issuer, &rows, "lobby", AGORA_ROLE_PUBLISHER, NULL, 0, 1, &tokens, NULL));
    while (tokens.get_next(&tokens, &batch) == 0 && batch.release != NULL)
        batch.release(&batch);
    tokens.release(&tokens);
    agora_issuer_free(issuer);
}

static void verifier(void)
{
    agora_verifier *verifier = NULL;
    agora_expected *expected = NULL;
    char *token = token_of(OTHER);
    char *old = NULL;
    done(agora_build_token_with_uid(APP_ID, OTHER, "room", 42, 1, 0, &old));
    done(agora_verifier_new(APP_ID, certificate, &verifier, NULL));
    done(agora_verifier_add_certificate(verifier, "fedcba9876543210fedcba9876543210", NULL));
    done(agora_verifier_add_certificate(verifier, "00000000000000000000000000000000", NULL));
    done(agora_expected_new(&expected));
    done(agora_expected_set_channel(expected, "room", NULL));
    done(agora_expected_set_uid(expected, 42));
    if (agora_verifier_verify(verifier, token, expected, NULL) == AGORA_OK)
        exit(2);
    if (agora_verifier_verify(verifier, old, expected, NULL) == AGORA_OK)
        exit(2);
    agora_expected_free(expected);
    agora_verifier_free(verifier);
    agora_string_free(token);
    agora_string_free(old);
}

static void doctor(void)
{
    agora_attempt *attempt = NULL;
    agora_diagnosis *diagnosis = NULL;
    char *tokens[2] = {NULL, NULL};
    size_t index;
    tokens[0] = token_of(OTHER);
    done(agora_build_token_with_uid(APP_ID, OTHER, "room", 42, AGORA_ROLE_PUBLISHER, 0, &tokens[1]));
    done(agora_attempt_new(&attempt));
    done(agora_attempt_add_certificate(attempt, certificate, NULL));
    for (index = 0; index < 2; index++) {
        done(agora_diagnose(tokens[index], attempt, &diagnosis, NULL));
        agora_diagnosis_free(diagnosis);
        agora_string_free(tokens[index]);
    }
    agora_attempt_free(attempt);
}

/* Copies on the stack, where a program's certificate may have stood. */
static void stain(void)
{
    volatile char stack[4096];
    size_t index;
    for (index = 0; index < sizeof stack; index++)
        stack[index] = certificate[index % 32];
}

/* A handle takes over what stands on the stack where it has no value yet. */
static void handles(void)
{
    static void (*volatile stained)(void) = stain;
    agora_attempt *attempt = NULL;
    agora_expected *expected = NULL;
    agora_grant *grant = NULL;
    stained();
    done(agora_attempt_new(&attempt));
    stained();
    done(agora_expected_new(&expected));
    stained();
    done(agora_grant_new(&grant));
    agora_attempt_free(attempt);
    agora_expected_free(expected);
    agora_grant_free(grant);
}

/* What has to be found: else the search finds nothing at all. */
static void leak(void)
{
    static char copy[64];
    memcpy(copy + 20, certificate + 3, 8);
    kept = copy;
}

static const struct {
    const char *name;
    void (*run)(void);
} TASKS[] = {
    {"builder_007", builder_007}, {"builder_006", builder_006},
    {"refused", refused},         {"mechanism", mechanism},
    {"issuer", issuer},           {"columns", columns},
    {"verifier", verifier},       {"doctor", doctor},
    {"handles", handles},         {"leak", leak},
};

static void next_line(void)
{
    if (fgets(line, sizeof line, stdin) == NULL)
        exit(3);
}

int main(int count, char **words)
{
    size_t index;
    setvbuf(stdin, NULL, _IONBF, 0);
    setvbuf(stdout, NULL, _IONBF, 0);
    next_line();
    memcpy(certificate, line, 32);
    memset(line, 0, sizeof line);
    puts("ready");
    next_line();
    for (index = 0; index < sizeof TASKS / sizeof *TASKS; index++) {
        if (count == 2 && strcmp(TASKS[index].name, words[1]) == 0) {
            TASKS[index].run();
            puts("done");
            next_line();
            return 0;
        }
    }
    return 4;
}
