// The issuer of agora_token.hpp: what its grants mint, and what they refuse unless asked for it by name.
#include "check.hpp"
#include "content.hpp"
#include "samples.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using agora::Channel;
using agora::ConfigurationError;
using agora::Grant;
using agora::InputError;
using agora::IssuedToken;
using agora::Issuer;
using agora::Privilege;
using agora::Privileges;
using agora::Role;
using agora::ServiceType;
using agora::UnverifiedService;
using agora::UnverifiedToken2;
using agora::User;
using namespace std::chrono_literals;

namespace {

const Issuer &issuer() {
  static const Issuer issuer(APP_ID, APP_CERTIFICATE);
  return issuer;
}

// The services of a token that verifies.
std::vector<UnverifiedService> services(const Grant &grant) {
  const UnverifiedToken2 read(issuer().issue(grant).token());
  read.verify_signature(APP_CERTIFICATE);
  CHECK(read.app_id() == APP_ID);
  return read.services();
}

UnverifiedService only_service(const Grant &grant) {
  const auto read = services(grant);
  CHECK(read.size() == 1);
  return read.at(0);
}

Privileges publishing(std::uint32_t join, std::uint32_t publish) {
  return {{Privilege::rtc_join_channel, join},
          {Privilege::rtc_publish_audio_stream, publish},
          {Privilege::rtc_publish_video_stream, publish},
          {Privilege::rtc_publish_data_stream, publish}};
}

void presets() {
  const auto room = Channel::named("room");
  const auto alice = User::account("alice");

  CASE("RTC, a publisher") {
    auto service = only_service(Grant::rtc(room, User::uid(42), Role::publisher));
    CHECK(service.type == ServiceType::rtc);
    CHECK(service.channel_name == "room");
    CHECK(service.account == "42");
    CHECK(service.privileges == publishing(3600, 3600));
  };

  CASE("RTC, a subscriber") {
    const auto service = only_service(Grant::rtc(room, alice, Role::subscriber).publish_lifetime(1min));
    CHECK(service.account == "alice");
    CHECK(service.privileges == Privileges({{Privilege::rtc_join_channel, 3600}}));
  };

  CASE("messaging") {
    const auto service = only_service(Grant::rtm(User::uid(42)));
    CHECK(service.type == ServiceType::rtm);
    CHECK(service.user_id == "42");
    CHECK(service.privileges == Privileges({{Privilege::rtm_login, 3600}}));
  };

  CASE("Chat") {
    const auto service = only_service(Grant::chat(alice));
    CHECK(service.type == ServiceType::chat);
    CHECK(service.user_id == "alice");
    CHECK(service.privileges == Privileges({{Privilege::chat_user, 3600}}));
  };

  CASE("messaging with permissions") {
    agora::Rtm2Permissions permissions;
    permissions.set(agora::Rtm2Resource::users, agora::Rtm2Access::read, {"bob"});
    const auto service = only_service(Grant(alice).and_rtm2(permissions));
    CHECK(service.type == ServiceType::rtm2);
    CHECK(service.permissions == agora::Rtm2Details({{agora::Rtm2Resource::users, {{0, {"bob"}}}}}));
    CHECK(service.privileges == Privileges({{Privilege::rtm2_login, 3600}}));
  };

  CASE("RTC, messaging and Chat in one token") {
    CHECK(services(Grant::rtc_rtm(room, alice, Role::publisher)).size() == 2);
    const auto all = services(Grant::rtc_rtm_chat(room, alice, Role::publisher).lifetime(10min));
    CHECK(all.size() == 3);
    CHECK(all[0].type == ServiceType::rtc);
    CHECK(all[0].account == "alice");
    CHECK(all[0].privileges == publishing(600, 600));
    CHECK(all[1].type == ServiceType::rtm);
    CHECK(all[1].user_id == "alice");
    CHECK(all[1].privileges == Privileges({{Privilege::rtm_login, 600}}));
    CHECK(all[2].type == ServiceType::chat);
    CHECK(all[2].user_id == "alice");
    CHECK(all[2].privileges == Privileges({{Privilege::chat_user, 600}}));
  };

  CASE("a grant of nothing") {
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NO_SERVICES, "services", "at least one",
                  issuer().issue(Grant(alice)));
  };
}

