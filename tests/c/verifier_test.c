/* The verdict on a token: what each setter asks for, and which refusal comes first. */
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

/* Judges at a time within the token's life unless told otherwise. */
static agora_verifier *new_verifier(void)
{
    agora_verifier *verifier = NULL;
    CHECK_OK(agora_verifier_new(CERTIFICATE, &verifier, NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + 60));
    return verifier;
}

static void judges(agora_status expected, const agora_verifier *verifier, const char *token, const char *what)
{
    const agora_status found = agora_verifier_check(verifier, token, NULL);
    check_that(found == expected, __FILE__, __LINE__, "%s: %s, %s expected", what, agora_status_name(found),
               agora_status_name(expected));
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
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_CERTIFICATE, agora_verifier_new("", &verifier, NULL));
    CHECK(verifier == NULL);
    agora_string_free(other);
    agora_string_free(token);
    case_end();
}

/* --- time ---------------------------------------------------------------------------------------- */

static void at(agora_status expected, const char *token, uint64_t now, uint32_t leeway)
{
    char what[60];
    agora_verifier *verifier = new_verifier();
    snprintf(what, sizeof what, "at %llu, leeway %u", (unsigned long long)now, (unsigned)leeway);
    CHECK_OK(agora_verifier_set_now(verifier, now));
    CHECK_OK(agora_verifier_set_leeway(verifier, leeway));
    judges(expected, verifier, token, what);
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
    at(AGORA_ERROR_TOKEN_EXPIRED, token, UINT64_MAX, UINT32_MAX);
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
    CHECK_OK(agora_verifier_set_now(verifier, UINT64_MAX));
    judges(AGORA_ERROR_TOKEN_EXPIRED, verifier, brief, "late");
    CHECK_OK(agora_verifier_ignore_time(verifier));
    judges(AGORA_OK, verifier, brief, "ignoring time");
    CHECK_OK(agora_verifier_set_now(verifier, UINT64_MAX));
    judges(AGORA_ERROR_TOKEN_EXPIRED, verifier, brief, "late again");
    agora_verifier_free(verifier);
    case_end();

    char *fresh = NULL;
    case_begin("the system's time");
    CHECK_OK(agora_verifier_new(CERTIFICATE, &verifier, NULL));
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
static void wants(agora_status expected, const char *token, const char *channel_name, const char *user_account)
{
    char what[200];
    agora_verifier *verifier = new_verifier();
    snprintf(what, sizeof what, "wanted %s and %s", channel_name != NULL ? channel_name : "any channel",
             user_account != NULL ? user_account : "any user");
    if (channel_name != NULL)
        CHECK_OK(agora_verifier_set_channel_name(verifier, channel_name, NULL));
    if (user_account != NULL)
        CHECK_OK(agora_verifier_set_user_account(verifier, user_account, NULL));
    judges(expected, verifier, token, what);
    agora_verifier_free(verifier);
}

static void wants_uid(agora_status expected, const char *token, uint32_t uid)
{
    agora_verifier *verifier = new_verifier();
    CHECK_OK(agora_verifier_set_uid(verifier, uid));
    judges(expected, verifier, token, "wanted a uid");
    agora_verifier_free(verifier);
}

static void app_ids(void)
{
    char *token = rtc_token(CERTIFICATE, "room", "ann", 0);
    agora_verifier *verifier = new_verifier();
    case_begin("App IDs");
    CHECK_OK(agora_verifier_set_app_id(verifier, APP_ID, NULL));
    judges(AGORA_OK, verifier, token, "its App ID");
    CHECK_OK(agora_verifier_set_app_id(verifier, OTHER_APP_ID, NULL));
    judges(AGORA_ERROR_APP_ID_MISMATCH, verifier, token, "another App ID");
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_ID, agora_verifier_set_app_id(verifier, "room", NULL));
    judges(AGORA_ERROR_APP_ID_MISMATCH, verifier, token, "still another App ID");
    /* Letter case counts. */
    CHECK_OK(agora_verifier_set_app_id(verifier, "970ca35de60c44645bbae8a215061b33", NULL));
    judges(AGORA_ERROR_APP_ID_MISMATCH, verifier, token, "its App ID in small letters");
    agora_verifier_free(verifier);
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
    CHECK_OK(agora_verifier_new(CERTIFICATE, &verifier, NULL));
    CHECK_OK(agora_verifier_set_user_account(verifier, "ann", NULL));
    judges(AGORA_OK, verifier, token, "its user");
    CHECK_OK(agora_verifier_set_user_account(verifier, "bob", NULL));
    judges(AGORA_ERROR_USER_MISMATCH, verifier, token, "another user");
    CHECK_OK(agora_verifier_set_user_account(verifier, "ann", NULL));
    CHECK_OK(agora_verifier_set_channel_name(verifier, "room", NULL));
    /* A channel means RTC unless another service is named. */
    judges(AGORA_ERROR_SERVICE_MISSING, verifier, token, "a channel");
    CHECK_OK(agora_verifier_set_service(verifier, AGORA_SERVICE_RTM, NULL));
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
    CHECK_OK(agora_verifier_set_channel_name(verifier, "room", NULL));
    CHECK_OK(agora_verifier_set_user_account(verifier, "ann", NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + 600));
    judges(AGORA_ERROR_PRIVILEGE_EXPIRED, verifier, token, "after its privilege");
    judges(AGORA_OK, verifier, any, "after a privilege to publish");
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + EXPIRE));
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
static void wants_to(agora_status expected, const char *token, uint16_t service, uint16_t privilege, uint64_t now)
{
    char what[100];
    agora_verifier *verifier = new_verifier();
    snprintf(what, sizeof what, "wanted privilege %u of service %u at %llu", privilege, service,
             (unsigned long long)now);
    CHECK_OK(agora_verifier_set_now(verifier, now));
    CHECK_OK(agora_verifier_set_user_account(verifier, "ann", NULL));
    if (service != AGORA_SERVICE_RTM)
        CHECK_OK(agora_verifier_set_channel_name(verifier, "room", NULL));
    if (service != 0)
        CHECK_OK(agora_verifier_set_service(verifier, service, NULL));
    if (privilege != 0)
        CHECK_OK(agora_verifier_set_privilege(verifier, privilege));
    judges(expected, verifier, token, what);
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
    agora_verifier *verifier = new_verifier();
    case_begin("services");
    wants_to(AGORA_OK, token, AGORA_SERVICE_RTC, 0, ISSUED);
    wants_to(AGORA_ERROR_SERVICE_MISSING, token, AGORA_SERVICE_CHAT, 0, ISSUED);
    /* A user of messaging is none of the channel. */
    wants(AGORA_OK, token, NULL, "bob");
    wants(AGORA_ERROR_USER_MISMATCH, token, "room", "bob");
    /* Channel and user are looked for in the service alone. */
    CHECK_OK(agora_verifier_set_user_account(verifier, "bob", NULL));
    judges(AGORA_OK, verifier, token, "the user of either service");
    CHECK_OK(agora_verifier_set_service(verifier, AGORA_SERVICE_RTC, NULL));
    judges(AGORA_ERROR_USER_MISMATCH, verifier, token, "the user of the other service");
    CHECK_OK(agora_verifier_set_service(verifier, AGORA_SERVICE_RTM, NULL));
    judges(AGORA_OK, verifier, token, "the user of the service");
    /* And so is the end of a privilege. */
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + 1200));
    judges(AGORA_ERROR_PRIVILEGE_EXPIRED, verifier, token, "after the login");
    CHECK_OK(agora_verifier_set_service(verifier, AGORA_SERVICE_RTC, NULL));
    CHECK_OK(agora_verifier_set_user_account(verifier, "ann", NULL));
    judges(AGORA_OK, verifier, token, "after the other service's login");
    agora_verifier_free(verifier);
    agora_string_free(token);
    case_end();

    case_begin("services there are");
    verifier = new_verifier();
    for (uint16_t service = AGORA_SERVICE_RTC; service <= AGORA_SERVICE_STT; service++)
        CHECK_OK(agora_verifier_set_service(verifier, service, NULL));
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_verifier_set_service(verifier, 0, NULL));
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_verifier_set_service(verifier, AGORA_SERVICE_STT + 1, NULL));
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_verifier_set_service(verifier, UINT16_MAX, NULL));
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
    CHECK_OK(agora_verifier_new(CERTIFICATE, &verifier, NULL));
    CHECK_OK(agora_verifier_set_leeway(verifier, 1));
    CHECK_OK(agora_verifier_set_service(verifier, AGORA_SERVICE_CHAT, NULL));
    judges(AGORA_OK, verifier, text, "no user asked for");
    CHECK_OK(agora_verifier_set_uid(verifier, 0));
    judges(AGORA_ERROR_PRIVILEGE_MISSING, verifier, text, "any user");
    CHECK_OK(agora_verifier_set_user_account(verifier, "ann", NULL));
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

