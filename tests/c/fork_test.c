/* A forked process draws salts of its own: from the main thread or another, at any point of a pool, and its children too. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "check.h"
#include "sample.h"

enum { DRAWN = 80, FORKS = 70 };

static agora_issuer *issuer;
static agora_grant *grant;

static bool salt_of(const char *token, uint32_t *out_salt)
{
    agora_unverified_token2 *read = NULL;
    const bool good = agora_unverified_token2_parse(token, &read, NULL) == AGORA_OK &&
                      agora_unverified_token2_verify_signature(read, CERTIFICATE, NULL) == AGORA_OK &&
                      agora_unverified_token2_salt(read, out_salt) == AGORA_OK;
    agora_unverified_token2_free(read);
    return good;
}

/* Salts of `count` tokens; 0, which is none, when one could not be made. By an issuer and by a builder in turns. */
static void draw(uint32_t *salts, int count)
{
    for (int i = 0; i < count; i++) {
        char *token = NULL;
        uint64_t start = 0, end = 0, next = 0;
        const agora_status status =
            i % 2 == 0 ? agora_issuer_issue(issuer, grant, &token, &start, &end, &next, NULL)
                       : agora_build_token2_with_uid(APP_ID, CERTIFICATE, "room", 42, 1, 60, 60, &token);
        salts[i] = 0;
        if (status == AGORA_OK && !salt_of(token, &salts[i]))
            salts[i] = 0;
        agora_string_free(token);
    }
}

/* Draws in a child and in this process. */
static bool draw_in_both(uint32_t *own, uint32_t *child)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    fflush(stdout);
    const pid_t first = fork();
    if (first == 0) {
        uint32_t salts[DRAWN];
        draw(salts, DRAWN);
        /* Not by _exit: there a memory checker would take what the parent's other threads hold for lost. */
        if (write(ends[1], salts, sizeof salts) == (ssize_t)sizeof salts)
            execlp("true", "true", (char *)NULL);
        _exit(1);
    }
    close(ends[1]);
    draw(own, DRAWN);
    size_t got = 0;
    for (ssize_t more = 1; more > 0 && got < DRAWN * sizeof *child; got += (size_t)more) {
        more = read(ends[0], (char *)child + got, DRAWN * sizeof *child - got);
        if (more < 0)
            break;
    }
    close(ends[0]);
    int status = 1;
    return first > 0 && waitpid(first, &status, 0) == first && status == 0 && got == DRAWN * sizeof *child;
}

static bool compare(const char *who)
{
    int same = 0, none = 0;
    bool good = true;
    case_begin("%d forks from %s", FORKS, who);
    for (int i = 0; i < FORKS && good; i++) {
        uint32_t own[DRAWN], child[DRAWN], moved;
        /* The next fork meets the pool one salt on. */
        draw(&moved, 1);
        good = CHECK(draw_in_both(own, child));
        for (int j = 0; j < DRAWN && good; j++) {
            same += own[j] == child[j];
            none += own[j] == 0 || child[j] == 0;
        }
    }
    CHECK(same == 0);
    CHECK(none == 0);
    return case_end();
}

static void *elsewhere(void *unused)
{
    compare("another thread");
    return unused;
}

int main(void)
{
    case_begin("an issuer");
    CHECK_OK(agora_issuer_new(APP_ID, CERTIFICATE, &issuer, NULL));
    CHECK_OK(agora_grant_new(&grant));
    CHECK_OK(agora_grant_set_uid(grant, 42, NULL));
    CHECK_OK(agora_grant_add_rtc(grant, "room", AGORA_ROLE_PUBLISHER, NULL));
    case_end();

    compare("the main thread");
    fflush(stdout);
    int status = 1;
    const pid_t child = fork();
    if (child == 0) {
        const bool good = compare("a child");
        fflush(stdout);
        _exit(good ? 0 : 1);
    }
    case_begin("a child's children");
    CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
    case_end();

    /* The cases are one thread's at a time: this one begins when the other thread is done with its own. */
    pthread_t thread;
    const bool ran = pthread_create(&thread, NULL, elsewhere, NULL) == 0 && pthread_join(thread, NULL) == 0;
    case_begin("another thread");
    CHECK(ran);
    case_end();

    agora_grant_free(grant);
    agora_issuer_free(issuer);
    return summary();
}
