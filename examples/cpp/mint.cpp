// Mints a token with which user 42 joins the channel "room" and publishes, good for one hour, and prints it.
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.
#include <agora_token.hpp>

#include <iostream>

int main() try {
  const auto issuer = agora::Issuer::from_env();
  std::cout << issuer.issue(agora::Grant::rtc("room", 42, agora::Role::publisher)).token() << '\n';
} catch (const agora::Error &error) {
  std::cerr << error.code() << ": " << error.what() << '\n';
  return 2;
}
