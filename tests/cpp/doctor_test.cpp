// The doctor of agora_token.hpp, and tests/doctor through it. Run from the top of the checkout.
#include "check.hpp"
#include "json.hpp"
#include "samples.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using agora::Attempt;
using agora::ConfigurationError;
using agora::diagnose;
using agora::Finding;
using agora::InputError;
using agora::Role;
using agora::ServiceType;
using agora::Severity;

namespace {

// --- tests/doctor ----------------------------------------------------------------------------------------------------

Attempt attempt(const Json &known) {
  Attempt attempt;
  for (const auto &[name, value] : known.object()) {
    if (name == "app_id") {
      attempt.app_id(value.string());
    } else if (name == "channel_name") {
      attempt.channel(value.string());
    } else if (name == "uid") {
      attempt.uid(value.number());
    } else if (name == "user_account") {
      attempt.account(value.string());
    } else if (name == "service") {
      attempt.service(static_cast<std::uint16_t>(value.number()));
    } else if (name == "role") {
      attempt.role(static_cast<Role>(value.number()));
    } else if (name == "at") {
      attempt.at(value.number());
    } else if (name == "sdk") {
      attempt.sdk(value.string());
    } else if (name == "error") {
      attempt.error(value.string());
    } else if (name == "certificates") {
      for (const Json &certificate : value.array()) attempt.certificate(certificate.string());
    } else if (name == "redact") {
      if (value.boolean()) attempt.redact();
    } else {
      throw std::runtime_error("an attempt has no " + name);
    }
  }
  return attempt;
}

bool is_among_the_first_two(const std::string &code, const std::vector<Finding> &findings) {
  const auto two = findings.begin() + std::min<std::ptrdiff_t>(2, static_cast<std::ptrdiff_t>(findings.size()));
  return std::any_of(findings.begin(), two, [&code](const Finding &finding) { return finding.code() == code; });
}

void same(const std::vector<Finding> &found, const Json::Array &expected) {
  CHECK(found.size() == expected.size());
  for (std::size_t index = 0; index < std::min(found.size(), expected.size()); ++index) {
    CHECK(found[index].code() == expected[index]["code"].string());
    CHECK(severity_name(found[index].severity()) == expected[index]["severity"].string());
    CHECK(found[index].cause() == expected[index]["cause"].string());
    CHECK(found[index].fix() == expected[index]["fix"].string());
  }
}

// The findings and the JSON say the same.
std::vector<Finding> both_ways(const Json &from) {
  const auto diagnosis = diagnose(from["token"].string(), attempt(from["attempt"]));
  same(diagnosis.findings(), Json::parse(diagnosis.to_json())["findings"].array());
  return diagnosis.findings();
}

void golden_case(const Json &from, const std::string &code) {
  const auto findings = both_ways(from);
  same(findings, from["findings"].array());
  CHECK(is_among_the_first_two(code, findings));
}

void scenario(const Json &from) { CHECK(is_among_the_first_two(from["expected"].string(), both_ways(from))); }

std::int64_t each(const Json::Array &cases, const std::string &file, void (*run)(const Json &, const std::string &),
                  const std::string &code) {
  for (const Json &from : cases) {
    CASE(file + ": " + from["situation"].string()) { run(from, code); };
  }
  return static_cast<std::int64_t>(cases.size());
}

void golden_files() {
  std::int64_t files = 0;
  std::int64_t cases = 0;
  std::int64_t scenarios = 0;
  for (const auto &entry : std::filesystem::directory_iterator("tests/doctor")) {
    if (entry.path().extension() != ".json") continue;
    const std::string name = entry.path().filename().string();
    const Json document = Json::file(entry.path().string());
    if (name == "scenarios.json") {
      scenarios =
          each(document["scenarios"].array(), name, [](const Json &from, const std::string &) { scenario(from); }, {});
      CASE(name + " as a whole") { CHECK(scenarios > 0 && scenarios == document["count"].number()); };
      continue;
    }
    std::string code = document["code"].string();
    const std::int64_t ran = each(document["cases"].array(), name, golden_case, code);
    cases += ran;
    CASE(name + " as a whole") {
      CHECK(ran > 0 && ran == document["count"].number());
      for (char &letter : code) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
      CHECK(name == code + ".json");
    };
    ++files;
  }
  CASE("tests/doctor as a whole") { CHECK(files > 0 && scenarios > 0); };
  std::cout << "tests/doctor: " << cases << " cases in " << files << " files, " << scenarios << " scenarios\n";
}

// --- the face --------------------------------------------------------------------------------------------------------

std::string good_token() {
  return agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, Role::publisher, 3600);
}

void good_tokens() {
  CASE("a good token") {
    Attempt attempt;
    attempt.app_id(APP_ID).channel("room").uid(42).service(ServiceType::rtc).role(Role::publisher);
    attempt.sdk("web 4.20.0").certificate(APP_CERTIFICATE);
    CHECK(diagnose(good_token(), attempt).findings().empty());
    CHECK(diagnose(good_token(), attempt).to_json() == "{\"findings\":[]}");
  };

  CASE("a good token of which nothing else is known") {
    // Of which nothing is known.
    const auto findings = diagnose(good_token()).findings();
    CHECK(findings.size() == 1);
    CHECK(findings.at(0).code() == "SIGNATURE_NOT_CHECKED");
    CHECK(findings.at(0).severity() == Severity::note);
    CHECK(!findings.at(0).cause().empty() && !findings.at(0).fix().empty());
  };
}

