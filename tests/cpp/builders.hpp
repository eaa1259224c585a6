// The one-call builders by their names in agora_token.h, with arguments as the vectors give them.
#ifndef AGORA_TOKEN_TESTS_BUILDERS_HPP
#define AGORA_TOKEN_TESTS_BUILDERS_HPP

#include "json.hpp"

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
#include <agora_token.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>

// Bytes of the vectors: a string, {"hex": "ff00"}, or {"prefix": "007", "repeat": ["A", 1000]}.
inline std::string bytes(const Json &text) {
  if (text.is_string()) return text.string();
  std::string result;
  if (text.has("hex")) {
    const std::string &hex = text["hex"].string();
    for (std::size_t index = 0; index < hex.size(); index += 2) {
      result += static_cast<char>(std::stoi(hex.substr(index, 2), nullptr, 16));
    }
    return result;
  }
  if (text.has("prefix")) result = text["prefix"].string();
  const Json::Array &repeat = text["repeat"].array();
  for (std::int64_t times = repeat.at(1).number(); times > 0; --times) result += repeat.at(0).string();
  return result;
}

inline std::map<std::uint16_t, std::map<std::uint16_t, std::vector<std::string>>> permission_details(
    const Json &permissions) {
  std::map<std::uint16_t, std::map<std::uint16_t, std::vector<std::string>>> details;
  for (const auto &[resource_type, by_access] : permissions.object()) {
    auto &of_type = details[static_cast<std::uint16_t>(std::stoi(resource_type))];
    for (const auto &[access, resources] : by_access.object()) {
      auto &names = of_type[static_cast<std::uint16_t>(std::stoi(access))];
      for (const Json &resource : resources.array()) names.push_back(bytes(resource));
    }
  }
  return details;
}

inline agora::Rtm2Permissions face_permissions(const Json &json) {
  agora::Rtm2Permissions permissions;
  for (const auto &[resource_type, by_access] : permission_details(json)) {
    for (const auto &[access, resources] : by_access) permissions.set(resource_type, access, resources);
  }
  return permissions;
}

inline agora::tools::ServiceRtm2::Permissions compat_permissions(const Json &json) {
  agora::tools::ServiceRtm2::Permissions permissions;
  permissions.details_ = permission_details(json);
  return permissions;
}

// One call: App ID and certificate, and the other arguments by name.
struct Call {
  const std::string &app_id;
  const std::string &app_certificate;
  const Json &args;

  const std::string &text(const char *name) const { return args[name].string(); }
  std::int64_t number(const char *name) const { return args[name].number(); }
  std::uint32_t u32(const char *name) const { return static_cast<std::uint32_t>(number(name)); }
};

using Builders = std::map<std::string, std::function<std::string(const Call &)>>;

