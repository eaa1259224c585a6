// agora_token.hpp: every builder, class and error of it.
#include "check.hpp"
#include "samples.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using agora::ConfigurationError;
using agora::InputError;
using agora::Privilege;
using agora::Privileges;
using agora::Role;
using agora::Role006;
using agora::ServiceType;
using agora::TokenError;
using agora::UnverifiedService;
using agora::UnverifiedToken;
using agora::UnverifiedToken2;
using agora::VerificationError;

using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t EXPIRED_TS = 2000000000;

// The services of a token that verifies.
std::vector<UnverifiedService> services(const std::string &token) {
  const UnverifiedToken2 read(token);
  read.verify_signature(APP_CERTIFICATE);
  CHECK(read.app_id() == APP_ID);
  CHECK(read.is_complete());
  CHECK(read.unread_bytes() == 0);
  return read.services();
}

Privileges rtc(std::uint32_t join, std::uint32_t audio, std::uint32_t video, std::uint32_t data) {
  return {{Privilege::rtc_join_channel, join},
          {Privilege::rtc_publish_audio_stream, audio},
          {Privilege::rtc_publish_video_stream, video},
          {Privilege::rtc_publish_data_stream, data}};
}

void rtc_builders() {
  CASE("RTC: a publisher by uid") {
    auto read = services(agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, Role::publisher, 3600, 600));
    CHECK(read.size() == 1);
    CHECK(read[0].type == ServiceType::rtc);
    CHECK(read[0].channel_name == "room");
    CHECK(read[0].account == "42");
    CHECK(read[0].privileges == rtc(600, 600, 600, 600));
    CHECK(!read[0].user_id && !read[0].room_uuid && !read[0].user_uuid && !read[0].role && !read[0].permissions);
  };

  CASE("RTC: a subscriber of any uid") {
    const auto read =
        services(agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", 0, Role::subscriber, 3600));
    CHECK(read[0].account == "");
    CHECK(read[0].privileges == Privileges({{Privilege::rtc_join_channel, 0}}));
  };

  CASE("RTC: a publisher by user account") {
    const auto read =
        services(agora::build_token2_with_user_account(APP_ID, APP_CERTIFICATE, "room", "0", Role::publisher, 3600, 1));
    CHECK(read[0].account == "0");
    CHECK(read[0].privileges == rtc(1, 1, 1, 1));
  };

  CASE("RTC: lifetimes of each privilege by uid") {
    const auto read =
        services(agora::build_token2_with_uid_and_privilege(APP_ID, APP_CERTIFICATE, "room", 42, 3600, 1, 2, 3, 4));
    CHECK(read[0].account == "42");
    CHECK(read[0].privileges == rtc(1, 2, 3, 4));
  };

  CASE("RTC: lifetimes of each privilege by user account") {
    const auto read = services(agora::build_token2_with_user_account_and_privilege(APP_ID, APP_CERTIFICATE, "room",
                                                                                   "alice", 3600, 1, 2, 3, 4));
    CHECK(read[0].account == "alice");
    CHECK(read[0].privileges == rtc(1, 2, 3, 4));
  };
}

void combined_builders() {
  CASE("RTC and RTM of one account") {
    auto read =
        services(agora::build_token2_with_rtm(APP_ID, APP_CERTIFICATE, "room", "alice", Role::publisher, 3600, 600));
    CHECK(read.size() == 2);
    CHECK(read[0].privileges == rtc(600, 600, 600, 600));
    CHECK(read[1].type == ServiceType::rtm);
    CHECK(read[1].user_id == "alice");
    CHECK(read[1].privileges == Privileges({{Privilege::rtm_login, 3600}}));
  };

  CASE("RTC and RTM of a user each, ConvoAI and STT") {
    const auto with_rtm2 = [](auto builder, std::size_t count) {
      const auto read = services(
          builder(APP_ID, APP_CERTIFICATE, "room", "alice", Role::publisher, 3600, 1, 2, 3, 4, "alice-rtm", 1800));
      CHECK(read.size() == count);
      CHECK(read[0].account == "alice");
      CHECK(read[0].privileges == rtc(1, 2, 3, 4));
      CHECK(read[1].type == ServiceType::rtm);
      CHECK(read[1].user_id == "alice-rtm");
      CHECK(read[1].privileges == Privileges({{Privilege::rtm_login, 1800}}));
      return read;
    };
    with_rtm2(agora::build_token2_with_rtm2, 2);
    CHECK(with_rtm2(agora::build_convo_ai_token2, 3)[2].type == ServiceType::convo_ai);
    CHECK(with_rtm2(agora::build_stt_token2, 3)[2].type == ServiceType::stt);
  };
}