void users_and_channels() {
  CASE("uids") {
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "uid is 0, which means any user", User::uid(0));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "-1", User::uid(-1));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "4294967296", User::uid(4294967296));
    CHECK(only_service(Grant::rtm(User::uid(4294967295))).user_id == "4294967295");
  };

  CASE("user accounts") {
    for (const std::string account : {"0", "*", "undefined", "null", "None", "NaN"}) {
      CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "account", '"' + account + '"',
                    User::account(account));
    }
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "empty", User::account(""));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "256 bytes",
                  User::account(std::string(256, 'a')));
    CHECK_REFUSED(InputError, AGORA_ERROR_NUL_IN_TEXT, "account", "NUL", User::account(std::string("a\0b", 3)));
  };

  CASE("channels") {
    for (const std::string name : {"", " ", "*", "a/b"}) {
      CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel", "channel", Channel::named(name));
    }
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel", "64 bytes",
                  Channel::named(std::string(64, 'c')));
    CHECK_REFUSED(InputError, AGORA_ERROR_NUL_IN_TEXT, "channel", "NUL", Channel::named(std::string("a\0b", 3)));
  };

  CASE("any channel and any user, by name") {
    const auto any = only_service(Grant::rtc(Channel::any(), User::any(), Role::publisher));
    CHECK(any.channel_name == "*");
    CHECK(any.account == "");
  };

  CASE("a grant is for one channel, which another replaces by name") {
    Grant grant = Grant::rtc(Channel::any(), User::uid(42), Role::publisher);
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel", "second",
                  grant.and_rtc(Channel::named("room"), Role::subscriber));
    CHECK(only_service(grant).channel_name == "*");
    CHECK(only_service(grant.channel(Channel::named("room"))).channel_name == "room");
  };

  CASE("messaging and Chat are for somebody") {
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ID, "user", "user is any user",
                  issuer().issue(Grant::rtm(User::any())));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ID, "user", "user is any user",
                  issuer().issue(Grant::chat(User::any())));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_ROLE, "role", "role is 101",
                  Grant::rtc(Channel::any(), User::any(), static_cast<Role>(101)));
  };
}

void lifetimes() {
  CASE("lifetimes of a token and of publishing") {
    Grant grant = Grant::rtc(Channel::named("room"), User::uid(42), Role::publisher).lifetime(24h);
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_LIFETIME_OVER_A_DAY, "lifetime", "lifetime is 86401 seconds",
                  grant.lifetime(24h + 1s));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_EXPIRE_ZERO, "lifetime", "lifetime is 0", grant.lifetime(0s));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_LIFETIME, "lifetime", "lifetime is -1", grant.lifetime(-1s));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_LIFETIME, "lifetime", "4294967296",
                  grant.lifetime(4294967296s));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, "lifetime", "Unix timestamp",
                  grant.lifetime(std::chrono::seconds(std::time(nullptr))));
    CHECK(only_service(grant).privileges == publishing(86400, 86400));

    CHECK(only_service(grant.lifetime_longer_than_a_day(48h)).privileges == publishing(172800, 172800));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, "lifetime", "1700000000",
                  grant.lifetime_longer_than_a_day(1700000000s));

    CHECK(only_service(grant.lifetime(1h).publish_lifetime(1min)).privileges == publishing(3600, 60));
    CHECK(only_service(grant.publish_lifetime(2h)).privileges == publishing(3600, 3600));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_LIFETIME_OVER_A_DAY, "publish_lifetime",
                  "publish_lifetime is 172800 seconds", grant.publish_lifetime(48h));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_EXPIRE_ZERO, "publish_lifetime", "publish_lifetime is 0",
                  grant.publish_lifetime(0s));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_LIFETIME, "publish_lifetime", "publish_lifetime is -60",
                  grant.publish_lifetime(-1min));
  };
}

