// agora_token/compat: every class of the official headers, all included together.
#include <agora_token/compat/AccessToken.h>
#include <agora_token/compat/AccessToken2.h>
#include <agora_token/compat/ApaasTokenBuilder.h>
#include <agora_token/compat/ChatTokenBuilder2.h>
#include <agora_token/compat/ConvoAITokenBuilder.h>
#include <agora_token/compat/EducationTokenBuilder2.h>
#include <agora_token/compat/FpaTokenBuilder.h>
#include <agora_token/compat/RtcTokenBuilder.h>
#include <agora_token/compat/RtcTokenBuilder2.h>
#include <agora_token/compat/RtmTokenBuilder.h>
#include <agora_token/compat/RtmTokenBuilder2.h>
#include <agora_token/compat/SttTokenBuilder.h>

#include "check.hpp"
#include "quiet.hpp"
#include "samples.hpp"

#include <cstdint>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace agora::tools;

namespace {

// The numbers of the wire and of the official headers, written out: elsewhere a constant stands on both sides.
static_assert(AccessToken::kJoinChannel == 1 && AccessToken::kPublishAudioStream == 2 &&
                  AccessToken::kPublishVideoStream == 3 && AccessToken::kPublishDataStream == 4 &&
                  AccessToken::kPublishAudiocdn == 5 && AccessToken::kPublishVideoCdn == 6 &&
                  AccessToken::kRequestPublishAudioStream == 7 && AccessToken::kRequestPublishVideoStream == 8 &&
                  AccessToken::kRequestPublishDataStream == 9 && AccessToken::kInvitePublishAudioStream == 10 &&
                  AccessToken::kInvitePublishVideoStream == 11 && AccessToken::kInvitePublishDataStream == 12 &&
                  AccessToken::kAdministrateChannel == 101 && AccessToken::kRtmLogin == 1000,
              "");
static_assert(ServiceRtm2::Permissions::kMessageChannels == 0 && ServiceRtm2::Permissions::kStreamChannels == 1 &&
                  ServiceRtm2::Permissions::kGroupChannels == 2 && ServiceRtm2::Permissions::kServerGroups == 3 &&
                  ServiceRtm2::Permissions::kUsers == 4 && ServiceRtm2::Permissions::kRead == 0 &&
                  ServiceRtm2::Permissions::kWrite == 1,
              "");
static_assert(kTokenVerifySuccess == 0 && kTokenVerifyFailed == -1 && kTokenInvalid == -2 && kTokenInvalidInfo == -3 &&
                  kTokenThrow == -4,
              "");

using Privileges = std::map<uint16_t, uint32_t>;

const Privileges PUBLISH_600 = {{ServiceRtc::kPrivilegeJoinChannel, 600},
                                {ServiceRtc::kPrivilegePublishAudioStream, 600},
                                {ServiceRtc::kPrivilegePublishVideoStream, 600},
                                {ServiceRtc::kPrivilegePublishDataStream, 600}};
const Privileges JOIN_600 = {{ServiceRtc::kPrivilegeJoinChannel, 600}};

// Reads a token that must be good.
AccessToken2 read(const std::string &token) {
  AccessToken2 parsed;
  CHECK(parsed.FromString(token));
  CHECK(parsed.parsed_);
  CHECK(parsed.app_id_ == APP_ID);
  CHECK(parsed.VerifySignature(APP_CERTIFICATE) == kTokenVerifySuccess);
  CHECK(parsed.GenerateSignature(APP_CERTIFICATE) == parsed.signature_);
  return parsed;
}

// The first service of the type, which must be of the class.
template <class Kind>
const Kind &service(const AccessToken2 &token) {
  const auto entry = token.services_.find(Kind::kServiceType);
  static const Kind none;
  if (!CHECK(entry != token.services_.end())) return none;
  const auto *kind = dynamic_cast<const Kind *>(entry->second.get());
  return CHECK(kind != nullptr) ? *kind : none;
}

void rtc_builder2() {
  uint32_t hour = 3600;
  CASE("a role by uid and by user account") {
    AccessToken2 token = read(RtcTokenBuilder2::BuildTokenWithUid(APP_ID, APP_CERTIFICATE, "room", 2882341273,
                                                                  UserRole::kRolePublisher, hour, 600));
    CHECK(token.expire_ == 3600);
    CHECK(token.services_.size() == 1);
    CHECK(service<ServiceRtc>(token).channel_name_ == "room");
    CHECK(service<ServiceRtc>(token).account_ == "2882341273");
    CHECK(service<ServiceRtc>(token).privileges_ == PUBLISH_600);

    token = read(RtcTokenBuilder2::BuildTokenWithUserAccount(APP_ID, APP_CERTIFICATE, "room", "alice",
                                                             UserRole::kRoleSubscriber, 3600, 600));
    CHECK(service<ServiceRtc>(token).account_ == "alice");
    CHECK(service<ServiceRtc>(token).privileges_ == JOIN_600);
  };

  CASE("only role 1 publishes, as in the official code") {
    for (const UserRole role : {static_cast<UserRole>(0), Role_Admin, static_cast<UserRole>(1000)}) {
      const AccessToken2 token =
          read(RtcTokenBuilder2::BuildTokenWithUid(APP_ID, APP_CERTIFICATE, "room", 0, role, 3600, 600));
      CHECK(service<ServiceRtc>(token).account_.empty());
      CHECK(service<ServiceRtc>(token).privileges_ == JOIN_600);
    }
  };

  CASE("lifetimes of each privilege") {
    // A lifetime for each privilege: variables in any number, plain literals wherever no role can be meant.
    const Privileges each = {{1, 1}, {2, 2}, {3, 3}, {4, 4}};
    const auto privileges = [](const std::string &text) { return service<ServiceRtc>(read(text)).privileges_; };
    CHECK(privileges(RtcTokenBuilder2::BuildTokenWithUid(APP_ID, APP_CERTIFICATE, "room", 42, 3600, 1, 2, 3, 4)) ==
          each);
    CHECK(privileges(RtcTokenBuilder2::BuildTokenWithUid(APP_ID, APP_CERTIFICATE, "room", 42, hour, 1, 2, 3, 4)) ==
          each);
    CHECK(privileges(RtcTokenBuilder2::BuildTokenWithUserAccount(APP_ID, APP_CERTIFICATE, "room", "a", 3600, 1, 2, 3,
                                                                 4)) == each);
    CHECK(privileges(RtcTokenBuilder2::BuildTokenWithUid(APP_ID, APP_CERTIFICATE, "room", 42, hour, 1, 2)) ==
          Privileges({{1, 1}, {2, 2}, {3, 0}, {4, 0}}));
    CHECK(privileges(RtcTokenBuilder2::BuildTokenWithUserAccount(APP_ID, APP_CERTIFICATE, "room", "a", 3600u, 1)) ==
          Privileges({{1, 1}, {2, 0}, {3, 0}, {4, 0}}));
    CHECK(privileges(RtcTokenBuilder2::BuildTokenWithUid(APP_ID, APP_CERTIFICATE, "room", 42, 3600)) ==
          Privileges({{1, 0}, {2, 0}, {3, 0}, {4, 0}}));
  };

  CASE("RTC and RTM of one account") {
    AccessToken2 token = read(RtcTokenBuilder2::BuildTokenWithRtm(APP_ID, APP_CERTIFICATE, "room", "alice",
                                                                  UserRole::kRolePublisher, 3600, 600));
    CHECK(service<ServiceRtc>(token).privileges_ == PUBLISH_600);
    CHECK(service<ServiceRtm>(token).user_id_ == "alice");
    CHECK(service<ServiceRtm>(token).privileges_ == Privileges({{ServiceRtm::kPrivilegeLogin, 3600}}));
  };
}

template <class Builder>
AccessToken2 rtc_and_rtm(Builder build) {
  AccessToken2 token = read(
      build(APP_ID, APP_CERTIFICATE, "room", "alice", UserRole::kRolePublisher, 3600, 1, 2, 3, 4, "alice-rtm", 1800));
  CHECK(token.expire_ == 3600);
  CHECK(service<ServiceRtc>(token).account_ == "alice");
  CHECK(service<ServiceRtc>(token).privileges_ == Privileges({{1, 1}, {2, 2}, {3, 3}, {4, 4}}));
  CHECK(service<ServiceRtm>(token).user_id_ == "alice-rtm");
  CHECK(service<ServiceRtm>(token).privileges_ == Privileges({{1, 1800}}));
  const AccessToken2 listener = read(
      build(APP_ID, APP_CERTIFICATE, "room", "alice", UserRole::kRoleSubscriber, 3600, 1, 2, 3, 4, "alice-rtm", 1800));
  CHECK(service<ServiceRtc>(listener).privileges_ == Privileges({{1, 1}}));
  return token;
}

void other_builders2() {
  CASE("RTC and RTM of a user each, ConvoAI and STT") {
    CHECK(rtc_and_rtm(RtcTokenBuilder2::BuildTokenWithRtm2).services_.size() == 2);
    AccessToken2 token = rtc_and_rtm(ConvoAITokenBuilder::BuildToken);
    CHECK(service<ServiceConvoAI>(token).privileges_.empty());
    token = rtc_and_rtm(SttTokenBuilder::BuildToken);
    CHECK(service<ServiceStt>(token).privileges_.empty());
  };

  CASE("RTM") {
    AccessToken2 token = read(RtmTokenBuilder2::BuildToken(APP_ID, APP_CERTIFICATE, "alice", 900));
    CHECK(service<ServiceRtm>(token).user_id_ == "alice");
    CHECK(service<ServiceRtm>(token).privileges_ == Privileges({{1, 900}}));
  };

  CASE("RTM2") {
    ServiceRtm2::Permissions permissions;
    permissions.Add(ServiceRtm2::Permissions::kStreamChannels, ServiceRtm2::Permissions::kWrite, {"old"});
    permissions.Add(ServiceRtm2::Permissions::kStreamChannels, ServiceRtm2::Permissions::kWrite, {"b", "a", "b"});
    permissions.Add(ServiceRtm2::Permissions::kUsers, ServiceRtm2::Permissions::kRead, {});
    AccessToken2 token = read(RtmTokenBuilder2::BuildToken(APP_ID, APP_CERTIFICATE, "alice", permissions, 900));
    CHECK(service<ServiceRtm2>(token).user_id_ == "alice");
    CHECK(service<ServiceRtm2>(token).permissions_.details_ == permissions.details_);
    CHECK(service<ServiceRtm2>(token).privileges_ == Privileges({{1, 900}}));
  };

  CASE("Chat") {
    AccessToken2 token = read(ChatTokenBuilder2::BuildUserToken(APP_ID, APP_CERTIFICATE, "alice", 900));
    CHECK(service<ServiceChat>(token).user_id_ == "alice");
    CHECK(service<ServiceChat>(token).privileges_ == Privileges({{ServiceChat::kPrivilegeUser, 900}}));
    token = read(ChatTokenBuilder2::BuildAppToken(APP_ID, APP_CERTIFICATE, 900));
    CHECK(service<ServiceChat>(token).user_id_.empty());
    CHECK(service<ServiceChat>(token).privileges_ == Privileges({{ServiceChat::kPrivilegeApp, 900}}));
  };

  CASE("FPA") {
    AccessToken2 token = read(FpaTokenBuilder::BuildToken(APP_ID, APP_CERTIFICATE));
    CHECK(token.expire_ == 86400);
    CHECK(service<ServiceFpa>(token).privileges_ == Privileges({{1, 0}}));
  };
}

template <class Builder>
void classroom(const std::string &builder) {
  CASE(builder + ": a room user") {
    AccessToken2 token = read(Builder::BuildRoomUserToken(APP_ID, APP_CERTIFICATE, "123", "2882341273", -3, 900));
    CHECK(token.services_.size() == 3);
    CHECK(service<ServiceApaas>(token).room_uuid_ == "123");
    CHECK(service<ServiceApaas>(token).user_uuid_ == "2882341273");
    CHECK(service<ServiceApaas>(token).role_ == -3);
    CHECK(service<ServiceApaas>(token).privileges_ == Privileges({{ServiceApaas::kPrivilegeRoomUser, 900}}));
    CHECK(service<ServiceRtm>(token).user_id_ == "2882341273");
    CHECK(service<ServiceChat>(token).user_id_ == "6063383428a36fba3fb6030becf8094e");
    CHECK(service<ServiceChat>(token).privileges_ == Privileges({{1, 900}}));
  };

  CASE(builder + ": the Chat user of a room user") {
    // Lengths around the blocks of the digest, and users that the one-call builders refuse.
    const auto chat_user = [](const std::string &user) {
      return service<ServiceChat>(read(Builder::BuildRoomUserToken(APP_ID, APP_CERTIFICATE, "", user, 0, 0))).user_id_;
    };
    CHECK(chat_user("") == "d41d8cd98f00b204e9800998ecf8427e");
    CHECK(chat_user("user23") == "00a65dd47e842bcc3d82a296301071fb");
    CHECK(chat_user(std::string(55, 'y')) == "b8f486d6805a37c97c6b929c2e880937");
    CHECK(chat_user(std::string(56, 'y')) == "6c830a5d23df58dbe0171eb5639bf3e4");
    CHECK(chat_user(std::string(64, 'x')) == "c1bb4f81d892b2d57947682aeb252456");
    CHECK(chat_user(std::string(1000, 'z')) == "93f8e2ed34e2c6727cf1ee6f138267e9");
  };

  CASE(builder + ": users and apps") {
    AccessToken2 token = read(Builder::BuildUserToken(APP_ID, APP_CERTIFICATE, "alice", 900));
    CHECK(service<ServiceEducation>(token).room_uuid_.empty());
    CHECK(service<ServiceApaas>(token).user_uuid_ == "alice");
    CHECK(service<ServiceApaas>(token).role_ == -1);
    CHECK(service<ServiceApaas>(token).privileges_ == Privileges({{ServiceApaas::kPrivilegeUser, 900}}));
    token = read(Builder::BuildAppToken(APP_ID, APP_CERTIFICATE, 900));
    CHECK(service<ServiceApaas>(token).user_uuid_.empty());
    CHECK(service<ServiceApaas>(token).privileges_ == Privileges({{ServiceApaas::kPrivilegeApp, 900}}));
  };
}

void builders_006() {
  CASE("builders of AccessToken") {
    const uint32_t end = 2000000000;
    const auto verifies = [](const std::string &text, const std::string &channel, const std::string &uid,
                             const Privileges &privileges) {
      AccessToken token;
      CHECK(token.FromString(text));
      CHECK(token.app_id_ == APP_ID);
      CHECK(token.message_.messages == privileges);
      CHECK(token.signature_ ==
            AccessToken::GenerateSignature(APP_CERTIFICATE, APP_ID, channel, uid, token.message_raw_content_));
      CHECK(token.signature_ !=
            AccessToken::GenerateSignature(OTHER_CERTIFICATE, APP_ID, channel, uid, token.message_raw_content_));
    };
    const Privileges publish = {{1, end}, {2, end}, {3, end}, {4, end}};
    for (const UserRole role :
         {Role_Attendee, Role_Publisher, Role_Admin, UserRole::Role_Publisher, UserRole::kRolePublisher}) {
      verifies(RtcTokenBuilder::buildTokenWithUid(APP_ID, APP_CERTIFICATE, "room", 42, role, end), "room", "42",
               publish);
    }
    for (const UserRole role : {Role_Subscriber, static_cast<UserRole>(7)}) {
      verifies(RtcTokenBuilder::buildTokenWithUserAccount(APP_ID, APP_CERTIFICATE, "room", "alice", role), "room",
               "alice", {{1, 0}});
    }
    verifies(RtcTokenBuilder::buildTokenWithUid(APP_ID, APP_CERTIFICATE, "", 0, Role_Subscriber, 5), "", "", {{1, 5}});
    verifies(RtmTokenBuilder::buildToken(APP_ID, APP_CERTIFICATE, "alice", RtmUserRole::Rtm_User, end), "alice", "",
             {{1000, end}});
  };

  CASE("the two generations agree on what a role is called") {
    const int number = Role_Admin;
    CHECK(number == 101);
    switch (UserRole::kRoleSubscriber) {
      case Role_Subscriber:
        CHECK(true);
        break;
      default:
        CHECK(false);
    }
  };
}

void access_token() {
  CASE("a new AccessToken") {
    CHECK(AccessToken::Version() == "006");
    AccessToken token(APP_ID, APP_CERTIFICATE, "7d72365eb983485397e3e3f9d460bdda", 2882341273u);
    const auto now = static_cast<uint32_t>(std::time(nullptr));
    CHECK(token.uid_ == "2882341273");
    CHECK(token.message_.ts - now - 86400 <= 5 || now + 86400 - token.message_.ts <= 5);
    CHECK(token.message_.salt != AccessToken(APP_ID, APP_CERTIFICATE, "room", 1).message_.salt);
    token.SetTokenExpiredTs(60);
    CHECK(token.message_.ts - now - 60 <= 5 || now + 60 - token.message_.ts <= 5);
  };

  CASE("AccessToken, built and read") {
    AccessToken token(APP_ID, APP_CERTIFICATE, "7d72365eb983485397e3e3f9d460bdda", 2882341273u);
    token.message_ = AccessToken::PrivilegeMessage(1, 1111111, {});
    token.AddPrivilege(AccessToken::Privileges::kJoinChannel, 5);
    token.AddPrivilege(AccessToken::kJoinChannel, 1446455471);
    const std::string built = token.Build();
    CHECK(built ==
          "006970CA35de60c44645bbae8a215061b33IACV0fZUBw+72cVoL9eyGGh3Q6Poi8bgjwVLnyKSJyOXR7dIfRBXoFHlEAABAAAAR/"
          "QQAAEAAQCvKDdW");
    CHECK(token.signature_.size() == 32);
    CHECK(to_hex(token.message_raw_content_) == "0100000047f4100001000100af283756");

    AccessToken parsed;
    CHECK(parsed.crc_channel_name_ == 0 && parsed.crc_uid_ == 0 && parsed.message_.salt == 0);
    CHECK(parsed.FromString(built));
    CHECK(parsed.crc_channel_name_ == token.crc_channel_name_ && parsed.crc_channel_name_ != 0);
    CHECK(parsed.crc_uid_ == token.crc_uid_ && parsed.crc_uid_ != 0);
    CHECK(parsed.message_.salt == 1);
    CHECK(parsed.message_.ts == 1111111);
    CHECK(parsed.message_.messages == token.message_.messages);
    CHECK(parsed.signature_ == AccessToken::GenerateSignature(APP_CERTIFICATE, APP_ID, token.channel_name_, token.uid_,
                                                              parsed.message_raw_content_));

    // A copy is a token of its own.
    AccessToken copy = token;
    copy.channel_name_ = "other";
    CHECK(copy.Build() != built);
    CHECK(token.Build() == built);

    // A failed read leaves what was there.
    CHECK(!parsed.FromString(built.substr(0, built.size() - 4)));
    CHECK(parsed.app_id_ == APP_ID);
    CHECK(parsed.message_.ts == 1111111);
    CHECK(AccessToken::GenerateSignature("", APP_ID, "room", "42", "message").empty());
  };
}

void access_token2() {
  CASE("a new AccessToken2") {
    CHECK(AccessToken2::Version() == "007");
    AccessToken2 token(APP_ID, APP_CERTIFICATE);
    const auto now = static_cast<uint32_t>(std::time(nullptr));
    CHECK(token.issue_ts_ - now <= 5 || now - token.issue_ts_ <= 5);
    CHECK(token.expire_ == 900);
    CHECK(token.salt_ != AccessToken2(APP_ID, APP_CERTIFICATE).salt_);
    CHECK(AccessToken2(APP_ID, APP_CERTIFICATE, 1111111, 600).issue_ts_ == 1111111);
    CHECK(token.VerifySignature(APP_CERTIFICATE) == kTokenInvalid);
  };

  CASE("AccessToken2, built and read") {
    // The public fields are what is built from; 0 is 0.
    AccessToken2 token(APP_ID, APP_CERTIFICATE);
    token.issue_ts_ = 0;
    token.salt_ = 0;
    token.expire_ = 4294967295;
    token.AddService(std::make_unique<ServiceStreaming>("c3", 3u));
    token.AddService(std::make_unique<ServiceFCdn>("c6", "a6"));
    token.AddService(std::make_unique<ServiceRtc>("first", 0u));
    token.AddService(std::make_unique<ServiceRtc>("second", "alice"));
    token.services_.find(ServiceStreaming::kServiceType)
        ->second->AddPrivilege(ServiceStreaming::kPrivilegePublishRawStream, 7);
    token.services_.find(ServiceFCdn::kServiceType)->second->privileges_[ServiceFCdn::kPrivilegePlay] = 8;
    AccessToken2 parsed = read(token.Build());
    CHECK(parsed.issue_ts_ == 0);
    CHECK(parsed.salt_ == 0);
    CHECK(parsed.expire_ == 4294967295);
    CHECK(parsed.services_.size() == 4);
    CHECK(parsed.services_.count(ServiceRtc::kServiceType) == 2);
    CHECK(service<ServiceRtc>(parsed).channel_name_ == "first");
    CHECK(service<ServiceStreaming>(parsed).account_ == "3");
    CHECK(service<ServiceStreaming>(parsed).privileges_ == Privileges({{2, 7}}));
    CHECK(service<ServiceFCdn>(parsed).account_ == "a6");
    CHECK(service<ServiceFCdn>(parsed).privileges_ == Privileges({{2, 8}}));
    CHECK(parsed.Build() == token.Build());
  };

  CASE("any bytes, and as many as the format carries") {
    AccessToken2 odd(APP_ID, APP_CERTIFICATE);
    odd.AddService(std::make_unique<ServiceRtc>(std::string("a\0\xff", 3), std::string(65535, 'u')));
    CHECK(service<ServiceRtc>(read(odd.Build())).channel_name_ == std::string("a\0\xff", 3));
    CHECK(service<ServiceRtc>(read(odd.Build())).account_.size() == 65535);
  };

  CASE("signatures") {
    AccessToken2 parsed = read(FpaTokenBuilder::BuildToken(APP_ID, APP_CERTIFICATE));
    std::string wrong = APP_CERTIFICATE;
    wrong[0] = '1';
    CHECK(parsed.VerifySignature(wrong) == kTokenVerifyFailed);
    CHECK(parsed.VerifySignature(APP_CERTIFICATE + "123") == kTokenInvalidInfo);
    CHECK(parsed.VerifySignature(APP_CERTIFICATE + std::string(1, '\0')) == kTokenInvalidInfo);
    CHECK(parsed.VerifySignature("\xff") == kTokenInvalidInfo);
    CHECK(parsed.VerifySignature(APP_CERTIFICATE) == kTokenVerifySuccess);
    CHECK(parsed.app_cert_ == APP_CERTIFICATE);
  };

  CASE("moving keeps what was read, and a failed read empties what it must") {
    AccessToken2 parsed = read(FpaTokenBuilder::BuildToken(APP_ID, APP_CERTIFICATE));
    AccessToken2 moved(std::move(parsed));
    CHECK(moved.VerifySignature(APP_CERTIFICATE) == kTokenVerifySuccess);
    const std::string built = moved.Build();
    CHECK(!moved.FromString(built.substr(0, built.size() - 4)));
    CHECK(!moved.parsed_ && moved.app_id_.empty() && moved.signature_.empty() && moved.services_.empty());
    CHECK(moved.expire_ == 86400);
    CHECK(moved.VerifySignature(APP_CERTIFICATE) == kTokenInvalid);
  };
}

void clones() {
  CASE("clones") {
    std::vector<std::unique_ptr<Service>> kinds;
    kinds.push_back(std::make_unique<ServiceRtc>("room", "alice"));
    kinds.push_back(std::make_unique<ServiceRtm>("alice"));
    kinds.push_back(std::make_unique<ServiceStreaming>("room", 1u));
    kinds.push_back(std::make_unique<ServiceFpa>());
    kinds.push_back(std::make_unique<ServiceChat>("alice"));
    kinds.push_back(std::make_unique<ServiceFCdn>("room", 1u));
    kinds.push_back(std::make_unique<ServiceApaas>("room", "alice", 2));
    kinds.push_back(std::make_unique<ServiceRtm2>("alice"));
    kinds.push_back(std::make_unique<ServiceConvoAI>());
    kinds.push_back(std::make_unique<ServiceStt>());
    AccessToken2 original(APP_ID, APP_CERTIFICATE, 1, 1);
    AccessToken2 cloned(APP_ID, APP_CERTIFICATE, 1, 1);
    cloned.salt_ = original.salt_;
    uint16_t type = 0;
    for (std::unique_ptr<Service> &kind : kinds) {
      CHECK(kind->ServiceType() == ++type);
      kind->AddPrivilege(1, type);
      std::unique_ptr<Service> clone = kind->Clone();
      const Service &one = *kind;
      const Service &other = *clone;
      CHECK(&one != &other && typeid(one) == typeid(other));
      cloned.AddService(std::move(clone));
      original.AddService(std::move(kind));
    }
    CHECK(original.Build() == cloned.Build());
    cloned.services_.begin()->second->AddPrivilege(2, 2);
    CHECK(original.Build() != cloned.Build());
  };
}

// Whatever is wrong gives an empty text or false, throws nothing and prints nothing.
void failures() {
  CASE("whatever is wrong gives an empty text or false") {
    const std::string nul = APP_ID + std::string(1, '\0');
    const std::vector<std::string> bad = {
        "", APP_ID + "0", APP_ID.substr(1), std::string(32, 'g'), std::string(32, ' '), nul, std::string(32, '\xff')};
    using Build = std::function<std::string(const std::string &, const std::string &)>;
    const auto publisher = UserRole::kRolePublisher;
    const ServiceRtm2::Permissions permissions;
    const std::vector<Build> builders = {
        [&](auto &id, auto &key) { return RtcTokenBuilder::buildTokenWithUid(id, key, "room", 1, Role_Publisher, 1); },
        [&](auto &id, auto &key) {
          return RtcTokenBuilder::buildTokenWithUserAccount(id, key, "room", "a", Role_Publisher, 1);
        },
        [&](auto &id, auto &key) { return RtmTokenBuilder::buildToken(id, key, "a", Rtm_User, 1); },
        [&](auto &id, auto &key) { return AccessToken(id, key, "room", 1).Build(); },
        [&](auto &id, auto &key) { return RtcTokenBuilder2::BuildTokenWithUid(id, key, "room", 1, publisher, 1); },
        [&](auto &id, auto &key) {
          return RtcTokenBuilder2::BuildTokenWithUserAccount(id, key, "room", "a", publisher, 1);
        },
        [&](auto &id, auto &key) { return RtcTokenBuilder2::BuildTokenWithUid(id, key, "room", 1, 1, 1, 1, 1, 1); },
        [&](auto &id, auto &key) {
          return RtcTokenBuilder2::BuildTokenWithUserAccount(id, key, "room", "a", 1, 1, 1, 1, 1);
        },
        [&](auto &id, auto &key) { return RtcTokenBuilder2::BuildTokenWithRtm(id, key, "room", "a", publisher, 1); },
        [&](auto &id, auto &key) {
          return RtcTokenBuilder2::BuildTokenWithRtm2(id, key, "room", "a", publisher, 1, 1, 1, 1, 1, "a", 1);
        },
        [&](auto &id, auto &key) {
          return ConvoAITokenBuilder::BuildToken(id, key, "room", "a", publisher, 1, 1, 1, 1, 1, "a", 1);
        },
        [&](auto &id, auto &key) {
          return SttTokenBuilder::BuildToken(id, key, "room", "a", publisher, 1, 1, 1, 1, 1, "a", 1);
        },
        [&](auto &id, auto &key) { return RtmTokenBuilder2::BuildToken(id, key, "a", 1); },
        [&](auto &id, auto &key) { return RtmTokenBuilder2::BuildToken(id, key, "a", permissions, 1); },
        [&](auto &id, auto &key) { return ChatTokenBuilder2::BuildUserToken(id, key, "a", 1); },
        [&](auto &id, auto &key) { return ChatTokenBuilder2::BuildAppToken(id, key, 1); },
        [&](auto &id, auto &key) { return FpaTokenBuilder::BuildToken(id, key); },
        [&](auto &id, auto &key) { return ApaasTokenBuilder::BuildRoomUserToken(id, key, "r", "u", 1, 1); },
        [&](auto &id, auto &key) { return EducationTokenBuilder2::BuildUserToken(id, key, "u", 1); },
        [&](auto &id, auto &key) { return EducationTokenBuilder2::BuildAppToken(id, key, 1); },
    };
    int empty = 0;
    int minted = 0;
    bool refused = true;
    const std::string printed = quiet::printed([&] {
      for (const Build &build : builders) {
        for (const std::string &wrong : bad)
          empty += build(wrong, APP_CERTIFICATE).empty() && build(APP_ID, wrong).empty();
        minted += !build(APP_ID, APP_CERTIFICATE).empty();
      }

      const std::string long_text(65536, 'c');
      refused =
          refused &&
          RtcTokenBuilder2::BuildTokenWithUserAccount(APP_ID, APP_CERTIFICATE, long_text, "a", publisher, 1).empty();
      refused = refused &&
                RtcTokenBuilder::buildTokenWithUserAccount(APP_ID, APP_CERTIFICATE, "a", long_text, Role_Publisher, 1)
                    .empty();
      ServiceRtm2::Permissions long_permissions;
      long_permissions.Add(0, 0, {long_text});
      refused = refused && RtmTokenBuilder2::BuildToken(APP_ID, APP_CERTIFICATE, "a", long_permissions, 1).empty();

      AccessToken2 none(APP_ID, APP_CERTIFICATE);
      refused = refused && none.Build().empty() && none.GenerateSignature(APP_CERTIFICATE).empty();
      refused = refused && none.VerifySignature(APP_CERTIFICATE) == kTokenInvalid;

      const std::string good = FpaTokenBuilder::BuildToken(APP_ID, APP_CERTIFICATE);
      for (const std::string &text :
           {std::string(), std::string("00"), std::string("007"), std::string("006"), std::string("007!!!!"),
            good + "\n", good + std::string(1, '\0'), std::string("\xff\xff\xff"), "006" + APP_ID + "!!!!"}) {
        refused = refused && !AccessToken2().FromString(text) && !AccessToken().FromString(text);
      }
    });
    CHECK(empty == static_cast<int>(builders.size() * bad.size()));
    CHECK(minted == static_cast<int>(builders.size()));
    CHECK(refused);
    CHECK(printed.empty());
    CHECK(quiet::printed([] {
            std::cerr << "heard";
            std::cout << " both";
          }) == "heard both");
  };
}

}  // namespace

int main() {
  rtc_builder2();
  other_builders2();
  classroom<ApaasTokenBuilder>("ApaasTokenBuilder");
  classroom<EducationTokenBuilder2>("EducationTokenBuilder2");
  builders_006();
  access_token();
  access_token2();
  clones();
  failures();
  return check::report();
}