void other_builders() {
  CASE("RTM") {
    auto read = services(agora::build_rtm_token2(APP_ID, APP_CERTIFICATE, "alice", 3600));
    CHECK(read[0].type == ServiceType::rtm);
    CHECK(read[0].user_id == "alice");
    CHECK(read[0].privileges == Privileges({{Privilege::rtm_login, 3600}}));
  };

  CASE("RTM2") {
    agora::Rtm2Permissions permissions;
    permissions.set(agora::Rtm2Resource::stream_channels, agora::Rtm2Access::write, {"b", "a", "b"})
        .set(agora::Rtm2Resource::message_channels, agora::Rtm2Access::read, {"old"})
        .set(agora::Rtm2Resource::message_channels, agora::Rtm2Access::read, {"new"})
        .add(agora::Rtm2Resource::message_channels, agora::Rtm2Access::read, "newer")
        .set(agora::Rtm2Resource::users, agora::Rtm2Access::read, {});
    const auto read =
        services(agora::build_rtm_token2_with_permissions(APP_ID, APP_CERTIFICATE, "alice", permissions, 3600));
    CHECK(read[0].type == ServiceType::rtm2);
    CHECK(read[0].user_id == "alice");
    CHECK(read[0].permissions ==
          agora::Rtm2Details({{0, {{0, {"new", "newer"}}}}, {1, {{1, {"b", "a", "b"}}}}, {4, {{0, {}}}}}));
  };

  CASE("Chat, a user") {
    const auto read = services(agora::build_chat_user_token2(APP_ID, APP_CERTIFICATE, "alice", 3600));
    CHECK(read[0].type == ServiceType::chat);
    CHECK(read[0].user_id == "alice");
    CHECK(read[0].privileges == Privileges({{Privilege::chat_user, 3600}}));
  };

  CASE("Chat, the app") {
    const auto read = services(agora::build_chat_app_token2(APP_ID, APP_CERTIFICATE, 3600));
    CHECK(read[0].user_id == "");
    CHECK(read[0].privileges == Privileges({{Privilege::chat_app, 3600}}));
  };

  CASE("FPA") {
    const std::string fpa = agora::build_fpa_token2(APP_ID, APP_CERTIFICATE);
    CHECK(UnverifiedToken2(fpa).expire() == 86400);
    CHECK(services(fpa)[0].type == ServiceType::fpa);
    CHECK(services(fpa)[0].privileges == Privileges({{Privilege::fpa_login, 0}}));
  };

  CASE("APaaS, a room user") {
    for (const auto builder : {agora::build_apaas_room_user_token2, agora::build_education_room_user_token2}) {
      const auto read = services(builder(APP_ID, APP_CERTIFICATE, "class", "user23", -7, 3600));
      CHECK(read.size() == 3);
      CHECK(read[0].type == ServiceType::rtm);
      CHECK(read[1].type == ServiceType::chat);
      CHECK(read[1].user_id == "00a65dd47e842bcc3d82a296301071fb");
      CHECK(read[1].user_id == agora::apaas_chat_user_id("user23"));
      CHECK(read[2].type == ServiceType::apaas);
      CHECK(read[2].room_uuid == "class");
      CHECK(read[2].user_uuid == "user23");
      CHECK(read[2].role == -7);
      CHECK(read[2].privileges == Privileges({{Privilege::apaas_room_user, 3600}}));
    }
  };

  CASE("APaaS, a user") {
    for (const auto builder : {agora::build_apaas_user_token2, agora::build_education_user_token2}) {
      const auto read = services(builder(APP_ID, APP_CERTIFICATE, "alice", 3600));
      CHECK(read[0].user_uuid == "alice");
      CHECK(read[0].role == -1);
      CHECK(read[0].privileges == Privileges({{Privilege::apaas_user, 3600}}));
    }
  };

  CASE("APaaS, the app") {
    for (const auto builder : {agora::build_apaas_app_token2, agora::build_education_app_token2}) {
      const auto read = services(builder(APP_ID, APP_CERTIFICATE, 3600));
      CHECK(read[0].user_uuid == "");
      CHECK(read[0].privileges == Privileges({{Privilege::apaas_app, 3600}}));
    }
  };
}

