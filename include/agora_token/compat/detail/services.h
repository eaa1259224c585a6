/// \file services.h
/// The ten services of the official AccessToken2, with their names, constants and public fields.
#ifndef AGORA_TOKEN_COMPAT_DETAIL_SERVICES_H
#define AGORA_TOKEN_COMPAT_DETAIL_SERVICES_H

#include "call.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace agora {
namespace tools {

/// A service of an AccessToken2 and the privileges it grants.
class Service {
 public:
  Service(uint16_t type) : type_(type) {}
  virtual ~Service() = default;

  /// The number of the service on the wire.
  uint16_t ServiceType() const { return type_; }

  /// Grants a privilege for so many seconds from the token's issue time, in place of an earlier grant. 0 is no limit of
  /// its own.
  void AddPrivilege(uint16_t privilege, uint32_t expire) { privileges_[privilege] = expire; }

  /// A copy of its own.
  virtual std::unique_ptr<Service> Clone() const = 0;

  uint16_t type_;                            ///< the number of the service on the wire
  std::map<uint16_t, uint32_t> privileges_;  ///< privilege to seconds from the issue time

 protected:
  Service(const Service &) = default;
  Service(Service &&) = default;
  Service &operator=(const Service &) = default;
  Service &operator=(Service &&) = default;

 private:
  friend class AccessToken2;

  /// Adds the service, without its privileges, to a token being built.
  virtual agora_status AddTo(agora_access_token2 *token, std::size_t *index) const = 0;

  /// Takes over the fields, without the privileges, of a service of the same type that was read.
  virtual bool ReadFrom(const agora_unverified_token2 *token, std::size_t index) = 0;
};

namespace detail {

inline bool ReadText(const agora_unverified_token2 *token, std::size_t service, uint32_t field, std::string *text) {
  const char *data = nullptr;
  std::size_t size = 0;
  if (agora_unverified_token2_text(token, service, field, &data, &size) != AGORA_OK) return false;
  *text = Copy(data, size);
  return true;
}

/// A service without fields. Add is the call that adds it to a token.
template <class Derived, uint16_t Type, agora_status (*Add)(agora_access_token2 *, std::size_t *, agora_refusal *)>
class PlainService : public Service {
 public:
  PlainService() : Service(Type) {}

  std::unique_ptr<Service> Clone() const override {
    return std::unique_ptr<Service>(new Derived(static_cast<const Derived &>(*this)));
  }

 private:
  agora_status AddTo(agora_access_token2 *token, std::size_t *index) const override {
    return Add(token, index, nullptr);
  }
  bool ReadFrom(const agora_unverified_token2 *, std::size_t) override { return true; }
};

/// A service for one user.
template <class Derived, uint16_t Type,
          agora_status (*Add)(agora_access_token2 *, const char *, std::size_t, std::size_t *, agora_refusal *)>
class UserService : public Service {
 public:
  UserService(const std::string &user_id = "") : Service(Type), user_id_(user_id) {}

  std::unique_ptr<Service> Clone() const override {
    return std::unique_ptr<Service>(new Derived(static_cast<const Derived &>(*this)));
  }

  std::string user_id_;  ///< the user, any bytes

 private:
  agora_status AddTo(agora_access_token2 *token, std::size_t *index) const override {
    return Add(token, user_id_.data(), user_id_.size(), index, nullptr);
  }
  bool ReadFrom(const agora_unverified_token2 *token, std::size_t index) override {
    return ReadText(token, index, AGORA_FIELD_USER_ID, &user_id_);
  }
};

/// A service for one user in one channel.
template <class Derived, uint16_t Type,
          agora_status (*Add)(agora_access_token2 *, const char *, std::size_t, const char *, std::size_t,
                              std::size_t *, agora_refusal *)>
class ChannelService : public Service {
 public:
  /// uid 0 is any user.
  ChannelService(const std::string &channel_name = "", uint32_t uid = 0) : ChannelService(channel_name, Account(uid)) {}

  /// An empty account is any user.
  ChannelService(const std::string &channel_name, const std::string &account)
      : Service(Type), channel_name_(channel_name), account_(account) {}

  std::unique_ptr<Service> Clone() const override {
    return std::unique_ptr<Service>(new Derived(static_cast<const Derived &>(*this)));
  }

