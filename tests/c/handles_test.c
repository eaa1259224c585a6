/* The handles: what is put in comes out, indexes are checked, and a refused call changes nothing. */
#include <stdlib.h>
#include "check.h"
#include "sample.h"

static agora_access_token2 *new_token2(void)
{
    agora_access_token2 *token = NULL;
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, 1700000000, 3600, &token, NULL));
    return token;
}

static char *built(const agora_access_token2 *token)
{
    char *text = NULL;
    CHECK_OK(agora_access_token2_build(token, &text));
    return text;
}

static agora_unverified_token2 *parsed(const char *text)
{
    agora_unverified_token2 *read = NULL;
    CHECK_OK(agora_unverified_token2_parse(text, &read, NULL));
    return read;
}

/* --- tokens in the making ------------------------------------------------------------------------ */

static void numbers_of_access_token2(void)
{
    agora_access_token2 *token = new_token2();
    uint32_t number = 0;
    case_begin("numbers of an AccessToken2");
    CHECK_OK(agora_access_token2_issue_ts(token, &number));
    CHECK(number == 1700000000);
    CHECK_OK(agora_access_token2_expire(token, &number));
    CHECK(number == 3600);
    CHECK_OK(agora_access_token2_set_issue_ts(token, 0));
    CHECK_OK(agora_access_token2_issue_ts(token, &number));
    CHECK(number == 0);
    CHECK_OK(agora_access_token2_set_issue_ts(token, UINT32_MAX));
    CHECK_OK(agora_access_token2_issue_ts(token, &number));
    CHECK(number == UINT32_MAX);
    CHECK_OK(agora_access_token2_set_expire(token, UINT32_MAX));
    CHECK_OK(agora_access_token2_expire(token, &number));
    CHECK(number == UINT32_MAX);
    CHECK_OK(agora_access_token2_set_salt(token, 0));
    CHECK_OK(agora_access_token2_salt(token, &number));
    CHECK(number == 0);

    size_t service = 0;
    uint64_t expires_at = 0;
    CHECK_OK(agora_access_token2_add_fpa(token, &service, NULL));
    char *text = built(token);
    agora_unverified_token2 *read = parsed(text);
    CHECK_OK(agora_unverified_token2_expires_at(read, &expires_at));
    CHECK(expires_at == 2 * (uint64_t)UINT32_MAX);
    agora_unverified_token2_free(read);
    agora_string_free(text);
    agora_access_token2_free(token);
    case_end();
}

static void numbers_of_access_token(void)
{
    agora_access_token *token = NULL;
    uint32_t number = 0;
    case_begin("numbers of an AccessToken");
    CHECK_OK(agora_access_token_new(APP_ID, CERTIFICATE, "room", 4, "ann", 3, &token, NULL));
    CHECK_OK(agora_access_token_set_expires_at(token, UINT32_MAX));
    CHECK_OK(agora_access_token_expires_at(token, &number));
    CHECK(number == UINT32_MAX);
    CHECK_OK(agora_access_token_set_salt(token, 7));
    CHECK_OK(agora_access_token_salt(token, &number));
    CHECK(number == 7);
    agora_access_token_free(token);
    case_end();
}

/* A handle's own salt is random, and so is that of each one-call token. */
static void salts(void)
{
    enum { COUNT = 20 };
    uint32_t salts[COUNT] = {0};
    int equal = 0;
    case_begin("salts");
    for (int i = 0; i < COUNT; i++) {
        char *text = NULL;
        agora_access_token2 *token = new_token2();
        agora_unverified_token *read = NULL;
        if (i % 2 == 0) {
            CHECK_OK(agora_access_token2_salt(token, &salts[i]));
        } else {
            CHECK_OK(agora_build_token_with_uid(APP_ID, CERTIFICATE, "room", 1, AGORA_ROLE_PUBLISHER, 0, &text));
            CHECK_OK(agora_unverified_token_parse(text, &read, NULL));
            CHECK_OK(agora_unverified_token_salt(read, &salts[i]));
        }
        for (int j = 0; j < i; j++)
            equal += salts[i] == salts[j];
        CHECK(salts[i] >= 16842752 && salts[i] <= 99999999);
        agora_unverified_token_free(read);
        agora_string_free(text);
        agora_access_token2_free(token);
    }
    /* By chance one pair is equal in half a million runs. */
    CHECK(equal <= 1);
    case_end();
}

