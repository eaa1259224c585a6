/* Calls a one-call builder by its name, with the arguments of a vector. */
#ifndef BUILDERS_H
#define BUILDERS_H

#include "generated/builders.h"

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

#endif