void times() {
  CASE("the end of a token, and when to fetch the next") {
    static_assert(std::is_convertible_v<agora::UnixTime, std::chrono::system_clock::time_point>);
    const auto before = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    const IssuedToken issued = issuer().issue(Grant::rtm(User::uid(42)).lifetime(10min));
    const std::chrono::system_clock::time_point end = issued.expires_at();
    CHECK(end >= before + 10min);
    CHECK(end <= std::chrono::system_clock::now() + 10min);
    CHECK(issued.issued_at() >= before && issued.issued_at() <= std::chrono::system_clock::now());
    CHECK(issued.expires_at() - issued.issued_at() == 10min);
    CHECK(issued.expires_at() - issued.refresh_after() == 1min);
    CHECK(issued.issued_at().time_since_epoch().count() == UnverifiedToken2(issued.token()).issue_ts());
    const auto expires_at = UnverifiedToken2(issued.token()).expires_at();
    CHECK(static_cast<std::uint64_t>(issued.expires_at().time_since_epoch().count()) == expires_at);

    const IssuedToken brief = issuer().issue(Grant::rtm(User::uid(42)).lifetime(1min));
    CHECK(brief.expires_at() - brief.refresh_after() == 30s);
    // As far as a lifetime goes, it is no moment before 1970.
    const IssuedToken decades = issuer().issue(Grant::rtm(User::uid(42)).lifetime_longer_than_a_day(999999999s));
    CHECK(decades.expires_at() > issued.expires_at() + std::chrono::hours(24 * 365 * 30));
  };
}

void every_service() {
  const auto in_a_room = [](Grant grant) { return grant.channel(Channel::named("room")).role(Role::publisher); };
  const Grant of_alice(User::account("alice"));
  CASE("a grant of every service") {
    Grant grant = in_a_room(of_alice).room("class", -7).and_rtm2(agora::Rtm2Permissions());
    for (std::uint16_t service = ServiceType::rtc; service <= ServiceType::stt; ++service) grant.and_service(service);
    const auto read = services(grant);
    // RTM2 took the place of RTM.
    const std::vector<std::uint16_t> types = {1, 3, 4, 5, 6, 7, 8, 9, 10};
    CHECK(read.size() == types.size());
    for (std::size_t index = 0; index < types.size(); ++index) CHECK(read.at(index).type == types[index]);
    CHECK(read[1].channel_name == "room" && read[1].account == "alice");
    CHECK(read[1].privileges == Privileges({{Privilege::streaming_publish_mix_stream, 3600},
                                            {Privilege::streaming_publish_raw_stream, 3600}}));
    CHECK(read[2].privileges == Privileges({{Privilege::fpa_login, 3600}}));
    CHECK(read[5].room_uuid == "class" && read[5].user_uuid == "alice" && read[5].role == -7);
    CHECK(read[5].privileges == Privileges({{Privilege::apaas_room_user, 3600}}));
  };

  CASE("a service that is added twice") {
    CHECK(services(in_a_room(of_alice).and_service(ServiceType::fcdn).and_service(ServiceType::fcdn)).size() == 1);
  };

  CASE("a classroom without a room") {
    Grant grant = of_alice;
    const auto service = only_service(grant.and_service(ServiceType::apaas));
    CHECK(service.room_uuid == "" && service.role == -1);
    CHECK(service.privileges == Privileges({{Privilege::apaas_user, 3600}}));
  };

  CASE("the parts of RTC one by one") {
    Grant grant = of_alice;
    grant.and_service(ServiceType::rtc).channel(Channel::named("hall")).role(Role::subscriber).channel(Channel::any());
    const auto service = only_service(grant);
    CHECK(service.channel_name == "*");
    CHECK(service.privileges == Privileges({{Privilege::rtc_join_channel, 3600}}));
  };

  CASE("publishing for more than a day, by name") {
    Grant grant = Grant::rtc(Channel::named("room"), User::uid(42), Role::publisher).lifetime_longer_than_a_day(72h);
    CHECK(only_service(grant.publish_lifetime_longer_than_a_day(48h)).privileges == publishing(259200, 172800));
    CHECK(only_service(grant.publish_lifetime(24h)).privileges == publishing(259200, 86400));
  };
}

// More names than a token of 2047 characters holds, however it is compressed.
agora::Rtm2Permissions many_names() {
  agora::Rtm2Permissions permissions;
  std::uint32_t random = 1;
  for (int count = 0; count < 200; ++count) {
    std::string name;
    for (int part = 0; part < 4; ++part) name += std::to_string(random = random * 1664525u + 1013904223u);
    permissions.add(agora::Rtm2Resource::users, agora::Rtm2Access::read, name);
  }
  return permissions;
}

// --- every preset with every option ----------------------------------------------------------------------------------

using Services = std::vector<UnverifiedService>;

UnverifiedService rtc(const std::string &channel_name, const std::string &account, Privileges privileges) {
  UnverifiedService service{};
  service.type = ServiceType::rtc;
  service.channel_name = channel_name;
  service.account = account;
  service.privileges = std::move(privileges);
  return service;
}

