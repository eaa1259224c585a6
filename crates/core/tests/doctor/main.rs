//! Every mistake planted, every finding made, and no false alarm.

mod cases;
mod golden;
mod recipes;
mod scenarios;

use std::collections::BTreeSet;

use agora_token::doctor::{Attempt, Finding, FindingCode, JoinedAs, Severity, diagnose};
use agora_token::{Channel, Grant, Role, ServiceType, Stamp, UnixTime, User, builder};
use serde::Serialize;

use crate::cases::Case;
use crate::golden::{Document, Known};
use crate::recipes::{APP_ID, CERTIFICATE, NOW, credentials, issue, older_account, rtc_account};

fn find(case: &Case) -> Vec<Finding> {
    diagnose(&case.token, &case.attempt).unwrap().findings
}

#[test]
fn every_mistake_is_found_first_or_second() {
    for case in cases::all() {
        let findings = find(&case);
        assert!(
            findings.iter().take(2).any(|finding| finding.code == case.code),
            "{}, {}: {findings:#?}",
            case.code,
            case.situation
        );
        for finding in &findings {
            assert!(!finding.cause.is_empty() && !finding.fix.is_empty());
            let cause = finding.cause.to_lowercase();
            assert!(!cause.contains(&CERTIFICATE.to_lowercase()), "{}", finding.cause);
            assert!(case.token.len() < 40 || !finding.cause.contains(&case.token[..40]), "{}", finding.cause);
        }
    }
}

/// The file of a finding.
#[derive(Serialize)]
struct Golden<'a> {
    code: &'static str,
    count: usize,
    cases: Vec<Document<'a>>,
}

#[test]
fn every_finding_has_its_file() {
    let cases = cases::all();
    let mut expected: BTreeSet<String> = BTreeSet::from(["scenarios.json".to_owned()]);
    for code in FindingCode::ALL {
        let of_code: Vec<_> = cases.iter().filter(|case| case.code == *code).map(|case| (case, find(case))).collect();
        assert_eq!(of_code.first().map(|(case, _)| case.situation), Some(code.example()), "{code} has no example");
        let documents = of_code.iter().map(|(case, findings)| Document {
            situation: case.situation,
            token: &case.token,
            attempt: Known::of(&case.attempt),
            findings,
        });
        let name = format!("{}.json", code.name().to_lowercase());
        golden::settle(&name, &Golden { code: code.name(), count: of_code.len(), cases: documents.collect() });
        expected.insert(name);
    }
    let found: BTreeSet<String> = golden::names().into_iter().collect();
    assert_eq!(found, expected, "a file of a finding that is none");
}

/// A wrong character is one of many mistakes, and no column or buffer that is too short: only that hint sends people to
/// look there.
#[test]
fn a_wrong_character_is_no_missing_end() {
    let token = rtc_account("room", "alice");
    let attempt = Attempt { at: Some(UnixTime::from_secs(NOW.into())), ..Attempt::default() };
    for at in 3..token.len() {
        let other = if &token[at..=at] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &token[..at], &token[at + 1..]);
        let found = diagnose(&changed, &attempt).unwrap();
        assert!(found.findings.iter().all(|finding| finding.code != FindingCode::TokenTruncated), "{at}: {found:?}");
    }
}

#[test]
fn a_situation_is_told_once() {
    let cases = cases::all();
    let told: BTreeSet<_> = cases.iter().map(|case| (case.code, case.situation)).collect();
    assert_eq!(told.len(), cases.len());
}

#[test]
fn the_surest_comes_first() {
    let first = |attempt: Attempt<'_>| {
        let token = recipes::rtc_uid("lobby", 42);
        let findings = diagnose(&token, &Attempt { channel: Some("room"), ..attempt }).unwrap().findings;
        assert_eq!(findings.iter().filter(|finding| finding.severity == Severity::Error).count(), 2);
        (findings[0].code, findings[0].cause.clone())
    };
    let later = Some(UnixTime::from_secs(u64::from(NOW) + 86_400));
    assert_eq!(first(Attempt { at: later, ..Attempt::default() }).0, FindingCode::TokenExpired);
    assert_eq!(first(Attempt { at: later, error: Some("110"), ..Attempt::default() }).0, FindingCode::ChannelDiffers);
    // By the time now every token of yesterday is over, unless the client saw just that.
    assert_eq!(first(Attempt::default()).0, FindingCode::ChannelDiffers);
    let (code, cause) = first(Attempt { error: Some("token expired"), ..Attempt::default() });
    assert_eq!(code, FindingCode::TokenExpired);
    assert!(cause.ends_with(" ago, judged by the time now"), "{cause}");
}

#[test]
fn an_unusual_token_that_is_right_raises_no_alarm() {
    for (what, token, attempt) in cases::good() {
        let diagnosis = diagnose(&token, &attempt).unwrap();
        assert!(diagnosis.severity() <= Some(Severity::Note), "{what}: {:#?}", diagnosis.findings);
    }
}

