/* agora_build: every builder in one, and what it tells of a refusal. */
#include "check.h"
#include "json.h"
#include "sample.h"

#define COUNT(values) (sizeof(values) / sizeof(values)[0])

static agora_value text(const char *text)
{
    return (agora_value){AGORA_VALUE_TEXT, strlen(text), text};
}

static agora_value number(int64_t number)
{
    return (agora_value){AGORA_VALUE_INT64, (uint64_t)number, NULL};
}

static agora_value large(uint64_t number)
{
    return (agora_value){AGORA_VALUE_UINT64, number, NULL};
}

/* The builder that has two of many kinds, and what it takes. */
enum { ID, KEY, CHANNEL, ACCOUNT, ROLE, EXPIRE, JOIN, AUDIO, VIDEO, DATA, USER, LOGIN, VALUE_COUNT };
static agora_value values[VALUE_COUNT];

static void good_values(void)
{
    const agora_value good[] = {text(APP_ID), text(CERTIFICATE), text("room"), text("ann"), number(1),   number(60),
                                number(1),    number(2),         number(3),    number(4),   text("bob"), number(30)};
    memcpy(values, good, sizeof values);
}

static agora_status build(uint32_t flags, char **out_token, agora_refusal *out_refusal)
{
    const agora_call call = {AGORA_BUILDER_TOKEN2_WITH_RTM2, flags, 1700000000, 12345};
    return agora_build(&call, values, VALUE_COUNT, out_token, out_refusal);
}

static json *decoded(const char *token)
{
    char *document = NULL;
    CHECK_OK(agora_inspect(token, &document, NULL));
    json *read = document != NULL ? json_read(document) : NULL;
    agora_string_free(document);
    return read;
}

/* What is refused when one of the good values is another. */
static void refuses(int place, agora_value value, agora_status status, const char *field, const char *reason)
{
    char *token = (char *)"untouched";
    agora_refusal refusal;
    good_values();
    values[place] = value;
    case_begin("%s of %s: %s", agora_status_name(status), field, reason);
    CHECK_STATUS(status, build(0, &token, &refusal));
    CHECK(token == NULL);
    CHECK_STATUS(status, refusal.status);
    CHECK(refusal.argument == place);
    CHECK_TEXT(field, refusal.field);
    CHECK_TEXT(reason, refusal.reason);
    CHECK_STATUS(status, build(0, &token, NULL));
    case_end();
}

