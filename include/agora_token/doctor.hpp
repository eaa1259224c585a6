/// \file doctor.hpp
/// The doctor: why a token does not let its user in.
#ifndef AGORA_TOKEN_DOCTOR_HPP
#define AGORA_TOKEN_DOCTOR_HPP

#include "call.hpp"
#include "generated/numbers.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace agora {

/// What is known of a client's attempt to join a channel, or to log in to messaging or Chat, with a token. Everything
/// may be left out; the more is given, the more is found. What is wrong with a value is a finding and not refused,
/// unless the parameter says so.
class Attempt {
 public:
  /// Of which nothing is known.
  Attempt() : handle_(detail::read<agora_attempt *>(agora_attempt_new)) {}

  /// The App ID the client joined with, as the client has it.
  Attempt &app_id(std::string_view app_id) { return set(agora_attempt_set_app_id, detail::Text("app_id", app_id)); }

  /// The channel the client joined, as the client has it.
  Attempt &channel_name(std::string_view channel_name) {
    return set(agora_attempt_set_channel_name, detail::Text("channel_name", channel_name));
  }

  /// The uid the client joined with; with 0 it lets the service choose one.
  /// \param uid 0 to 4294967295, else InputError
  Attempt &uid(Integer uid) {
    return set_plainly(agora_attempt_set_uid, uid.as<std::uint32_t>(AGORA_ERROR_INVALID_UID, "uid"));
  }

  /// The user account the client joined with, or the RTM or Chat user ID it logged in with; in place of a uid.
  Attempt &user_account(std::string_view user_account) {
    return set(agora_attempt_set_user_account, detail::Text("user_account", user_account));
  }

  /// What the client used the token for.
  /// \param service a ServiceType, else InputError
  Attempt &service(std::uint16_t service) { return set(agora_attempt_set_service, service); }

  /// What the client meant to do in the channel.
  Attempt &role(Role role) { return set(agora_attempt_set_role, static_cast<std::uint32_t>(role)); }

  /// When the client tried, Unix seconds. By the system clock unless set.
  Attempt &at(Integer unix_seconds) {
    return set_plainly(agora_attempt_set_at, unix_seconds.as<std::uint64_t>(AGORA_ERROR_INVALID_TIMESTAMP, "at"));
  }

  /// The client's SDK and its version, such as "web 4.20.0", "android 3.7", "flutter 6.3".
  Attempt &sdk(std::string_view sdk) { return set(agora_attempt_set_sdk, detail::Text("sdk", sdk)); }

  /// The error number or text that the client saw, such as "110" or "dynamic key or token timeout".
  Attempt &error(std::string_view error) { return set(agora_attempt_set_error, detail::Text("error", error)); }

  /// An App Certificate as the server has it. Without one, the signature is not checked. It never shows in a finding.
  Attempt &add_certificate(std::string_view app_certificate) {
    return set(agora_attempt_add_certificate, detail::Text("app_certificate", app_certificate));
  }

  /// Masks App ID, channel and user in what will be found, so that it can be posted in public.
  Attempt &redact() { return set_plainly(agora_attempt_redact); }

  /// The handle of the C ABI, owned by this object.
  const agora_attempt *handle() const noexcept { return handle_.get(); }

 private:
  template <class Function, class... Arguments>
  Attempt &set(Function function, const Arguments &...arguments) {
    detail::call(function, handle_.get(), arguments...);
    return *this;
  }

  template <class Function, class... Arguments>
  Attempt &set_plainly(Function function, Arguments... arguments) {
    detail::check(function(handle_.get(), arguments...));
    return *this;
  }

  detail::Handle<agora_attempt, agora_attempt_free> handle_;
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

/// One thing that is wrong with a token, or worth knowing.
struct Finding {
  std::string code;   ///< its stable name, the same in every language, such as "CHANNEL_DIFFERS"
  Severity severity;  ///< how much it matters
  std::string cause;  ///< what was found, for people to read
  std::string fix;    ///< what to do about it, for people to read
};

/// Finds out why a token does not let its user in: the worst finding first, and of one severity the surest explanation.
///
///     for (const auto &finding : agora::diagnose(token, agora::Attempt().channel_name("room").uid(42).error("110")))
///       std::cout << finding.code << ": " << finding.cause << '\n' << finding.fix << '\n';
///
/// \param token as the client has it, also when it is damaged: a token that cannot be read is a finding
inline std::vector<Finding> diagnose(std::string_view token, const Attempt &attempt = Attempt()) {
  const detail::Handle<agora_diagnosis, agora_diagnosis_free> diagnosis(
      detail::make<agora_diagnosis *>(agora_diagnosis_new, detail::Text("token", token), attempt.handle()));
  std::vector<Finding> findings(detail::read<std::size_t>(agora_diagnosis_finding_count, diagnosis.get()));
  for (std::size_t index = 0; index < findings.size(); ++index) {
    const char *code = nullptr;
    const char *cause = nullptr;
    const char *fix = nullptr;
    std::uint32_t severity = 0;
    detail::check(agora_diagnosis_finding(diagnosis.get(), index, &code, &severity, &cause, &fix));
    findings[index] = {code, static_cast<Severity>(severity), cause, fix};
  }
  return findings;
}

/// The same as JSON: {"findings":[{"code":...,"severity":"error" or "warning" or "note","cause":...,"fix":...}]}.
inline std::string diagnose_as_json(std::string_view token, const Attempt &attempt = Attempt()) {
  return detail::take(detail::make<char *>(agora_diagnose, detail::Text("token", token), attempt.handle()));
}

}  // namespace agora

#endif
