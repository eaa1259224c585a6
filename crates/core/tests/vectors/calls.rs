//! The one-call builders by the names of the C ABI.

use agora_token::builder::*;
use agora_token::{Credentials, Error, Stamp};
use serde_json::Value;

use crate::cases::{Case, permissions, text};

/// Calls a builder at the case's issue time and salt, or at any where it has none.
pub(crate) fn call(function: &str, args: &Value, case: &Case) -> Result<String, Error> {
    let id_of = |name: &str| args.get(name).or(case.0.get(name)).and_then(Value::as_str).unwrap().to_owned();
    let credentials = &Credentials::new(&id_of("app_id"), &id_of("app_certificate"))?;
    let string = |name: &str| String::from_utf8(text(&args[name])).unwrap();
    let u32 = |name: &str| args[name].as_u64().and_then(|number| u32::try_from(number).ok()).expect("a u32");
    let i16 = |name: &str| args[name].as_i64().and_then(|number| i16::try_from(number).ok()).expect("an i16");
    let of = |name: &str| case.0.get(name).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
    // An AccessToken ends a day after its stamp.
    let issue_ts = of("issue_ts").or(of("ts").map(|ts| ts.saturating_sub(86_400))).unwrap_or(1_700_000_000);
    let stamp = Stamp { issue_ts, salt: of("salt").unwrap_or(1) };
    match function.strip_prefix("agora_").unwrap_or(function) {
        "build_token_with_uid" => build_token_with_uid(
            credentials,
            &string("channel_name"),
            u32("uid"),
            u32("role"),
            u32("privilege_expired_ts"),
            stamp,
        ),
        "build_token_with_user_account" => build_token_with_user_account(
            credentials,
            &string("channel_name"),
            &string("user_account"),
            u32("role"),
            u32("privilege_expired_ts"),
            stamp,
        ),
        "build_rtm_token" => {
            build_rtm_token(credentials, &string("user_account"), u32("role"), u32("privilege_expired_ts"), stamp)
        }
        "build_token2_with_uid" => build_token2_with_uid(
            credentials,
            &string("channel_name"),
            u32("uid"),
            u32("role"),
            u32("token_expire"),
            u32("privilege_expire"),
            stamp,
        ),
        "build_token2_with_user_account" => build_token2_with_user_account(
            credentials,
            &string("channel_name"),
            &string("user_account"),
            u32("role"),
            u32("token_expire"),
            u32("privilege_expire"),
            stamp,
        ),
        "build_token2_with_uid_and_privilege" => build_token2_with_uid_and_privilege(
            credentials,
            &string("channel_name"),
            u32("uid"),
            u32("token_expire"),
            u32("join_channel_privilege_expire"),
            u32("pub_audio_privilege_expire"),
            u32("pub_video_privilege_expire"),
            u32("pub_data_stream_privilege_expire"),
            stamp,
        ),
        "build_token2_with_user_account_and_privilege" => build_token2_with_user_account_and_privilege(
            credentials,
            &string("channel_name"),
            &string("user_account"),
            u32("token_expire"),
            u32("join_channel_privilege_expire"),
            u32("pub_audio_privilege_expire"),
            u32("pub_video_privilege_expire"),
            u32("pub_data_stream_privilege_expire"),
            stamp,
        ),
        "build_token2_with_rtm" => build_token2_with_rtm(
            credentials,
            &string("channel_name"),
            &string("user_account"),
            u32("role"),
            u32("token_expire"),
            u32("privilege_expire"),
            stamp,
        ),
        "build_token2_with_rtm2" => build_token2_with_rtm2(
            credentials,
            &string("channel_name"),
            &string("rtc_account"),
            u32("rtc_role"),
            u32("rtc_token_expire"),
            u32("join_channel_privilege_expire"),
            u32("pub_audio_privilege_expire"),
            u32("pub_video_privilege_expire"),
            u32("pub_data_stream_privilege_expire"),
            &string("rtm_user_id"),
            u32("rtm_token_expire"),
            stamp,
        ),
        "build_rtm_token2" => build_rtm_token2(credentials, &string("user_id"), u32("token_expire"), stamp),
        "build_rtm_token2_with_permissions" => build_rtm_token2_with_permissions(
            credentials,
            &string("user_id"),
            permissions(&args["permissions"]),
            u32("token_expire"),
            stamp,
        ),
        "build_chat_user_token2" => build_chat_user_token2(credentials, &string("user_id"), u32("token_expire"), stamp),
        "build_chat_app_token2" => build_chat_app_token2(credentials, u32("token_expire"), stamp),
        "build_fpa_token2" => build_fpa_token2(credentials, stamp),
        "build_apaas_room_user_token2" | "build_education_room_user_token2" => build_apaas_room_user_token2(
            credentials,
            &string("room_uuid"),
            &string("user_uuid"),
            i16("role"),
            u32("token_expire"),
            stamp,
        ),
        "build_apaas_user_token2" | "build_education_user_token2" => {
            build_apaas_user_token2(credentials, &string("user_uuid"), u32("token_expire"), stamp)
        }
        "build_apaas_app_token2" | "build_education_app_token2" => {
            build_apaas_app_token2(credentials, u32("token_expire"), stamp)
        }
        "build_convo_ai_token2" => build_convo_ai_token2(
            credentials,
            &string("channel_name"),
            &string("rtc_account"),
            u32("rtc_role"),
            u32("rtc_token_expire"),
            u32("join_channel_privilege_expire"),
            u32("pub_audio_privilege_expire"),
            u32("pub_video_privilege_expire"),
            u32("pub_data_stream_privilege_expire"),
            &string("rtm_user_id"),
            u32("rtm_token_expire"),
            stamp,
        ),
        "build_stt_token2" => build_stt_token2(
            credentials,
            &string("channel_name"),
            &string("rtc_account"),
            u32("rtc_role"),
            u32("rtc_token_expire"),
            u32("join_channel_privilege_expire"),
            u32("pub_audio_privilege_expire"),
            u32("pub_video_privilege_expire"),
            u32("pub_data_stream_privilege_expire"),
            &string("rtm_user_id"),
            u32("rtm_token_expire"),
            stamp,
        ),
        _ => panic!("no builder {function}"),
    }
}