void builders_006() {
  CASE("AccessToken: an admin by uid") {
    UnverifiedToken read(agora::build_token_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, Role006::admin, EXPIRED_TS));
    read.verify(APP_CERTIFICATE, "room", "42");
    CHECK(read.app_id() == APP_ID);
    CHECK(read.signature().size() == 32);
    CHECK(read.privileges() == rtc(EXPIRED_TS, EXPIRED_TS, EXPIRED_TS, EXPIRED_TS));
  };

  CASE("AccessToken: a subscriber by user account") {
    UnverifiedToken read(
        agora::build_token_with_user_account(APP_ID, APP_CERTIFICATE, "room", "alice", Role006::subscriber, 0));
    read.verify(APP_CERTIFICATE, "room", "alice");
    CHECK(read.privileges() == Privileges({{Privilege::rtc_join_channel, 0}}));
  };

  CASE("AccessToken: RTM") {
    UnverifiedToken read(agora::build_rtm_token(APP_ID, APP_CERTIFICATE, "alice", Role006::publisher, EXPIRED_TS));
    read.verify(APP_CERTIFICATE, "alice", "");
    CHECK(read.privileges() == Privileges({{Privilege::rtm_login_006, EXPIRED_TS}}));
  };
}

void input_errors() {
  CASE("App IDs and certificates are refused") {
    const std::string newline = APP_CERTIFICATE + "\n";
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "33 characters",
                  agora::build_fpa_token2(APP_ID, newline));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "newline",
                  agora::AccessToken2(APP_ID, newline, 3600));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_ID, "app_id", "empty",
                  agora::AccessToken("", APP_CERTIFICATE, "room", "42"));
    try {
      agora::build_fpa_token2(APP_ID, "secret");
      CHECK(false);
    } catch (const std::runtime_error &error) {
      CHECK(std::string(error.what()).find("secret") == std::string::npos);
      CHECK(std::string(dynamic_cast<const agora::Error &>(error).code()) == "INVALID_APP_CERTIFICATE");
    }
  };

  CASE("channel names are refused") {
    const auto with_channel = [](std::string_view channel_name) {
      return agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, channel_name, 42, Role::publisher, 3600);
    };
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "64 bytes",
                  with_channel(std::string(64, 'c')));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "any channel", with_channel("*"));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "'/'", with_channel("a/b"));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "blank",
                  with_channel(std::string_view()));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UTF8, "channel_name",
                  "channel_name is not valid UTF-8 from byte 1 on", with_channel("\xff"));
  };

  CASE("times are refused") {
    const auto with_times = [](agora::Integer token_expire, agora::Integer privilege_expire) {
      return agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, Role::publisher, token_expire,
                                          privilege_expire);
    };
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_EXPIRE_ZERO, "token_expire", "at once", with_times(0, 0));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, "token_expire", "1700000000",
                  with_times(1700000000, 0));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP, "privilege_expire",
                  "1700000000", with_times(3600, 1700000000));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_LIFETIME, "token_expire", "-1", with_times(-1, 0));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_LIFETIME, "privilege_expire", "4294967296",
                  with_times(3600, 4294967296));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION, "privilege_expired_ts",
                  "3600", agora::build_rtm_token(APP_ID, APP_CERTIFICATE, "alice", Role006::publisher, 3600));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_TIMESTAMP, "privilege_expired_ts", "-1",
                  agora::build_rtm_token(APP_ID, APP_CERTIFICATE, "alice", Role006::publisher, -1));
  };

  CASE("uids and roles are refused") {
    const auto with_uid = [](agora::Integer uid) {
      return agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", uid, Role::publisher, 3600);
    };
    CHECK(services(with_uid(4294967295))[0].account == "4294967295");
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "4294967296", with_uid(4294967296));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "18446744073709551615", with_uid(UINT64_MAX));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "-9223372036854775808", with_uid(INT64_MIN));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_UID, "uid", "-1", agora::uid_text(-1));
    CHECK(agora::uid_text(0).empty());

    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_ROLE, "role", "role",
                  agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, static_cast<Role>(0), 3600));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_ROLE, "role", "32768",
                  agora::build_apaas_room_user_token2(APP_ID, APP_CERTIFICATE, "class", "alice", 32768, 3600));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "user_account", "empty",
                  agora::build_token2_with_user_account(APP_ID, APP_CERTIFICATE, "room", "", Role::publisher, 3600));
  };

  // Of several arguments of one kind the one at fault is named, as the call names it.
  CASE("of several arguments of one kind the one at fault is named") {
    const auto with_rtm2 = [](std::string_view rtc_account, agora::Integer rtc_expire, agora::Integer join,
                              agora::Integer data, std::string_view rtm_user_id, agora::Integer rtm_expire) {
      return agora::build_token2_with_rtm2(APP_ID, APP_CERTIFICATE, "room", rtc_account, Role::publisher, rtc_expire,
                                           join, 0, 0, data, rtm_user_id, rtm_expire);
    };
    const auto timestamp = 1700000000;
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "rtc_account", "rtc_account has 256 bytes",
                  with_rtm2(std::string(256, 'a'), 1, 0, 0, "a", 1));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ID, "rtm_user_id", "empty", with_rtm2("a", 1, 0, 0, "", 1));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, "rtm_token_expire", "1700000000",
                  with_rtm2("a", 1, 0, 0, "a", timestamp));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_TOKEN_EXPIRE_ZERO, "rtm_token_expire", "rtm_token_expire is 0",
                  with_rtm2("a", 1, 0, 0, "a", 0));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP,
                  "pub_data_stream_privilege_expire", "1700000000", with_rtm2("a", 1, 5, timestamp, "a", 1));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_LIFETIME, "join_channel_privilege_expire", "-5",
                  with_rtm2("a", 1, -5, 0, "a", 1));
  };
}

