// Issues a token with which user 42 joins the channel "room", publishes and logs in to messaging, good for ten minutes;
// prints what a client is answered: the token, and when it should fetch the next. Set AGORA_APP_ID and
// AGORA_APP_CERTIFICATE; the certificate never leaves your server.
#include <agora_token.hpp>

#include <chrono>
#include <iostream>

using namespace std::chrono_literals;

int main() try {
  const auto issuer = agora::Issuer::from_env();  // once; any number of threads may use it

  // "room" is one channel: any is agora::Channel::any(). 42 is a uid, "alice" would be an account; any user is
  // agora::User::any(), and what a request says is read by agora::User::from_text().
  const auto issued = issuer.issue(agora::Grant::rtc_rtm("room", 42, agora::Role::publisher).lifetime(10min));
  std::cout << issued.to_json() << '\n';
} catch (const agora::ConfigurationError &error) {
  std::cerr << "this server is not set up: " << error.what() << '\n';
  return 2;
} catch (const agora::Error &error) {
  std::cerr << error.code() << ": " << error.what() << '\n';
  return 1;
}