static void building_again(void)
{
    agora_access_token2 *token = new_token2();
    uint8_t signature[AGORA_SIGNATURE_SIZE] = {0};
    size_t service = 0, count = 0;
    uint16_t privilege = 0;
    uint32_t expire = 0;
    case_begin("a token may be changed and built again");
    CHECK_OK(agora_access_token2_add_stt(token, &service, NULL));
    char *first = built(token), *second = built(token);
    CHECK_TEXT(first, second);
    CHECK_OK(agora_access_token2_add_privilege(token, service, 300, 1));
    CHECK_OK(agora_access_token2_add_privilege(token, service, 2, 2));
    CHECK_OK(agora_access_token2_add_privilege(token, service, 300, 3));
    CHECK_OK(agora_access_token2_signature(token, signature));
    char *third = built(token);
    agora_unverified_token2 *read = parsed(third);
    CHECK(third != NULL && strcmp(first, third) != 0);
    CHECK_OK(agora_unverified_token2_verify_signature(read, CERTIFICATE, NULL));
    CHECK_OK(agora_unverified_token2_privilege_count(read, 0, &count));
    CHECK(count == 2);
    CHECK_OK(agora_unverified_token2_privilege(read, 0, 0, &privilege, &expire));
    CHECK(privilege == 2 && expire == 2);
    CHECK_OK(agora_unverified_token2_privilege(read, 0, 1, &privilege, &expire));
    CHECK(privilege == 300 && expire == 3);
    const uint8_t *found = NULL;
    size_t size = 0;
    CHECK_OK(agora_unverified_token2_signature(read, &found, &size));
    CHECK(size == sizeof signature && memcmp(found, signature, size) == 0);
    agora_unverified_token2_free(read);
    agora_string_free(first);
    agora_string_free(second);
    agora_string_free(third);
    agora_access_token2_free(token);
    case_end();
}

static void packed_services(void)
{
    agora_access_token2 *token = new_token2();
    static const char content[] = {1, 0, 7, 0, 60, 0, 0, 0, 'x'};
    uint16_t type = 0, privilege = 0;
    uint32_t expire = 0;
    size_t size = 0, signature_size = 0, info_size = 0, unread = 0;
    const uint8_t *payload = NULL, *signature = NULL, *info = NULL;
    case_begin("a service of an unknown type goes through as bytes");
    CHECK_OK(agora_access_token2_add_packed(token, 300, content, sizeof content));
    char *text = built(token);
    agora_unverified_token2 *read = parsed(text);
    CHECK_OK(agora_unverified_token2_verify_signature(read, CERTIFICATE, NULL));
    CHECK_OK(agora_unverified_token2_service_type(read, 0, &type));
    CHECK_OK(agora_unverified_token2_privilege(read, 0, 0, &privilege, &expire));
    CHECK_OK(agora_unverified_token2_unread_bytes(read, &unread));
    CHECK(type == 300 && privilege == 7 && expire == 60 && unread == 1);
    CHECK_OK(agora_unverified_token2_payload(read, &payload, &size));
    CHECK_OK(agora_unverified_token2_signature(read, &signature, &signature_size));
    CHECK_OK(agora_unverified_token2_signing_info(read, &info, &info_size));
    CHECK(size == 2 + signature_size + info_size && memcmp(payload + 2, signature, signature_size) == 0);
    CHECK(memcmp(payload + 2 + signature_size, info, info_size) == 0);
    CHECK(size > sizeof content && memcmp(payload + size - sizeof content, content, sizeof content) == 0);
    agora_unverified_token2_free(read);
    agora_string_free(text);
    agora_access_token2_free(token);
}