void nul_in_text() {
  using namespace std::string_literals;
  const std::string cut = "alice\0bob"s;
  const std::string long_id = APP_ID + "\0tail"s;
  CASE("NUL in a text is refused") {
    const auto refuse = [](const char *field, const auto &statement) {
      CHECK(check::refuses<InputError>(AGORA_ERROR_NUL_IN_TEXT, field, "NUL", statement));
    };
    refuse("app_id", [&] { agora::build_fpa_token2(long_id, APP_CERTIFICATE); });
    refuse("app_certificate", [&] { agora::build_fpa_token2(APP_ID, APP_CERTIFICATE + "\0"s); });
    refuse("channel_name", [&] { agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, cut, 1, Role::publisher, 1); });
    refuse("user_account",
           [&] { agora::build_rtm_token(APP_ID, APP_CERTIFICATE, cut, Role006::publisher, EXPIRED_TS); });
    refuse("user_id", [&] { agora::build_chat_user_token2(APP_ID, APP_CERTIFICATE, cut, 1); });
    refuse("room_uuid", [&] { agora::build_apaas_room_user_token2(APP_ID, APP_CERTIFICATE, cut, "a", 1, 1); });
    refuse("user_uuid", [&] { agora::build_apaas_user_token2(APP_ID, APP_CERTIFICATE, cut, 1); });
    refuse("rtm_user_id", [&] {
      agora::build_stt_token2(APP_ID, APP_CERTIFICATE, "room", "a", Role::publisher, 1, 1, 1, 1, 1, cut, 1);
    });
    refuse("token", [&] { UnverifiedToken2("007"s + cut); });
    refuse("token", [&] { UnverifiedToken("006"s + cut); });
    refuse("token", [&] { return agora::inspect("007"s + cut); });
    refuse("app_id", [&] { agora::AccessToken2(long_id, APP_CERTIFICATE, 1); });
    refuse("app_certificate", [&] { agora::Verifier(APP_ID, APP_CERTIFICATE + "\0"s); });
    refuse("channel", [&] { agora::Expected().channel(cut); });
    refuse("account", [&] { agora::Expected().account(cut); });
  };

  CASE("the mechanism carries NUL, and any byte") {
    agora::AccessToken2 token(APP_ID, APP_CERTIFICATE, 3600);
    token.add_rtc(cut, "\xff"s);
    CHECK(services(token.build())[0].channel_name == cut);
    CHECK(services(token.build())[0].account == "\xff"s);
  };
}