  std::string channel_name_;  ///< the channel, any bytes
  std::string account_;       ///< the user, any bytes; "" is any user

 private:
  agora_status AddTo(agora_access_token2 *token, std::size_t *index) const override {
    return Add(token, channel_name_.data(), channel_name_.size(), account_.data(), account_.size(), index, nullptr);
  }
  bool ReadFrom(const agora_unverified_token2 *token, std::size_t index) override {
    return ReadText(token, index, AGORA_FIELD_CHANNEL_NAME, &channel_name_) &&
           ReadText(token, index, AGORA_FIELD_ACCOUNT, &account_);
  }
};

}  // namespace detail

/// RTC: voice and video.
class ServiceRtc : public detail::ChannelService<ServiceRtc, AGORA_SERVICE_RTC, agora_access_token2_add_rtc> {
 public:
  enum {
    kServiceType = 1,

    kPrivilegeJoinChannel = 1,
    kPrivilegePublishAudioStream = 2,
    kPrivilegePublishVideoStream = 3,
    kPrivilegePublishDataStream = 4,
  };

  using ChannelService::ChannelService;
};

/// RTM: signalling.
class ServiceRtm : public detail::UserService<ServiceRtm, AGORA_SERVICE_RTM, agora_access_token2_add_rtm> {
 public:
  enum {
    kServiceType = 2,

    kPrivilegeLogin = 1,
  };

  using UserService::UserService;
};

/// Streaming.
class ServiceStreaming
    : public detail::ChannelService<ServiceStreaming, AGORA_SERVICE_STREAMING, agora_access_token2_add_streaming> {
 public:
  enum {
    kServiceType = 3,

    kPrivilegePublishMixStream = 1,
    kPrivilegePublishRawStream = 2,
  };

  using ChannelService::ChannelService;
};

/// FPA.
class ServiceFpa : public detail::PlainService<ServiceFpa, AGORA_SERVICE_FPA, agora_access_token2_add_fpa> {
 public:
  enum {
    kServiceType = 4,

    kPrivilegeLogin = 1,
  };
};

/// Chat. The user of an app token is empty.
class ServiceChat : public detail::UserService<ServiceChat, AGORA_SERVICE_CHAT, agora_access_token2_add_chat> {
 public:
  enum {
    kServiceType = 5,

    kPrivilegeUser = 1,
    kPrivilegeApp = 2,
  };

  using UserService::UserService;
};

/// FCDN.
class ServiceFCdn : public detail::ChannelService<ServiceFCdn, AGORA_SERVICE_FCDN, agora_access_token2_add_fcdn> {
 public:
  enum {
    kServiceType = 6,

    kPrivilegePublish = 1,
    kPrivilegePlay = 2,
  };

  using ChannelService::ChannelService;
};

/// APaaS, also called Education.
class ServiceApaas : public Service {
 public:
  enum {
    kServiceType = 7,

    kPrivilegeRoomUser = 1,
    kPrivilegeUser = 2,
    kPrivilegeApp = 3,
  };

  /// A role of -1 stands for none.
  ServiceApaas(const std::string &room_uuid = "", const std::string &user_uuid = "", int16_t role = -1)
      : Service(kServiceType), room_uuid_(room_uuid), user_uuid_(user_uuid), role_(role) {}

  std::unique_ptr<Service> Clone() const override { return std::unique_ptr<ServiceApaas>(new ServiceApaas(*this)); }

  std::string room_uuid_;  ///< the room, any bytes
  std::string user_uuid_;  ///< the user, any bytes
  int16_t role_;           ///< the user's role in the room; -1 is none