void bad_tokens() {
  CASE("what is no token") {
    CHECK(diagnose("").findings().at(0).code() == "NO_TOKEN");
    CHECK(diagnose(std::string_view()).findings().at(0).severity() == Severity::error);
    CHECK(diagnose("007").findings().at(0).severity() == Severity::error);
  };

  CASE("two findings") {
    const auto findings = diagnose(good_token(), Attempt().channel("Room").account("alice")).findings();
    CHECK(findings.at(0).code() == "CHANNEL_DIFFERS_IN_CASE");
    CHECK(findings.at(0).cause().find("\"Room\"") != std::string::npos);
    CHECK(findings.at(1).code() == "UID_TOKEN_FOR_ACCOUNT");
    CHECK(std::is_sorted(findings.begin(), findings.end(),
                         [](const Finding &one, const Finding &other) { return one.severity() > other.severity(); }));
  };

  CASE("what redact hides") {
    const auto redacted = diagnose(good_token(), Attempt().channel("secret-room").redact()).to_json();
    CHECK(redacted.find("CHANNEL_DIFFERS") != std::string::npos);
    CHECK(redacted.find("secret-room") == std::string::npos);
  };

  CASE("a certificate never shows") {
    const auto certificates =
        diagnose(good_token(), Attempt().channel(APP_CERTIFICATE).certificate(APP_CERTIFICATE)).to_json();
    CHECK(certificates.find("CHANNEL_DIFFERS") != std::string::npos);
    CHECK(certificates.find(APP_CERTIFICATE) == std::string::npos);
  };
}

void values() {
  CASE("an attempt is a value, and says the same in each of its ways") {
    const std::string token = agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, Role::publisher, 3600);
    const Attempt here = Attempt().channel("room").user(42).certificate(APP_CERTIFICATE);
    Attempt there = here;
    there.channel("hall").at(std::chrono::system_clock::now()).error(110);
    CHECK(diagnose(token, here).findings().empty());
    CHECK(diagnose(token, there).findings().at(0).code() == "CHANNEL_DIFFERS");
    CHECK(diagnose(token, Attempt(there).error("110")).to_json() == diagnose(token, there).to_json());
    for (const Finding &finding : diagnose(token, Attempt(here).user("alice"))) {
      CHECK(finding.code() == "UID_TOKEN_FOR_ACCOUNT" || finding.severity() < Severity::error);
    }
  };
}

void refusals() {
  CASE("an attempt that refused something, and one that was moved from") {
    Attempt attempt;
    const std::string cut("a\0b", 3);
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "-1", attempt.uid(-1));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "4294967296", attempt.uid(4294967296));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_TIMESTAMP, "at", "at is -1", attempt.at(-1));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_TIMESTAMP, "at", "milliseconds", attempt.at(1700000000000));
    const char *const unset = nullptr;
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "channel", "channel is NULL", attempt.channel(unset));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "app_certificate", "is NULL",
                  attempt.certificate(unset));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INDEX_OUT_OF_RANGE, "service", "no such", attempt.service(11));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_ROLE, "role", "role is 101", attempt.role(static_cast<Role>(101)));
    CHECK_REFUSED(InputError, AGORA_ERROR_NUL_IN_TEXT, "app_id", "NUL", attempt.app_id(cut));
    CHECK_REFUSED(InputError, AGORA_ERROR_NUL_IN_TEXT, "channel", "NUL", attempt.channel(cut));
    CHECK_REFUSED(InputError, AGORA_ERROR_NUL_IN_TEXT, "account", "NUL", attempt.account(cut));
    CHECK_REFUSED(InputError, AGORA_ERROR_NUL_IN_TEXT, "sdk", "NUL", attempt.sdk(cut));
    CHECK_REFUSED(InputError, AGORA_ERROR_NUL_IN_TEXT, "error", "NUL", attempt.error(cut));
    CHECK_REFUSED(InputError, AGORA_ERROR_NUL_IN_TEXT, "app_certificate", "NUL", attempt.certificate(cut));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UTF8, "channel", "not valid UTF-8", attempt.channel("a\xff"));
    CHECK_REFUSED(InputError, AGORA_ERROR_NUL_IN_TEXT, "token", "NUL", diagnose(cut));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UTF8, "token", "not valid UTF-8", diagnose("007\xff"));
    // They changed nothing.
    CHECK(diagnose(good_token(), attempt).findings().size() == 1);

    const Attempt taken(std::move(attempt));
    CHECK(diagnose(good_token(), taken).findings().size() == 1);
    // NOLINTNEXTLINE: a moved-from object is safe
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "attempt", "NULL", diagnose(good_token(), attempt));
    static_assert(std::is_nothrow_move_constructible_v<Attempt>);
  };

  CASE("names of severities") {
    CHECK(std::string_view(severity_name(Severity::error)) == "error");
    CHECK(std::string_view(severity_name(Severity::warning)) == "warning");
    CHECK(std::string_view(severity_name(Severity::note)) == "note");
    std::ostringstream written;
    written << Severity::warning << ' ' << agora::Fault::caller;
    CHECK(written.str() == "warning caller");
    static_assert(Severity::error > Severity::warning && Severity::warning > Severity::note);
  };
}

}  // namespace

int main() {
  golden_files();
  good_tokens();
  bad_tokens();
  values();
  refusals();
  return check::report();
}
