/// \file AccessToken.h
/// The official AccessToken (006) class over libagora_token.
///
/// Differs from the official one in three ways: FromString is strict (standard base64, no bytes left over) and leaves
/// the object as it was when it fails, texts over 65535 bytes give "" instead of a broken token, and nothing is ever
/// printed.
#ifndef AGORA_TOKEN_COMPAT_ACCESS_TOKEN_H
#define AGORA_TOKEN_COMPAT_ACCESS_TOKEN_H

#include "Packer.h"
#include "detail/call.h"

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <utility>

namespace agora {
namespace tools {

/// An AccessToken to build, or one that was read. All times are absolute Unix seconds.
struct AccessToken {
  /// What a token may grant.
  enum Privileges {
    kJoinChannel = 1,
    kPublishAudioStream = 2,
    kPublishVideoStream = 3,
    kPublishDataStream = 4,

    kPublishAudiocdn = 5,
    kPublishVideoCdn = 6,
    kRequestPublishAudioStream = 7,
    kRequestPublishVideoStream = 8,
    kRequestPublishDataStream = 9,
    kInvitePublishAudioStream = 10,
    kInvitePublishVideoStream = 11,
    kInvitePublishDataStream = 12,

    kAdministrateChannel = 101,

    kRtmLogin = 1000,
  };

  /// Privilege to the time it ends; 0 is no end of its own.
  typedef std::map<uint16_t, uint32_t> PrivilegeMessageMap;

  /// The signed part of a token.
  struct PrivilegeMessage {
    PrivilegeMessage() : salt(0), ts(0) {}
    PrivilegeMessage(uint32_t salt_, uint32_t ts_, PrivilegeMessageMap messages_)
        : salt(salt_), ts(ts_), messages(std::move(messages_)) {}

    uint32_t salt;                 ///< a random number
    uint32_t ts;                   ///< when the token ends
    PrivilegeMessageMap messages;  ///< what it grants

    friend Packer &operator<<(Packer &packer, const PrivilegeMessage &message) {
      return packer << message.salt << message.ts << message.messages;
    }
    friend Unpacker &operator>>(Unpacker &unpacker, PrivilegeMessage &message) {
      return unpacker >> message.salt >> message.ts >> message.messages;
    }
  };

  /// What stands in a token after the App ID.
  struct PackContent {
    std::string signature;        ///< 32 bytes
    uint32_t crcChannelName = 0;  ///< CRC-32 of the channel name
    uint32_t crcUid = 0;          ///< CRC-32 of the user
    std::string rawMessage;       ///< a PrivilegeMessage, packed

    friend Packer &operator<<(Packer &packer, const PackContent &content) {
      return packer << content.signature << content.crcChannelName << content.crcUid << content.rawMessage;
    }
    friend Unpacker &operator>>(Unpacker &unpacker, PackContent &content) {
      return unpacker >> content.signature >> content.crcChannelName >> content.crcUid >> content.rawMessage;
    }
  };

  /// "006".
  static std::string Version() { return "006"; }

  /// The 32 bytes that sign a message, for any texts; "" for an empty certificate.
  static std::string GenerateSignature(const std::string &appCertificate, const std::string &appID,
                                       const std::string &channelName, const std::string &uid,
                                       const std::string &message) {
    if (appCertificate.empty()) return "";
    uint8_t signature[AGORA_SIGNATURE_SIZE];
    const agora_status status = agora_access_token_sign(
        appCertificate.data(), appCertificate.size(), appID.data(), appID.size(), channelName.data(),
        channelName.size(), uid.data(), uid.size(), message.data(), message.size(), signature);
    return status == AGORA_OK ? detail::Copy(signature, sizeof signature) : std::string();
  }

  /// An empty token to read into.
  AccessToken() : crc_channel_name_(0), crc_uid_(0) {}

  /// A token that ends in 24 hours, with a random salt. uid 0 is any user.
  AccessToken(const std::string &appId, const std::string &appCertificate, const std::string &channelName,
              uint32_t uid = 0)
      : AccessToken(appId, appCertificate, channelName, detail::Account(uid)) {}

  /// A token that ends in 24 hours, with a random salt. An empty uid is any user.
  AccessToken(const std::string &appId, const std::string &appCertificate, const std::string &channelName,
              const std::string &uid)
      : app_id_(appId),
        app_cert_(appCertificate),
        channel_name_(channelName),
        uid_(uid),
        message_(Fresh()),
        crc_channel_name_(0),
        crc_uid_(0) {}

  /// Sets the end of the token to so many seconds from now.
  void SetTokenExpiredTs(uint32_t seconds) { message_.ts = Fresh().ts - kDay + seconds; }

