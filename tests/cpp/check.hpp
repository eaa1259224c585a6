// The smallest harness: checks that count themselves, and a last line "N passed" that a run is judged by.
#ifndef AGORA_TOKEN_TESTS_CHECK_HPP
#define AGORA_TOKEN_TESTS_CHECK_HPP

#include <agora_token.hpp>

#include <iostream>
#include <string>
#include <string_view>

namespace check {

inline int passed = 0;
inline int failed = 0;
inline std::string about;  // what the checks are about at present, such as the id of a vector

inline bool that(bool good, std::string_view what, std::string_view file, int line) {
  if (good) {
    ++passed;
  } else {
    ++failed;
    std::cerr << file << ':' << line << ": " << what << (about.empty() ? "" : " -- " + about) << '\n';
  }
  return good;
}

// For a main's last line.
inline int report() {
  if (failed > 0) std::cout << failed << " failed\n";
  std::cout << passed << " passed\n";
  return failed == 0 && passed > 0 ? 0 : 1;
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
    std::cerr << "threw " << error.code_name() << " of \"" << error.field() << "\": " << reason << '\n';
  }
  return false;
}

}  // namespace check

#define CHECK(condition) check::that(static_cast<bool>(condition), #condition, __FILE__, __LINE__)

#define CHECK_REFUSED(Exact, status, field, words, statement)                                     \
  check::that(check::refuses<Exact>(status, field, words, [&] { static_cast<void>(statement); }), \
              #statement " is not refused with " #status, __FILE__, __LINE__)

#endif
