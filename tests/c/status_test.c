/* Versions, statuses and their texts. */
#include "check.h"
#include "sample.h"

static void versions(void)
{
    char header[40];
    case_begin("the library is the one of the header");
    snprintf(header, sizeof header, "%d.%d.%d", AGORA_TOKEN_VERSION_MAJOR, AGORA_TOKEN_VERSION_MINOR,
             AGORA_TOKEN_VERSION_PATCH);
    CHECK_TEXT(header, agora_version());
    CHECK(agora_abi_version() == AGORA_ABI_VERSION);
    case_end();
}

/* The numbers stand here again: programs were compiled with them, so none may ever change. */
#define STATUS(number, name) {AGORA_ERROR_##name, number, #name}

static const struct {
    agora_status status;
    agora_status number;
    const char *name;
} statuses[] = {
    {AGORA_OK, 0, "OK"},
    STATUS(1, NULL_ARGUMENT),
    STATUS(2, INVALID_UTF8),
    STATUS(3, NUL_IN_TEXT),
    STATUS(4, INTERNAL),
    STATUS(5, RANDOM_SOURCE_FAILED),
    STATUS(6, CLOCK_OUT_OF_RANGE),
    STATUS(7, INDEX_OUT_OF_RANGE),
    STATUS(8, UNKNOWN_OPTION),
    STATUS(10, INVALID_APP_ID),
    STATUS(11, INVALID_APP_CERTIFICATE),
    STATUS(20, INVALID_CHANNEL_NAME),
    STATUS(21, INVALID_UID),
    STATUS(22, INVALID_USER_ACCOUNT),
    STATUS(23, INVALID_USER_ID),
    STATUS(24, INVALID_ROOM_UUID),
    STATUS(25, INVALID_USER_UUID),
    STATUS(26, INVALID_PERMISSIONS),
    STATUS(30, INVALID_ROLE),
    STATUS(40, TOKEN_EXPIRE_ZERO),
    STATUS(41, TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP),
    STATUS(42, PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP),
    STATUS(43, PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION),
    STATUS(44, INVALID_LIFETIME),
    STATUS(45, INVALID_TIMESTAMP),
    STATUS(46, INVALID_SALT),
    STATUS(47, LIFETIME_OVER_A_DAY),
    STATUS(50, NO_SERVICES),
    STATUS(51, TOO_MANY_ENTRIES),
    STATUS(52, PAYLOAD_TOO_LARGE),
    STATUS(53, TOKEN_TOO_LONG),
    STATUS(60, TOKEN_VERSION),
    STATUS(61, TOKEN_BASE64),
    STATUS(62, TOKEN_COMPRESSION),
    STATUS(63, TOKEN_TOO_LARGE),
    STATUS(64, TOKEN_TRUNCATED),
    STATUS(65, TOKEN_DUPLICATE_KEY),
    STATUS(66, TOKEN_TRAILING_BYTES),
    STATUS(67, TOKEN_APP_ID),
    STATUS(68, TOKEN_AMBIGUOUS),
    STATUS(70, SIGNATURE_MISMATCH),
    STATUS(71, CHANNEL_MISMATCH),
    STATUS(72, USER_MISMATCH),
    STATUS(73, TOKEN_EXPIRED),
    STATUS(74, TOKEN_ISSUED_IN_FUTURE),
    STATUS(75, APP_ID_MISMATCH),
    STATUS(76, SERVICE_MISSING),
    STATUS(77, PRIVILEGE_MISSING),
    STATUS(78, PRIVILEGE_EXPIRED),
    STATUS(79, CHANNEL_AND_USER_REQUIRED),
};
enum { status_count = sizeof statuses / sizeof statuses[0] };

static bool is_status(agora_status number)
{
    for (int i = 0; i < status_count; i++)
        if (statuses[i].status == number)
            return true;
    return false;
}