inline const Builders &face_builders() {
  using namespace agora;
  using Rtm2Builder = std::string (*)(std::string_view, std::string_view, std::string_view, std::string_view, Role,
                                      Integer, Integer, Integer, Integer, Integer, std::string_view, Integer);
  const auto with_rtm2 = [](Rtm2Builder build) {
    return [build](const Call &c) {
      return build(c.app_id, c.app_certificate, c.text("channel_name"), c.text("rtc_account"),
                   static_cast<Role>(c.u32("rtc_role")), c.number("rtc_token_expire"),
                   c.number("join_channel_privilege_expire"), c.number("pub_audio_privilege_expire"),
                   c.number("pub_video_privilege_expire"), c.number("pub_data_stream_privilege_expire"),
                   c.text("rtm_user_id"), c.number("rtm_token_expire"));
    };
  };
  const auto room_user = [](decltype(&build_apaas_room_user_token2) build) {
    return [build](const Call &c) {
      return build(c.app_id, c.app_certificate, c.text("room_uuid"), c.text("user_uuid"), c.number("role"),
                   c.number("token_expire"));
    };
  };
  const auto user = [](decltype(&build_apaas_user_token2) build) {
    return [build](const Call &c) {
      return build(c.app_id, c.app_certificate, c.text("user_uuid"), c.number("token_expire"));
    };
  };
  const auto app = [](decltype(&build_apaas_app_token2) build) {
    return [build](const Call &c) { return build(c.app_id, c.app_certificate, c.number("token_expire")); };
  };
  static const Builders builders = {
      {"agora_build_token_with_uid",
       [](const Call &c) {
         return build_token_with_uid(c.app_id, c.app_certificate, c.text("channel_name"), c.number("uid"),
                                     static_cast<Role006>(c.u32("role")), c.number("privilege_expired_ts"));
       }},
      {"agora_build_token_with_user_account",
       [](const Call &c) {
         return build_token_with_user_account(c.app_id, c.app_certificate, c.text("channel_name"),
                                              c.text("user_account"), static_cast<Role006>(c.u32("role")),
                                              c.number("privilege_expired_ts"));
       }},
      {"agora_build_rtm_token",
       [](const Call &c) {
         return build_rtm_token(c.app_id, c.app_certificate, c.text("user_account"),
                                static_cast<Role006>(c.u32("role")), c.number("privilege_expired_ts"));
       }},
      {"agora_build_token2_with_uid",
       [](const Call &c) {
         return build_token2_with_uid(c.app_id, c.app_certificate, c.text("channel_name"), c.number("uid"),
                                      static_cast<Role>(c.u32("role")), c.number("token_expire"),
                                      c.number("privilege_expire"));
       }},
      {"agora_build_token2_with_user_account",
       [](const Call &c) {
         return build_token2_with_user_account(c.app_id, c.app_certificate, c.text("channel_name"),
                                               c.text("user_account"), static_cast<Role>(c.u32("role")),
                                               c.number("token_expire"), c.number("privilege_expire"));
       }},
      {"agora_build_token2_with_uid_and_privilege",
       [](const Call &c) {
         return build_token2_with_uid_and_privilege(
             c.app_id, c.app_certificate, c.text("channel_name"), c.number("uid"), c.number("token_expire"),
             c.number("join_channel_privilege_expire"), c.number("pub_audio_privilege_expire"),
             c.number("pub_video_privilege_expire"), c.number("pub_data_stream_privilege_expire"));
       }},
      {"agora_build_token2_with_user_account_and_privilege",
       [](const Call &c) {
         return build_token2_with_user_account_and_privilege(
             c.app_id, c.app_certificate, c.text("channel_name"), c.text("user_account"), c.number("token_expire"),
             c.number("join_channel_privilege_expire"), c.number("pub_audio_privilege_expire"),
             c.number("pub_video_privilege_expire"), c.number("pub_data_stream_privilege_expire"));
       }},
      {"agora_build_token2_with_rtm",
       [](const Call &c) {
         return build_token2_with_rtm(c.app_id, c.app_certificate, c.text("channel_name"), c.text("user_account"),
                                      static_cast<Role>(c.u32("role")), c.number("token_expire"),
                                      c.number("privilege_expire"));
       }},
      {"agora_build_token2_with_rtm2", with_rtm2(build_token2_with_rtm2)},
      {"agora_build_convo_ai_token2", with_rtm2(build_convo_ai_token2)},
      {"agora_build_stt_token2", with_rtm2(build_stt_token2)},
      {"agora_build_rtm_token2",
       [](const Call &c) {
         return build_rtm_token2(c.app_id, c.app_certificate, c.text("user_id"), c.number("token_expire"));
       }},
      {"agora_build_rtm_token2_with_permissions",
       [](const Call &c) {
         return build_rtm_token2_with_permissions(c.app_id, c.app_certificate, c.text("user_id"),
                                                  face_permissions(c.args["permissions"]), c.number("token_expire"));
       }},
      {"agora_build_chat_user_token2",
       [](const Call &c) {
         return build_chat_user_token2(c.app_id, c.app_certificate, c.text("user_id"), c.number("token_expire"));
       }},
      {"agora_build_chat_app_token2", app(build_chat_app_token2)},
      {"agora_build_fpa_token2", [](const Call &c) { return build_fpa_token2(c.app_id, c.app_certificate); }},
      {"agora_build_apaas_room_user_token2", room_user(build_apaas_room_user_token2)},
      {"agora_build_apaas_user_token2", user(build_apaas_user_token2)},
      {"agora_build_apaas_app_token2", app(build_apaas_app_token2)},
      {"agora_build_education_room_user_token2", room_user(build_education_room_user_token2)},
      {"agora_build_education_user_token2", user(build_education_user_token2)},
      {"agora_build_education_app_token2", app(build_education_app_token2)},
  };
  return builders;
}

