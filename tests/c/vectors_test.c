/* Every case of tests/vectors through the C ABI. Takes the path of that folder. */
#include <ctype.h>
#include <time.h>
#include "builders.h"
#include "check.h"
#include "decoded.h"
#include "document.h"
#include "generated/services.h"
#include "json.h"

/* --- the files ----------------------------------------------------------------------------------- */

static char *bytes_of_hex(const json *hex)
{
    char *bytes = json_room(hex->size / 2 + 1);
    for (size_t i = 0; i < hex->size / 2; i++) {
        const char digits[] = {hex->text[2 * i], hex->text[2 * i + 1], '\0'};
        bytes[i] = (char)strtol(digits, NULL, 16);
    }
    return bytes;
}

/* A text may be a recipe: {"hex": ...}, or {"repeat": [unit, times]} after a "prefix". It becomes its bytes. */
static void follow_recipes(json *value)
{
    const json *hex = json_get(value, "hex"), *repeat = json_get(value, "repeat"), *prefix = json_get(value, "prefix");
    if (hex == NULL && repeat == NULL) {
        for (json *child = value->first; child != NULL; child = child->next)
            follow_recipes(child);
        return;
    }
    if (hex != NULL) {
        value->text = bytes_of_hex(hex);
        value->size = hex->size / 2;
    } else {
        const json *unit = repeat->first;
        const size_t start = prefix != NULL ? prefix->size : 0;
        value->size = start + unit->size * (size_t)unit->next->number;
        value->text = json_room(value->size + 1);
        if (prefix != NULL)
            memcpy(value->text, prefix->text, start);
        for (size_t at = start; at < value->size; at += unit->size)
            memcpy(value->text + at, unit->text, unit->size);
    }
    value->kind = JSON_STRING;
    json_free(value->first);
    value->first = value->last = NULL;
}

/* NULL when it cannot be read. */
static json *read_file(const char *folder, const char *name)
{
    json *document = json_read_file(folder, name);
    if (document != NULL)
        follow_recipes(document);
    return document;
}

static const char *text_of(const json *object, const char *name)
{
    const json *member = json_get(object, name);
    const bool good = member != NULL && member->kind == JSON_STRING && strlen(member->text) == member->size;
    return check_that(good, __FILE__, __LINE__, "%s is no text without a NUL", name) ? member->text : "";
}

static uint32_t u32_of(const json *object, const char *name)
{
    const json *member = json_get(object, name);
    const bool good = member != NULL && member->kind == JSON_NUMBER && member->number >= 0;
    return CHECK(good && member->number <= UINT32_MAX) ? (uint32_t)member->number : 0;
}

/* The status that a vector names. */
static agora_status status_of(const json *object, const char *name)
{
    const char *wanted = text_of(object, name);
    if (strcmp(wanted, "ok") == 0)
        return AGORA_OK;
    for (agora_status status = 1; status < 100; status++)
        if (strcmp(agora_status_name(status), wanted) == 0)
            return status;
    check_that(false, __FILE__, __LINE__, "no status is called %s", wanted);
    return -1;
}

/* --- comparing ----------------------------------------------------------------------------------- */

static void same(const char *what, const json *expected, const json *found)
{
    char where[300] = "";
    check_that(json_same(expected, found, where, sizeof where), __FILE__, __LINE__, "%s%s differs", what, where);
}

/* Compares a member with what was found, which is freed. */
static void same_member(const json *object, const char *name, json *found)
{
    same(name, json_get(object, name), found);
    json_free(found);
}

/* Services as they stand on the wire: sorted by type, stably, with their names. */
static json *wire_order(const json *services)
{
    json *sorted = json_new(JSON_ARRAY);
    for (unsigned type = AGORA_SERVICE_RTC; type <= AGORA_SERVICE_STT; type++)
        for (const json *service = services->first; service != NULL; service = service->next)
            if (json_get(service, "type")->number == type) {
                json *copy = json_add(sorted, NULL, duplicate(service));
                if (json_get(copy, "name") == NULL)
                    json_add(copy, "name", json_string(service_name(type), strlen(service_name(type))));
            }
    CHECK(sorted->size == services->size);
    return sorted;
}

/* A resource type without a permission type shows in JSON only, and is checked there. */
static void add_bare_types(const json *expected, json *found)
{
    const json *types = json_get(expected, "permissions");
    for (const json *type = types != NULL ? types->first : NULL; type != NULL; type = type->next)
        if (type->first == NULL)
            json_add(json_get(found, "permissions"), type->name, json_new(JSON_OBJECT));
}

