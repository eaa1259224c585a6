//! The builders of the C ABI as command lines.

use serde_json::Value;

use super::cases::{permissions_document, text};
use crate::run::{Call, call};

/// The call of `mint` that does what the builder does with these arguments; none if a program cannot be given them.
pub(crate) fn mint(function: &str, args: &Value, fixed: &[String]) -> Option<Call> {
    let builder = function.strip_prefix("agora_build_").expect("a builder");
    let mut words = vec!["mint".to_owned(), command(builder)];
    if !builder.contains("token2") {
        words.push("--token-version=006".to_owned());
    }
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
            "user_account" if builder == "rtm_token" => words.push(format!("--user-id={value}")),
            _ => words.push(format!("--{}={value}", option(name))),
        }
    }
    Some(environment.iter().fold(call(words), |call, (name, value)| call.with(name, value)))
}

fn command(builder: &str) -> String {
    match builder.split_once("token2_with_").or(builder.split_once("token_with_")) {
        Some(("", with)) if with.starts_with("rtm") => format!("rtc-{with}"),
        Some(("", _)) => "rtc".to_owned(),
        Some((service, _)) => service.trim_end_matches('_').to_owned(),
        None => builder.trim_end_matches('2').trim_end_matches("_token").replace('_', "-"),
    }
}

fn option(argument: &str) -> String {
    let option = match argument.trim_start_matches("rtc_") {
        "channel_name" => "channel",
        "user_account" => "account",
        "token_expire" => "lifetime",
        "rtm_token_expire" => "rtm-lifetime",
        "privilege_expired_ts" => "privilege-expired-ts",
        other => return other.replace("_expire", "_lifetime").replace('_', "-"),
    };
    option.to_owned()
}