 private:
  agora_status AddTo(agora_access_token2 *token, std::size_t *index) const override {
    return agora_access_token2_add_apaas(token, room_uuid_.data(), room_uuid_.size(), user_uuid_.data(),
                                         user_uuid_.size(), role_, index, nullptr);
  }
  bool ReadFrom(const agora_unverified_token2 *token, std::size_t index) override {
    return detail::ReadText(token, index, AGORA_FIELD_ROOM_UUID, &room_uuid_) &&
           detail::ReadText(token, index, AGORA_FIELD_USER_UUID, &user_uuid_) &&
           agora_unverified_token2_apaas_role(token, index, &role_) == AGORA_OK;
  }
};

/// The name of ServiceApaas in older official releases.
using ServiceEducation = ServiceApaas;

namespace detail {

/// Resource type to permission type to names of resources.
using PermissionsDetail = std::map<uint16_t, std::map<uint16_t, std::vector<std::string>>>;

/// The permissions in a handle of the C ABI, or NULL when they cannot be made.
inline NewPermissions MakePermissions(const PermissionsDetail &details) {
  agora_rtm2_permissions *made = nullptr;
  agora_status status = agora_rtm2_permissions_new(&made);
  NewPermissions permissions(made);
  for (const auto &resource_type : details) {
    for (const auto &permission_type : resource_type.second) {
      if (status == AGORA_OK) status = agora_rtm2_permissions_set(made, resource_type.first, permission_type.first);
      for (const std::string &resource : permission_type.second) {
        if (status != AGORA_OK) break;
        status = agora_rtm2_permissions_add_resource(made, resource_type.first, permission_type.first, resource.data(),
                                                     resource.size(), nullptr);
      }
    }
  }
  if (status != AGORA_OK) permissions.reset();
  return permissions;
}

}  // namespace detail

/// RTM2: signalling with permissions on single resources.
class ServiceRtm2 : public Service {
 public:
  enum {
    kServiceType = 8,

    kPrivilegeLogin = 1,
  };

  using PermissionsDetail = detail::PermissionsDetail;

  /// Which resources a user may read and write.
  struct Permissions {
    /// Resource types.
    enum {
      kMessageChannels = 0,
      kStreamChannels = 1,
      kGroupChannels = 2,
      kServerGroups = 3,
      kUsers = 4,
    };
    /// Permission types.
    enum {
      kRead = 0,
      kWrite = 1,
    };

    /// Sets the resources of a pair, in place of any it had.
    void Add(uint16_t resource_type, uint16_t permission_type, const std::vector<std::string> &resources) {
      details_[resource_type][permission_type] = resources;
    }

    PermissionsDetail details_;  ///< what was added
  };

  ServiceRtm2(const std::string &user_id = "", const Permissions &permissions = Permissions())
      : Service(kServiceType), user_id_(user_id), permissions_(permissions) {}

  std::unique_ptr<Service> Clone() const override { return std::unique_ptr<ServiceRtm2>(new ServiceRtm2(*this)); }

  std::string user_id_;      ///< the user, any bytes
  Permissions permissions_;  ///< what the user may do

 private:
  agora_status AddTo(agora_access_token2 *token, std::size_t *index) const override {
    const detail::NewPermissions permissions = detail::MakePermissions(permissions_.details_);
    return agora_access_token2_add_rtm2(token, user_id_.data(), user_id_.size(), permissions.get(), index, nullptr);
  }

  bool ReadFrom(const agora_unverified_token2 *token, std::size_t index) override {
    permissions_.details_.clear();
    std::size_t pairs = 0;
    if (agora_unverified_token2_permission_count(token, index, &pairs) != AGORA_OK) return false;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      uint16_t resource_type = 0;
      uint16_t permission_type = 0;
      std::size_t resources = 0;
      if (agora_unverified_token2_permission(token, index, pair, &resource_type, &permission_type, &resources) !=
          AGORA_OK) {
        return false;
      }
      std::vector<std::string> &names = permissions_.details_[resource_type][permission_type];
      for (std::size_t resource = 0; resource < resources; ++resource) {
        const char *data = nullptr;
        std::size_t size = 0;
        if (agora_unverified_token2_resource(token, index, pair, resource, &data, &size) != AGORA_OK) return false;
        names.push_back(detail::Copy(data, size));
      }
    }
    return detail::ReadText(token, index, AGORA_FIELD_USER_ID, &user_id_);
  }
};

/// ConvoAI: conversational AI agents.
class ServiceConvoAI
    : public detail::PlainService<ServiceConvoAI, AGORA_SERVICE_CONVO_AI, agora_access_token2_add_convo_ai> {
 public:
  enum {
    kServiceType = 9,
  };
};

/// STT: speech to text.
class ServiceStt : public detail::PlainService<ServiceStt, AGORA_SERVICE_STT, agora_access_token2_add_stt> {
 public:
  enum {
    kServiceType = 10,
  };
};

}  // namespace tools
}  // namespace agora

#endif
