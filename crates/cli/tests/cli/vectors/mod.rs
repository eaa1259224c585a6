//! Every case of tests/vectors through the program.

mod calls;
mod cases;

use serde_json::{Value, json};

use self::cases::{File, bytes, count_privileges, document_006, document_007, privileges_006, text};
use crate::run::{Call, Outcome, call};

/// A program's argument holds at most 128 KiB.
const LARGEST_ARGUMENT: usize = 100_000;

/// The cases of malformed.json that build with the low-level objects, or ask for one generation of tokens, in its order.
const NOT_EXPRESSIBLE: &str = "
    version_006_body_007 build_appid_empty build_appid_33 build_appid_not_hex build_appid_all_spaces
    build_appid_newline_end build_appid_uuid_dashes build_cert_31 build_cert_spaces build_no_services
    build_string_65536 build_string_4100 build_rtm2_300k_incompressible build6_appid_empty build6_appid_not_hex
    build6_cert_empty version_is_006 p6_version_is_007 build_cert_empty build_appid_trailing_newline
    build6_appid_trailing_newline build_cert_trailing_newline build6_cert_trailing_newline build_cert_not_hex
    build6_cert_not_hex build_appid_full_width build6_appid_full_width build_cert_full_width build6_cert_full_width
    build_rtc_channel_65535 build_rtc_channel_65536 build_rtc_account_65535 build_rtc_account_65536
    build_streaming_channel_65535 build_streaming_channel_65536 build_streaming_account_65535
    build_streaming_account_65536 build_fcdn_channel_65535 build_fcdn_channel_65536 build_fcdn_account_65535
    build_fcdn_account_65536 build_rtm_user_65535 build_rtm_user_65536 build_chat_user_65535 build_chat_user_65536
    build_rtm2_user_65535 build_rtm2_user_65536 build_apaas_room_65535 build_apaas_room_65536 build_apaas_user_65535
    build_apaas_user_65536 build_rtm2_resource_65535 build_rtm2_resource_65536 build_payload_too_large
    build_bytes_not_utf8 build_nul_in_channel build6_long_channel
";

#[test]
fn valid() {
    File::read("valid.json").run("", |case, id| {
        let token = text(&case["token"]);
        let certificate = text(&case["app_certificate"]);
        let expected = if case["version"] == "006" { document_006(case) } else { document_007_of_inputs(case) };
        assert_eq!(on_token(&["inspect", "--json"], &token).run().json(), expected, "{id}");
        let verdict = verify(&token, &certificate, &whom_006(case)).with("AGORA_APP_ID", &text(&case["app_id"])).run();
        // A token that grants nothing is signed all right and lets nobody in.
        let grants_nothing =
            case["version"] == "006" && case["privileges"].as_object().is_some_and(|all| all.is_empty());
        let expected_codes = if grants_nothing { (1, vec!["PRIVILEGE_MISSING".to_owned()]) } else { (0, vec![]) };
        assert_eq!(codes(&verdict), expected_codes, "{id}");
        let Some(one_call) = case.get("one_call") else { return true };
        for function in one_call["functions"].as_array().unwrap() {
            let call = calls::mint(function.as_str().unwrap(), &one_call["args"], &fixed(case)).expect("no NUL");
            let outcome =
                call.with("AGORA_APP_ID", &text(&case["app_id"])).with("AGORA_APP_CERTIFICATE", &certificate).run();
            if one_call["expect"] == "ok" {
                let document = outcome.json();
                assert_eq!(document["decoded"], expected, "{id}");
                assert_eq!(document["expiresAt"], expected["expiresAt"], "{id}");
                let again = on_token(&["inspect", "--json"], &text(&document["token"])).run();
                assert_eq!(again.json(), expected, "{id}");
            } else {
                assert_eq!(outcome.error(2), (text(&one_call["expect"]), text(&one_call["field"])), "{id}");
            }
        }
        true
    });
}

#[test]
fn malformed() {
    File::read("malformed.json").run(NOT_EXPRESSIBLE, token_case);
}

