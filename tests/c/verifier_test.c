/* The verdict on a token: what each setter asks for, and which refusal comes first. */
#define _POSIX_C_SOURCE 200112L
#include <stdlib.h>
#include <time.h>
#include "check.h"
#include "json.h"
#include "sample.h"

#define ISSUED 1700000000u
#define EXPIRE 3600u

/* A token issued at a fixed time: RTC for a channel and a user, joining for `join` seconds. */
static char *rtc_token(const char *certificate, const char *channel_name, const char *account, uint32_t join)
{
    agora_access_token2 *token = NULL;
    char *text = NULL;
    size_t service = 0;
    CHECK_OK(agora_access_token2_new(APP_ID, certificate, ISSUED, EXPIRE, &token, NULL));
    CHECK_OK(agora_access_token2_add_rtc(token, channel_name, strlen(channel_name), account, strlen(account), &service,
                                         NULL));
    CHECK_OK(agora_access_token2_add_privilege(token, service, AGORA_RTC_JOIN_CHANNEL, join));
    CHECK_OK(agora_access_token2_build(token, &text));
    agora_access_token2_free(token);
    return text;
}

/* The same of the other generation; no account but a user in the channel's place makes a messaging token. One who
   publishes for a while may stay as long as the token lives. */
static char *token_006(const char *channel_name, const char *account, uint16_t privilege)
{
    agora_access_token *token = NULL;
    char *text = NULL;
    CHECK_OK(agora_access_token_new(APP_ID, CERTIFICATE, channel_name, strlen(channel_name), account, strlen(account),
                                    &token, NULL));
    CHECK_OK(agora_access_token_set_expires_at(token, ISSUED + EXPIRE));
    CHECK_OK(agora_access_token_add_privilege(token, privilege, ISSUED + 600));
    if (privilege == AGORA_RTC_PUBLISH_AUDIO_STREAM)
        CHECK_OK(agora_access_token_add_privilege(token, AGORA_RTC_JOIN_CHANNEL, 0));
    CHECK_OK(agora_access_token_build(token, &text));
    agora_access_token_free(token);
    return text;
}

/* What the verifier at hand expects of a token. */
static agora_expected *expected;

/* Expects nothing. */
static void expect_anew(void)
{
    agora_expected_free(expected);
    CHECK_OK(agora_expected_new(&expected));
}

/* Expects a user and, unless it is 0, a service. */
static void expect_user(const char *account, uint16_t service)
{
    expect_anew();
    CHECK_OK(agora_expected_set_account(expected, account, NULL));
    if (service != 0)
        CHECK_OK(agora_expected_set_service(expected, service, NULL));
}

static agora_verifier *verifier_of(const char *app_id, const char *certificate)
{
    agora_verifier *verifier = NULL;
    expect_anew();
    CHECK_OK(agora_verifier_new(app_id, certificate, &verifier, NULL));
    return verifier;
}

/* Judges at a time within the token's life unless told otherwise, and expects nothing yet. */
static agora_verifier *new_verifier(void)
{
    agora_verifier *verifier = verifier_of(APP_ID, CERTIFICATE);
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + 60, NULL));
    return verifier;
}

static void judges(agora_status first, const agora_verifier *verifier, const char *token, const char *what)
{
    agora_refusal refusal;
    const agora_status found = agora_verifier_verify(verifier, token, expected, &refusal);
    check_that(found == first, __FILE__, __LINE__, "%s: %s, %s expected", what, agora_status_name(found),
               agora_status_name(first));
    CHECK(found == AGORA_OK || (refusal.status == found && strlen(refusal.reason) > 0));
}

/* --- certificates -------------------------------------------------------------------------------- */

static void certificates(void)
{
    char *token = rtc_token(CERTIFICATE, "room", "ann", 0), *other = rtc_token(OTHER_CERTIFICATE, "room", "ann", 0);
    agora_verifier *verifier = new_verifier();
    case_begin("certificates");
    judges(AGORA_OK, verifier, token, "its certificate");
    judges(AGORA_ERROR_SIGNATURE_MISMATCH, verifier, other, "another certificate");
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_CERTIFICATE, agora_verifier_add_certificate(verifier, CERTIFICATE "\n", NULL));
    judges(AGORA_ERROR_SIGNATURE_MISMATCH, verifier, other, "a certificate that was refused");
    CHECK_OK(agora_verifier_add_certificate(verifier, OTHER_CERTIFICATE, NULL));
    judges(AGORA_OK, verifier, other, "the second certificate");
    judges(AGORA_OK, verifier, token, "the first of two");
    agora_verifier_free(verifier);
    verifier = (agora_verifier *)token;
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_CERTIFICATE, agora_verifier_new(APP_ID, "", &verifier, NULL));
    CHECK(verifier == NULL);
    agora_string_free(other);
    agora_string_free(token);
    case_end();
}

/* --- time ---------------------------------------------------------------------------------------- */

