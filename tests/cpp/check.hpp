// The smallest harness: a program is a row of cases, as those of tests/c are; a case passes when it checks something and
// none of it fails. The last line, "N passed, N failed", is what a run is judged by.
#ifndef AGORA_TOKEN_TESTS_CHECK_HPP
#define AGORA_TOKEN_TESTS_CHECK_HPP

#include <agora_token.hpp>

#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>

namespace check {

inline int passed_cases = 0;
inline int failed_cases = 0;

// The case that is open, if one is.
inline bool open = false;
inline std::string name;
inline int checks = 0;
inline int failed_checks = 0;

// A check between cases, such as of what they share, counts when it fails: as a failed case of its own.
inline bool that(bool good, std::string_view what, std::string_view file, int line) {
  ++checks;
  if (!good) {
    ++(open ? failed_checks : failed_cases);
    std::cerr << "FAILED " << (open ? name : "between cases") << ": " << file << ':' << line << ": " << what << '\n';
  }
  return good;
}

inline void end() {
  if (!open) return;
  if (checks == 0) std::cerr << "FAILED " << name << ": it checks nothing\n";
  ++(checks > 0 && failed_checks == 0 ? passed_cases : failed_cases);
  open = false;
}

// A case by its name, which it gets its body from with <<. What the body throws fails the case, and the next one runs.
class Case {
 public:
  explicit Case(std::string called) {
    end();
    name = std::move(called);
    open = true;
    checks = failed_checks = 0;
  }

  template <class Body>
  void operator<<(const Body &body) const {
    try {
      body();
    } catch (const std::exception &error) {
      ++checks;
      ++failed_checks;
      std::cerr << "FAILED " << name << ": threw: " << error.what() << '\n';
    }
    end();
  }
};

// For a main's last line.
inline int report() {
  end();
  std::cout << passed_cases << " passed, " << failed_cases << " failed\n";
  return failed_cases == 0 && passed_cases > 0 ? 0 : 1;
}

// Whether the statement throws the very class, with this status, field and a reason that holds these words.
template <class Exact, class Statement>
bool refuses(agora_status status, std::string_view field, std::string_view words, const Statement &statement) {
  try {
    statement();
  } catch (const agora::Error &error) {
    const std::string_view reason = error.what();
    if (typeid(error) == typeid(Exact) && error.status() == status && error.field() == field &&
        reason.find(words) != std::string_view::npos) {
      return true;
    }
    std::cerr << "threw " << error.code() << " of \"" << error.field() << "\": " << reason << '\n';
  }
  return false;
}

}  // namespace check

// CASE("what it shows") { CHECK(...); ... };
#define CASE(name) ::check::Case{name} << [&]()

#define CHECK(condition) check::that(static_cast<bool>(condition), #condition, __FILE__, __LINE__)

#define CHECK_REFUSED(Exact, status, field, words, statement)                                     \
  check::that(check::refuses<Exact>(status, field, words, [&] { static_cast<void>(statement); }), \
              #statement " is not refused with " #status, __FILE__, __LINE__)

#endif
