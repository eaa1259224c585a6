// The token server of Agora's guide: POST /fetch_rtc_token {"uid": 42, "ChannelName": "room", "role": 1} answers
// {"token": "007…", "code": "200"}, or what is wrong in place of the token, and the HTTP status as the code.
//
// It asks nobody who they are, so it listens on the loopback interface only: for more, see `agora-token serve`.
//
//     sudo apt install libcpp-httplib-dev nlohmann-json3-dev
//     cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix" && cmake --build build    # the prefix of cargo xtask dist
//     build/token_server
//
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; PORT is 8082 and AGORA_TOKEN_LIFETIME 3600 seconds unless set.
#include <httplib.h>
#include <strings.h>
#include <agora_token.hpp>
#include <nlohmann/json.hpp>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

using nlohmann::json;
constexpr auto route = "/fetch_rtc_token";
constexpr std::size_t largest_body = 64 * 1024;

struct Refusal {
  int status;
  std::string reason;
};

/// A field of the request, whatever the letter case of its name.
const json &field(const json &request, const char *name) {
  const json *found = nullptr;
  for (const auto &field : request.items()) {
    if (strcasecmp(field.key().c_str(), name) != 0) continue;
    if (found != nullptr) throw Refusal{400, std::string(name) + " is there twice"};
    found = &field.value();
  }
  if (found == nullptr) throw Refusal{400, std::string(name) + " is missing"};
  return *found;
}

agora::Grant grant(const std::string &body) try {
  const json request = json::parse(body, nullptr, false);
  if (!request.is_object()) throw Refusal{400, "the body must be a JSON object of uid, ChannelName and role"};
  const json &uid = field(request, "uid"), &channel = field(request, "ChannelName"), &role = field(request, "role");
  if (!uid.is_number_unsigned()) throw Refusal{400, "uid must be an integer from 1 to 4294967295"};
  if (uid == 0) throw Refusal{403, "uid 0 would let in any user"};
  if (!channel.is_string()) throw Refusal{400, "ChannelName must be a string"};
  if (channel == "*") throw Refusal{403, "ChannelName \"*\" would let into any channel"};
  if (!role.is_number_unsigned() || (role != 1 && role != 2)) throw Refusal{400, "role must be 1 or 2"};
  return agora::Grant::rtc(channel.get<std::string>(), uid.get<std::uint64_t>(), role.get<agora::Role>());
} catch (const agora::InputError &error) {
  const std::string name = error.field();
  throw Refusal{400, (name == "channel" ? "ChannelName" : name) + ' ' + error.reason()};
}

void answer(httplib::Response &response, int status, const std::string &token) {
  response.status = status;
  response.set_content(json{{"token", token}, {"code", std::to_string(status)}}.dump(), "application/json");
}

std::string environment(const char *name, const char *otherwise) {
  const char *value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

int number(const char *name, const char *otherwise) {
  const std::string text = environment(name, otherwise);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size()) return value;
  throw std::runtime_error(std::string(name) + " must be an integer");
}

int main() try {
  const auto issuer = agora::Issuer::from_env();
  const std::chrono::seconds lifetime(number("AGORA_TOKEN_LIFETIME", "3600"));
  agora::Grant(agora::User::any()).lifetime(lifetime);  // throws a bad one now, not at a request
  const int port = number("PORT", "8082");

  httplib::Server server;
  server.set_keep_alive_max_count(1);  // one request a connection: the library loses others that come close behind
  server.set_default_headers({{"Access-Control-Allow-Origin", "*"},
                              {"Access-Control-Allow-Methods", "POST, OPTIONS"},
                              {"Access-Control-Allow-Headers", "content-type, authorization"},
                              {"Cache-Control", "no-store"}});
  server.Options(route, [](const auto &, auto &response) { response.status = 204; });
  server.Post(route, [&](const auto &, auto &response, const httplib::ContentReader &read) {
    std::string body;
    read([&](const char *data, std::size_t size) {
      if (body.size() <= largest_body) body.append(data, size);
      return true;  // the rest is read too, for a client to whom the connection breaks reads no answer
    });
    try {
      if (body.size() > largest_body) throw Refusal{413, "the body has more than 65536 bytes"};
      answer(response, 200, issuer.issue(grant(body).lifetime(lifetime)).token());
    } catch (const Refusal &refusal) {
      answer(response, refusal.status, refusal.reason);
    }
  });
  const auto refuse_method = [](const auto &, auto &response) {
    response.set_header("Allow", "POST, OPTIONS");
    answer(response, 405, "POST is expected");
  };
  server.Get(route, refuse_method).Put(route, refuse_method).Patch(route, refuse_method).Delete(route, refuse_method);
  server.set_error_handler([](const auto &, auto &response) {
    const char *reason = response.status == 404 ? "only /fetch_rtc_token is here" : "this request cannot be answered";
    if (response.body.empty()) answer(response, response.status, reason);
  });

  std::cout << "http://127.0.0.1:" << port << route << std::endl;
  if (!server.listen("127.0.0.1", port)) throw std::runtime_error("cannot listen on this port");
} catch (const std::exception &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
