// Every builder of agora_token/compat says what the builder of agora_token.hpp says that it stands for.
#include "generated/compat_builders.hpp"
#include "call.hpp"
#include "check.hpp"
#include "content.hpp"
#include "generated/face_builders.hpp"
#include "json.hpp"
#include "samples.hpp"

#include <set>
#include <string>
#include <vector>

namespace {

// No two arguments of a call are alike, so that none can stand for another.
struct Calls {
  std::vector<const char *> functions;
  std::vector<const char *> args;
};

const std::vector<Calls> CALLS = {
    {{"agora_build_token_with_uid"},
     {R"({"channel_name":"room","uid":42,"role":0,"privilege_expired_ts":2000000001})",
      R"({"channel_name":"room","uid":42,"role":1,"privilege_expired_ts":2000000001})",
      R"({"channel_name":"room","uid":0,"role":2,"privilege_expired_ts":2000000001})",
      R"({"channel_name":"room","uid":4294967295,"role":101,"privilege_expired_ts":0})"}},
    {{"agora_build_token_with_user_account"},
     {R"({"channel_name":"room","user_account":"ann","role":0,"privilege_expired_ts":2000000001})",
      R"({"channel_name":"room","user_account":"ann","role":1,"privilege_expired_ts":2000000001})",
      R"({"channel_name":"room","user_account":"42","role":2,"privilege_expired_ts":2000000001})",
      R"({"channel_name":"room","user_account":"0","role":101,"privilege_expired_ts":0})"}},
    {{"agora_build_rtm_token"}, {R"({"user_account":"ann","role":1,"privilege_expired_ts":2000000001})"}},
    {{"agora_build_token2_with_uid"},
     {R"({"channel_name":"room","uid":42,"role":1,"token_expire":3600,"privilege_expire":600})",
      R"({"channel_name":"room","uid":0,"role":2,"token_expire":3600,"privilege_expire":600})"}},
    {{"agora_build_token2_with_user_account", "agora_build_token2_with_rtm"},
     {R"({"channel_name":"room","user_account":"ann","role":1,"token_expire":3600,"privilege_expire":600})",
      R"({"channel_name":"room","user_account":"0","role":2,"token_expire":3600,"privilege_expire":600})"}},
    {{"agora_build_token2_with_uid_and_privilege"},
     {R"({"channel_name":"room","uid":42,"token_expire":3600,"join_channel_privilege_expire":1,
          "pub_audio_privilege_expire":2,"pub_video_privilege_expire":3,"pub_data_stream_privilege_expire":4})"}},
    {{"agora_build_token2_with_user_account_and_privilege"},
     {R"({"channel_name":"room","user_account":"ann","token_expire":3600,"join_channel_privilege_expire":1,
          "pub_audio_privilege_expire":2,"pub_video_privilege_expire":3,"pub_data_stream_privilege_expire":4})"}},
    {{"agora_build_token2_with_rtm2", "agora_build_convo_ai_token2", "agora_build_stt_token2"},
     {R"({"channel_name":"room","rtc_account":"ann","rtc_role":1,"rtc_token_expire":3600,
          "join_channel_privilege_expire":1,"pub_audio_privilege_expire":2,"pub_video_privilege_expire":3,
          "pub_data_stream_privilege_expire":4,"rtm_user_id":"bob","rtm_token_expire":1800})",
      R"({"channel_name":"room","rtc_account":"ann","rtc_role":2,"rtc_token_expire":3600,
          "join_channel_privilege_expire":1,"pub_audio_privilege_expire":2,"pub_video_privilege_expire":3,
          "pub_data_stream_privilege_expire":4,"rtm_user_id":"bob","rtm_token_expire":1800})"}},
    {{"agora_build_rtm_token2", "agora_build_chat_user_token2"}, {R"({"user_id":"ann","token_expire":3600})"}},
    {{"agora_build_rtm_token2_with_permissions"}, {R"({"user_id":"ann","token_expire":3600,
          "permissions":{"0":{"0":["b","a","b"],"1":["c"]},"1":{"1":[]},"4":{"0":["bob"]}}})"}},
    {{"agora_build_fpa_token2"}, {"{}"}},
    {{"agora_build_chat_app_token2", "agora_build_apaas_app_token2", "agora_build_education_app_token2"},
     {R"({"token_expire":3600})"}},
    {{"agora_build_apaas_room_user_token2", "agora_build_education_room_user_token2"},
     {R"({"room_uuid":"class","user_uuid":"ann","role":-32768,"token_expire":3600})",
      R"({"room_uuid":"class","user_uuid":"ann","role":1,"token_expire":3600})"}},
    {{"agora_build_apaas_user_token2", "agora_build_education_user_token2"},
     {R"({"user_uuid":"ann","token_expire":3600})"}},
};

}  // namespace

int main() {
  std::set<std::string> called;
  for (const Calls &calls : CALLS) {
    for (const std::string function : calls.functions) {
      for (const char *text : calls.args) {
        CASE(function + text) {
          const Json args = Json::parse(text);
          const Call call{APP_ID, APP_CERTIFICATE, args};
          CHECK(Content(compat_builders().at(function)(call)) == Content(face_builders().at(function)(call)));
        };
      }
      called.insert(function);
    }
  }
  CASE("every builder is called") {
    CHECK(called.size() == face_builders().size());
    CHECK(called.size() == compat_builders().size());
  };
  return check::report();
}
