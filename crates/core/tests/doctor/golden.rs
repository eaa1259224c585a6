//! tests/doctor: one file for each finding, and the scenarios. With UPDATE_DOCTOR=1 in the environment they are written
//! instead of compared.

use std::fs;
use std::path::PathBuf;

use agora_token::doctor::{Attempt, Finding, JoinedAs};
use serde::Serialize;
use serde_json::Value;

/// A token, what is known of its use, and what must be found.
#[derive(Serialize)]
pub(crate) struct Document<'a> {
    pub(crate) situation: &'a str,
    pub(crate) token: &'a str,
    pub(crate) attempt: Known<'a>,
    pub(crate) findings: &'a [Finding],
}

/// An attempt under the names that every language's runner reads.
#[derive(Serialize)]
pub(crate) struct Known<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    app_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uid: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<u32>,
    at: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sdk: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    certificates: &'a [&'a str],
    redact: bool,
}

impl<'a> Known<'a> {
    pub(crate) fn of(attempt: &Attempt<'a>) -> Known<'a> {
        let (uid, user_account) = match attempt.user {
            Some(JoinedAs::Uid(uid)) => (Some(uid), None),
            Some(JoinedAs::Account(account)) => (None, Some(account)),
            None => (None, None),
        };
        Known {
            app_id: attempt.app_id,
            channel_name: attempt.channel,
            uid,
            user_account,
            service: attempt.service.map(|service| service.number()),
            role: attempt.role.map(u32::from),
            at: attempt.at.expect("a fixed time").as_secs(),
            sdk: attempt.sdk,
            error: attempt.error,
            certificates: attempt.certificates,
            redact: attempt.redact,
        }
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/doctor")
}

/// Holds the file against what it should be, or writes it.
pub(crate) fn settle(name: &str, document: &impl Serialize) {
    let file = folder().join(name);
    let text = serde_json::to_string_pretty(document).unwrap() + "\n";
    if std::env::var_os("UPDATE_DOCTOR").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    if committed == text {
        return;
    }
    let (found, expected): (Value, Value) =
        (serde_json::from_str(&text).unwrap(), serde_json::from_str(&committed).unwrap_or_default());
    assert_eq!(found, expected, "{name} is stale: see tests/doctor/README.md");
    panic!("{name} is not written as it would be: see tests/doctor/README.md");
}

/// Every JSON file there is.
pub(crate) fn names() -> Vec<String> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.filter(|name| name.ends_with(".json")).collect()
}
