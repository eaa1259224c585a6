/* What the format carries, to the byte: texts, counts, the size of a payload. */
#include <stdlib.h>
#include "check.h"
#include "sample.h"

#define LONGEST_TEXT 65535
#define MOST_ENTRIES 65535
#define LARGEST_PAYLOAD 1048576

static char letters[LONGEST_TEXT + 1];

static agora_access_token2 *new_token2(void)
{
    agora_access_token2 *token = NULL;
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, 1700000000, 60, &token, NULL));
    return token;
}

static agora_rtm2_permissions *new_permissions(void)
{
    agora_rtm2_permissions *permissions = NULL;
    CHECK_OK(agora_rtm2_permissions_new(&permissions));
    return permissions;
}

/* Builds and reads back; NULL when one of them fails. */
static agora_unverified_token2 *round_trip(const agora_access_token2 *token)
{
    char *text = NULL;
    agora_unverified_token2 *read = NULL;
    if (CHECK_OK(agora_access_token2_build(token, &text)))
        CHECK_OK(agora_unverified_token2_parse(text, &read, NULL));
    agora_string_free(text);
    return read;
}

/* --- texts --------------------------------------------------------------------------------------- */

static agora_status rtc_channel(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_rtc(token, letters, size, "", 0, out_service, NULL);
}

static agora_status rtc_account(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_rtc(token, "", 0, letters, size, out_service, NULL);
}

static agora_status rtm_user(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_rtm(token, letters, size, out_service, NULL);
}

static agora_status streaming_channel(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_streaming(token, letters, size, "", 0, out_service, NULL);
}

static agora_status streaming_account(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_streaming(token, "", 0, letters, size, out_service, NULL);
}

static agora_status chat_user(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_chat(token, letters, size, out_service, NULL);
}

static agora_status fcdn_channel(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_fcdn(token, letters, size, "", 0, out_service, NULL);
}

static agora_status fcdn_account(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_fcdn(token, "", 0, letters, size, out_service, NULL);
}

static agora_status apaas_room(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_apaas(token, letters, size, "", 0, 0, out_service, NULL);
}

static agora_status apaas_user(agora_access_token2 *token, size_t size, size_t *out_service)
{
    return agora_access_token2_add_apaas(token, "", 0, letters, size, 0, out_service, NULL);
}

static agora_status rtm2_user(agora_access_token2 *token, size_t size, size_t *out_service)
{
    agora_rtm2_permissions *permissions = new_permissions();
    const agora_status status = agora_access_token2_add_rtm2(token, letters, size, permissions, out_service, NULL);
    agora_rtm2_permissions_free(permissions);
    return status;
}

static const struct {
    const char *name;
    agora_status (*add)(agora_access_token2 *token, size_t size, size_t *out_service);
    uint32_t field;
    agora_status refusal;
} texts[] = {
    {"channel name of RTC", rtc_channel, AGORA_FIELD_CHANNEL_NAME, AGORA_ERROR_INVALID_CHANNEL_NAME},
    {"account of RTC", rtc_account, AGORA_FIELD_ACCOUNT, AGORA_ERROR_INVALID_USER_ACCOUNT},
    {"user of RTM", rtm_user, AGORA_FIELD_USER_ID, AGORA_ERROR_INVALID_USER_ID},
    {"channel name of Streaming", streaming_channel, AGORA_FIELD_CHANNEL_NAME, AGORA_ERROR_INVALID_CHANNEL_NAME},
    {"account of Streaming", streaming_account, AGORA_FIELD_ACCOUNT, AGORA_ERROR_INVALID_USER_ACCOUNT},
    {"user of Chat", chat_user, AGORA_FIELD_USER_ID, AGORA_ERROR_INVALID_USER_ID},
    {"channel name of FCDN", fcdn_channel, AGORA_FIELD_CHANNEL_NAME, AGORA_ERROR_INVALID_CHANNEL_NAME},
    {"account of FCDN", fcdn_account, AGORA_FIELD_ACCOUNT, AGORA_ERROR_INVALID_USER_ACCOUNT},
    {"room of aPaaS", apaas_room, AGORA_FIELD_ROOM_UUID, AGORA_ERROR_INVALID_ROOM_UUID},
    {"user of aPaaS", apaas_user, AGORA_FIELD_USER_UUID, AGORA_ERROR_INVALID_USER_UUID},
    {"user of RTM2", rtm2_user, AGORA_FIELD_USER_ID, AGORA_ERROR_INVALID_USER_ID},
};