/* A vector only counts privileges where there are thousands. */
static void count_privileges(const json *expected, json *found)
{
    json *privileges = json_get(found, "privileges");
    if (json_get(expected, "privilege_count") == NULL)
        return;
    json_free(privileges->first);
    free(privileges->name);
    *privileges = (json){.kind = JSON_NUMBER, .number = (int64_t)privileges->size, .next = privileges->next};
    privileges->name = json_copy("privilege_count", strlen("privilege_count"));
}

/* Compares the JSON of a token with what its document should be, which is freed. */
static void same_json(const char *token, json *expected)
{
    char *text = NULL;
    CHECK_OK(agora_inspect(token, &text, NULL));
    json *found = text != NULL ? json_read(text) : NULL;
    same("agora_inspect", expected, found);
    json_free(found);
    json_free(expected);
    agora_string_free(text);
}

/* What a token says, compared with its JSON on the way; and with `services`, which may be NULL. */
static json *read_007(const agora_unverified_token2 *read, const char *token, const json *services)
{
    bool complete = false;
    size_t unread_bytes = 0;
    json *found = decoded_007(read);
    json *service = json_get(found, "services")->first;
    CHECK_OK(agora_unverified_token2_is_complete(read, &complete));
    CHECK_OK(agora_unverified_token2_unread_bytes(read, &unread_bytes));
    for (const json *expected = services->first; expected != NULL && service != NULL; expected = expected->next) {
        add_bare_types(expected, service);
        service = service->next;
    }
    same_json(token, document_007(found, complete, unread_bytes));
    service = json_get(found, "services")->first;
    for (const json *expected = services->first; expected != NULL && service != NULL; expected = expected->next) {
        count_privileges(expected, service);
        service = service->next;
    }
    return found;
}

/* Appends `size` bytes after their number in 16 bits. */
static uint8_t *append(uint8_t *out, const uint8_t *bytes, size_t size)
{
    *out++ = (uint8_t)(size & 0xff);
    *out++ = (uint8_t)(size >> 8);
    if (size > 0)
        memcpy(out, bytes, size);
    return out + size;
}

static uint8_t *append_u32(uint8_t *out, uint32_t number)
{
    for (int shift = 0; shift < 32; shift += 8)
        *out++ = (uint8_t)(number >> shift);
    return out;
}

static json *payload_007(const agora_unverified_token2 *read)
{
    const uint8_t *signature = NULL, *signing_info = NULL;
    size_t signature_size = 0, signing_info_size = 0;
    CHECK_OK(agora_unverified_token2_signature(read, &signature, &signature_size));
    CHECK_OK(agora_unverified_token2_signing_info(read, &signing_info, &signing_info_size));
    uint8_t *payload = json_room(2 + signature_size + signing_info_size);
    memcpy(append(payload, signature, signature_size), signing_info, signing_info_size);
    json *hex = json_hex(payload, 2 + signature_size + signing_info_size);
    free(payload);
    return hex;
}

static json *payload_006(const agora_unverified_token *read)
{
    const uint8_t *signature = NULL, *message = NULL;
    size_t signature_size = 0, message_size = 0;
    uint32_t channel_crc = 0, user_crc = 0;
    CHECK_OK(agora_unverified_token_signature(read, &signature, &signature_size));
    CHECK_OK(agora_unverified_token_message(read, &message, &message_size));
    CHECK_OK(agora_unverified_token_channel_crc(read, &channel_crc));
    CHECK_OK(agora_unverified_token_user_crc(read, &user_crc));
    uint8_t *payload = json_room(signature_size + message_size + 12);
    uint8_t *end = append(payload, signature, signature_size);
    end = append(append_u32(append_u32(end, channel_crc), user_crc), message, message_size);
    json *hex = json_hex(payload, (size_t)(end - payload));
    free(payload);
    return hex;
}

/* --- building with the handles ------------------------------------------------------------------- */

static agora_status add_service(agora_access_token2 *token, const json *service, size_t *out_service)
{
    agora_rtm2_permissions *permissions = NULL;
    const json *written = json_get(service, "permissions");
    agora_status status = written != NULL ? make_permissions(written, &permissions) : AGORA_OK;
    if (status == AGORA_OK)
        status = add_by_type(token, field_of(service, "type")->number, service, permissions, out_service);
    agora_rtm2_permissions_free(permissions);
    return status;
}