// The privilege to log in is 1 in each of them.
UnverifiedService login(std::uint16_t type, const std::string &user_id, std::uint32_t lifetime) {
  UnverifiedService service{};
  service.type = type;
  service.user_id = user_id;
  service.privileges = {{1, lifetime}};
  return service;
}

struct Preset {
  const char *name;
  Grant grant;
  std::function<Services(std::uint32_t lifetime, std::uint32_t publish)> holds;
  bool for_somebody = true;  // and so may have messaging
};

std::vector<Preset> all_presets() {
  const auto room = Channel::named("room");
  const auto uid = User::uid(42);
  const auto ann = User::account("ann");
  const auto joining = [](std::uint32_t live) { return Privileges({{Privilege::rtc_join_channel, live}}); };
  agora::Rtm2Permissions permissions;
  permissions.set(agora::Rtm2Resource::users, agora::Rtm2Access::read, {"bob"});
  const auto rtm2 = [](const std::string &user_id, std::uint32_t live) {
    UnverifiedService service = login(ServiceType::rtm2, user_id, live);
    service.permissions = {{agora::Rtm2Resource::users, {{agora::Rtm2Access::read, {"bob"}}}}};
    return service;
  };
  return {
      {"rtc, a publisher", Grant::rtc(room, uid, Role::publisher),
       [](auto live, auto publish) { return Services{rtc("room", "42", publishing(live, publish))}; }},
      {"rtc, a subscriber", Grant::rtc(room, ann, Role::subscriber),
       [=](auto live, auto) { return Services{rtc("room", "ann", joining(live))}; }},
      {"rtc, anybody anywhere", Grant::rtc(Channel::any(), User::any(), Role::publisher),
       [](auto live, auto publish) { return Services{rtc("*", "", publishing(live, publish))}; }, false},
      {"rtm", Grant::rtm(uid), [](auto live, auto) { return Services{login(ServiceType::rtm, "42", live)}; }},
      {"chat", Grant::chat(ann), [](auto live, auto) { return Services{login(ServiceType::chat, "ann", live)}; }},
      {"rtc_rtm, a publisher", Grant::rtc_rtm(room, ann, Role::publisher),
       [](auto live, auto publish) {
         return Services{rtc("room", "ann", publishing(live, publish)), login(ServiceType::rtm, "ann", live)};
       }},
      {"rtc_rtm, a subscriber", Grant::rtc_rtm(room, uid, Role::subscriber),
       [=](auto live, auto) {
         return Services{rtc("room", "42", joining(live)), login(ServiceType::rtm, "42", live)};
       }},
      {"rtc_rtm_chat, a publisher", Grant::rtc_rtm_chat(room, uid, Role::publisher),
       [](auto live, auto publish) {
         return Services{rtc("room", "42", publishing(live, publish)), login(ServiceType::rtm, "42", live),
                         login(ServiceType::chat, "42", live)};
       }},
      {"rtc_rtm_chat, a subscriber", Grant::rtc_rtm_chat(room, ann, Role::subscriber),
       [=](auto live, auto) {
         return Services{rtc("room", "ann", joining(live)), login(ServiceType::rtm, "ann", live),
                         login(ServiceType::chat, "ann", live)};
       }},
      {"and_rtm2", Grant(ann).and_rtm2(permissions), [=](auto live, auto) { return Services{rtm2("ann", live)}; }},
      {"rtc and and_rtm2", Grant::rtc(room, ann, Role::publisher).and_rtm2(permissions),
       [=](auto live, auto publish) {
         return Services{rtc("room", "ann", publishing(live, publish)), rtm2("ann", live)};
       }},
  };
}

struct Option {
  const char *name;
  std::uint32_t lifetime;
  std::uint32_t publish;
  std::function<void(Grant &)> set;
};

const std::vector<Option> OPTIONS = {
    {"no option", 3600, 3600, [](Grant &) {}},
    {"lifetime", 600, 600, [](Grant &grant) { grant.lifetime(10min); }},
    {"lifetime_longer_than_a_day", 172800, 172800, [](Grant &grant) { grant.lifetime_longer_than_a_day(48h); }},
    {"publish_lifetime", 3600, 60, [](Grant &grant) { grant.publish_lifetime(1min); }},
    {"publish_lifetime beyond the lifetime", 3600, 3600, [](Grant &grant) { grant.publish_lifetime(2h); }},
    {"lifetime and publish_lifetime", 600, 60, [](Grant &grant) { grant.lifetime(10min).publish_lifetime(1min); }},
    {"publish_lifetime and lifetime", 600, 60, [](Grant &grant) { grant.publish_lifetime(1min).lifetime(10min); }},
    {"allow_long_token", 3600, 3600, [](Grant &grant) { grant.allow_long_token(); }},
};

