//! `doctor`: every case of tests/doctor through the program, and how people see it.

use std::fs;
use std::path::{Path, PathBuf};

use agora_token::ServiceType;
use serde_json::Value;

use crate::run::{CERTIFICATE, Call, Outcome, call, mint};

/// A call for a case's attempt; what comes before the token.
fn attempt_call(attempt: &Value, more: &[&str], token: &str) -> Call {
    let mut words = vec!["doctor".to_owned()];
    words.extend(more.iter().map(|word| (*word).to_owned()));
    for (member, value) in attempt.as_object().unwrap() {
        let option = match member.as_str() {
            "channel_name" => "channel",
            "user_account" => "account",
            "service" => "for",
            "app_id" => "app-id",
            "redact" | "certificates" => continue,
            other => other,
        };
        let text = match (member.as_str(), value) {
            ("service", number) => {
                ServiceType::from_number(number.as_u64().unwrap().try_into().unwrap()).unwrap().name().to_owned()
            }
            (_, Value::String(text)) => text.clone(),
            (_, number) => number.to_string(),
        };
        words.push(format!("--{option}={text}"));
    }
    if attempt["redact"] == true {
        words.push("--redact".to_owned());
    }
    words.extend(["--".to_owned(), token.to_owned()]);
    let call = call(words).without("AGORA_APP_ID").without("AGORA_APP_CERTIFICATE");
    let variables = ["AGORA_APP_CERTIFICATE", "AGORA_APP_CERTIFICATE_SECONDARY"];
    let certificates = attempt["certificates"].as_array().unwrap();
    assert!(certificates.len() <= variables.len());
    let given = variables.iter().zip(certificates);
    given.fold(call, |call, (variable, certificate)| call.with(variable, certificate.as_str().unwrap()))
}

/// The findings that a call with --json prints.
fn findings(outcome: &Outcome) -> Vec<Value> {
    assert_eq!(outcome.stdout.matches('\n').count(), 1, "{}{}", outcome.stdout, outcome.stderr);
    let document: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    let findings = document["findings"].as_array().unwrap().clone();
    let worst = |severity: &str| findings.iter().any(|finding| finding["severity"] == severity);
    let exit = if worst("error") {
        1
    } else if worst("warning") {
        5
    } else {
        0
    };
    assert_eq!(outcome.exit, exit, "{}", outcome.stdout);
    findings
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/doctor")
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_finding_is_made_as_in_its_file() {
    let (mut files, mut cases) = (0, 0);
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") || path.ends_with("scenarios.json") {
            continue;
        }
        let file = read(&path);
        let of_file = file["cases"].as_array().unwrap();
        assert_eq!(file["count"], of_file.len(), "{}", path.display());
        for case in of_file {
            let (code, situation, token) = (&file["code"], &case["situation"], case["token"].as_str().unwrap());
            let found = findings(&attempt_call(&case["attempt"], &["--json"], token).run());
            assert_eq!(&found, case["findings"].as_array().unwrap(), "{code}: {situation}");
            assert!(found.iter().take(2).any(|finding| &finding["code"] == code), "{code}: {situation}");
            // The same for people: every code with its cause, and never the token.
            let shown = attempt_call(&case["attempt"], &[], token).run().stdout;
            for finding in &found {
                let head =
                    format!("{}[{}]: ", finding["severity"].as_str().unwrap(), finding["code"].as_str().unwrap());
                assert!(shown.contains(&head), "{code}: {situation}: {shown}");
            }
            assert!(token.len() < 40 || !shown.contains(&token[..40]), "{code}: {situation}");
            cases += 1;
        }
        files += 1;
    }
    println!("{files} files, {cases} cases");
    assert_eq!(files, agora_token::doctor::FindingCode::ALL.len());
}

#[test]
fn every_scenario_is_explained_first_or_second() {
    let file = read(&folder().join("scenarios.json"));
    let scenarios = file["scenarios"].as_array().unwrap();
    assert_eq!(file["count"], scenarios.len());
    for scenario in scenarios {
        let call = attempt_call(&scenario["attempt"], &["--json"], scenario["token"].as_str().unwrap());
        let found = findings(&call.run());
        let is_found = found.iter().take(2).any(|finding| finding["code"] == scenario["expected"]);
        assert!(is_found, "{}: {found:?}", scenario["id"]);
    }
}

