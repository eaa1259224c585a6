// Reads a token from standard input and says whether it lets user 42 into the channel "room" now: exit code 0 if it
// does, 1 with all that is wrong with it if not. Set AGORA_APP_ID and AGORA_APP_CERTIFICATE.
#include <agora_token.hpp>

#include <iostream>
#include <string>

int main() try {
  std::string token;
  std::cin >> token;

  const auto verifier = agora::Verifier::from_env();  // once; any number of threads may use it
  verifier.verify(token, agora::Expected().channel("room").uid(42));
  std::cout << "valid\n";
} catch (const agora::TokenError &error) {
  for (const auto &refusal : error.refusals()) {
    std::cerr << refusal.code() << " (" << refusal.field() << "): " << refusal.reason() << '\n';
  }
  return 1;
} catch (const agora::Error &error) {
  std::cerr << error.code() << ": " << error.what() << '\n';
  return 2;
}