#[test]
fn official_strings() {
    File::read("official-strings.json").run("", token_case);
}

#[test]
fn builder_refusals() {
    File::read("builder-refusals.json").run("", |case, id| {
        let (function, args) = (text(&case["function"]), &case["args"]);
        let Some(call) = calls::mint(&function, args, &[]) else { return false };
        let outcome = call.run();
        if case["expect"] != "ok" {
            assert_eq!(outcome.error(2), (text(&case["expect"]), text(&case["field"])), "{id}");
            return true;
        }
        let minted = outcome.json();
        let (decoded, expected) = (&minted["decoded"], &case["token"]);
        assert_eq!((&decoded["version"], &decoded["appId"]), (&expected["version"], &expected["app_id"]), "{id}");
        if expected["version"] == "007" {
            assert_eq!(decoded["expiresIn"], expected["expire"], "{id}");
            let services: Value = expected["services"].as_array().unwrap().iter().map(cases::service).collect();
            assert_eq!(decoded["services"], services, "{id}");
        } else {
            assert_eq!(decoded["privileges"], privileges_006(&expected["privileges"]), "{id}");
            let verdict = verify(&text(&minted["token"]), &text(&args["app_certificate"]), &whom_006(expected)).run();
            assert_eq!(codes(&verdict), (0, vec![]), "{id}");
        }
        true
    });
}

/// Tokens that the mechanism reads, or refuses for another reason, and that are too large for a tool that takes tokens
/// from anywhere.
const BEYOND_THE_BOUNDS: [&str; 10] = [
    "services_40000_fpa",
    "payload_over_64k",
    "privileges_40000",
    "huge_base64",
    "payload_at_cap",
    "truncated_services_65535",
    "truncated_privileges_65535",
    "truncated_rtm2_permissions_65535",
    "truncated_rtm2_resources_65535",
    "p6_huge_base64",
];

/// AccessTokens that are signed as they stand, and whose privileges could be a part of another account.
const AMBIGUOUS: [&str; 2] = ["p6_unsorted_privileges", "p6_unknown_privilege"];

/// A case with an `op`: a token to read, and perhaps to verify.
fn token_case(case: &Value, id: &str) -> bool {
    let op = text(&case["op"]);
    if op.starts_with("build_") {
        // The low-level objects have no command: the shell has the one-call builders only.
        return false;
    }
    let (token, expect) = (text(&case["token"]), &case["expect"]);
    if expect["parse"] == "TOKEN_VERSION" && (token.starts_with("006") || token.starts_with("007")) {
        // inspect and verify read both generations: there is no asking for the other one.
        return false;
    }
    let is_large = BEYOND_THE_BOUNDS.contains(&id);
    if is_large || expect["parse"] != "ok" {
        let code = if is_large { "TOKEN_TOO_LARGE".to_owned() } else { text(&expect["parse"]) };
        let expected = (code, "token".to_owned());
        assert_eq!(on_token(&["inspect", "--json"], &token).run().error(3), expected, "{id}");
        // Who signed it is looked at first, and nothing else of what nobody did.
        let verified = on_token(&["verify", "--json"], &token).run();
        if verified.exit == 1 {
            assert!(["SIGNATURE_MISMATCH", "TOKEN_APP_ID"].contains(&codes(&verified).1[0].as_str()), "{id}");
        } else {
            assert_eq!(verified.error(3), expected, "{id}");
        }
        return true;
    }
    let decoded = &expect["decoded"];
    let mut document = on_token(&["inspect", "--json"], &token).run().json();
    if op.ends_with("007") {
        count_privileges(&mut document, decoded);
        assert_eq!(document, document_007(decoded, &expect["complete"], &expect["unread_bytes"]), "{id}");
        assert_eq!(decoded["expires_at"], document["expiresAt"], "{id}");
    } else {
        assert_eq!(document, document_006(decoded), "{id}");
    }
    if let Some(expected) = expect.get("verify") {
        let whom = if op == "parse_verify_006" { whom_006(case) } else { Vec::new() };
        let outcome = verify(&token, &text(&case["app_certificate"]), &whom).run();
        match expected.as_str().unwrap() {
            "ok" if AMBIGUOUS.contains(&id) => {
                assert_eq!(codes(&outcome), (1, vec!["TOKEN_AMBIGUOUS".to_owned()]), "{id}");
            }
            "ok" => assert_eq!(codes(&outcome), (0, vec![]), "{id}"),
            "INVALID_APP_CERTIFICATE" => assert_eq!(outcome.error(2).0, "INVALID_APP_CERTIFICATE", "{id}"),
            // The case has the first reason, a verdict has all of them.
            code => {
                let (exit, found) = codes(&outcome);
                assert_eq!((exit, found.first().map(String::as_str)), (1, Some(code)), "{id}");
            }
        }
    }
    if let Some(now) = case.get("now") {
        let at = format!("--at={now}");
        let outcome = on_token(&["verify", "--json", &at], &token).without("AGORA_APP_ID").run();
        let (exit, found) = codes(&outcome);
        match expect["at_now"].as_str().unwrap() {
            "ok" => assert_eq!((exit, found), (0, vec![]), "{id}"),
            code => assert!(exit == 1 && found.iter().any(|found| found == code), "{id}: {found:?}"),
        }
    }
    true
}

