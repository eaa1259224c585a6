/// \file doctor.hpp
/// The doctor: why a token does not let its user in.
#ifndef AGORA_TOKEN_DOCTOR_HPP
#define AGORA_TOKEN_DOCTOR_HPP

#include "credentials.hpp"
#include "generated/numbers.hpp"
#include "identity.hpp"
#include "moment.hpp"

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace agora {

/// What is known of a client's attempt to join a channel, or to log in to messaging or Chat, with a token. Everything
/// may be left out; the more is given, the more is found. What is wrong with a value is a finding and not refused,
/// unless the parameter says so.
class Attempt : public detail::Value<Attempt, agora_attempt, agora_attempt_free, agora_attempt_copy> {
 public:
  /// Of which nothing is known.
  Attempt() : Value(detail::read<agora_attempt *>(agora_attempt_new)) {}

  /// The App ID the client joined with, as the client has it.
  Attempt &app_id(const Text &app_id) { return set(agora_attempt_set_app_id, detail::CString("app_id", app_id)); }

  /// The channel the client joined, as the client has it.
  Attempt &channel(const Text &channel) { return set(agora_attempt_set_channel, detail::CString("channel", channel)); }

  /// The uid the client joined with; with 0 it lets the service choose one.
  /// \param uid 0 to 4294967295, else InputError
  Attempt &uid(Integer uid) {
    return set(agora_attempt_set_uid, uid.as<std::uint32_t>(AGORA_ERROR_INVALID_UID, "uid"));
  }

  /// The account the client joined with, or the RTM or Chat user ID it logged in with; in place of a uid.
  Attempt &account(const Text &account) { return set(agora_attempt_set_account, detail::CString("account", account)); }

  /// The user the client joined as, as a grant names one.
  Attempt &user(const User &user) {
    return user.kind_ == User::Kind::account ? account(user.account_) : uid(user.uid_);
  }

  /// What the client used the token for.
  /// \param service a ServiceType, else ConfigurationError
  Attempt &service(std::uint16_t service) { return set(agora_attempt_set_service, service); }

  /// What the client meant to do in the channel.
  Attempt &role(Role role) { return set(agora_attempt_set_role, static_cast<std::uint32_t>(role)); }

  /// When the client tried. By the system clock unless set.
  Attempt &at(const Moment &at) { return set(agora_attempt_set_at, at.as<std::uint64_t>("at")); }

  /// The client's SDK and its version, such as "web 4.20.0", "android 3.7", "flutter 6.3".
  Attempt &sdk(const Text &sdk) { return set(agora_attempt_set_sdk, detail::CString("sdk", sdk)); }

  /// The error number or text that the client saw, such as 110 or "dynamic key or token timeout".
  Attempt &error(const Text &error) { return set(agora_attempt_set_error, detail::CString("error", error)); }
  Attempt &error(int number) { return error(std::to_string(number)); }

  /// An App Certificate as the server has it, and another one if it is called again. Without one, the signature is not
  /// checked. It never shows in a finding.
  Attempt &certificate(const AppCertificate &certificate) {
    return set(agora_attempt_add_certificate, detail::CString("app_certificate", certificate.secret()));
  }

  /// Masks App ID, channel and user in what will be found, so that it can be posted in public.
  Attempt &redact() { return set(agora_attempt_redact); }

  /// The handle of the C ABI, owned by this object.
  using Owner::handle;
};

/// How much a finding matters; the greater, the worse.
enum class Severity : std::uint32_t {
  note = AGORA_SEVERITY_NOTE,        ///< worth knowing; nothing fails because of it
  warning = AGORA_SEVERITY_WARNING,  ///< works now, and will surprise somebody
  error = AGORA_SEVERITY_ERROR,      ///< enough to keep the user out, or from what the user came for
};

/// "error", "warning" or "note".
inline const char *severity_name(Severity severity) noexcept {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

/// Writes its name.
inline std::ostream &operator<<(std::ostream &stream, Severity severity) { return stream << severity_name(severity); }

/// One thing that is wrong with a token, or worth knowing.
class Finding {
 public:
  Finding(std::string code, Severity severity, std::string cause, std::string fix)
      : code_(std::move(code)), severity_(severity), cause_(std::move(cause)), fix_(std::move(fix)) {}

  /// Its stable name, the same in every language, such as "CHANNEL_DIFFERS".
  const std::string &code() const noexcept { return code_; }

  /// How much it matters.
  Severity severity() const noexcept { return severity_; }

  /// What was found, for people to read.
  const std::string &cause() const noexcept { return cause_; }

  /// What to do about it, for people to read.
  const std::string &fix() const noexcept { return fix_; }

 private:
  std::string code_;
  Severity severity_;
  std::string cause_;
  std::string fix_;
};

/// What diagnose() found: the worst finding first, and of one severity the surest explanation. A good token has some
/// too, each a note.
class Diagnosis : public detail::Owner<Diagnosis, agora_diagnosis, agora_diagnosis_free> {
 public:
  const std::vector<Finding> &findings() const noexcept { return findings_; }
  auto begin() const noexcept { return findings_.begin(); }
  auto end() const noexcept { return findings_.end(); }

  /// {"findings":[{"code":...,"severity":"error" or "warning" or "note","cause":...,"fix":...}]}.
  std::string to_json() const { return detail::take(get<char *>(agora_diagnosis_to_json)); }

 private:
  friend Diagnosis diagnose(const Text &token, const Attempt &attempt);

  explicit Diagnosis(agora_diagnosis *diagnosis) : Owner(diagnosis) {
    const auto count = get<std::size_t>(agora_diagnosis_finding_count);
    for (std::size_t index = 0; index < count; ++index) {
      const char *code = nullptr;
      const char *cause = nullptr;
      const char *fix = nullptr;
      std::uint32_t severity = 0;
      detail::check(agora_diagnosis_finding(handle(), index, &code, &severity, &cause, &fix));
      findings_.emplace_back(code, static_cast<Severity>(severity), cause, fix);
    }
  }

  std::vector<Finding> findings_;
};

/// Finds out why a token does not let its user in.
///
///     for (const auto &finding : agora::diagnose(token, agora::Attempt().channel("room").uid(42).error(110)))
///       std::cout << finding.code() << ": " << finding.cause() << '\n' << finding.fix() << '\n';
///
/// \param token as the client has it, also when it is damaged: a token that cannot be read is a finding
[[nodiscard]] inline Diagnosis diagnose(const Text &token, const Attempt &attempt = Attempt()) {
  return Diagnosis(detail::read<agora_diagnosis *>(agora_diagnose, detail::CString("token", token), attempt.handle()));
}

}  // namespace agora

#endif
