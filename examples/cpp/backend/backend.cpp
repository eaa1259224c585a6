// A backend that mints and checks tokens while its certificates are rotated, without a restart and without losing a
// request:
//
//     POST /token   {"channel": "room", "user": 42}                   {"token":…,"issuedAt":…,"expiresAt":…,"refreshAfter":…}
//     POST /verify  {"token": "007…", "channel": "room", "user": 42}  {"valid":true,"certificate":0,…}, or 401 and why not
//
// It asks nobody who they are, so it listens on the loopback interface only: yours knows its users before it mints.
//
//     sudo apt install libcpp-httplib-dev nlohmann-json3-dev
//     cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix" && cmake --build build    # the prefix of cargo xtask dist
//     build/backend
//
// AGORA_APP_ID is the App ID; AGORA_APP_CERTIFICATE_FILE names a file that holds the certificate to sign with, and
// AGORA_APP_CERTIFICATE_SECONDARY_FILE one that may hold another to accept. On SIGHUP both are read again. To rotate:
// put the new certificate, as the console shows it, into the second file and hang up; swap the two and hang up; a day
// later, when no token of the old one lives, empty the second file and hang up.
#include <httplib.h>
#include <pthread.h>
#include <signal.h>
#include <agora_token.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

using nlohmann::json;
using namespace std::chrono_literals;

/// What a request needs of the settings; never changed, only replaced as a whole.
struct Keys {
  agora::Issuer issuer;
  agora::Verifier verifier;
};

/// The first line of a file.
std::string first_line(const char *path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(std::string("cannot read ") + path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::shared_ptr<const Keys> load() {
  const char *first = std::getenv("AGORA_APP_CERTIFICATE_FILE");
  const char *second = std::getenv("AGORA_APP_CERTIFICATE_SECONDARY_FILE");
  if (first == nullptr) throw std::runtime_error("AGORA_APP_CERTIFICATE_FILE is not set");
  const agora::Credentials credentials(std::getenv("AGORA_APP_ID"), first_line(first));
  Keys keys{agora::Issuer(credentials), agora::Verifier(credentials).leeway(5s)};
  const std::string secondary = second == nullptr ? "" : first_line(second);
  if (!secondary.empty()) keys.verifier.add_certificate(secondary);
  return std::make_shared<const Keys>(std::move(keys));
}

/// The keys of now. A request that has begun keeps those it began with.
class Current {
 public:
  explicit Current(std::shared_ptr<const Keys> keys) : keys_(std::move(keys)) {}

  std::shared_ptr<const Keys> get() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return keys_;
  }

  /// Reads the certificates again; where that fails, those of before stay.
  void reload() {
    try {
      auto keys = load();
      const std::lock_guard<std::mutex> lock(mutex_);
      keys_ = std::move(keys);
      std::cout << "certificates reloaded" << std::endl;
    } catch (const std::exception &error) {
      std::cout << "certificates kept: " << error.what() << std::endl;
    }
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Keys> keys_;
};

/// A number is a uid, a string a uid or an account; whatever else it may be is refused.
agora::User user_of(const json &value) { return agora::User::from_json(value.dump()); }

json explained(const char *code, const std::string &field, const std::string &reason) {
  return {{"code", code}, {"field", field}, {"reason", reason}};
}

/// Answers with what `work` gives, or with whose fault it was that it gave nothing.
template <class Work>
httplib::Server::Handler answering(const Current &current, Work work) {
  return [&current, work](const httplib::Request &request, httplib::Response &response) {
    json answer;
    try {
      response.set_content(work(*current.get(), json::parse(request.body)), "application/json");
      return;
    } catch (const agora::TokenError &error) {
      response.status = 401;
      for (const auto &refusal : error.refusals()) {
        answer["refusals"].push_back(explained(refusal.code(), refusal.field(), refusal.reason()));
      }
    } catch (const agora::InputError &error) {
      response.status = 400;
      answer["error"] = explained(error.code(), error.field(), error.reason());
    } catch (const json::exception &) {
      response.status = 400;
      answer["error"] = explained("BAD_REQUEST", "", "a JSON object with channel and user is expected");
    } catch (const std::exception &error) {
      std::cerr << error.what() << '\n';  // ours to mend: a client learns no more than that
      response.status = 500;
      answer["error"] = explained("INTERNAL", "", "this server cannot answer");
    }
    response.set_content(answer.dump(), "application/json");
  };
}

int main() try {
  // Before any thread begins, so that all of them leave the signals to the one that waits for them.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGHUP, SIGINT, SIGTERM}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Current current(load());
  httplib::Server server;
  server.Post("/token", answering(current, [](const Keys &keys, const json &request) {
                const auto channel = request.at("channel").get<std::string>();
                const auto grant = agora::Grant::rtc(channel, user_of(request.at("user")), agora::Role::publisher);
                return keys.issuer.issue(grant).to_json();
              }));
  server.Post("/verify", answering(current, [](const Keys &keys, const json &request) {
                const auto channel = request.at("channel").get<std::string>();
                const auto expected = agora::Expected().channel(channel).user(user_of(request.at("user")));
                return keys.verifier.verify(request.at("token").get<std::string>(), expected).to_json();
              }));

  const char *wanted = std::getenv("PORT");
  const int port = wanted == nullptr ? server.bind_to_any_port("127.0.0.1") : std::stoi(wanted);
  if (wanted != nullptr && !server.bind_to_port("127.0.0.1", port)) throw std::runtime_error("PORT is in use");
  std::thread waiting([&] {
    int signal = 0;
    while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) current.reload();
    server.stop();
  });
  std::cout << "http://127.0.0.1:" << port << std::endl;
  server.listen_after_bind();
  waiting.join();
} catch (const std::exception &error) {
  std::cerr << error.what() << '\n';
  return 2;
}
