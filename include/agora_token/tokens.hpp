/// \file tokens.hpp
/// The mechanism: any service with any privileges and any text the format carries, up to 65535 bytes each. And reading:
/// nothing a token says may be trusted before its signature is verified, hence the names.
#ifndef AGORA_TOKEN_TOKENS_HPP
#define AGORA_TOKEN_TOKENS_HPP

#include "generated/services.hpp"
#include "permissions.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace agora {

/// An AccessToken2 (007) put together service by service.
///
///     agora::AccessToken2 token(app_id, app_certificate, 3600);
///     token.add_rtc("room", agora::uid_text(42), {{agora::Privilege::rtc_join_channel, 3600}});
///     token.add_rtm("42", {{agora::Privilege::rtm_login, 3600}});
///     std::string text = token.build();
class AccessToken2 : public detail::AddServices<AccessToken2>,
                     public detail::Owner<AccessToken2, agora_access_token2, agora_access_token2_free> {
 public:
  /// Starts a token without services, issued now, with a random salt from 16842752 to 99999999.
  /// \param expire lifetime in seconds from the issue time, any 32-bit value
  AccessToken2(const Text &app_id, const Text &app_certificate, Integer expire)
      : Owner(detail::read<agora_access_token2 *>(
            agora_access_token2_new, detail::CString("app_id", app_id),
            detail::CString("app_certificate", app_certificate), std::uint32_t{0},
            expire.as<std::uint32_t>(AGORA_ERROR_INVALID_LIFETIME, "token_expire"))) {}

  /// Unix seconds of creation. For tests; 0 is 0 and not now.
  AccessToken2 &set_issue_ts(Integer issue_ts) {
    return set(agora_access_token2_set_issue_ts, issue_ts.as<std::uint32_t>(AGORA_ERROR_INVALID_TIMESTAMP, "issue_ts"));
  }

  /// Lifetime in seconds from the issue time.
  AccessToken2 &set_expire(Integer expire) {
    return set(agora_access_token2_set_expire, expire.as<std::uint32_t>(AGORA_ERROR_INVALID_LIFETIME, "token_expire"));
  }

  /// Any 32-bit number in place of the random one. For tests.
  AccessToken2 &set_salt(Integer salt) {
    return set(agora_access_token2_set_salt, salt.as<std::uint32_t>(AGORA_ERROR_INVALID_SALT, "salt"));
  }

  /// Unix seconds of creation.
  std::uint32_t issue_ts() const { return get<std::uint32_t>(agora_access_token2_issue_ts); }

  /// Lifetime in seconds from the issue time.
  std::uint32_t expire() const { return get<std::uint32_t>(agora_access_token2_expire); }

  /// The random number in the token.
  std::uint32_t salt() const { return get<std::uint32_t>(agora_access_token2_salt); }

  /// Grants a privilege to a service, in place of an earlier grant of the same one.
  /// \param service what add_... gave
  /// \param expire seconds from the issue time, any 32-bit value
  void add_privilege(std::size_t service, std::uint16_t privilege, Integer expire) {
    set(agora_access_token2_add_privilege, service, privilege,
        expire.as<std::uint32_t>(AGORA_ERROR_INVALID_LIFETIME, "privilege_expire"));
  }

  /// The token. May be called again, also after changes.
  std::string build() const { return detail::take(get<char *>(agora_access_token2_build)); }

  /// The 32 bytes build() signs the present content with.
  std::string signature() const {
    std::string bytes(AGORA_SIGNATURE_SIZE, '\0');
    detail::check(agora_access_token2_signature(handle(), reinterpret_cast<std::uint8_t *>(bytes.data())));
    return bytes;
  }

 private:
  friend class detail::AddServices<AccessToken2>;

  std::size_t add_service(std::uint16_t type, std::initializer_list<agora_value> fields, const Privileges &privileges) {
    const auto service = detail::read<std::size_t>(agora_access_token2_add_service, mutable_handle(), type,
                                                   fields.begin(), fields.size());
    for (const auto &[privilege, expire] : privileges) add_privilege(service, privilege, expire);
    return service;
  }
};

/// An AccessToken (006) put together privilege by privilege.
class AccessToken : public detail::Owner<AccessToken, agora_access_token, agora_access_token_free> {
 public:
  /// Starts a token without privileges that ends in 24 hours, with a random salt from 16842752 to 99999999.
  /// \param account the uid's text or the user account; "" is any user. In an RTM token the user stands as channel_name
  ///   and account is empty.
  AccessToken(const Text &app_id, const Text &app_certificate, const Text &channel_name, const Text &account)
      : Owner(detail::read<agora_access_token *>(agora_access_token_new, detail::CString("app_id", app_id),
                                                 detail::CString("app_certificate", app_certificate),
                                                 channel_name.data(), channel_name.size(), account.data(),
                                                 account.size())) {}