static void refused_credentials(void)
{
    agora_access_token2 *token2 = (agora_access_token2 *)&token2;
    agora_access_token *token = (agora_access_token *)&token;
    case_begin("handles want an App ID and a certificate");
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_ID, agora_access_token2_new("", CERTIFICATE, 0, 1, &token2, NULL));
    CHECK(token2 == NULL);
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_CERTIFICATE, agora_access_token2_new(APP_ID, APP_ID "0", 0, 1, &token2, NULL));
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_ID, agora_access_token_new("0", CERTIFICATE, "", 0, "", 0, &token, NULL));
    CHECK(token == NULL);
    CHECK_STATUS(AGORA_ERROR_INVALID_APP_CERTIFICATE, agora_access_token_new(APP_ID, "", "", 0, "", 0, &token, NULL));
    case_end();
}

/* Every token shows its App ID, so builders refuse a certificate that is the App ID too. The mechanism expresses every
   token there is. */
static void certificate_is_app_id(void)
{
    static const char small[] = "970ca35de60c44645bbae8a215061b33";
    agora_access_token2 *token2 = NULL;
    agora_access_token *token = NULL;
    char *text = NULL;
    size_t service = 0;
    case_begin("the mechanism takes a certificate that is the App ID too");
    CHECK_OK(agora_access_token2_new(APP_ID, APP_ID, 0, 1, &token2, NULL));
    CHECK_OK(agora_access_token2_add_convo_ai(token2, &service, NULL));
    CHECK_OK(agora_access_token2_build(token2, &text));
    agora_access_token2_free(token2);
    agora_string_free(text);
    CHECK_OK(agora_access_token_new(APP_ID, small, "room", 4, "", 0, &token, NULL));
    CHECK_OK(agora_access_token_build(token, &text));
    agora_access_token_free(token);
    agora_string_free(text);
    case_end();

    case_begin("builders and the issuer refuse it");
    const char *const certificates[] = {APP_ID, small};
    for (int i = 0; i < 2; i++) {
        agora_issuer *issuer = (agora_issuer *)&issuer;
        agora_refusal refusal = {0};
        CHECK_STATUS(AGORA_ERROR_INVALID_APP_CERTIFICATE, agora_issuer_new(APP_ID, certificates[i], &issuer, &refusal));
        CHECK(issuer == NULL);
        CHECK_TEXT("app_certificate", refusal.field);
        text = (char *)&text;
        CHECK_STATUS(
            AGORA_ERROR_INVALID_APP_CERTIFICATE,
            agora_build_token2_with_uid(APP_ID, certificates[i], "room", 42, AGORA_ROLE_PUBLISHER, 60, 60, &text));
        CHECK(text == NULL);
    }
    CHECK_TEXT("app_certificate", agora_status_field(AGORA_ERROR_INVALID_APP_CERTIFICATE));
    case_end();
}

/* NULL is refused also where its size is 0. */
static void null_of_no_size(void)
{
    agora_access_token2 *token = new_token2();
    char *text = NULL;
    size_t service = 7;
    case_begin("NULL of no size");
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT, agora_access_token2_add_rtm(token, NULL, 0, &service, NULL));
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT, agora_access_token2_add_fpa(token, NULL, NULL));
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT, agora_check_channel(NULL, 0, NULL));
    CHECK(service == 7);
    /* And none of them left a service behind. */
    CHECK_STATUS(AGORA_ERROR_NO_SERVICES, agora_access_token2_build(token, &text));
    CHECK_OK(agora_access_token2_add_rtm(token, "", 0, &service, NULL));
    CHECK(service == 0);
    agora_access_token2_free(token);
    case_end();
}