// The official builders that stand for the same names; these take everything the format carries.
inline const Builders &compat_builders() {
  using namespace agora::tools;
  const auto with_rtm2 = [](decltype(&RtcTokenBuilder2::BuildTokenWithRtm2) build) {
    return [build](const Call &c) {
      return build(c.app_id, c.app_certificate, c.text("channel_name"), c.text("rtc_account"),
                   static_cast<UserRole>(c.number("rtc_role")), c.u32("rtc_token_expire"),
                   c.u32("join_channel_privilege_expire"), c.u32("pub_audio_privilege_expire"),
                   c.u32("pub_video_privilege_expire"), c.u32("pub_data_stream_privilege_expire"),
                   c.text("rtm_user_id"), c.u32("rtm_token_expire"));
    };
  };
  const auto room_user = [](decltype(&ApaasTokenBuilder::BuildRoomUserToken) build) {
    return [build](const Call &c) {
      return build(c.app_id, c.app_certificate, c.text("room_uuid"), c.text("user_uuid"),
                   static_cast<int16_t>(c.number("role")), c.u32("token_expire"));
    };
  };
  const auto user = [](decltype(&ApaasTokenBuilder::BuildUserToken) build) {
    return [build](const Call &c) {
      return build(c.app_id, c.app_certificate, c.text("user_uuid"), c.u32("token_expire"));
    };
  };
  const auto app = [](decltype(&ApaasTokenBuilder::BuildAppToken) build) {
    return [build](const Call &c) { return build(c.app_id, c.app_certificate, c.u32("token_expire")); };
  };
  static const Builders builders = {
      {"agora_build_token_with_uid",
       [](const Call &c) {
         return RtcTokenBuilder::buildTokenWithUid(c.app_id, c.app_certificate, c.text("channel_name"), c.u32("uid"),
                                                   static_cast<UserRole>(c.number("role")),
                                                   c.u32("privilege_expired_ts"));
       }},
      {"agora_build_token_with_user_account",
       [](const Call &c) {
         return RtcTokenBuilder::buildTokenWithUserAccount(
             c.app_id, c.app_certificate, c.text("channel_name"), c.text("user_account"),
             static_cast<UserRole>(c.number("role")), c.u32("privilege_expired_ts"));
       }},
      {"agora_build_rtm_token",
       [](const Call &c) {
         return RtmTokenBuilder::buildToken(c.app_id, c.app_certificate, c.text("user_account"), Rtm_User,
                                            c.u32("privilege_expired_ts"));
       }},
      {"agora_build_token2_with_uid",
       [](const Call &c) {
         return RtcTokenBuilder2::BuildTokenWithUid(c.app_id, c.app_certificate, c.text("channel_name"), c.u32("uid"),
                                                    static_cast<UserRole>(c.number("role")), c.u32("token_expire"),
                                                    c.u32("privilege_expire"));
       }},
      {"agora_build_token2_with_user_account",
       [](const Call &c) {
         return RtcTokenBuilder2::BuildTokenWithUserAccount(
             c.app_id, c.app_certificate, c.text("channel_name"), c.text("user_account"),
             static_cast<UserRole>(c.number("role")), c.u32("token_expire"), c.u32("privilege_expire"));
       }},
      {"agora_build_token2_with_uid_and_privilege",
       [](const Call &c) {
         return RtcTokenBuilder2::BuildTokenWithUid(
             c.app_id, c.app_certificate, c.text("channel_name"), c.u32("uid"), c.u32("token_expire"),
             c.u32("join_channel_privilege_expire"), c.u32("pub_audio_privilege_expire"),
             c.u32("pub_video_privilege_expire"), c.u32("pub_data_stream_privilege_expire"));
       }},
      {"agora_build_token2_with_user_account_and_privilege",
       [](const Call &c) {
         return RtcTokenBuilder2::BuildTokenWithUserAccount(
             c.app_id, c.app_certificate, c.text("channel_name"), c.text("user_account"), c.u32("token_expire"),
             c.u32("join_channel_privilege_expire"), c.u32("pub_audio_privilege_expire"),
             c.u32("pub_video_privilege_expire"), c.u32("pub_data_stream_privilege_expire"));
       }},
      {"agora_build_token2_with_rtm",
       [](const Call &c) {
         return RtcTokenBuilder2::BuildTokenWithRtm(c.app_id, c.app_certificate, c.text("channel_name"),
                                                    c.text("user_account"), static_cast<UserRole>(c.number("role")),
                                                    c.u32("token_expire"), c.u32("privilege_expire"));
       }},
      {"agora_build_token2_with_rtm2", with_rtm2(RtcTokenBuilder2::BuildTokenWithRtm2)},
      {"agora_build_convo_ai_token2", with_rtm2(ConvoAITokenBuilder::BuildToken)},
      {"agora_build_stt_token2", with_rtm2(SttTokenBuilder::BuildToken)},
      {"agora_build_rtm_token2",
       [](const Call &c) {
         return RtmTokenBuilder2::BuildToken(c.app_id, c.app_certificate, c.text("user_id"), c.u32("token_expire"));
       }},
      {"agora_build_rtm_token2_with_permissions",
       [](const Call &c) {
         return RtmTokenBuilder2::BuildToken(c.app_id, c.app_certificate, c.text("user_id"),
                                             compat_permissions(c.args["permissions"]), c.u32("token_expire"));
       }},
      {"agora_build_chat_user_token2",
       [](const Call &c) {
         return ChatTokenBuilder2::BuildUserToken(c.app_id, c.app_certificate, c.text("user_id"),
                                                  c.u32("token_expire"));
       }},
      {"agora_build_chat_app_token2", app(ChatTokenBuilder2::BuildAppToken)},
      {"agora_build_fpa_token2",
       [](const Call &c) { return FpaTokenBuilder::BuildToken(c.app_id, c.app_certificate); }},
      {"agora_build_apaas_room_user_token2", room_user(ApaasTokenBuilder::BuildRoomUserToken)},
      {"agora_build_apaas_user_token2", user(ApaasTokenBuilder::BuildUserToken)},
      {"agora_build_apaas_app_token2", app(ApaasTokenBuilder::BuildAppToken)},
      {"agora_build_education_room_user_token2", room_user(EducationTokenBuilder2::BuildRoomUserToken)},
      {"agora_build_education_user_token2", user(EducationTokenBuilder2::BuildUserToken)},
      {"agora_build_education_app_token2", app(EducationTokenBuilder2::BuildAppToken)},
  };
  return builders;
}

#endif
