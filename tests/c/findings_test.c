/* Every case of tests/doctor through the C ABI. Takes the path of that folder. */
#include <ctype.h>
#include <dirent.h>
#include "check.h"
#include "json.h"

static const char *text_of(const json *object, const char *name)
{
    const json *member = json_get(object, name);
    const bool good = member != NULL && member->kind == JSON_STRING && strlen(member->text) == member->size;
    return check_that(good, __FILE__, __LINE__, "%s is no text without a NUL", name) ? member->text : "";
}

/* --- the attempt --------------------------------------------------------------------------------- */

static void set(agora_attempt *attempt, const json *known)
{
    const char *name = known->name, *text = known->text;
    const int64_t number = known->number;
    if (strcmp(name, "app_id") == 0)
        CHECK_OK(agora_attempt_set_app_id(attempt, text, NULL));
    else if (strcmp(name, "channel_name") == 0)
        CHECK_OK(agora_attempt_set_channel(attempt, text, NULL));
    else if (strcmp(name, "uid") == 0)
        CHECK_OK(agora_attempt_set_uid(attempt, (uint32_t)number));
    else if (strcmp(name, "user_account") == 0)
        CHECK_OK(agora_attempt_set_account(attempt, text, NULL));
    else if (strcmp(name, "service") == 0)
        CHECK_OK(agora_attempt_set_service(attempt, (uint16_t)number, NULL));
    else if (strcmp(name, "role") == 0)
        CHECK_OK(agora_attempt_set_role(attempt, (uint32_t)number, NULL));
    else if (strcmp(name, "at") == 0)
        CHECK_OK(agora_attempt_set_at(attempt, (uint64_t)number, NULL));
    else if (strcmp(name, "sdk") == 0)
        CHECK_OK(agora_attempt_set_sdk(attempt, text, NULL));
    else if (strcmp(name, "error") == 0)
        CHECK_OK(agora_attempt_set_error(attempt, text, NULL));
    else if (strcmp(name, "certificates") == 0)
        for (const json *certificate = known->first; certificate != NULL; certificate = certificate->next)
            CHECK_OK(agora_attempt_add_certificate(attempt, certificate->text, NULL));
    else if (strcmp(name, "redact") == 0)
        CHECK_OK(known->kind == JSON_TRUE ? agora_attempt_redact(attempt) : AGORA_OK);
    else
        check_that(false, __FILE__, __LINE__, "an attempt has no %s", name);
}

static agora_diagnosis *diagnosed(const json *inputs)
{
    agora_attempt *attempt = NULL;
    agora_diagnosis *diagnosis = NULL;
    const json *known = json_get(inputs, "attempt");
    CHECK_OK(agora_attempt_new(&attempt));
    for (known = known != NULL ? known->first : NULL; known != NULL; known = known->next)
        set(attempt, known);
    CHECK_OK(agora_diagnose(text_of(inputs, "token"), attempt, &diagnosis, NULL));
    agora_attempt_free(attempt);
    return diagnosis;
}

/* --- what must be found -------------------------------------------------------------------------- */

static const char *severity_name(uint32_t severity)
{
    return severity == AGORA_SEVERITY_ERROR     ? "error"
           : severity == AGORA_SEVERITY_WARNING ? "warning"
           : severity == AGORA_SEVERITY_NOTE    ? "note"
                                                : "(none)";
}

/* All of the findings where a case lists them, and the code among the first two. */
static void found(const json *inputs, const char *expected_code)
{
    agora_diagnosis *diagnosis = diagnosed(inputs);
    const json *findings = json_get(inputs, "findings");
    const json *finding = findings != NULL ? findings->first : NULL;
    bool explained = false;
    size_t count = 0;
    CHECK_OK(agora_diagnosis_finding_count(diagnosis, &count));
    CHECK(findings == NULL || findings->size == count);
    for (size_t index = 0; index < count; index++) {
        const char *code = NULL, *cause = NULL, *fix = NULL;
        uint32_t severity = 0;
        CHECK_OK(agora_diagnosis_finding(diagnosis, index, &code, &severity, &cause, &fix));
        explained = explained || (index < 2 && strcmp(code, expected_code) == 0);
        if (finding != NULL) {
            CHECK_TEXT(text_of(finding, "code"), code);
            CHECK_TEXT(text_of(finding, "severity"), severity_name(severity));
            CHECK_TEXT(text_of(finding, "cause"), cause);
            CHECK_TEXT(text_of(finding, "fix"), fix);
            finding = finding->next;
        }
    }
    check_that(explained, __FILE__, __LINE__, "%s is not the first or second of %d findings", expected_code,
               (int)count);
    agora_diagnosis_free(diagnosis);
}

/* --- the files ----------------------------------------------------------------------------------- */

/* Whether a file is called as its finding is. */
static bool is_named(const char *file, const char *code)
{
    size_t i = 0;
    while (code[i] != '\0' && file[i] == tolower((unsigned char)code[i]))
        i++;
    return code[i] == '\0' && strcmp(file + i, ".json") == 0;
}

/* Gives how many cases ran. */
static int run_file(const char *folder, const char *name, bool is_scenarios)
{
    json *document = json_read_file(folder, name);
    const json *cases = json_get(document, is_scenarios ? "scenarios" : "cases"), *count = json_get(document, "count");
    const json *code = json_get(document, "code");
    int ran = 0;
    for (const json *inputs = cases != NULL ? cases->first : NULL; inputs != NULL; inputs = inputs->next, ran++) {
        case_begin("%s: %s", name, text_of(inputs, "situation"));
        if (is_scenarios)
            found(inputs, text_of(inputs, "expected"));
        else if (CHECK(code != NULL && json_get(inputs, "findings") != NULL))
            found(inputs, code->text);
        case_end();
    }
    case_begin("%s as a whole", name);
    CHECK(count != NULL && count->number == ran && ran > 0);
    CHECK(is_scenarios || (code != NULL && is_named(name, code->text)));
    case_end();
    json_free(document);
    return ran;
}

int main(int argument_count, char **arguments)
{
    const char *path = argument_count > 1 ? arguments[1] : "tests/doctor";
    int files = 0, cases = 0, scenarios = 0;
    DIR *folder = opendir(path);
    for (struct dirent *entry = NULL; folder != NULL && (entry = readdir(folder)) != NULL;) {
        const char *suffix = strrchr(entry->d_name, '.');
        if (suffix == NULL || strcmp(suffix, ".json") != 0)
            continue;
        if (strcmp(entry->d_name, "scenarios.json") == 0) {
            scenarios += run_file(path, entry->d_name, true);
        } else {
            cases += run_file(path, entry->d_name, false);
            files++;
        }
    }
    case_begin("%s", path);
    CHECK(folder != NULL && files > 0 && scenarios > 0);
    case_end();
    if (folder != NULL)
        closedir(folder);
    printf("%d cases in %d files, %d scenarios\n", cases, files, scenarios);
    return summary();
}
