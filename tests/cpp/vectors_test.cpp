// tests/vectors through the C++ face and through the compat layer. Run from the top of the checkout.
#include "call.hpp"
#include "check.hpp"
#include "content.hpp"
#include "generated/compat_builders.hpp"
#include "generated/face_builders.hpp"
#include "generated/services.hpp"
#include "json.hpp"
#include "samples.hpp"

#include <agora_token/compat/AccessToken.h>
#include <agora_token/compat/AccessToken2.h>
#include <agora_token.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace compat = agora::tools;
using agora::Privileges;
using agora::ServiceType;
using agora::UnverifiedService;
using agora::UnverifiedToken;
using agora::UnverifiedToken2;

namespace {

// --- what the vectors say --------------------------------------------------------------------------------------------

Privileges privileges(const Json &json) {
  Privileges result;
  for (const auto &[privilege, time] : json.object()) {
    result[static_cast<std::uint16_t>(std::stoi(privilege))] = static_cast<std::uint32_t>(time.number());
  }
  return result;
}

std::uint32_t u32(const Json &number) { return static_cast<std::uint32_t>(number.number()); }

UnverifiedService service(const Json &json) {
  UnverifiedService result{};
  result.type = static_cast<std::uint16_t>(json["type"].number());
  if (json.has("privileges")) result.privileges = privileges(json["privileges"]);
  const auto text = [&json](const char *name, std::optional<std::string> &field) {
    if (json.has(name)) field = bytes(json[name]);
  };
  text("channel_name", result.channel_name);
  text("account", result.account);
  text("user_id", result.user_id);
  text("room_uuid", result.room_uuid);
  text("user_uuid", result.user_uuid);
  if (json.has("role")) result.role = static_cast<std::int16_t>(json["role"].number());
  if (json.has("permissions")) result.permissions = permission_details(json["permissions"]);
  return result;
}

std::vector<UnverifiedService> services(const Json &json) {
  std::vector<UnverifiedService> result;
  for (const Json &item : json.array()) result.push_back(service(item));
  return result;
}

// As a token carries them.
std::vector<UnverifiedService> sorted_services(const Json &json) {
  std::vector<UnverifiedService> result = services(json);
  std::stable_sort(result.begin(), result.end(),
                   [](const auto &left, const auto &right) { return left.type < right.type; });
  return result;
}

// --- what was read ---------------------------------------------------------------------------------------------------

std::vector<UnverifiedService> services(const compat::AccessToken2 &token) {
  std::vector<UnverifiedService> result;
  for (const auto &entry : token.services_) {
    result.push_back(compat_fields(*entry.second));
    // A resource type without a permission is legal on the wire, and the face does not show it.
    auto &permissions = result.back().permissions;
    if (!permissions) continue;
    for (auto pair = permissions->begin(); pair != permissions->end();) {
      pair = pair->second.empty() ? permissions->erase(pair) : std::next(pair);
    }
  }
  return result;
}

// A signature behind its length and the signed bytes: the whole payload.
std::string payload_hex(const UnverifiedToken2 &token) {
  const std::string signature = token.signature();
  const std::string length = {static_cast<char>(signature.size() & 0xff), static_cast<char>(signature.size() >> 8)};
  return to_hex(length + signature + token.signing_info());
}

// "ok", or the name of the code with which the action is refused.
std::string outcome(const std::function<void()> &action, std::string *field = nullptr) {
  try {
    action();
  } catch (const agora::Error &error) {
    if (field != nullptr) *field = error.field();
    if (!CHECK(error.what() != std::string())) return "a refusal without a reason";
    return error.code();
  }
  return "ok";
}

// --- building --------------------------------------------------------------------------------------------------------

agora::AccessToken2 face_token2(const Json &from) {
  agora::AccessToken2 token(bytes(from["app_id"]), bytes(from["app_certificate"]), from["expire"].number());
  token.set_issue_ts(from["issue_ts"].number()).set_salt(from["salt"].number());
  for (const UnverifiedService &item : services(from["services"])) add_by_type(token, item);
  return token;
}

compat::AccessToken2 compat_token2(const Json &from) {
  compat::AccessToken2 token(bytes(from["app_id"]), bytes(from["app_certificate"]), 0, u32(from["expire"]));
  token.issue_ts_ = u32(from["issue_ts"]);
  token.salt_ = u32(from["salt"]);
  for (const UnverifiedService &item : services(from["services"])) token.AddService(compat_service(item));
  return token;
}

agora::AccessToken face_token(const Json &from) {
  agora::AccessToken token(bytes(from["app_id"]), bytes(from["app_certificate"]), bytes(from["channel_name"]),
                           bytes(from["account"]));
  token.set_salt(from["salt"].number()).set_expires_at(from["ts"].number());
  for (const auto &[privilege, end] : privileges(from["privileges"])) token.add_privilege(privilege, end);
  return token;
}

compat::AccessToken compat_token(const Json &from) {
  compat::AccessToken token(bytes(from["app_id"]), bytes(from["app_certificate"]), bytes(from["channel_name"]),
                            bytes(from["account"]));
  token.message_ =
      compat::AccessToken::PrivilegeMessage(u32(from["salt"]), u32(from["ts"]), privileges(from["privileges"]));
  return token;
}

// --- valid.json ------------------------------------------------------------------------------------------------------

// A token of the same content as the case, however it was made.
void same_content(const std::string &token, const Json &from) {
  const std::string &certificate = from["app_certificate"].string();
  if (from["version"].string() == "007") {
    const UnverifiedToken2 read(token);
    read.verify_signature(certificate);
    CHECK(read.app_id() == from["app_id"].string());
    CHECK(read.expire() == u32(from["expire"]));
    CHECK(read.services() == sorted_services(from["services"]));
  } else {
    const UnverifiedToken read(token);
    read.verify(certificate, from["channel_name"].string(), from["account"].string());
    CHECK(read.app_id() == from["app_id"].string());
    CHECK(read.privileges() == privileges(from["privileges"]));
  }
}

void one_call(const Json &from) {
  const Json &call = from["one_call"];
  const Call with{from["app_id"].string(), from["app_certificate"].string(), call["args"]};
  for (const Json &name : call["functions"].array()) {
    std::string token;
    std::string field;
    CHECK(outcome([&] { token = face_builders().at(name.string())(with); }, &field) == call["expect"].string());
    if (call.has("field")) CHECK(field == call["field"].string());
    if (!token.empty()) same_content(token, from);
    // The official names take all of them.
    same_content(compat_builders().at(name.string())(with), from);
  }
}

void valid_007(const Json &from) {
  const std::string &certificate = from["app_certificate"].string();
  const agora::AccessToken2 built = face_token2(from);
  CHECK(to_hex(built.signature()) == from["signature_hex"].string());
  compat::AccessToken2 made = compat_token2(from);
  CHECK(to_hex(made.GenerateSignature(certificate)) == from["signature_hex"].string());

  for (const std::string &token : {built.build(), made.Build(), from["token"].string()}) {
    const UnverifiedToken2 read(token);
    read.verify_signature(certificate);
    CHECK(payload_hex(read) == from["payload_hex"].string());
    CHECK(to_hex(read.signing_info()) == from["signing_info_hex"].string());
    CHECK(read.issue_ts() == u32(from["issue_ts"]));
    CHECK(read.salt() == u32(from["salt"]));
    CHECK(read.expires_at() == std::uint64_t{u32(from["issue_ts"])} + u32(from["expire"]));
    CHECK(read.is_complete() && read.unread_bytes() == 0);
    same_content(token, from);

    compat::AccessToken2 parsed;
    CHECK(parsed.FromString(token));
    CHECK(parsed.VerifySignature(certificate) == compat::kTokenVerifySuccess);
    CHECK(parsed.GenerateSignature(certificate) == parsed.signature_);
    CHECK(parsed.app_id_ == from["app_id"].string());
    CHECK(parsed.issue_ts_ == u32(from["issue_ts"]));
    CHECK(parsed.expire_ == u32(from["expire"]));
    CHECK(parsed.salt_ == u32(from["salt"]));
    CHECK(to_hex(parsed.signature_) == from["signature_hex"].string());
    CHECK(services(parsed) == sorted_services(from["services"]));
  }
}

void valid_006(const Json &from) {
  const std::string &certificate = from["app_certificate"].string();
  const std::string &channel = from["channel_name"].string();
  const std::string &account = from["account"].string();
  // 006 is not compressed, so its text is canonical.
  CHECK(face_token(from).build() == from["token"].string());
  compat::AccessToken made = compat_token(from);
  CHECK(made.Build() == from["token"].string());
  CHECK(to_hex(made.signature_) == from["signature_hex"].string());
  CHECK(to_hex(made.message_raw_content_) == from["message_hex"].string());
  CHECK(made.crc_channel_name_ == u32(from["crc_channel_name"]));
  CHECK(made.crc_uid_ == u32(from["crc_uid"]));
  CHECK(compat::AccessToken::GenerateSignature(certificate, made.app_id_, channel, account,
                                               made.message_raw_content_) == made.signature_);

  const UnverifiedToken read(from["token"].string());
  read.verify(certificate, channel, account);
  CHECK(to_hex(read.signature()) == from["signature_hex"].string());
  CHECK(to_hex(read.message()) == from["message_hex"].string());
  CHECK(read.channel_crc() == u32(from["crc_channel_name"]));
  CHECK(read.user_crc() == u32(from["crc_uid"]));
  CHECK(read.salt() == u32(from["salt"]));
  CHECK(read.expires_at() == u32(from["ts"]));
  same_content(from["token"].string(), from);

  compat::AccessToken parsed;
  CHECK(parsed.FromString(from["token"].string()));
  CHECK(parsed.message_.salt == u32(from["salt"]));
  CHECK(parsed.message_.ts == u32(from["ts"]));
  CHECK(parsed.message_.messages == privileges(from["privileges"]));
}

void valid(const Json &from) {
  if (from["version"].string() == "007") {
    valid_007(from);
  } else {
    valid_006(from);
  }
  if (from.has("one_call")) one_call(from);
}

// --- malformed.json and official-strings.json ------------------------------------------------------------------------

// The C ABI lists permissions as pairs, so a resource type without any is not among them.
UnverifiedService as_pairs(UnverifiedService from) {
  if (!from.permissions) return from;
  for (auto entry = from.permissions->begin(); entry != from.permissions->end();) {
    entry = entry->second.empty() ? from.permissions->erase(entry) : std::next(entry);
  }
  return from;
}

void decoded_services(const std::vector<UnverifiedService> &found, const Json &expected) {
  const std::vector<UnverifiedService> wanted = services(expected);
  if (!CHECK(found.size() == wanted.size())) return;
  for (std::size_t index = 0; index < found.size(); ++index) {
    const Json &json = expected.array()[index];
    if (json.has("privilege_count")) {
      CHECK(static_cast<std::int64_t>(found[index].privileges.size()) == json["privilege_count"].number());
      UnverifiedService rest = found[index];
      rest.privileges.clear();
      CHECK(rest == as_pairs(wanted[index]));
    } else {
      CHECK(found[index] == as_pairs(wanted[index]));
    }
  }
}

compat::TokenStatus compat_status(const std::string &verify) {
  if (verify == "ok") return compat::kTokenVerifySuccess;
  return verify == "SIGNATURE_MISMATCH" ? compat::kTokenVerifyFailed : compat::kTokenInvalidInfo;
}

void parse_007(const Json &from) {
  const Json &expect = from["expect"];
  const std::string token = bytes(from["token"]);
  std::optional<UnverifiedToken2> read;
  CHECK(outcome([&] { read.emplace(token); }) == expect["parse"].string());
  compat::AccessToken2 parsed;
  CHECK(parsed.FromString(token) == read.has_value());
  if (!read) {
    CHECK(parsed.services_.empty() && parsed.app_id_.empty() &&
          parsed.VerifySignature(APP_CERTIFICATE) == compat::kTokenInvalid);
    return;
  }
  if (expect.has("complete")) CHECK(read->is_complete() == expect["complete"].boolean());
  if (expect.has("unread_bytes"))
    CHECK(static_cast<std::int64_t>(read->unread_bytes()) == expect["unread_bytes"].number());
  if (expect.has("payload_hex")) CHECK(payload_hex(*read) == expect["payload_hex"].string());
  if (expect.has("decoded")) {
    const Json &decoded = expect["decoded"];
    CHECK(read->app_id() == bytes(decoded["app_id"]));
    CHECK(read->issue_ts() == u32(decoded["issue_ts"]));
    CHECK(read->expire() == u32(decoded["expire"]));
    CHECK(read->salt() == u32(decoded["salt"]));
    CHECK(static_cast<std::int64_t>(read->expires_at()) == decoded["expires_at"].number());
    CHECK(to_hex(read->signature()) == decoded["signature_hex"].string());
    decoded_services(read->services(), decoded["services"]);
    CHECK(parsed.app_id_ == bytes(decoded["app_id"]));
    CHECK(parsed.expire_ == u32(decoded["expire"]));
    CHECK(to_hex(parsed.signature_) == decoded["signature_hex"].string());
    // The compat layer leaves out the unknown service and what it hides, as the official code does.
    std::vector<UnverifiedService> known = read->services();
    if (!read->is_complete()) known.pop_back();
    std::stable_sort(known.begin(), known.end(),
                     [](const auto &left, const auto &right) { return left.type < right.type; });
    CHECK(services(parsed) == known);
  }
  if (expect.has("verify")) {
    const std::string certificate = bytes(from["app_certificate"]);
    CHECK(outcome([&] { read->verify_signature(certificate); }) == expect["verify"].string());
    CHECK(parsed.VerifySignature(certificate) == compat_status(expect["verify"].string()));
  }
}

void parse_006(const Json &from) {
  const Json &expect = from["expect"];
  const std::string token = bytes(from["token"]);
  std::optional<UnverifiedToken> read;
  CHECK(outcome([&] { read.emplace(token); }) == expect["parse"].string());
  compat::AccessToken parsed;
  CHECK(parsed.FromString(token) == read.has_value());
  if (!read) return;
  if (expect.has("payload_hex")) {
    CHECK(expect["payload_hex"].string().find(to_hex(read->signature())) != std::string::npos);
    CHECK(expect["payload_hex"].string().find(to_hex(read->message())) != std::string::npos);
  }
  if (expect.has("decoded")) {
    const Json &decoded = expect["decoded"];
    CHECK(read->app_id() == bytes(decoded["app_id"]));
    CHECK(read->salt() == u32(decoded["salt"]));
    CHECK(read->expires_at() == u32(decoded["ts"]));
    CHECK(read->channel_crc() == u32(decoded["crc_channel_name"]));
    CHECK(read->user_crc() == u32(decoded["crc_uid"]));
    CHECK(to_hex(read->signature()) == decoded["signature_hex"].string());
    CHECK(read->privileges() == privileges(decoded["privileges"]));
    CHECK(parsed.message_.messages == privileges(decoded["privileges"]));
    CHECK(parsed.message_.ts == u32(decoded["ts"]));
    CHECK(parsed.crc_uid_ == u32(decoded["crc_uid"]));
  }
  if (expect.has("verify")) {
    CHECK(outcome([&] {
            read->verify(bytes(from["app_certificate"]), bytes(from["channel_name"]), bytes(from["account"]));
          }) == expect["verify"].string());
  }
}

void at_now(const Json &from) {
  const std::string token = bytes(from["token"]);
  std::string app_id;
  CHECK(outcome([&] { app_id = agora::inspect(token).app_id(); }) == "ok");
  const auto now = from["now"].number();
  const auto verifier = agora::Verifier(app_id, bytes(from["app_certificate"])).with_clock(now);
  agora::Expected expected;
  if (from.has("channel_name")) expected.channel(bytes(from["channel_name"])).account(bytes(from["account"]));
  CHECK(outcome([&] { verifier.verify(token, expected); }) == from["expect"]["at_now"].string());
  CHECK(verifier.verdict(token, expected).valid() == (from["expect"]["at_now"].string() == "ok"));
}

void build_007(const Json &from) {
  const Json &expect = from["expect"];
  std::string token;
  CHECK(outcome([&] { token = face_token2(from).build(); }) == expect["error"].string());
  compat::AccessToken2 made = compat_token2(from);
  if (token.empty()) {
    CHECK(made.Build().empty());
    return;
  }
  for (const std::string &text : {token, made.Build()}) {
    const UnverifiedToken2 read(text);
    CHECK(to_hex(read.signature()) == expect["signature_hex"].string());
    CHECK(static_cast<std::int64_t>(payload_hex(read).size() / 2) == expect["payload_size"].number());
  }
}

void build_006(const Json &from) {
  const Json &expect = from["expect"];
  std::string token;
  CHECK(outcome([&] { token = face_token(from).build(); }) == expect["error"].string());
  compat::AccessToken made = compat_token(from);
  CHECK(made.Build() == token);
  if (token.empty()) return;
  const UnverifiedToken read(token);
  CHECK(to_hex(read.signature()) == expect["signature_hex"].string());
  // Two lengths and two checksums beside signature and message.
  CHECK(static_cast<std::int64_t>(read.signature().size() + read.message().size() + 12) ==
        expect["payload_size"].number());
}

void parse_any(const Json &from) {
  const std::string &code = from["expect"]["parse"].string();
  const std::string token = bytes(from["token"]);
  CHECK(outcome([&] { UnverifiedToken2 read(token); }) == code);
  CHECK(outcome([&] { UnverifiedToken read(token); }) == code);
  CHECK(outcome([&] { static_cast<void>(agora::inspect(token)); }) == code);
  CHECK(!compat::AccessToken2().FromString(token));
  CHECK(!compat::AccessToken().FromString(token));
}

void by_operation(const Json &from) {
  static const std::map<std::string, void (*)(const Json &)> operations = {
      {"parse_007", parse_007},        {"parse_verify_007", parse_007}, {"parse_006", parse_006},
      {"parse_verify_006", parse_006}, {"build_007", build_007},        {"build_006", build_006},
      {"parse_any", parse_any},
  };
  operations.at(from["op"].string())(from);
  if (from.has("now")) at_now(from);
}

// --- builder-refusals.json -------------------------------------------------------------------------------------------

void builder_refusal(const Json &from) {
  const Json &args = from["args"];
  const Call call{args["app_id"].string(), args["app_certificate"].string(), args};
  std::string token;
  std::string field;
  CHECK(outcome([&] { token = face_builders().at(from["function"].string())(call); }, &field) ==
        from["expect"].string());
  if (from.has("field")) CHECK(field == from["field"].string());
  if (!from.has("token")) {
    CHECK(token.empty());
    return;
  }
  const Json &held = from["token"];
  if (held["version"].string() == "007") {
    const UnverifiedToken2 read(token);
    CHECK(read.app_id() == held["app_id"].string());
    CHECK(read.expire() == u32(held["expire"]));
    decoded_services(read.services(), held["services"]);
  } else {
    const UnverifiedToken read(token);
    read.verify(call.app_certificate, held["channel_name"].string(), held["account"].string());
    CHECK(read.privileges() == privileges(held["privileges"]));
  }
}

// ---------------------------------------------------------------------------------------------------------------------

void file(const std::string &name, void (*run)(const Json &)) {
  const Json document = Json::file("tests/vectors/" + name + ".json");
  std::int64_t cases = 0;
  for (const Json &from : document["cases"].array()) {
    CASE(name + " " + from["id"].string()) { run(from); };
    ++cases;
  }
  CASE(name + " as a whole") { CHECK(cases > 0 && cases == document["count"].number()); };
  std::cout << name << ": " << cases << " cases\n";
}

}  // namespace

int main() {
  file("valid", valid);
  file("malformed", by_operation);
  file("official-strings", by_operation);
  file("builder-refusals", builder_refusal);
  return check::report();
}