/* Builds the token of a case, and gives its signature in hexadecimal too. */
static agora_status build_007(const json *inputs, char **out_token, json **out_signature)
{
    agora_access_token2 *token = NULL;
    uint8_t signature[AGORA_SIGNATURE_SIZE] = {0};
    const json *services = field_of(inputs, "services");
    agora_status status =
        agora_access_token2_new(text_of(inputs, "app_id"), text_of(inputs, "app_certificate"), 0, 0, &token, NULL);
    if (status == AGORA_OK) {
        CHECK_OK(agora_access_token2_set_issue_ts(token, u32_of(inputs, "issue_ts")));
        CHECK_OK(agora_access_token2_set_expire(token, u32_of(inputs, "expire")));
        CHECK_OK(agora_access_token2_set_salt(token, u32_of(inputs, "salt")));
    }
    for (const json *service = services->first; status == AGORA_OK && service != NULL; service = service->next) {
        size_t index = 0;
        status = add_service(token, service, &index);
        const json *privilege = field_of(service, "privileges")->first;
        for (; status == AGORA_OK && privilege != NULL; privilege = privilege->next)
            status = agora_access_token2_add_privilege(token, index, (uint16_t)atoi(privilege->name),
                                                       (uint32_t)privilege->number);
    }
    if (status == AGORA_OK) {
        status = agora_access_token2_signature(token, signature);
        CHECK_STATUS(status, agora_access_token2_build(token, out_token));
    }
    if (status == AGORA_OK)
        *out_signature = json_hex(signature, sizeof signature);
    agora_access_token2_free(token);
    return status;
}

static agora_status build_006(const json *inputs, char **out_token)
{
    agora_access_token *token = NULL;
    const json *channel_name = field_of(inputs, "channel_name"), *account = field_of(inputs, "account");
    agora_status status =
        agora_access_token_new(text_of(inputs, "app_id"), text_of(inputs, "app_certificate"), channel_name->text,
                               channel_name->size, account->text, account->size, &token, NULL);
    if (status == AGORA_OK) {
        CHECK_OK(agora_access_token_set_salt(token, u32_of(inputs, "salt")));
        CHECK_OK(agora_access_token_set_expires_at(token, u32_of(inputs, "ts")));
    }
    const json *privilege = field_of(inputs, "privileges")->first;
    for (; status == AGORA_OK && privilege != NULL; privilege = privilege->next)
        status = agora_access_token_add_privilege(token, (uint16_t)atoi(privilege->name), (uint32_t)privilege->number);
    if (status == AGORA_OK)
        status = agora_access_token_build(token, out_token);
    agora_access_token_free(token);
    return status;
}

/* --- verifying ----------------------------------------------------------------------------------- */

static bool is_one_of(const char *id, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(id, ids[i]) == 0)
            return true;
    return false;
}

/* Tokens that the mechanism reads, or refuses for another reason, and that are too large for a verifier, which takes
   tokens from anywhere. */
static bool is_beyond_the_bounds(const char *id)
{
    static const char *const ids[] = {
        "services_40000_fpa",
        "payload_over_64k",
        "privileges_40000",
        "huge_base64",
        "payload_at_cap",
        "truncated_services_65535",
        "truncated_privileges_65535",
        "truncated_rtm2_permissions_65535",
        "truncated_rtm2_resources_65535",
        "p6_huge_base64",
    };
    return is_one_of(id, ids, sizeof ids / sizeof ids[0]);
}

/* AccessTokens that are signed as they stand, and whose privileges could be a part of another account. */
static bool is_ambiguous(const char *id)
{
    static const char *const ids[] = {"p6_unsorted_privileges", "p6_unknown_privilege"};
    return is_one_of(id, ids, sizeof ids / sizeof ids[0]);
}

/* A verifier of the project that the token names, where that can be. */
static agora_verifier *verifier_of(const char *app_id, size_t size, const char *app_certificate, agora_status expected)
{
    char wanted[33] = "970CA35de60c44645bbae8a215061b33";
    agora_verifier *verifier = NULL;
    /* It ends in no NUL. */
    size_t digits = 0;
    while (digits < size && isxdigit((unsigned char)app_id[digits]))
        digits++;
    if (size == 32 && digits == 32)
        memcpy(wanted, app_id, 32);
    CHECK_STATUS(expected, agora_verifier_new(wanted, app_certificate, &verifier, NULL));
    return verifier;
}