  /// The token, or "" when App ID or certificate are not 32 hexadecimal digits or a text exceeds 65535 bytes. Also sets
  /// signature_, crc_channel_name_, crc_uid_ and message_raw_content_.
  std::string Build() {
    const detail::NewToken token = Start(app_id_, app_cert_, channel_name_, uid_);
    if (agora_access_token_set_salt(token.get(), message_.salt) != AGORA_OK) return "";
    if (agora_access_token_set_expires_at(token.get(), message_.ts) != AGORA_OK) return "";
    for (const auto &entry : message_.messages) {
      if (agora_access_token_add_privilege(token.get(), entry.first, entry.second) != AGORA_OK) return "";
    }
    char *text = nullptr;
    if (agora_access_token_build(token.get(), &text) != AGORA_OK) return "";
    const std::string built = detail::Take(text);
    return FromString(built) ? built : std::string();
  }

  /// Grants a privilege until expireTimestamp, in place of an earlier grant.
  void AddPrivilege(Privileges privilege, uint32_t expireTimestamp = 0) {
    message_.messages[static_cast<uint16_t>(privilege)] = expireTimestamp;
  }

  /// Reads a token into every field but app_cert_, channel_name_ and uid_. Checks neither signature nor checksums.
  bool FromString(const std::string &channelKeyString) {
    agora_unverified_token *parsed = nullptr;
    if (agora_unverified_token_parse(detail::Text(channelKeyString), &parsed, nullptr) != AGORA_OK) return false;
    const detail::ReadToken token(parsed);

    const char *app_id = nullptr;
    const uint8_t *signature = nullptr;
    const uint8_t *message = nullptr;
    std::size_t app_id_size = 0;
    std::size_t signature_size = 0;
    std::size_t message_size = 0;
    std::size_t privileges = 0;
    uint32_t crc_channel_name = 0;
    uint32_t crc_uid = 0;
    PrivilegeMessage content;
    const bool read = agora_unverified_token_app_id(parsed, &app_id, &app_id_size) == AGORA_OK &&
                      agora_unverified_token_signature(parsed, &signature, &signature_size) == AGORA_OK &&
                      agora_unverified_token_message(parsed, &message, &message_size) == AGORA_OK &&
                      agora_unverified_token_channel_crc(parsed, &crc_channel_name) == AGORA_OK &&
                      agora_unverified_token_user_crc(parsed, &crc_uid) == AGORA_OK &&
                      agora_unverified_token_salt(parsed, &content.salt) == AGORA_OK &&
                      agora_unverified_token_expires_at(parsed, &content.ts) == AGORA_OK &&
                      agora_unverified_token_privilege_count(parsed, &privileges) == AGORA_OK;
    if (!read) return false;
    for (std::size_t index = 0; index < privileges; ++index) {
      uint16_t privilege = 0;
      uint32_t expired_ts = 0;
      if (agora_unverified_token_privilege(parsed, index, &privilege, &expired_ts) != AGORA_OK) return false;
      content.messages[privilege] = expired_ts;
    }

    app_id_ = detail::Copy(app_id, app_id_size);
    signature_ = detail::Copy(signature, signature_size);
    message_ = std::move(content);
    message_raw_content_ = detail::Copy(message, message_size);
    crc_channel_name_ = crc_channel_name;
    crc_uid_ = crc_uid;
    return true;
  }

  std::string app_id_;               ///< App ID
  std::string app_cert_;             ///< App Certificate
  std::string channel_name_;         ///< channel, or the user of an RTM token; not in the token's text
  std::string uid_;                  ///< user; not in the token's text
  std::string signature_;            ///< 32 bytes, once built or read
  PrivilegeMessage message_;         ///< salt, end and privileges
  std::string message_raw_content_;  ///< message_ as signed, once built or read
  uint32_t crc_channel_name_;        ///< CRC-32 of channel_name_, once built or read
  uint32_t crc_uid_;                 ///< CRC-32 of uid_, once built or read

 private:
  static constexpr uint32_t kDay = 24 * 3600;

  static detail::NewToken Start(const std::string &app_id, const std::string &app_certificate,
                                const std::string &channel_name, const std::string &uid) {
    agora_access_token *token = nullptr;
    const agora_status status =
        agora_access_token_new(detail::Text(app_id), detail::Text(app_certificate), channel_name.data(),
                               channel_name.size(), uid.data(), uid.size(), &token, nullptr);
    return detail::NewToken(status == AGORA_OK ? token : nullptr);
  }

  /// A random salt and the time in 24 hours. Zeros when the system gives none, and then Build() fails for the same
  /// cause.
  static PrivilegeMessage Fresh() {
    const detail::NewToken token = Start(detail::kPlaceholder, detail::kPlaceholder, "", "");
    PrivilegeMessage message;
    agora_access_token_salt(token.get(), &message.salt);
    agora_access_token_expires_at(token.get(), &message.ts);
    return message;
  }
};

}  // namespace tools
}  // namespace agora

#endif