void presets_with_options() {
  for (const Preset &preset : all_presets()) {
    for (const Option &option : OPTIONS) {
      CASE(std::string(preset.name) + ", " + option.name) {
        Grant grant = preset.grant;
        option.set(grant);
        const Content found(issuer().issue(grant).token());
        CHECK(found.app_id == APP_ID);
        CHECK(found.expire == option.lifetime);
        CHECK(found.services == preset.holds(option.lifetime, option.publish));
      };
    }
    if (!preset.for_somebody) continue;
    CASE(std::string(preset.name) + ", a token that no browser takes") {
      Grant grant = preset.grant;
      grant.and_rtm2(many_names());
      CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_TOO_LONG, "token", "2047", issuer().issue(grant));
      CHECK(issuer().issue(grant.allow_long_token()).token().size() > 2047);
    };
  }
}

void values() {
  const Grant first = Grant::rtc(Channel::named("room"), User::uid(42), Role::subscriber).lifetime(1min);
  CASE("a grant is copied, and the two then go their own ways") {
    Grant second = first;
    second.channel(Channel::named("hall")).role(Role::publisher).lifetime(2min);
    CHECK(only_service(first).channel_name == "room");
    CHECK(only_service(first).privileges == Privileges({{Privilege::rtc_join_channel, 60}}));
    CHECK(only_service(second).channel_name == "hall");
    second = first;
    CHECK(only_service(second).channel_name == "room");
    Grant &same = second;
    second = same;
    CHECK(only_service(second).channel_name == "room");
  };

  CASE("a grant that was moved from") {
    Grant second = first;
    Grant moved = std::move(second);
    CHECK(only_service(moved).channel_name == "room");
    // NOLINTBEGIN: a moved-from object is safe
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "", "NULL", second.and_rtm());
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "grant", "NULL", second.lifetime(1min));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "", "NULL", Grant(second));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "grant", "NULL", issuer().issue(second));
    // NOLINTEND
    second = moved;
    CHECK(only_service(second).channel_name == "room");
  };

  CASE("channels and users are values too; one of either serves any number of grants") {
    Channel channel = Channel::any();
    channel = Channel::named("room");
    User user = User::any();
    user = User::account("alice");
    for (int count = 0; count < 2; ++count) {
      CHECK(only_service(Grant::rtc(channel, user, Role::publisher)).account == "alice");
    }

    // NOLINTBEGIN: what was moved from does not become anything, or anybody
    const Channel channel_there(std::move(channel));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel", "blank",
                  Grant::rtc(channel, User::any(), Role::publisher));
    const User user_there(std::move(user));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "empty", Grant::rtm(user));
    // NOLINTEND
  };

  CASE("an issuer moves") {
    Issuer here(APP_ID, APP_CERTIFICATE);
    const Issuer there(std::move(here));
    CHECK(there.issue(first).token() != there.issue(first).token());
    // NOLINTNEXTLINE: a moved-from object is safe
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "issuer", "NULL", here.issue(first));
    here = there;
    CHECK(here.issue(first).token() != there.issue(first).token());
    static_assert(std::is_copy_constructible_v<Grant> && std::is_nothrow_move_constructible_v<Grant>);
    static_assert(!std::is_default_constructible_v<Channel> && !std::is_default_constructible_v<User>);
    static_assert(!std::is_convertible_v<bool, User> && !std::is_convertible_v<char, User> &&
                  !std::is_convertible_v<double, User> && !std::is_convertible_v<int, Channel>);
  };
}