static void at(agora_status first, const char *token, uint64_t now, uint32_t leeway)
{
    char what[60];
    agora_verifier *verifier = new_verifier();
    snprintf(what, sizeof what, "at %llu, leeway %u", (unsigned long long)now, (unsigned)leeway);
    CHECK_OK(agora_verifier_set_now(verifier, now, NULL));
    CHECK_OK(agora_verifier_set_leeway(verifier, leeway));
    judges(first, verifier, token, what);
    agora_verifier_free(verifier);
}

static void times(void)
{
    char *token = rtc_token(CERTIFICATE, "room", "ann", 0);
    case_begin("time");
    at(AGORA_OK, token, ISSUED, 0);
    at(AGORA_ERROR_TOKEN_ISSUED_IN_FUTURE, token, ISSUED - 1, 0);
    at(AGORA_OK, token, ISSUED - 1, 1);
    at(AGORA_ERROR_TOKEN_ISSUED_IN_FUTURE, token, ISSUED - 31, 30);
    at(AGORA_OK, token, ISSUED + EXPIRE - 1, 0);
    at(AGORA_ERROR_TOKEN_EXPIRED, token, ISSUED + EXPIRE, 0);
    at(AGORA_OK, token, ISSUED + EXPIRE, 1);
    at(AGORA_ERROR_TOKEN_EXPIRED, token, ISSUED + EXPIRE + 30, 30);
    at(AGORA_ERROR_TOKEN_EXPIRED, token, 99999999999, UINT32_MAX);
    /* An hour at most: a larger leeway would turn the time off. */
    at(AGORA_OK, token, ISSUED - 3600, 3600);
    at(AGORA_OK, token, ISSUED - 3600, UINT32_MAX);
    at(AGORA_ERROR_TOKEN_ISSUED_IN_FUTURE, token, ISSUED - 3601, 3601);
    at(AGORA_ERROR_TOKEN_ISSUED_IN_FUTURE, token, ISSUED - 3601, UINT32_MAX);
    at(AGORA_ERROR_TOKEN_ISSUED_IN_FUTURE, token, 0, UINT32_MAX);
    at(AGORA_OK, token, ISSUED + EXPIRE + 3599, UINT32_MAX);
    at(AGORA_ERROR_TOKEN_EXPIRED, token, ISSUED + EXPIRE + 3600, UINT32_MAX);
    case_end();

    char *brief = rtc_token(CERTIFICATE, "room", "ann", 600);
    case_begin("time of a privilege");
    at(AGORA_OK, brief, ISSUED + 599, 0);
    at(AGORA_ERROR_PRIVILEGE_EXPIRED, brief, ISSUED + 600, 0);
    at(AGORA_OK, brief, ISSUED + 600, 1);
    case_end();

    agora_verifier *verifier = new_verifier();
    case_begin("no time");
    CHECK_OK(agora_verifier_set_now(verifier, 99999999999, NULL));
    judges(AGORA_ERROR_TOKEN_EXPIRED, verifier, brief, "late");
    agora_refusal refusal;
    CHECK_STATUS(AGORA_ERROR_INVALID_TIMESTAMP, agora_verifier_set_now(verifier, 1700000000000, &refusal));
    CHECK_TEXT("now", refusal.field);
    CHECK_OK(agora_verifier_ignore_time(verifier));
    judges(AGORA_OK, verifier, brief, "ignoring time");
    CHECK_OK(agora_verifier_set_now(verifier, 99999999999, NULL));
    judges(AGORA_ERROR_TOKEN_EXPIRED, verifier, brief, "late again");
    agora_verifier_free(verifier);
    case_end();

    char *fresh = NULL;
    case_begin("the system's time");
    verifier = verifier_of(APP_ID, CERTIFICATE);
    judges(AGORA_ERROR_TOKEN_EXPIRED, verifier, token, "an old token");
    CHECK_OK(agora_build_token2_with_uid(APP_ID, CERTIFICATE, "room", 1, AGORA_ROLE_SUBSCRIBER, 60, 60, &fresh));
    judges(AGORA_OK, verifier, fresh, "a new token");
    agora_verifier_free(verifier);
    case_end();

    agora_string_free(fresh);
    agora_string_free(brief);
    agora_string_free(token);
}

/* --- App ID, channel, user ----------------------------------------------------------------------- */

/* What a verifier that wants a channel and a user says; NULL wants none. */
static void wants(agora_status first, const char *token, const char *channel_name, const char *user_account)
{
    char what[200];
    agora_verifier *verifier = new_verifier();
    snprintf(what, sizeof what, "wanted %s and %s", channel_name != NULL ? channel_name : "any channel",
             user_account != NULL ? user_account : "any user");
    if (channel_name != NULL)
        CHECK_OK(agora_expected_set_channel(expected, channel_name, NULL));
    if (user_account != NULL)
        CHECK_OK(agora_expected_set_account(expected, user_account, NULL));
    judges(first, verifier, token, what);
    agora_verifier_free(verifier);
}

