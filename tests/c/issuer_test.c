/* What an issuer mints, and what it refuses unless asked for it by name. */
#include <time.h>
#include "check.h"
#include "json.h"
#include "sample.h"

static agora_issuer *issuer;

static agora_grant *grant_to_uid(uint32_t uid)
{
    agora_grant *grant = NULL;
    CHECK_OK(agora_grant_new(&grant));
    CHECK_OK(agora_grant_set_uid(grant, uid, NULL));
    return grant;
}

static agora_grant *grant_to_anybody(void)
{
    agora_grant *grant = NULL;
    CHECK_OK(agora_grant_new(&grant));
    CHECK_OK(agora_grant_set_any_user(grant));
    return grant;
}

static agora_grant *grant_to_account(const char *account)
{
    agora_grant *grant = NULL;
    CHECK_OK(agora_grant_new(&grant));
    CHECK_OK(agora_grant_set_account(grant, account, NULL));
    return grant;
}

/* What an issuer answers with. */
typedef struct {
    char *token;
    uint64_t issued_at, expires_at, refresh_after;
    json *decoded;
} issued;

/* Issues, and checks what holds for every token. */
static issued issue(const agora_grant *grant, uint32_t lifetime)
{
    issued answer = {NULL, 0, 0, 0, NULL};
    agora_verifier *verifier = NULL;
    agora_expected *expected = NULL;
    char *document = NULL;
    CHECK_OK(agora_issuer_issue(issuer, grant, &answer.token, &answer.issued_at, &answer.expires_at,
                                &answer.refresh_after, NULL));
    CHECK_OK(agora_verifier_new(APP_ID, CERTIFICATE, &verifier, NULL));
    CHECK_OK(agora_expected_new(&expected));
    CHECK_OK(agora_verifier_verify(verifier, answer.token, expected, NULL));
    CHECK_OK(agora_inspect(answer.token, &document, NULL));
    answer.decoded = json_read(document);
    CHECK_TEXT("007", json_get(answer.decoded, "version")->text);
    CHECK(json_get(answer.decoded, "expiresIn")->number == (int64_t)lifetime);
    CHECK(json_get(answer.decoded, "expiresAt")->number == (int64_t)answer.expires_at);
    CHECK(json_get(answer.decoded, "issuedAt")->number == (int64_t)answer.issued_at);
    CHECK(answer.issued_at + lifetime == answer.expires_at);
    agora_string_free(document);
    agora_expected_free(expected);
    agora_verifier_free(verifier);
    return answer;
}

static void issued_free(issued *answer)
{
    agora_string_free(answer->token);
    json_free(answer->decoded);
}

/* A refused call gives nothing. */
static void is_refused(agora_status expected, const agora_grant *grant)
{
    char *token = (char *)"untouched";
    uint64_t issued_at = 7, expires_at = 7, refresh_after = 7;
    agora_refusal refusal;
    CHECK_STATUS(expected,
                 agora_issuer_issue(issuer, grant, &token, &issued_at, &expires_at, &refresh_after, &refusal));
    CHECK(token == NULL && issued_at == 7 && expires_at == 7 && refresh_after == 7);
    CHECK_STATUS(expected, refusal.status);
    CHECK(strlen(refusal.reason) > 0);
}

static const json *service_of(const issued *answer, const char *name)
{
    for (const json *service = json_get(answer->decoded, "services")->first; service != NULL; service = service->next)
        if (strcmp(json_get(service, "name")->text, name) == 0)
            return service;
    check_that(false, __FILE__, __LINE__, "there is no service %s", name);
    return NULL;
}

/* Whether a service grants just these; each lives for `lifetime` seconds. */
static void grants(const json *service, size_t count, const char *const *privileges, uint32_t lifetime)
{
    const json *found = json_get(service, "privileges");
    CHECK(found != NULL && found->size == count);
    for (size_t i = 0; i < count; i++) {
        const json *privilege = json_get(found, privileges[i]);
        check_that(privilege != NULL && privilege->number == (int64_t)lifetime, __FILE__, __LINE__,
                   "%s is not granted for %u seconds", privileges[i], (unsigned)lifetime);
    }
}

static const char *const PUBLISHER[] = {"joinChannel", "publishAudioStream", "publishVideoStream", "publishDataStream"};
static const char *const LOGIN[] = {"login"};
static const char *const CHAT_USER[] = {"user"};

static void has_text(const json *service, const char *field, const char *expected)
{
    const json *text = json_get(service, field);
    CHECK_TEXT(expected, text != NULL ? text->text : NULL);
}

