/* Many threads at once: minting, also with one issuer, reading one handle, judging with one verifier. */
#include <pthread.h>
#include <stdlib.h>
#include "check.h"
#include "sample.h"

enum { THREADS = 4, TOKENS = 2000 };

/* What all threads read from. */
static agora_access_token2 *shared_token;
static agora_verifier *shared_verifier;
static agora_expected *shared_expected;
static agora_issuer *shared_issuer;
static agora_grant *shared_grant;
static agora_attempt *shared_attempt;

typedef struct {
    uint32_t uid;
    uint32_t salts[TOKENS];
    int failures;
} worker;

static bool reads_back(const char *text, uint32_t uid, uint32_t *out_salt)
{
    char account[12];
    const char *found = NULL;
    size_t size = 0;
    agora_unverified_token2 *read = NULL;
    snprintf(account, sizeof account, "%lu", (unsigned long)uid);
    const bool good = agora_unverified_token2_parse(text, &read, NULL) == AGORA_OK &&
                      agora_unverified_token2_verify_signature(read, CERTIFICATE, NULL) == AGORA_OK &&
                      agora_unverified_token2_salt(read, out_salt) == AGORA_OK &&
                      agora_unverified_token2_text(read, 0, AGORA_FIELD_ACCOUNT, &found, &size) == AGORA_OK &&
                      size == strlen(account) && memcmp(found, account, size) == 0;
    agora_unverified_token2_free(read);
    return good;
}

/* One issuer, grant and attempt serve all threads. */
static bool issues_and_diagnoses(void)
{
    char *text = NULL;
    uint64_t issued_at = 0, expires_at = 0, refresh_after = 0;
    agora_diagnosis *diagnosis = NULL;
    size_t count = 7;
    const bool good = agora_issuer_issue(shared_issuer, shared_grant, &text, &issued_at, &expires_at, &refresh_after,
                                         NULL) == AGORA_OK &&
                      agora_verifier_verify(shared_verifier, text, shared_expected, NULL) == AGORA_OK &&
                      agora_diagnose(text, shared_attempt, &diagnosis, NULL) == AGORA_OK &&
                      agora_diagnosis_finding_count(diagnosis, &count) == AGORA_OK && count == 0;
    agora_diagnosis_free(diagnosis);
    agora_string_free(text);
    return good;
}

static void *work(void *argument)
{
    worker *self = argument;
    for (int i = 0; i < TOKENS; i++) {
        char *text = NULL, *same = NULL;
        const agora_status minted = agora_build_token2_with_uid(APP_ID, CERTIFICATE, "room", self->uid,
                                                                AGORA_ROLE_PUBLISHER, 3600, 3600, &text);
        if (minted != AGORA_OK || !reads_back(text, self->uid, &self->salts[i]) ||
            agora_verifier_verify(shared_verifier, text, shared_expected, NULL) != AGORA_OK ||
            agora_access_token2_build(shared_token, &same) != AGORA_OK ||
            agora_verifier_verify(shared_verifier, same, shared_expected, NULL) != AGORA_ERROR_CHANNEL_MISMATCH ||
            !issues_and_diagnoses())
            self->failures++;
        agora_string_free(text);
        agora_string_free(same);
    }
    return NULL;
}

static int ascending(const void *one, const void *other)
{
    const uint32_t left = *(const uint32_t *)one, right = *(const uint32_t *)other;
    return (left > right) - (left < right);
}

int main(void)
{
    static worker workers[THREADS];
    static uint32_t salts[THREADS * TOKENS];
    pthread_t threads[THREADS];
    size_t service = 0;
    case_begin("what the threads share");
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, 0, 3600, &shared_token, NULL));
    CHECK_OK(agora_access_token2_add_rtc(shared_token, "hall", 4, "ann", 3, &service, NULL));
    CHECK_OK(agora_verifier_new(APP_ID, CERTIFICATE, &shared_verifier, NULL));
    CHECK_OK(agora_expected_new(&shared_expected));
    CHECK_OK(agora_expected_set_channel(shared_expected, "room", NULL));
    CHECK_OK(agora_verifier_set_leeway(shared_verifier, 1));
    CHECK_OK(agora_issuer_new(APP_ID, CERTIFICATE, &shared_issuer, NULL));
    CHECK_OK(agora_grant_new(&shared_grant));
    CHECK_OK(agora_grant_set_uid(shared_grant, 42, NULL));
    CHECK_OK(agora_grant_add_rtc(shared_grant, "room", AGORA_ROLE_PUBLISHER, NULL));
    CHECK_OK(agora_attempt_new(&shared_attempt));
    CHECK_OK(agora_attempt_set_channel(shared_attempt, "room", NULL));
    CHECK_OK(agora_attempt_set_uid(shared_attempt, 42));
    CHECK_OK(agora_attempt_add_certificate(shared_attempt, CERTIFICATE, NULL));
    case_end();

    bool started[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i].uid = (uint32_t)(i + 1);
        started[i] = pthread_create(&threads[i], NULL, work, &workers[i]) == 0;
    }
    for (int i = 0; i < THREADS; i++) {
        case_begin("thread %d", i);
        CHECK(started[i] && pthread_join(threads[i], NULL) == 0);
        CHECK(workers[i].failures == 0);
        case_end();
        memcpy(salts + i * TOKENS, workers[i].salts, sizeof workers[i].salts);
    }

    int repeated = 0;
    case_begin("%d salts", THREADS * TOKENS);
    qsort(salts, THREADS * TOKENS, sizeof salts[0], ascending);
    for (int i = 1; i < THREADS * TOKENS; i++)
        repeated += salts[i] == salts[i - 1];
    /* A third of a pair is equal by chance; threads that share a sequence repeat thousands. */
    CHECK(repeated <= 6);
    CHECK(salts[0] >= 16842752 && salts[0] < 18000000);
    CHECK(salts[THREADS * TOKENS - 1] <= 99999999 && salts[THREADS * TOKENS - 1] > 99000000);
    case_end();

    agora_attempt_free(shared_attempt);
    agora_grant_free(shared_grant);
    agora_issuer_free(shared_issuer);
    agora_expected_free(shared_expected);
    agora_verifier_free(shared_verifier);
    agora_access_token2_free(shared_token);
    return summary();
}