static void wants_uid(agora_status first, const char *token, uint32_t uid)
{
    agora_verifier *verifier = new_verifier();
    CHECK_OK(agora_expected_set_uid(expected, uid));
    judges(first, verifier, token, "wanted a uid");
    agora_verifier_free(verifier);
}

static void app_ids(void)
{
    char *token = rtc_token(CERTIFICATE, "room", "ann", 0);
    case_begin("App IDs");
    agora_verifier *verifier = new_verifier();
    judges(AGORA_OK, verifier, token, "its App ID");
    agora_verifier_free(verifier);
    /* Letter case counts. */
    static const char *const others[] = {OTHER_APP_ID, "970ca35de60c44645bbae8a215061b33"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        verifier = verifier_of(others[i], CERTIFICATE);
        CHECK_OK(agora_verifier_set_now(verifier, ISSUED, NULL));
        judges(AGORA_ERROR_APP_ID_MISMATCH, verifier, token, others[i]);
        agora_verifier_free(verifier);
    }
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_ID, agora_verifier_new("room", CERTIFICATE, &verifier, NULL));
    agora_string_free(token);
    case_end();
}

static void channels_and_users(void)
{
    char *token = rtc_token(CERTIFICATE, "room", "42", 0), *any = rtc_token(CERTIFICATE, "", "", 0);
    char *starred = rtc_token(CERTIFICATE, "*", "*", 0);
    case_begin("channels and users");
    wants(AGORA_OK, token, "room", "42");
    wants(AGORA_OK, token, "room", NULL);
    wants(AGORA_OK, token, NULL, "42");
    wants(AGORA_ERROR_CHANNEL_MISMATCH, token, "Room", "42");
    wants(AGORA_ERROR_CHANNEL_MISMATCH, token, "", NULL);
    wants(AGORA_ERROR_USER_MISMATCH, token, "room", "043");
    wants(AGORA_ERROR_USER_MISMATCH, token, NULL, "");
    wants_uid(AGORA_OK, token, 42);
    wants_uid(AGORA_ERROR_USER_MISMATCH, token, 43);
    wants_uid(AGORA_ERROR_USER_MISMATCH, token, 0);
    case_end();

    case_begin("tokens for any channel and user");
    wants(AGORA_OK, any, "room", "42");
    wants(AGORA_OK, starred, "room", "42");
    wants_uid(AGORA_OK, any, 0);
    wants_uid(AGORA_OK, any, UINT32_MAX);
    case_end();
    agora_string_free(starred);
    agora_string_free(any);
    agora_string_free(token);
}

static void messaging(void)
{
    char *token = NULL;
    agora_verifier *verifier = NULL;
    case_begin("a messaging token has a user and no channel");
    CHECK_OK(agora_build_rtm_token2(APP_ID, CERTIFICATE, "ann", 60, &token));
    verifier = verifier_of(APP_ID, CERTIFICATE);
    expect_user("ann", 0);
    judges(AGORA_OK, verifier, token, "its user");
    expect_user("bob", 0);
    judges(AGORA_ERROR_USER_MISMATCH, verifier, token, "another user");
    expect_user("ann", 0);
    CHECK_OK(agora_expected_set_channel(expected, "room", NULL));
    /* A channel means RTC unless another service is named. */
    judges(AGORA_ERROR_SERVICE_MISSING, verifier, token, "a channel");
    CHECK_OK(agora_expected_set_service(expected, AGORA_SERVICE_RTM, NULL));
    judges(AGORA_ERROR_CHANNEL_MISMATCH, verifier, token, "a channel of messaging");
    agora_verifier_free(verifier);
    agora_string_free(token);
    case_end();
}

static void access_tokens(void)
{
    char *token = token_006("room", "ann", AGORA_RTC_JOIN_CHANNEL);
    char *any = token_006("room", "", AGORA_RTC_PUBLISH_AUDIO_STREAM);
    char *rtm = token_006("ann", "", AGORA_006_RTM_LOGIN);
    char *outside = token_006("room", "ann", AGORA_006_ADMINISTRATE_CHANNEL);
    case_begin("AccessToken");
    wants(AGORA_OK, token, "room", "ann");
    wants(AGORA_ERROR_CHANNEL_MISMATCH, token, "hall", "ann");
    wants(AGORA_ERROR_USER_MISMATCH, token, "room", "bob");
    wants(AGORA_ERROR_CHANNEL_AND_USER_REQUIRED, token, "room", NULL);
    wants(AGORA_ERROR_CHANNEL_AND_USER_REQUIRED, token, NULL, "ann");
    wants(AGORA_OK, any, "room", "ann");
    wants(AGORA_ERROR_PRIVILEGE_MISSING, outside, "room", "ann");
    at(AGORA_ERROR_CHANNEL_AND_USER_REQUIRED, token, ISSUED, 0);
    case_end();

    case_begin("AccessToken for messaging");
    wants(AGORA_OK, rtm, NULL, "ann");
    wants(AGORA_ERROR_USER_MISMATCH, rtm, NULL, "bob");
    wants(AGORA_ERROR_CHANNEL_MISMATCH, rtm, "ann", "ann");
    case_end();

    agora_verifier *verifier = new_verifier();
    case_begin("time of an AccessToken");
    CHECK_OK(agora_expected_set_channel(expected, "room", NULL));
    CHECK_OK(agora_expected_set_account(expected, "ann", NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + 600, NULL));
    judges(AGORA_ERROR_PRIVILEGE_EXPIRED, verifier, token, "after its privilege");
    judges(AGORA_OK, verifier, any, "after a privilege to publish");
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + EXPIRE, NULL));
    judges(AGORA_ERROR_TOKEN_EXPIRED, verifier, any, "after its end");
    agora_verifier_free(verifier);
    case_end();
    agora_string_free(outside);
    agora_string_free(rtm);
    agora_string_free(any);
    agora_string_free(token);
}