/* --- what is minted ------------------------------------------------------------------------------ */

static void roles(void)
{
    agora_grant *grant = grant_to_uid(42);
    case_begin("a publisher");
    CHECK_OK(agora_grant_add_rtc(grant, "room", AGORA_ROLE_PUBLISHER, NULL));
    issued answer = issue(grant, 3600);
    CHECK(json_get(answer.decoded, "services")->size == 1);
    has_text(service_of(&answer, "rtc"), "channel", "room");
    has_text(service_of(&answer, "rtc"), "account", "42");
    grants(service_of(&answer, "rtc"), 4, PUBLISHER, 3600);
    issued_free(&answer);
    case_end();

    case_begin("a subscriber, of another channel");
    CHECK_STATUS(AGORA_ERROR_INVALID_CHANNEL_NAME, agora_grant_add_rtc(grant, "hall", AGORA_ROLE_SUBSCRIBER, NULL));
    CHECK_STATUS(AGORA_ERROR_INVALID_CHANNEL_NAME, agora_grant_add_rtc_any_channel(grant, AGORA_ROLE_SUBSCRIBER, NULL));
    CHECK_OK(agora_grant_set_channel(grant, "hall", NULL));
    CHECK_OK(agora_grant_set_role(grant, AGORA_ROLE_SUBSCRIBER, NULL));
    CHECK_OK(agora_grant_set_publish_lifetime(grant, 60, NULL));
    answer = issue(grant, 3600);
    CHECK(json_get(answer.decoded, "services")->size == 1);
    has_text(service_of(&answer, "rtc"), "channel", "hall");
    grants(service_of(&answer, "rtc"), 1, PUBLISHER, 3600);
    issued_free(&answer);
    case_end();

    case_begin("no other role");
    for (uint32_t role = 0; role <= 102; role++)
        if (role != AGORA_ROLE_PUBLISHER && role != AGORA_ROLE_SUBSCRIBER) {
            CHECK_STATUS(AGORA_ERROR_INVALID_ROLE, agora_grant_add_rtc(grant, "room", role, NULL));
            CHECK_STATUS(AGORA_ERROR_INVALID_ROLE, agora_grant_add_rtc_any_channel(grant, role, NULL));
        }
    /* What was refused changed nothing. */
    answer = issue(grant, 3600);
    has_text(service_of(&answer, "rtc"), "channel", "hall");
    issued_free(&answer);
    agora_grant_free(grant);
    case_end();
}

static void services(void)
{
    agora_grant *grant = NULL;
    agora_rtm2_permissions *permissions = NULL;
    case_begin("a grant of nothing");
    grant = grant_to_uid(42);
    is_refused(AGORA_ERROR_NO_SERVICES, grant);
    agora_grant_free(grant);
    case_end();

    case_begin("RTC, RTM and Chat in one token");
    grant = grant_to_account("ann");
    CHECK_OK(agora_grant_add_chat(grant));
    CHECK_OK(agora_grant_add_rtm(grant));
    CHECK_OK(agora_grant_add_rtc(grant, "room", AGORA_ROLE_PUBLISHER, NULL));
    CHECK_OK(agora_grant_set_lifetime(grant, 600, NULL));
    issued answer = issue(grant, 600);
    CHECK(json_get(answer.decoded, "services")->size == 3);
    has_text(service_of(&answer, "rtc"), "account", "ann");
    has_text(service_of(&answer, "rtm"), "userId", "ann");
    has_text(service_of(&answer, "chat"), "userId", "ann");
    grants(service_of(&answer, "rtc"), 4, PUBLISHER, 600);
    grants(service_of(&answer, "rtm"), 1, LOGIN, 600);
    grants(service_of(&answer, "chat"), 1, CHAT_USER, 600);
    issued_free(&answer);
    agora_grant_free(grant);
    case_end();

    case_begin("a uid's messaging, with permissions");
    grant = grant_to_uid(42);
    CHECK_OK(agora_rtm2_permissions_new(&permissions));
    CHECK_OK(agora_rtm2_permissions_add_resource(permissions, AGORA_RTM2_USERS, AGORA_RTM2_READ, "bob", 3, NULL));
    CHECK_OK(agora_grant_add_rtm2(grant, permissions, NULL));
    /* What was added is a copy. */
    CHECK_OK(agora_rtm2_permissions_clear(permissions, AGORA_RTM2_USERS, AGORA_RTM2_READ));
    agora_rtm2_permissions_free(permissions);
    answer = issue(grant, 3600);
    has_text(service_of(&answer, "rtm2"), "userId", "42");
    grants(service_of(&answer, "rtm2"), 1, LOGIN, 3600);
    const json *read = json_get(json_get(json_get(service_of(&answer, "rtm2"), "permissions"), "users"), "read");
    CHECK(read != NULL && read->size == 1 && strcmp(read->first->text, "bob") == 0);
    issued_free(&answer);
    agora_grant_free(grant);
    case_end();
}

