/* check.h itself: no case passes without a check, and no failure is lost. What it prints as FAILED here is meant. */
#include "check.h"

/* What the harness counted since it was asked last. */
static void counted(int *passed, int *failed)
{
    case_end();
    *passed = check_state.passed_cases;
    *failed = check_state.failed_cases;
    check_state.passed_cases = check_state.failed_cases = 0;
}

int main(void)
{
    int passed[5], failed[5];
    case_begin("a good case, which the next one ends");
    CHECK(true);
    case_begin("a good case with an end of its own");
    CHECK(true);
    case_end();
    case_end();
    counted(&passed[0], &failed[0]);

    case_begin("nothing in it, and an end");
    case_end();
    case_begin("nothing in it, and no end");
    counted(&passed[1], &failed[1]);

    case_begin("a failure among good checks, and no end");
    CHECK(true);
    CHECK(false);
    CHECK(true);
    case_begin("a good case after it");
    CHECK(true);
    counted(&passed[2], &failed[2]);

    CHECK(true);
    CHECK(false);
    counted(&passed[3], &failed[3]);

    const int nothing = summary();
    case_begin("a failure that only the summary ends");
    CHECK(false);
    const int one_failed = summary(), failed_in_the_end = check_state.failed_cases;
    counted(&passed[4], &failed[4]);

    case_begin("good cases pass, however they end");
    CHECK(passed[0] == 2 && failed[0] == 0);
    case_end();
    case_begin("a case that checks nothing fails");
    CHECK(passed[1] == 0 && failed[1] == 2);
    case_end();
    case_begin("a failure stays when the next case begins");
    CHECK(passed[2] == 1 && failed[2] == 1);
    case_end();
    case_begin("a check between cases counts when it fails");
    CHECK(passed[3] == 0 && failed[3] == 1);
    case_end();
    case_begin("the summary ends the last case");
    CHECK(passed[4] == 0 && failed_in_the_end == 1 && one_failed != 0);
    case_end();
    case_begin("a program without cases fails");
    CHECK(nothing != 0);
    case_end();
    return summary();
}
