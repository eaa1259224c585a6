/// \file verifier.hpp
/// One verdict on a token.
#ifndef AGORA_TOKEN_VERIFIER_HPP
#define AGORA_TOKEN_VERIFIER_HPP

#include "credentials.hpp"
#include "identity.hpp"
#include "moment.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace agora {

/// What is expected of one token beside its signature and its time. It must hold in one of the token's services, which
/// must let in at all; none that answers may have ended. Of what is not said, nothing is expected. Each question is asked
/// once, and there is one user: where it is asked again with another answer, every token is refused with
/// AGORA_ERROR_UNKNOWN_OPTION. A value: copy one that holds what several tokens have in common.
class Expected : public detail::Value<Expected, agora_expected, agora_expected_free, agora_expected_copy> {
 public:
  /// Nothing yet.
  Expected() : Value(detail::read<agora_expected *>(agora_expected_new)) {}

  /// This channel, any channel, or a pattern that this name fits: each "*" in it stands for any characters. A channel is
  /// one of RTC, unless service() names another service. An AccessToken (006) cannot be verified without channel and
  /// user.
  Expected &channel(const Text &channel) {
    return set(agora_expected_set_channel, detail::CString("channel", channel));
  }

  /// This uid, 0 to 4294967295. A token for any user does; 0 expects such a token.
  Expected &uid(Integer uid) {
    return set(agora_expected_set_uid, uid.as<std::uint32_t>(AGORA_ERROR_INVALID_UID, "uid"));
  }

  /// This account: of RTC, or the user ID of messaging and Chat. A token for any user does.
  Expected &account(const Text &account) {
    return set(agora_expected_set_account, detail::CString("account", account));
  }

  /// This user, as a grant names one.
  Expected &user(const User &user) {
    return user.kind_ == User::Kind::account ? account(user.account_) : uid(user.uid_);
  }

  /// This service. Channel, user and privilege are then looked for in it alone. An AccessToken (006) carries RTC, RTM or
  /// both. \param service a ServiceType, else ConfigurationError
  Expected &service(std::uint16_t service) { return set(agora_expected_set_service, service); }

  /// This privilege, and that it has not ended. The same number means something else in another service, so say which
  /// with service(). Unless this is set, the privilege to join or to log in is what counts, and one to publish may be
  /// missing or have ended. \param privilege a Privilege
  Expected &privilege(std::uint16_t privilege) { return set(agora_expected_set_privilege, privilege); }

 private:
  friend class Verifier;
};

/// What a Verifier found out about a token.
class Verdict : public detail::Owner<Verdict, agora_verdict, agora_verdict_free> {
 public:
  /// Whether nothing at all is wrong.
  bool valid() const noexcept { return refusals_.empty(); }
  explicit operator bool() const noexcept { return valid(); }

  /// All that is wrong.
  const std::vector<Refusal> &refusals() const noexcept { return refusals_; }

  /// Which certificate signed the token, counted from 0 in the order they were given; nothing when none did.
  std::optional<std::size_t> certificate() const {
    const auto index = get<std::int32_t>(agora_verdict_certificate);
    if (index < 0) return std::nullopt;
    return static_cast<std::size_t>(index);
  }

  /// {"valid":false,"certificate":0,"refusals":[{"code":"TOKEN_EXPIRED","field":"expires_at","reason":"..."}],
  /// "token":{...}}. The token is as inspect() gives it, or null when no certificate signed it.
  std::string to_json() const { return detail::take(get<char *>(agora_verdict_to_json)); }

 private:
  friend class Verifier;

  explicit Verdict(agora_verdict *verdict) : Owner(verdict) {
    const auto count = get<std::size_t>(agora_verdict_refusal_count);
    for (std::size_t index = 0; index < count; ++index) {
      agora_status status = AGORA_OK;
      const char *field = nullptr;
      const char *reason = nullptr;
      std::uint16_t service = 0;
      detail::check(agora_verdict_refusal(handle(), index, &status, &field, &reason, &service));
      refusals_.emplace_back(status, field, reason + detail::size_of_name(status, field), service);
    }
  }

  std::vector<Refusal> refusals_;
};