/* Asks for the verdict in both ways; `first` is the first refusal. What no certificate signed is told nothing of. The
   verifier and what is expected are freed. */
static void judge(agora_verifier *verifier, agora_expected *wanted, const char *token, agora_status first,
                  bool signed_by_first)
{
    char *text = NULL;
    agora_verdict *found = NULL;
    if (wanted == NULL)
        CHECK_OK(agora_expected_new(&wanted));
    CHECK_STATUS(first, agora_verifier_verify(verifier, token, wanted, NULL));
    CHECK_OK(agora_verifier_verdict(verifier, token, wanted, &found, NULL));
    CHECK_OK(agora_verdict_to_json(found, &text, NULL));
    json *verdict = text != NULL ? json_read(text) : NULL;
    const json *refusals = json_get(verdict, "refusals"), *certificate = json_get(verdict, "certificate");
    const json *document = json_get(verdict, "token");
    if (CHECK(verdict != NULL && refusals != NULL && certificate != NULL && document != NULL)) {
        CHECK(json_get(verdict, "valid")->kind == (first == AGORA_OK ? JSON_TRUE : JSON_FALSE));
        CHECK(certificate->kind == (signed_by_first ? JSON_NUMBER : JSON_NULL) && certificate->number == 0);
        CHECK((refusals->size == 0) == (first == AGORA_OK));
        if (refusals->first != NULL)
            CHECK_TEXT(agora_status_name(first), text_of(refusals->first, "code"));
        if (signed_by_first) {
            same_json(token, duplicate(document));
        } else {
            CHECK(document->kind == JSON_NULL);
            CHECK(refusals->size == 1 || strncmp(token, "007", 3) != 0);
        }
    }
    json_free(verdict);
    agora_string_free(text);
    agora_verdict_free(found);
    agora_expected_free(wanted);
    agora_verifier_free(verifier);
}

static void verify_007(const agora_unverified_token2 *read, const char *token, const json *inputs,
                       agora_status expected)
{
    const char *app_certificate = text_of(inputs, "app_certificate");
    const json *now = json_get(inputs, "now");
    const char *app_id = NULL;
    size_t size = 0;
    CHECK_STATUS(expected, agora_unverified_token2_verify_signature(read, app_certificate, NULL));
    CHECK_OK(agora_unverified_token2_app_id(read, &app_id, &size));
    if (expected == AGORA_ERROR_INVALID_APP_CERTIFICATE) {
        CHECK(verifier_of(app_id, size, app_certificate, expected) == NULL);
        return;
    }
    agora_verifier *verifier = verifier_of(app_id, size, app_certificate, AGORA_OK);
    if (now != NULL)
        CHECK_OK(agora_verifier_set_now(verifier, (uint64_t)now->number, NULL));
    else
        CHECK_OK(agora_verifier_ignore_time(verifier));
    if (is_beyond_the_bounds(text_of(inputs, "id"))) {
        judge(verifier, NULL, token, AGORA_ERROR_TOKEN_TOO_LARGE, false);
        return;
    }
    judge(verifier, NULL, token, now != NULL ? status_of(json_get(inputs, "expect"), "at_now") : expected,
          expected == AGORA_OK);
}

static void verify_006(const agora_unverified_token *read, const char *token, const json *inputs, agora_status expected)
{
    const char *app_certificate = text_of(inputs, "app_certificate");
    const json *channel_name = field_of(inputs, "channel_name"), *account = field_of(inputs, "account");
    const char *app_id = NULL;
    size_t size = 0;
    CHECK_OK(agora_unverified_token_app_id(read, &app_id, &size));
    CHECK_STATUS(expected, agora_unverified_token_verify(read, app_certificate, channel_name->text, channel_name->size,
                                                         account->text, account->size, NULL));
    if (expected == AGORA_ERROR_INVALID_APP_CERTIFICATE) {
        CHECK(verifier_of(app_id, size, app_certificate, expected) == NULL);
        return;
    }
    uint16_t first_privilege = 0;
    uint32_t expired_ts = 0;
    const agora_status status = agora_unverified_token_privilege(read, 0, &first_privilege, &expired_ts);
    const bool is_rtm = status == AGORA_OK && first_privilege == AGORA_006_RTM_LOGIN;
    agora_verifier *verifier = verifier_of(app_id, size, app_certificate, AGORA_OK);
    agora_expected *wanted = NULL;
    CHECK_OK(agora_expected_new(&wanted));
    CHECK_OK(agora_verifier_ignore_time(verifier));
    /* A real-time messaging token has its user where others have the channel. */
    if (!is_rtm)
        CHECK_OK(agora_expected_set_channel(wanted, text_of(inputs, "channel_name"), NULL));
    CHECK_OK(agora_expected_set_account(wanted, text_of(inputs, is_rtm ? "channel_name" : "account"), NULL));
    agora_status first = expected;
    if (expected == AGORA_OK && is_ambiguous(text_of(inputs, "id")))
        first = AGORA_ERROR_TOKEN_AMBIGUOUS;
    /* A token that grants nothing is signed all right and lets nobody in. */
    if (expected == AGORA_OK && status == AGORA_ERROR_INDEX_OUT_OF_RANGE)
        first = AGORA_ERROR_PRIVILEGE_MISSING;
    judge(verifier, wanted, token, first, expected == AGORA_OK);
}