  /// Any 32-bit number in place of the random one. For tests.
  AccessToken &set_salt(Integer salt) {
    return set(agora_access_token_set_salt, salt.as<std::uint32_t>(AGORA_ERROR_INVALID_SALT, "salt"));
  }

  /// When the token ends, Unix seconds.
  AccessToken &set_expires_at(Integer expires_at) {
    return set(agora_access_token_set_expires_at,
               expires_at.as<std::uint32_t>(AGORA_ERROR_INVALID_TIMESTAMP, "expires_at"));
  }

  /// The random number in the token.
  std::uint32_t salt() const { return get<std::uint32_t>(agora_access_token_salt); }

  /// When the token ends, Unix seconds.
  std::uint32_t expires_at() const { return get<std::uint32_t>(agora_access_token_expires_at); }

  /// Grants a privilege, in place of an earlier grant of the same one.
  /// \param expired_ts Unix seconds; 0 is as long as the token
  AccessToken &add_privilege(std::uint16_t privilege, Integer expired_ts) {
    return set(agora_access_token_add_privilege, privilege,
               expired_ts.as<std::uint32_t>(AGORA_ERROR_INVALID_TIMESTAMP, "privilege_expired_ts"));
  }

  /// The token. May be called again, also after changes.
  std::string build() const { return detail::take(get<char *>(agora_access_token_build)); }
};

/// A service of a token that was read. A field the service does not have is empty.
struct UnverifiedService {
  std::uint16_t type;                       ///< a ServiceType, or a number this release does not know
  Privileges privileges;                    ///< seconds from the issue time
  std::optional<std::string> channel_name;  ///< RTC, Streaming, FCDN
  std::optional<std::string> account;       ///< RTC, Streaming, FCDN; "" is any user
  std::optional<std::string> user_id;       ///< RTM, Chat, RTM2
  std::optional<std::string> room_uuid;     ///< APaaS
  std::optional<std::string> user_uuid;     ///< APaaS
  std::optional<std::int16_t> role;         ///< APaaS
  std::optional<Rtm2Details> permissions;   ///< RTM2; a resource type for which nothing is listed is left out
};

/// An AccessToken2 (007) as read from text.
class UnverifiedToken2 : public detail::Owner<UnverifiedToken2, agora_unverified_token2, agora_unverified_token2_free> {
 public:
  /// Reads a token; throws TokenError, whose reason tells what is wrong with it.
  explicit UnverifiedToken2(const Text &token)
      : Owner(detail::read<agora_unverified_token2 *>(agora_unverified_token2_parse, detail::CString("token", token))) {
  }

  /// The App ID it says it is for, as bytes: not necessarily a well-formed one.
  std::string app_id() const { return get_bytes<char>(agora_unverified_token2_app_id); }

  /// The signature: 32 bytes in any token that verifies.
  std::string signature() const { return get_bytes<std::uint8_t>(agora_unverified_token2_signature); }

  /// The bytes the signature covers, as received.
  std::string signing_info() const { return get_bytes<std::uint8_t>(agora_unverified_token2_signing_info); }

  /// Unix seconds of creation.
  std::uint32_t issue_ts() const { return get<std::uint32_t>(agora_unverified_token2_issue_ts); }

  /// Lifetime in seconds from the issue time.
  std::uint32_t expire() const { return get<std::uint32_t>(agora_unverified_token2_expire); }

  /// Unix seconds of its end, issue time and lifetime added up.
  std::uint64_t expires_at() const { return get<std::uint64_t>(agora_unverified_token2_expires_at); }

  /// The random number in the token.
  std::uint32_t salt() const { return get<std::uint32_t>(agora_unverified_token2_salt); }

  /// Whether every service could be read. What follows a service of unknown type cannot.
  bool is_complete() const { return get<bool>(agora_unverified_token2_is_complete); }

  /// How many signed bytes were left unread: after an unknown service, or after the last one.
  std::size_t unread_bytes() const { return get<std::size_t>(agora_unverified_token2_unread_bytes); }

  /// The services, in the order of the token.
  std::vector<UnverifiedService> services() const {
    std::vector<UnverifiedService> services(get<std::size_t>(agora_unverified_token2_service_count));
    for (std::size_t index = 0; index < services.size(); ++index) services[index] = service(index);
    return services;
  }

  /// Returns when this certificate signed the token. Throws VerificationError when it did not, TokenError when the
  /// token's App ID is malformed, ConfigurationError when the certificate is. Looks at no time, channel or user: Verifier does.
  void verify_signature(const Text &app_certificate) const {
    detail::call(agora_unverified_token2_verify_signature, handle(),
                 detail::CString("app_certificate", app_certificate));
  }

