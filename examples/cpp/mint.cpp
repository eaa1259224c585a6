// Mints a token with which user 42 joins the channel "room" and publishes, good for one hour, and prints it.
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.
#include <agora_token.hpp>

#include <cstdlib>
#include <iostream>

int main() try {
  const char *app_id = std::getenv("AGORA_APP_ID");
  const char *app_certificate = std::getenv("AGORA_APP_CERTIFICATE");
  if (app_id == nullptr || app_certificate == nullptr) {
    std::cerr << "set AGORA_APP_ID and AGORA_APP_CERTIFICATE\n";
    return 2;
  }
  std::cout << agora::build_token2_with_uid(app_id, app_certificate, "room", 42, agora::Role::publisher, 3600) << '\n';
} catch (const agora::Error &error) {
  std::cerr << error.code_name() << ": " << error.what() << '\n';
  return 1;
}
