/* The doctor: what is found, in which order, as text and as JSON; and what never shows. */
#include "check.h"
#include "json.h"
#include "sample.h"

#define ISSUED 1700000000u
#define EXPIRE 3600u

/* An RTC token of a fixed time, for any channel and user. */
static char *rtc_token(const char *channel_name, const char *account)
{
    agora_access_token2 *token = NULL;
    char *text = NULL;
    size_t service = 0;
    CHECK_OK(agora_access_token2_new(APP_ID, CERTIFICATE, ISSUED, EXPIRE, &token, NULL));
    CHECK_OK(agora_access_token2_set_salt(token, 12345678));
    CHECK_OK(agora_access_token2_add_rtc(token, channel_name, strlen(channel_name), account, strlen(account), &service,
                                         NULL));
    for (uint16_t privilege = AGORA_RTC_JOIN_CHANNEL; privilege <= AGORA_RTC_PUBLISH_DATA_STREAM; privilege++)
        CHECK_OK(agora_access_token2_add_privilege(token, service, privilege, EXPIRE));
    CHECK_OK(agora_access_token2_build(token, &text));
    agora_access_token2_free(token);
    return text;
}

/* Uid 42 publishing in "room", in the token's time, of a server that has the certificate. */
static agora_attempt *good_attempt(void)
{
    agora_attempt *attempt = NULL;
    CHECK_OK(agora_attempt_new(&attempt));
    CHECK_OK(agora_attempt_set_app_id(attempt, APP_ID, NULL));
    CHECK_OK(agora_attempt_set_channel(attempt, "room", NULL));
    CHECK_OK(agora_attempt_set_uid(attempt, 42));
    CHECK_OK(agora_attempt_set_service(attempt, AGORA_SERVICE_RTC, NULL));
    CHECK_OK(agora_attempt_set_role(attempt, AGORA_ROLE_PUBLISHER, NULL));
    CHECK_OK(agora_attempt_set_at(attempt, ISSUED + 60, NULL));
    CHECK_OK(agora_attempt_set_sdk(attempt, "web 4.20.0", NULL));
    CHECK_OK(agora_attempt_add_certificate(attempt, CERTIFICATE, NULL));
    return attempt;
}

static agora_diagnosis *diagnosed(const char *token, const agora_attempt *attempt)
{
    agora_diagnosis *diagnosis = NULL;
    CHECK_OK(agora_diagnose(token, attempt, &diagnosis, NULL));
    return diagnosis;
}

static size_t count_of(const agora_diagnosis *diagnosis)
{
    size_t count = 0;
    CHECK_OK(agora_diagnosis_finding_count(diagnosis, &count));
    return count;
}

static const char *severity_name(uint32_t severity)
{
    return severity == AGORA_SEVERITY_ERROR     ? "error"
           : severity == AGORA_SEVERITY_WARNING ? "warning"
           : severity == AGORA_SEVERITY_NOTE    ? "note"
                                                : "(none)";
}

/* The JSON says the same as the calls, in the same order and nothing more; the worst comes first. */
static void agree(const char *token, const agora_attempt *attempt)
{
    char *text = NULL;
    agora_diagnosis *diagnosis = diagnosed(token, attempt);
    CHECK_OK(agora_diagnosis_to_json(diagnosis, &text, NULL));
    json *document = json_read(text);
    const json *findings = json_get(document, "findings");
    if (CHECK(findings != NULL && document->size == 1 && findings->kind == JSON_ARRAY) &&
        CHECK(findings->size == count_of(diagnosis))) {
        uint32_t worst = AGORA_SEVERITY_ERROR;
        size_t index = 0;
        for (const json *finding = findings->first; finding != NULL; finding = finding->next, index++) {
            const char *code = NULL, *cause = NULL, *fix = NULL;
            uint32_t severity = 0;
            CHECK_OK(agora_diagnosis_finding(diagnosis, index, &code, &severity, &cause, &fix));
            CHECK(finding->size == 4);
            CHECK_TEXT(code, json_get(finding, "code")->text);
            CHECK_TEXT(severity_name(severity), json_get(finding, "severity")->text);
            CHECK_TEXT(cause, json_get(finding, "cause")->text);
            CHECK_TEXT(fix, json_get(finding, "fix")->text);
            CHECK(strlen(code) > 0 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == strlen(code));
            CHECK(strlen(cause) > 0 && strlen(fix) > 0);
            CHECK(severity <= worst);
            worst = severity;
        }
    }
    json_free(document);
    agora_string_free(text);
    agora_diagnosis_free(diagnosis);
}

