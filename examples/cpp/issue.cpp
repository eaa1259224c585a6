// Issues a token with which user 42 joins the channel "room", publishes and logs in to messaging, good for ten minutes;
// prints it, and after how many seconds its holder should fetch the next. Set AGORA_APP_ID and AGORA_APP_CERTIFICATE;
// the certificate never leaves your server.
#include <agora_token.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>

using namespace std::chrono_literals;

int main() try {
  const char *app_id = std::getenv("AGORA_APP_ID");
  const char *app_certificate = std::getenv("AGORA_APP_CERTIFICATE");
  if (app_id == nullptr || app_certificate == nullptr) {
    std::cerr << "set AGORA_APP_ID and AGORA_APP_CERTIFICATE\n";
    return 2;
  }
  const agora::Issuer issuer(app_id, app_certificate);  // once; any number of threads may use it

  const auto room = agora::Channel::named("room");  // or agora::Channel::any()
  const auto user = agora::User::uid(42);           // or agora::User::account("alice"), agora::User::any()
  const auto issued = issuer.issue(agora::Grant::rtc_rtm(room, user, agora::Role::publisher).lifetime(10min));

  std::cout << issued.token << '\n' << (issued.refresh_after - issued.issued_at).count() << '\n';
} catch (const agora::Error &error) {
  std::cerr << error.code_name() << ": " << error.what() << '\n';
  return 1;
}
