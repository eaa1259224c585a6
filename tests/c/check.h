/* Cases and checks. A program is a row of cases; a case passes when it checks something and none of it fails. */
#ifndef CHECK_H
#define CHECK_H

#include <agora_token.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static struct {
    char name[200];
    bool open;
    int checks;
    int failed_checks;
    int passed_cases;
    int failed_cases;
} check_state;

/* Ends the case that is open, if one is; gives whether it passed. */
static inline bool case_end(void)
{
    if (!check_state.open)
        return true;
    const bool good = check_state.checks > 0 && check_state.failed_checks == 0;
    if (check_state.checks == 0)
        printf("FAILED %s: it checks nothing\n", check_state.name);
    if (good)
        check_state.passed_cases++;
    else
        check_state.failed_cases++;
    check_state.open = false;
    return good;
}

/* Begins a case, which ends the one before. */
static inline void case_begin(const char *format, ...)
{
    case_end();
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(check_state.name, sizeof check_state.name, format, arguments);
    va_end(arguments);
    check_state.open = true;
    check_state.checks = check_state.failed_checks = 0;
}

/* A check between cases, such as of what they share, counts when it fails: as a failed case of its own. */
static inline bool check_that(bool good, const char *file, int line, const char *format, ...)
{
    check_state.checks++;
    if (!good) {
        va_list arguments;
        va_start(arguments, format);
        printf("FAILED %s: %s:%d: ", check_state.open ? check_state.name : "between cases", file, line);
        vprintf(format, arguments);
        putchar('\n');
        va_end(arguments);
        if (check_state.open)
            check_state.failed_checks++;
        else
            check_state.failed_cases++;
    }
    return good;
}

static inline bool check_status(agora_status expected, agora_status found, const char *call, const char *file, int line)
{
    return check_that(expected == found, file, line, "%s gave %s, %s expected", call, agora_status_name(found),
                      agora_status_name(expected));
}

static inline bool check_text(const char *expected, const char *found, const char *what, const char *file, int line)
{
    const bool good = expected != NULL && found != NULL && strcmp(expected, found) == 0;
    return check_that(good, file, line, "%s is \"%s\", \"%s\" expected", what, found != NULL ? found : "(NULL)",
                      expected != NULL ? expected : "(NULL)");
}

/* Each gives whether it held. */
#define CHECK(condition) check_that((condition), __FILE__, __LINE__, "%s", #condition)
#define CHECK_STATUS(expected, call) check_status((expected), (call), #call, __FILE__, __LINE__)
#define CHECK_OK(call) CHECK_STATUS(AGORA_OK, call)
#define CHECK_TEXT(expected, found) check_text((expected), (found), #found, __FILE__, __LINE__)

/* Prints the last line of a program and gives its exit code. */
static inline int summary(void)
{
    case_end();
    printf("%d passed, %d failed\n", check_state.passed_cases, check_state.failed_cases);
    return check_state.failed_cases == 0 && check_state.passed_cases > 0 ? 0 : 1;
}

#endif