static void names(void)
{
    const char *kept[status_count];
    for (int i = 0; i < status_count; i++) {
        const agora_status status = statuses[i].status;
        kept[i] = agora_status_name(status);
        case_begin("status %d", (int)statuses[i].number);
        CHECK(status == statuses[i].number);
        CHECK_TEXT(statuses[i].name, agora_status_name(status));
        CHECK(strlen(agora_status_message(status)) > 0);
        CHECK(status == AGORA_OK || strcmp(agora_status_message(status), agora_status_message(AGORA_OK)) != 0);
        CHECK(strspn(agora_status_field(status), "abcdefghijklmnopqrstuvwxyz_") == strlen(agora_status_field(status)));
        case_end();
    }
    case_begin("names are static: no call touches what another gave");
    for (int i = 0; i < status_count; i++) {
        CHECK_TEXT(statuses[i].name, kept[i]);
        CHECK(kept[i] == agora_status_name(statuses[i].status));
    }
    case_end();

    case_begin("what statuses speak of");
    CHECK_TEXT("", agora_status_field(AGORA_OK));
    CHECK_TEXT("", agora_status_field(AGORA_ERROR_NULL_ARGUMENT));
    CHECK_TEXT("app_id", agora_status_field(AGORA_ERROR_INVALID_APP_ID));
    CHECK_TEXT("app_certificate", agora_status_field(AGORA_ERROR_INVALID_APP_CERTIFICATE));
    CHECK_TEXT("token_expire", agora_status_field(AGORA_ERROR_TOKEN_EXPIRE_ZERO));
    CHECK_TEXT("token", agora_status_field(AGORA_ERROR_TOKEN_BASE64));
    CHECK_TEXT("lifetime", agora_status_field(AGORA_ERROR_LIFETIME_OVER_A_DAY));
    CHECK_TEXT("token", agora_status_field(AGORA_ERROR_TOKEN_TOO_LONG));
    CHECK_TEXT("app_certificate must be 32 hexadecimal digits",
               agora_status_message(AGORA_ERROR_INVALID_APP_CERTIFICATE));
    case_end();
}

static void faults(void)
{
    case_begin("whose fault a status is");
    CHECK(agora_status_fault(AGORA_OK) == 0);
    CHECK(agora_status_fault(AGORA_ERROR_INVALID_CHANNEL_NAME) == AGORA_FAULT_CALLER);
    CHECK(agora_status_fault(AGORA_ERROR_TOKEN_EXPIRED) == AGORA_FAULT_CALLER);
    CHECK(agora_status_fault(AGORA_ERROR_INVALID_APP_CERTIFICATE) == AGORA_FAULT_CONFIGURATION);
    CHECK(agora_status_fault(AGORA_ERROR_NULL_ARGUMENT) == AGORA_FAULT_CONFIGURATION);
    CHECK(agora_status_fault(AGORA_ERROR_CLOCK_OUT_OF_RANGE) == AGORA_FAULT_SYSTEM);
    for (int i = 1; i < status_count; i++) {
        const uint32_t fault = agora_status_fault(statuses[i].status);
        check_that(fault >= AGORA_FAULT_CALLER && fault <= AGORA_FAULT_SYSTEM, __FILE__, __LINE__,
                   "%s is nobody's fault", statuses[i].name);
    }
    case_end();
}

static void unknown(agora_status status)
{
    case_begin("no status: %d", (int)status);
    CHECK_TEXT("UNKNOWN_STATUS", agora_status_name(status));
    CHECK(strlen(agora_status_message(status)) > 0);
    CHECK_TEXT("", agora_status_field(status));
    CHECK(agora_status_fault(status) == AGORA_FAULT_SYSTEM);
    case_end();
}

static void unknown_statuses(void)
{
    for (agora_status status = -1; status <= 100; status++)
        if (!is_status(status))
            unknown(status);
    unknown(INT32_MIN);
    unknown(INT32_MAX);
}

int main(void)
{
    versions();
    names();
    faults();
    unknown_statuses();
    return summary();
}