/* The code is among the first findings that must explain it, with this severity. */
static void finds(const char *expected, uint32_t expected_severity, const char *token, const agora_attempt *attempt)
{
    agora_diagnosis *diagnosis = diagnosed(token, attempt);
    const size_t count = count_of(diagnosis);
    bool found = false;
    for (size_t index = 0; index < count && index < 2; index++) {
        const char *code = NULL, *cause = NULL, *fix = NULL;
        uint32_t severity = 0;
        CHECK_OK(agora_diagnosis_finding(diagnosis, index, &code, &severity, &cause, &fix));
        found = found || (strcmp(code, expected) == 0 && severity == expected_severity);
    }
    check_that(found, __FILE__, __LINE__, "%s is not the first or second of %d findings", expected, (int)count);
    agora_diagnosis_free(diagnosis);
    agree(token, attempt);
}

/* --- what is found ------------------------------------------------------------------------------- */

static void good_tokens(void)
{
    char *token = rtc_token("room", "42");
    agora_attempt *attempt = good_attempt();
    case_begin("a good token");
    agora_diagnosis *diagnosis = diagnosed(token, attempt);
    CHECK(count_of(diagnosis) == 0);
    agora_diagnosis_free(diagnosis);
    agree(token, attempt);
    agora_attempt_free(attempt);
    case_end();

    case_begin("a good token of which nothing else is known");
    char *fresh = NULL;
    CHECK_OK(agora_build_token2_with_uid(APP_ID, CERTIFICATE, "room", 42, AGORA_ROLE_PUBLISHER, 60, 60, &fresh));
    CHECK_OK(agora_attempt_new(&attempt));
    finds("SIGNATURE_NOT_CHECKED", AGORA_SEVERITY_NOTE, fresh, attempt);
    /* By the system clock. */
    finds("TOKEN_EXPIRED", AGORA_SEVERITY_ERROR, token, attempt);
    agora_attempt_free(attempt);
    agora_string_free(fresh);
    agora_string_free(token);
    case_end();
}

/* One of each setter. */
static void findings(void)
{
    char *token = rtc_token("room", "42");
    char cut[65] = "", wrapped[600];
    const struct {
        const char *code;
        uint32_t severity;
        const char *token;
    } tokens[] = {
        {"NO_TOKEN", AGORA_SEVERITY_ERROR, ""},
        {"NO_TOKEN", AGORA_SEVERITY_ERROR, "undefined"},
        {"TOKEN_IS_CREDENTIAL", AGORA_SEVERITY_ERROR, APP_ID},
        {"NOT_A_TOKEN", AGORA_SEVERITY_ERROR, "token"},
        {"TOKEN_TRUNCATED", AGORA_SEVERITY_ERROR, cut},
        {"TOKEN_QUOTED", AGORA_SEVERITY_ERROR, wrapped},
    };
    memcpy(cut, token, sizeof cut - 1);
    snprintf(wrapped, sizeof wrapped, "\"%s\"", token);
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
        agora_attempt *attempt = good_attempt();
        case_begin("%s", tokens[i].code);
        finds(tokens[i].code, tokens[i].severity, tokens[i].token, attempt);
        agora_attempt_free(attempt);
        case_end();
    }

