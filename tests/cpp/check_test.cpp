// check.hpp itself: no case passes without a check, and no failure is lost. What it prints as FAILED here is meant.
#include "check.hpp"

#include <stdexcept>
#include <utility>

namespace {

using Counts = std::pair<int, int>;

// What the harness counts of a piece of code: passed and failed cases.
template <class Code>
Counts counts(const Code &code) {
  code();
  return {std::exchange(check::passed_cases, 0), std::exchange(check::failed_cases, 0)};
}

}  // namespace

int main() {
  const Counts good = counts([] {
    CASE("good") { CHECK(true); };
    CASE("good as well") { CHECK(true); };
  });
  const Counts unchecked = counts([] { CASE("nothing in it"){}; });
  const Counts failing = counts([] {
    CASE("a failure among good checks") {
      CHECK(true);
      CHECK(false);
      CHECK(true);
    };
    CASE("good") { CHECK(true); };
  });
  const Counts throwing = counts([] {
    CASE("an exception after a good check") {
      CHECK(true);
      throw std::runtime_error("thrown");
    };
    CASE("good") { CHECK(true); };
  });
  const Counts between = counts([] {
    CHECK(true);
    CHECK(false);
  });
  const Counts nested = counts([] {
    CASE("a failure in front of another case") {
      CHECK(false);
      CASE("good") { CHECK(true); };
    };
  });
  const int nothing = check::report();

  CASE("good cases pass") { CHECK(good == Counts(2, 0)); };
  CASE("a case that checks nothing fails") { CHECK(unchecked == Counts(0, 1)); };
  CASE("a failure fails its case alone") { CHECK(failing == Counts(1, 1)); };
  CASE("an exception fails its case alone") { CHECK(throwing == Counts(1, 1)); };
  CASE("a check between cases counts when it fails") { CHECK(between == Counts(0, 1)); };
  CASE("a failure stays when another case begins") { CHECK(nested == Counts(1, 1)); };
  CASE("a program without cases fails") { CHECK(nothing != 0); };
  return check::report();
}