void mechanism() {
  CASE("AccessToken2 out of services in any order") {
    agora::AccessToken2 token(APP_ID, APP_CERTIFICATE, 3600);
    const std::uint32_t salt = token.salt();
    CHECK(agora::AccessToken2(APP_ID, APP_CERTIFICATE, 3600).salt() != salt);
    CHECK(token.issue_ts() > 1700000000);
    CHECK(token.expire() == 3600);
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NO_SERVICES, "services", "", token.build());

    token.set_issue_ts(0).set_salt(0).set_expire(4294967295);
    CHECK(token.issue_ts() == 0);
    CHECK(token.salt() == 0);
    CHECK(token.expire() == 4294967295);

    // Any order goes in, ascending comes out; services of one type keep theirs.
    agora::Rtm2Permissions permissions;
    permissions.set(77, 9, {"news"});
    const std::size_t stt = token.add_stt();
    token.add_convo_ai({{3, 1}});
    token.add_rtm2("u8", permissions, {{Privilege::rtm2_login, 8}});
    token.add_apaas("room", "user", -32768, {{Privilege::apaas_room_user, 7}});
    token.add_fcdn("c6", "a6", {{Privilege::fcdn_play, 6}});
    token.add_chat("u5", {{Privilege::chat_user, 5}});
    token.add_fpa({{Privilege::fpa_login, 4}});
    token.add_streaming("c3", "a3", {{Privilege::streaming_publish_mix_stream, 3}});
    token.add_rtm("u2", {{Privilege::rtm_login, 2}});
    token.add_rtc("c1", "a1", {{Privilege::rtc_join_channel, 1}});
    token.add_rtc("", "", {});
    token.add_privilege(stt, 65535, 10);
    token.add_privilege(stt, 65535, 11);
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INDEX_OUT_OF_RANGE, "index", "is of no service",
                  token.add_privilege(99, 1, 1));

    const std::string built = token.build();
    CHECK(token.build() == built);
    const UnverifiedToken2 read(built);
    CHECK(read.signature() == token.signature());
    CHECK(read.signature().size() == AGORA_SIGNATURE_SIZE);
    CHECK(read.issue_ts() == 0);
    CHECK(read.expire() == 4294967295);
    CHECK(read.expires_at() == 4294967295);
    CHECK(read.salt() == 0);
    const auto found = services(built);
    const std::vector<std::uint16_t> order = {1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    CHECK(found.size() == order.size());
    for (std::size_t index = 0; index < order.size(); ++index) CHECK(found[index].type == order[index]);
    CHECK(found[0].channel_name == "c1");
    CHECK(found[1].channel_name == "");
    CHECK(found[3].account == "a3");
    CHECK(found[6].channel_name == "c6");
    CHECK(found[7].role == -32768);
    CHECK(found[8].permissions == agora::Rtm2Details({{77, {{9, {"news"}}}}}));
    CHECK(found[9].privileges == Privileges({{3, 1}}));
    CHECK(found[10].privileges == Privileges({{65535, 11}}));

    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_CHANNEL_NAME, "channel_name", "65536",
                  token.add_rtc(std::string(65536, 'c'), ""));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "65536",
                  token.add_fcdn("", std::string(65536, 'a')));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_ROLE, "role", "-32769", token.add_apaas("", "", -32769));
    CHECK_REFUSED(InputError, AGORA_ERROR_INVALID_USER_ACCOUNT, "account", "65536",
                  agora::AccessToken(APP_ID, APP_CERTIFICATE, "room", std::string(65536, 'a')));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_PERMISSIONS, "permissions", "65535",
                  permissions.add(0, 0, std::string(65536, 'r')));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_LIFETIME, "privilege_expire", "privilege_expire is -1",
                  token.add_privilege(stt, 1, -1));
    token.add_rtc(std::string(65535, 'c'), "");
    CHECK(services(token.build())[2].channel_name->size() == 65535);
  };

  CASE("AccessToken out of privileges") {
    agora::AccessToken old(APP_ID, APP_CERTIFICATE, "room", "42");
    CHECK(old.expires_at() > 1700000000);
    CHECK(old.salt() != agora::AccessToken(APP_ID, APP_CERTIFICATE, "room", "42").salt());
    old.set_salt(1).set_expires_at(1111111).add_privilege(Privilege::rtc_join_channel, 1446455471);
    const UnverifiedToken old_read(old.build());
    old_read.verify(APP_CERTIFICATE, "room", "42");
    CHECK(old.salt() == 1);
    CHECK(old.expires_at() == 1111111);
    CHECK(old_read.salt() == 1);
    CHECK(old_read.expires_at() == 1111111);
    CHECK(old_read.channel_crc() == 0x729f519b);
    CHECK(old_read.user_crc() == 0x3224b088);
    CHECK(to_hex(old_read.message()) == "0100000047f4100001000100af283756");
    CHECK(old_read.privileges() == Privileges({{Privilege::rtc_join_channel, 1446455471}}));
  };
}

