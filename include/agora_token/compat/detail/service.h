/// \file service.h
/// What the services of the official AccessToken2 have in common.
#ifndef AGORA_TOKEN_COMPAT_DETAIL_SERVICE_H
#define AGORA_TOKEN_COMPAT_DETAIL_SERVICE_H

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

/// Resource type to permission type to names of resources.
using PermissionsDetail = std::map<uint16_t, std::map<uint16_t, std::vector<std::string>>>;

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

/// The permissions in a handle of the C ABI, or NULL when they cannot be made.
inline NewPermissions MakePermissions(const Permissions &from) {
  agora_rtm2_permissions *made = nullptr;
  agora_status status = agora_rtm2_permissions_new(&made);
  NewPermissions permissions(made);
  for (const auto &resource_type : from.details_) {
    for (const auto &permission_type : resource_type.second) {
      if (status == AGORA_OK) status = agora_rtm2_permissions_clear(made, resource_type.first, permission_type.first);
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

inline bool ReadPermissions(const agora_unverified_token2 *token, std::size_t index, Permissions *permissions) {
  permissions->details_.clear();
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
    std::vector<std::string> &names = permissions->details_[resource_type][permission_type];
    for (std::size_t resource = 0; resource < resources; ++resource) {
      const char *data = nullptr;
      std::size_t size = 0;
      if (agora_unverified_token2_resource(token, index, pair, resource, &data, &size) != AGORA_OK) return false;
      names.push_back(Copy(data, size));
    }
  }
  return true;
}

}  // namespace detail
}  // namespace tools
}  // namespace agora

#endif
