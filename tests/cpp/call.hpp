// A call of a one-call builder, with arguments as the vectors give them.
#ifndef AGORA_TOKEN_TESTS_CALL_HPP
#define AGORA_TOKEN_TESTS_CALL_HPP

#include "json.hpp"

#include <agora_token/compat/AccessToken2.h>
#include <agora_token.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

// Bytes of the vectors: a string, {"hex": "ff00"}, or {"prefix": "007", "repeat": ["A", 1000]}.
inline std::string bytes(const Json &text) {
  if (text.is_string()) return text.string();
  std::string result;
  if (text.has("hex")) {
    const std::string &hex = text["hex"].string();
    for (std::size_t index = 0; index < hex.size(); index += 2) {
      result += static_cast<char>(std::stoi(hex.substr(index, 2), nullptr, 16));
    }
    return result;
  }
  if (text.has("prefix")) result = text["prefix"].string();
  const Json::Array &repeat = text["repeat"].array();
  for (std::int64_t times = repeat.at(1).number(); times > 0; --times) result += repeat.at(0).string();
  return result;
}

inline agora::Rtm2Details permission_details(const Json &permissions) {
  agora::Rtm2Details details;
  for (const auto &[resource_type, by_access] : permissions.object()) {
    auto &of_type = details[static_cast<std::uint16_t>(std::stoi(resource_type))];
    for (const auto &[access, resources] : by_access.object()) {
      auto &names = of_type[static_cast<std::uint16_t>(std::stoi(access))];
      for (const Json &resource : resources.array()) names.push_back(bytes(resource));
    }
  }
  return details;
}

inline agora::Rtm2Permissions face_permissions(const agora::Rtm2Details &details) {
  agora::Rtm2Permissions permissions;
  for (const auto &[resource_type, by_access] : details) {
    for (const auto &[access, resources] : by_access) permissions.set(resource_type, access, resources);
  }
  return permissions;
}

inline agora::tools::ServiceRtm2::Permissions compat_permissions(const agora::Rtm2Details &details) {
  agora::tools::ServiceRtm2::Permissions permissions;
  permissions.details_ = details;
  return permissions;
}

// One call: App ID and certificate, and the other arguments by name.
struct Call {
  const std::string &app_id;
  const std::string &app_certificate;
  const Json &args;

  const std::string &text(const char *name) const { return args[name].string(); }
  agora::Rtm2Details permissions(const char *name) const { return permission_details(args[name]); }
  std::int64_t number(const char *name) const { return args[name].number(); }
  std::uint32_t u32(const char *name) const { return static_cast<std::uint32_t>(number(name)); }
};

using Builders = std::map<std::string, std::function<std::string(const Call &)>>;

#endif