/* --- valid.json ---------------------------------------------------------------------------------- */

/* A token's string, given or built: it must say what the case says. */
static void valid_token_007(const json *inputs, const char *token)
{
    agora_unverified_token2 *read = NULL;
    const uint8_t *signing_info = NULL;
    size_t size = 0;
    json *services = wire_order(json_get(inputs, "services"));
    if (CHECK_OK(agora_unverified_token2_parse(token, &read, NULL))) {
        json *found = read_007(read, token, services);
        static const char *const members[] = {"app_id", "issue_ts", "expire", "salt", "signature_hex"};
        for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
            same(members[i], json_get(inputs, members[i]), json_get(found, members[i]));
        same("services", services, json_get(found, "services"));
        CHECK(json_get(found, "expires_at")->number == (int64_t)u32_of(inputs, "issue_ts") + u32_of(inputs, "expire"));
        CHECK_OK(agora_unverified_token2_signing_info(read, &signing_info, &size));
        same_member(inputs, "signing_info_hex", json_hex(signing_info, size));
        same_member(inputs, "payload_hex", payload_007(read));
        verify_007(read, token, inputs, AGORA_OK);
        json_free(found);
    }
    agora_unverified_token2_free(read);
    json_free(services);
}

static void valid_token_006(const json *inputs, const char *token)
{
    agora_unverified_token *read = NULL;
    const uint8_t *message = NULL;
    uint8_t signature[AGORA_SIGNATURE_SIZE] = {0};
    size_t size = 0;
    if (CHECK_OK(agora_unverified_token_parse(token, &read, NULL))) {
        json *found = decoded_006(read);
        for (const json *value = found->first; value != NULL; value = value->next)
            same(value->name, json_get(inputs, value->name), value);
        same_json(token, document_006(found));
        CHECK_OK(agora_unverified_token_message(read, &message, &size));
        same_member(inputs, "message_hex", json_hex(message, size));
        same_member(inputs, "payload_hex", payload_006(read));
        verify_006(read, token, inputs, AGORA_OK);
        const json *app_certificate = field_of(inputs, "app_certificate"), *app_id = field_of(inputs, "app_id");
        const json *channel_name = field_of(inputs, "channel_name"), *account = field_of(inputs, "account");
        CHECK_OK(agora_access_token_sign(app_certificate->text, app_certificate->size, app_id->text, app_id->size,
                                         channel_name->text, channel_name->size, account->text, account->size,
                                         (const char *)message, size, signature));
        same_member(inputs, "signature_hex", json_hex(signature, sizeof signature));
        json_free(found);
    }
    agora_unverified_token_free(read);
}

/* --- one-call builders --------------------------------------------------------------------------- */