/// What it says to this token, whose time is fixed.
fn doctor(words: &str, token: &str) -> Call {
    call(["doctor"].into_iter().chain(words.split_whitespace()).chain([token]))
}

const FIXED: &str = "--issue-ts 1700000000 --salt 1";

#[test]
fn a_report_tells_what_is_wrong_why_and_what_to_do() {
    let token = mint(&format!("rtc --channel Room --uid 42 {FIXED}"));
    let outcome = doctor("--channel room --uid 43 --at 1700000060 --for rtc --role host --error 110", &token).run();
    assert_eq!((outcome.exit, outcome.stderr.as_str()), (1, ""));
    assert_eq!(
        outcome.stdout,
        "\
error[CHANNEL_DIFFERS_IN_CASE]: the token is for \"Room\", the client joins \"room\"
  why  Token and client name the channel in different letter case, and the case counts.
  fix  Use the same spelling on both sides.

error[USER_DIFFERS]: the token is for uid 42, the client joins with uid 43
  why  A token lets in the user that it names, and somebody else joins.
  fix  Mint for the user who joins, and join as that user. A client that joins with uid 0 is given
       one by the service, so its token must be for any user.

note[SDK_ERROR]: the client reports 110, which says that the token is invalid: App ID, channel or
  user are not those that the client joined with, the signature is wrong, or there is no token
  why  The error that the client saw tells where to look: what agrees with it is ranked higher.
  fix  Where nothing else is found, compare what the client really passes to the SDK, and the
       certificates in the console, with what was told here.

2 errors, 1 note
not told: --sdk
"
    );
}

#[test]
fn a_good_token_is_called_good() {
    let token = mint("rtc --channel room --uid 42");
    let everything = "--channel room --uid 42 --for rtc --role publisher --sdk web-4.20 --error 110";
    let outcome = doctor(everything, &token).run();
    assert!(outcome.stdout.ends_with("\n\nnothing wrong found, 1 note\nnot told: --at\n"), "{}", outcome.stdout);
    assert_eq!(outcome.exit, 0);
    let outcome = doctor("", &token).without("AGORA_APP_ID").run();
    let unknown = "--app-id, --channel, --uid or --account, --for, --role, --at, --sdk, --error";
    assert_eq!(outcome.ok(), format!("nothing wrong found\nnot told: {unknown}\n"));
    let login = mint("rtm --user-id alice");
    let outcome = doctor("--for RTM --user-id alice --at 1", &login).run();
    assert!(outcome.stdout.ends_with("not told: --sdk, --error\n"), "{}", outcome.stdout);
}

#[test]
fn the_exit_code_tells_how_bad_it_is() {
    let exit = |words: &str| doctor("--channel room --uid 42", &mint(words)).run().exit;
    assert_eq!(exit("rtc --channel room --uid 42"), 0);
    assert_eq!(exit("rtc --channel room --any-user"), 0);
    assert_eq!(exit("rtc --channel room --uid 42 --privilege-lifetime 2h"), 5);
    assert_eq!(exit("rtc --channel room --uid 43"), 1);
    assert_eq!(exit("rtc --channel room --uid 43 --privilege-lifetime 2h"), 1);
}

#[test]
fn a_token_may_come_from_standard_input() {
    let token = mint("rtc --channel room --uid 42");
    let words = ["doctor", "--channel", "room", "--uid", "42", "-"];
    assert_eq!(call(words).input(format!("{token}\n")).run().exit, 0);
    // One newline is a pipe's, more are in the token.
    let outcome = call(words).input(format!("{token}\n\n")).run();
    assert!(outcome.stdout.starts_with("error[TOKEN_HAS_BLANKS]"), "{}", outcome.stdout);
    let outcome = call(words).run();
    assert!(outcome.stdout.starts_with("error[NO_TOKEN]"), "{}", outcome.stdout);
}