void plain_values() {
  CASE("a text is a channel or an account, and an integer a uid") {
    const auto service = only_service(Grant::rtc("room", 42).role(Role::subscriber).lifetime(10min));
    CHECK(service.channel_name == "room" && service.account == "42");
    CHECK(only_service(Grant::rtc(std::string("room"), std::string("alice"), Role::Publisher)).account == "alice");
    CHECK(only_service(Grant::rtc(std::string_view("room"), 42u, Role::publisher)).account == "42");
    CHECK(only_service(Grant::rtm(std::uint64_t{4294967295})).user_id == "4294967295");
    // An account of digits is one, where it was not read from outside.
    CHECK(only_service(Grant::rtm("042")).user_id == "042");
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_ROLE, "role", "is missing", issuer().issue(Grant::rtc("room", 42)));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "uid is 0", Grant::rtc("room", 0, Role::publisher));
  };

  CASE("a user of a request") {
    CHECK(only_service(Grant::rtc("room", User::from_text("42"), Role::publisher)).account == "42");
    CHECK(only_service(Grant::rtm(User::from_text(std::string("alice")))).user_id == "alice");
    for (const char *text : {"042", " 42", "-1", "4294967296", "0"}) {
      CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "user", "user ", User::from_text(text));
    }
    for (const char *text : {"", "null", "undefined"}) {
      CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "user", "user ", User::from_text(text));
    }
  };

  CASE("a user of a JSON document") {
    CHECK(only_service(Grant::rtm(User::from_json("42"))).user_id == "42");
    CHECK(only_service(Grant::rtm(User::from_json("\"42\""))).user_id == "42");
    CHECK(only_service(Grant::rtm(User::from_json("\"ann\""))).user_id == "ann");
    for (const char *json : {"0", "-1", "1.5", "4294967296", "\"042\""}) {
      CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "user", "user ", User::from_json(json));
    }
    for (const char *json : {"true", "null", "[]", "{}", "ann", "\"\""}) {
      CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "user", "user ", User::from_json(json));
    }
  };

  CASE("what a client is answered") {
    const IssuedToken issued = issuer().issue_at(Grant::rtc("room", 42, Role::publisher), 1700000000, 12345);
    CHECK(issued.to_json() == "{\"token\":\"" + issued.token() +
                                  "\",\"issuedAt\":1700000000,\"expiresAt\":1700003600,\"refreshAfter\":1700003240}");
  };
}

// What tests of programs freeze.
void frozen() {
  const Grant grant = Grant::rtc("room", 42, Role::publisher);
  const auto says = [](const IssuedToken &issued, std::uint32_t salt) {
    const UnverifiedToken2 read(issued.token());
    CHECK(issued.issued_at().time_since_epoch().count() == 1700000000);
    CHECK(read.issue_ts() == 1700000000u && read.expire() == 3600u && read.salt() == salt);
  };
  CASE("a clock and a salt: values and functions") {
    const auto at = std::chrono::system_clock::from_time_t(1700000000);
    says(Issuer(APP_ID, APP_CERTIFICATE).with_clock(1700000000).with_salt(12345).issue(grant), 12345);
    says(Issuer(APP_ID, APP_CERTIFICATE).with_clock(at + 900ms).with_salt([] { return 12345u; }).issue(grant), 12345);
    std::uint32_t salt = 1;
    const auto counting =
        Issuer(APP_ID, APP_CERTIFICATE).with_clock([at] { return at; }).with_salt([&] { return salt++; });
    says(counting.issue(grant), 1);
    says(counting.issue(grant), 2);
    says(issuer().issue_at(grant, at, 7), 7);
  };

  CASE("a clock alone, and a salt alone") {
    const auto clock = Issuer(APP_ID, APP_CERTIFICATE).with_clock(1700000000);
    const UnverifiedToken2 one(clock.issue(grant).token()), other(clock.issue(grant).token());
    CHECK(one.issue_ts() == 1700000000u && one.salt() != other.salt());
    const UnverifiedToken2 now(Issuer(APP_ID, APP_CERTIFICATE).with_salt(7).issue(grant).token());
    CHECK(now.salt() == 7u && now.issue_ts() > 1700000000u);
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_TIMESTAMP, "issued_at", "1700000000000",
                  Issuer(APP_ID, APP_CERTIFICATE).with_clock(1700000000000).issue(grant));
  };

  CASE("a frozen token is verified at its time") {
    const std::string token = issuer().issue_at(grant, 1700000000, 12345).token();
    const agora::Verifier verifier(APP_ID, APP_CERTIFICATE);
    CHECK_REFUSED(agora::VerificationError, AGORA_ERROR_TOKEN_EXPIRED, "expires_at", "", verifier.verify(token));
    agora::Verifier(verifier).with_clock(1700000000).verify(token, agora::Expected().channel("room").uid(42));
  };
}