/* --- services and privileges --------------------------------------------------------------------- */

/* What a verifier that wants a service or a privilege of ann says, at a time; 0 wants none. */
static void wants_to(agora_status first, const char *token, uint16_t service, uint16_t privilege, uint64_t now)
{
    char what[100];
    agora_verifier *verifier = new_verifier();
    snprintf(what, sizeof what, "wanted privilege %u of service %u at %llu", privilege, service,
             (unsigned long long)now);
    CHECK_OK(agora_verifier_set_now(verifier, now, NULL));
    CHECK_OK(agora_expected_set_account(expected, "ann", NULL));
    if (service != AGORA_SERVICE_RTM)
        CHECK_OK(agora_expected_set_channel(expected, "room", NULL));
    if (service != 0)
        CHECK_OK(agora_expected_set_service(expected, service, NULL));
    if (privilege != 0)
        CHECK_OK(agora_expected_set_privilege(expected, privilege));
    judges(first, verifier, token, what);
    agora_verifier_free(verifier);
}

/* RTC for ann, who may publish audio for 600 seconds, and RTM for bob. */
static char *combined_token(void)
{
    agora_access_token2 *token = NULL;
    char *text = NULL;
    size_t rtc = 0, rtm = 0;
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, ISSUED, EXPIRE, &token, NULL));
    CHECK_OK(agora_access_token2_add_rtc(token, "room", 4, "ann", 3, &rtc, NULL));
    CHECK_OK(agora_access_token2_add_privilege(token, rtc, AGORA_RTC_JOIN_CHANNEL, 0));
    CHECK_OK(agora_access_token2_add_privilege(token, rtc, AGORA_RTC_PUBLISH_AUDIO_STREAM, 600));
    CHECK_OK(agora_access_token2_add_rtm(token, "bob", 3, &rtm, NULL));
    CHECK_OK(agora_access_token2_add_privilege(token, rtm, AGORA_RTM_LOGIN, 1200));
    CHECK_OK(agora_access_token2_build(token, &text));
    agora_access_token2_free(token);
    return text;
}

static void services(void)
{
    char *token = combined_token();
    case_begin("services");
    wants_to(AGORA_OK, token, AGORA_SERVICE_RTC, 0, ISSUED);
    wants_to(AGORA_ERROR_SERVICE_MISSING, token, AGORA_SERVICE_CHAT, 0, ISSUED);
    /* A user of messaging is none of the channel. */
    wants(AGORA_OK, token, NULL, "bob");
    wants(AGORA_ERROR_USER_MISMATCH, token, "room", "bob");
    /* Channel and user are looked for in the service alone. */
    agora_verifier *verifier = new_verifier();
    expect_user("bob", 0);
    judges(AGORA_OK, verifier, token, "the user of either service");
    expect_user("bob", AGORA_SERVICE_RTC);
    judges(AGORA_ERROR_USER_MISMATCH, verifier, token, "the user of the other service");
    expect_user("bob", AGORA_SERVICE_RTM);
    judges(AGORA_OK, verifier, token, "the user of the service");
    /* And so is the end of a privilege. */
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + 1200, NULL));
    judges(AGORA_ERROR_PRIVILEGE_EXPIRED, verifier, token, "after the login");
    expect_user("ann", AGORA_SERVICE_RTC);
    judges(AGORA_OK, verifier, token, "after the other service's login");
    agora_verifier_free(verifier);
    agora_string_free(token);
    case_end();

    case_begin("services there are");
    verifier = new_verifier();
    for (uint16_t service = AGORA_SERVICE_RTC; service <= AGORA_SERVICE_STT; service++)
        CHECK_OK(agora_expected_set_service(expected, service, NULL));
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_expected_set_service(expected, 0, NULL));
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_expected_set_service(expected, AGORA_SERVICE_STT + 1, NULL));
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_expected_set_service(expected, UINT16_MAX, NULL));
    agora_verifier_free(verifier);
    case_end();
}