#define FINDS(code, severity, setter)            \
    do {                                         \
        agora_attempt *attempt = good_attempt(); \
        case_begin("%s", #setter);               \
        CHECK_OK(setter);                        \
        finds(code, severity, token, attempt);   \
        agora_attempt_free(attempt);             \
        case_end();                              \
    } while (0)
    FINDS("APP_ID_DIFFERS", AGORA_SEVERITY_ERROR, agora_attempt_set_app_id(attempt, OTHER_APP_ID, NULL));
    FINDS("APP_ID_INVALID", AGORA_SEVERITY_ERROR, agora_attempt_set_app_id(attempt, "room", NULL));
    FINDS("CHANNEL_DIFFERS", AGORA_SEVERITY_ERROR, agora_attempt_set_channel(attempt, "hall", NULL));
    FINDS("CHANNEL_DIFFERS_IN_CASE", AGORA_SEVERITY_ERROR, agora_attempt_set_channel(attempt, "Room", NULL));
    FINDS("USER_DIFFERS", AGORA_SEVERITY_ERROR, agora_attempt_set_uid(attempt, 43));
    FINDS("UID_TOKEN_FOR_ACCOUNT", AGORA_SEVERITY_ERROR, agora_attempt_set_account(attempt, "ann", NULL));
    FINDS("SERVICE_MISSING", AGORA_SEVERITY_ERROR, agora_attempt_set_service(attempt, AGORA_SERVICE_CHAT, NULL));
    FINDS("RTC_TOKEN_FOR_RTM", AGORA_SEVERITY_ERROR, agora_attempt_set_service(attempt, AGORA_SERVICE_RTM, NULL));
    FINDS("TOKEN_EXPIRED", AGORA_SEVERITY_ERROR, agora_attempt_set_at(attempt, ISSUED + EXPIRE, NULL));
    FINDS("TOKEN_NOT_YET_VALID", AGORA_SEVERITY_ERROR, agora_attempt_set_at(attempt, ISSUED - 3600, NULL));
    FINDS("SDK_TOO_OLD", AGORA_SEVERITY_ERROR, agora_attempt_set_sdk(attempt, "web 4.7.3", NULL));
    FINDS("SDK_ERROR", AGORA_SEVERITY_NOTE, agora_attempt_set_error(attempt, "110", NULL));
    FINDS("TOKEN_NOT_WANTED", AGORA_SEVERITY_ERROR, agora_attempt_set_error(attempt, "error 119", NULL));
    /* The second certificate neither signed the token nor takes the first away. */
    case_begin("two certificates");
    agora_attempt *attempt = good_attempt();
    CHECK_OK(agora_attempt_add_certificate(attempt, OTHER_CERTIFICATE, NULL));
    agora_diagnosis *diagnosis = diagnosed(token, attempt);
    CHECK(count_of(diagnosis) == 0);
    agora_diagnosis_free(diagnosis);
    agora_attempt_free(attempt);
    case_end();
    agora_string_free(token);

    token = rtc_token("room", "ann");
    FINDS("ACCOUNT_TOKEN_FOR_UID", AGORA_SEVERITY_ERROR, agora_attempt_set_uid(attempt, 42));
    agora_string_free(token);

    CHECK_OK(agora_build_token2_with_uid(APP_ID, CERTIFICATE, "room", 42, AGORA_ROLE_SUBSCRIBER, 600, 600, &token));
    FINDS("SUBSCRIBER_TOKEN_FOR_PUBLISHER", AGORA_SEVERITY_WARNING,
          agora_attempt_set_role(attempt, AGORA_ROLE_PUBLISHER, NULL));
    agora_string_free(token);
}

static void certificates(void)
{
    char *token = rtc_token("room", "42");
    static const struct {
        const char *code, *certificate;
        uint32_t severity;
    } expected[] = {
        {"SIGNATURE_MISMATCH", OTHER_CERTIFICATE, AGORA_SEVERITY_ERROR},
        {"CERTIFICATE_HAS_BLANKS", CERTIFICATE "\n", AGORA_SEVERITY_NOTE},
        {"CERTIFICATE_HAS_BLANKS", " " CERTIFICATE, AGORA_SEVERITY_WARNING},
        {"CERTIFICATE_INVALID", "5CFd2fd1755d40ecb72977518be15d3", AGORA_SEVERITY_WARNING},
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        agora_attempt *attempt = NULL;
        case_begin("%s", expected[i].code);
        CHECK_OK(agora_attempt_new(&attempt));
        CHECK_OK(agora_attempt_set_at(attempt, ISSUED, NULL));
        CHECK_OK(agora_attempt_add_certificate(attempt, expected[i].certificate, NULL));
        finds(expected[i].code, expected[i].severity, token, attempt);
        agora_attempt_free(attempt);
        case_end();
    }
    agora_string_free(token);
}