static void texts_of_services(void)
{
    static const size_t too_long[] = {LONGEST_TEXT + 1, SIZE_MAX};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        agora_access_token2 *token = new_token2();
        char *text = NULL;
        const char *data = NULL;
        size_t service = 7, size = 0;
        case_begin("%s", texts[i].name);
        for (size_t j = 0; j < 2; j++) {
            CHECK_STATUS(texts[i].refusal, texts[i].add(token, too_long[j], &service));
            CHECK(service == 7);
        }
        CHECK_STATUS(AGORA_ERROR_NO_SERVICES, agora_access_token2_build(token, &text));
        CHECK_OK(texts[i].add(token, LONGEST_TEXT, &service));
        CHECK(service == 0);
        agora_unverified_token2 *read = round_trip(token);
        CHECK_OK(agora_unverified_token2_text(read, 0, texts[i].field, &data, &size));
        CHECK(size == LONGEST_TEXT && memcmp(data, letters, size) == 0);
        agora_unverified_token2_free(read);
        agora_access_token2_free(token);
        case_end();
    }
}

static void resources(void)
{
    agora_rtm2_permissions *permissions = new_permissions();
    agora_access_token2 *token = new_token2();
    const char *data = NULL;
    size_t service = 0, count = 7, size = 0;
    case_begin("resource of RTM2");
    CHECK_STATUS(AGORA_ERROR_INVALID_PERMISSIONS,
                 agora_rtm2_permissions_add_resource(permissions, 1, 0, letters, LONGEST_TEXT + 1, NULL));
    CHECK_STATUS(AGORA_ERROR_NULL_ARGUMENT,
                 agora_rtm2_permissions_add_resource(permissions, 1, 0, letters, SIZE_MAX, NULL));
    CHECK_OK(agora_rtm2_permissions_add_resource(permissions, 0, 0, letters, LONGEST_TEXT, NULL));
    CHECK_OK(agora_access_token2_add_rtm2(token, "", 0, permissions, &service, NULL));
    agora_unverified_token2 *read = round_trip(token);
    CHECK_OK(agora_unverified_token2_permission_count(read, 0, &count));
    CHECK(count == 1);
    CHECK_OK(agora_unverified_token2_resource(read, 0, 0, 0, &data, &size));
    CHECK(size == LONGEST_TEXT && memcmp(data, letters, size) == 0);
    agora_unverified_token2_free(read);
    agora_access_token2_free(token);
    agora_rtm2_permissions_free(permissions);
    case_end();
}

static void texts_of_006(void)
{
    agora_access_token *token = NULL;
    agora_unverified_token *read = NULL;
    char *text = NULL;
    case_begin("channel name and account of an AccessToken");
    CHECK_STATUS(AGORA_ERROR_INVALID_CHANNEL_NAME,
                 agora_access_token_new(APP_ID, CERTIFICATE, letters, LONGEST_TEXT + 1, "", 0, &token, NULL));
    CHECK(token == NULL);
    CHECK_STATUS(AGORA_ERROR_INVALID_USER_ACCOUNT,
                 agora_access_token_new(APP_ID, CERTIFICATE, "", 0, letters, LONGEST_TEXT + 1, &token, NULL));
    CHECK(token == NULL);
    CHECK_OK(agora_access_token_new(APP_ID, CERTIFICATE, letters, LONGEST_TEXT, letters, LONGEST_TEXT, &token, NULL));
    CHECK_OK(agora_access_token_build(token, &text));
    CHECK_OK(agora_unverified_token_parse(text, &read, NULL));
    CHECK_OK(agora_unverified_token_verify(read, CERTIFICATE, letters, LONGEST_TEXT, letters, LONGEST_TEXT, NULL));
    CHECK_STATUS(
        AGORA_ERROR_CHANNEL_MISMATCH,
        agora_unverified_token_verify(read, CERTIFICATE, letters, LONGEST_TEXT - 1, letters, LONGEST_TEXT, NULL));
    CHECK_STATUS(AGORA_ERROR_USER_MISMATCH, agora_unverified_token_verify(read, CERTIFICATE, letters, LONGEST_TEXT,
                                                                          letters, LONGEST_TEXT - 1, NULL));
    agora_string_free(text);
    agora_unverified_token_free(read);
    agora_access_token_free(token);
    case_end();
}

