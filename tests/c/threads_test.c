/* Many threads at once: minting, reading one handle, judging with one verifier. */
#include "check.h"
#include "sample.h"
#include <pthread.h>
#include <stdlib.h>

enum { THREADS = 4, TOKENS = 2000 };

/* What all threads read from. */
static agora_access_token2 *shared_token;
static agora_verifier *shared_verifier;

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
    const bool good = agora_unverified_token2_parse(text, &read) == AGORA_OK &&
                      agora_unverified_token2_verify_signature(read, CERTIFICATE) == AGORA_OK &&
                      agora_unverified_token2_salt(read, out_salt) == AGORA_OK &&
                      agora_unverified_token2_text(read, 0, AGORA_FIELD_ACCOUNT, &found, &size) == AGORA_OK &&
                      size == strlen(account) && memcmp(found, account, size) == 0;
    agora_unverified_token2_free(read);
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
            agora_verifier_check(shared_verifier, text) != AGORA_OK ||
            agora_access_token2_build(shared_token, &same) != AGORA_OK ||
            agora_verifier_check(shared_verifier, same) != AGORA_ERROR_CHANNEL_MISMATCH)
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
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, 0, 3600, &shared_token));
    CHECK_OK(agora_access_token2_add_rtc(shared_token, "hall", 4, "ann", 3, &service));
    CHECK_OK(agora_verifier_new(CERTIFICATE, &shared_verifier));
    CHECK_OK(agora_verifier_set_channel_name(shared_verifier, "room"));
    CHECK_OK(agora_verifier_set_leeway(shared_verifier, 1));
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
    CHECK(salts[0] >= 1 && salts[0] < 1000000);
    CHECK(salts[THREADS * TOKENS - 1] <= 99999999 && salts[THREADS * TOKENS - 1] > 99000000);
    case_end();

    agora_verifier_free(shared_verifier);
    agora_access_token2_free(shared_token);
    return summary();
}