/* A copy goes its own way. */
static void copies(void)
{
    agora_grant *grant = grant_to_uid(42), *copy = NULL;
    case_begin("copies");
    CHECK_OK(agora_grant_add_rtc(grant, "room", AGORA_ROLE_SUBSCRIBER, NULL));
    CHECK_OK(agora_grant_set_lifetime(grant, 60, NULL));
    CHECK_OK(agora_grant_copy(grant, &copy));
    CHECK_OK(agora_grant_set_channel(grant, "hall", NULL));
    CHECK_OK(agora_grant_set_role(grant, AGORA_ROLE_PUBLISHER, NULL));
    CHECK_OK(agora_grant_set_lifetime(grant, 120, NULL));
    agora_grant_free(grant);
    issued answer = issue(copy, 60);
    has_text(service_of(&answer, "rtc"), "channel", "room");
    has_text(service_of(&answer, "rtc"), "account", "42");
    grants(service_of(&answer, "rtc"), 1, PUBLISHER, 60);
    issued_free(&answer);
    agora_grant_free(copy);
    case_end();
}

/* --- who, and where ------------------------------------------------------------------------------ */

static void users(void)
{
    char long_account[257];
    agora_grant *grant = NULL;
    agora_refusal refusal;
    case_begin("uids");
    grant = grant_to_uid(UINT32_MAX);
    CHECK_OK(agora_grant_add_rtm(grant));
    CHECK_STATUS(AGORA_ERROR_INVALID_UID, agora_grant_set_uid(grant, 0, &refusal));
    CHECK_TEXT("uid", refusal.field);
    issued answer = issue(grant, 3600);
    has_text(service_of(&answer, "rtm"), "userId", "4294967295");
    issued_free(&answer);
    agora_grant_free(grant);
    case_end();

    static const char *const refused[] = {"",     "*",   "0",   "undefined", "null",
                                          "None", "NaN", "nil", "<nil>",     "[object Object]"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        case_begin("the user account \"%s\" is refused", refused[i]);
        CHECK_OK(agora_grant_new(&grant));
        CHECK_OK(agora_grant_add_rtm(grant));
        CHECK_STATUS(AGORA_ERROR_INVALID_USER_ACCOUNT, agora_grant_set_account(grant, refused[i], &refusal));
        CHECK_TEXT("account", refusal.field);
        is_refused(AGORA_ERROR_INVALID_USER_ID, grant);
        agora_grant_free(grant);
        case_end();
    }

    case_begin("user accounts");
    memset(long_account, 'a', sizeof long_account);
    long_account[256] = '\0';
    CHECK_OK(agora_grant_new(&grant));
    CHECK_STATUS(AGORA_ERROR_INVALID_USER_ACCOUNT, agora_grant_set_account(grant, long_account, NULL));
    long_account[255] = '\0';
    CHECK_OK(agora_grant_set_account(grant, long_account, NULL));
    CHECK_OK(agora_grant_add_rtm(grant));
    answer = issue(grant, 3600);
    has_text(service_of(&answer, "rtm"), "userId", long_account);
    issued_free(&answer);
    agora_grant_free(grant);
    /* An account of digits stays one; whoever asks for it means it. */
    agora_grant_free(grant_to_account("00"));
    case_end();

    case_begin("a grant without a user");
    CHECK_OK(agora_grant_new(&grant));
    CHECK_OK(agora_grant_add_rtc(grant, "room", AGORA_ROLE_PUBLISHER, NULL));
    is_refused(AGORA_ERROR_INVALID_USER_ID, grant);
    agora_grant_free(grant);
    case_end();

    case_begin("one grant, one user after the other");
    grant = grant_to_account("ann");
    CHECK_OK(agora_grant_add_rtm(grant));
    CHECK_OK(agora_grant_set_uid(grant, 43, NULL));
    answer = issue(grant, 3600);
    has_text(service_of(&answer, "rtm"), "userId", "43");
    issued_free(&answer);
    agora_grant_free(grant);
    case_end();

    case_begin("any user, by name");
    grant = grant_to_anybody();
    CHECK_OK(agora_grant_add_rtc(grant, "room", AGORA_ROLE_PUBLISHER, NULL));
    answer = issue(grant, 3600);
    has_text(service_of(&answer, "rtc"), "account", "");
    issued_free(&answer);
    agora_grant_free(grant);
    case_end();
}

