//! What people asked for help with in public, rebuilt with the sample project: situation, token, attempt.

use agora_token::doctor::{Attempt, FindingCode as F, JoinedAs, diagnose};
use agora_token::{Role, ServiceType, UnixTime};
use serde::Serialize;

use crate::golden::{Known, settle};
use crate::recipes::{APP_ID, CERTIFICATE, NOW, STAMP, older_until, rtc, rtc_account, rtc_uid, rtm};

struct Scenario {
    id: &'static str,
    /// Where people tell of it.
    seen_in: &'static str,
    situation: &'static str,
    expected: F,
    token: String,
    attempt: Attempt<'static>,
}

#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    seen_in: &'a str,
    situation: &'a str,
    token: &'a str,
    attempt: Known<'a>,
    /// The finding that must come first or second.
    expected: &'static str,
}

#[derive(Serialize)]
struct File<'a> {
    count: usize,
    scenarios: Vec<Document<'a>>,
}

/// What people tell: what they joined with, and what they saw.
fn told(error: &'static str) -> Attempt<'static> {
    Attempt {
        app_id: Some(APP_ID),
        channel: Some("consultation-17"),
        user: Some(JoinedAs::Uid(1001)),
        at: Some(UnixTime::from_secs(NOW.into())),
        error: Some(error),
        ..Attempt::default()
    }
}

fn all() -> Vec<Scenario> {
    let everything = |lifetime| [(1, lifetime), (2, lifetime), (3, lifetime), (4, lifetime)];
    vec![
        Scenario {
            id: "sample_values_left_in",
            seen_in: "AgoraIO/Tools",
            situation: "Somebody runs the sample program of the official repository with an App ID and a certificate \
                        of their own, copies the token into their app and gets 110. Channel and uid of the sample are \
                        still in it.",
            expected: F::SampleChannel,
            token: rtc_uid("7d72365eb983485397e3e3f9d460bdda", 2_882_341_273),
            attempt: told("110"),
        },
        Scenario {
            id: "uid_zero_from_a_query",
            seen_in: "AgoraIO/Tools",
            situation: "A token server hands the query's uid=0 to the account builder, meaning any user. The token is \
                        for a user whose name is the text 0, and nobody gets in.",
            expected: F::UserIsZeroText,
            token: rtc_account("consultation-17", "0"),
            attempt: told("ERR_INVALID_TOKEN"),
        },
        Scenario {
            id: "a_user_called_undefined",
            seen_in: "AgoraIO/Tools",
            situation: "A Node server reads a member of the request that the client calls otherwise. The builder \
                        takes what is not there for a name.",
            expected: F::UserIsPlaceholder,
            token: rtc_account("consultation-17", "undefined"),
            attempt: told("AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: invalid token, authorized failed"),
        },
        Scenario {
            id: "channel_token_for_messaging",
            seen_in: "AgoraIO/RTM",
            situation: "A chat beside the call: the app logs in to messaging with the token that it joins the call \
                        with.",
            expected: F::RtcTokenForRtm,
            token: rtc_uid("consultation-17", 1001),
            attempt: Attempt {
                service: Some(ServiceType::Rtm),
                channel: None,
                user: Some(JoinedAs::Account("1001")),
                ..told("LOGIN_ERR_INVALID_TOKEN (5)")
            },
        },
        Scenario {
            id: "messaging_token_for_channel",
            seen_in: "AgoraIO/Tools",
            situation: "The server has one route for tokens, made with the messaging builder, and the video app calls \
                        it too.",
            expected: F::RtmTokenForRtc,
            token: rtm("1001"),
            attempt: told("110"),
        },
        Scenario {
            id: "a_duration_where_a_time_belongs",
            seen_in: "AgoraIO-Community/agora-token-service",
            situation: "A server built on AccessToken passes 3600, one hour, to a builder that wants the second at \
                        which the privileges end. Every new token has been over since 1970.",
            expected: F::TimestampIsLifetime,
            token: older_until(3600),
            attempt: Attempt { channel: Some("room"), user: Some(JoinedAs::Uid(42)), ..told("109") },
        },
        Scenario {
            id: "a_time_where_a_duration_belongs",
            seen_in: "AgoraIO/Tools",
            situation: "A server moved to AccessToken2 and still adds the current time to the lifetime. Its tokens \
                        say that they live for 53 years, and stop after a day.",
            expected: F::LifetimeIsTimestamp,
            token: rtc(&everything(NOW + 3600), NOW + 3600),
            attempt: Attempt {
                channel: Some("room"),
                user: Some(JoinedAs::Uid(42)),
                at: Some(UnixTime::from_secs(u64::from(STAMP.issue_ts) + 100_000)),
                ..told("token-privilege-did-expire")
            },
        },
        Scenario {
            id: "seven_days_that_end_after_one",
            seen_in: "AgoraIO/API-Examples-Web",
            situation: "Somebody mints for 7 days, so that nothing needs to be renewed. A day later everybody is \
                        thrown out.",
            expected: F::LifetimeOverADay,
            token: rtc(&everything(604_800), 604_800),
            attempt: Attempt {
                channel: Some("room"),
                user: Some(JoinedAs::Uid(42)),
                at: Some(UnixTime::from_secs(u64::from(STAMP.issue_ts) + 86_430)),
                ..told("109")
            },
        },
        Scenario {
            id: "an_empty_token_for_an_error",
            seen_in: "AgoraIO/Tools",
            situation: "The server reads the certificate from a mounted file, newline included. The official library \
                        says nothing and returns an empty text, which the server passes on.",
            expected: F::CertificateHasBlanks,
            token: String::new(),
            attempt: Attempt {
                certificates: &["5CFd2fd1755d40ecb72977518be15d3b\n"],
                ..told("CAN_NOT_GET_GATEWAY_SERVER: dynamic use static key")
            },
        },
        Scenario {
            id: "admin_role_carried_over",
            seen_in: "AgoraIO/API-Examples-Web",
            situation: "The server passes role 101, an admin in AccessToken, to the AccessToken2 builder, which takes \
                        everything but 1 for a subscriber. Hosts join, and nobody sees them.",
            expected: F::SubscriberTokenForPublisher,
            token: rtc(&[(1, 3600)], 3600),
            attempt: Attempt {
                channel: Some("room"),
                user: Some(JoinedAs::Uid(42)),
                role: Some(Role::Publisher),
                certificates: &[CERTIFICATE],
                error: None,
                ..told("")
            },
        },
    ]
}

#[test]
fn each_is_explained_first_or_second() {
    let scenarios = all();
    for scenario in &scenarios {
        let findings = diagnose(&scenario.token, &scenario.attempt).unwrap().findings;
        let found = findings.iter().take(2).any(|finding| finding.code == scenario.expected);
        assert!(found, "{}: {findings:#?}", scenario.id);
    }
    let documents = scenarios.iter().map(|scenario| Document {
        id: scenario.id,
        seen_in: scenario.seen_in,
        situation: scenario.situation,
        token: &scenario.token,
        attempt: Known::of(&scenario.attempt),
        expected: scenario.expected.name(),
    });
    settle("scenarios.json", &File { count: scenarios.len(), scenarios: documents.collect() });
}