/* --- the JSON of a verdict ----------------------------------------------------------------------- */

static json *verdict_on(const agora_verifier *verifier, const char *token)
{
    char *text = NULL;
    CHECK_OK(agora_verifier_verify(verifier, token, &text, NULL));
    json *verdict = text != NULL ? json_read(text) : NULL;
    CHECK(verdict != NULL && verdict->size == 4);
    agora_string_free(text);
    return verdict;
}

static void is_refusal(const json *refusal, agora_status status)
{
    const json *code = json_get(refusal, "code"), *field = json_get(refusal, "field"),
               *reason = json_get(refusal, "reason");
    if (!CHECK(code != NULL && field != NULL && reason != NULL && refusal->size == 3))
        return;
    CHECK_TEXT(agora_status_name(status), code->text);
    CHECK_TEXT(agora_status_field(status), field->text);
    CHECK(reason->size > 0);
}

/* That the verdict has these refusals, in this order. */
static void refuses(const agora_verifier *verifier, const char *token, const agora_status *expected, size_t count)
{
    json *verdict = verdict_on(verifier, token);
    const json *refusals = json_get(verdict, "refusals");
    if (CHECK(refusals != NULL && refusals->size == count)) {
        const json *refusal = refusals->first;
        for (size_t i = 0; i < count; i++, refusal = refusal->next)
            is_refusal(refusal, expected[i]);
    }
    judges(expected[0], verifier, token, "the first of them");
    json_free(verdict);
}