/* Checks what a one-call builder minted against {version, app_id, ...} of a vector. */
static void minted(const json *expected, const char *app_certificate, const char *token)
{
    agora_unverified_token2 *read = NULL;
    agora_unverified_token *read_006 = NULL;
    json *found = NULL;
    if (strcmp(text_of(expected, "version"), "007") == 0) {
        if (!CHECK_OK(agora_unverified_token2_parse(token, &read, NULL)))
            return;
        json *services = wire_order(json_get(expected, "services"));
        found = read_007(read, token, services);
        same("services", services, json_get(found, "services"));
        same("expire", json_get(expected, "expire"), json_get(found, "expire"));
        const int64_t age = (int64_t)time(NULL) - json_get(found, "issue_ts")->number;
        /* time() may be a clock tick behind the clock that the library reads. */
        CHECK(age >= -1 && age <= 60);
        CHECK_OK(agora_unverified_token2_verify_signature(read, app_certificate, NULL));
        json_free(services);
    } else {
        if (!CHECK_OK(agora_unverified_token_parse(token, &read_006, NULL)))
            return;
        const json *channel_name = field_of(expected, "channel_name"), *account = field_of(expected, "account");
        found = decoded_006(read_006);
        same_json(token, document_006(found));
        same("privileges", json_get(expected, "privileges"), json_get(found, "privileges"));
        const int64_t left = json_get(found, "ts")->number - (int64_t)time(NULL);
        CHECK(left <= 86400 + 1 && left >= 86400 - 60);
        CHECK_OK(agora_unverified_token_verify(read_006, app_certificate, channel_name->text, channel_name->size,
                                               account->text, account->size, NULL));
    }
    same("app_id", json_get(expected, "app_id"), json_get(found, "app_id"));
    json_free(found);
    agora_unverified_token2_free(read);
    agora_unverified_token_free(read_006);
}

/* A status cannot say which of two arguments of one kind it means: it has the name that ends as theirs do. */
static bool names_argument(agora_status status, const char *argument)
{
    const char *field = agora_status_field(status);
    const size_t size = strlen(field), room = strlen(argument);
    return (size > 0 && size <= room && strcmp(argument + room - size, field) == 0) ||
           (strcmp(argument, "rtc_account") == 0 && strcmp(field, "user_account") == 0);
}

/* Calls a builder; `outcome` has expect and field, `token` what an accepted call must give. */
static void call_and_compare(const char *function, const json *arguments, const json *outcome, const json *token)
{
    char untouched[] = "untouched", *found = untouched;
    const agora_status expected = status_of(outcome, "expect");
    CHECK_STATUS(expected, call_builder(function, arguments, &found));
    if (expected == AGORA_OK && found != untouched && found != NULL)
        minted(token, text_of(arguments, "app_certificate"), found);
    if (expected != AGORA_OK) {
        /* Refused permissions never come to the builder. */
        CHECK(expected == AGORA_ERROR_INVALID_PERMISSIONS ? found == untouched : found == NULL);
        CHECK(names_argument(expected, text_of(outcome, "field")));
    } else {
        CHECK(found != untouched && found != NULL);
    }
    if (found != untouched)
        agora_string_free(found);
}

/* --- one case of each file ----------------------------------------------------------------------- */

/* Counts by what was done, printed behind the name of a file. */
static struct {
    char name[50];
    int count;
} tallies[30];

static void tally(const char *name)
{
    size_t i = 0;
    while (i < 29 && tallies[i].count > 0 && strcmp(tallies[i].name, name) != 0)
        i++;
    snprintf(tallies[i].name, sizeof tallies[i].name, "%s", i < 29 ? name : "others");
    tallies[i].count++;
}

static void valid_case(const json *inputs)
{
    const bool is_007 = strcmp(text_of(inputs, "version"), "007") == 0;
    char *token = NULL;
    json *signature = NULL;
    tally(text_of(inputs, "version"));
    if (is_007) {
        CHECK_OK(build_007(inputs, &token, &signature));
        same_member(inputs, "signature_hex", signature);
        valid_token_007(inputs, text_of(inputs, "token"));
        if (CHECK(token != NULL))
            valid_token_007(inputs, token);
    } else if (CHECK(strcmp(text_of(inputs, "version"), "006") == 0)) {
        CHECK_OK(build_006(inputs, &token));
        valid_token_006(inputs, text_of(inputs, "token"));
        if (CHECK(token != NULL))
            valid_token_006(inputs, token);
    }
    agora_string_free(token);

    const json *one_call = json_get(inputs, "one_call");
    if (one_call == NULL)
        return;
    json *arguments = duplicate(json_get(one_call, "args"));
    put(arguments, "app_id", json_get(inputs, "app_id"));
    put(arguments, "app_certificate", json_get(inputs, "app_certificate"));
    const json *function = json_get(one_call, "functions")->first;
    CHECK(function != NULL);
    for (; function != NULL; function = function->next) {
        call_and_compare(function->text, arguments, one_call, inputs);
        tally(status_of(one_call, "expect") == AGORA_OK ? "minted in one call" : "refused in one call");
    }
    json_free(arguments);
}