static void privileges(void)
{
    char *token = combined_token();
    case_begin("privileges");
    wants_to(AGORA_OK, token, AGORA_SERVICE_RTC, AGORA_RTC_JOIN_CHANNEL, ISSUED);
    wants_to(AGORA_OK, token, AGORA_SERVICE_RTC, AGORA_RTC_PUBLISH_AUDIO_STREAM, ISSUED + 599);
    wants_to(AGORA_ERROR_PRIVILEGE_EXPIRED, token, AGORA_SERVICE_RTC, AGORA_RTC_PUBLISH_AUDIO_STREAM, ISSUED + 600);
    wants_to(AGORA_OK, token, AGORA_SERVICE_RTC, 0, ISSUED + 600);
    wants_to(AGORA_ERROR_PRIVILEGE_MISSING, token, AGORA_SERVICE_RTC, AGORA_RTC_PUBLISH_VIDEO_STREAM, ISSUED);
    wants_to(AGORA_ERROR_PRIVILEGE_MISSING, token, 0, AGORA_RTC_PUBLISH_VIDEO_STREAM, ISSUED);
    wants_to(AGORA_ERROR_PRIVILEGE_MISSING, token, AGORA_SERVICE_RTC, UINT16_MAX, ISSUED);
    agora_string_free(token);
    case_end();

    char *rtc = token_006("room", "ann", AGORA_RTC_JOIN_CHANNEL), *rtm = token_006("ann", "", AGORA_006_RTM_LOGIN);
    case_begin("services and privileges of an AccessToken");
    wants_to(AGORA_OK, rtc, AGORA_SERVICE_RTC, AGORA_RTC_JOIN_CHANNEL, ISSUED);
    wants_to(AGORA_ERROR_SERVICE_MISSING, rtc, AGORA_SERVICE_RTM, 0, ISSUED);
    wants_to(AGORA_ERROR_SERVICE_MISSING, rtc, AGORA_SERVICE_CHAT, 0, ISSUED);
    wants_to(AGORA_ERROR_PRIVILEGE_MISSING, rtc, AGORA_SERVICE_RTC, AGORA_RTC_PUBLISH_VIDEO_STREAM, ISSUED);
    wants_to(AGORA_OK, rtm, AGORA_SERVICE_RTM, AGORA_006_RTM_LOGIN, ISSUED);
    wants_to(AGORA_ERROR_SERVICE_MISSING, rtm, AGORA_SERVICE_RTC, 0, ISSUED);
    wants_to(AGORA_ERROR_PRIVILEGE_EXPIRED, rtm, AGORA_SERVICE_RTM, AGORA_006_RTM_LOGIN, ISSUED + 600);
    agora_string_free(rtm);
    agora_string_free(rtc);
    case_end();
}

/* What the verifier refuses beyond what the token says of itself. */
static void strictness(void)
{
    agora_access_token2 *token = NULL;
    char *text = NULL;
    size_t service = 0;
    case_begin("past 24 hours a token is over");
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, ISSUED, 7 * 86400, &token, NULL));
    CHECK_OK(agora_access_token2_add_fcdn(token, "room", 4, "ann", 3, &service, NULL));
    CHECK_OK(agora_access_token2_add_privilege(token, service, 1, 0));
    CHECK_OK(agora_access_token2_build(token, &text));
    at(AGORA_OK, text, ISSUED + 86399, 0);
    at(AGORA_ERROR_TOKEN_EXPIRED, text, ISSUED + 86400, 0);
    at(AGORA_OK, text, ISSUED + 86400, 1);
    case_end();

    case_begin("a channel means RTC unless another service is named");
    wants(AGORA_ERROR_SERVICE_MISSING, text, "room", "ann");
    wants_to(AGORA_ERROR_SERVICE_MISSING, text, 0, 0, ISSUED);
    wants_to(AGORA_OK, text, AGORA_SERVICE_FCDN, 0, ISSUED);
    agora_string_free(text);
    agora_access_token2_free(token);
    case_end();

    case_begin("a privilege that the service does not know lets nobody in");
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, ISSUED, EXPIRE, &token, NULL));
    CHECK_OK(agora_access_token2_add_rtm(token, "ann", 3, &service, NULL));
    CHECK_OK(agora_access_token2_add_privilege(token, service, 999, 0));
    CHECK_OK(agora_access_token2_build(token, &text));
    wants(AGORA_ERROR_PRIVILEGE_MISSING, text, NULL, "ann");
    agora_string_free(text);
    agora_access_token2_free(token);
    case_end();

    case_begin("the token of an app is nobody's");
    CHECK_OK(agora_build_chat_app_token2(APP_ID, CERTIFICATE, 600, &text));
    agora_verifier *verifier = NULL;
    verifier = verifier_of(APP_ID, CERTIFICATE);
    CHECK_OK(agora_verifier_set_leeway(verifier, 1));
    CHECK_OK(agora_expected_set_service(expected, AGORA_SERVICE_CHAT, NULL));
    judges(AGORA_OK, verifier, text, "no user asked for");
    CHECK_OK(agora_expected_set_uid(expected, 0));
    judges(AGORA_ERROR_PRIVILEGE_MISSING, verifier, text, "any user");
    expect_user("ann", AGORA_SERVICE_CHAT);
    judges(AGORA_ERROR_USER_MISMATCH, verifier, text, "a user");
    agora_verifier_free(verifier);
    agora_string_free(text);
    case_end();

    case_begin("as many services as a token that can be of use has");
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, ISSUED, EXPIRE, &token, NULL));
    for (int i = 0; i < 64; i++)
        CHECK_OK(agora_access_token2_add_convo_ai(token, &service, NULL));
    CHECK_OK(agora_access_token2_build(token, &text));
    at(AGORA_OK, text, ISSUED, 0);
    agora_string_free(text);
    CHECK_OK(agora_access_token2_add_convo_ai(token, &service, NULL));
    CHECK_OK(agora_access_token2_build(token, &text));
    at(AGORA_ERROR_TOKEN_TOO_LARGE, text, ISSUED, 0);
    agora_unverified_token2 *read = NULL;
    CHECK_OK(agora_unverified_token2_parse(text, &read, NULL));
    CHECK_OK(agora_unverified_token2_verify_signature(read, CERTIFICATE, NULL));
    agora_unverified_token2_free(read);
    agora_string_free(text);
    agora_access_token2_free(token);
    case_end();

    case_begin("an AccessToken whose privileges may be a part of another account");
    text = token_006("room", "ann", 5);
    wants(AGORA_ERROR_TOKEN_AMBIGUOUS, text, "room", "ann");
    agora_string_free(text);
    case_end();
}