/* --- counts -------------------------------------------------------------------------------------- */

static void too_many(const agora_access_token2 *token)
{
    char *text = (char *)letters;
    uint8_t signature[AGORA_SIGNATURE_SIZE];
    CHECK_STATUS(AGORA_ERROR_TOO_MANY_ENTRIES, agora_access_token2_build(token, &text));
    CHECK(text == NULL);
    CHECK_STATUS(AGORA_ERROR_TOO_MANY_ENTRIES, agora_access_token2_signature(token, signature));
}

static void services(void)
{
    agora_access_token2 *token = new_token2();
    size_t service = 0, count = 0;
    uint16_t type = 0;
    case_begin("services");
    for (size_t i = 0; i < MOST_ENTRIES; i++)
        if (!CHECK_OK(agora_access_token2_add_fpa(token, &service, NULL)) || !CHECK(service == i))
            break;
    agora_unverified_token2 *read = round_trip(token);
    CHECK_OK(agora_unverified_token2_service_count(read, &count));
    CHECK(count == MOST_ENTRIES);
    CHECK_OK(agora_unverified_token2_service_type(read, MOST_ENTRIES - 1, &type));
    CHECK(type == AGORA_SERVICE_FPA);
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_unverified_token2_service_type(read, MOST_ENTRIES, &type));
    CHECK_OK(agora_access_token2_add_fpa(token, &service, NULL));
    too_many(token);
    agora_unverified_token2_free(read);
    agora_access_token2_free(token);
    case_end();
}

static void privileges(void)
{
    agora_access_token2 *token = new_token2();
    size_t service = 0, count = 0;
    uint16_t privilege = 0;
    uint32_t expire = 0;
    case_begin("privileges");
    CHECK_OK(agora_access_token2_add_stt(token, &service, NULL));
    for (uint32_t i = 0; i < MOST_ENTRIES; i++)
        if (!CHECK_OK(agora_access_token2_add_privilege(token, service, (uint16_t)i, UINT32_MAX - i)))
            break;
    agora_unverified_token2 *read = round_trip(token);
    CHECK_OK(agora_unverified_token2_privilege_count(read, 0, &count));
    CHECK(count == MOST_ENTRIES);
    CHECK_OK(agora_unverified_token2_privilege(read, 0, MOST_ENTRIES - 1, &privilege, &expire));
    CHECK(privilege == MOST_ENTRIES - 1 && expire == UINT32_MAX - (MOST_ENTRIES - 1));
    CHECK_OK(agora_access_token2_add_privilege(token, service, MOST_ENTRIES, 0));
    too_many(token);
    agora_unverified_token2_free(read);
    agora_access_token2_free(token);
    case_end();
}

static void many_resources(void)
{
    agora_rtm2_permissions *permissions = new_permissions();
    agora_access_token2 *token = new_token2();
    uint16_t resource_type = 0, permission_type = 0;
    size_t service = 0, count = 0;
    case_begin("resources");
    for (size_t i = 0; i < MOST_ENTRIES; i++)
        if (!CHECK_OK(agora_rtm2_permissions_add_resource(permissions, 2, 1, "r", 1, NULL)))
            break;
    CHECK_OK(agora_access_token2_add_rtm2(token, "ann", 3, permissions, &service, NULL));
    agora_unverified_token2 *read = round_trip(token);
    CHECK_OK(agora_unverified_token2_permission(read, 0, 0, &resource_type, &permission_type, &count));
    CHECK(resource_type == 2 && permission_type == 1 && count == MOST_ENTRIES);
    agora_unverified_token2_free(read);
    agora_access_token2_free(token);

    token = new_token2();
    CHECK_OK(agora_rtm2_permissions_add_resource(permissions, 2, 1, "r", 1, NULL));
    CHECK_OK(agora_access_token2_add_rtm2(token, "ann", 3, permissions, &service, NULL));
    too_many(token);
    char *text = (char *)letters;
    CHECK_STATUS(AGORA_ERROR_TOO_MANY_ENTRIES,
                 agora_build_rtm_token2_with_permissions(APP_ID, CERTIFICATE, "ann", permissions, 60, &text));
    CHECK(text == NULL);
    agora_access_token2_free(token);
    agora_rtm2_permissions_free(permissions);
    case_end();
}

