// Reads a token from standard input and says whether it lets user 42 into the channel "room" now: exit code 0 if it
// does. Set AGORA_APP_CERTIFICATE.
#include <agora_token.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

int main() try {
  const char *app_certificate = std::getenv("AGORA_APP_CERTIFICATE");
  if (app_certificate == nullptr) {
    std::cerr << "set AGORA_APP_CERTIFICATE\n";
    return 2;
  }
  std::string token;
  std::cin >> token;

  agora::Verifier verifier(app_certificate);
  verifier.channel_name("room").uid(42);
  std::cout << verifier.verify(token) << '\n';  // all that is wrong with it, and what it holds
  verifier.check(token);                        // throws the first of it
  std::cout << "valid\n";
} catch (const agora::Error &error) {
  std::cerr << error.code_name() << ": " << error.what() << '\n';
  return 1;
}
