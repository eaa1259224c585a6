//! The builders of the C ABI as command lines.

use serde_json::Value;

use super::cases::{permissions_document, text};
use crate::run::{Call, call};

/// The call of `mint` that does what the builder does with these arguments; none if a program cannot be given them.
pub(crate) fn mint(function: &str, args: &Value, fixed: &[String]) -> Option<Call> {
    let mut words = vec!["mint".to_owned()];
    words.extend(service(function).split(' ').map(str::to_owned));
    words.extend_from_slice(fixed);
    words.push("--json".to_owned());
    let mut environment = Vec::new();
    for (name, value) in args.as_object().unwrap() {
        let value = match value {
            Value::Number(number) => number.to_string(),
            Value::Object(_) if name == "permissions" => permissions_document(value).to_string(),
            _ => text(value),
        };
        if value.contains('\0') {
            return None;
        }
        match name.as_str() {
            "app_id" => environment.push(("AGORA_APP_ID", value)),
            "app_certificate" => environment.push(("AGORA_APP_CERTIFICATE", value)),
            "channel_name" => words.push(format!("--channel={value}")),
            "user_account" if function == "agora_build_rtm_token" => words.push(format!("--user-id={value}")),
            "user_account" => words.push(format!("--account={value}")),
            _ => words.push(format!("--{}={value}", name.replace('_', "-"))),
        }
    }
    Some(environment.iter().fold(call(words), |call, (name, value)| call.with(name, value)))
}

fn service(function: &str) -> &'static str {
    match function.strip_prefix("agora_build_").unwrap_or_default() {
        "token_with_uid" | "token_with_user_account" => "rtc --token-version=006",
        "rtm_token" => "rtm --token-version=006",
        "token2_with_uid"
        | "token2_with_user_account"
        | "token2_with_uid_and_privilege"
        | "token2_with_user_account_and_privilege" => "rtc",
        "token2_with_rtm" => "rtc-rtm",
        "token2_with_rtm2" => "rtc-rtm2",
        "rtm_token2" | "rtm_token2_with_permissions" => "rtm",
        "chat_user_token2" => "chat-user",
        "chat_app_token2" => "chat-app",
        "fpa_token2" => "fpa",
        "apaas_room_user_token2" => "apaas-room-user",
        "apaas_user_token2" => "apaas-user",
        "apaas_app_token2" => "apaas-app",
        "education_room_user_token2" => "education-room-user",
        "education_user_token2" => "education-user",
        "education_app_token2" => "education-app",
        "convo_ai_token2" => "convo-ai",
        "stt_token2" => "stt",
        _ => panic!("no builder {function}"),
    }
}
