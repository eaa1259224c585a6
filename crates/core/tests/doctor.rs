//! Every mistake planted, every finding made, and no false alarm.

use std::collections::BTreeSet;

use agora_token::doctor::{Attempt, FindingCode as F, JoinedAs, Severity, diagnose};
use agora_token::{
    AccessToken, AccessToken2, Channel, Credentials, Grant, Issuer, Lifetime, Permissions, Privilege006, Role, Service,
    ServiceKind, ServiceType, Stamp, UnixTime, UserId, builder,
};

const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
const NOW: u32 = 1_700_000_000;
const STAMP: Stamp = Stamp { issue_ts: NOW - 60, salt: 12_345_678 };

fn credentials() -> Credentials {
    Credentials::new(APP_ID, CERTIFICATE).unwrap()
}

fn rtc_uid(channel: &str, uid: u32) -> String {
    builder::build_token2_with_uid(&credentials(), channel, uid, 1, 3600, 3600, STAMP).unwrap()
}

fn rtc_account(channel: &str, account: &str) -> String {
    builder::build_token2_with_user_account(&credentials(), channel, account, 1, 3600, 3600, STAMP).unwrap()
}

fn rtm(user: &str) -> String {
    builder::build_rtm_token2(&credentials(), user, 3600, STAMP).unwrap()
}

fn older(channel: &str, uid: u32) -> String {
    builder::build_token_with_uid(&credentials(), channel, uid, 1, NOW + 3600, STAMP).unwrap()
}

fn older_account(channel: &str, account: &str) -> String {
    builder::build_token_with_user_account(&credentials(), channel, account, 1, NOW + 3600, STAMP).unwrap()
}

fn service(kind: ServiceKind<'static>, privileges: &[(u16, u32)], expire: u32) -> String {
    let service = Service { kind, privileges: privileges.iter().copied().collect() };
    AccessToken2::new(credentials().app_id, expire, STAMP)
        .with_service(service)
        .build(&credentials().app_certificate)
        .unwrap()
}

fn rtc(privileges: &[(u16, u32)], expire: u32) -> String {
    service(ServiceKind::Rtc { channel_name: "room".into(), account: "42".into() }, privileges, expire)
}

/// What the good client joined with.
fn attempt() -> Attempt<'static> {
    Attempt {
        app_id: Some(APP_ID),
        channel_name: Some("room"),
        user: Some(JoinedAs::Uid(42)),
        service: Some(ServiceType::Rtc),
        role: Some(Role::Publisher),
        at: Some(UnixTime::from_secs(NOW.into())),
        certificates: &[CERTIFICATE],
        ..Attempt::default()
    }
}

