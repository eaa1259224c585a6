/* What a token says, read through the typed functions, in the words of `decoded` in tests/vectors. */
#ifndef DECODED_H
#define DECODED_H

#include "check.h"
#include "json.h"

/* A decimal number as a name. */
static inline json *add_numbered(json *parent, unsigned number, json *child)
{
    char name[12];
    sprintf(name, "%u", number);
    return json_add(parent, name, child);
}

static inline const char *service_name(unsigned type)
{
    static const char *const names[] = {"rtc",  "rtm",   "streaming", "fpa",     "chat",
                                        "fcdn", "apaas", "rtm2",      "convoAi", "stt"};
    return type >= 1 && type <= 10 ? names[type - 1] : "unknown";
}

static inline json *privileges_007(const agora_unverified_token2 *token, size_t service)
{
    json *privileges = json_new(JSON_OBJECT);
    size_t count = 0;
    CHECK_OK(agora_unverified_token2_privilege_count(token, service, &count));
    for (size_t i = 0; i < count; i++) {
        uint16_t privilege = 0;
        uint32_t expire = 0;
        if (!CHECK_OK(agora_unverified_token2_privilege(token, service, i, &privilege, &expire)))
            break;
        add_numbered(privileges, privilege, json_number(expire));
    }
    return privileges;
}

/* Resource types without a permission type are left out: the typed functions give pairs. */
static inline json *permissions(const agora_unverified_token2 *token, size_t service, size_t count)
{
    json *all = json_new(JSON_OBJECT), *permission_types = NULL;
    for (size_t pair = 0, last_type = SIZE_MAX; pair < count; pair++) {
        uint16_t resource_type = 0, permission_type = 0;
        size_t resources = 0, size = 0;
        CHECK_OK(
            agora_unverified_token2_permission(token, service, pair, &resource_type, &permission_type, &resources));
        if (resource_type != last_type)
            permission_types = add_numbered(all, resource_type, json_new(JSON_OBJECT));
        last_type = resource_type;
        json *list = add_numbered(permission_types, permission_type, json_new(JSON_ARRAY));
        for (size_t i = 0; i < resources; i++) {
            const char *text = NULL;
            CHECK_OK(agora_unverified_token2_resource(token, service, pair, i, &text, &size));
            json_add(list, NULL, json_string(text, size));
        }
    }
    return all;
}

/* Every field that the service has; the others must be refused. */
static inline json *service_007(const agora_unverified_token2 *token, size_t service)
{
    static const char *const fields[] = {"channel_name", "account", "user_id", "room_uuid", "user_uuid"};
    json *found = json_new(JSON_OBJECT);
    uint16_t type = 0;
    int16_t role = 0;
    size_t count = 0;
    CHECK_OK(agora_unverified_token2_service_type(token, service, &type));
    json_add(found, "type", json_number(type));
    json_add(found, "name", json_string(service_name(type), strlen(service_name(type))));
    json_add(found, "privileges", privileges_007(token, service));
    for (uint32_t field = AGORA_FIELD_CHANNEL_NAME; field <= AGORA_FIELD_USER_UUID; field++) {
        const char *text = NULL;
        size_t size = 0;
        const agora_status status = agora_unverified_token2_text(token, service, field, &text, &size);
        if (status == AGORA_OK)
            json_add(found, fields[field - 1], json_string(text, size));
        else
            CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, status);
    }
    agora_status status = agora_unverified_token2_apaas_role(token, service, &role);
    if (status == AGORA_OK)
        json_add(found, "role", json_number(role));
    else
        CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, status);
    status = agora_unverified_token2_permission_count(token, service, &count);
    if (status == AGORA_OK)
        json_add(found, "permissions", permissions(token, service, count));
    else
        CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, status);
    return found;
}

static inline json *decoded_007(const agora_unverified_token2 *token)
{
    json *found = json_new(JSON_OBJECT), *services = json_new(JSON_ARRAY);
    const char *app_id = NULL;
    const uint8_t *signature = NULL;
    size_t size = 0, count = 0;
    uint32_t issue_ts = 0, expire = 0, salt = 0;
    uint64_t expires_at = 0;
    CHECK_OK(agora_unverified_token2_app_id(token, &app_id, &size));
    json_add(found, "app_id", json_string(app_id, size));
    CHECK_OK(agora_unverified_token2_issue_ts(token, &issue_ts));
    json_add(found, "issue_ts", json_number(issue_ts));
    CHECK_OK(agora_unverified_token2_expire(token, &expire));
    json_add(found, "expire", json_number(expire));
    CHECK_OK(agora_unverified_token2_salt(token, &salt));
    json_add(found, "salt", json_number(salt));
    CHECK_OK(agora_unverified_token2_expires_at(token, &expires_at));
    json_add(found, "expires_at", json_number((int64_t)expires_at));
    CHECK_OK(agora_unverified_token2_service_count(token, &count));
    for (size_t i = 0; i < count; i++)
        json_add(services, NULL, service_007(token, i));
    json_add(found, "services", services);
    CHECK_OK(agora_unverified_token2_signature(token, &signature, &size));
    json_add(found, "signature_hex", json_hex(signature, size));
    return found;
}

static inline json *decoded_006(const agora_unverified_token *token)
{
    json *found = json_new(JSON_OBJECT), *privileges = json_new(JSON_OBJECT);
    const char *app_id = NULL;
    const uint8_t *signature = NULL;
    size_t size = 0, count = 0;
    uint32_t salt = 0, expires_at = 0, channel_crc = 0, user_crc = 0;
    CHECK_OK(agora_unverified_token_app_id(token, &app_id, &size));
    json_add(found, "app_id", json_string(app_id, size));
    CHECK_OK(agora_unverified_token_salt(token, &salt));
    json_add(found, "salt", json_number(salt));
    CHECK_OK(agora_unverified_token_expires_at(token, &expires_at));
    json_add(found, "ts", json_number(expires_at));
    CHECK_OK(agora_unverified_token_channel_crc(token, &channel_crc));
    json_add(found, "crc_channel_name", json_number(channel_crc));
    CHECK_OK(agora_unverified_token_user_crc(token, &user_crc));
    json_add(found, "crc_uid", json_number(user_crc));
    CHECK_OK(agora_unverified_token_privilege_count(token, &count));
    for (size_t i = 0; i < count; i++) {
        uint16_t privilege = 0;
        uint32_t expired_ts = 0;
        CHECK_OK(agora_unverified_token_privilege(token, i, &privilege, &expired_ts));
        add_numbered(privileges, privilege, json_number(expired_ts));
    }
    json_add(found, "privileges", privileges);
    CHECK_OK(agora_unverified_token_signature(token, &signature, &size));
    json_add(found, "signature_hex", json_hex(signature, size));
    return found;
}

#endif
