// Every argument that the classes of agora_token.hpp refuse, by the name the call gives it. What the one-call builders
// refuse is in tests/vectors, but for numbers that fit no field there; what an Attempt refuses, in doctor_test.cpp.
#include "check.hpp"
#include "samples.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

using agora::AccessToken;
using agora::AccessToken2;
using agora::Channel;
using agora::ConfigurationError;
using agora::Expected;
using agora::Grant;
using agora::InputError;
using agora::Issuer;
using agora::Role;
using agora::Role006;
using agora::Rtm2Permissions;
using agora::User;
using agora::Verifier;
using namespace std::chrono_literals;

namespace {

struct Refusal {
  const char *call;
  agora_status status;
  const char *field;
  const char *words;  // of the reason
  std::function<void()> make;
};

const std::string CUT("a\0b", 3);
const std::string TOO_LONG(65536, 'a');
constexpr auto YEAR_2023 = 1700000000;

Verifier verifier() { return Verifier(APP_ID, APP_CERTIFICATE); }
AccessToken2 token2() { return AccessToken2(APP_ID, APP_CERTIFICATE, 3600); }
AccessToken token() { return AccessToken(APP_ID, APP_CERTIFICATE, "room", "42"); }
Grant grant() { return Grant::rtc(Channel::named("room"), User::uid(42), Role::publisher); }

const char *const UNSET = nullptr;

const std::vector<Refusal> VERIFIER = {
    {"Verifier", AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "3 characters",
     [] { Verifier(APP_ID, "abc"); }},
    {"Verifier", AGORA_ERROR_INVALID_APP_ID, "app_id", "3 characters", [] { Verifier("abc", APP_CERTIFICATE); }},
    {"Verifier", AGORA_ERROR_NULL_ARGUMENT, "app_id", "app_id is NULL", [] { Verifier(UNSET, APP_CERTIFICATE); }},
    {"add_certificate", AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "3 characters",
     [] { verifier().add_certificate("abc"); }},
    {"leeway", AGORA_ERROR_INVALID_LIFETIME, "leeway", "leeway is -1", [] { verifier().leeway(-1s); }},
    {"leeway", AGORA_ERROR_INVALID_LIFETIME, "leeway", "leeway is 4294967296", [] { verifier().leeway(4294967296s); }},
    {"with_clock", AGORA_ERROR_INVALID_TIMESTAMP, "now", "now is -1", [] { verifier().with_clock(-1).verify("007"); }},
    {"service", AGORA_ERROR_INDEX_OUT_OF_RANGE, "service", "no such", [] { Expected().service(0); }},
    {"channel", AGORA_ERROR_NUL_IN_TEXT, "channel", "NUL", [] { Expected().channel(CUT); }},
    {"channel", AGORA_ERROR_INVALID_UTF8, "channel", "UTF-8", [] { Expected().channel("\xff"); }},
    {"channel", AGORA_ERROR_NULL_ARGUMENT, "channel", "channel is NULL", [] { Expected().channel(UNSET); }},
    {"uid", AGORA_ERROR_INVALID_UID, "uid", "uid is -1; an integer from 0", [] { Expected().uid(-1); }},
    {"account", AGORA_ERROR_NUL_IN_TEXT, "account", "NUL", [] { Expected().account(CUT); }},
    {"account", AGORA_ERROR_INVALID_UTF8, "account", "UTF-8", [] { Expected().account("\xff"); }},
    {"verify", AGORA_ERROR_NUL_IN_TEXT, "token", "NUL", [] { verifier().verify(CUT); }},
    {"verify", AGORA_ERROR_NULL_ARGUMENT, "token", "token is NULL", [] { verifier().verify(UNSET); }},
    {"verdict", AGORA_ERROR_NUL_IN_TEXT, "token", "NUL", [] { static_cast<void>(verifier().verdict(CUT)); }},
    {"inspect", AGORA_ERROR_NULL_ARGUMENT, "token", "token is NULL", [] { static_cast<void>(agora::inspect(UNSET)); }},
};

const std::vector<Refusal> ACCESS_TOKEN2 = {
    {"AccessToken2", AGORA_ERROR_INVALID_APP_ID, "app_id", "empty", [] { AccessToken2("", APP_CERTIFICATE, 1); }},
    {"AccessToken2", AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "empty",
     [] { AccessToken2(APP_ID, "", 1); }},
    {"AccessToken2", AGORA_ERROR_INVALID_LIFETIME, "token_expire", "token_expire is -1",
     [] { AccessToken2(APP_ID, APP_CERTIFICATE, -1); }},
    {"set_issue_ts", AGORA_ERROR_INVALID_TIMESTAMP, "issue_ts", "issue_ts is -1", [] { token2().set_issue_ts(-1); }},
    {"set_expire", AGORA_ERROR_INVALID_LIFETIME, "token_expire", "token_expire is -1", [] { token2().set_expire(-1); }},
    {"set_salt", AGORA_ERROR_INVALID_SALT, "salt", "salt is -1", [] { token2().set_salt(-1); }},
    {"add_rtc", AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "65536", [] { token2().add_rtc(TOO_LONG, ""); }},
    {"add_rtc", AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "65536", [] { token2().add_rtc("", TOO_LONG); }},
    {"add_rtm", AGORA_ERROR_INVALID_USER_ID, "user_id", "65536", [] { token2().add_rtm(TOO_LONG); }},
    {"add_streaming", AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "65536",
     [] { token2().add_streaming(TOO_LONG, ""); }},
    {"add_streaming", AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "65536",
     [] { token2().add_streaming("", TOO_LONG); }},
    {"add_chat", AGORA_ERROR_INVALID_USER_ID, "user_id", "65536", [] { token2().add_chat(TOO_LONG); }},
    {"add_fcdn", AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "65536", [] { token2().add_fcdn(TOO_LONG, ""); }},
    {"add_fcdn", AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "65536", [] { token2().add_fcdn("", TOO_LONG); }},
    {"add_apaas", AGORA_ERROR_INVALID_ROOM_UUID, "room_uuid", "65536", [] { token2().add_apaas(TOO_LONG, "", 0); }},
    {"add_apaas", AGORA_ERROR_INVALID_USER_UUID, "user_uuid", "65536", [] { token2().add_apaas("", TOO_LONG, 0); }},
    {"add_apaas", AGORA_ERROR_INVALID_ROLE, "role", "role is 32768", [] { token2().add_apaas("", "", 32768); }},
    {"add_rtm2", AGORA_ERROR_INVALID_USER_ID, "user_id", "65536",
     [] { token2().add_rtm2(TOO_LONG, Rtm2Permissions()); }},
    {"add_privilege", AGORA_ERROR_INDEX_OUT_OF_RANGE, "index", "is of no service",
     [] { token2().add_privilege(0, 1, 1); }},
    {"add_privilege", AGORA_ERROR_INVALID_LIFETIME, "privilege_expire", "privilege_expire is -1",
     [] { token2().add_privilege(0, 1, -1); }},
    {"build", AGORA_ERROR_NO_SERVICES, "services", "at least one", [] { token2().build(); }},
    {"Rtm2Permissions::set", AGORA_ERROR_INVALID_PERMISSIONS, "permissions", "65535",
     [] { Rtm2Permissions().set(0, 0, {TOO_LONG}); }},
    {"Rtm2Permissions::add", AGORA_ERROR_INVALID_PERMISSIONS, "permissions", "65535",
     [] { Rtm2Permissions().add(0, 0, TOO_LONG); }},
};

const std::vector<Refusal> ACCESS_TOKEN = {
    {"AccessToken", AGORA_ERROR_INVALID_APP_ID, "app_id", "empty", [] { AccessToken("", APP_CERTIFICATE, "", ""); }},
    {"AccessToken", AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "empty",
     [] { AccessToken(APP_ID, "", "", ""); }},
    {"AccessToken", AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "65536",
     [] { AccessToken(APP_ID, APP_CERTIFICATE, TOO_LONG, ""); }},
    {"AccessToken", AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "65536",
     [] { AccessToken(APP_ID, APP_CERTIFICATE, "", TOO_LONG); }},
    {"set_salt", AGORA_ERROR_INVALID_SALT, "salt", "salt is -1", [] { token().set_salt(-1); }},
    {"set_expires_at", AGORA_ERROR_INVALID_TIMESTAMP, "expires_at", "expires_at is -1",
     [] { token().set_expires_at(-1); }},
    {"add_privilege", AGORA_ERROR_INVALID_TIMESTAMP, "privilege_expired_ts", "privilege_expired_ts is -1",
     [] { token().add_privilege(1, -1); }},
    {"UnverifiedToken", AGORA_ERROR_NUL_IN_TEXT, "token", "NUL", [] { agora::UnverifiedToken read(CUT); }},
    {"UnverifiedToken::verify", AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "3 characters",
     [] { agora::UnverifiedToken(token().build()).verify("abc", "room", "42"); }},
};

const std::vector<Refusal> ISSUER = {
    {"Issuer", AGORA_ERROR_INVALID_APP_ID, "app_id", "3 characters", [] { Issuer("abc", APP_CERTIFICATE); }},
    {"Issuer", AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "3 characters", [] { Issuer(APP_ID, "abc"); }},
    {"Issuer", AGORA_ERROR_NULL_ARGUMENT, "app_id", "app_id is NULL", [] { Issuer(UNSET, APP_CERTIFICATE); }},
    {"Issuer", AGORA_ERROR_NULL_ARGUMENT, "app_certificate", "app_certificate is NULL", [] { Issuer(APP_ID, UNSET); }},
    {"Issuer", AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "App ID", [] { Issuer(APP_ID, APP_ID); }},
    {"issue_at", AGORA_ERROR_INVALID_TIMESTAMP, "issued_at", "issued_at is -1",
     [] { Issuer(APP_ID, APP_CERTIFICATE).issue_at(grant(), -1, 1); }},
    {"issue_at", AGORA_ERROR_INVALID_SALT, "salt", "salt is -1",
     [] { Issuer(APP_ID, APP_CERTIFICATE).issue_at(grant(), YEAR_2023, -1); }},
    {"User", AGORA_ERROR_INVALID_UID, "uid", "uid is 0, which means any user", [] { User user(0); }},
    {"User", AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "empty", [] { User user(""); }},
    {"User", AGORA_ERROR_NULL_ARGUMENT, "account", "account is NULL", [] { User user(UNSET); }},
    {"User::uid", AGORA_ERROR_INVALID_UID, "uid", "uid is 0", [] { User::uid(0); }},
    {"User::uid", AGORA_ERROR_INVALID_UID, "uid", "uid is -1; an integer from 1 to 4294967295", [] { User::uid(-1); }},
    {"User::account", AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "\"null\"", [] { User::account("null"); }},
    {"User::from_text", AGORA_ERROR_INVALID_UID, "user", "looks like a uid", [] { User::from_text("042"); }},
    {"User::from_text", AGORA_ERROR_NUL_IN_TEXT, "user", "NUL", [] { User::from_text(CUT); }},
    {"User::from_text", AGORA_ERROR_NULL_ARGUMENT, "user", "user is NULL", [] { User::from_text(UNSET); }},
    {"Channel", AGORA_ERROR_NULL_ARGUMENT, "channel", "channel is NULL", [] { Channel channel(UNSET); }},
    {"Channel", AGORA_ERROR_INVALID_CHANNEL_NAME, "channel", "blank", [] { Channel channel(""); }},
    {"Channel::named", AGORA_ERROR_INVALID_CHANNEL_NAME, "channel", "any channel", [] { Channel::named("*"); }},
    {"and_rtc", AGORA_ERROR_INVALID_CHANNEL_NAME, "channel", "second",
     [] { grant().and_rtc(Channel::named("hall"), Role::publisher); }},
    {"and_rtc", AGORA_ERROR_INVALID_ROLE, "role", "role is 0",
     [] { grant().and_rtc(Channel::any(), static_cast<Role>(0)); }},
    {"lifetime", AGORA_ERROR_INVALID_LIFETIME, "lifetime", "lifetime is -1", [] { grant().lifetime(-1s); }},
    {"lifetime", AGORA_ERROR_TOKEN_EXPIRE_ZERO, "lifetime", "lifetime is 0", [] { grant().lifetime(0s); }},
    {"lifetime_longer_than_a_day", AGORA_ERROR_INVALID_LIFETIME, "lifetime", "lifetime is -1",
     [] { grant().lifetime_longer_than_a_day(-1s); }},
    {"lifetime_longer_than_a_day", AGORA_ERROR_TOKEN_EXPIRE_ZERO, "lifetime", "lifetime is 0",
     [] { grant().lifetime_longer_than_a_day(0s); }},
    {"publish_lifetime", AGORA_ERROR_INVALID_LIFETIME, "publish_lifetime", "publish_lifetime is -1",
     [] { grant().publish_lifetime(-1s); }},
    {"publish_lifetime_longer_than_a_day", AGORA_ERROR_INVALID_LIFETIME, "publish_lifetime", "publish_lifetime is -1",
     [] { grant().publish_lifetime_longer_than_a_day(-1s); }},
    {"publish_lifetime_longer_than_a_day", AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, "publish_lifetime",
     "publish_lifetime is 1700000000", [] { grant().publish_lifetime_longer_than_a_day(1700000000s); }},
    {"and_service", AGORA_ERROR_INDEX_OUT_OF_RANGE, "service", "service is 0", [] { grant().and_service(0); }},
    {"role", AGORA_ERROR_INVALID_ROLE, "role", "role is 101", [] { grant().role(static_cast<Role>(101)); }},
    {"room", AGORA_ERROR_INVALID_ROLE, "role", "role is 32768", [] { grant().room("class", 32768); }},
    {"room", AGORA_ERROR_NUL_IN_TEXT, "room_uuid", "NUL", [] { grant().room(CUT, 1); }},
    {"a service without its role", AGORA_ERROR_INVALID_ROLE, "role", "is missing",
     [] { Issuer(APP_ID, APP_CERTIFICATE).issue(Grant(User::uid(42)).and_service(3).channel(Channel::any())); }},
    {"a service without its channel", AGORA_ERROR_INVALID_CHANNEL_NAME, "channel", "is missing",
     [] { Issuer(APP_ID, APP_CERTIFICATE).issue(Grant(User::uid(42)).and_service(3).role(Role::publisher)); }},
    {"publish_lifetime", AGORA_ERROR_LIFETIME_OVER_A_DAY, "publish_lifetime", "publish_lifetime is 90000",
     [] { grant().publish_lifetime(25h); }},
};

// Numbers that fit no field: the vectors cannot give them to every language.
const std::vector<Refusal> BUILDERS = {
    {"token2_with_uid", AGORA_ERROR_NULL_ARGUMENT, "app_certificate", "app_certificate is NULL",
     [] { agora::build_token2_with_uid(APP_ID, UNSET, "room", 1, Role::publisher, 1); }},
    {"token2_with_uid", AGORA_ERROR_NULL_ARGUMENT, "channel_name", "channel_name is NULL",
     [] { agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, UNSET, 1, Role::publisher, 1); }},
    {"token_with_uid", AGORA_ERROR_INVALID_UID, "uid", "uid is -1",
     [] { agora::build_token_with_uid(APP_ID, APP_CERTIFICATE, "room", -1, Role006::publisher, YEAR_2023); }},
    {"token2_with_uid", AGORA_ERROR_INVALID_UID, "uid", "uid is -1",
     [] { agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", -1, Role::publisher, 1); }},
    {"token2_with_uid_and_privilege", AGORA_ERROR_INVALID_UID, "uid", "uid is -1",
     [] { agora::build_token2_with_uid_and_privilege(APP_ID, APP_CERTIFICATE, "room", -1, 1, 1, 1, 1, 1); }},
    {"apaas_room_user_token2", AGORA_ERROR_INVALID_ROLE, "role", "role is 32768",
     [] { agora::build_apaas_room_user_token2(APP_ID, APP_CERTIFICATE, "room", "user", 32768, 1); }},
    {"education_room_user_token2", AGORA_ERROR_INVALID_ROLE, "role", "role is 32768",
     [] { agora::build_education_room_user_token2(APP_ID, APP_CERTIFICATE, "room", "user", 32768, 1); }},
};

void refuse(const std::string &of, const std::vector<Refusal> &refusals) {
  for (const Refusal &refusal : refusals) {
    CASE(of + refusal.call + ": " + agora_status_name(refusal.status) + " of " + refusal.field) {
      const bool is_callers = agora_status_fault(refusal.status) == AGORA_FAULT_CALLER;
      const auto refuses = is_callers ? check::refuses<InputError, std::function<void()>>
                                      : check::refuses<ConfigurationError, std::function<void()>>;
      CHECK(refuses(refusal.status, refusal.field, refusal.words, refusal.make));
    };
  }
}

}  // namespace

int main() {
  refuse("Verifier, ", VERIFIER);
  refuse("AccessToken2, ", ACCESS_TOKEN2);
  refuse("AccessToken, ", ACCESS_TOKEN);
  refuse("Issuer, ", ISSUER);
  refuse("build_", BUILDERS);
  return check::report();
}