static void refusals(void)
{
    refuses(ID, text("\"" APP_ID "\""), AGORA_ERROR_INVALID_APP_ID, "app_id",
            "has 34 characters, 32 hexadecimal digits expected; it is in quotes");
    refuses(KEY, text(CERTIFICATE "\n"), AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate",
            "has 33 characters, 32 hexadecimal digits expected; it ends in a newline");
    refuses(KEY, text(""), AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate",
            "is empty, 32 hexadecimal digits expected");
    refuses(KEY, text(APP_ID), AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate",
            "is the App ID too: one of the two is in the wrong place, and tokens show the App ID");
    refuses(CHANNEL, text("*"), AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name",
            "is \"*\", which means any channel; name one channel");
    refuses(ACCOUNT, text("*"), AGORA_ERROR_INVALID_USER_ACCOUNT, "rtc_account",
            "is \"*\", which means any user; name one user");
    refuses(USER, text("ann\n"), AGORA_ERROR_INVALID_USER_ID, "rtm_user_id",
            "holds the control character '\\n' at position 4");
    refuses(CHANNEL, text("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "has 64 bytes, at most 63 expected");
    refuses(CHANNEL, text("ok\xff"), AGORA_ERROR_INVALID_UTF8, "channel_name", "is not valid UTF-8 from byte 3 on");
    refuses(CHANNEL, (agora_value){AGORA_VALUE_TEXT, 4, NULL}, AGORA_ERROR_NULL_ARGUMENT, "channel_name", "is NULL");
    refuses(CHANNEL, (agora_value){AGORA_VALUE_TEXT, 0, NULL}, AGORA_ERROR_NULL_ARGUMENT, "channel_name", "is NULL");
    refuses(CHANNEL, (agora_value){AGORA_VALUE_TEXT, 5, "room"}, AGORA_ERROR_NUL_IN_TEXT, "channel_name",
            "holds a NUL byte");
    refuses(CHANNEL, number(1), AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "is a number; a string expected");
    refuses(CHANNEL, (agora_value){0, 0, NULL}, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name",
            "is of no known type; a string expected");
    refuses(ACCOUNT, text(""), AGORA_ERROR_INVALID_USER_ACCOUNT, "rtc_account",
            "is empty, which means any user; 1 to 255 bytes expected");
    refuses(ROLE, number(3), AGORA_ERROR_INVALID_ROLE, "rtc_role", "is 3; 1 (publisher) or 2 (subscriber) expected");
    refuses(ROLE, text("1"), AGORA_ERROR_INVALID_ROLE, "rtc_role",
            "is bytes; an integer from 0 to 4294967295 expected");
    refuses(EXPIRE, number(0), AGORA_ERROR_TOKEN_EXPIRE_ZERO, "rtc_token_expire",
            "is 0: the token would expire at once; seconds from now expected");
    refuses(EXPIRE, number(-1), AGORA_ERROR_INVALID_LIFETIME, "rtc_token_expire",
            "is -1; an integer from 0 to 4294967295 expected");
    refuses(JOIN, number(INT64_MIN), AGORA_ERROR_INVALID_LIFETIME, "join_channel_privilege_expire",
            "is -9223372036854775808; an integer from 0 to 4294967295 expected");
    refuses(AUDIO, large(UINT64_MAX), AGORA_ERROR_INVALID_LIFETIME, "pub_audio_privilege_expire",
            "is 18446744073709551615; an integer from 0 to 4294967295 expected");
    refuses(VIDEO, number(1000000000), AGORA_ERROR_PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP, "pub_video_privilege_expire",
            "is 1000000000, which looks like a Unix timestamp; AccessToken2 takes seconds from now");
    refuses(VIDEO, large((uint64_t)UINT32_MAX + 1), AGORA_ERROR_INVALID_LIFETIME, "pub_video_privilege_expire",
            "is 4294967296; an integer from 0 to 4294967295 expected");
    refuses(USER, text(""), AGORA_ERROR_INVALID_USER_ID, "rtm_user_id",
            "is empty, which means any user; 1 to 255 bytes expected");
    refuses(LOGIN, number(1700000000), AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, "rtm_token_expire",
            "is 1700000000, which looks like a Unix timestamp; AccessToken2 takes seconds from now");
}

static void good_call(void)
{
    char *token = NULL;
    agora_refusal refusal, untouched;
    memset(&refusal, 0x5a, sizeof refusal);
    memcpy(&untouched, &refusal, sizeof refusal);
    good_values();
    case_begin("a token of agora_build");
    CHECK_OK(build(AGORA_CALL_ISSUE_TS | AGORA_CALL_SALT, &token, &refusal));
    CHECK(memcmp(&refusal, &untouched, sizeof refusal) == 0);
    json *read = decoded(token);
    CHECK(json_get(read, "issuedAt")->number == 1700000000);
    CHECK(json_get(read, "salt")->number == 12345);
    CHECK(json_get(read, "expiresIn")->number == 60);
    const json *rtc = json_get(read, "services")->first, *rtm = rtc->next;
    CHECK_TEXT("room", json_get(rtc, "channel")->text);
    CHECK_TEXT("ann", json_get(rtc, "account")->text);
    CHECK(json_get(json_get(rtc, "privileges"), "publishDataStream")->number == 4);
    CHECK_TEXT("bob", json_get(rtm, "userId")->text);
    CHECK(json_get(json_get(rtm, "privileges"), "login")->number == 30);
    json_free(read);
    agora_string_free(token);
    case_end();

    case_begin("a time and a salt of its own");
    CHECK_OK(build(0, &token, NULL));
    read = decoded(token);
    CHECK(json_get(read, "issuedAt")->number > 1700000000);
    json_free(read);
    agora_string_free(token);
    CHECK_OK(build(AGORA_CALL_SALT, &token, NULL));
    read = decoded(token);
    CHECK(json_get(read, "issuedAt")->number > 1700000000 && json_get(read, "salt")->number == 12345);
    json_free(read);
    agora_string_free(token);
    case_end();
}

/* By the official rules any text is carried, and a role publishes or does not. */
static void official(void)
{
    char *token = NULL;
    agora_refusal refusal;
    good_values();
    values[CHANNEL] = (agora_value){AGORA_VALUE_TEXT, 3, "a\0b"};
    values[ACCOUNT] = text("");
    values[ROLE] = number(77);
    values[EXPIRE] = number(0);
    values[KEY] = text(APP_ID);
    case_begin("the official rules");
    CHECK_OK(build(AGORA_CALL_OFFICIAL, &token, &refusal));
    json *read = decoded(token);
    const json *rtc = json_get(read, "services")->first;
    CHECK(json_get(rtc, "channel")->size == 3 && memcmp(json_get(rtc, "channel")->text, "a\0b", 3) == 0);
    CHECK_TEXT("", json_get(rtc, "account")->text);
    CHECK(json_get(rtc, "privileges")->size == 1);
    CHECK(json_get(read, "expiresIn")->number == 0);
    json_free(read);
    agora_string_free(token);
    values[LOGIN] = number(-1);
    CHECK_STATUS(AGORA_ERROR_INVALID_LIFETIME, build(AGORA_CALL_OFFICIAL, &token, &refusal));
    CHECK_TEXT("rtm_token_expire", refusal.field);
    CHECK(refusal.argument == LOGIN);
    case_end();
}

static void is_no_call(agora_call call, const agora_value *given, size_t count, agora_status status, int argument,
                       const char *field, const char *reason)
{
    char *token = NULL;
    agora_refusal refusal;
    case_begin("no call: %s %s", field, reason);
    CHECK_STATUS(status, agora_build(&call, given, count, &token, &refusal));
    CHECK(token == NULL);
    CHECK_TEXT(field, refusal.field);
    CHECK_TEXT(reason, refusal.reason);
    CHECK(refusal.argument == argument);
    case_end();
}

static void no_calls(void)
{
    const agora_call fpa = {AGORA_BUILDER_FPA_TOKEN2, 0, 0, 0}, chat = {AGORA_BUILDER_CHAT_APP_TOKEN2, 0, 0, 0};
    agora_value many[17];
    good_values();
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = values[ID];
    is_no_call((agora_call){0, 0, 0, 0}, values, 2, AGORA_ERROR_INDEX_OUT_OF_RANGE, -1, "builder",
               "is 0: there is no such builder");
    is_no_call((agora_call){65540, 0, 0, 0}, values, 2, AGORA_ERROR_INDEX_OUT_OF_RANGE, -1, "builder",
               "is 65540: there is no such builder");
    is_no_call((agora_call){AGORA_BUILDER_FPA_TOKEN2, 8, 0, 0}, values, 2, AGORA_ERROR_INDEX_OUT_OF_RANGE, -1, "flags",
               "are 8, of which some are unknown");
    is_no_call(fpa, NULL, 2, AGORA_ERROR_NULL_ARGUMENT, -1, "values", "is NULL");
    is_no_call(fpa, many, COUNT(many), AGORA_ERROR_INDEX_OUT_OF_RANGE, -1, "count", "is 17, 2 values expected");
    is_no_call(fpa, values, 3, AGORA_ERROR_INDEX_OUT_OF_RANGE, -1, "count", "is 3, 2 values expected");
    is_no_call(chat, values, 2, AGORA_ERROR_INVALID_LIFETIME, 2, "token_expire",
               "is missing; an integer from 0 to 4294967295 expected");
    many[KEY].number = SIZE_MAX;
    is_no_call(fpa, many, 2, AGORA_ERROR_INVALID_APP_CERTIFICATE, 1, "app_certificate",
               "is of more bytes than any object has; a string expected");
    is_no_call(fpa, NULL, 0, AGORA_ERROR_INDEX_OUT_OF_RANGE, -1, "count", "is 0, 2 values expected");
}

static void permissions(void)
{
    const agora_call call = {AGORA_BUILDER_RTM_TOKEN2_WITH_PERMISSIONS, 0, 0, 0};
    agora_rtm2_permissions *news = NULL;
    char *token = NULL;
    agora_refusal refusal;
    case_begin("permissions of agora_build");
    CHECK_OK(agora_rtm2_permissions_new(&news));
    CHECK_OK(agora_rtm2_permissions_add_resource(news, AGORA_RTM2_USERS, AGORA_RTM2_READ, "bob", 3, NULL));
    agora_value given[] = {text(APP_ID), text(CERTIFICATE), text("ann"), {AGORA_VALUE_PERMISSIONS, 0, news}, number(9)};
    CHECK_OK(agora_build(&call, given, COUNT(given), &token, &refusal));
    json *read = decoded(token);
    CHECK(json_get(json_get(read, "services")->first, "permissions")->size == 1);
    json_free(read);
    agora_string_free(token);
    given[3].data = NULL;
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT, agora_build(&call, given, COUNT(given), &token, &refusal));
    CHECK_TEXT("permissions", refusal.field);
    CHECK(refusal.argument == 3);
    agora_rtm2_permissions_free(news);
    case_end();
}

/* No six characters of a secret in a row. */
static bool shows(const char *reason, const char *secret)
{
    char piece[7] = "";
    for (size_t i = 0; i + 6 <= strlen(secret); i++) {
        memcpy(piece, secret + i, 6);
        if (strstr(reason, piece) != NULL)
            return true;
    }
    return false;
}

/* Whatever place a certificate or a token stands in, also by mistake. */
static void secrets(void)
{
    char *token = NULL, *none = NULL;
    int refused = 0;
    case_begin("no refusal shows a secret");
    CHECK_OK(agora_build_token2_with_uid(APP_ID, CERTIFICATE, "room", 1, AGORA_ROLE_PUBLISHER, 60, 60, &token));
    const char *const secrets[] = {
        CERTIFICATE,
        CERTIFICATE "\n",
        " " CERTIFICATE,
        "\"" CERTIFICATE "\"",
        CERTIFICATE "5",
        "5CFd2fd1755d40ecb72977518be15d3",
        "5CFd2fd1-755d-40ec-b729-77518be15d3b",
        "5CFd2fd1755d40ecb72977518be15d3x",
        "98765432109876543210987654321098",
        token,
    };
    for (size_t i = 0; i < COUNT(secrets); i++)
        for (int place = 0; place < VALUE_COUNT; place++) {
            agora_refusal refusal;
            good_values();
            values[place] = text(secrets[i]);
            if (build(0, &none, &refusal) == AGORA_OK) {
                agora_string_free(none);
                continue;
            }
            refused++;
            check_that(!shows(refusal.reason, secrets[i]), __FILE__, __LINE__, "%s of the secret %d: %s", refusal.field,
                       (int)i, refusal.reason);
        }
    CHECK(refused > 80);
    agora_string_free(token);
    case_end();
}

int main(void)
{
    good_call();
    refusals();
    official();
    no_calls();
    permissions();
    secrets();
    return summary();
}