/* What a reader of either generation gives for this token. */
static agora_status read_either(const char *token)
{
    agora_unverified_token *read = NULL;
    agora_unverified_token2 *read2 = NULL;
    agora_status status = AGORA_ERROR_TOKEN_VERSION;
    if (strncmp(token, "006", 3) == 0)
        status = agora_unverified_token_parse(token, &read, NULL);
    if (strncmp(token, "007", 3) == 0)
        status = agora_unverified_token2_parse(token, &read2, NULL);
    agora_unverified_token_free(read);
    agora_unverified_token2_free(read2);
    return status;
}

/* What takes both generations refuses as the reader of that generation does. But a verifier looks at the signature
   before it reads services, and one of the tokens is not signed. */
static void json_refuses(const json *inputs)
{
    char *text = NULL;
    const char *token = text_of(inputs, "token"), *id = text_of(inputs, "id");
    const agora_status expected = read_either(token);
    CHECK_STATUS(expected, agora_inspect(token, &text, NULL));
    CHECK((text != NULL) == (expected == AGORA_OK));
    agora_string_free(text);
    if (expected == AGORA_OK)
        return;
    agora_status first = is_beyond_the_bounds(id) ? AGORA_ERROR_TOKEN_TOO_LARGE : expected;
    if (strcmp(id, "truncated_service_count") == 0)
        first = AGORA_ERROR_SIGNATURE_MISMATCH;
    judge(verifier_of("", 0, "5CFd2fd1755d40ecb72977518be15d3b", AGORA_OK), NULL, token, first, false);
}

static void parse_007(const json *inputs, bool verify)
{
    agora_unverified_token2 *read = NULL;
    const char *token = text_of(inputs, "token");
    const json *expect = json_get(inputs, "expect");
    CHECK_STATUS(status_of(expect, "parse"), agora_unverified_token2_parse(token, &read, NULL));
    CHECK((read != NULL) == (status_of(expect, "parse") == AGORA_OK));
    if (read == NULL) {
        json_refuses(inputs);
        return;
    }
    const json *decoded = json_get(expect, "decoded"), *complete = json_get(expect, "complete");
    bool is_complete = false;
    size_t unread_bytes = 0;
    json *found = read_007(read, token, json_get(decoded, "services"));
    same("decoded", decoded, found);
    CHECK_OK(agora_unverified_token2_is_complete(read, &is_complete));
    CHECK(complete->kind == (is_complete ? JSON_TRUE : JSON_FALSE));
    CHECK_OK(agora_unverified_token2_unread_bytes(read, &unread_bytes));
    CHECK(unread_bytes == u32_of(expect, "unread_bytes"));
    if (json_get(expect, "payload_hex") != NULL)
        same_member(expect, "payload_hex", payload_007(read));
    if (verify)
        verify_007(read, token, inputs, status_of(expect, "verify"));
    json_free(found);
    agora_unverified_token2_free(read);
}

static void parse_006(const json *inputs, bool verify)
{
    agora_unverified_token *read = NULL;
    const char *token = text_of(inputs, "token");
    const json *expect = json_get(inputs, "expect");
    CHECK_STATUS(status_of(expect, "parse"), agora_unverified_token_parse(token, &read, NULL));
    CHECK((read != NULL) == (status_of(expect, "parse") == AGORA_OK));
    if (read == NULL) {
        json_refuses(inputs);
        return;
    }
    json *found = decoded_006(read);
    same("decoded", json_get(expect, "decoded"), found);
    same_json(token, document_006(found));
    if (json_get(expect, "payload_hex") != NULL)
        same_member(expect, "payload_hex", payload_006(read));
    if (verify)
        verify_006(read, token, inputs, status_of(expect, "verify"));
    json_free(found);
    agora_unverified_token_free(read);
}

static void parse_any(const json *inputs)
{
    agora_unverified_token *read = NULL;
    agora_unverified_token2 *read2 = NULL;
    const char *token = text_of(inputs, "token");
    const agora_status expected = status_of(json_get(inputs, "expect"), "parse");
    CHECK_STATUS(expected, agora_unverified_token_parse(token, &read, NULL));
    CHECK_STATUS(expected, agora_unverified_token2_parse(token, &read2, NULL));
    CHECK(expected != AGORA_OK && read == NULL && read2 == NULL);
    CHECK_STATUS(expected, read_either(token));
    json_refuses(inputs);
}