/// Judges tokens: signature, time, App ID, and what is Expected of one. An AccessToken2 is over 24 hours after it was
/// issued, whatever it says. Made once, and used by any number of threads at once. A value.
///
///     const agora::Verifier verifier(credentials);
///     verifier.verify(token, agora::Expected().channel("room").uid(42));  // throws unless it is good
class Verifier : public detail::Value<Verifier, agora_verifier, agora_verifier_free, agora_verifier_copy> {
 public:
  /// Of the tokens of this project.
  explicit Verifier(const Credentials &credentials) : Verifier(credentials.app_id(), credentials.app_certificate()) {}

  /// The same, of the two; see Credentials about a swap.
  Verifier(const AppId &app_id, const AppCertificate &app_certificate)
      : Value(detail::read<agora_verifier *>(agora_verifier_new, detail::CString("app_id", app_id.text()),
                                             detail::CString("app_certificate", app_certificate.secret()))) {}

  /// Of tokens that any of these certificates signed, as while they are rotated.
  Verifier(const AppId &app_id, std::initializer_list<AppCertificate> certificates)
      : Verifier(app_id, certificates.size() > 0 ? *certificates.begin() : AppCertificate("")) {
    for (std::size_t index = 1; index < certificates.size(); ++index) add_certificate(certificates.begin()[index]);
  }

  /// Of the project of AGORA_APP_ID and AGORA_APP_CERTIFICATE; AGORA_APP_CERTIFICATE_SECONDARY, where it is set, is the
  /// other certificate while they are rotated. Throws ConfigurationError, whose field is the name of the variable.
  static Verifier from_env() { return Verifier(detail::read<agora_verifier *>(agora_verifier_from_env)); }

  /// Accepts another certificate too, as while certificates are rotated.
  Verifier &add_certificate(const AppCertificate &certificate) {
    return set(agora_verifier_add_certificate, detail::CString("app_certificate", certificate.secret()));
  }

  /// Forgives clocks that differ by up to so many seconds; more than an hour counts as an hour. 0 unless set.
  Verifier &leeway(std::chrono::seconds leeway) {
    return set(agora_verifier_set_leeway,
               Integer(leeway.count()).as<std::uint32_t>(AGORA_ERROR_INVALID_LIFETIME, "leeway"));
  }

  /// Has the time from here and not from the system, as tests do.
  /// \param clock a Moment, or a function that gives one and that any thread may call
  template <class Clock>
  Verifier &with_clock(Clock clock) {
    clock_ = detail::source<Moment>(std::move(clock));
    return *this;
  }

  /// Leaves time out of the verdict: an expired token passes.
  Verifier &ignore_time() {
    clock_ = nullptr;
    return set(agora_verifier_ignore_time);
  }

  /// Gives the verdict when the token is good. Else throws: VerificationError, or TokenError where it cannot be read,
  /// which tells the first thing that is wrong and holds them all; ConfigurationError for an AccessToken (006) that is
  /// judged without channel and user. Tokens are read up to 64 KiB inflated, 64 services and 4096 privileges, permissions
  /// and resources.
  Verdict verify(const Text &token, const Expected &expected) const {
    Verdict verdict = this->verdict(token, expected);
    if (!verdict) {
      const Refusal &first = verdict.refusals().front();
      detail::raise(first.status(), first.field(), first.reason(), verdict.refusals());
    }
    return verdict;
  }
  Verdict verify(const Text &token) const { return verify(token, nothing()); }

  /// All that is wrong with a token, also with a text that is none. Ask whether it is valid(): nothing is thrown for a
  /// token.
  [[nodiscard]] Verdict verdict(const Text &token, const Expected &expected) const {
    const detail::CString text("token", token);
    if (!clock_) return judged(handle(), text, expected);
    Verifier then(*this);
    then.set(agora_verifier_set_now, clock_().as<std::uint64_t>("now"));
    return judged(then.handle(), text, expected);
  }
  [[nodiscard]] Verdict verdict(const Text &token) const { return verdict(token, nothing()); }

 private:
  using Value::Value;

  static Verdict judged(const agora_verifier *verifier, const char *token, const Expected &expected) {
    return Verdict(detail::read<agora_verdict *>(agora_verifier_verdict, verifier, token, expected.handle()));
  }

  static const Expected &nothing() {
    static const Expected nothing;
    return nothing;
  }

  detail::Source<Moment> clock_;
};

}  // namespace agora

#endif
