//! `verify`: verdicts, and what they cover.

use serde_json::{Value, json};

use crate::run::{OTHER_CERTIFICATE, call, mint};

const FIXED: &str = "--issue-ts 1700000000 --salt 1";

fn verify(words: &str, token: &str) -> crate::run::Call {
    call(["verify"].into_iter().chain(words.split_whitespace()).chain([token]))
}

fn refusals(words: &str, token: &str) -> Vec<String> {
    let verdict = verify(&format!("--json {words}"), token).run().json();
    let code = |refusal: &Value| refusal["code"].as_str().unwrap().to_owned();
    verdict["refusals"].as_array().unwrap().iter().map(code).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn a_fresh_token_is_valid() {
    let token = mint("rtc --channel room --uid 42");
    let outcome = verify("--channel room --uid 42", &token).run();
    let expected =
        "valid\n  signed with  AGORA_APP_CERTIFICATE\n  checked      signature, time, App ID, channel, user\n";
    assert_eq!(outcome.ok(), expected);
    let outcome = verify("--ignore-time", &token).without("AGORA_APP_ID").run();
    assert!(outcome.ok().ends_with("\n  checked      signature\n  not checked  time, App ID, channel, user\n"));
}

#[test]
fn a_refused_token_shows_every_reason() {
    let token = mint(&format!("rtc --channel room --uid 42 {FIXED}"));
    let outcome = verify("--at 1700003605 --channel hall --uid 43", &token).run();
    assert_eq!(outcome.exit, 1);
    assert_eq!(
        outcome.stdout,
        "\
refused
  CHANNEL_MISMATCH   the token is for channel \"room\"
  USER_MISMATCH      the token is for user \"42\"
  TOKEN_EXPIRED      the token expired 5 seconds ago
  PRIVILEGE_EXPIRED  the privilege joinChannel expired 5 seconds ago
  signed with  AGORA_APP_CERTIFICATE
  checked      signature, time, App ID, channel, user
"
    );
    let forged = verify("--ignore-time", &token).with("AGORA_APP_CERTIFICATE", OTHER_CERTIFICATE).run();
    assert_eq!(forged.exit, 1);
    assert!(forged.stdout.starts_with("refused\n  SIGNATURE_MISMATCH  ") && !forged.stdout.contains("signed with"));
}

#[test]
fn json_is_the_verdict() {
    let token = mint(&format!("rtc --channel room --uid 42 {FIXED}"));
    let verdict = verify("--json --at 1700000000 --channel hall", &token).run().json();
    assert_eq!((&verdict["valid"], &verdict["certificate"]), (&json!(false), &json!(0)));
    assert_eq!(verdict["refusals"][0]["code"], "CHANNEL_MISMATCH");
    assert_eq!(verdict["refusals"][0]["field"], "channel_name");
    assert!(verdict["refusals"][0]["reason"].is_string());
    assert_eq!(verdict["token"], call(["inspect", "--json", &token]).run().json());
}

#[test]
fn time_is_judged_with_leeway_or_not_at_all() {
    let token = mint(&format!("chat-app --expire 600 {FIXED}"));
    assert_eq!(refusals("--at 1700000599", &token), NONE);
    assert_eq!(refusals("--at 1700000600", &token), ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"]);
    assert_eq!(refusals("--at 1700000600 --leeway 1", &token), NONE);
    assert_eq!(refusals("--at 1700000659 --leeway 1m", &token), NONE);
    assert_eq!(refusals("--at 1699999990", &token), ["TOKEN_ISSUED_IN_FUTURE"]);
    assert_eq!(refusals("--at 1699999990 --leeway 10s", &token), NONE);
    assert_eq!(refusals("--at 99999999999", &token), ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"]);
    assert_eq!(refusals("", &token), ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"]);
    assert_eq!(refusals("--ignore-time", &token), NONE);
}

#[test]
fn users_are_uids_accounts_or_anybody() {
    let (one, any) = (mint("rtc --channel room --uid 42"), mint("rtc --channel room --any-user"));
    assert_eq!(refusals("--uid 42", &one), NONE);
    assert_eq!(refusals("--account 42", &one), NONE);
    assert_eq!(refusals("--uid 43", &one), ["USER_MISMATCH"]);
    assert_eq!(refusals("--any-user", &one), ["USER_MISMATCH"]);
    assert_eq!(refusals("--uid 0", &one), ["USER_MISMATCH"]);
    for words in ["--uid 42", "--uid 0", "--any-user", "--account alice"] {
        assert_eq!(refusals(words, &any), NONE, "{words}");
    }
    assert_eq!(refusals("--user-id alice", &mint("rtm --user-id alice")), NONE);
    assert_eq!(refusals("--user-id alice", &mint("fpa")), ["USER_MISMATCH"]);
}

#[test]
fn access_token_needs_its_channel_and_user() {
    let token = mint("rtc --token-version 006 --channel room --uid 42");
    assert_eq!(refusals("--channel room --uid 42", &token), NONE);
    assert_eq!(refusals("", &token), ["CHANNEL_AND_USER_REQUIRED"]);
    assert_eq!(refusals("--channel room", &token), ["CHANNEL_AND_USER_REQUIRED"]);
    assert!(verify("", &token).run().stdout.ends_with("\n  not checked  signature, channel, user\n"));
    assert_eq!(refusals("--channel room --uid 43", &token), ["USER_MISMATCH"]);
    assert_eq!(refusals("--user-id alice", &mint("rtm --token-version 006 --user-id alice")), NONE);
}

#[test]
fn wrong_numbers_are_wrong_usage() {
    let token = mint("fpa");
    for (words, code, field) in [
        ("--uid -1", "INVALID_UID", "uid"),
        ("--at -1", "INVALID_TIMESTAMP", "at"),
        ("--at now", "INVALID_TIMESTAMP", "at"),
        ("--leeway -1", "INVALID_LIFETIME", "leeway"),
        ("--leeway 1y", "INVALID_LIFETIME", "leeway"),
    ] {
        let error = verify(&format!("--json {words}"), &token).run().error(2);
        assert_eq!(error, (code.to_owned(), field.to_owned()), "{words}");
    }
}
