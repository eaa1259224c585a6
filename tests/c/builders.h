/* Calls a one-call builder by its name, with the arguments of a vector. */
#ifndef BUILDERS_H
#define BUILDERS_H

#include "check.h"
#include "json.h"

/* The arguments of one call, by their names in the header; each must be asked for. */
typedef struct {
    const json *given;
    size_t asked;
} call_arguments;

static inline const json *argument(call_arguments *arguments, const char *name, json_kind kind)
{
    const json *value = json_get(arguments->given, name);
    arguments->asked++;
    return CHECK(value != NULL && value->kind == kind) ? value : NULL;
}

static inline const char *text_argument(call_arguments *arguments, const char *name)
{
    const json *value = argument(arguments, name, JSON_STRING);
    /* A NUL would cut it short, and something else would be tested. */
    return value != NULL && CHECK(strlen(value->text) == value->size) ? value->text : NULL;
}

static inline int64_t number_argument(call_arguments *arguments, const char *name, int64_t low, int64_t high)
{
    const json *value = argument(arguments, name, JSON_NUMBER);
    return value != NULL && CHECK(value->number >= low && value->number <= high) ? value->number : 0;
}

/* Makes the handle that is written as {resource type: {permission type: [resource, ...]}}. */
static inline agora_status make_permissions(const json *written, agora_rtm2_permissions **out_permissions)
{
    agora_status status = agora_rtm2_permissions_new(out_permissions);
    for (const json *type = written->first; type != NULL; type = type->next) {
        CHECK(type->first != NULL);
        for (const json *pair = type->first; pair != NULL; pair = pair->next) {
            const uint16_t resource_type = (uint16_t)atoi(type->name), permission_type = (uint16_t)atoi(pair->name);
            if (status == AGORA_OK)
                status = agora_rtm2_permissions_set(*out_permissions, resource_type, permission_type);
            for (const json *text = pair->first; text != NULL && status == AGORA_OK; text = text->next)
                status = agora_rtm2_permissions_add_resource(*out_permissions, resource_type, permission_type,
                                                             text->text, text->size);
        }
    }
    return status;
}

#define TEXT(name) text_argument(arguments, #name)
#define U32(name) (uint32_t)number_argument(arguments, #name, 0, UINT32_MAX)
#define I16(name) (int16_t)number_argument(arguments, #name, INT16_MIN, INT16_MAX)
#define IDS TEXT(app_id), TEXT(app_certificate)
#define PRIVILEGES                                                                                        \
    U32(join_channel_privilege_expire), U32(pub_audio_privilege_expire), U32(pub_video_privilege_expire), \
        U32(pub_data_stream_privilege_expire)
#define RTC_AND_RTM                                                                                             \
    TEXT(channel_name), TEXT(rtc_account), U32(rtc_role), U32(rtc_token_expire), PRIVILEGES, TEXT(rtm_user_id), \
        U32(rtm_token_expire)
#define IS(function) strcmp(name, #function) == 0