#[test]
fn a_good_token_raises_no_alarm() {
    let mut random = 7u64;
    let mut next = |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    for index in 0..10_000u32 {
        let channel = format!("room-{:x}", next(1 << 40));
        let uid = 1 + u32::try_from(next(1 << 31)).unwrap();
        let account = format!("user-{:x}", next(1 << 40));
        let lifetime = 300 + u32::try_from(next(86_000)).unwrap();
        let age = u32::try_from(next(299)).unwrap();
        let stamp = Stamp { issue_ts: NOW - age, salt: index + 1 };
        let role = if index % 3 == 0 { Role::Subscriber } else { Role::Publisher };
        let by_account = index % 2 == 0;
        let user = if by_account { User::account(&account).unwrap() } else { User::uid(uid).unwrap() };
        let joined = if by_account { JoinedAs::Account(&account) } else { JoinedAs::Uid(uid) };
        let (token, service, has_channel) = match index % 5 {
            0 => {
                let expired_ts = NOW + lifetime.min(80_000);
                let minted = if by_account {
                    builder::build_token_with_user_account(
                        &credentials(),
                        &channel,
                        &account,
                        role.into(),
                        expired_ts,
                        stamp,
                    )
                } else {
                    builder::build_token_with_uid(&credentials(), &channel, uid, role.into(), expired_ts, stamp)
                };
                (minted.unwrap(), ServiceType::Rtc, true)
            }
            1 => (issue(Grant::rtm(user), lifetime, stamp), ServiceType::Rtm, false),
            2 => (issue(Grant::chat(user), lifetime, stamp), ServiceType::Chat, false),
            3 => (
                issue(Grant::rtc_rtm_chat(Channel::named(&channel).unwrap(), user, role), lifetime, stamp),
                ServiceType::Rtc,
                true,
            ),
            _ => (
                issue(Grant::rtc(Channel::named(&channel).unwrap(), user, role), lifetime, stamp),
                ServiceType::Rtc,
                true,
            ),
        };
        let attempt = Attempt {
            app_id: Some(APP_ID),
            channel: has_channel.then_some(channel.as_str()),
            user: Some(joined),
            service: (index % 7 != 0).then_some(service),
            role: has_channel.then_some(role),
            at: Some(UnixTime::from_secs(NOW.into())),
            sdk: Some("web 4.20.0"),
            certificates: &[CERTIFICATE],
            ..Attempt::default()
        };
        let diagnosis = diagnose(&token, &attempt).unwrap();
        assert!(diagnosis.severity() <= Some(Severity::Note), "{index}: {:#?}", diagnosis.findings);
    }
}

#[test]
fn whatever_is_given_is_diagnosed_and_no_certificate_shows() {
    let mut random = 11u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % below
    };
    let cases = cases::all();
    let pieces =
        ["%25", "\"", "{", "007eJ", "006", " ", "\n", "=", "\u{e9}", "\0", "-", CERTIFICATE, "token=", "\u{feff}"];
    for _ in 0..5_000 {
        let (case, other) = (&cases[next(cases.len())], &cases[next(cases.len())]);
        let mut token: Vec<char> = case.token.chars().collect();
        for _ in 0..next(4) {
            let at = next(token.len() + 1);
            match next(3) {
                0 => token.truncate(at),
                1 => drop(token.splice(at..at, pieces[next(pieces.len())].chars())),
                _ if at < token.len() => token[at] = pieces[next(pieces.len())].chars().next().unwrap(),
                _ => {}
            }
        }
        let token: String = token.into_iter().collect();
        let shown = diagnose(&token, &other.attempt).unwrap().to_json().to_lowercase();
        let certificates = other.attempt.certificates.iter().map(|text| text.trim_matches(['"', ' ', '\n']));
        for certificate in certificates.filter(|certificate| certificate.len() == 32) {
            assert!(!shown.contains(&certificate.to_lowercase()), "{shown}");
        }
    }
}

#[test]
fn a_text_that_was_made_to_cost_time_costs_none() {
    let started = std::time::Instant::now();
    for token in [
        format!("%{}", "25".repeat(50_000)),
        "007eJ".repeat(20_000),
        "00".repeat(50_000),
        format!("007{}", "A".repeat(100_000)),
        "{".repeat(100_000),
        "\"".repeat(100_000),
    ] {
        let channel = "a1".repeat(50_000);
        let attempt = Attempt {
            channel: Some(&channel),
            user: Some(JoinedAs::Account(&channel)),
            at: Some(UnixTime::from_secs(NOW.into())),
            ..Attempt::default()
        };
        assert!(!diagnose(&token, &attempt).unwrap().findings.is_empty());
        diagnose(&recipes::older("room", 42), &attempt).unwrap();
    }
    assert!(started.elapsed() < std::time::Duration::from_secs(30), "{:?}", started.elapsed());
}

#[test]
fn a_redacted_diagnosis_names_nobody() {
    let attempt = Attempt {
        channel: Some("secret-room"),
        user: Some(JoinedAs::Account("alice.example")),
        app_id: Some("0123456789abcdef0123456789abcdef"),
        at: Some(UnixTime::from_secs(NOW.into())),
        error: Some("alice.example in secret-room: 110"),
        certificates: &[CERTIFICATE],
        redact: true,
        ..Attempt::default()
    };
    for token in [
        rtc_account("other-room", "bob.example"),
        older_account("other-room", "bob.example"),
        older_account("Secret-Room", "Alice.Example"),
        rtc_account("Secret-Room", "Alice.Example"),
    ] {
        let diagnosis = diagnose(&token, &attempt).unwrap();
        assert!(diagnosis.findings.len() >= 3, "{:#?}", diagnosis.findings);
        let shown = diagnosis.to_json().to_lowercase();
        for secret in [
            "ecret-room",
            "other-room",
            "lice",
            "bob",
            &APP_ID.to_lowercase(),
            "0123456789",
            &CERTIFICATE.to_lowercase(),
        ] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
}
