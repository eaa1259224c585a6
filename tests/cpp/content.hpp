// What a token of either generation says, but for what is drawn anew each time: for comparing two of them.
#ifndef AGORA_TOKEN_TESTS_CONTENT_HPP
#define AGORA_TOKEN_TESTS_CONTENT_HPP

#include <agora_token.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace agora {

inline bool operator==(const UnverifiedService &left, const UnverifiedService &right) {
  const auto fields = [](const UnverifiedService &of) {
    return std::tie(of.type, of.privileges, of.channel_name, of.account, of.user_id, of.room_uuid, of.user_uuid,
                    of.role, of.permissions);
  };
  return fields(left) == fields(right);
}

}  // namespace agora

struct Content {
  std::string app_id;
  std::uint32_t expire = 0;
  std::vector<agora::UnverifiedService> services;
  std::uint32_t channel_crc = 0;
  std::uint32_t user_crc = 0;
  agora::Privileges privileges;

  explicit Content(const std::string &token) {
    if (token.compare(0, 3, "006") == 0) {
      const agora::UnverifiedToken read(token);
      app_id = read.app_id();
      channel_crc = read.channel_crc();
      user_crc = read.user_crc();
      privileges = read.privileges();
    } else {
      const agora::UnverifiedToken2 read(token);
      app_id = read.app_id();
      expire = read.expire();
      services = read.services();
    }
  }

  bool operator==(const Content &other) const {
    const auto fields = [](const Content &of) {
      return std::tie(of.app_id, of.expire, of.services, of.channel_crc, of.user_crc, of.privileges);
    };
    return fields(*this) == fields(other);
  }
};

#endif