static inline agora_status call_by_name(const char *name, call_arguments *arguments,
                                        const agora_rtm2_permissions *permissions, char **out)
{
    if (IS(agora_build_token_with_uid))
        return agora_build_token_with_uid(IDS, TEXT(channel_name), U32(uid), U32(role), U32(privilege_expired_ts), out);
    if (IS(agora_build_token_with_user_account))
        return agora_build_token_with_user_account(IDS, TEXT(channel_name), TEXT(user_account), U32(role),
                                                   U32(privilege_expired_ts), out);
    if (IS(agora_build_rtm_token))
        return agora_build_rtm_token(IDS, TEXT(user_account), U32(role), U32(privilege_expired_ts), out);
    if (IS(agora_build_token2_with_uid))
        return agora_build_token2_with_uid(IDS, TEXT(channel_name), U32(uid), U32(role), U32(token_expire),
                                           U32(privilege_expire), out);
    if (IS(agora_build_token2_with_user_account))
        return agora_build_token2_with_user_account(IDS, TEXT(channel_name), TEXT(user_account), U32(role),
                                                    U32(token_expire), U32(privilege_expire), out);
    if (IS(agora_build_token2_with_uid_and_privilege))
        return agora_build_token2_with_uid_and_privilege(IDS, TEXT(channel_name), U32(uid), U32(token_expire),
                                                         PRIVILEGES, out);
    if (IS(agora_build_token2_with_user_account_and_privilege))
        return agora_build_token2_with_user_account_and_privilege(IDS, TEXT(channel_name), TEXT(user_account),
                                                                  U32(token_expire), PRIVILEGES, out);
    if (IS(agora_build_token2_with_rtm))
        return agora_build_token2_with_rtm(IDS, TEXT(channel_name), TEXT(user_account), U32(role), U32(token_expire),
                                           U32(privilege_expire), out);
    if (IS(agora_build_token2_with_rtm2))
        return agora_build_token2_with_rtm2(IDS, RTC_AND_RTM, out);
    if (IS(agora_build_convo_ai_token2))
        return agora_build_convo_ai_token2(IDS, RTC_AND_RTM, out);
    if (IS(agora_build_stt_token2))
        return agora_build_stt_token2(IDS, RTC_AND_RTM, out);
    if (IS(agora_build_rtm_token2))
        return agora_build_rtm_token2(IDS, TEXT(user_id), U32(token_expire), out);
    if (IS(agora_build_rtm_token2_with_permissions))
        return agora_build_rtm_token2_with_permissions(IDS, TEXT(user_id), permissions, U32(token_expire), out);
    if (IS(agora_build_chat_user_token2))
        return agora_build_chat_user_token2(IDS, TEXT(user_id), U32(token_expire), out);
    if (IS(agora_build_chat_app_token2))
        return agora_build_chat_app_token2(IDS, U32(token_expire), out);
    if (IS(agora_build_fpa_token2))
        return agora_build_fpa_token2(IDS, out);
    if (IS(agora_build_apaas_room_user_token2))
        return agora_build_apaas_room_user_token2(IDS, TEXT(room_uuid), TEXT(user_uuid), I16(role), U32(token_expire),
                                                  out);
    if (IS(agora_build_apaas_user_token2))
        return agora_build_apaas_user_token2(IDS, TEXT(user_uuid), U32(token_expire), out);
    if (IS(agora_build_apaas_app_token2))
        return agora_build_apaas_app_token2(IDS, U32(token_expire), out);
    if (IS(agora_build_education_room_user_token2))
        return agora_build_education_room_user_token2(IDS, TEXT(room_uuid), TEXT(user_uuid), I16(role),
                                                      U32(token_expire), out);
    if (IS(agora_build_education_user_token2))
        return agora_build_education_user_token2(IDS, TEXT(user_uuid), U32(token_expire), out);
    if (IS(agora_build_education_app_token2))
        return agora_build_education_app_token2(IDS, U32(token_expire), out);
    check_that(false, __FILE__, __LINE__, "no builder is called %s", name);
    return AGORA_ERROR_INTERNAL;
}

static inline agora_status call_builder(const char *name, const json *given, char **out_token)
{
    call_arguments arguments = {given, 0};
    agora_rtm2_permissions *permissions = NULL;
    const json *written = json_get(given, "permissions");
    agora_status status = AGORA_OK;
    if (written != NULL) {
        arguments.asked++;
        status = make_permissions(written, &permissions);
    }
    if (status == AGORA_OK) {
        status = call_by_name(name, &arguments, permissions, out_token);
        CHECK(arguments.asked == given->size);
    }
    agora_rtm2_permissions_free(permissions);
    return status;
}

#undef TEXT
#undef U32
#undef I16
#undef IDS
#undef PRIVILEGES
#undef RTC_AND_RTM
#undef IS

#endif