void many() {
  CASE("a template for many users: each row a token or an error") {
    const std::vector<std::string> users = {"ann", "", "undefined", "bob"};
    const auto results = issuer().issue_many(Grant::rtc("hall", 1, Role::subscriber), users);
    CHECK(results.size() == 4);
    CHECK(results[0] && agora::inspect(results[0]->token()).user() == "ann");
    CHECK(results[3] && agora::inspect((*results[3]).token()).user() == "bob");
    for (int row : {1, 2}) {
      CHECK(!results[row]);
      CHECK(results[row].error().status() == AGORA_ERROR_INVALID_USER_ACCOUNT);
      CHECK(results[row].error().field() == "account" && results[row].error().fault() == agora::Fault::Caller);
      CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "account is", results[row].value());
    }
    const auto uids = issuer().issue_many(Grant::rtc("hall", 1, Role::subscriber), std::vector<int>{1, 0, -1});
    CHECK(uids[0] && !uids[1] && !uids[2] && uids[2].error().status() == AGORA_ERROR_INVALID_UID);
  };

  CASE("many grants") {
    const std::vector<Grant> grants = {Grant::rtm("ann"), Grant("bob"), Grant::chat(42)};
    const auto results = issuer().issue_many(grants);
    CHECK(results.size() == 3 && results[0] && !results[1] && results[2]);
    CHECK(results[1].error().status() == AGORA_ERROR_NO_SERVICES);
    CHECK(results[1].error().fault() == agora::Fault::Configuration);
  };
}

void credentials() {
  using agora::AppCertificate;
  using agora::AppId;
  using agora::Credentials;
  CASE("credentials") {
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_ID, "app_id", "empty", Issuer("", APP_CERTIFICATE));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "newline",
                  Issuer(APP_ID, APP_CERTIFICATE + "\n"));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "App ID",
                  Credentials(APP_ID, APP_ID));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "app_id", "app_id is NULL",
                  Credentials(std::getenv("AGORA_UNSET"), APP_CERTIFICATE));
    static_assert(!std::is_convertible_v<AppId, AppCertificate> && !std::is_convertible_v<AppCertificate, AppId>);
    static_assert(!std::is_constructible_v<Credentials, AppCertificate, AppId>);
    static_assert(!std::is_constructible_v<Issuer, AppCertificate, AppId>);
  };

  CASE("credentials do not print the certificate") {
    std::ostringstream out;
    const Credentials credentials(APP_ID, APP_CERTIFICATE);
    out << credentials << credentials.app_certificate();
    CHECK(out.str() == APP_ID + " [redacted][redacted]");
    AppCertificate copy = credentials.app_certificate();
    copy = AppCertificate(OTHER_CERTIFICATE);
    copy = credentials.app_certificate();
    CHECK(copy.secret() == APP_CERTIFICATE);
    CHECK(Issuer(credentials).issue(Grant::rtm(42)).token().substr(0, 3) == "007");
  };

  CASE("what the environment says") {
    unsetenv("AGORA_APP_ID");
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_ID, "AGORA_APP_ID", "AGORA_APP_ID", Issuer::from_env());
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_ID, "AGORA_APP_ID", "AGORA_APP_ID",
                  agora::Verifier::from_env());
    setenv("AGORA_APP_ID", APP_ID.c_str(), 1);
    setenv("AGORA_APP_CERTIFICATE", "short", 1);
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_CERTIFICATE, "AGORA_APP_CERTIFICATE", "5 characters",
                  Credentials::from_env());
    setenv("AGORA_APP_CERTIFICATE", APP_CERTIFICATE.c_str(), 1);
    const std::string token = Issuer::from_env().issue(Grant::rtm(42)).token();
    agora::Verifier(Credentials::from_env()).verify(token);
    setenv("AGORA_APP_CERTIFICATE", OTHER_CERTIFICATE.c_str(), 1);
    CHECK(!agora::Verifier::from_env().verdict(token));
    setenv("AGORA_APP_CERTIFICATE_SECONDARY", APP_CERTIFICATE.c_str(), 1);
    CHECK(agora::Verifier::from_env().verify(token).certificate() == 1u);
  };
}

}  // namespace

int main() {
  presets();
  users_and_channels();
  lifetimes();
  times();
  every_service();
  presets_with_options();
  values();
  plain_values();
  frozen();
  many();
  credentials();
  return check::report();
}
