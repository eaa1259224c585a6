// The C++ racer: the face, over the static library.
#include <agora_token.hpp>

#include <ctime>

#include "racer.hpp"

using namespace racer;

namespace {

std::string mint_007(const Input &input) {
  return agora::build_token2_with_uid(kAppId, kAppCertificate, input.channel_name, input.uid, agora::Role::publisher,
                                      kLifetime, kLifetime);
}

std::string mint_006(const Input &input) {
  return agora::build_token_with_uid(kAppId, kAppCertificate, input.channel_name, input.uid, agora::Role006::publisher,
                                     static_cast<std::uint32_t>(std::time(nullptr)) + kLifetime);
}

}  // namespace

int main() {
  const agora::Issuer issuer(kAppId, kAppCertificate);
  return run({{"mint-007", [](const Input &input, const std::string &) { return mint_007(input).size(); }},
              {"mint-006", [](const Input &input, const std::string &) { return mint_006(input).size(); }},
              {"issue-007",
               [&](const Input &input, const std::string &) {
                 const auto grant = agora::Grant::rtc(input.channel_name, input.uid, agora::Role::publisher)
                                        .lifetime(std::chrono::seconds(kLifetime));
                 return issuer.issue(grant).token().size();
               }},
              {"verify-007",
               [](const Input &, const std::string &token) {
                 const agora::UnverifiedToken2 read(token);
                 read.verify_signature(kAppCertificate);
                 return static_cast<std::size_t>(read.expires_at() != 0);
               }}},
             mint_007);
}
