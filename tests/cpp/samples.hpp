// What the test programs share: the public sample credentials of the official suites, and bytes as hexadecimal text.
#ifndef AGORA_TOKEN_TESTS_SAMPLES_HPP
#define AGORA_TOKEN_TESTS_SAMPLES_HPP

#include <string>
#include <string_view>

inline const std::string APP_ID = "970CA35de60c44645bbae8a215061b33";
inline const std::string APP_CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b";
inline const std::string OTHER_CERTIFICATE = "00000000000000000000000000000001";

inline std::string to_hex(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) {
    hex += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
    hex += "0123456789abcdef"[static_cast<unsigned char>(byte) & 0xf];
  }
  return hex;
}

#endif