 private:
  UnverifiedService service(std::size_t index) const {
    UnverifiedService service{};
    service.type = get<std::uint16_t>(agora_unverified_token2_service_type, index);
    const auto count = get<std::size_t>(agora_unverified_token2_privilege_count, index);
    for (std::size_t entry = 0; entry < count; ++entry) {
      std::uint16_t privilege = 0;
      std::uint32_t expire = 0;
      detail::check(agora_unverified_token2_privilege(handle(), index, entry, &privilege, &expire));
      service.privileges[privilege] = expire;
    }
    service.channel_name = text(index, AGORA_FIELD_CHANNEL_NAME);
    service.account = text(index, AGORA_FIELD_ACCOUNT);
    service.user_id = text(index, AGORA_FIELD_USER_ID);
    service.room_uuid = text(index, AGORA_FIELD_ROOM_UUID);
    service.user_uuid = text(index, AGORA_FIELD_USER_UUID);
    std::int16_t role = 0;
    if (has(agora_unverified_token2_apaas_role(handle(), index, &role))) service.role = role;
    std::size_t pairs = 0;
    if (has(agora_unverified_token2_permission_count(handle(), index, &pairs))) {
      service.permissions = permissions(index, pairs);
    }
    return service;
  }

  /// Whether the service has the field that was asked for.
  static bool has(agora_status status) {
    if (status == AGORA_ERROR_INDEX_OUT_OF_RANGE) return false;
    detail::check(status);
    return true;
  }

  std::optional<std::string> text(std::size_t service, std::uint32_t field) const {
    const char *data = nullptr;
    std::size_t size = 0;
    if (!has(agora_unverified_token2_text(handle(), service, field, &data, &size))) return std::nullopt;
    return std::string(data, size);
  }

  Rtm2Details permissions(std::size_t service, std::size_t pairs) const {
    Rtm2Details details;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      std::uint16_t resource_type = 0;
      std::uint16_t access = 0;
      std::size_t resources = 0;
      detail::check(agora_unverified_token2_permission(handle(), service, pair, &resource_type, &access, &resources));
      std::vector<std::string> &names = details[resource_type][access];
      for (std::size_t resource = 0; resource < resources; ++resource) {
        names.push_back(get_bytes<char>(agora_unverified_token2_resource, service, pair, resource));
      }
    }
    return details;
  }
};

/// An AccessToken (006) as read from text. It carries checksums of its channel and user, not the texts themselves.
class UnverifiedToken : public detail::Owner<UnverifiedToken, agora_unverified_token, agora_unverified_token_free> {
 public:
  /// Reads a token; throws TokenError, whose reason tells what is wrong with it.
  explicit UnverifiedToken(const Text &token)
      : Owner(detail::read<agora_unverified_token *>(agora_unverified_token_parse, detail::CString("token", token))) {}

  /// The App ID it says it is for, as bytes.
  std::string app_id() const { return get_bytes<char>(agora_unverified_token_app_id); }

  /// The signature: 32 bytes in any token that verifies.
  std::string signature() const { return get_bytes<std::uint8_t>(agora_unverified_token_signature); }

  /// The signed message: salt, end and privileges, as received.
  std::string message() const { return get_bytes<std::uint8_t>(agora_unverified_token_message); }

  /// CRC-32 of the channel name.
  std::uint32_t channel_crc() const { return get<std::uint32_t>(agora_unverified_token_channel_crc); }

  /// CRC-32 of the uid's text or user account.
  std::uint32_t user_crc() const { return get<std::uint32_t>(agora_unverified_token_user_crc); }

  /// The random number in the token.
  std::uint32_t salt() const { return get<std::uint32_t>(agora_unverified_token_salt); }

  /// When the token ends, Unix seconds.
  std::uint32_t expires_at() const { return get<std::uint32_t>(agora_unverified_token_expires_at); }

  /// The privileges and when each ends, Unix seconds.
  Privileges privileges() const {
    Privileges privileges;
    const auto count = get<std::size_t>(agora_unverified_token_privilege_count);
    for (std::size_t entry = 0; entry < count; ++entry) {
      std::uint16_t privilege = 0;
      std::uint32_t expired_ts = 0;
      detail::check(agora_unverified_token_privilege(handle(), entry, &privilege, &expired_ts));
      privileges[privilege] = expired_ts;
    }
    return privileges;
  }

  /// Returns when this certificate signed the token for this channel and user. Throws VerificationError when it did
  /// not, TokenError when the token's App ID is malformed, ConfigurationError when the certificate is. Looks at no time.
  void verify(const Text &app_certificate, const Text &channel_name, const Text &account) const {
    detail::call(agora_unverified_token_verify, handle(), detail::CString("app_certificate", app_certificate),
                 channel_name.data(), channel_name.size(), account.data(), account.size());
  }
};

}  // namespace agora

#endif
