/* Every function of the header, called well once; then with NULL for each of its pointers in turn, and with bytes that
 * are no UTF-8 for each of its texts: a status, no crash, and nothing written but NULL.
 * Takes the path of tests/vectors, from which it finds the header: no function of it may be left out here. */
#define _POSIX_C_SOURCE 200112L
#include <ctype.h>
#include <stdlib.h>
#include "arrow_table.h"
#include "check.h"
#include "sample.h"

/* Room for every kind of out-parameter. */
typedef struct {
    char *text;
    agora_access_token *token;
    agora_access_token2 *token2;
    agora_unverified_token *read;
    agora_unverified_token2 *read2;
    agora_rtm2_permissions *permissions;
    agora_verifier *verifier;
    agora_expected *expected;
    agora_verdict *verdict;
    agora_issuer *issuer;
    agora_grant *grant;
    agora_attempt *attempt;
    agora_diagnosis *diagnosis;
    const char *chars, *more_chars, *yet_more_chars;
    const uint8_t *bytes;
    size_t size;
    uint64_t u64, another_u64, yet_another_u64;
    uint32_t u32;
    int32_t i32;
    uint16_t u16, another_u16;
    int16_t i16;
    bool flag;
    uint8_t signature[AGORA_SIGNATURE_SIZE];
} outs;

static outs out, untouched;
/* Where functions tell why they refuse; and whether the one that is called has such a parameter. */
static agora_refusal refusal, untold;
static bool tells;
/* What is wrong with the pointer argument at a place; 0 for none of them. */
static enum { IS_NULL, IS_NOT_UTF8 } wrong;
static int place;
/* Which of them are text that ends in a NUL. */
static bool is_text[10];
static const char *called[200];
static size_t called_count;

static bool was_called(const char *function, size_t size)
{
    for (size_t i = 0; i < called_count; i++)
        if (strlen(called[i]) == size && memcmp(called[i], function, size) == 0)
            return true;
    return false;
}

static void note(const char *function)
{
    if (!was_called(function, strlen(function)) && called_count < sizeof called / sizeof called[0])
        called[called_count++] = function;
}

static void before(const char *function)
{
    if (place == 0)
        case_begin("%s", function);
    else
        case_begin("%s, pointer %d %s", function, place, wrong == IS_NULL ? "NULL" : "not UTF-8");
    memset(&out, 0x5a, sizeof out);
    memset(&untouched, 0x5a, sizeof untouched);
    memset(&refusal, 0x5a, sizeof refusal);
    memset(&untold, 0x5a, sizeof untold);
}

static void after(agora_status status)
{
    if (!tells || status == AGORA_OK) {
        CHECK(memcmp(&refusal, &untold, sizeof refusal) == 0);
    } else {
        CHECK_STATUS(status, refusal.status);
        CHECK(refusal.argument == -1);
        CHECK_TEXT(wrong == IS_NULL ? "is NULL" : "is not valid UTF-8 from byte 2 on", refusal.reason);
        /* An argument is called by its name. */
        CHECK(strlen(refusal.field) > 0);
    }
    if (place > 0) {
        CHECK_STATUS(wrong == IS_NULL ? AGORA_ERROR_NULL_ARGUMENT : AGORA_ERROR_INVALID_UTF8, status);
        /* The pointers among the out-parameters are NULL, and everything else is as it was. */
        CHECK(memcmp(&out, &untouched, sizeof out) == 0);
    } else if (CHECK_OK(status)) {
        agora_string_free(untouched.text == NULL ? out.text : NULL);
        agora_access_token_free(untouched.token == NULL ? out.token : NULL);
        agora_access_token2_free(untouched.token2 == NULL ? out.token2 : NULL);
        agora_unverified_token_free(untouched.read == NULL ? out.read : NULL);
        agora_unverified_token2_free(untouched.read2 == NULL ? out.read2 : NULL);
        agora_rtm2_permissions_free(untouched.permissions == NULL ? out.permissions : NULL);
        agora_verifier_free(untouched.verifier == NULL ? out.verifier : NULL);
        agora_expected_free(untouched.expected == NULL ? out.expected : NULL);
        agora_verdict_free(untouched.verdict == NULL ? out.verdict : NULL);
        agora_issuer_free(untouched.issuer == NULL ? out.issuer : NULL);
        agora_grant_free(untouched.grant == NULL ? out.grant : NULL);
        agora_attempt_free(untouched.attempt == NULL ? out.attempt : NULL);
        agora_diagnosis_free(untouched.diagnosis == NULL ? out.diagnosis : NULL);
    }
    case_end();
}