/* A user as a request names it. */
static void users_from_outside(void)
{
    static const struct {
        const char *text;
        agora_status status;
        uint32_t uid;
    } users[] = {{"42", AGORA_OK, 42},
                 {"4294967295", AGORA_OK, UINT32_MAX},
                 {"ann", AGORA_OK, 0},
                 {"42a", AGORA_OK, 0},
                 {"0", AGORA_ERROR_INVALID_UID, 0},
                 {"042", AGORA_ERROR_INVALID_UID, 0},
                 {" 42", AGORA_ERROR_INVALID_UID, 0},
                 {"-1", AGORA_ERROR_INVALID_UID, 0},
                 {"4294967296", AGORA_ERROR_INVALID_UID, 0},
                 {"", AGORA_ERROR_INVALID_USER_ACCOUNT, 0},
                 {"null", AGORA_ERROR_INVALID_USER_ACCOUNT, 0}};
    for (size_t i = 0; i < sizeof users / sizeof users[0]; i++) {
        agora_refusal refusal;
        uint32_t uid = 7;
        agora_grant *grant = grant_to_uid(1);
        case_begin("the user \"%s\" of a request", users[i].text);
        CHECK_STATUS(users[i].status, agora_read_user(users[i].text, strlen(users[i].text), &uid, &refusal));
        CHECK(uid == (users[i].status == AGORA_OK ? users[i].uid : 7));
        CHECK_STATUS(users[i].status, agora_grant_set_user(grant, users[i].text, &refusal));
        if (users[i].status != AGORA_OK)
            CHECK_TEXT("user", refusal.field);
        CHECK_OK(agora_grant_add_rtm(grant));
        issued answer = issue(grant, 3600);
        has_text(service_of(&answer, "rtm"), "userId", users[i].status == AGORA_OK ? users[i].text : "1");
        issued_free(&answer);
        agora_grant_free(grant);
        case_end();
    }

    static const struct {
        const char *json;
        agora_status status;
        uint32_t uid;
        const char *account;
    } values[] = {{"42", AGORA_OK, 42, ""},
                  {"\"42\"", AGORA_OK, 42, ""},
                  {" \"ann\" ", AGORA_OK, 0, "ann"},
                  {"\"042\"", AGORA_ERROR_INVALID_UID, 0, ""},
                  {"0", AGORA_ERROR_INVALID_UID, 0, ""},
                  {"-1", AGORA_ERROR_INVALID_UID, 0, ""},
                  {"42.5", AGORA_ERROR_INVALID_UID, 0, ""},
                  {"4294967296", AGORA_ERROR_INVALID_UID, 0, ""},
                  {"true", AGORA_ERROR_INVALID_USER_ACCOUNT, 0, ""},
                  {"null", AGORA_ERROR_INVALID_USER_ACCOUNT, 0, ""},
                  {"{\"uid\":42}", AGORA_ERROR_INVALID_USER_ACCOUNT, 0, ""},
                  {"ann", AGORA_ERROR_INVALID_USER_ACCOUNT, 0, ""},
                  {"", AGORA_ERROR_INVALID_USER_ACCOUNT, 0, ""}};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        agora_refusal refused;
        uint32_t uid = 7;
        char *account = NULL;
        agora_grant *grant = grant_to_uid(1);
        case_begin("the user %s of a JSON document", values[i].json);
        CHECK_STATUS(values[i].status,
                     agora_read_user_json(values[i].json, strlen(values[i].json), &uid, &account, &refused));
        CHECK_STATUS(values[i].status, agora_grant_set_user_json(grant, values[i].json, &refused));
        if (values[i].status == AGORA_OK) {
            CHECK(uid == values[i].uid);
            CHECK_TEXT(values[i].account, account);
            CHECK_OK(agora_grant_add_rtm(grant));
            issued answer = issue(grant, 3600);
            has_text(service_of(&answer, "rtm"), "userId", uid == 0 ? account : "42");
            issued_free(&answer);
        } else {
            CHECK(uid == 7 && account == NULL);
            CHECK_TEXT("user", refused.field);
        }
        agora_string_free(account);
        agora_grant_free(grant);
        case_end();
    }

    agora_refusal refusal;
    case_begin("a text of a language whose strings may hold a NUL");
    CHECK_OK(agora_check_text("room", 4, NULL));
    CHECK_OK(agora_check_text("", 0, NULL));
    CHECK_STATUS(AGORA_ERROR_NUL_IN_TEXT, agora_check_text("room\0b", 6, &refusal));
    CHECK_TEXT("text", refusal.field);
    CHECK_STATUS(AGORA_ERROR_INVALID_UTF8, agora_check_text("r\xff", 2, NULL));
    case_end();
}