/// A call with the token as its last argument, or on standard input where it is too long for one.
fn on_token(words: &[&str], token: &str) -> Call {
    if token.len() <= LARGEST_ARGUMENT {
        return call([words, &["--", token]].concat());
    }
    call([words, &["-"]].concat()).input(format!("{token}\n"))
}

/// Verifies against one certificate, whatever the time and the App ID.
fn verify(token: &str, certificate: &str, whom: &[String]) -> Call {
    let whom = whom.iter().map(String::as_str).collect::<Vec<_>>();
    let call = on_token(&[&["verify", "--json", "--ignore-time"], whom.as_slice()].concat(), token);
    call.with("AGORA_APP_CERTIFICATE", certificate).without("AGORA_APP_ID")
}

/// Channel and user that an AccessToken is verified for. A messaging token has its user where others have the channel.
fn whom_006(case: &Value) -> Vec<String> {
    let (Some(channel), Some(account)) = (case.get("channel_name"), case.get("account")) else { return Vec::new() };
    let privileges = case.get("privileges").unwrap_or(&case["expect"]["decoded"]["privileges"]);
    if privileges.get("1000").is_some() && privileges.get("1").is_none() {
        return vec![format!("--account={}", text(channel))];
    }
    vec![format!("--channel={}", text(channel)), format!("--account={}", text(account))]
}

/// Exit code and refusals of a verdict.
fn codes(outcome: &Outcome) -> (i32, Vec<String>) {
    assert!(outcome.exit <= 1, "{}", outcome.stderr);
    let verdict: Value = serde_json::from_str(&outcome.stdout).expect("a verdict");
    assert_eq!(verdict["valid"], json!(outcome.exit == 0));
    (outcome.exit, verdict["refusals"].as_array().unwrap().iter().map(|refusal| text(&refusal["code"])).collect())
}

/// The document of a case of valid.json, whose services stand in the order in which they were added.
fn document_007_of_inputs(case: &Value) -> Value {
    let mut decoded = case.clone();
    decoded["services"].as_array_mut().unwrap().sort_by_key(|service| service["type"].as_u64());
    document_007(&decoded, &json!(true), &json!(0))
}

/// Issue time and salt of a case; an AccessToken ends a day after its issue time.
fn fixed(case: &Value) -> Vec<String> {
    let issue_ts =
        case.get("issue_ts").map_or_else(|| case["ts"].as_u64().unwrap() - 86_400, |ts| ts.as_u64().unwrap());
    vec![format!("--issue-ts={issue_ts}"), format!("--salt={}", case["salt"])]
}

#[test]
fn long_texts_are_read_from_recipes() {
    assert_eq!(bytes(&json!({ "prefix": "a", "repeat": ["bc", 2] })), b"abcbc");
    assert_eq!(bytes(&json!({ "hex": "ff00" })), [255, 0]);
}
