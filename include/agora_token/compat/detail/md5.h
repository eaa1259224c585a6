/// \file md5.h
/// MD5 (RFC 1321) as 32 lower-case hexadecimal digits: what the room-user builders make a Chat user ID of. A name, no
/// protection.
#ifndef AGORA_TOKEN_COMPAT_DETAIL_MD5_H
#define AGORA_TOKEN_COMPAT_DETAIL_MD5_H

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

namespace agora {
namespace tools {
namespace detail {

inline std::string Md5Hex(std::string message) {
  static constexpr std::array<unsigned, 16> kRotations = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};
  const std::uint64_t bits = static_cast<std::uint64_t>(message.size()) * 8;
  message += '\x80';
  while (message.size() % 64 != 56) message += '\0';
  for (unsigned shift = 0; shift < 64; shift += 8) message += static_cast<char>(bits >> shift & 0xff);

  std::array<std::uint32_t, 4> state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  for (std::size_t block = 0; block < message.size(); block += 64) {
    auto [a, b, c, d] = state;
    for (unsigned step = 0; step < 64; ++step) {
      std::uint32_t mixed = 0;
      unsigned word = 0;
      switch (step / 16) {
        case 0:
          mixed = (b & c) | (~b & d);
          word = step;
          break;
        case 1:
          mixed = (d & b) | (~d & c);
          word = (5 * step + 1) % 16;
          break;
        case 2:
          mixed = b ^ c ^ d;
          word = (3 * step + 5) % 16;
          break;
        default:
          mixed = c ^ (b | ~d);
          word = 7 * step % 16;
          break;
      }
      std::uint32_t value = 0;
      for (unsigned byte = 0; byte < 4; ++byte) {
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(message[block + 4 * word + byte])) << 8 * byte;
      }
      const auto constant = static_cast<std::uint32_t>(std::floor(std::fabs(std::sin(step + 1.0)) * 4294967296.0));
      const unsigned rotation = kRotations[step / 16 * 4 + step % 4];
      const std::uint32_t sum = a + mixed + constant + value;
      a = d;
      d = c;
      c = b;
      b += sum << rotation | sum >> (32 - rotation);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }

  std::string hex;
  for (const std::uint32_t word : state) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      hex += "0123456789abcdef"[word >> shift >> 4 & 0xf];
      hex += "0123456789abcdef"[word >> shift & 0xf];
    }
  }
  return hex;
}

}  // namespace detail
}  // namespace tools
}  // namespace agora

#endif