/* An AccessToken's message is at most 65535 bytes: 10 and 6 for each privilege. */
static void privileges_of_006(void)
{
    const uint16_t most = (65535 - 10) / 6;
    agora_access_token *token = NULL;
    agora_unverified_token *read = NULL;
    char *text = NULL;
    size_t count = 0;
    case_begin("privileges of an AccessToken");
    CHECK_OK(agora_access_token_new(APP_ID, CERTIFICATE, "room", 4, "ann", 3, &token, NULL));
    for (uint16_t i = 0; i < most; i++)
        if (!CHECK_OK(agora_access_token_add_privilege(token, i, i)))
            break;
    CHECK_OK(agora_access_token_build(token, &text));
    CHECK_OK(agora_unverified_token_parse(text, &read, NULL));
    CHECK_OK(agora_unverified_token_privilege_count(read, &count));
    CHECK(count == most);
    agora_string_free(text);
    CHECK_OK(agora_access_token_add_privilege(token, most, 0));
    CHECK_STATUS(AGORA_ERROR_TOO_MANY_ENTRIES, agora_access_token_build(token, &text));
    CHECK(text == NULL);
    agora_unverified_token_free(read);
    agora_access_token_free(token);
    case_end();
}

/* --- the payload --------------------------------------------------------------------------------- */

static void payload(void)
{
    /* Signature, App ID, three numbers and a count; then a type, a count and a length for each user. */
    const size_t head = 2 + 32 + 2 + 32 + 3 * 4 + 2, each = 2 + 2 + 2, full = 15;
    const size_t last = LARGEST_PAYLOAD - head - full * (each + LONGEST_TEXT) - each;
    agora_access_token2 *token = new_token2();
    const uint8_t *data = NULL;
    size_t service = 0, size = 0;
    case_begin("the largest payload");
    for (size_t i = 0; i < full; i++)
        CHECK_OK(agora_access_token2_add_rtm(token, letters, LONGEST_TEXT, &service, NULL));
    CHECK_OK(agora_access_token2_add_rtm(token, letters, last, &service, NULL));
    agora_unverified_token2 *read = round_trip(token);
    CHECK_OK(agora_unverified_token2_signing_info(read, &data, &size));
    CHECK(2 + AGORA_SIGNATURE_SIZE + size == LARGEST_PAYLOAD);
    CHECK_OK(agora_unverified_token2_verify_signature(read, CERTIFICATE, NULL));
    agora_unverified_token2_free(read);
    case_end();

    case_begin("more than the largest payload");
    char *text = (char *)letters;
    uint8_t signature[AGORA_SIGNATURE_SIZE];
    CHECK_OK(agora_access_token2_add_fpa(token, &service, NULL));
    CHECK_STATUS(AGORA_ERROR_PAYLOAD_TOO_LARGE, agora_access_token2_build(token, &text));
    CHECK(text == NULL);
    CHECK_STATUS(AGORA_ERROR_PAYLOAD_TOO_LARGE, agora_access_token2_signature(token, signature));
    agora_access_token2_free(token);
    case_end();
}

int main(void)
{
    for (size_t i = 0; i < sizeof letters; i++)
        letters[i] = (char)('a' + i % 26);
    texts_of_services();
    resources();
    texts_of_006();
    services();
    privileges();
    many_resources();
    privileges_of_006();
    payload();
    return summary();
}