void moves() {
  CASE("what was moved from is refused, and safe") {
    agora::AccessToken2 token(APP_ID, APP_CERTIFICATE, 3600);
    token.add_fpa();
    const std::string built = token.build();
    agora::AccessToken2 moved(std::move(token));
    CHECK(moved.build() == built);
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "", "NULL",
                  token.build());  // NOLINT: a moved-from object is safe
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "", "NULL", token.signature());
    token = std::move(moved);
    CHECK(token.build() == built);

    std::vector<agora::Verifier> verifiers;
    for (int count = 0; count < 10; ++count) verifiers.emplace_back(APP_ID, APP_CERTIFICATE);
    for (const agora::Verifier &verifier : verifiers) verifier.verify(built);

    UnverifiedToken2 read(built);
    const UnverifiedToken2 kept(std::move(read));
    CHECK(kept.app_id() == APP_ID);
    agora::Rtm2Permissions permissions;
    const agora::Rtm2Permissions taken(std::move(permissions));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_NULL_ARGUMENT, "permissions", "NULL",
                  agora::build_rtm_token2_with_permissions(APP_ID, APP_CERTIFICATE, "alice", permissions, 3600));

    static_assert(!std::is_copy_constructible_v<agora::AccessToken2> &&
                  std::is_nothrow_move_constructible_v<agora::AccessToken2>);
    static_assert(!std::is_copy_constructible_v<agora::AccessToken> &&
                  std::is_nothrow_move_constructible_v<agora::AccessToken>);
    static_assert(!std::is_copy_constructible_v<UnverifiedToken2> &&
                  std::is_nothrow_move_constructible_v<UnverifiedToken2>);
    static_assert(!std::is_copy_constructible_v<UnverifiedToken> &&
                  std::is_nothrow_move_constructible_v<UnverifiedToken>);
    static_assert(std::is_copy_constructible_v<agora::Verifier> && std::is_copy_constructible_v<agora::Expected>);
    static_assert(!std::is_copy_constructible_v<agora::Verdict> &&
                  std::is_nothrow_move_constructible_v<agora::Verdict>);
  };
}

void token_errors() {
  CASE("what is no token") {
    CHECK_REFUSED(TokenError, AGORA_ERROR_TOKEN_VERSION, "token", "", UnverifiedToken2(""));
    CHECK_REFUSED(TokenError, AGORA_ERROR_TOKEN_BASE64, "token", "", UnverifiedToken2("007!!!!"));
    CHECK_REFUSED(TokenError, AGORA_ERROR_TOKEN_COMPRESSION, "token", "", agora::inspect("007AAAA"));
    CHECK_REFUSED(TokenError, AGORA_ERROR_TOKEN_VERSION, "token", "",
                  UnverifiedToken(agora::build_fpa_token2(APP_ID, APP_CERTIFICATE)));
    CHECK_REFUSED(TokenError, AGORA_ERROR_TOKEN_TRUNCATED, "token", "", UnverifiedToken("006" + APP_ID));
    CHECK_REFUSED(TokenError, AGORA_ERROR_TOKEN_VERSION, "token", "",
                  agora::Verifier(APP_ID, APP_CERTIFICATE).verify("garbage"));
  };
}

agora::Verifier verifier() { return agora::Verifier(APP_ID, APP_CERTIFICATE); }