/* --- permissions --------------------------------------------------------------------------------- */

static agora_rtm2_permissions *some_permissions(void)
{
    agora_rtm2_permissions *permissions = NULL;
    CHECK_OK(agora_rtm2_permissions_new(&permissions));
    CHECK_OK(agora_rtm2_permissions_add_resource(permissions, AGORA_RTM2_USERS, AGORA_RTM2_WRITE, "z", 1, NULL));
    CHECK_OK(agora_rtm2_permissions_add_resource(permissions, AGORA_RTM2_USERS, AGORA_RTM2_WRITE, "a\0b", 3, NULL));
    CHECK_OK(agora_rtm2_permissions_add_resource(permissions, AGORA_RTM2_USERS, AGORA_RTM2_WRITE, "z", 1, NULL));
    CHECK_OK(agora_rtm2_permissions_add_resource(permissions, AGORA_RTM2_USERS, AGORA_RTM2_READ, "gone", 4, NULL));
    CHECK_OK(agora_rtm2_permissions_clear(permissions, AGORA_RTM2_USERS, AGORA_RTM2_READ));
    CHECK_OK(
        agora_rtm2_permissions_add_resource(permissions, AGORA_RTM2_MESSAGE_CHANNELS, AGORA_RTM2_READ, "", 0, NULL));
    return permissions;
}

static void check_pair(const agora_unverified_token2 *read, size_t pair, uint16_t resource_type,
                       uint16_t permission_type, size_t count)
{
    uint16_t found_resource_type = 7, found_permission_type = 7;
    size_t found_count = 7;
    CHECK_OK(
        agora_unverified_token2_permission(read, 0, pair, &found_resource_type, &found_permission_type, &found_count));
    CHECK(found_resource_type == resource_type && found_permission_type == permission_type && found_count == count);
}

static void check_resource(const agora_unverified_token2 *read, size_t pair, size_t index, const char *text,
                           size_t size)
{
    const char *found = NULL;
    size_t found_size = 7;
    CHECK_OK(agora_unverified_token2_resource(read, 0, pair, index, &found, &found_size));
    CHECK(found_size == size && memcmp(found, text, size) == 0);
}

static void permissions(void)
{
    agora_rtm2_permissions *set = some_permissions();
    agora_access_token2 *token = new_token2();
    size_t service = 0, count = 0;
    case_begin("permissions");
    CHECK_OK(agora_access_token2_add_rtm2(token, "ann", 3, set, &service, NULL));
    /* What was added is a copy: it neither changes nor goes with the handle. */
    CHECK_OK(agora_rtm2_permissions_clear(set, AGORA_RTM2_USERS, AGORA_RTM2_WRITE));
    agora_rtm2_permissions_free(set);
    char *text = built(token);
    agora_unverified_token2 *read = parsed(text);
    CHECK_OK(agora_unverified_token2_permission_count(read, 0, &count));
    CHECK(count == 3);
    check_pair(read, 0, AGORA_RTM2_MESSAGE_CHANNELS, AGORA_RTM2_READ, 1);
    check_resource(read, 0, 0, "", 0);
    check_pair(read, 1, AGORA_RTM2_USERS, AGORA_RTM2_READ, 0);
    check_pair(read, 2, AGORA_RTM2_USERS, AGORA_RTM2_WRITE, 3);
    check_resource(read, 2, 0, "z", 1);
    check_resource(read, 2, 1, "a\0b", 3);
    check_resource(read, 2, 2, "z", 1);
    agora_unverified_token2_free(read);
    agora_string_free(text);
    agora_access_token2_free(token);
    case_end();
}

/* --- indexes ------------------------------------------------------------------------------------- */