static void patterns(void)
{
    char *token = rtc_token(CERTIFICATE, "room-*", "ann", 0);
    case_begin("a token for a pattern of channels");
    wants(AGORA_OK, token, "room-7", "ann");
    wants(AGORA_OK, token, "room-", "ann");
    wants(AGORA_ERROR_CHANNEL_MISMATCH, token, "room", "ann");
    wants(AGORA_ERROR_CHANNEL_MISMATCH, token, "hall-7", "ann");
    agora_string_free(token);
    case_end();
}

/* A question that is asked again with another answer, which would be dropped in silence. */
static void asked_twice(void)
{
    char *token = rtc_token(CERTIFICATE, "room", "42", 0);
    agora_verifier *verifier = new_verifier();
    agora_refusal refusal;
    case_begin("a second user does not take the place of the first");
    CHECK_OK(agora_expected_set_uid(expected, 1));
    judges(AGORA_ERROR_USER_MISMATCH, verifier, token, "another user");
    CHECK_OK(agora_expected_set_account(expected, "42", NULL));
    CHECK_STATUS(AGORA_ERROR_UNKNOWN_OPTION, agora_verifier_verify(verifier, token, expected, &refusal));
    CHECK_TEXT("user", refusal.field);
    CHECK_TEXT("is expected twice, with two answers", refusal.reason);
    expect_user("alice", 0);
    CHECK_OK(agora_expected_set_uid(expected, 42));
    judges(AGORA_ERROR_UNKNOWN_OPTION, verifier, token, "two users");
    expect_user("alice", 0);
    CHECK_OK(agora_expected_set_account(expected, "42", NULL));
    judges(AGORA_ERROR_UNKNOWN_OPTION, verifier, token, "two accounts");
    expect_user("42", 0);
    CHECK_OK(agora_expected_set_uid(expected, 42));
    judges(AGORA_OK, verifier, token, "the same user twice");
    case_end();

    case_begin("nor a second channel, service or privilege");
    expect_anew();
    CHECK_OK(agora_expected_set_channel(expected, "hall", NULL));
    CHECK_OK(agora_expected_set_channel(expected, "room", NULL));
    CHECK_STATUS(AGORA_ERROR_UNKNOWN_OPTION, agora_verifier_verify(verifier, token, expected, &refusal));
    CHECK_TEXT("channel", refusal.field);
    expect_user("42", AGORA_SERVICE_CHAT);
    CHECK_OK(agora_expected_set_service(expected, AGORA_SERVICE_RTC, NULL));
    CHECK_STATUS(AGORA_ERROR_UNKNOWN_OPTION, agora_verifier_verify(verifier, token, expected, &refusal));
    CHECK_TEXT("service", refusal.field);
    expect_user("42", AGORA_SERVICE_RTC);
    CHECK_OK(agora_expected_set_privilege(expected, AGORA_RTC_PUBLISH_AUDIO_STREAM));
    CHECK_OK(agora_expected_set_privilege(expected, AGORA_RTC_JOIN_CHANNEL));
    CHECK_STATUS(AGORA_ERROR_UNKNOWN_OPTION, agora_verifier_verify(verifier, token, expected, &refusal));
    CHECK_TEXT("privilege", refusal.field);
    agora_verifier_free(verifier);
    agora_string_free(token);
    case_end();
}

/* --- the JSON of a verdict ----------------------------------------------------------------------- */

