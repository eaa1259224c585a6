/// \file credentials.hpp
/// App ID and App Certificate of a project.
#ifndef AGORA_TOKEN_CREDENTIALS_HPP
#define AGORA_TOKEN_CREDENTIALS_HPP

#include "call.hpp"

#include <cstdlib>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

namespace agora {

/// The App ID of a project: 32 hexadecimal digits. Public: it stands in every token.
class AppId {
 public:
  /// Takes any text; what is no App ID is refused where it is used.
  template <class From, std::enable_if_t<std::is_convertible_v<const From &, Text>, int> = 0>
  AppId(const From &text) : text_(Text(text).of("app_id")) {}

  const std::string &text() const noexcept { return text_; }

 private:
  std::string text_;
};

/// An App Certificate: 32 hexadecimal digits, with which tokens are signed. A secret: it is wiped in the end, and does
/// not print. It does not convert to an AppId, nor the other way round.
class AppCertificate {
 public:
  /// Takes any text; what is no App Certificate is refused where it is used.
  template <class From, std::enable_if_t<std::is_convertible_v<const From &, Text>, int> = 0>
  AppCertificate(const From &text) : secret_(Text(text).of("app_certificate")) {}
  AppCertificate(const AppCertificate &) = default;
  AppCertificate(AppCertificate &&) noexcept = default;
  AppCertificate &operator=(const AppCertificate &other) {
    if (this != &other) *this = AppCertificate(other);
    return *this;
  }
  AppCertificate &operator=(AppCertificate &&other) noexcept {
    wipe();
    secret_ = std::move(other.secret_);
    return *this;
  }
  ~AppCertificate() { wipe(); }

  /// The digits themselves.
  const std::string &secret() const noexcept { return secret_; }

 private:
  void wipe() noexcept { detail::wipe(&secret_[0], secret_.size()); }

  std::string secret_;
};

inline std::ostream &operator<<(std::ostream &out, const AppId &app_id) { return out << app_id.text(); }
inline std::ostream &operator<<(std::ostream &out, const AppCertificate &) { return out << "[redacted]"; }

/// App ID and App Certificate of one project, checked. The App ID comes first; swapped, the certificate would stand in
/// every token, so give them their types where you read them, and a swap does not compile:
///
///     agora::Credentials credentials(agora::AppId(config.app_id), agora::AppCertificate(config.app_certificate));
class Credentials {
 public:
  /// Throws ConfigurationError unless both are 32 hexadecimal digits, and for a certificate that is the App ID too.
  Credentials(AppId app_id, AppCertificate app_certificate)
      : app_id_(std::move(app_id)), app_certificate_(std::move(app_certificate)) {
    const detail::Handle<agora_issuer, agora_issuer_free> checked(
        detail::read<agora_issuer *>(agora_issuer_new, detail::CString("app_id", app_id_.text()),
                                     detail::CString("app_certificate", app_certificate_.secret())));
  }

  /// What AGORA_APP_ID and AGORA_APP_CERTIFICATE say. Throws ConfigurationError, whose field is the name of the
  /// variable.
  static Credentials from_env() {
    const detail::Handle<agora_issuer, agora_issuer_free> checked(detail::read<agora_issuer *>(agora_issuer_from_env));
    return Credentials(std::getenv("AGORA_APP_ID"), std::getenv("AGORA_APP_CERTIFICATE"));
  }

  const AppId &app_id() const noexcept { return app_id_; }
  const AppCertificate &app_certificate() const noexcept { return app_certificate_; }

 private:
  AppId app_id_;
  AppCertificate app_certificate_;
};

inline std::ostream &operator<<(std::ostream &out, const Credentials &credentials) {
  return out << credentials.app_id() << ' ' << credentials.app_certificate();
}

}  // namespace agora

#endif
