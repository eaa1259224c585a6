// The same tasks as secrets.c, over the C++ face.
#include <agora_token/compat/RtcTokenBuilder.h>
#include <agora_token/compat/RtcTokenBuilder2.h>
#include <agora_token.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <string>

namespace {

const std::string APP_ID = "970CA35de60c44645bbae8a215061b33";
const std::string OTHER = "0123456789abcdef0123456789abcdef";

char line[64];
std::string certificate;

void builder_007() {
  agora::build_token2_with_uid(APP_ID, certificate, "room", 42, agora::Role::publisher, 3600, 3600);
}

void builder_006() { agora::build_token_with_uid(APP_ID, certificate, "room", 42, agora::Role006::publisher, 0); }

void official() {
  using namespace agora::tools;
  if (RtcTokenBuilder2::BuildTokenWithUid(APP_ID, certificate, "room", 42, UserRole::kRolePublisher, 60, 60).empty() ||
      RtcTokenBuilder::buildTokenWithUid(APP_ID, certificate, "room", 42, UserRole::Role_Publisher, 0).empty()) {
    std::exit(2);
  }
}

void issuer() {
  const agora::Issuer issuer(APP_ID, certificate);
  const auto grant = agora::Grant::rtc(agora::Channel::named("room"), agora::User::uid(42), agora::Role::publisher);
  for (int round = 0; round < 3; ++round) issuer.issue(grant);
}

std::string token_of_another() {
  return agora::build_token2_with_uid(APP_ID, OTHER, "room", 42, agora::Role::publisher, 3600, 3600);
}

void verifier() {
  agora::Verifier verifier(APP_ID, certificate);
  verifier.add_certificate("fedcba9876543210fedcba9876543210");
  try {
    verifier.verify(token_of_another(), agora::Expected());
    std::exit(2);
  } catch (const agora::Error &) {
  }
}

void doctor() {
  agora::Attempt attempt;
  attempt.certificate(agora::AppCertificate(certificate));
  if (agora::diagnose(token_of_another(), attempt).findings().empty()) std::exit(2);
}

void leak() {
  static std::string copy;
  copy = std::string(40, '.') + certificate.substr(3, 8);
}

void next_line() {
  if (std::fgets(line, sizeof line, stdin) == nullptr) std::exit(3);
}

}  // namespace

int main(int count, char **words) {
  const std::map<std::string, std::function<void()>> tasks = {
      {"builder_007", builder_007}, {"builder_006", builder_006}, {"official", official}, {"issuer", issuer},
      {"verifier", verifier},       {"doctor", doctor},           {"leak", leak},
  };
  std::setvbuf(stdin, nullptr, _IONBF, 0);
  std::setvbuf(stdout, nullptr, _IONBF, 0);
  next_line();
  certificate.assign(line, 32);
  std::memset(line, 0, sizeof line);
  std::puts("ready");
  next_line();
  if (count != 2 || tasks.count(words[1]) == 0) return 4;
  tasks.at(words[1])();
  std::puts("done");
  next_line();
}
