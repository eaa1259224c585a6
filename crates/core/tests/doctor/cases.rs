//! One mistake or more for each finding. The first of each is the example that the reference of findings shows.

use agora_token::doctor::{Attempt, FindingCode as F, JoinedAs};
use agora_token::{Permissions, Role, Role006, Service, ServiceKind, ServiceType, UnixTime, builder};

use crate::recipes::{
    APP_ID, CERTIFICATE, NOW, STAMP, changed_in_the_middle, credentials, long, older, older_account, older_signed_with,
    older_until, rtc, rtc_account, rtc_of, rtc_uid, rtm, service, swapped, unknown_service, unread_bytes, url_encoded,
};

/// A token with something wrong in it or in its use, and the finding that must come first or second.
pub(crate) struct Case {
    pub(crate) code: F,
    pub(crate) situation: &'static str,
    pub(crate) token: String,
    pub(crate) attempt: Attempt<'static>,
}

/// What the good client joined with, as far as it is known.
fn attempt() -> Attempt<'static> {
    Attempt {
        app_id: Some(APP_ID),
        channel: Some("room"),
        user: Some(JoinedAs::Uid(42)),
        at: Some(UnixTime::from_secs(NOW.into())),
        certificates: &[CERTIFICATE],
        ..Attempt::default()
    }
}

fn at(seconds: u32) -> Attempt<'static> {
    Attempt { at: Some(UnixTime::from_secs(seconds.into())), ..attempt() }
}

/// A client of another service than RTC, which joins no channel.
fn user_of(service: ServiceType) -> Attempt<'static> {
    Attempt { service: Some(service), channel: None, ..attempt() }
}

fn publisher() -> Attempt<'static> {
    Attempt { role: Some(Role::Publisher), ..attempt() }
}

fn sdk(name: &'static str) -> Attempt<'static> {
    Attempt { sdk: Some(name), ..attempt() }
}

fn certificates(given: &'static [&'static str]) -> Attempt<'static> {
    Attempt { certificates: given, ..attempt() }
}

