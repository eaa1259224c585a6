// A C++ program as a user would write it, with the official names.
#include <agora_token/compat/RtcTokenBuilder2.h>
#include <agora_token.hpp>

#include <iostream>
#include <string>

int main() {
  const std::string app_id = "970CA35de60c44645bbae8a215061b33";
  const std::string app_certificate = "5CFd2fd1755d40ecb72977518be15d3b";
  const std::string token = agora::tools::RtcTokenBuilder2::BuildTokenWithUid(
      app_id, app_certificate, "room", 42, agora::tools::UserRole::kRolePublisher, 3600, 3600);
  std::cout << agora_version() << ' ' << (token.substr(0, 3) == "007" ? "OK" : "no token") << '\n';
  return token.empty() ? 1 : 0;
}