static void verdicts(void)
{
    char *token = rtc_token(CERTIFICATE, "room", "ann", 0);
    agora_verifier *verifier = NULL;
    case_begin("a good verdict");
    CHECK_OK(agora_verifier_new(OTHER_CERTIFICATE, &verifier, NULL));
    CHECK_OK(agora_verifier_add_certificate(verifier, CERTIFICATE, NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED));
    json *verdict = verdict_on(verifier, token);
    const json *certificate = json_get(verdict, "certificate"), *refusals = json_get(verdict, "refusals");
    CHECK(json_get(verdict, "valid") != NULL && json_get(verdict, "valid")->kind == JSON_TRUE);
    CHECK(certificate != NULL && certificate->kind == JSON_NUMBER && certificate->number == 1);
    CHECK(refusals != NULL && refusals->kind == JSON_ARRAY && refusals->size == 0);
    CHECK_TEXT("007", json_get(json_get(verdict, "token"), "version")->text);
    json_free(verdict);
    case_end();

    case_begin("two refusals at once");
    CHECK_OK(agora_verifier_set_channel_name(verifier, "hall", NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + EXPIRE));
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
    CHECK_OK(agora_verifier_new(CERTIFICATE, &verifier, NULL));
    CHECK_OK(agora_verifier_set_now(verifier, ISSUED + EXPIRE));
    CHECK_OK(agora_verifier_set_app_id(verifier, OTHER_APP_ID, NULL));
    CHECK_OK(agora_verifier_set_channel_name(verifier, "hall", NULL));
    CHECK_OK(agora_verifier_set_user_account(verifier, "bob", NULL));
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
    CHECK_OK(agora_verifier_set_service(verifier, AGORA_SERVICE_CHAT, NULL));
    CHECK_OK(agora_verifier_set_privilege(verifier, AGORA_CHAT_USER));
    static const agora_status missing[] = {AGORA_ERROR_SERVICE_MISSING, AGORA_ERROR_APP_ID_MISMATCH,
                                           AGORA_ERROR_TOKEN_EXPIRED};
    refuses(verifier, combined, missing, 3);
    agora_string_free(combined);
    case_end();

    case_begin("no verdict on what cannot be read");
    char *text = token;
    CHECK_STATUS(AGORA_ERROR_TOKEN_VERSION, agora_verifier_verify(verifier, "", &text, NULL));
    CHECK(text == NULL);
    text = token;
    CHECK_STATUS(AGORA_ERROR_TOKEN_COMPRESSION, agora_verifier_verify(verifier, "007", &text, NULL));
    CHECK(text == NULL);
    agora_verifier_free(verifier);
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
    verdicts();
    return summary();
}