/* --- the same each time, for tests ------------------------------------------------------------------ */

static void frozen(void)
{
    char *token = NULL, *again = NULL, *document = NULL;
    uint64_t issued_at = 0, expires_at = 0, refresh_after = 0;
    agora_verifier *verifier = NULL;
    agora_expected *expected = NULL;
    case_begin("a token of a frozen time and salt");
    agora_grant *grant = grant_to_uid(42);
    CHECK_OK(agora_grant_add_rtc(grant, "room", AGORA_ROLE_PUBLISHER, NULL));
    CHECK_OK(
        agora_issuer_issue_at(issuer, grant, 1700000000, 12345, &token, &issued_at, &expires_at, &refresh_after, NULL));
    CHECK_OK(agora_issuer_issue_at(issuer, grant, 1700000000, 12345, &again, NULL, NULL, NULL, NULL));
    CHECK_TEXT(token, again);
    CHECK(issued_at == 1700000000 && expires_at == 1700003600 && refresh_after == 1700003240);
    CHECK_OK(agora_inspect(token, &document, NULL));
    json *decoded = json_read(document);
    CHECK(json_get(decoded, "issuedAt")->number == 1700000000);
    CHECK(json_get(decoded, "salt")->number == 12345);
    json_free(decoded);
    CHECK_OK(agora_verifier_new(APP_ID, CERTIFICATE, &verifier, NULL));
    CHECK_OK(agora_expected_new(&expected));
    CHECK_STATUS(AGORA_ERROR_TOKEN_EXPIRED, agora_verifier_verify(verifier, token, expected, NULL));
    CHECK_OK(agora_verifier_set_now(verifier, 1700000000, NULL));
    CHECK_OK(agora_verifier_verify(verifier, token, expected, NULL));
    agora_expected_free(expected);
    agora_verifier_free(verifier);
    agora_string_free(document);
    agora_string_free(again);
    agora_string_free(token);
    case_end();

    uint32_t salt = 0, other = 0;
    case_begin("salts for a clock of one's own");
    CHECK_OK(agora_draw_salt(&salt, NULL));
    CHECK_OK(agora_draw_salt(&other, NULL));
    CHECK(salt != other && salt >= 16842752 && salt <= 99999999);
    CHECK_OK(agora_issuer_issue_at(issuer, grant, 1700000000, salt, &token, NULL, NULL, NULL, NULL));
    agora_string_free(token);
    agora_grant_free(grant);
    case_end();
}

static void messaging_for_any_user(void)
{
    agora_rtm2_permissions *permissions = NULL;
    case_begin("messaging and Chat are for somebody");
    agora_grant *rtm = grant_to_anybody(), *chat = grant_to_anybody(), *rtm2 = grant_to_anybody();
    CHECK_OK(agora_rtm2_permissions_new(&permissions));
    CHECK_OK(agora_grant_add_rtc(rtm, "room", AGORA_ROLE_PUBLISHER, NULL));
    CHECK_OK(agora_grant_add_rtm(rtm));
    CHECK_OK(agora_grant_add_chat(chat));
    CHECK_OK(agora_grant_add_rtm2(rtm2, permissions, NULL));
    is_refused(AGORA_ERROR_INVALID_USER_ID, rtm);
    is_refused(AGORA_ERROR_INVALID_USER_ID, chat);
    is_refused(AGORA_ERROR_INVALID_USER_ID, rtm2);
    agora_rtm2_permissions_free(permissions);
    agora_grant_free(rtm2);
    agora_grant_free(chat);
    agora_grant_free(rtm);
    case_end();
}

