/// \file AccessToken2.h
/// The official AccessToken2 (007) class and its services over libagora_token.
///
/// Differs from the official one in these ways: FromString is strict (standard base64, one whole zlib stream, no
/// privilege twice, a bounded size), VerifySignature compares in constant time, texts over 65535 bytes give "" instead
/// of a broken token, and nothing is ever printed. Signing, which gives a key out, is not offered.
#ifndef AGORA_TOKEN_COMPAT_ACCESS_TOKEN2_H
#define AGORA_TOKEN_COMPAT_ACCESS_TOKEN2_H

#include "detail/call.h"
#include "detail/generated/services.h"

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace agora {
namespace tools {

/// What FromString makes of a service, by its type. A program may add its own, before it has threads.
static detail::ServiceCreators &kServiceCreator = detail::Creators<void>::all;

/// What VerifySignature found.
enum TokenStatus {
  kTokenVerifySuccess = 0,
  kTokenVerifyFailed = -1,  ///< another certificate, or a changed token
  kTokenInvalid = -2,       ///< no token was read
  kTokenInvalidInfo = -3,   ///< the certificate or the token's App ID is not 32 hexadecimal digits
  kTokenThrow = -4,         ///< an internal error
};

/// An AccessToken2 to build, or one that was read. All lifetimes are in seconds from the issue time.
class AccessToken2 {
 public:
  /// A token without services and with a random salt. issue_ts 0 is now.
  AccessToken2(const std::string &app_id = "", const std::string &app_certificate = "", uint32_t issue_ts = 0,
               uint32_t expire = 900)
      : issue_ts_(issue_ts), expire_(expire), salt_(0), app_id_(app_id), app_cert_(app_certificate) {
    // Zeros stay when the system gives no time or salt, and then Build() fails for the same cause.
    const detail::NewToken2 fresh = Start(detail::kPlaceholder, detail::kPlaceholder, issue_ts);
    agora_access_token2_issue_ts(fresh.get(), &issue_ts_);
    agora_access_token2_salt(fresh.get(), &salt_);
  }

  /// "007".
  static std::string Version() { return "007"; }

  /// Adds a service; several of one type are legal.
  void AddService(std::unique_ptr<Service> service) {
    const uint16_t type = service->ServiceType();
    services_.insert(std::make_pair(type, std::move(service)));
  }

  /// The token, or "" when App ID or certificate are not 32 hexadecimal digits, there is no service, or a text exceeds
  /// 65535 bytes.
  std::string Build() {
    const detail::NewToken2 token = Draft();
    char *text = nullptr;
    return agora_access_token2_build(token.get(), &text) == AGORA_OK ? detail::Take(text) : std::string();
  }

  /// Reads a token into app_id_, signature_, issue_ts_, expire_, salt_ and services_. Services from the first one of
  /// a type that kServiceCreator lacks on are left out. When it fails, app_id_, signature_ and services_ are empty.
  bool FromString(const std::string &token) {
    parsed_ = false;
    read_.reset();
    app_id_.clear();
    signature_.clear();
    raw_token_buffer_.clear();
    services_.clear();

    agora_unverified_token2 *parsed = nullptr;
    if (agora_unverified_token2_parse(detail::Text(token), &parsed, nullptr) != AGORA_OK) return false;
    detail::ReadToken2 read(parsed);

    const uint8_t *payload = nullptr;
    std::size_t size = 0;
    if (agora_unverified_token2_payload(parsed, &payload, &size) != AGORA_OK) return false;
    raw_token_buffer_ = detail::Copy(payload, size);
    Unpacker unpacker(raw_token_buffer_.data(), raw_token_buffer_.size());
    try {
      unpacker >> signature_ >> app_id_ >> issue_ts_ >> expire_ >> salt_;
      UnpackServices(&unpacker);
    } catch (const std::exception &) {
      app_id_.clear();
      signature_.clear();
      raw_token_buffer_.clear();
      services_.clear();
      return false;
    }
    read_ = std::move(read);
    parsed_ = true;
    return true;
  }

  /// Whether this certificate signed the token that FromString read. Sets app_cert_. Looks at no time.
  TokenStatus VerifySignature(const std::string &app_certificate) {
    app_cert_ = app_certificate;
    if (!parsed_) return kTokenInvalid;
    const char *certificate = detail::Text(app_cert_);
    if (certificate == nullptr) return kTokenInvalidInfo;
    switch (agora_unverified_token2_verify_signature(read_.get(), certificate, nullptr)) {
      case AGORA_OK:
        return kTokenVerifySuccess;
      case AGORA_ERROR_SIGNATURE_MISMATCH:
        return kTokenVerifyFailed;
      case AGORA_ERROR_INVALID_UTF8:
      case AGORA_ERROR_INVALID_APP_CERTIFICATE:
      case AGORA_ERROR_TOKEN_APP_ID:
        return kTokenInvalidInfo;
      default:
        return kTokenThrow;
    }
  }

  /// The 32 bytes that sign the present content with this certificate, or "" as from Build(). Sets app_cert_.
  std::string GenerateSignature(const std::string &app_certificate) {
    app_cert_ = app_certificate;
    const detail::NewToken2 token = Draft();
    uint8_t signature[AGORA_SIGNATURE_SIZE];
    if (agora_access_token2_signature(token.get(), signature) != AGORA_OK) return "";
    return detail::Copy(signature, sizeof signature);
  }

  /// What is signed: App ID, times, salt and services. Throws where a text or a container is too long.
  std::string SigningInfo() { return Pack(app_id_) + Pack(issue_ts_) + Pack(expire_) + Pack(salt_) + PackServices(); }

  /// The number of services and each of them, ascending by type.
  std::string PackServices() {
    Packer packer;
    packer << static_cast<uint16_t>(services_.size());
    std::string packed = packer.body();
    for (const auto &entry : services_) packed += entry.second->PackService();
    return packed;
  }

  /// Reads what PackServices wrote, up to the first service of a type that kServiceCreator lacks.
  void UnpackServices(Unpacker *unpacker) {
    services_.clear();
    for (uint16_t left = unpacker->pop_uint16(); left > 0; --left) {
      const uint16_t type = unpacker->pop_uint16();
      const auto creator = kServiceCreator.find(type);
      if (creator == kServiceCreator.end()) return;
      std::unique_ptr<Service> service(creator->second());
      service->UnpackService(unpacker);
      services_.insert(std::make_pair(type, std::move(service)));
    }
  }

  /// Whether Build() has App ID, certificate and a service.
  bool BuildCheck() { return !services_.empty() && Start(app_id_, app_cert_, issue_ts_) != nullptr; }

  uint32_t issue_ts_;  ///< Unix seconds of creation
  uint32_t expire_;    ///< lifetime in seconds from issue_ts_
  uint32_t salt_;      ///< a random number

  std::string app_id_;            ///< App ID
  std::string app_cert_;          ///< App Certificate; not in the token
  std::string signature_;         ///< of the token that was read: 32 bytes if it can verify
  std::string raw_token_buffer_;  ///< signature and signed bytes of the token that was read
  bool parsed_ = false;           ///< whether the last FromString succeeded

  std::multimap<uint16_t, std::unique_ptr<Service>> services_;  ///< by type; in one type by order of addition

 private:
  static detail::NewToken2 Start(const std::string &app_id, const std::string &app_certificate, uint32_t issue_ts) {
    agora_access_token2 *token = nullptr;
    const agora_status status =
        agora_access_token2_new(detail::Text(app_id), detail::Text(app_certificate), issue_ts, 0, &token, nullptr);
    return detail::NewToken2(status == AGORA_OK ? token : nullptr);
  }

  /// The present content in a handle of the C ABI, or NULL.
  detail::NewToken2 Draft() const {
    detail::NewToken2 token = Start(app_id_, app_cert_, issue_ts_);
    agora_status status = agora_access_token2_set_issue_ts(token.get(), issue_ts_);
    if (status == AGORA_OK) status = agora_access_token2_set_expire(token.get(), expire_);
    if (status == AGORA_OK) status = agora_access_token2_set_salt(token.get(), salt_);
    for (const auto &entry : services_) {
      if (status == AGORA_OK) status = Add(token.get(), entry.first, *entry.second);
    }
    if (status != AGORA_OK) token.reset();
    return token;
  }

  /// Adds a service as it packs itself, which has to begin with its type.
  static agora_status Add(agora_access_token2 *token, uint16_t type, Service &service) {
    std::string packed;
    try {
      packed = service.PackService();
    } catch (const std::exception &) {
      return AGORA_ERROR_TOO_MANY_ENTRIES;
    }
    const std::string number = Pack(type);
    if (packed.compare(0, number.size(), number) != 0) return AGORA_ERROR_INTERNAL;
    return agora_access_token2_add_packed(token, type, packed.data() + number.size(), packed.size() - number.size());
  }

  detail::ReadToken2 read_;
};

}  // namespace tools
}  // namespace agora

#endif
