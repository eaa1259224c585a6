/* The JSON document that agora_inspect should give for what decoded.h found. */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "decoded.h"

/* The continuation bytes that follow a lead byte, and the smallest and largest that may come first; -1 for none. */
static inline int utf8_tail(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    *high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
}

static inline bool is_utf8(const json *text)
{
    const unsigned char *at = (const unsigned char *)text->text, *end = at + text->size;
    while (at < end) {
        unsigned char low = 0, high = 0;
        int tail = utf8_tail(*at++, &low, &high);
        if (tail < 0 || tail > end - at)
            return false;
        for (; tail > 0; tail--, low = 0x80, high = 0xbf)
            if (*at < low || *at++ > high)
                return false;
    }
    return true;
}

static inline json *duplicate(const json *value)
{
    json *copy = json_new(value->kind);
    copy->number = value->number;
    if (value->text != NULL) {
        copy->text = json_copy(value->text, value->size);
        copy->size = value->size;
    }
    for (const json *child = value->first; child != NULL; child = child->next)
        json_add(copy, child->name, duplicate(child));
    return copy;
}

/* A member under another name; text that is no UTF-8 is null there, and hexadecimal beside it. */
static inline void put(json *document, const char *name, const json *value)
{
    char hex_name[40];
    if (value->kind != JSON_STRING || is_utf8(value)) {
        json_add(document, name, duplicate(value));
        return;
    }
    json_add(document, name, json_new(JSON_NULL));
    sprintf(hex_name, "%sHex", name);
    json_add(document, hex_name, json_hex((const uint8_t *)value->text, value->size));
}

/* The `number`th of `count` names counted from `first`, or the number itself. */
static inline const char *named(const char *number, int first, const char *const *names, size_t count)
{
    const int place = atoi(number) - first;
    return place >= 0 && (size_t)place < count && names[place] != NULL ? names[place] : number;
}

static inline json *named_privileges(const json *privileges, int64_t type)
{
    static const char *const names[11][4] = {
        {NULL},
        {"joinChannel", "publishAudioStream", "publishVideoStream", "publishDataStream"},
        {"login"},
        {"publishMixStream", "publishRawStream"},
        {"login"},
        {"user", "app"},
        {"publish", "play"},
        {"roomUser", "user", "app"},
        {"login"},
        {NULL},
        {NULL},
    };
    json *document = json_new(JSON_OBJECT);
    for (const json *child = privileges->first; child != NULL; child = child->next)
        put(document, named(child->name, 1, names[type >= 0 && type <= 10 ? type : 0], 4), child);
    return document;
}

static inline json *named_privileges_006(const json *privileges)
{
    json *document = json_new(JSON_OBJECT);
    for (const json *child = privileges->first; child != NULL; child = child->next) {
        static const char *const names[] = {"joinChannel", "publishAudioStream", "publishVideoStream",
                                            "publishDataStream"};
        const char *name = named(child->name, AGORA_RTC_JOIN_CHANNEL, names, 4);
        if (atoi(child->name) == AGORA_006_ADMINISTRATE_CHANNEL)
            name = "administrateChannel";
        if (atoi(child->name) == AGORA_006_RTM_LOGIN)
            name = "rtmLogin";
        put(document, name, child);
    }
    return document;
}

static inline json *named_permissions(const json *permissions)
{
    static const char *const resource_types[] = {"messageChannels", "streamChannels", "groupChannels", "serverGroups",
                                                 "users"};
    static const char *const permission_types[] = {"read", "write"};
    json *document = json_new(JSON_OBJECT);
    for (const json *type = permissions->first; type != NULL; type = type->next) {
        json *pairs = json_add(document, named(type->name, 0, resource_types, 5), json_new(JSON_OBJECT));
        for (const json *pair = type->first; pair != NULL; pair = pair->next) {
            json *list = json_add(pairs, named(pair->name, 0, permission_types, 2), json_new(JSON_ARRAY));
            for (const json *resource = pair->first; resource != NULL; resource = resource->next) {
                json *hex = is_utf8(resource) ? NULL : json_add(list, NULL, json_new(JSON_OBJECT));
                if (hex != NULL)
                    json_add(hex, "hex", json_hex((const uint8_t *)resource->text, resource->size));
                else
                    json_add(list, NULL, duplicate(resource));
            }
        }
    }
    return document;
}

static inline json *service_document(const json *service)
{
    static const char *const names[][2] = {
        {"type", "type"},      {"name", "name"},          {"channel_name", "channel"}, {"account", "account"},
        {"user_id", "userId"}, {"room_uuid", "roomUuid"}, {"user_uuid", "userUuid"},   {"role", "role"},
    };
    json *document = json_new(JSON_OBJECT);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (json_get(service, names[i][0]) != NULL)
            put(document, names[i][1], json_get(service, names[i][0]));
    json_add(document, "privileges",
             named_privileges(json_get(service, "privileges"), json_get(service, "type")->number));
    if (json_get(service, "permissions") != NULL)
        json_add(document, "permissions", named_permissions(json_get(service, "permissions")));
    return document;
}

static inline json *document_007(const json *decoded, bool complete, size_t unread_bytes)
{
    json *document = json_new(JSON_OBJECT), *services = json_new(JSON_ARRAY);
    json_add(document, "version", json_string("007", 3));
    put(document, "appId", json_get(decoded, "app_id"));
    put(document, "issuedAt", json_get(decoded, "issue_ts"));
    put(document, "expiresIn", json_get(decoded, "expire"));
    put(document, "expiresAt", json_get(decoded, "expires_at"));
    put(document, "salt", json_get(decoded, "salt"));
    put(document, "signature", json_get(decoded, "signature_hex"));
    for (const json *service = json_get(decoded, "services")->first; service != NULL; service = service->next)
        json_add(services, NULL, service_document(service));
    json_add(document, "services", services);
    json_add(document, "complete", json_new(complete ? JSON_TRUE : JSON_FALSE));
    json_add(document, "unreadBytes", json_number((int64_t)unread_bytes));
    return document;
}

static inline json *document_006(const json *decoded)
{
    json *document = json_new(JSON_OBJECT);
    json_add(document, "version", json_string("006", 3));
    put(document, "appId", json_get(decoded, "app_id"));
    put(document, "salt", json_get(decoded, "salt"));
    put(document, "expiresAt", json_get(decoded, "ts"));
    put(document, "channelCrc", json_get(decoded, "crc_channel_name"));
    put(document, "userCrc", json_get(decoded, "crc_uid"));
    put(document, "signature", json_get(decoded, "signature_hex"));
    json_add(document, "privileges", named_privileges_006(json_get(decoded, "privileges")));
    return document;
}

#endif
