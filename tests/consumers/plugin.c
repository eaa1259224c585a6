/* A shared library that embeds the static one. */
#include <agora_token.h>

int plugin_works(void);

int plugin_works(void)
{
    return agora_abi_version() == AGORA_ABI_VERSION;
}