static void build_case_007(const json *inputs)
{
    char *token = NULL;
    json *signature = NULL;
    agora_unverified_token2 *read = NULL;
    const json *expect = json_get(inputs, "expect");
    const agora_status expected = status_of(expect, "error");
    CHECK_STATUS(expected, build_007(inputs, &token, &signature));
    CHECK((token != NULL) == (expected == AGORA_OK));
    if (token != NULL && CHECK_OK(agora_unverified_token2_parse(token, &read, NULL))) {
        json *services = wire_order(json_get(inputs, "services")), *found = read_007(read, token, services);
        json *payload = payload_007(read);
        same("services", services, json_get(found, "services"));
        same("signature_hex", json_get(expect, "signature_hex"), json_get(found, "signature_hex"));
        same("signature_hex", json_get(expect, "signature_hex"), signature);
        CHECK(payload->size == 2 * u32_of(expect, "payload_size"));
        json_free(payload);
        json_free(found);
        json_free(services);
    }
    json_free(signature);
    agora_unverified_token2_free(read);
    agora_string_free(token);
}

static void build_case_006(const json *inputs)
{
    char *token = NULL;
    agora_unverified_token *read = NULL;
    const json *expect = json_get(inputs, "expect");
    const agora_status expected = status_of(expect, "error");
    CHECK_STATUS(expected, build_006(inputs, &token));
    CHECK((token != NULL) == (expected == AGORA_OK));
    if (token != NULL && CHECK_OK(agora_unverified_token_parse(token, &read, NULL))) {
        json *found = decoded_006(read), *payload = payload_006(read);
        same("privileges", json_get(inputs, "privileges"), json_get(found, "privileges"));
        same("signature_hex", json_get(expect, "signature_hex"), json_get(found, "signature_hex"));
        CHECK(payload->size == 2 * u32_of(expect, "payload_size"));
        json_free(payload);
        json_free(found);
    }
    agora_unverified_token_free(read);
    agora_string_free(token);
}

static void operation_case(const json *inputs)
{
    const char *operation = text_of(inputs, "op");
    tally(operation);
    if (strcmp(operation, "parse_007") == 0)
        parse_007(inputs, false);
    else if (strcmp(operation, "parse_verify_007") == 0)
        parse_007(inputs, true);
    else if (strcmp(operation, "parse_006") == 0)
        parse_006(inputs, false);
    else if (strcmp(operation, "parse_verify_006") == 0)
        parse_006(inputs, true);
    else if (strcmp(operation, "parse_any") == 0)
        parse_any(inputs);
    else if (strcmp(operation, "build_007") == 0)
        build_case_007(inputs);
    else if (strcmp(operation, "build_006") == 0)
        build_case_006(inputs);
    else
        check_that(false, __FILE__, __LINE__, "no operation is called %s", operation);
}

static void builder_case(const json *inputs)
{
    tally(text_of(inputs, "expect"));
    call_and_compare(text_of(inputs, "function"), json_get(inputs, "args"), inputs, json_get(inputs, "token"));
}

/* --- the run ------------------------------------------------------------------------------------- */

static void run_file(const char *folder, const char *name, void (*run)(const json *inputs))
{
    json *document = read_file(folder, name);
    const json *cases = json_get(document, "cases"), *count = json_get(document, "count");
    int64_t ran = 0;
    memset(tallies, 0, sizeof tallies);
    for (const json *inputs = cases != NULL ? cases->first : NULL; inputs != NULL; inputs = inputs->next) {
        const json *id = json_get(inputs, "id");
        case_begin("%s %s", name, id != NULL ? id->text : "(no id)");
        run(inputs);
        case_end();
        ran++;
    }
    case_begin("%s as a whole", name);
    CHECK(document != NULL && cases != NULL && count != NULL && ran == count->number && ran > 0);
    case_end();
    printf("%s: %d of %d cases", name, (int)ran, count != NULL ? (int)count->number : 0);
    for (size_t i = 0; i < 30 && tallies[i].count > 0; i++)
        printf("%s%d %s", i == 0 ? " (" : ", ", tallies[i].count, tallies[i].name);
    puts(tallies[0].count > 0 ? ")" : "");
    json_free(document);
}

int main(int argument_count, char **arguments)
{
    const char *folder = argument_count > 1 ? arguments[1] : "tests/vectors";
    run_file(folder, "valid.json", valid_case);
    run_file(folder, "malformed.json", operation_case);
    run_file(folder, "official-strings.json", operation_case);
    run_file(folder, "builder-refusals.json", builder_case);
    return summary();
}