static void copies(void)
{
    char *token = rtc_token("room", "42");
    agora_attempt *attempt = good_attempt(), *copy = NULL;
    case_begin("a copy goes its own way");
    CHECK_OK(agora_attempt_copy(attempt, &copy));
    CHECK_OK(agora_attempt_set_channel(attempt, "hall", NULL));
    agora_attempt_free(attempt);
    agora_diagnosis *diagnosis = diagnosed(token, copy);
    CHECK(count_of(diagnosis) == 0);
    agora_diagnosis_free(diagnosis);
    agora_attempt_free(copy);
    agora_string_free(token);
    case_end();
}

static void refused_setters(void)
{
    char *token = rtc_token("room", "42");
    agora_attempt *attempt = good_attempt();
    case_begin("services and roles there are not");
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_attempt_set_service(attempt, 0, NULL));
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE, agora_attempt_set_service(attempt, AGORA_SERVICE_STT + 1, NULL));
    CHECK_STATUS(AGORA_ERROR_INVALID_ROLE, agora_attempt_set_role(attempt, AGORA_ROLE_ATTENDEE, NULL));
    CHECK_STATUS(AGORA_ERROR_INVALID_ROLE, agora_attempt_set_role(attempt, AGORA_ROLE_ADMIN, NULL));
    CHECK_STATUS(AGORA_ERROR_INVALID_TIMESTAMP, agora_attempt_set_at(attempt, 1700000000000, NULL));
    /* They changed nothing. */
    agora_diagnosis *diagnosis = diagnosed(token, attempt);
    CHECK(count_of(diagnosis) == 0);
    agora_diagnosis_free(diagnosis);
    case_end();

    case_begin("findings there are not");
    const char *code = token, *cause = token, *fix = token;
    uint32_t severity = 7;
    CHECK_OK(agora_attempt_set_uid(attempt, 43));
    diagnosis = diagnosed(token, attempt);
    CHECK(count_of(diagnosis) > 0);
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE,
                 agora_diagnosis_finding(diagnosis, count_of(diagnosis), &code, &severity, &cause, &fix));
    CHECK(code == NULL && cause == NULL && fix == NULL && severity == 7);
    CHECK_STATUS(AGORA_ERROR_INDEX_OUT_OF_RANGE,
                 agora_diagnosis_finding(diagnosis, SIZE_MAX, &code, &severity, &cause, &fix));
    agora_attempt_free(attempt);
    agora_string_free(token);
    /* What was found outlives what it was found in. */
    CHECK_OK(agora_diagnosis_finding(diagnosis, 0, &code, &severity, &cause, &fix));
    CHECK_TEXT("USER_DIFFERS", code);
    agora_diagnosis_free(diagnosis);
    case_end();
}

/* --- what never shows ---------------------------------------------------------------------------- */

/* No six characters of a secret in a row, in whatever letter case. */
static bool shows(const char *text, const char *secret)
{
    for (size_t start = 0; start + 6 <= strlen(secret); start++)
        for (const char *at = text; *at != '\0'; at++) {
            size_t same = 0;
            while (same < 6 && (at[same] | 0x20) == (secret[start + same] | 0x20))
                same++;
            if (same == 6)
                return true;
        }
    return false;
}

/* What is found, as JSON. */
static char *json_of(const char *token, const agora_attempt *attempt)
{
    char *text = NULL;
    agora_diagnosis *diagnosis = diagnosed(token, attempt);
    CHECK_OK(agora_diagnosis_to_json(diagnosis, &text, NULL));
    agora_diagnosis_free(diagnosis);
    return text;
}

static void hides(const char *token, const agora_attempt *attempt, const char *secret)
{
    char *text = json_of(token, attempt);
    check_that(text != NULL && !shows(text, secret), __FILE__, __LINE__, "it shows in %s", text);
    agora_string_free(text);
    agree(token, attempt);
}