static void channels(void)
{
    char long_name[65];
    agora_grant *grant = grant_to_uid(42);
    case_begin("channels");
    memset(long_name, 'c', sizeof long_name);
    long_name[64] = '\0';
    CHECK_STATUS(AGORA_ERROR_INVALID_CHANNEL_NAME, agora_grant_add_rtc(grant, long_name, AGORA_ROLE_PUBLISHER, NULL));
    CHECK_STATUS(AGORA_ERROR_INVALID_CHANNEL_NAME, agora_grant_add_rtc(grant, "", AGORA_ROLE_PUBLISHER, NULL));
    CHECK_STATUS(AGORA_ERROR_INVALID_CHANNEL_NAME, agora_grant_add_rtc(grant, " ", AGORA_ROLE_PUBLISHER, NULL));
    CHECK_STATUS(AGORA_ERROR_INVALID_CHANNEL_NAME, agora_grant_add_rtc(grant, "*", AGORA_ROLE_PUBLISHER, NULL));
    CHECK_STATUS(AGORA_ERROR_INVALID_CHANNEL_NAME, agora_grant_add_rtc(grant, "a/b", AGORA_ROLE_PUBLISHER, NULL));
    is_refused(AGORA_ERROR_NO_SERVICES, grant);
    long_name[63] = '\0';
    CHECK_OK(agora_grant_add_rtc(grant, long_name, AGORA_ROLE_PUBLISHER, NULL));
    issued answer = issue(grant, 3600);
    has_text(service_of(&answer, "rtc"), "channel", long_name);
    issued_free(&answer);
    case_end();

    case_begin("any channel, by name");
    agora_grant_free(grant);
    grant = grant_to_uid(42);
    CHECK_OK(agora_grant_add_rtc_any_channel(grant, AGORA_ROLE_SUBSCRIBER, NULL));
    answer = issue(grant, 3600);
    has_text(service_of(&answer, "rtc"), "channel", "*");
    grants(service_of(&answer, "rtc"), 1, PUBLISHER, 3600);
    issued_free(&answer);
    agora_grant_free(grant);
    case_end();
}

/* --- how long ------------------------------------------------------------------------------------ */

static void lifetimes(void)
{
    agora_grant *grant = grant_to_uid(42);
    case_begin("lifetimes");
    CHECK_OK(agora_grant_add_rtc(grant, "room", AGORA_ROLE_PUBLISHER, NULL));
    CHECK_OK(agora_grant_set_lifetime(grant, 86400, NULL));
    CHECK_STATUS(AGORA_ERROR_TOKEN_EXPIRE_ZERO, agora_grant_set_lifetime(grant, 0, NULL));
    CHECK_STATUS(AGORA_ERROR_LIFETIME_OVER_A_DAY, agora_grant_set_lifetime(grant, 86401, NULL));
    CHECK_STATUS(AGORA_ERROR_LIFETIME_OVER_A_DAY, agora_grant_set_lifetime(grant, 999999999, NULL));
    CHECK_STATUS(AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, agora_grant_set_lifetime(grant, 1000000000, NULL));
    CHECK_STATUS(AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP,
                 agora_grant_set_lifetime(grant, (uint32_t)time(NULL), NULL));
    issued answer = issue(grant, 86400);
    grants(service_of(&answer, "rtc"), 4, PUBLISHER, 86400);
    issued_free(&answer);
    case_end();

    case_begin("over a day, by name");
    CHECK_OK(agora_grant_set_lifetime_longer_than_a_day(grant, 86401, NULL));
    answer = issue(grant, 86401);
    grants(service_of(&answer, "rtc"), 4, PUBLISHER, 86401);
    issued_free(&answer);
    CHECK_STATUS(AGORA_ERROR_TOKEN_EXPIRE_ZERO, agora_grant_set_lifetime_longer_than_a_day(grant, 0, NULL));
    CHECK_STATUS(AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP,
                 agora_grant_set_lifetime_longer_than_a_day(grant, 1000000000, NULL));
    CHECK_OK(agora_grant_set_lifetime_longer_than_a_day(grant, 999999999, NULL));
    answer = issue(grant, 999999999);
    issued_free(&answer);
    CHECK_OK(agora_grant_set_lifetime(grant, 60, NULL));
    answer = issue(grant, 60);
    issued_free(&answer);
    case_end();

    case_begin("publishing for less");
    CHECK_STATUS(AGORA_ERROR_TOKEN_EXPIRE_ZERO, agora_grant_set_publish_lifetime(grant, 0, NULL));
    CHECK_STATUS(AGORA_ERROR_LIFETIME_OVER_A_DAY, agora_grant_set_publish_lifetime(grant, 86401, NULL));
    CHECK_STATUS(AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP,
                 agora_grant_set_publish_lifetime(grant, 1700000000, NULL));
    CHECK_OK(agora_grant_set_publish_lifetime(grant, 30, NULL));
    answer = issue(grant, 60);
    const json *privileges = json_get(service_of(&answer, "rtc"), "privileges");
    CHECK(json_get(privileges, "joinChannel")->number == 60);
    for (int i = 1; i < 4; i++)
        CHECK(json_get(privileges, PUBLISHER[i])->number == 30);
    issued_free(&answer);
    /* No privilege outlives its token. */
    CHECK_OK(agora_grant_set_publish_lifetime(grant, 61, NULL));
    answer = issue(grant, 60);
    grants(service_of(&answer, "rtc"), 4, PUBLISHER, 60);
    issued_free(&answer);
    agora_grant_free(grant);
    case_end();
}

