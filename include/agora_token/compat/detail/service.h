/// \file service.h
/// What the services of the official AccessToken2 have in common.
#ifndef AGORA_TOKEN_COMPAT_DETAIL_SERVICE_H
#define AGORA_TOKEN_COMPAT_DETAIL_SERVICE_H

#include "../Packer.h"
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

  /// The service as it stands in a token: its type, its privileges, its fields.
  virtual std::string PackService() = 0;

  /// Reads what stands after the type; what ends too early throws.
  virtual void UnpackService(Unpacker *unpacker) = 0;

  /// A copy of its own.
  virtual std::unique_ptr<Service> Clone() const = 0;

  /// Type and privileges, which every service begins with.
  friend Packer &operator<<(Packer &packer, const Service *service) {
    return packer << service->type_ << service->privileges_;
  }

  /// The privileges; the type was read before.
  friend Unpacker &operator>>(Unpacker &unpacker, Service *service) { return unpacker >> service->privileges_; }

  uint16_t type_;                            ///< the number of the service on the wire
  std::map<uint16_t, uint32_t> privileges_;  ///< privilege to seconds from the issue time

 protected:
  Service(const Service &) = default;
  Service(Service &&) = default;
  Service &operator=(const Service &) = default;
  Service &operator=(Service &&) = default;
};

namespace detail {

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

}  // namespace detail
}  // namespace tools
}  // namespace agora

#endif