/* A certificate that is known to be one, in every place where it does not belong. */
static void certificate_never_shows(void)
{
    static const char *const spellings[] = {CERTIFICATE,
                                            CERTIFICATE "\n",
                                            " " CERTIFICATE,
                                            "\"" CERTIFICATE "\"",
                                            "5CFD2FD1755D40ECB72977518BE15D3B",
                                            "5cfd2fd1755d40ecb72977518be15d3b"};
    char *good = rtc_token("room", "42"), *in_token = rtc_token(CERTIFICATE, CERTIFICATE);
    char answer[600];
    const char *const tokens[] = {good, in_token, CERTIFICATE, "Bearer " CERTIFICATE, "007" CERTIFICATE, answer};
    snprintf(answer, sizeof answer, "{\"" CERTIFICATE "\":\"%s\"}", good);
    for (size_t spelling = 0; spelling < sizeof spellings / sizeof spellings[0]; spelling++)
        for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
            const char *text = spellings[spelling];
            agora_attempt *attempt = NULL;
            case_begin("a certificate everywhere, spelling %d, token %d", (int)spelling, (int)i);
            CHECK_OK(agora_attempt_new(&attempt));
            CHECK_OK(agora_attempt_add_certificate(attempt, CERTIFICATE, NULL));
            hides(tokens[i], attempt, CERTIFICATE);
            CHECK_OK(agora_attempt_set_app_id(attempt, text, NULL));
            hides(tokens[i], attempt, CERTIFICATE);
            CHECK_OK(agora_attempt_set_channel(attempt, text, NULL));
            CHECK_OK(agora_attempt_set_account(attempt, text, NULL));
            CHECK_OK(agora_attempt_set_sdk(attempt, text, NULL));
            CHECK_OK(agora_attempt_set_error(attempt, text, NULL));
            hides(tokens[i], attempt, CERTIFICATE);
            CHECK_OK(agora_attempt_add_certificate(attempt, text, NULL));
            hides(tokens[i], attempt, CERTIFICATE);
            agora_attempt_free(attempt);
            case_end();
        }
    agora_string_free(in_token);
    agora_string_free(good);
}

static void token_never_shows(void)
{
    char *token = rtc_token("hall", "ann");
    char damaged[600];
    agora_attempt *attempt = good_attempt();
    case_begin("the token never shows");
    hides(token, attempt, token + 3);
    snprintf(damaged, sizeof damaged, "%s;", token);
    hides(damaged, attempt, token + 3);
    snprintf(damaged, sizeof damaged, "{\"token\":\"%s\"}", token);
    hides(damaged, attempt, token + 3);
    token[strlen(token) / 2] = '%';
    hides(token, attempt, token + 3);
    agora_attempt_free(attempt);
    agora_string_free(token);
    case_end();
}

static void redacted(void)
{
    char *token = rtc_token("secret-hall", "ann.example");
    agora_attempt *attempt = good_attempt();
    static const char *const secrets[] = {"secret-hall", "secret-room", "ann.example",
                                          "bob.example", APP_ID,        OTHER_APP_ID};
    case_begin("what redact hides");
    CHECK_OK(agora_attempt_set_channel(attempt, "secret-room", NULL));
    CHECK_OK(agora_attempt_set_account(attempt, "bob.example", NULL));
    CHECK_OK(agora_attempt_set_app_id(attempt, OTHER_APP_ID, NULL));
    char *text = json_of(token, attempt);
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
        check_that(strstr(text, secrets[i]) != NULL, __FILE__, __LINE__, "without it, %s shows", secrets[i]);
    agora_string_free(text);
    CHECK_OK(agora_attempt_redact(attempt));
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
        hides(token, attempt, secrets[i]);
    finds("CHANNEL_DIFFERS", AGORA_SEVERITY_ERROR, token, attempt);
    finds("APP_ID_DIFFERS", AGORA_SEVERITY_ERROR, token, attempt);
    agora_attempt_free(attempt);
    agora_string_free(token);
    case_end();
}

int main(void)
{
    good_tokens();
    findings();
    certificates();
    copies();
    refused_setters();
    certificate_never_shows();
    token_never_shows();
    redacted();
    return summary();
}