/* The verdict as JSON, which says what its functions do. */
static json *verdict_on(const agora_verifier *verifier, const char *token)
{
    char *text = NULL;
    agora_verdict *verdict = NULL;
    bool valid = false;
    int32_t certificate = 7;
    size_t count = 7;
    CHECK_OK(agora_verifier_verdict(verifier, token, expected, &verdict, NULL));
    CHECK_OK(agora_verdict_is_valid(verdict, &valid));
    CHECK_OK(agora_verdict_certificate(verdict, &certificate));
    CHECK_OK(agora_verdict_refusal_count(verdict, &count));
    CHECK_OK(agora_verdict_to_json(verdict, &text, NULL));
    json *document = text != NULL ? json_read(text) : NULL;
    const json *refusals = json_get(document, "refusals"), *signer = json_get(document, "certificate");
    if (CHECK(document != NULL && document->size == 4 && refusals != NULL && signer != NULL)) {
        CHECK(valid == (json_get(document, "valid")->kind == JSON_TRUE));
        CHECK(certificate == (signer->kind == JSON_NULL ? -1 : (int32_t)signer->number));
        CHECK(valid == (count == 0) && count == refusals->size);
        const json *refusal = refusals->first;
        for (size_t index = 0; index < count && refusal != NULL; index++, refusal = refusal->next) {
            agora_status status = AGORA_OK;
            const char *field = NULL, *reason = NULL;
            uint16_t service = 99;
            CHECK_OK(agora_verdict_refusal(verdict, index, &status, &field, &reason, &service));
            CHECK_TEXT(json_get(refusal, "code")->text, agora_status_name(status));
            CHECK_TEXT(json_get(refusal, "field")->text, field);
            CHECK_TEXT(json_get(refusal, "reason")->text, reason);
            CHECK((service == 0) == (json_get(refusal, "service") == NULL));
        }
        agora_status status = 7;
        const char *field = token, *reason = token;
        uint16_t service = 7;
        CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE,
                     agora_verdict_refusal(verdict, count, &status, &field, &reason, &service));
        CHECK(status == 7 && field == NULL && reason == NULL && service == 7);
    }
    agora_verdict_free(verdict);
    agora_string_free(text);
    return document;
}

static void is_refusal(const json *refusal, agora_status status)
{
    const json *code = json_get(refusal, "code"), *field = json_get(refusal, "field"),
               *reason = json_get(refusal, "reason");
    if (!CHECK(code != NULL && field != NULL && reason != NULL &&
               refusal->size == (json_get(refusal, "service") != NULL ? 4u : 3u)))
        return;
    CHECK_TEXT(agora_status_name(status), code->text);
    CHECK_TEXT(agora_status_field(status), field->text);
    CHECK(reason->size > 0);
}

/* That the verdict has these refusals, in this order. */
static void refuses(const agora_verifier *verifier, const char *token, const agora_status *all, size_t count)
{
    json *verdict = verdict_on(verifier, token);
    const json *refusals = json_get(verdict, "refusals");
    if (CHECK(refusals != NULL && refusals->size == count)) {
        const json *refusal = refusals->first;
        for (size_t i = 0; i < count; i++, refusal = refusal->next)
            is_refusal(refusal, all[i]);
    }
    judges(all[0], verifier, token, "the first of them");
    json_free(verdict);
}