#[test]
fn every_mistake_is_found_first_or_second() {
    let good = rtc_uid("room", 42);
    let everything = [(1, 3600), (2, 3600), (3, 3600), (4, 3600)];
    let swapped = Credentials::new(CERTIFICATE, APP_ID).unwrap();
    let long = {
        let mut permissions = Permissions::new();
        (0..200).for_each(|index| {
            permissions.add(
                0,
                0,
                format!(
                    "{:08x}-3b2c-4f5e-9a8b-{:012x}",
                    index * 2_654_435_761u64 % 0xffff_ffff,
                    index * 0x9e37_79b9_7f4au64
                )
                .into(),
            )
        });
        service(ServiceKind::Rtm2 { user_id: "42".into(), permissions }, &[(1, 3600)], 3600)
    };
    let unknown = {
        let mut payload = hex("2000");
        payload.extend([0; 32]);
        payload.extend(hex("2000"));
        payload.extend(APP_ID.as_bytes());
        payload.extend([STAMP.issue_ts.to_le_bytes(), 3600u32.to_le_bytes(), 1u32.to_le_bytes()].concat());
        payload.extend(hex("0100e7030000"));
        seal(&payload)
    };
    let unread = {
        let mut payload = agora_token::UnverifiedToken2::parse(&good).unwrap().payload().to_vec();
        payload.extend([0; 4]);
        seal(&payload)
    };
    let a = attempt;
    let cases: Vec<(F, String, Attempt<'_>)> = vec![
        (F::NoToken, String::new(), a()),
        (F::NoToken, "undefined".into(), a()),
        (F::TokenIsCredential, CERTIFICATE.into(), a()),
        (F::TokenInJson, format!("{{\"token\":\"{good}\",\"code\":\"200\"}}"), a()),
        (F::TokenPrefixed, format!("Bearer {good}"), a()),
        (F::TokenQuoted, format!("\"{good}\""), a()),
        (F::TokenHasBlanks, format!("{good}\n"), a()),
        (F::TokenHasBlanks, format!("{}\n{}", &good[..76], &good[76..]), a()),
        (F::TokenUrlEncoded, good.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"), a()),
        (F::TokenUrlSafe, good.replace('+', "-").replace('/', "_").replace('=', ""), a()),
        (F::TokenTruncated, good[..64].into(), a()),
        (F::TokenTruncated, good[..good.len() - 1].into(), a()),
        (F::TokenTruncated, older("room", 42)[..64].into(), a()),
        (F::TokenHasExtra, format!("{good};"), a()),
        (F::TokenHasExtra, format!("{good}{good}"), a()),
        (F::TokenOldGeneration, "005AQAoADk5REZBNTM0RkYxNDQ0MDQ4NTRBREEwOTUzOUU3".into(), a()),
        (F::TokenDamaged, swap(&good), a()),
        (F::NotAToken, "eyJhbGciOiJIUzI1NiJ9.e30.x".into(), a()),
        (F::TokenNotWanted, good.clone(), Attempt { error: Some("119"), ..a() }),
        (F::SdkTooOld, good.clone(), Attempt { sdk: Some("web 4.7.3"), ..a() }),
        (F::SdkTooOld, good.clone(), Attempt { sdk: Some("Android 3.7.0"), ..a() }),
        (F::SdkTooOld, good.clone(), Attempt { sdk: Some("flutter 5.3"), ..a() }),
        (
            F::TimestampIsLifetime,
            {
                let token = AccessToken::new(credentials().app_id, "room".into(), "42".into(), STAMP);
                token.with_privilege(Privilege006::JoinChannel, 3600).build(&credentials().app_certificate).unwrap()
            },
            a(),
        ),
        (
            F::AppIdIsCertificate,
            builder::build_token2_with_uid(&swapped, "room", 42, 1, 3600, 3600, STAMP).unwrap(),
            a(),
        ),
        (F::AppIdDiffers, good.clone(), Attempt { app_id: Some("00000000000000000000000000000000"), ..a() }),
        (F::AppIdInvalid, good.clone(), Attempt { app_id: Some(&APP_ID[..31]), ..a() }),
        (
            F::CertificateHasBlanks,
            good.clone(),
            Attempt { certificates: &["5CFd2fd1755d40ecb72977518be15d3b\n"], ..a() },
        ),
        (F::SignatureMismatch, good.clone(), Attempt { certificates: &["00000000000000000000000000000000"], ..a() }),
        (
            F::SignatureMismatch,
            older("room", 42),
            Attempt { certificates: &["00000000000000000000000000000000"], ..a() },
        ),
        (F::TokenExpired, good.clone(), Attempt { at: Some(UnixTime::from_secs(u64::from(NOW) + 86_400)), ..a() }),
        (F::TokenExpired, older("room", 42), Attempt { at: Some(UnixTime::from_secs(u64::from(NOW) + 86_000)), ..a() }),
        (F::TokenNotYetValid, good.clone(), Attempt { at: Some(UnixTime::from_secs(u64::from(NOW) - 3600)), ..a() }),
        (F::RtmTokenForRtc, rtm("42"), a()),
        (F::RtmTokenForRtc, rtm("42"), Attempt { service: None, ..a() }),
        (F::RtmTokenForRtc, builder::build_rtm_token(&credentials(), "42", 1, NOW + 3600, STAMP).unwrap(), a()),
        (F::RtcTokenForRtm, good.clone(), Attempt { service: Some(ServiceType::Rtm), channel_name: None, ..a() }),
        (F::RtcTokenForRtm, older("room", 42), Attempt { service: Some(ServiceType::Rtm), ..a() }),
        (F::ServiceMissing, builder::build_fpa_token2(&credentials(), STAMP).unwrap(), a()),
        (F::UserIsPlaceholder, rtc_account("room", "undefined"), a()),
        (F::UserIsPlaceholder, rtc_account("room", "null"), a()),
        (F::UserIsPlaceholder, rtc_account("room", "None"), a()),
        (F::UserIsPlaceholder, rtc_account("room", "NaN"), a()),
        (F::UserIsPlaceholder, older_account("room", "None"), a()),
        (F::UserIsZeroText, rtc_account("room", "0"), a()),
        (F::UserIsZeroText, older_account("room", "0"), a()),
        (F::SampleUser, rtc_uid("room", 2_882_341_273), a()),
        (F::SampleUser, older("room", 2_882_341_273), a()),
        (F::SampleUser, rtc_uid("room", 2_882_341_273), Attempt { user: None, ..a() }),
        (F::SampleChannel, rtc_uid("7d72365eb983485397e3e3f9d460bdda", 42), a()),
        (F::SampleChannel, older("7d72365eb983485397e3e3f9d460bdda", 42), a()),
        (F::SampleChannel, rtc_uid("7d72365eb983485397e3e3f9d460bdda", 42), Attempt { channel_name: None, ..a() }),
        (F::ChannelDiffersInCase, rtc_uid("Room", 42), a()),
        (F::ChannelDiffersInCase, older("Room", 42), a()),
        (F::ChannelDiffersInBlanks, rtc_uid("room ", 42), a()),
        (F::ChannelDiffersInBlanks, older("room ", 42), a()),
        (F::ChannelDiffers, rtc_uid("lobby", 42), a()),
        (F::ChannelDiffers, older("lobby", 42), a()),
        (F::AccountTokenForUid, rtc_account("room", "alice"), a()),
        (F::UidTokenForAccount, good.clone(), Attempt { user: Some(JoinedAs::Account("alice")), ..a() }),
        (F::UserDiffers, good.clone(), Attempt { user: Some(JoinedAs::Uid(43)), ..a() }),
        (F::UserDiffers, good.clone(), Attempt { user: Some(JoinedAs::Uid(0)), ..a() }),
        (F::UserDiffers, older("room", 42), Attempt { user: Some(JoinedAs::Uid(43)), ..a() }),
        (F::PrivilegeMissing, rtc(&[(2, 3600), (3, 3600)], 3600), a()),
        (F::PrivilegeExpired, rtc(&[(1, 30), (2, 3600), (3, 3600)], 3600), a()),
        (
            F::TokenTooLong,
            long,
            Attempt { service: Some(ServiceType::Rtm2), channel_name: None, sdk: Some("web rtm 2.1"), ..a() },
        ),
        (F::LifetimeIsTimestamp, rtc(&everything, 1_700_003_600), a()),
        (F::SubscriberTokenForPublisher, rtc(&[(1, 3600)], 3600), a()),
        (
            F::SubscriberTokenForPublisher,
            builder::build_token_with_uid(&credentials(), "room", 42, 2, NOW + 3600, STAMP).unwrap(),
            a(),
        ),
        (F::CoHostNote, rtc(&[(1, 3600)], 3600), a()),
        (F::PrivilegeOutlivesToken, rtc(&everything, 600), a()),
        (F::LifetimeOverADay, rtc(&everything, 604_800), a()),
        (
            F::ChatAppToken,
            builder::build_chat_app_token2(&credentials(), 3600, STAMP).unwrap(),
            Attempt { service: Some(ServiceType::Chat), channel_name: None, ..a() },
        ),
        (F::CertificateInvalid, good.clone(), Attempt { certificates: &["5CFd2fd1755d40ecb72977518be15d3"], ..a() }),
        (F::UnknownService, unknown, Attempt { certificates: &[], ..a() }),
        (F::UnreadBytes, unread, Attempt { certificates: &[], ..a() }),
        (F::AnyUser, rtc_uid("room", 0), a()),
        (F::AnyUser, older("room", 0), a()),
        (
            F::AnyChannel,
            service(ServiceKind::Rtc { channel_name: "*".into(), account: "42".into() }, &everything, 3600),
            a(),
        ),
        (F::SdkError, good.clone(), Attempt { error: Some("110"), ..a() }),
        (F::SignatureNotChecked, good.clone(), Attempt { certificates: &[], ..a() }),
        (F::UserNotChecked, older("room", 42), Attempt { channel_name: None, user: None, ..a() }),
    ];
    let lower = Credentials::new(APP_ID, &CERTIFICATE.to_lowercase()).unwrap();
    let lower = builder::build_token2_with_uid(&lower, "room", 42, 1, 3600, 3600, STAMP).unwrap();
    let mut seen = BTreeSet::new();
    for (expected, token, attempt) in cases.into_iter().chain([(F::CertificateCaseDiffers, lower, a())]) {
        let diagnosis = diagnose(&token, &attempt).unwrap();
        let codes: Vec<F> = diagnosis.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.iter().take(2).any(|code| *code == expected), "{expected}: {:#?}", diagnosis.findings);
        for finding in &diagnosis.findings {
            assert!(!finding.cause.is_empty() && !finding.fix.is_empty());
            assert!(!finding.cause.contains(CERTIFICATE) && !finding.cause.contains(&good[..20]), "{}", finding.cause);
        }
        seen.insert(expected);
    }
    let missing: Vec<_> = F::ALL.iter().filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
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
        let user = if by_account { UserId::account(&account).unwrap() } else { UserId::uid(uid).unwrap() };
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
            channel_name: has_channel.then_some(channel.as_str()),
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
fn a_redacted_diagnosis_names_nobody() {
    let attempt = Attempt {
        channel_name: Some("secret-room"),
        user: Some(JoinedAs::Account("alice.example")),
        app_id: Some("00000000000000000000000000000000"),
        redact: true,
        ..attempt()
    };
    for token in [rtc_account("other-room", "bob.example"), older_account("other-room", "bob.example")] {
        let shown = diagnose(&token, &attempt).unwrap().to_json();
        for secret in [
            "secret-room",
            "other-room",
            "alice",
            "bob.example",
            APP_ID,
            "00000000000000000000000000000000",
            CERTIFICATE,
        ] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
}

fn issue(grant: Grant<'_>, lifetime: u32, stamp: Stamp) -> String {
    struct Fixed(Stamp);
    impl agora_token::source::Clock for Fixed {
        fn now(&self) -> Result<u32, agora_token::Error> {
            Ok(self.0.issue_ts)
        }
    }
    impl agora_token::source::SaltSource for Fixed {
        fn next_salt(&self) -> Result<u32, agora_token::Error> {
            Ok(self.0.salt)
        }
    }
    let issuer = Issuer::with_sources(credentials(), Fixed(stamp), Fixed(stamp));
    issuer.issue(&grant.lifetime(Lifetime::from_secs(lifetime).unwrap())).unwrap().token
}

fn swap(token: &str) -> String {
    let mut bytes = token.as_bytes().to_vec();
    let at = (40..bytes.len()).find(|at| bytes[*at] != bytes[at + 1]).unwrap();
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).unwrap()
}

fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn seal(payload: &[u8]) -> String {
    use base64::Engine;
    use std::io::Write;

    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(payload).unwrap();
    format!("007{}", base64::engine::general_purpose::STANDARD.encode(encoder.finish().unwrap()))
}