void verification() {
  using agora::Expected;
  const std::string token = agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, Role::publisher, 3600);
  const UnverifiedToken2 read(token);
  CASE("a signature by another certificate") {
    CHECK_REFUSED(VerificationError, AGORA_ERROR_SIGNATURE_MISMATCH, "signature", "",
                  read.verify_signature(OTHER_CERTIFICATE));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "3 characters",
                  read.verify_signature("abc"));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_SIGNATURE_MISMATCH, "signature", "",
                  agora::Verifier(APP_ID, OTHER_CERTIFICATE).verify(token));
  };

  CASE("one of two certificates") {
    const std::string both[] = {
        agora::Verifier(APP_ID, {OTHER_CERTIFICATE, APP_CERTIFICATE}).verify(token).to_json(),
        agora::Verifier(APP_ID, OTHER_CERTIFICATE)
            .add_certificate(APP_CERTIFICATE)
            .leeway(5s)
            .verify(token, Expected().channel("room").uid(42))
            .to_json(),
    };
    for (const std::string &json : both) {
      CHECK(json.find("{\"valid\":true,\"certificate\":1,\"refusals\":[],\"token\":{\"version\":\"007\"") == 0);
    }
    CHECK(agora::Verifier(APP_ID, {OTHER_CERTIFICATE, APP_CERTIFICATE}).verify(token).certificate() == 1u);
    CHECK(verifier().verify(token).certificate() == 0u);
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_APP_CERTIFICATE, "app_certificate", "empty",
                  agora::Verifier(APP_ID, std::initializer_list<agora::AppCertificate>{}));
  };

  CASE("another channel, user or App ID") {
    CHECK_REFUSED(VerificationError, AGORA_ERROR_CHANNEL_MISMATCH, "channel", "\"room\"",
                  verifier().verify(token, Expected().channel("other")));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_USER_MISMATCH, "user", "\"42\"",
                  verifier().verify(token, Expected().uid(43)));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_USER_MISMATCH, "user", "",
                  verifier().verify(token, Expected().account("alice")));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_USER_MISMATCH, "user", "",
                  verifier().verify(token, Expected().user("alice")));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_USER_MISMATCH, "user", "",
                  verifier().verify(token, Expected().user(agora::User::any())));
    verifier().verify(token, Expected().user(42));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_APP_ID_MISMATCH, "app_id", "",
                  agora::Verifier(OTHER_CERTIFICATE, APP_CERTIFICATE).verify(token));
  };

  CASE("a question that is asked again is not forgotten") {
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_UNKNOWN_OPTION, "user", "twice",
                  verifier().verify(token, Expected().uid(2).account("42")));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_UNKNOWN_OPTION, "user", "twice",
                  verifier().verify(token, Expected().user("alice").user(42)));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_UNKNOWN_OPTION, "channel", "twice",
                  verifier().verify(token, Expected().channel("hall").channel("room")));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_UNKNOWN_OPTION, "service", "twice",
                  verifier().verify(token, Expected().service(ServiceType::chat).service(ServiceType::rtc)));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_UNKNOWN_OPTION, "privilege", "twice",
                  verifier().verify(token, Expected().privilege(999).privilege(Privilege::rtc_publish_audio_stream)));
    verifier().verify(token, Expected().channel("room").uid(42).account("42").channel("room"));
    const Expected of_room = Expected().channel("room");
    verifier().verify(token, Expected(of_room).uid(42));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_USER_MISMATCH, "user", "",
                  verifier().verify(token, Expected(of_room).uid(43)));
  };

  CASE("services and privileges") {
    const auto wants = [](std::uint16_t service, std::uint16_t privilege) {
      return Expected().service(service).privilege(privilege);
    };
    verifier().verify(token, wants(ServiceType::rtc, Privilege::rtc_publish_audio_stream));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_SERVICE_MISSING, "service", "",
                  verifier().verify(token, wants(ServiceType::chat, Privilege::chat_user)));
    const std::string listening =
        agora::build_token2_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, Role::subscriber, 3600);
    verifier().verify(listening, wants(ServiceType::rtc, Privilege::rtc_join_channel));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_PRIVILEGE_MISSING, "privilege", "",
                  verifier().verify(listening, wants(ServiceType::rtc, Privilege::rtc_publish_audio_stream)));
  };

  const std::uint64_t end = read.expires_at();
  CASE("time") {
    verifier().with_clock(end - 1).verify(token);
    CHECK_REFUSED(VerificationError, AGORA_ERROR_TOKEN_EXPIRED, "expires_at", "1 minute",
                  verifier().with_clock(end + 60).verify(token));
    verifier().with_clock(end + 60).leeway(2min).verify(token);
    // An hour at most.
    verifier().with_clock(end + 3599).leeway(4294967295s).verify(token);
    CHECK_REFUSED(VerificationError, AGORA_ERROR_TOKEN_EXPIRED, "expires_at", "",
                  verifier().with_clock(end + 3600).leeway(4294967295s).verify(token));
    verifier().with_clock(end + 60).ignore_time().verify(token);
    CHECK_REFUSED(VerificationError, AGORA_ERROR_TOKEN_ISSUED_IN_FUTURE, "issued_at", "",
                  verifier().with_clock(1700000000).verify(token));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_INVALID_TIMESTAMP, "now", "milliseconds",
                  verifier().with_clock(1700000000000).verify(token));
    std::uint64_t now = end - 1;
    const auto ticking = verifier().with_clock([&now] { return now++; });
    CHECK(ticking.verdict(token).valid() && !ticking.verdict(token).valid());
  };

  CASE("verify stops, and verdict tells") {
    const auto late = verifier().with_clock(end + 60);
    const Expected other = Expected().channel("other").uid(43);
    const agora::Verdict verdict = late.verdict(token, other);
    CHECK(!verdict && !verdict.valid() && verdict.certificate() == 0u);
    CHECK(verdict.refusals().size() == 3);
    const std::string codes[] = {"CHANNEL_MISMATCH", "USER_MISMATCH", "TOKEN_EXPIRED"};
    const std::string fields[] = {"channel", "user", "expires_at"};
    for (std::size_t index = 0; index < verdict.refusals().size(); ++index) {
      const agora::Refusal &refusal = verdict.refusals()[index];
      CHECK(refusal.code() == codes[index] && refusal.field() == fields[index] && !refusal.reason().empty());
      CHECK(refusal.fault() == agora::Fault::caller);
    }
    CHECK(verdict.refusals()[0].service() == ServiceType::rtc);
    try {
      late.verify(token, other);
      CHECK(false);
    } catch (const agora::TokenError &error) {
      CHECK(error.code() == codes[0] && error.field() == fields[0] && error.refusals().size() == 3);
      CHECK(error.what() == verdict.refusals()[0].reason());
      CHECK(error.refusals()[2].code() == codes[2]);
    }
    const agora::Verdict none = verifier().verdict("no token");
    CHECK(!none.valid() && !none.certificate() && none.refusals().size() == 1);
    CHECK(none.refusals()[0].status() == AGORA_ERROR_TOKEN_VERSION);
    const agora::Verdict good = verifier().verify(token);
    CHECK(good && good.valid() && good.refusals().empty());
  };

  CASE("the verdict as JSON") {
    const Expected other = Expected().channel("other");
    const std::string refused = verifier().with_clock(end + 60).verdict(token, other).to_json();
    for (const char *word : {"\"valid\":false", "\"certificate\":0", "TOKEN_EXPIRED", "CHANNEL_MISMATCH",
                             "\"token\":{\"version\":\"007\""}) {
      CHECK(refused.find(word) != std::string::npos);
    }
    CHECK(refused.find("SIGNATURE_MISMATCH") == std::string::npos);
    // Of a token that no certificate signed there is nothing else to tell.
    const std::string unsigned_token =
        agora::Verifier(APP_ID, OTHER_CERTIFICATE).with_clock(end + 60).verdict(token, other).to_json();
    CHECK(unsigned_token.find("{\"valid\":false,\"certificate\":null,"
                              "\"refusals\":[{\"code\":\"SIGNATURE_MISMATCH\",") == 0);
    for (const char *word : {"TOKEN_EXPIRED", "CHANNEL_MISMATCH", "970CA35d"}) {
      CHECK(unsigned_token.find(word) == std::string::npos);
    }
    CHECK(unsigned_token.find("}],\"token\":null}") != std::string::npos);
  };

  CASE("AccessToken verified") {
    const std::string old = agora::build_token_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, Role006::publisher, 0);
    const UnverifiedToken old_read(old);
    CHECK_REFUSED(VerificationError, AGORA_ERROR_SIGNATURE_MISMATCH, "signature", "",
                  old_read.verify(OTHER_CERTIFICATE, "room", "42"));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_CHANNEL_MISMATCH, "channel", "",
                  old_read.verify(APP_CERTIFICATE, "hall", "42"));
    CHECK_REFUSED(VerificationError, AGORA_ERROR_USER_MISMATCH, "user", "",
                  old_read.verify(APP_CERTIFICATE, "room", "43"));
    CHECK_REFUSED(ConfigurationError, AGORA_ERROR_CHANNEL_AND_USER_REQUIRED, "channel", "", verifier().verify(old));
    verifier().verify(old, Expected().channel("room").uid(42));
  };

  CASE("looking into a token") {
    const std::string old = agora::build_token_with_uid(APP_ID, APP_CERTIFICATE, "room", 42, Role006::publisher, 0);
    const agora::Inspection found = agora::inspect(token);
    CHECK(found.to_json().find("{\"version\":\"007\",\"appId\":\"" + APP_ID + "\"") == 0);
    CHECK(found.channel() == "room" && found.user() == "42" && found.app_id() == APP_ID);
    CHECK(found.services().size() == 1 && found.expires_at().time_since_epoch().count() == std::int64_t(end));
    CHECK(agora::inspect(old).to_json().find("{\"version\":\"006\"") == 0);
    CHECK(agora::inspect(old).channel().empty() && agora::inspect(old).app_id() == APP_ID);
    const agora::Inspection chat = agora::inspect(agora::build_chat_user_token2(APP_ID, APP_CERTIFICATE, "alice", 60));
    CHECK(chat.channel().empty() && chat.user() == "alice");
    CHECK_REFUSED(TokenError, AGORA_ERROR_TOKEN_VERSION, "token", "", agora::inspect("no token"));
  };
}

void versions() {
  CASE("versions") {
    CHECK(agora::version() == agora_version());
    CHECK(agora_abi_version() == AGORA_ABI_VERSION);
  };
}

}  // namespace

int main() {
  rtc_builders();
  combined_builders();
  other_builders();
  builders_006();
  input_errors();
  nul_in_text();
  mechanism();
  moves();
  token_errors();
  verification();
  versions();
  return check::report();
}
