/* The arguments of a call, as a vector writes them. */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

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

static inline uint32_t u32_argument(call_arguments *arguments, const char *name)
{
    return (uint32_t)number_argument(arguments, name, 0, UINT32_MAX);
}

static inline int16_t i16_argument(call_arguments *arguments, const char *name)
{
    return (int16_t)number_argument(arguments, name, INT16_MIN, INT16_MAX);
}

/* A field of a service; an empty text, and a failed check, when it is not there. */
static inline const json *field_of(const json *service, const char *name)
{
    static const json none = {.kind = JSON_STRING, .text = ""};
    const json *found = json_get(service, name);
    return check_that(found != NULL, __FILE__, __LINE__, "there is no %s", name) ? found : &none;
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
                status = agora_rtm2_permissions_clear(*out_permissions, resource_type, permission_type);
            for (const json *text = pair->first; text != NULL && status == AGORA_OK; text = text->next)
                status = agora_rtm2_permissions_add_resource(*out_permissions, resource_type, permission_type,
                                                             text->text, text->size, NULL);
        }
    }
    return status;
}

#endif