static const char *text_at(int where, const char *text)
{
    is_text[where] = true;
    return where != place ? text : wrong == IS_NULL ? NULL : "a\xffz";
}

/* The next place to try, until there are no more than `count`. */
static bool next_place(int count)
{
    do
        place++;
    while (place <= count && wrong == IS_NOT_UTF8 && !is_text[place]);
    return place <= count;
}

/* A function, noted. */
#define THE(function) (note(#function), function)
/* Calls it with all `count` pointers valid, which must succeed, then with each of them wrong. */
#define CALL(function, count, arguments)            \
    memset(is_text, 0, sizeof is_text);             \
    tells = strstr(#arguments, "&refusal") != NULL; \
    wrong = IS_NULL;                                \
    for (place = 0; place <= (count); place++) {    \
        before(#function);                          \
        after(THE(function) arguments);             \
    }                                               \
    wrong = IS_NOT_UTF8;                            \
    for (place = 0; next_place(count);) {           \
        before(#function);                          \
        after(function arguments);                  \
    }
/* The pointer argument at a place: text that ends in a NUL; a handle, bytes or a number to write to; a pointer to
 * write to. */
#define T(where, text) text_at(where, text)
#define P(where, pointer) (place == (where) && wrong == IS_NULL ? NULL : (pointer))
#define OUT(where, member) (place == (where) && wrong == IS_NULL ? NULL : (untouched.member = NULL, &out.member))

/* Streams, of which a call takes the one and gives the other. */
static struct ArrowArrayStream rows, tokens;

static void release(struct ArrowArrayStream *stream)
{
    if (stream->release != NULL)
        stream->release(stream);
}

static struct ArrowArrayStream *new_rows(void)
{
    release(&rows);
    rows = table_stream("channel", "uid", 1);
    return &rows;
}

static struct ArrowArrayStream *no_tokens(void)
{
    release(&tokens);
    return &tokens;
}

/* What the functions are called with. */
static agora_access_token *token;
static agora_access_token2 *token2;
static agora_unverified_token *read;
static agora_unverified_token2 *read2;
static agora_rtm2_permissions *permissions;
static agora_verifier *verifier;
static agora_expected *expected;
/* A second user would be refused. */
static agora_expected *expected_uid;
static agora_verdict *verdict;
static agora_issuer *issuer;
static agora_grant *grant;
static agora_attempt *attempt;
static agora_diagnosis *diagnosis;
static char *text_006, *text_007;

#include "generated/arguments.h"

static void any_builder(void)
{
    const agora_call call = {AGORA_BUILDER_FPA_TOKEN2, 0, 0, 0};
    const agora_value values[] = {{AGORA_VALUE_TEXT, 32, APP_ID}, {AGORA_VALUE_TEXT, 32, CERTIFICATE}};
    CALL(agora_build, 3, (P(1, &call), P(2, values), 2, OUT(3, text), &refusal))
    CALL(agora_apaas_chat_user_id, 2, (P(1, "ann"), 3, OUT(2, text)))
}

static void access_token2(void)
{
    CALL(agora_rtm2_permissions_new, 1, (OUT(1, permissions)))
    CALL(agora_rtm2_permissions_clear, 1, (P(1, permissions), 0, 0))
    CALL(agora_rtm2_permissions_add_resource, 2, (P(1, permissions), 0, 0, P(2, "news"), 4, &refusal))

    CALL(agora_access_token2_new, 3, (T(1, APP_ID), T(2, CERTIFICATE), 0, 60, OUT(3, token2), &refusal))
    CALL(agora_access_token2_new_at, 3, (T(1, APP_ID), T(2, CERTIFICATE), 1700000000, 60, 1, OUT(3, token2), &refusal))
    CALL(agora_access_token2_set_issue_ts, 1, (P(1, token2), 1700000000))
    CALL(agora_access_token2_set_expire, 1, (P(1, token2), 60))
    CALL(agora_access_token2_set_salt, 1, (P(1, token2), 1))
    CALL(agora_access_token2_issue_ts, 2, (P(1, token2), P(2, &out.u32)))
    CALL(agora_access_token2_expire, 2, (P(1, token2), P(2, &out.u32)))
    CALL(agora_access_token2_salt, 2, (P(1, token2), P(2, &out.u32)))
    services();
    const agora_value user_id = {AGORA_VALUE_TEXT, 3, "ann"};
    CALL(agora_access_token2_add_service, 3,
         (P(1, token2), AGORA_SERVICE_RTM, P(2, &user_id), 1, P(3, &out.size), &refusal))
    CALL(agora_access_token2_add_privilege, 1, (P(1, token2), 0, 1, 60))
    CALL(agora_access_token2_add_packed, 2, (P(1, token2), 300, P(2, "\0\0"), 2))
    CALL(agora_access_token2_signature, 2, (P(1, token2), P(2, out.signature)))
    CALL(agora_access_token2_build, 2, (P(1, token2), OUT(2, text)))
}

static void access_token(void)
{
    CALL(agora_access_token_new, 5,
         (T(1, APP_ID), T(2, CERTIFICATE), P(3, "room"), 4, P(4, "ann"), 3, OUT(5, token), &refusal))
    CALL(agora_access_token_new_at, 5,
         (T(1, APP_ID), T(2, CERTIFICATE), P(3, "room"), 4, P(4, "ann"), 3, 1800000000, 1, OUT(5, token), &refusal))
    CALL(agora_access_token_set_salt, 1, (P(1, token), 1))
    CALL(agora_access_token_set_expires_at, 1, (P(1, token), 1800000000))
    CALL(agora_access_token_salt, 2, (P(1, token), P(2, &out.u32)))
    CALL(agora_access_token_expires_at, 2, (P(1, token), P(2, &out.u32)))
    CALL(agora_access_token_add_privilege, 1, (P(1, token), 1, 0))
    CALL(agora_access_token_build, 2, (P(1, token), OUT(2, text)))
    CALL(agora_access_token_sign, 6,
         (P(1, CERTIFICATE), 32, P(2, APP_ID), 32, P(3, "room"), 4, P(4, "ann"), 3, P(5, "message"), 7,
          P(6, out.signature)))
}

static void unverified_token2(void)
{
    CALL(agora_unverified_token2_parse, 2, (T(1, text_007), OUT(2, read2), &refusal))
    CALL(agora_unverified_token2_verify_signature, 2, (P(1, read2), T(2, CERTIFICATE), &refusal))
    CALL(agora_unverified_token2_app_id, 3, (P(1, read2), OUT(2, chars), P(3, &out.size)))
    CALL(agora_unverified_token2_signature, 3, (P(1, read2), OUT(2, bytes), P(3, &out.size)))
    CALL(agora_unverified_token2_signing_info, 3, (P(1, read2), OUT(2, bytes), P(3, &out.size)))
    CALL(agora_unverified_token2_payload, 3, (P(1, read2), OUT(2, bytes), P(3, &out.size)))
    CALL(agora_unverified_token2_issue_ts, 2, (P(1, read2), P(2, &out.u32)))
    CALL(agora_unverified_token2_expire, 2, (P(1, read2), P(2, &out.u32)))
    CALL(agora_unverified_token2_expires_at, 2, (P(1, read2), P(2, &out.u64)))
    CALL(agora_unverified_token2_salt, 2, (P(1, read2), P(2, &out.u32)))
    CALL(agora_unverified_token2_is_complete, 2, (P(1, read2), P(2, &out.flag)))
    CALL(agora_unverified_token2_unread_bytes, 2, (P(1, read2), P(2, &out.size)))
    CALL(agora_unverified_token2_service_count, 2, (P(1, read2), P(2, &out.size)))
    CALL(agora_unverified_token2_service_type, 2, (P(1, read2), 0, P(2, &out.u16)))
    CALL(agora_unverified_token2_privilege_count, 2, (P(1, read2), 0, P(2, &out.size)))
    CALL(agora_unverified_token2_privilege, 3, (P(1, read2), 0, 0, P(2, &out.u16), P(3, &out.u32)))
    CALL(agora_unverified_token2_text, 3, (P(1, read2), 0, AGORA_FIELD_ROOM_UUID, OUT(2, chars), P(3, &out.size)))
    CALL(agora_unverified_token2_apaas_role, 2, (P(1, read2), 0, P(2, &out.i16)))
    CALL(agora_unverified_token2_permission_count, 2, (P(1, read2), 1, P(2, &out.size)))
    CALL(agora_unverified_token2_permission, 4,
         (P(1, read2), 1, 0, P(2, &out.u16), P(3, &out.another_u16), P(4, &out.size)))
    CALL(agora_unverified_token2_resource, 3, (P(1, read2), 1, 0, 0, OUT(2, chars), P(3, &out.size)))
}

static void unverified_token(void)
{
    CALL(agora_unverified_token_parse, 2, (T(1, text_006), OUT(2, read), &refusal))
    CALL(agora_unverified_token_verify, 4, (P(1, read), T(2, CERTIFICATE), P(3, "room"), 4, P(4, "ann"), 3, &refusal))
    CALL(agora_unverified_token_app_id, 3, (P(1, read), OUT(2, chars), P(3, &out.size)))
    CALL(agora_unverified_token_signature, 3, (P(1, read), OUT(2, bytes), P(3, &out.size)))
    CALL(agora_unverified_token_message, 3, (P(1, read), OUT(2, bytes), P(3, &out.size)))
    CALL(agora_unverified_token_channel_crc, 2, (P(1, read), P(2, &out.u32)))
    CALL(agora_unverified_token_user_crc, 2, (P(1, read), P(2, &out.u32)))
    CALL(agora_unverified_token_salt, 2, (P(1, read), P(2, &out.u32)))
    CALL(agora_unverified_token_expires_at, 2, (P(1, read), P(2, &out.u32)))
    CALL(agora_unverified_token_privilege_count, 2, (P(1, read), P(2, &out.size)))
    CALL(agora_unverified_token_privilege, 3, (P(1, read), 0, P(2, &out.u16), P(3, &out.u32)))
}

static void verifiers(void)
{
    CALL(agora_verifier_new, 3, (T(1, APP_ID), T(2, CERTIFICATE), OUT(3, verifier), &refusal))
    CALL(agora_verifier_from_env, 1, (OUT(1, verifier), &refusal))
    CALL(agora_verifier_copy, 2, (P(1, verifier), OUT(2, verifier)))
    CALL(agora_verifier_add_certificate, 2, (P(1, verifier), T(2, CERTIFICATE), &refusal))
    CALL(agora_verifier_set_now, 1, (P(1, verifier), 1700000000, &refusal))
    CALL(agora_verifier_ignore_time, 1, (P(1, verifier)))
    CALL(agora_verifier_set_leeway, 1, (P(1, verifier), 1))
    CALL(agora_expected_new, 1, (OUT(1, expected)))
    CALL(agora_expected_copy, 2, (P(1, expected), OUT(2, expected)))
    CALL(agora_expected_set_service, 1, (P(1, expected), AGORA_SERVICE_RTC, &refusal))
    CALL(agora_expected_set_privilege, 1, (P(1, expected), AGORA_RTC_JOIN_CHANNEL))
    CALL(agora_expected_set_channel, 2, (P(1, expected), T(2, "room"), &refusal))
    CALL(agora_expected_set_uid, 1, (P(1, expected_uid), 1))
    CALL(agora_expected_set_account, 2, (P(1, expected), T(2, "ann"), &refusal))
    CALL(agora_verifier_verify, 3, (P(1, verifier), T(2, text_006), P(3, expected), &refusal))
    CALL(agora_verifier_verdict, 4, (P(1, verifier), T(2, text_006), P(3, expected), OUT(4, verdict), &refusal))
    CALL(agora_verdict_is_valid, 2, (P(1, verdict), P(2, &out.flag)))
    CALL(agora_verdict_certificate, 2, (P(1, verdict), P(2, &out.i32)))
    CALL(agora_verdict_refusal_count, 2, (P(1, verdict), P(2, &out.size)))
    CALL(agora_verdict_refusal, 3, (P(1, verdict), 0, NULL, OUT(2, chars), OUT(3, more_chars), NULL))
    CALL(agora_verdict_to_json, 2, (P(1, verdict), OUT(2, text), &refusal))
    CALL(agora_inspect, 2, (T(1, text_007), OUT(2, text), &refusal))
}

static void issuers(void)
{
    CALL(agora_issuer_new, 3, (T(1, APP_ID), T(2, CERTIFICATE), OUT(3, issuer), &refusal))
    CALL(agora_issuer_from_env, 1, (OUT(1, issuer), &refusal))
    CALL(agora_grant_new, 1, (OUT(1, grant)))
    CALL(agora_grant_set_uid, 1, (P(1, grant), 1, &refusal))
    CALL(agora_grant_set_any_user, 1, (P(1, grant)))
    CALL(agora_grant_set_user, 2, (P(1, grant), T(2, "42"), &refusal))
    CALL(agora_grant_set_user_json, 2, (P(1, grant), T(2, "42"), &refusal))
    CALL(agora_grant_set_account, 2, (P(1, grant), T(2, "ann"), &refusal))
    CALL(agora_grant_copy, 2, (P(1, grant), OUT(2, grant)))
    CALL(agora_grant_add_rtc, 2, (P(1, grant), T(2, "room"), AGORA_ROLE_PUBLISHER, &refusal))
    agora_grant_free(grant); /* which has its one channel now */
    if (agora_grant_new(&grant) != AGORA_OK || agora_grant_set_uid(grant, 1, NULL) != AGORA_OK)
        abort();
    CALL(agora_grant_add_rtc_any_channel, 1, (P(1, grant), AGORA_ROLE_SUBSCRIBER, &refusal))
    CALL(agora_grant_add_rtm, 1, (P(1, grant)))
    CALL(agora_grant_add_rtm2, 2, (P(1, grant), P(2, permissions), &refusal))
    CALL(agora_grant_add_chat, 1, (P(1, grant)))
    CALL(agora_grant_set_lifetime, 1, (P(1, grant), 60, &refusal))
    CALL(agora_grant_set_lifetime_longer_than_a_day, 1, (P(1, grant), 100000, &refusal))
    CALL(agora_grant_set_publish_lifetime, 1, (P(1, grant), 30, &refusal))
    CALL(agora_grant_set_publish_lifetime_longer_than_a_day, 1, (P(1, grant), 100000, &refusal))
    CALL(agora_grant_add_service, 1, (P(1, grant), AGORA_SERVICE_RTC, &refusal))
    CALL(agora_grant_set_channel, 2, (P(1, grant), T(2, "room"), &refusal))
    CALL(agora_grant_set_any_channel, 1, (P(1, grant)))
    CALL(agora_grant_set_role, 1, (P(1, grant), AGORA_ROLE_PUBLISHER, &refusal))
    CALL(agora_grant_set_room, 2, (P(1, grant), T(2, "room"), 1, &refusal))
    CALL(agora_check_text, 1, (P(1, "room"), 4, &refusal))
    CALL(agora_check_channel, 1, (P(1, "room"), 4, &refusal))
    CALL(agora_check_account, 1, (P(1, "ann"), 3, &refusal))
    CALL(agora_read_user, 2, (P(1, "42"), 2, P(2, &out.u32), &refusal))
    CALL(agora_read_user_json, 3, (P(1, "42"), 2, P(2, &out.u32), OUT(3, text), &refusal))
    CALL(agora_draw_salt, 1, (P(1, &out.u32), &refusal))
    CALL(agora_grant_allow_long_token, 1, (P(1, grant)))
    /* Of when a token ends nobody need be told. */
    CALL(agora_issuer_issue, 3,
         (P(1, issuer), P(2, grant), OUT(3, text), &out.u64, NULL, &out.yet_another_u64, &refusal))
    CALL(agora_issuer_issue_at, 3,
         (P(1, issuer), P(2, grant), 1700000000, 12345, OUT(3, text), &out.u64, &out.another_u64, NULL, &refusal))
    CALL(agora_issuer_issue_arrow, 3,
         (P(1, issuer), P(2, new_rows()), "room", 0, "rtc", 0, 0, P(3, no_tokens()), &refusal))
    release(&rows);
    release(&tokens);
}

static void doctor(void)
{
    CALL(agora_attempt_new, 1, (OUT(1, attempt)))
    CALL(agora_attempt_set_app_id, 2, (P(1, attempt), T(2, APP_ID), &refusal))
    CALL(agora_attempt_set_channel, 2, (P(1, attempt), T(2, "room"), &refusal))
    CALL(agora_attempt_set_uid, 1, (P(1, attempt), 1))
    CALL(agora_attempt_set_account, 2, (P(1, attempt), T(2, "ann"), &refusal))
    CALL(agora_attempt_set_service, 1, (P(1, attempt), AGORA_SERVICE_RTC, &refusal))
    CALL(agora_attempt_set_role, 1, (P(1, attempt), AGORA_ROLE_PUBLISHER, &refusal))
    CALL(agora_attempt_set_at, 1, (P(1, attempt), 1700000000, &refusal))
    CALL(agora_attempt_set_sdk, 2, (P(1, attempt), T(2, "web 4.20.0"), &refusal))
    CALL(agora_attempt_set_error, 2, (P(1, attempt), T(2, "110"), &refusal))
    CALL(agora_attempt_add_certificate, 2, (P(1, attempt), T(2, CERTIFICATE), &refusal))
    CALL(agora_attempt_copy, 2, (P(1, attempt), OUT(2, attempt)))
    CALL(agora_attempt_redact, 1, (P(1, attempt)))
    CALL(agora_diagnose, 3, (T(1, text_007), P(2, attempt), OUT(3, diagnosis), &refusal))
    CALL(agora_diagnosis_to_json, 2, (P(1, diagnosis), OUT(2, text), &refusal))
    CALL(agora_diagnosis_finding_count, 2, (P(1, diagnosis), P(2, &out.size)))
    CALL(agora_diagnosis_finding, 5,
         (P(1, diagnosis), 0, OUT(2, chars), P(3, &out.u32), OUT(4, more_chars), OUT(5, yet_more_chars)))
}

/* A token to read of each generation: aPaaS with a privilege and RTM2 with a permission, and RTC. */
static void prepare(void)
{
    size_t service = 0;
    case_begin("what the functions are called with");
    CHECK_OK(agora_rtm2_permissions_new(&permissions));
    CHECK_OK(agora_rtm2_permissions_add_resource(permissions, 0, 0, "news", 4, NULL));
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, 0, 60, &token2, NULL));
    CHECK_OK(agora_access_token2_add_apaas(token2, "room", 4, "ann", 3, 1, &service, NULL));
    CHECK_OK(agora_access_token2_add_privilege(token2, service, AGORA_APAAS_ROOM_USER, 60));
    CHECK_OK(agora_access_token2_add_rtm2(token2, "ann", 3, permissions, &service, NULL));
    CHECK_OK(agora_access_token2_build(token2, &text_007));
    CHECK_OK(agora_unverified_token2_parse(text_007, &read2, NULL));
    CHECK_OK(agora_access_token_new(APP_ID, CERTIFICATE, "room", 4, "ann", 3, &token, NULL));
    CHECK_OK(agora_access_token_add_privilege(token, AGORA_RTC_JOIN_CHANNEL, 0));
    CHECK_OK(agora_access_token_build(token, &text_006));
    CHECK_OK(agora_unverified_token_parse(text_006, &read, NULL));
    CHECK_OK(agora_verifier_new(APP_ID, CERTIFICATE, &verifier, NULL));
    CHECK_OK(agora_expected_new(&expected));
    CHECK_OK(agora_expected_new(&expected_uid));
    CHECK_OK(agora_verifier_verdict(verifier, "no token", expected, &verdict, NULL));
    CHECK_OK(agora_issuer_new(APP_ID, CERTIFICATE, &issuer, NULL));
    CHECK_OK(agora_grant_new(&grant));
    setenv("AGORA_APP_ID", APP_ID, 1);
    setenv("AGORA_APP_CERTIFICATE", CERTIFICATE, 1);
    CHECK_OK(agora_attempt_new(&attempt));
    CHECK_OK(agora_diagnose("", attempt, &diagnosis, NULL));
    case_end();
}

/* Freeing nothing, twice; and what prepare made. No case: all that can go wrong ends the program. */
static void frees(void)
{
    for (int times = 0; times < 2; times++) {
        THE(agora_string_free)(NULL);
        THE(agora_rtm2_permissions_free)(NULL);
        THE(agora_access_token_free)(NULL);
        THE(agora_access_token2_free)(NULL);
        THE(agora_unverified_token_free)(NULL);
        THE(agora_unverified_token2_free)(NULL);
        THE(agora_verifier_free)(NULL);
        THE(agora_expected_free)(NULL);
        THE(agora_verdict_free)(NULL);
        THE(agora_issuer_free)(NULL);
        THE(agora_grant_free)(NULL);
        THE(agora_attempt_free)(NULL);
        THE(agora_diagnosis_free)(NULL);
    }
    agora_string_free(text_006);
    agora_string_free(text_007);
    agora_rtm2_permissions_free(permissions);
    agora_access_token_free(token);
    agora_access_token2_free(token2);
    agora_unverified_token_free(read);
    agora_unverified_token2_free(read2);
    agora_verifier_free(verifier);
    agora_expected_free(expected);
    agora_expected_free(expected_uid);
    agora_verdict_free(verdict);
    agora_issuer_free(issuer);
    agora_grant_free(grant);
    agora_attempt_free(attempt);
    agora_diagnosis_free(diagnosis);
}

static void functions_without_pointers(void)
{
    case_begin("functions without pointers");
    CHECK(THE(agora_abi_version)() > 0);
    CHECK(THE(agora_version)() != NULL);
    CHECK(THE(agora_status_name)(AGORA_OK) != NULL);
    CHECK(THE(agora_status_message)(AGORA_OK) != NULL);
    CHECK(THE(agora_status_field)(AGORA_OK) != NULL);
    CHECK(THE(agora_status_fault)(AGORA_OK) == 0);
    case_end();
}

/* Every agora_... that an opening parenthesis follows, outside of comments. */
static void header_is_covered(const char *path)
{
    char line[1000];
    int declared = 0;
    FILE *header = fopen(path, "r");
    case_begin("every function of %s is called here", path);
    while (header != NULL && fgets(line, sizeof line, header) != NULL) {
        const char *open = strchr(line, '(');
        if (open == NULL || strncmp(line, "//", 2) == 0 || strncmp(line, " *", 2) == 0)
            continue;
        const char *name = open;
        while (name > line && (isalnum((unsigned char)name[-1]) || name[-1] == '_'))
            name--;
        if (strncmp(name, "agora_", 6) == 0) {
            const int size = (int)(open - name);
            check_that(was_called(name, (size_t)size), __FILE__, __LINE__, "%.*s is not called", size, name);
            declared++;
        }
    }
    CHECK(declared > 0);
    check_that(declared == (int)called_count, __FILE__, __LINE__, "%d functions are declared, %d called", declared,
               (int)called_count);
    printf("%d of %d functions of the header\n", (int)called_count, declared);
    case_end();
    if (header != NULL)
        fclose(header);
}

int main(int argument_count, char **arguments)
{
    char header[1000];
    snprintf(header, sizeof header, "%s/../../include/agora_token.h",
             argument_count > 1 ? arguments[1] : "tests/vectors");
    prepare();
    builders();
    any_builder();
    access_token2();
    access_token();
    unverified_token2();
    unverified_token();
    verifiers();
    issuers();
    doctor();
    functions_without_pointers();
    frees();
    header_is_covered(header);
    return summary();
}