/// A file of this test run.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("doctor_{name}"));
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_certificate_is_judged_as_a_program_reads_it() {
    let token = mint("rtc --channel room --uid 42");
    let with = |words: &str, token: &str| {
        let call = doctor(&format!("--json --channel room --uid 42 {words}"), token);
        findings(&call.without("AGORA_APP_CERTIFICATE").run())
    };
    let first = |found: Vec<Value>| found.first().map(|f| (f["code"].clone(), f["severity"].clone()));
    let is = |code: &str, severity: &str| Some((Value::from(code), Value::from(severity)));
    let (bare, line, two_lines, quoted) = (
        file("bare", CERTIFICATE),
        file("line", format!("{CERTIFICATE}\n")),
        file("two_lines", format!("{CERTIFICATE}\n\n")),
        file("quoted", format!("\"{CERTIFICATE}\"\n")),
    );
    let of = |file: &str| format!("--app-certificate-file {file}");
    assert_eq!(first(with(&of(&bare), &token)), None);
    assert_eq!(first(with(&of(&line), &token)), is("CERTIFICATE_HAS_BLANKS", "note"));
    assert_eq!(first(with(&of(&two_lines), &token)), is("CERTIFICATE_HAS_BLANKS", "warning"));
    assert_eq!(first(with(&of(&quoted), &token)), is("CERTIFICATE_HAS_BLANKS", "warning"));
    assert_eq!(first(with("", &token)), is("SIGNATURE_NOT_CHECKED", "note"));
    // Any of several, from files as from the environment.
    let other = file("other", "0123456789abcdef0123456789abcdef");
    assert_eq!(first(with(&format!("{} {}", of(&other), of(&bare)), &token)), None);
    assert_eq!(first(with(&format!("{} {}", of(&other), of(&other)), &token)), is("SIGNATURE_MISMATCH", "error"));
    let not_text = file("not_text", [0xff; 32]);
    assert_eq!(first(with(&of(&not_text), &token)), is("CERTIFICATE_INVALID", "warning"));
    // With no token, it is the reason why there is none.
    let found = with(&of(&line), "");
    assert_eq!(
        (found[1]["code"].as_str(), found[1]["severity"].as_str()),
        (Some("CERTIFICATE_HAS_BLANKS"), Some("error"))
    );
}

#[test]
fn an_app_id_may_be_wrong() {
    let token = mint("rtc --channel room --uid 42");
    for (app_id, code) in [("970CA35de60c44645bbae8a215061b3", "APP_ID_INVALID"), ("", "APP_ID_INVALID")] {
        let call = doctor("--json --channel room --uid 42", &token).with("AGORA_APP_ID", app_id);
        assert_eq!(findings(&call.run())[0]["code"], code);
    }
    let in_file = file("app_id", "970CA35de60c44645bbae8a215061b33\n");
    let call = doctor(&format!("--json --channel room --uid 42 --app-id-file {in_file}"), &token);
    assert_eq!(findings(&call.without("AGORA_APP_ID").run()), Vec::<Value>::new());
}

#[test]
fn a_redacted_report_is_safe_to_post() {
    let token = mint("rtc --channel secret-room --account alice.example");
    let words = "--redact --channel other-room --account bob.example --app-id 0123456789abcdef0123456789abcdef";
    let outcome = doctor(words, &token).run();
    assert_eq!(outcome.exit, 1);
    for secret in ["ecret-room", "ther-room", "lice", "bob.", "970CA3", "012345", &token[..30]] {
        assert!(!outcome.stdout.contains(secret), "{secret}: {}", outcome.stdout);
    }
    assert!(outcome.stdout.contains("\"s***\" (11 characters)"), "{}", outcome.stdout);
}

#[test]
fn wrong_usage_is_no_finding() {
    for (words, code, field) in [
        ("--uid -1", "INVALID_UID", "uid"),
        ("--uid alice", "INVALID_UID", "uid"),
        ("--at yesterday", "INVALID_TIMESTAMP", "at"),
        ("--role 3", "INVALID_ROLE", "role"),
        ("--role 101", "INVALID_ROLE", "role"),
        ("--for video", "USAGE", ""),
        ("--uid 1 --account a", "USAGE", ""),
        ("--any-user", "USAGE", ""),
    ] {
        let error = doctor(&format!("--json {words}"), "007").run().error(2);
        assert_eq!(error, (code.to_owned(), field.to_owned()), "{words}");
    }
    let error = doctor("--json --app-certificate-file /nowhere/at/all", "007").run().error(4);
    assert_eq!(error.0, "IO");
}

#[test]
fn control_characters_do_not_reach_a_terminal() {
    let outcome = doctor("--channel room", &mint("rtc --channel room --uid 42")).run();
    assert_eq!(outcome.exit, 0);
    let token = mint("rtc --channel room --uid 42");
    let outcome = call(["doctor", "--sdk", "web 4.7\x1b[2J", &token]).run();
    assert!(outcome.stdout.contains("SDK_TOO_OLD") && outcome.stdout.contains("\\u{1b}[2J"), "{}", outcome.stdout);
}
