// Reads a token from standard input and says why user 42 cannot join the channel "room" with it: exit code 0 if nothing
// keeps the user out. The argument, if any, is the error that the client saw, such as 110. AGORA_APP_ID is the App ID
// of the client; with AGORA_APP_CERTIFICATE the signature is checked too.
#include <agora_token.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

int main(int argument_count, char **arguments) try {
  std::string token;
  std::getline(std::cin, token);  // as it is, with what may be wrong with it

  agora::Attempt attempt;
  attempt.channel("room").uid(42).service(agora::ServiceType::rtc).role(agora::Role::publisher);
  if (argument_count > 1) attempt.error(arguments[1]);
  if (const char *app_id = std::getenv("AGORA_APP_ID")) attempt.app_id(app_id);
  if (const char *certificate = std::getenv("AGORA_APP_CERTIFICATE")) attempt.certificate(certificate);

  bool is_kept_out = false;
  for (const auto &finding : agora::diagnose(token, attempt)) {
    std::cout << severity_name(finding.severity()) << ' ' << finding.code() << ": " << finding.cause() << '\n'
              << "  " << finding.fix() << '\n';
    is_kept_out = is_kept_out || finding.severity() == agora::Severity::error;
  }
  return is_kept_out ? 1 : 0;
} catch (const agora::Error &error) {
  std::cerr << error.code() << ": " << error.what() << '\n';
  return 2;
}