/* A grant of this service alone, with what any of them may need. */
static agora_grant *grant_of(uint16_t service)
{
    agora_grant *grant = grant_to_uid(42);
    CHECK_OK(agora_grant_add_service(grant, service, NULL));
    CHECK_OK(agora_grant_set_channel(grant, "room", NULL));
    CHECK_OK(agora_grant_set_role(grant, AGORA_ROLE_PUBLISHER, NULL));
    CHECK_OK(agora_grant_set_room(grant, "class", -7, NULL));
    return grant;
}

static void every_service(void)
{
    for (uint16_t type = AGORA_SERVICE_RTC; type <= AGORA_SERVICE_STT; type++) {
        case_begin("a grant of the service %d alone", (int)type);
        agora_grant *grant = grant_of(type);
        issued answer = issue(grant, 3600);
        const json *services = json_get(answer.decoded, "services"), *service = services->first;
        CHECK(services->size == 1 && json_get(service, "type")->number == type);
        for (const json *one = json_get(service, "privileges")->first; one != NULL; one = one->next)
            CHECK(one->number == 3600);
        if (type == AGORA_SERVICE_FCDN) {
            CHECK_TEXT("room", json_get(service, "channel")->text);
            CHECK(json_get(service, "privileges")->size == 2);
        }
        if (type == AGORA_SERVICE_APAAS) {
            CHECK_TEXT("class", json_get(service, "roomUuid")->text);
            CHECK(json_get(service, "role")->number == -7);
        }
        issued_free(&answer);
        agora_grant_free(grant);
        case_end();
    }

    agora_refusal refusal;
    case_begin("a service that there is not");
    agora_grant *grant = grant_to_uid(42);
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_grant_add_service(grant, 11, &refusal));
    CHECK_TEXT("service", refusal.field);
    CHECK_TEXT("is 11: there is no such service", refusal.reason);
    is_refused(AGORA_ERROR_NO_SERVICES, grant);
    agora_grant_free(grant);
    case_end();

    case_begin("a service without its channel, and without its role");
    grant = grant_to_uid(42);
    CHECK_OK(agora_grant_add_service(grant, AGORA_SERVICE_STREAMING, NULL));
    CHECK_OK(agora_grant_set_role(grant, AGORA_ROLE_PUBLISHER, NULL));
    is_refused(AGORA_ERROR_INVALID_CHANNEL_NAME, grant);
    CHECK_OK(agora_grant_set_any_channel(grant));
    issued answer = issue(grant, 3600);
    CHECK_TEXT("*", json_get(json_get(answer.decoded, "services")->first, "channel")->text);
    issued_free(&answer);
    agora_grant_free(grant);
    grant = grant_to_uid(42);
    CHECK_OK(agora_grant_add_service(grant, AGORA_SERVICE_STREAMING, NULL));
    CHECK_OK(agora_grant_set_any_channel(grant));
    is_refused(AGORA_ERROR_INVALID_ROLE, grant);
    agora_grant_free(grant);
    case_end();
}

static void publishing_for_days(void)
{
    agora_refusal refusal;
    case_begin("publishing for more than a day, by name");
    agora_grant *grant = grant_to_uid(42);
    CHECK_OK(agora_grant_add_rtc(grant, "room", AGORA_ROLE_PUBLISHER, NULL));
    CHECK_OK(agora_grant_set_lifetime_longer_than_a_day(grant, 259200, NULL));
    CHECK_STATUS(AGORA_ERROR_LIFETIME_OVER_A_DAY, agora_grant_set_publish_lifetime(grant, 172800, &refusal));
    CHECK_TEXT("publish_lifetime", refusal.field);
    CHECK_TEXT("is 172800 seconds, at most 86400 (24 hours) unless asked for by name", refusal.reason);
    CHECK_OK(agora_grant_set_publish_lifetime_longer_than_a_day(grant, 172800, NULL));
    issued answer = issue(grant, 259200);
    const json *privileges = json_get(service_of(&answer, "rtc"), "privileges");
    CHECK(json_get(privileges, "joinChannel")->number == 259200);
    CHECK(json_get(privileges, "publishAudioStream")->number == 172800);
    issued_free(&answer);
    CHECK_STATUS(AGORA_ERROR_TOKEN_EXPIRE_ZERO, agora_grant_set_publish_lifetime_longer_than_a_day(grant, 0, &refusal));
    CHECK_TEXT("publish_lifetime", refusal.field);
    agora_grant_free(grant);
    case_end();
}

