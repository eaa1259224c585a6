// The default of every argument that has one, in agora_token.hpp and in agora_token/compat.
#include <agora_token/compat/AccessToken.h>
#include <agora_token/compat/AccessToken2.h>
#include <agora_token/compat/ChatTokenBuilder2.h>
#include <agora_token/compat/RtcTokenBuilder.h>
#include <agora_token/compat/RtcTokenBuilder2.h>
#include <agora_token/compat/RtmTokenBuilder.h>
#include <agora_token/compat/RtmTokenBuilder2.h>

#include "check.hpp"
#include "content.hpp"
#include "samples.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace compat = agora::tools;
using agora::Privileges;
using agora::Role;
using compat::UserRole;

namespace {

const std::string &ID = APP_ID;
const std::string &KEY = APP_CERTIFICATE;

// A token made with an argument left out, and one made with the default spelled out.
struct Default {
  const char *call;
  std::string left_out;
  std::string spelled_out;
};

std::vector<Default> defaults() {
  using namespace agora;
  using Rtc2 = compat::RtcTokenBuilder2;
  using Rtc = compat::RtcTokenBuilder;
  using Rtm2 = compat::RtmTokenBuilder2;
  using Rtm = compat::RtmTokenBuilder;
  using Chat = compat::ChatTokenBuilder2;
  const auto publish = Role::publisher;
  const auto role = UserRole::kRolePublisher;
  const std::uint32_t hour = 3600;
  compat::ServiceRtm2::Permissions news;
  news.Add(0, 0, {"news"});
  return {
      {"build_token2_with_uid, privilege_expire", build_token2_with_uid(ID, KEY, "room", 42, publish, hour),
       build_token2_with_uid(ID, KEY, "room", 42, publish, hour, 0)},
      {"build_token2_with_user_account, privilege_expire",
       build_token2_with_user_account(ID, KEY, "room", "ann", publish, hour),
       build_token2_with_user_account(ID, KEY, "room", "ann", publish, hour, 0)},
      {"build_token2_with_rtm, privilege_expire", build_token2_with_rtm(ID, KEY, "room", "ann", publish, hour),
       build_token2_with_rtm(ID, KEY, "room", "ann", publish, hour, 0)},

      {"compat RtcTokenBuilder2::BuildTokenWithUid, privilege_expire",
       Rtc2::BuildTokenWithUid(ID, KEY, "room", 42, role, hour),
       Rtc2::BuildTokenWithUid(ID, KEY, "room", 42, role, hour, 0)},
      {"compat RtcTokenBuilder2::BuildTokenWithUserAccount, privilege_expire",
       Rtc2::BuildTokenWithUserAccount(ID, KEY, "room", "ann", role, hour),
       Rtc2::BuildTokenWithUserAccount(ID, KEY, "room", "ann", role, hour, 0)},
      {"compat RtcTokenBuilder2::BuildTokenWithRtm, privilege_expire",
       Rtc2::BuildTokenWithRtm(ID, KEY, "room", "ann", role, hour),
       Rtc2::BuildTokenWithRtm(ID, KEY, "room", "ann", role, hour, 0)},
      {"compat RtcTokenBuilder2::BuildTokenWithUid, all four lifetimes",
       Rtc2::BuildTokenWithUid(ID, KEY, "room", 42, hour),
       Rtc2::BuildTokenWithUid(ID, KEY, "room", 42, hour, 0, 0, 0, 0)},
      {"compat RtcTokenBuilder2::BuildTokenWithUid, three lifetimes",
       Rtc2::BuildTokenWithUid(ID, KEY, "room", 42, hour, 1u),
       Rtc2::BuildTokenWithUid(ID, KEY, "room", 42, hour, 1u, 0u, 0u, 0u)},
      {"compat RtcTokenBuilder2::BuildTokenWithUserAccount, all four lifetimes",
       Rtc2::BuildTokenWithUserAccount(ID, KEY, "room", "ann", hour),
       Rtc2::BuildTokenWithUserAccount(ID, KEY, "room", "ann", hour, 0, 0, 0, 0)},
      {"compat RtcTokenBuilder2::BuildTokenWithUserAccount, three lifetimes",
       Rtc2::BuildTokenWithUserAccount(ID, KEY, "room", "ann", hour, 1u),
       Rtc2::BuildTokenWithUserAccount(ID, KEY, "room", "ann", hour, 1u, 0u, 0u, 0u)},
      {"compat RtcTokenBuilder::buildTokenWithUid, privilegeExpiredTs",
       Rtc::buildTokenWithUid(ID, KEY, "room", 42, role), Rtc::buildTokenWithUid(ID, KEY, "room", 42, role, 0)},
      {"compat RtcTokenBuilder::buildTokenWithUserAccount, privilegeExpiredTs",
       Rtc::buildTokenWithUserAccount(ID, KEY, "room", "ann", role),
       Rtc::buildTokenWithUserAccount(ID, KEY, "room", "ann", role, 0)},
      {"compat RtmTokenBuilder::buildToken, expiredTs", Rtm::buildToken(ID, KEY, "ann", compat::Rtm_User),
       Rtm::buildToken(ID, KEY, "ann", compat::Rtm_User, 0)},
      {"compat RtmTokenBuilder2::BuildToken, expire", Rtm2::BuildToken(ID, KEY, "ann"),
       Rtm2::BuildToken(ID, KEY, "ann", 0)},
      {"compat RtmTokenBuilder2::BuildToken with permissions, expire", Rtm2::BuildToken(ID, KEY, "ann", news),
       Rtm2::BuildToken(ID, KEY, "ann", news, 0)},
      {"compat ChatTokenBuilder2::BuildUserToken, expire", Chat::BuildUserToken(ID, KEY, "ann"),
       Chat::BuildUserToken(ID, KEY, "ann", 0)},
      {"compat ChatTokenBuilder2::BuildAppToken, expire", Chat::BuildAppToken(ID, KEY),
       Chat::BuildAppToken(ID, KEY, 0)},
      {"compat AccessToken, uid", compat::AccessToken(ID, KEY, "room").Build(),
       compat::AccessToken(ID, KEY, "room", "").Build()},
  };
}

void builders() {
  for (const Default &of : defaults()) {
    CASE(of.call) { CHECK(Content(of.left_out) == Content(of.spelled_out)); };
  }
}

// A service has the privileges that it is given, and none unless told.
void services() {
  using agora::AccessToken2;
  const agora::Rtm2Permissions permissions;
  const std::vector<std::pair<const char *, std::function<void(AccessToken2 &)>>> adders = {
      {"add_rtc", [](AccessToken2 &token) { token.add_rtc("room", "ann"); }},
      {"add_rtm", [](AccessToken2 &token) { token.add_rtm("ann"); }},
      {"add_streaming", [](AccessToken2 &token) { token.add_streaming("room", "ann"); }},
      {"add_fpa", [](AccessToken2 &token) { token.add_fpa(); }},
      {"add_chat", [](AccessToken2 &token) { token.add_chat("ann"); }},
      {"add_fcdn", [](AccessToken2 &token) { token.add_fcdn("room", "ann"); }},
      {"add_apaas", [](AccessToken2 &token) { token.add_apaas("room", "ann", 1); }},
      {"add_rtm2", [&permissions](AccessToken2 &token) { token.add_rtm2("ann", permissions); }},
      {"add_convo_ai", [](AccessToken2 &token) { token.add_convo_ai(); }},
      {"add_stt", [](AccessToken2 &token) { token.add_stt(); }},
  };
  for (const auto &adder : adders) {
    CASE(std::string("AccessToken2::") + adder.first + ", privileges") {
      AccessToken2 token(ID, KEY, 3600);
      adder.second(token);
      const Content read(token.build());
      CHECK(read.services.size() == 1);
      CHECK(read.services.at(0).privileges.empty());
    };
  }
}

void diagnoses() {
  const std::string token = agora::build_token2_with_uid(ID, KEY, "room", 42, Role::publisher, 3600);
  CASE("diagnose, attempt") {
    CHECK(agora::diagnose(token).to_json() == agora::diagnose(token, agora::Attempt()).to_json());
    const auto left_out = agora::diagnose(token).findings();
    const auto spelled_out = agora::diagnose(token, agora::Attempt()).findings();
    CHECK(left_out.size() == 1 && spelled_out.size() == 1);
    CHECK(left_out.at(0).code() == "SIGNATURE_NOT_CHECKED" && spelled_out.at(0).code() == "SIGNATURE_NOT_CHECKED");
  };
}

void verdicts() {
  const agora::Verifier verifier(ID, KEY);
  const std::string token = agora::build_token2_with_uid(ID, KEY, "room", 42, Role::publisher, 3600);
  CASE("verify and verdict, expected") {
    CHECK(verifier.verify(token).valid() && verifier.verify(token, agora::Expected()).valid());
    CHECK(verifier.verdict(token).valid() && verifier.verdict(token, agora::Expected()).valid());
  };
}

void compat_classes() {
  using namespace compat;
  CASE("compat AccessToken2") {
    const AccessToken2 token;
    CHECK(token.app_id_.empty() && token.app_cert_.empty());
    CHECK(AccessToken2(ID).app_cert_.empty());
    CHECK(token.issue_ts_ > 1700000000);
    CHECK(AccessToken2(ID, KEY, 1111111).issue_ts_ == 1111111);
    CHECK(AccessToken2(ID, KEY, 1111111).expire_ == 900);
  };
  CASE("compat AccessToken::AddPrivilege, expireTimestamp") {
    AccessToken token(ID, KEY, "room");
    token.AddPrivilege(AccessToken::kJoinChannel);
    CHECK(token.message_.messages == Privileges({{1, 0}}));
  };
  const auto channel = [](const char *name, const auto &none, const auto &room) {
    CASE(name) {
      CHECK(none.channel_name_.empty() && none.account_.empty());
      CHECK(room.channel_name_ == "room" && room.account_.empty());
    };
  };
  channel("compat ServiceRtc", ServiceRtc(), ServiceRtc("room"));
  channel("compat ServiceStreaming", ServiceStreaming(), ServiceStreaming("room"));
  channel("compat ServiceFCdn", ServiceFCdn(), ServiceFCdn("room"));
  CASE("compat ServiceRtm") { CHECK(ServiceRtm().user_id_.empty()); };
  CASE("compat ServiceChat") { CHECK(ServiceChat().user_id_.empty()); };
  CASE("compat ServiceRtm2") {
    CHECK(ServiceRtm2().user_id_.empty());
    CHECK(ServiceRtm2("ann").permissions_.details_.empty());
  };
  CASE("compat ServiceApaas") {
    CHECK(ServiceApaas().room_uuid_.empty() && ServiceApaas().user_uuid_.empty() && ServiceApaas().role_ == -1);
    CHECK(ServiceApaas("room").user_uuid_.empty());
    CHECK(ServiceApaas("room", "ann").role_ == -1);
  };
}

}  // namespace

int main() {
  builders();
  services();
  diagnoses();
  verdicts();
  compat_classes();
  return check::report();
}