static void verdicts(void)
{
    char *token = rtc_token(CERTIFICATE, "room", "ann", 0);
    agora_verifier *verifier = NULL;
    case_begin("a good verdict");
    verifier = verifier_of(APP_ID, OTHER_CERTIFICATE);
    CHECK_OK(agora_verifier_add_certificate(verifier, CERTIFICATE, NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED, NULL));
    json *verdict = verdict_on(verifier, token);
    const json *certificate = json_get(verdict, "certificate"), *refusals = json_get(verdict, "refusals");
    CHECK(json_get(verdict, "valid") != NULL && json_get(verdict, "valid")->kind == JSON_TRUE);
    CHECK(certificate != NULL && certificate->kind == JSON_NUMBER && certificate->number == 1);
    CHECK(refusals != NULL && refusals->kind == JSON_ARRAY && refusals->size == 0);
    CHECK_TEXT("007", json_get(json_get(verdict, "token"), "version")->text);
    json_free(verdict);
    case_end();

    case_begin("two refusals at once");
    CHECK_OK(agora_expected_set_channel(expected, "hall", NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + EXPIRE, NULL));
    verdict = verdict_on(verifier, token);
    certificate = json_get(verdict, "certificate");
    refusals = json_get(verdict, "refusals");
    CHECK(json_get(verdict, "valid") != NULL && json_get(verdict, "valid")->kind == JSON_FALSE);
    CHECK(certificate != NULL && certificate->number == 1);
    if (CHECK(refusals != NULL && refusals->size == 2)) {
        is_refusal(refusals->first, AGORA_ERROR_CHANNEL_MISMATCH);
        is_refusal(refusals->first->next, AGORA_ERROR_TOKEN_EXPIRED);
    }
    judges(AGORA_ERROR_CHANNEL_MISMATCH, verifier, token, "the first of them");
    json_free(verdict);
    agora_verifier_free(verifier);
    case_end();

    case_begin("everything wrong at once");
    verifier = verifier_of(OTHER_APP_ID, CERTIFICATE);
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + EXPIRE, NULL));
    CHECK_OK(agora_expected_set_channel(expected, "hall", NULL));
    CHECK_OK(agora_expected_set_account(expected, "bob", NULL));
    static const agora_status all[] = {AGORA_ERROR_CHANNEL_MISMATCH, AGORA_ERROR_USER_MISMATCH,
                                       AGORA_ERROR_APP_ID_MISMATCH, AGORA_ERROR_TOKEN_EXPIRED};
    refuses(verifier, token, all, 4);
    case_end();

    char *unsigned_token = rtc_token(OTHER_CERTIFICATE, "room", "ann", 0);
    case_begin("nothing else of a token that no certificate signed");
    static const agora_status mismatch[] = {AGORA_ERROR_SIGNATURE_MISMATCH};
    refuses(verifier, unsigned_token, mismatch, 1);
    verdict = verdict_on(verifier, unsigned_token);
    CHECK(json_get(verdict, "certificate") != NULL && json_get(verdict, "certificate")->kind == JSON_NULL);
    CHECK(json_get(verdict, "token") != NULL && json_get(verdict, "token")->kind == JSON_NULL);
    json_free(verdict);
    agora_string_free(unsigned_token);
    case_end();

    char *combined = combined_token();
    case_begin("a service that is missing says all there is to say of it");
    CHECK_OK(agora_expected_set_service(expected, AGORA_SERVICE_CHAT, NULL));
    CHECK_OK(agora_expected_set_privilege(expected, AGORA_CHAT_USER));
    static const agora_status missing[] = {AGORA_ERROR_SERVICE_MISSING, AGORA_ERROR_APP_ID_MISMATCH,
                                           AGORA_ERROR_TOKEN_EXPIRED};
    refuses(verifier, combined, missing, 3);
    agora_string_free(combined);
    case_end();

    case_begin("what cannot be read is refused for that alone");
    static const agora_status version[] = {AGORA_ERROR_TOKEN_VERSION}, compression[] = {AGORA_ERROR_TOKEN_COMPRESSION};
    refuses(verifier, "", version, 1);
    refuses(verifier, "007", compression, 1);
    case_end();

    agora_verifier *copy = NULL;
    agora_expected *same = NULL;
    case_begin("copies go their own ways");
    agora_verifier_free(verifier);
    verifier = new_verifier();
    CHECK_OK(agora_expected_set_channel(expected, "room", NULL));
    CHECK_OK(agora_verifier_copy(verifier, &copy));
    CHECK_OK(agora_expected_copy(expected, &same));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + EXPIRE, NULL));
    CHECK_OK(agora_expected_set_channel(expected, "hall", NULL));
    agora_verifier_free(verifier);
    agora_expected_free(expected);
    expected = NULL;
    CHECK_OK(agora_verifier_verify(copy, token, same, NULL));
    agora_expected_free(same);
    agora_verifier_free(copy);
    agora_string_free(token);
    case_end();
}

static void environment(void)
{
    agora_verifier *verifier = NULL;
    agora_issuer *issuer = NULL;
    agora_refusal refusal;
    char *token = rtc_token(OTHER_CERTIFICATE, "room", "ann", 0);
    case_begin("what the environment says");
    unsetenv("AGORA_APP_ID");
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_ID, agora_verifier_from_env(&verifier, &refusal));
    CHECK_TEXT("AGORA_APP_ID", refusal.field);
    CHECK(agora_status_fault(refusal.status) == AGORA_FAULT_CONFIGURATION);
    setenv("AGORA_APP_ID", APP_ID, 1);
    setenv("AGORA_APP_CERTIFICATE", "short", 1);
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_CERTIFICATE, agora_issuer_from_env(&issuer, &refusal));
    CHECK_TEXT("AGORA_APP_CERTIFICATE", refusal.field);
    setenv("AGORA_APP_CERTIFICATE", CERTIFICATE, 1);
    CHECK_OK(agora_issuer_from_env(&issuer, NULL));
    CHECK_OK(agora_verifier_from_env(&verifier, NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED, NULL));
    CHECK_OK(agora_expected_new(&expected));
    judges(AGORA_ERROR_SIGNATURE_MISMATCH, verifier, token, "without the secondary certificate");
    agora_verifier_free(verifier);
    setenv("AGORA_APP_CERTIFICATE_SECONDARY", OTHER_CERTIFICATE, 1);
    CHECK_OK(agora_verifier_from_env(&verifier, NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED, NULL));
    judges(AGORA_OK, verifier, token, "with the secondary certificate");
    agora_expected_free(expected);
    agora_verifier_free(verifier);
    agora_issuer_free(issuer);
    agora_string_free(token);
    case_end();
}

int main(void)
{
    certificates();
    times();
    app_ids();
    channels_and_users();
    messaging();
    access_tokens();
    services();
    privileges();
    strictness();
    patterns();
    asked_twice();
    verdicts();
    environment();
    return summary();
}