static void refreshes(void)
{
    static const struct {
        uint32_t lifetime, ahead;
    } expected[] = {{1, 0}, {2, 1}, {59, 29}, {60, 30}, {61, 30}, {300, 30}, {310, 31}, {3600, 360}, {86400, 8640}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        agora_grant *grant = grant_to_uid(42);
        const uint64_t before = (uint64_t)time(NULL);
        case_begin("refreshing a token of %u seconds", (unsigned)expected[i].lifetime);
        CHECK_OK(agora_grant_add_rtm(grant));
        CHECK_OK(agora_grant_set_lifetime(grant, expected[i].lifetime, NULL));
        char *token = NULL;
        uint64_t issued_at = 0, expires_at = 0, refresh_after = 0;
        CHECK_OK(agora_issuer_issue(issuer, grant, &token, &issued_at, &expires_at, &refresh_after, NULL));
        /* time() may be a clock tick behind the clock that the library reads. */
        CHECK(issued_at >= before);
        CHECK(issued_at <= (uint64_t)time(NULL) + 1);
        CHECK(expires_at == issued_at + expected[i].lifetime);
        CHECK(expires_at - refresh_after == expected[i].ahead);
        agora_string_free(token);
        agora_grant_free(grant);
        case_end();
    }
}

/* --- how large ----------------------------------------------------------------------------------- */

static void long_tokens(void)
{
    agora_rtm2_permissions *permissions = NULL;
    agora_grant *grant = grant_to_uid(42);
    uint32_t random = 1;
    case_begin("a token that no browser takes");
    CHECK_OK(agora_rtm2_permissions_new(&permissions));
    /* 200 names of 16 characters that do not compress to less than half. */
    for (int i = 0; i < 200; i++) {
        char name[17];
        for (int part = 0; part < 2; part++) {
            random = random * 1664525u + 1013904223u;
            snprintf(name + 8 * part, 9, "%08lx", (unsigned long)random);
        }
        CHECK_OK(agora_rtm2_permissions_add_resource(permissions, AGORA_RTM2_USERS, AGORA_RTM2_READ, name, 16, NULL));
    }
    CHECK_OK(agora_grant_add_rtm2(grant, permissions, NULL));
    is_refused(AGORA_ERROR_TOKEN_TOO_LONG, grant);
    CHECK_OK(agora_grant_allow_long_token(grant));
    issued answer = issue(grant, 3600);
    CHECK(strlen(answer.token) > 2047);
    issued_free(&answer);
    agora_rtm2_permissions_free(permissions);
    agora_grant_free(grant);
    case_end();
}

/* --- issuers ------------------------------------------------------------------------------------- */

static void issuers(void)
{
    agora_issuer *refused = (agora_issuer *)&refused;
    case_begin("credentials");
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_ID, agora_issuer_new("", CERTIFICATE, &refused, NULL));
    CHECK(refused == NULL);
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_CERTIFICATE, agora_issuer_new(APP_ID, CERTIFICATE "\n", &refused, NULL));
    CHECK(refused == NULL);
    case_end();

    case_begin("one grant, many tokens");
    agora_grant *grant = grant_to_uid(42);
    CHECK_OK(agora_grant_add_rtm(grant));
    issued one = issue(grant, 3600), other = issue(grant, 3600);
    CHECK(json_get(one.decoded, "salt")->number != json_get(other.decoded, "salt")->number);
    issued_free(&one);
    issued_free(&other);
    agora_grant_free(grant);
    case_end();
}

int main(void)
{
    case_begin("an issuer");
    CHECK_OK(agora_issuer_new(APP_ID, CERTIFICATE, &issuer, NULL));
    case_end();
    roles();
    services();
    copies();
    users();
    users_from_outside();
    frozen();
    messaging_for_any_user();
    channels();
    lifetimes();
    every_service();
    publishing_for_days();
    refreshes();
    long_tokens();
    issuers();
    agora_issuer_free(issuer);
    return summary();
}
