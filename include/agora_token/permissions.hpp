/// \file permissions.hpp
/// Privileges and RTM2 permissions, and what stands for a user on the wire.
#ifndef AGORA_TOKEN_PERMISSIONS_HPP
#define AGORA_TOKEN_PERMISSIONS_HPP

#include "call.hpp"
#include "generated/numbers.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace agora {

/// Privilege to time: in AccessToken2 seconds from the issue time, in AccessToken absolute Unix seconds. 0 is no limit
/// of its own: the privilege lasts as long as the token.
using Privileges = std::map<std::uint16_t, std::uint32_t>;

/// Resource type to access type to the names of the resources, as a token carries them.
using Rtm2Details = std::map<std::uint16_t, std::map<std::uint16_t, std::vector<std::string>>>;

/// The release of the linked library, such as "0.1.0".
inline std::string version() { return agora_version(); }

/// The text that stands for a uid on the wire: decimal digits, and "" (any user) for 0.
/// \param uid 0 to 4294967295, else InputError
inline std::string uid_text(Integer uid) {
  const auto number = uid.as<std::uint32_t>(AGORA_ERROR_INVALID_UID, "uid");
  return number == 0 ? std::string() : std::to_string(number);
}

/// The Chat user ID that an APaaS room-user token carries for a user: the MD5 of the user UUID in lower-case
/// hexadecimal.
inline std::string apaas_chat_user_id(const Text &user_uuid) {
  return detail::take(detail::read<char *>(agora_apaas_chat_user_id, user_uuid.data(), user_uuid.size()));
}

/// Which resources an RTM2 user may read and write. The order of the names and repetitions are kept.
class Rtm2Permissions : public detail::Owner<Rtm2Permissions, agora_rtm2_permissions, agora_rtm2_permissions_free> {
 public:
  /// No permission at all.
  Rtm2Permissions() : Owner(detail::read<agora_rtm2_permissions *>(agora_rtm2_permissions_new)) {}

  /// Sets the resources of a pair, in place of any it had. An empty list is legal and is carried as such.
  /// \param resource_type a Rtm2Resource, or any other number
  /// \param access a Rtm2Access, or any other number
  /// \param resources up to 65535 names of up to 65535 bytes
  Rtm2Permissions &set(std::uint16_t resource_type, std::uint16_t access, const std::vector<std::string> &resources) {
    Owner::set(agora_rtm2_permissions_clear, resource_type, access);
    for (const std::string &resource : resources) add(resource_type, access, resource);
    return *this;
  }

  /// Adds one resource to a pair.
  Rtm2Permissions &add(std::uint16_t resource_type, std::uint16_t access, const Text &resource) {
    return Owner::set(agora_rtm2_permissions_add_resource, resource_type, access, resource.data(), resource.size());
  }

  /// The handle of the C ABI, owned by this object.
  using Owner::handle;
};

namespace detail {

inline agora_value value(const Rtm2Permissions &permissions) { return value(permissions.handle()); }

}  // namespace detail

}  // namespace agora

#endif