/* A call that must find no such index, with out-parameters as they were and pointers NULL. */
#define OUT_OF_RANGE(call)                                                       \
    do {                                                                         \
        data = (const char *)&data;                                              \
        case_begin("%s", #call);                                                 \
        CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, call);                      \
        CHECK(size == 7 && wide == 7 && narrow == 7 && other == 7 && role == 7); \
        CHECK(data == NULL || data == (const char *)&data);                      \
        case_end();                                                              \
    } while (0)

static void indexes(void)
{
    const char *data = NULL;
    size_t size = 7, service = 0;
    uint32_t wide = 7;
    uint16_t narrow = 7, other = 7;
    int16_t role = 7;
    agora_access_token2 *token = new_token2();
    agora_rtm2_permissions *set = some_permissions();
    agora_access_token *token_006 = NULL;
    agora_unverified_token *read_006 = NULL;
    char *text_006 = NULL;
    case_begin("a token with RTM2 and FPA");
    CHECK_OK(agora_access_token2_add_rtm2(token, "ann", 3, set, &service, NULL));
    CHECK_OK(agora_access_token2_add_privilege(token, service, 1, 60));
    CHECK_OK(agora_access_token2_add_fpa(token, &service, NULL));
    char *text = built(token);
    agora_unverified_token2 *read = parsed(text);
    CHECK_OK(agora_access_token_new(APP_ID, CERTIFICATE, "room", 4, "ann", 3, &token_006, NULL));
    CHECK_OK(agora_access_token_add_privilege(token_006, 1, 0));
    CHECK_OK(agora_access_token_build(token_006, &text_006));
    CHECK_OK(agora_unverified_token_parse(text_006, &read_006, NULL));
    case_end();

    OUT_OF_RANGE(agora_access_token2_add_privilege(token, 2, 1, 60));
    OUT_OF_RANGE(agora_access_token2_add_privilege(token, SIZE_MAX, 1, 60));

    /* On the wire FPA comes first. */
    OUT_OF_RANGE(agora_unverified_token2_service_type(read, 2, &narrow));
    OUT_OF_RANGE(agora_unverified_token2_service_type(read, SIZE_MAX, &narrow));
    OUT_OF_RANGE(agora_unverified_token2_privilege_count(read, 2, &size));
    OUT_OF_RANGE(agora_unverified_token2_privilege_count(read, SIZE_MAX, &size));
    OUT_OF_RANGE(agora_unverified_token2_privilege(read, 2, 0, &narrow, &wide));
    OUT_OF_RANGE(agora_unverified_token2_privilege(read, 1, 1, &narrow, &wide));
    OUT_OF_RANGE(agora_unverified_token2_privilege(read, 1, SIZE_MAX, &narrow, &wide));
    OUT_OF_RANGE(agora_unverified_token2_privilege(read, 0, 0, &narrow, &wide));
    OUT_OF_RANGE(agora_unverified_token2_text(read, 2, AGORA_FIELD_USER_ID, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_text(read, SIZE_MAX, AGORA_FIELD_USER_ID, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_text(read, 0, AGORA_FIELD_USER_ID, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_text(read, 1, AGORA_FIELD_CHANNEL_NAME, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_text(read, 1, 0, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_text(read, 1, AGORA_FIELD_USER_UUID + 1, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_text(read, 1, UINT32_MAX, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_apaas_role(read, 1, &role));
    OUT_OF_RANGE(agora_unverified_token2_apaas_role(read, 2, &role));
    OUT_OF_RANGE(agora_unverified_token2_permission_count(read, 0, &size));
    OUT_OF_RANGE(agora_unverified_token2_permission_count(read, 2, &size));
    OUT_OF_RANGE(agora_unverified_token2_permission(read, 0, 0, &narrow, &other, &size));
    OUT_OF_RANGE(agora_unverified_token2_permission(read, 2, 0, &narrow, &other, &size));
    OUT_OF_RANGE(agora_unverified_token2_permission(read, 1, 3, &narrow, &other, &size));
    OUT_OF_RANGE(agora_unverified_token2_permission(read, 1, SIZE_MAX, &narrow, &other, &size));
    OUT_OF_RANGE(agora_unverified_token2_resource(read, 0, 0, 0, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_resource(read, 2, 0, 0, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_resource(read, 1, 3, 0, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_resource(read, 1, 1, 0, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_resource(read, 1, 2, 3, &data, &size));
    OUT_OF_RANGE(agora_unverified_token2_resource(read, 1, 2, SIZE_MAX, &data, &size));

    OUT_OF_RANGE(agora_unverified_token_privilege(read_006, 1, &narrow, &wide));
    OUT_OF_RANGE(agora_unverified_token_privilege(read_006, SIZE_MAX, &narrow, &wide));

    case_begin("bytes that could not be had are NULL");
    data = (const char *)&data;
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_unverified_token2_text(read, 2, 1, &data, &size));
    CHECK(data == NULL);
    data = (const char *)&data;
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_unverified_token2_resource(read, 2, 0, 0, &data, &size));
    CHECK(data == NULL);
    case_end();

    agora_unverified_token_free(read_006);
    agora_string_free(text_006);
    agora_access_token_free(token_006);
    agora_unverified_token2_free(read);
    agora_string_free(text);
    agora_rtm2_permissions_free(set);
    agora_access_token2_free(token);
}

/* --- what was read outlives what it was read from ------------------------------------------------ */

static void readers_own_their_bytes(void)
{
    agora_access_token2 *token = new_token2();
    const char *data = NULL;
    size_t service = 0, size = 0;
    case_begin("what is read stays when the text goes");
    CHECK_OK(agora_access_token2_add_rtm(token, "ann", 3, &service, NULL));
    char *text = built(token);
    agora_unverified_token2 *read = parsed(text);
    CHECK_OK(agora_unverified_token2_text(read, 0, AGORA_FIELD_USER_ID, &data, &size));
    if (text != NULL)
        memset(text, 'x', strlen(text));
    agora_string_free(text);
    agora_access_token2_free(token);
    CHECK(size == 3 && memcmp(data, "ann", size) == 0);
    agora_unverified_token2_free(read);
    case_end();
}

/* --- the Chat user of a classroom ---------------------------------------------------------------- */

static void chat_user_is(const char *expected, const char *user_uuid, size_t size)
{
    char *found = NULL;
    CHECK_OK(agora_apaas_chat_user_id(user_uuid, size, &found));
    CHECK_TEXT(expected, found);
    agora_string_free(found);
}

/* A length of -1, as of a call that failed. */
static void sizes_of_no_object(void)
{
    agora_refusal refusal;
    char *found = NULL;
    case_begin("a size that no object has");
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT, agora_check_channel("room", SIZE_MAX, &refusal));
    CHECK_TEXT("channel", refusal.field);
    CHECK_TEXT("has more bytes than any object", refusal.reason);
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT, agora_check_account("ann", SIZE_MAX, &refusal));
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT, agora_apaas_chat_user_id("ann", SIZE_MAX, &found));
    CHECK(found == NULL);
    case_end();
}

static void chat_users(void)
{
    case_begin("the Chat user of a classroom");
    chat_user_is("d41d8cd98f00b204e9800998ecf8427e", "", 0);
    chat_user_is("6384e2b2184bcbf58eccf10ca7a6563c", "alice", 5);
    chat_user_is("81051bcc2cf1bedf378224b0a93e2877", "\r\n", 2);
    chat_user_is("b400e11f5b771d40145d1dc70b3d7b8c", "a\0\xff", 3);
    case_end();
}

int main(void)
{
    numbers_of_access_token2();
    numbers_of_access_token();
    salts();
    building_again();
    packed_services();
    refused_credentials();
    certificate_is_app_id();
    null_of_no_size();
    sizes_of_no_object();
    permissions();
    indexes();
    readers_own_their_bytes();
    chat_users();
    return summary();
}
