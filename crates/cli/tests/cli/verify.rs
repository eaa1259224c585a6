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
    assert_eq!(verdict["refusals"][0]["field"], "channel");
    assert!(verdict["refusals"][0]["reason"].is_string());
    assert_eq!(verdict["token"], call(["inspect", "--json", &token]).run().json());
}

#[test]
fn time_is_judged_with_leeway_or_not_at_all() {
    let token = mint(&format!("chat-app --lifetime 600 {FIXED}"));
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

#[test]
fn a_service_and_a_privilege_can_be_asked_for() {
    let (publisher, listener) = (mint("rtc --channel room --uid 42"), mint("rtc --channel room --uid 42 --role 2"));
    assert_eq!(refusals("--for rtc --privilege publishVideoStream", &publisher), NONE);
    assert_eq!(refusals("--privilege publishVideoStream", &publisher), NONE);
    assert_eq!(refusals("--privilege 3", &publisher), NONE);
    assert_eq!(refusals("--privilege publishVideoStream", &listener), ["PRIVILEGE_MISSING"]);
    assert_eq!(refusals("--for rtm", &publisher), ["SERVICE_MISSING"]);
    assert_eq!(refusals("--for RTC --privilege joinChannel", &listener), NONE);
    let short = mint(&format!("rtc --channel room --uid 42 --pub-video-privilege-lifetime 1m {FIXED}"));
    assert_eq!(refusals("--at 1700000100", &short), NONE);
    assert_eq!(refusals("--at 1700000100 --privilege publishVideoStream", &short), ["PRIVILEGE_EXPIRED"]);

    let outcome = verify("--for rtc --privilege joinChannel --channel room --uid 42", &publisher).run();
    let checked = "  checked      signature, time, App ID, channel, user, service, privilege\n";
    assert!(outcome.ok().ends_with(checked));
}

#[test]
fn an_access_token_has_numbers_of_its_own() {
    let rtm = mint("rtm --user-id alice --token-version 006");
    for privilege in ["login", "rtmLogin", "1000"] {
        assert_eq!(refusals(&format!("--user-id alice --for rtm --privilege {privilege}"), &rtm), NONE, "{privilege}");
    }
    assert_eq!(refusals("--user-id alice --privilege joinChannel", &rtm), ["PRIVILEGE_MISSING"]);
    assert_eq!(refusals("--user-id alice --for rtc", &rtm), ["SERVICE_MISSING"]);
}

#[test]
fn names_that_say_nothing_are_wrong_usage() {
    let token = mint("chat-user --user-id alice");
    assert_eq!(refusals("--for chat --privilege user", &token), NONE);
    assert_eq!(refusals("--privilege login --for rtm", &token), ["SERVICE_MISSING"]);
    // Where one service alone knows the name, it is meant, though the number is a privilege of this token's service too.
    assert_eq!(refusals("--privilege joinChannel", &token), ["SERVICE_MISSING"]);
    assert_eq!(refusals("--privilege 1", &token), NONE);
    for words in [
        "--for video",
        "--privilege user",
        "--privilege login",
        "--privilege fly",
        "--for rtc --privilege login",
        "--privilege -1",
    ] {
        assert_eq!(verify(&format!("--json {words}"), &token).run().error(2).0, "USAGE", "{words}");
    }
}

#[test]
fn a_user_from_outside_is_a_uid_or_an_account() {
    let (by_uid, by_account) = (mint("rtc --channel room --user 42"), mint("rtc --channel room --user alice"));
    assert_eq!(refusals("--channel room --uid 42", &by_uid), NONE);
    assert_eq!(refusals("--channel room --user 42", &by_uid), NONE);
    assert_eq!(refusals("--channel room --account alice", &by_account), NONE);
    assert_eq!(refusals("--channel room --user alice", &by_account), NONE);
    assert_eq!(refusals("--channel room --user 43", &by_uid), ["USER_MISMATCH"]);
    for user in ["042", "+42", "4294967296", "-1", "0"] {
        let minted = call(["mint", "rtc", "--json", "--channel", "room", "--user", user]).run();
        let verified = verify(&format!("--json --user {user}"), &by_uid).run();
        for outcome in [minted, verified] {
            assert_eq!(outcome.error(2).0, "INVALID_UID", "{user}");
            assert!(outcome.reason().starts_with("--user "), "{}", outcome.reason());
        }
    }
}

#[test]
fn a_time_is_unix_seconds_or_a_date() {
    let token = mint(&format!("chat-app --lifetime 600 {FIXED}"));
    assert_eq!(refusals("--at 2023-11-14T22:23:19Z", &token), NONE);
    assert_eq!(refusals("--at 2023-11-14T23:23:20+01:00", &token), ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"]);
    for time in ["1700000000000", "2023-11-14", "2023-11-14T22:23:19", "yesterday"] {
        assert_eq!(verify(&format!("--json --at {time}"), &token).run().error(2).0, "INVALID_TIMESTAMP", "{time}");
    }
}

#[test]
fn a_certificate_may_be_given_more_than_once() {
    let minted = call(format!("mint rtc --channel room --uid 42 {FIXED}").split_whitespace());
    let token = minted.with("AGORA_APP_CERTIFICATE", OTHER_CERTIFICATE).run().ok();
    let token = token.trim_end();
    let other = "0123456789abcdef0123456789abcdef";
    let options = format!("--at 1700000000 --app-certificate {other} --app-certificate {OTHER_CERTIFICATE} --json");
    let verdict = verify(&options, token).run().json();
    assert_eq!((&verdict["valid"], &verdict["certificate"]), (&json!(true), &json!(1)));
}