fn account(name: &'static str) -> Attempt<'static> {
    Attempt { user: Some(JoinedAs::Account(name)), ..attempt() }
}

pub(crate) fn all() -> Vec<Case> {
    let mut cases = texts();
    cases.extend(projects());
    cases.extend(times());
    cases.extend(services());
    cases.extend(names());
    cases.extend(notes());
    cases
}

struct Cases(Vec<Case>);

impl Cases {
    /// The example of the table, first for its finding; then others, by their own words.
    fn example(&mut self, code: F, token: impl Into<String>, attempt: Attempt<'static>) {
        self.case(code, code.example(), token, attempt);
    }

    fn case(&mut self, code: F, situation: &'static str, token: impl Into<String>, attempt: Attempt<'static>) {
        self.0.push(Case { code, situation, token: token.into(), attempt });
    }
}

/// Damage on the way from server to client.
fn texts() -> Vec<Case> {
    let mut cases = Cases(Vec::new());
    let good = rtc_uid("room", 42);
    let with_plus = rtc_uid("room-0", 42);
    assert!(with_plus.contains('+') && with_plus.contains('/'), "a token that has both is needed");

    cases.example(F::NoToken, "", attempt());
    cases.case(F::NoToken, "a program printed undefined for a token that it did not have", "undefined", attempt());
    cases.example(F::TokenIsCredential, CERTIFICATE, attempt());
    cases.case(F::TokenIsCredential, "the App ID is given for the token", APP_ID, attempt());
    cases.case(
        F::TokenIsCredential,
        "unknown digits are given for the token",
        "0123456789abcdef0123456789abcdef",
        attempt(),
    );
    cases.example(F::TokenInJson, format!("{{\"token\":\"{good}\",\"code\":\"200\"}}"), attempt());
    cases.case(
        F::TokenInJson,
        "the token is deep in the server's answer",
        format!("{{\"code\":0,\"data\":[{{\"rtcToken\":\"{good}\"}}]}}\n"),
        attempt(),
    );
    cases.example(F::TokenPrefixed, format!("Bearer {good}"), attempt());
    cases.case(
        F::TokenPrefixed,
        "the address is given in which the token stands",
        format!("https://example.com/join?token={}&channel=room", url_encoded(&good)),
        attempt(),
    );
    cases.example(F::TokenQuoted, format!("\"{good}\""), attempt());
    cases.example(F::TokenHasBlanks, format!("{good}\n"), attempt());
    cases.case(
        F::TokenHasBlanks,
        "the token was copied from a terminal that wraps its lines",
        format!("{}\n{}", &good[..80], &good[80..]),
        attempt(),
    );
    cases.example(F::TokenUrlEncoded, url_encoded(&with_plus), Attempt { channel: Some("room-0"), ..attempt() });
    cases.case(
        F::TokenUrlEncoded,
        "a plus sign became a blank when the token was decoded without having been encoded",
        with_plus.replace('+', " "),
        Attempt { channel: Some("room-0"), ..attempt() },
    );
    cases.case(
        F::TokenUrlEncoded,
        "the token was encoded twice",
        url_encoded(&with_plus).replace('%', "%25"),
        Attempt { channel: Some("room-0"), ..attempt() },
    );
    cases.example(
        F::TokenUrlSafe,
        with_plus.replace('+', "-").replace('/', "_").replace('=', ""),
        Attempt { channel: Some("room-0"), ..attempt() },
    );
    cases.example(F::TokenTruncated, &good[..64], attempt());
    cases.case(F::TokenTruncated, "the last character of the token is missing", &good[..good.len() - 1], attempt());
    cases.case(
        F::TokenTruncated,
        "the first 128 characters of an AccessToken are given",
        &older("room", 42)[..128],
        attempt(),
    );
    cases.example(F::TokenHasExtra, format!("{good};"), attempt());
    cases.case(F::TokenHasExtra, "the token is given twice", format!("{good}{good}"), attempt());
    cases.example(F::TokenOldGeneration, "005AQAoADk5REZBNTM0RkYxNDQ0MDQ4NTRBREEwOTUzOUU3", attempt());
    cases.example(F::TokenDamaged, swapped(&good), attempt());
    cases.case(
        F::TokenDamaged,
        "one character in the middle of the token is another",
        changed_in_the_middle(&good),
        attempt(),
    );
    cases.case(F::TokenDamaged, "the token was copied without its first character", &good[1..], attempt());
    cases.example(F::NotAToken, "eyJhbGciOiJIUzI1NiJ9.e30.x", attempt());
    cases.case(F::NotAToken, "the server answered with an error", "{\"error\":\"no such user\"}", attempt());
    cases.case(F::NotAToken, "the server answered with a web page", "<!DOCTYPE html><title>404</title>", attempt());
    cases.0
}

/// App ID and certificate.
fn projects() -> Vec<Case> {
    let mut cases = Cases(Vec::new());
    let good = rtc_uid("room", 42);
    cases.example(F::TokenNotWanted, &good, Attempt { error: Some("119"), ..attempt() });
    cases.case(
        F::TokenNotWanted,
        "the gateway says that the project does not use tokens",
        &good,
        Attempt { error: Some("CAN_NOT_GET_GATEWAY_SERVER: static use dynamic key"), ..attempt() },
    );
    cases.example(F::AppIdIsCertificate, rtc_of(CERTIFICATE, APP_ID), attempt());
    cases.case(
        F::AppIdIsCertificate,
        "the client was given the App Certificate for the App ID",
        &good,
        Attempt { app_id: Some(CERTIFICATE), ..attempt() },
    );
    cases.example(F::AppIdDiffers, &good, Attempt { app_id: Some("0123456789abcdef0123456789abcdef"), ..attempt() });
    cases.case(
        F::AppIdDiffers,
        "the client has the App ID in lower case",
        &good,
        Attempt { app_id: Some("970ca35de60c44645bbae8a215061b33"), ..attempt() },
    );
    cases.example(F::AppIdInvalid, &good, Attempt { app_id: Some("970CA35de60c44645bbae8a215061b3"), ..attempt() });
    cases.example(F::CertificateHasBlanks, older_signed_with(&format!("{CERTIFICATE}\n")), attempt());
    cases.case(
        F::CertificateHasBlanks,
        "a settings file kept the quotes around the certificate",
        older_signed_with(&format!("\"{CERTIFICATE}\"")),
        certificates(&["\"5CFd2fd1755d40ecb72977518be15d3b\""]),
    );
    cases.case(
        F::CertificateHasBlanks,
        "the certificate was read with the newline of its file, so there is no token",
        "",
        certificates(&["5CFd2fd1755d40ecb72977518be15d3b\n"]),
    );
    cases.case(
        F::CertificateHasBlanks,
        "the token is right, and the certificate is given as it stands in its file",
        &good,
        certificates(&["5CFd2fd1755d40ecb72977518be15d3b\n"]),
    );
    cases.case(
        F::CertificateHasBlanks,
        "the token is right, and the certificate is given with blanks",
        &good,
        certificates(&[" 5CFd2fd1755d40ecb72977518be15d3b "]),
    );
    cases.example(F::CertificateCaseDiffers, rtc_of(APP_ID, &CERTIFICATE.to_uppercase()), attempt());
    cases.case(
        F::CertificateCaseDiffers,
        "an AccessToken was signed with the certificate in lower case",
        older_signed_with(&CERTIFICATE.to_lowercase()),
        attempt(),
    );
    cases.example(F::SignatureMismatch, &good, certificates(&["0123456789abcdef0123456789abcdef"]));
    cases.case(
        F::SignatureMismatch,
        "neither the primary nor the secondary certificate signed the AccessToken",
        older("room", 42),
        certificates(&["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"]),
    );
    cases.example(F::CertificateInvalid, &good, certificates(&["5CFd2fd1755d40ecb72977518be15d3"]));
    cases.case(
        F::CertificateInvalid,
        "the secondary certificate is a placeholder, and the primary one did not sign",
        &good,
        certificates(&["0123456789abcdef0123456789abcdef", "<secondary certificate>"]),
    );
    cases.0
}

fn times() -> Vec<Case> {
    let mut cases = Cases(Vec::new());
    let good = rtc_uid("room", 42);
    let everything = |lifetime| [(1, lifetime), (2, lifetime), (3, lifetime), (4, lifetime)];
    cases.example(F::TimestampIsLifetime, older_until(3600), attempt());
    cases.example(F::TokenExpired, &good, at(STAMP.issue_ts + 7200));
    cases.case(
        F::TokenExpired,
        "an AccessToken of one hour is used after two, and the SDK reports 109",
        older("room", 42),
        Attempt { error: Some("109"), ..at(NOW + 7200) },
    );
    cases.example(F::TokenNotYetValid, &good, at(STAMP.issue_ts - 3600));
    cases.example(F::LifetimeIsTimestamp, rtc(&everything(1_700_003_600), 1_700_003_600), attempt());
    cases.case(
        F::LifetimeIsTimestamp,
        "the same token is used two days later",
        rtc(&everything(1_700_003_600), 1_700_003_600),
        at(NOW + 172_800),
    );
    cases.example(F::LifetimeOverADay, rtc(&everything(604_800), 604_800), at(STAMP.issue_ts + 90_000));
    cases.case(
        F::LifetimeOverADay,
        "a token minted for 7 days is used at once",
        rtc(&everything(604_800), 604_800),
        attempt(),
    );
    cases.case(
        F::LifetimeOverADay,
        "an AccessToken's privileges were to last 7 days",
        older_until(NOW + 604_800),
        attempt(),
    );
    cases.example(F::PrivilegeOutlivesToken, rtc(&everything(3600), 600), attempt());
    cases.example(F::PrivilegeExpired, rtc(&[(1, 60), (2, 3600), (3, 3600)], 3600), at(STAMP.issue_ts + 120));
    cases.case(
        F::PrivilegeExpired,
        "the privileges to publish live for a minute, and the publisher is there for two",
        rtc(&[(1, 3600), (2, 60), (3, 60), (4, 60)], 3600),
        Attempt { role: Some(Role::Publisher), ..at(STAMP.issue_ts + 120) },
    );
    cases.case(
        F::PrivilegeExpired,
        "a Chat user's privilege ended before the token",
        service(ServiceKind::Chat { user_id: "alice".into() }, &[(1, 60)], 3600),
        Attempt {
            user: Some(JoinedAs::Account("alice")),
            at: Some(UnixTime::from_secs(u64::from(NOW) + 120)),
            ..user_of(ServiceType::Chat)
        },
    );
    cases.0
}

/// What the token is for, and what it lets its holder do.
fn services() -> Vec<Case> {
    let mut cases = Cases(Vec::new());
    let good = rtc_uid("room", 42);
    cases.example(F::SdkTooOld, &good, sdk("web 4.7.3"));
    cases.case(
        F::SdkTooOld,
        "a 007 token joins with a native SDK of which documents disagree",
        &good,
        sdk("Android 3.7.0"),
    );
    cases.case(
        F::SdkTooOld,
        "a 007 token joins with a native SDK that is too old by all of them",
        &good,
        sdk("iOS 3.4.2"),
    );
    cases.case(F::SdkTooOld, "a 007 token joins with Flutter 5.3", &good, sdk("flutter 5.3"));
    cases.case(
        F::SdkTooOld,
        "a 007 token logs in with RTM 1.4",
        rtm("alice"),
        Attempt { user: Some(JoinedAs::Account("alice")), sdk: Some("RTM 1.4.3"), ..user_of(ServiceType::Rtm) },
    );
    cases.example(F::RtmTokenForRtc, rtm("42"), attempt());
    cases.case(
        F::RtmTokenForRtc,
        "an AccessToken of the RTM builder is passed to join",
        builder::build_rtm_token(&credentials(), "42", Role006::Publisher, NOW + 3600, STAMP).unwrap(),
        Attempt { service: Some(ServiceType::Rtc), ..attempt() },
    );
    cases.example(F::RtcTokenForRtm, &good, user_of(ServiceType::Rtm));
    cases.case(
        F::RtcTokenForRtm,
        "an AccessToken of the RTC builder is passed to login",
        older("room", 42),
        user_of(ServiceType::Rtm2),
    );
    let fpa = builder::build_fpa_token2(&credentials(), STAMP).unwrap();
    cases.example(F::ServiceMissing, &fpa, user_of(ServiceType::Chat));
    cases.case(
        F::ServiceMissing,
        "a Chat token is passed to join",
        builder::build_chat_user_token2(&credentials(), "42", 3600, STAMP).unwrap(),
        attempt(),
    );
    cases.case(F::ServiceMissing, "an AccessToken is used for Chat", older("room", 42), user_of(ServiceType::Chat));
    cases.example(F::PrivilegeMissing, rtc(&[(2, 3600), (3, 3600)], 3600), attempt());
    cases.case(
        F::PrivilegeMissing,
        "an AccessToken without any privilege",
        agora_token::AccessToken::new(credentials().app_id, "room".into(), "42".into(), STAMP)
            .build(&credentials().app_certificate)
            .unwrap(),
        attempt(),
    );
    cases.example(F::TokenTooLong, long(), Attempt { sdk: Some("web rtm 2.1"), ..user_of(ServiceType::Rtm2) });
    // What the official libraries make of role 101 in AccessToken2.
    cases.example(F::SubscriberTokenForPublisher, rtc(&[(1, 3600)], 3600), publisher());
    cases.case(
        F::SubscriberTokenForPublisher,
        "a subscriber's AccessToken is used to publish",
        builder::build_token_with_uid(&credentials(), "room", 42, Role006::Subscriber, NOW + 3600, STAMP).unwrap(),
        publisher(),
    );
    cases.example(F::CoHostNote, rtc(&[(1, 3600)], 3600), publisher());
    cases.example(
        F::ChatAppToken,
        builder::build_chat_app_token2(&credentials(), 3600, STAMP).unwrap(),
        Attempt { user: Some(JoinedAs::Account("alice")), ..user_of(ServiceType::Chat) },
    );
    cases.0
}

/// Channel and user.
fn names() -> Vec<Case> {
    let mut cases = Cases(Vec::new());
    let sample_channel = "7d72365eb983485397e3e3f9d460bdda";
    cases.example(F::UserIsPlaceholder, rtc_account("room", "undefined"), attempt());
    cases.case(F::UserIsPlaceholder, "the token is for null", rtc_account("room", "null"), attempt());
    cases.case(F::UserIsPlaceholder, "the token is for None", rtc_account("room", "None"), attempt());
    cases.case(F::UserIsPlaceholder, "the token is for NaN", rtc_account("room", "NaN"), attempt());
    cases.case(F::UserIsPlaceholder, "the AccessToken is for None", older_account("room", "None"), attempt());
    cases.case(
        F::UserIsPlaceholder,
        "the AccessToken is for undefined, and nothing is known of who joined",
        older_account("room", "undefined"),
        Attempt { user: None, ..attempt() },
    );
    cases.case(
        F::UserIsPlaceholder,
        "both sides say undefined",
        rtc_account("room", "undefined"),
        account("undefined"),
    );
    cases.example(F::UserIsZeroText, rtc_account("room", "0"), attempt());
    cases.case(F::UserIsZeroText, "the same in an AccessToken", older_account("room", "0"), attempt());
    cases.case(
        F::UserIsZeroText,
        "the client joins with uid 0 and a token for the text 0",
        rtc_account("room", "0"),
        Attempt { user: Some(JoinedAs::Uid(0)), ..attempt() },
    );
    cases.example(F::SampleUser, rtc_uid("room", 2_882_341_273), attempt());
    cases.case(F::SampleUser, "the same in an AccessToken", older("room", 2_882_341_273), attempt());
    cases.case(
        F::SampleUser,
        "nothing is known of who joined",
        rtc_uid("room", 2_882_341_273),
        Attempt { user: None, ..attempt() },
    );
    cases.example(F::SampleChannel, rtc_uid(sample_channel, 42), attempt());
    cases.case(F::SampleChannel, "the same in an AccessToken", older(sample_channel, 42), attempt());
    cases.case(
        F::SampleChannel,
        "nothing is known of the channel joined",
        rtc_uid(sample_channel, 42),
        Attempt { channel: None, ..attempt() },
    );
    cases.example(F::ChannelDiffersInCase, rtc_uid("Room", 42), attempt());
    cases.case(F::ChannelDiffersInCase, "the AccessToken is for rOOm", older("rOOm", 42), attempt());
    cases.example(F::ChannelDiffersInBlanks, rtc_uid("room ", 42), attempt());
    cases.case(F::ChannelDiffersInBlanks, "the same in an AccessToken", older("room ", 42), attempt());
    cases.example(F::ChannelDiffers, rtc_uid("lobby", 42), attempt());
    cases.case(F::ChannelDiffers, "the same in an AccessToken", older("lobby", 42), attempt());
    cases.case(
        F::ChannelDiffers,
        "a report that is safe to post in public",
        rtc_uid("lobby", 42),
        Attempt { redact: true, ..attempt() },
    );
    cases.example(F::AccountTokenForUid, rtc_account("room", "alice"), attempt());
    cases.example(F::UidTokenForAccount, rtc_uid("room", 42), account("alice"));
    cases.case(
        F::UidTokenForAccount,
        "the token is for uid 42, the client joins with the account \"42\"",
        rtc_uid("room", 42),
        account("42"),
    );
    cases.example(F::UserDiffers, rtc_uid("room", 42), Attempt { user: Some(JoinedAs::Uid(43)), ..attempt() });
    cases.case(
        F::UserDiffers,
        "the token is for uid 42, the client joins with uid 0",
        rtc_uid("room", 42),
        Attempt { user: Some(JoinedAs::Uid(0)), ..attempt() },
    );
    cases.case(
        F::UserDiffers,
        "the token is for alice, the client joins as Alice",
        rtc_account("room", "alice"),
        account("Alice"),
    );
    cases.case(
        F::UserDiffers,
        "a server read the uid as a signed number",
        rtc_account("room", "-294967296"),
        Attempt { user: Some(JoinedAs::Uid(4_000_000_000)), ..attempt() },
    );
    cases.case(
        F::UserDiffers,
        "a server read the uid of an AccessToken as a signed number",
        older_account("room", "-294967296"),
        Attempt { user: Some(JoinedAs::Uid(4_000_000_000)), ..attempt() },
    );
    cases.case(
        F::UserDiffers,
        "the AccessToken is for uid 42, the client joins with uid 43",
        older("room", 42),
        Attempt { user: Some(JoinedAs::Uid(43)), ..attempt() },
    );
    cases.0
}

/// Worth knowing, and nothing more.
fn notes() -> Vec<Case> {
    let mut cases = Cases(Vec::new());
    let good = rtc_uid("room", 42);
    let any_channel = |name: &'static str| ServiceKind::Rtc { channel_name: name.into(), account: "42".into() };
    cases.example(F::UnknownService, unknown_service(), certificates(&[]));
    cases.example(F::UnreadBytes, unread_bytes(), certificates(&[]));
    cases.example(F::AnyUser, rtc_uid("room", 0), attempt());
    cases.case(F::AnyUser, "the same in an AccessToken", older("room", 0), attempt());
    cases.example(F::AnyChannel, service(any_channel("*"), &[(1, 3600)], 3600), attempt());
    cases.case(
        F::AnyChannel,
        "the token was minted for no channel",
        service(any_channel(""), &[(1, 3600)], 3600),
        attempt(),
    );
    cases.example(F::SdkError, &good, Attempt { error: Some("110"), ..attempt() });
    cases.case(
        F::SdkError,
        "the client reports something that is not about tokens",
        &good,
        Attempt { error: Some("the camera is gone"), ..attempt() },
    );
    cases.example(F::SignatureNotChecked, &good, certificates(&[]));
    cases.case(
        F::SignatureNotChecked,
        "no certificate is given, and the client sees error 110",
        &good,
        Attempt { error: Some("110"), ..certificates(&[]) },
    );
    cases.example(F::UserNotChecked, older("room", 42), Attempt { channel: None, user: None, ..attempt() });
    cases.0
}

/// Unusual tokens of which nothing above a note may be said.
pub(crate) fn good() -> Vec<(&'static str, String, Attempt<'static>)> {
    let rtc = |channel: &'static str, user: &'static str| {
        Service::new(ServiceKind::Rtc { channel_name: channel.into(), account: user.into() })
            .with_privilege(Service::RTC_JOIN_CHANNEL, 3600)
    };
    let rtm2 = || {
        Service::new(ServiceKind::Rtm2 { user_id: "alice".into(), permissions: Permissions::new() })
            .with_privilege(Service::RTM2_LOGIN, 3600)
    };
    let classroom = builder::build_apaas_room_user_token2(&credentials(), "room", "alice", 2, 3600, STAMP).unwrap();
    let two_channels = crate::recipes::services(vec![rtc("lobby", "42"), rtc("room", "42")], 3600);
    let two_users = crate::recipes::services(vec![rtc("room", "42"), rtm2()], 3600);
    let alice = |service| Attempt { user: Some(JoinedAs::Account("alice")), ..user_of(service) };
    vec![
        ("the second of two channels", two_channels.clone(), attempt()),
        ("the first of two channels", two_channels, Attempt { channel: Some("lobby"), ..attempt() }),
        ("a uid in the channel", two_users.clone(), attempt()),
        ("an account in messaging", two_users.clone(), alice(ServiceType::Rtm)),
        ("an account in messaging, purpose unknown", two_users, Attempt { service: None, ..alice(ServiceType::Rtm) }),
        ("a classroom", classroom.clone(), Attempt { channel: Some("room"), ..alice(ServiceType::Apaas) }),
        ("a classroom, purpose unknown", classroom.clone(), account("alice")),
        ("the Chat of a classroom", classroom.clone(), alice(ServiceType::Chat)),
        ("the messaging of a classroom", classroom, alice(ServiceType::Rtm)),
        ("a pattern of channels", crate::recipes::services(vec![rtc("ro*", "42")], 3600), attempt()),
        (
            "a privilege without an end of its own",
            crate::recipes::rtc(&[(1, 0), (2, 0), (3, 0)], 3600),
            Attempt { role: Some(Role::Publisher), ..attempt() },
        ),
        (
            "an AccessToken whose privileges end a second after it",
            crate::recipes::older_until(STAMP.issue_ts + 86_401),
            attempt(),
        ),
        ("an account of digits", rtc_account("room", "42"), account("42")),
        (
            "the secondary certificate",
            rtc_uid("room", 42),
            certificates(&["0123456789abcdef0123456789abcdef", CERTIFICATE]),
        ),
        (
            "a sample's names that are meant",
            rtc_uid("ChannelA", 123_456),
            Attempt { channel: Some("ChannelA"), user: Some(JoinedAs::Uid(123_456)), ..attempt() },
        ),
    ]
}
