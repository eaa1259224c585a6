//! What a hostile caller, or a careless one, has tried: no token for more than was meant, no verdict that lets in more.

use agora_token::describe::{BUILDERS, Kind, Manner, Shape, Value};
use agora_token::source::{Clock, SaltSource, SystemSalt};
use agora_token::{
    AccessToken, AccessToken2, Channel, Credentials, Error, ErrorCode, Expected, Grant, Issuer, PackedService,
    Permissions, Privilege006, Role, Role006, Service, ServiceKind, ServiceType, Stamp, Text, UnixTime,
    UnverifiedToken2, User, Verdict, Verifier, builder,
};
use base64::Engine;

const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
const NOW: u32 = 1_700_000_000;
const STAMP: Stamp = Stamp { issue_ts: NOW, salt: 16_842_752 };

fn credentials() -> Credentials {
    Credentials::new(APP_ID, CERTIFICATE).unwrap()
}

fn verifier(seconds: u32) -> Verifier {
    Verifier::by_certificate(credentials().app_certificate).at(UnixTime::from_secs(u64::from(NOW) + u64::from(seconds)))
}

fn codes(verdict: &Verdict) -> Vec<ErrorCode> {
    verdict.refusals().iter().map(|error| error.code()).collect()
}

fn with(services: &[Service<'static>]) -> String {
    let mut token = AccessToken2::new(credentials().app_id, 3600, STAMP);
    token.services = services.to_vec();
    token.build(&credentials().app_certificate).unwrap()
}

/// A token of 006 whose last `size` bytes of the account have become the beginning of the message, with the CRC of what
/// is left of the account: the signature covers channel, account and message run together.
fn shifted(token: &str, account: &[u8], size: usize) -> (String, Vec<u8>) {
    let engine = base64::engine::general_purpose::STANDARD;
    let content = engine.decode(&token[35..]).unwrap();
    let (head, message) = (&content[..34], &content[44..]);
    let (left, moved) = account.split_at(account.len() - size);
    let mut crc = flate2::Crc::new();
    crc.update(left);
    let mut forged = head.to_vec();
    forged.extend(&content[34..38]);
    forged.extend(crc.sum().to_le_bytes());
    forged.extend(u16::try_from(moved.len() + message.len()).unwrap().to_le_bytes());
    forged.extend(moved);
    forged.extend(message);
    (format!("006{APP_ID}{}", engine.encode(forged)), left.to_vec())
}

/// Whatever its holder moves from the account into the message, no 006 token reads as another user's.
#[test]
fn a_shifted_006_is_refused() {
    let now = UnixTime::from_secs(u64::from(NOW));
    // By other libraries: an account of the attacker's choice, and a salt whose upper half is a count that fits.
    let chosen = b"AAAA\x7f\x7f\x7f\x7f\x06\x00zz";
    for (account, salt) in [(chosen.as_slice(), 1), (b"123456", 5 << 16 | 0x7fff), (b"xadmin123456", 5 << 16 | 0x7fff)]
    {
        let stamp = Stamp { issue_ts: NOW, salt };
        let token = [1u16, 2, 3, 4].into_iter().fold(
            AccessToken::new(credentials().app_id, "room".into(), account.into(), stamp),
            |mut token, privilege| {
                token.privileges.set(privilege, NOW + 3600);
                token
            },
        );
        let token = token.build(&credentials().app_certificate).unwrap();
        for size in (6..=account.len()).step_by(6) {
            let (forged, left) = shifted(&token, account, size);
            let verifier = Verifier::by_certificate(credentials().app_certificate).at(now);
            let verdict = verifier.verdict(&forged, &Expected::new().channel("room").account(left));
            assert!(!verdict.is_valid(), "{account:?} {salt} {size}");
        }
    }
}

#[test]
fn a_006_with_unknown_or_descending_privileges_is_refused() {
    let verdict = |privileges: &[u16]| {
        let mut token = AccessToken::new(credentials().app_id, "room".into(), "42".into(), STAMP);
        privileges.iter().for_each(|privilege| token.privileges.set(*privilege, 0));
        let text = token.build(&credentials().app_certificate).unwrap();
        verifier(0).verdict(&text, &Expected::new().channel("room").uid(42))
    };
    assert!(verdict(&[1, 2, 3, 4, 101]).is_valid());
    assert_eq!(codes(&verdict(&[1, 5])), [ErrorCode::TokenAmbiguous]);
    assert_eq!(codes(&verdict(&[0, 1])), [ErrorCode::TokenAmbiguous]);

    // As PHP writes them: in the order of insertion.
    let engine = base64::engine::general_purpose::STANDARD;
    let mut token = AccessToken::new(credentials().app_id, "room".into(), "42".into(), STAMP);
    let message = |keys: [u16; 2]| {
        let mut message = [STAMP.salt.to_le_bytes(), (NOW + 86_400).to_le_bytes()].concat();
        message.extend(2u16.to_le_bytes());
        keys.iter().for_each(|key| message.extend([&key.to_le_bytes()[..], &[0; 4]].concat()));
        message
    };
    let of_message = |message: &[u8]| {
        let signature =
            AccessToken::generate_signature(CERTIFICATE.as_bytes(), APP_ID.as_bytes(), b"room", b"42", message);
        let crc = |text: &[u8]| {
            let mut crc = flate2::Crc::new();
            crc.update(text);
            crc.sum().to_le_bytes()
        };
        let size = u16::try_from(message.len()).unwrap().to_le_bytes();
        let content = [&[32, 0], &signature[..], &crc(b"room"), &crc(b"42"), &size, message].concat();
        format!("006{APP_ID}{}", engine.encode(content))
    };
    token.privileges = [(1, 0), (3, 0)].into_iter().collect();
    assert_eq!(of_message(&message([1, 3])), token.build(&credentials().app_certificate).unwrap());
    let descending = verifier(0).verdict(&of_message(&message([3, 1])), &Expected::new().channel("room").uid(42));
    assert_eq!(codes(&descending), [ErrorCode::TokenAmbiguous]);
}

/// The upper half of a salt is never a number of privileges that a token has.
#[test]
fn salts_are_no_counts() {
    for _ in 0..100_000 {
        let salt = SystemSalt.next_salt().unwrap();
        assert!((16_842_752..=99_999_999).contains(&salt), "{salt}");
    }
}

/// By every builder, in every argument that names somebody or something.
#[test]
fn no_builder_mints_for_anybody_by_a_star_or_takes_control_characters() {
    let permissions = Permissions::new();
    for builder in BUILDERS {
        let values: Vec<Value> = builder
            .all_arguments()
            .map(|argument| match argument.kind {
                Kind::AppId => Value::Text(APP_ID),
                Kind::AppCertificate => Value::Text(CERTIFICATE),
                Kind::PrivilegeExpiredTs => (NOW + 3600).into(),
                Kind::Role | Kind::Role006 | Kind::RoomRole => 1.into(),
                Kind::Permissions => Value::Permissions(&permissions),
                kind if kind.row().shape == Shape::Text => Value::Text("alice"),
                _ => 600.into(),
            })
            .collect();
        let build = |values: &[Value]| builder.build(values, Manner::Strict, || Ok(STAMP));
        build(&values).unwrap();
        for (index, argument) in builder.all_arguments().enumerate().skip(2) {
            if argument.kind.row().shape != Shape::Text {
                continue;
            }
            let strange = ["*", "a\0", "a\n", "\u{7f}", "a\u{85}", "AAAA\x7f\x7f\x7f\x7f\x06\0zz"];
            for text in strange {
                let mut changed = values.clone();
                changed[index] = Value::Text(text);
                let error = build(&changed).unwrap_err();
                assert_eq!((error.code(), error.field()), (argument.kind.row().code, argument.name), "{text:?}");
            }
            // A user called 0 is one.
            if argument.kind != Kind::ChannelName {
                let mut changed = values.clone();
                changed[index] = Value::Text("0");
                build(&changed).unwrap();
            }
        }
    }
}

#[test]
fn a_certificate_is_not_the_app_id() {
    for id in [CERTIFICATE, &CERTIFICATE.to_lowercase()] {
        let of = |id: &str| Credentials::of(id.parse().unwrap(), CERTIFICATE.parse().unwrap());
        assert_eq!(of(id).unwrap_err(), Credentials::new(id, CERTIFICATE).unwrap_err());
        let error = Credentials::new(id, CERTIFICATE).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidAppCertificate, "app_certificate"));
        let values = [id, CERTIFICATE].map(Value::Text);
        let error = BUILDERS[13].build(&values, Manner::Strict, || Ok(STAMP)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidAppCertificate);
    }
}

#[test]
fn past_24_hours_a_token_is_over() {
    let week = 7 * 86_400;
    let token = builder::build_token2_with_uid(&credentials(), "room", 42, Role::Publisher, week, week, STAMP).unwrap();
    assert!(verifier(86_399).verdict(&token, &Expected::new().channel("room").uid(42)).is_valid());
    let verdict = verifier(86_400).verdict(&token, &Expected::new().channel("room").uid(42));
    assert_eq!(codes(&verdict), [ErrorCode::TokenExpired]);
    assert!(verdict.refusals()[0].reason().contains("24 hours"), "{:?}", verdict.refusals());
    // Also where issue time and lifetime together pass what 32 bits hold.
    let late = Stamp { issue_ts: u32::MAX - 10, salt: 1 };
    let token = builder::build_token2_with_uid(&credentials(), "room", 42, Role::Publisher, 600, 0, late).unwrap();
    let at = |seconds: u64| {
        let at = UnixTime::from_secs(u64::from(late.issue_ts) + seconds);
        Verifier::by_certificate(credentials().app_certificate).at(at).verdict(&token, &Expected::new())
    };
    assert!(at(599).is_valid());
    assert_eq!(codes(&at(600)), [ErrorCode::TokenExpired]);
}

#[test]
fn leeway_does_not_turn_the_time_off() {
    let token = builder::build_token2_with_uid(&credentials(), "room", 42, Role::Publisher, 600, 0, STAMP).unwrap();
    assert!(verifier(600 + 3599).leeway(3600).verdict(&token, &Expected::new()).is_valid());
    for seconds in [3601, u32::MAX] {
        assert_eq!(
            codes(&verifier(600 + 3601).leeway(seconds).verdict(&token, &Expected::new())),
            [ErrorCode::TokenExpired]
        );
    }
}

#[test]
fn a_privilege_lets_nobody_in_who_cannot_join() {
    let kind = ServiceKind::Rtc { channel_name: "room".into(), account: "42".into() };
    let token = with(&[Service::new(kind).with_privilege(Service::RTC_PUBLISH_AUDIO_STREAM, 0)]);
    let asked = Expected::new().service(ServiceType::Rtc).privilege(Service::RTC_PUBLISH_AUDIO_STREAM);
    assert_eq!(codes(&verifier(0).verdict(&token, &asked)), [ErrorCode::PrivilegeMissing]);
    let older = AccessToken::new(credentials().app_id, "room".into(), "42".into(), STAMP)
        .with_privilege(Privilege006::PublishAudioStream, 0)
        .with_privilege(Privilege006::RtmLogin, 0)
        .build(&credentials().app_certificate)
        .unwrap();
    let asked = Expected::new().channel("room").uid(42).privilege(Privilege006::PublishAudioStream.number());
    assert!(!verifier(0).verdict(&older, &asked).is_valid());
}

#[test]
fn a_channel_means_rtc_unless_a_service_is_named() {
    for kind in [
        ServiceKind::Fcdn { channel_name: "room".into(), account: "42".into() },
        ServiceKind::Streaming { channel_name: "room".into(), account: "42".into() },
    ] {
        let service = Service::new(kind).with_privilege(1, 0);
        let which = service.service_type();
        let token = with(&[service]);
        let asked = || Expected::new().channel("room").uid(42);
        assert_eq!(codes(&verifier(0).verdict(&token, &asked())), [ErrorCode::ServiceMissing]);
        assert!(verifier(0).verdict(&token, &asked().service(which)).is_valid());
    }
}

#[test]
fn an_unknown_privilege_lets_nobody_in() {
    for kind in [
        ServiceKind::Rtm { user_id: "42".into() },
        ServiceKind::Fcdn { channel_name: "room".into(), account: "42".into() },
        ServiceKind::Chat { user_id: "42".into() },
    ] {
        let token = with(&[Service::new(kind).with_privilege(999, 0)]);
        assert_eq!(codes(&verifier(0).verdict(&token, &Expected::new().uid(42))), [ErrorCode::PrivilegeMissing]);
    }
}

#[test]
fn an_app_token_is_nobody_s() {
    let chat = builder::build_chat_app_token2(&credentials(), 600, STAMP).unwrap();
    let apaas = builder::build_apaas_app_token2(&credentials(), 600, STAMP).unwrap();
    for token in [&chat, &apaas] {
        assert!(!verifier(0).verdict(token, &Expected::new().uid(0)).is_valid());
        assert!(!verifier(0).verdict(token, &Expected::new().account("alice")).is_valid());
    }
    assert!(verifier(0).verdict(&chat, &Expected::new().service(ServiceType::Chat)).is_valid());
}

#[test]
fn older_roles_publish_by_number_alone() {
    let token = builder::build_token_with_uid(&credentials(), "room", 42, Role006::Subscriber, 0, STAMP).unwrap();
    let asked = Expected::new().channel("room").uid(42);
    assert!(verifier(0).verdict(&token, &asked.clone()).is_valid());
    assert!(!verifier(0).verdict(&token, &asked.privilege(Privilege006::PublishAudioStream.number())).is_valid());
}

/// The doctor looks into no text that is far larger than any token, and reads within the verifier's bounds.
#[test]
fn the_doctor_takes_little_of_a_large_text() {
    use agora_token::doctor::{Attempt, FindingCode, diagnose};

    let attempt = Attempt { at: Some(UnixTime::from_secs(NOW.into())), ..Attempt::default() };
    for text in ["0".repeat(10_000_000), format!("007{}", "A".repeat(10_000_000)), "%25".repeat(1_000_000)] {
        let found = diagnose(&text, &attempt).unwrap();
        assert_eq!(found.findings[0].code, FindingCode::NotAToken);
        assert!(found.to_json().len() < 1000);
    }
    let many = with(&vec![Service::new(ServiceKind::Fpa); 65_535]);
    let found = diagnose(&many, &attempt).unwrap();
    assert_eq!(found.findings[0].code, FindingCode::TokenDamaged);
    assert!(found.to_json().len() < 1000, "{}", found.to_json().len());
}

/// A token stands in the place of a channel or a user when somebody's arguments slip.
#[test]
fn the_doctor_shows_no_token_in_the_place_of_a_name() {
    use agora_token::doctor::{Attempt, JoinedAs, diagnose};

    let token = with(&[Service::new(ServiceKind::Rtc { channel_name: "room".into(), account: "42".into() })]);
    let attempt = Attempt { channel: Some(&token), user: Some(JoinedAs::Account(&token)), ..Attempt::default() };
    let found = diagnose(&token, &attempt).unwrap();
    assert!(found.findings.iter().any(|finding| finding.cause.contains("***")));
    let tail = &token[40..];
    assert!(!found.to_json().contains(tail) && !format!("{found:?}").contains(tail));
}

/// Says the times of a list, one after the other, and then the last for ever.
struct Clocks(std::sync::Mutex<Vec<u32>>);

impl Clock for Clocks {
    fn now(&self) -> Result<u32, Error> {
        let mut times = self.0.lock().unwrap();
        Ok(if times.len() > 1 { times.remove(0) } else { times[0] })
    }
}

#[test]
fn a_clock_at_its_ends_or_going_backwards_makes_tokens_of_its_own_time() {
    let times = vec![NOW, NOW, NOW - 1, 0, u32::MAX, 0, NOW + 1, NOW, u32::MAX];
    let issuer = Issuer::with_sources(credentials(), Clocks(std::sync::Mutex::new(times.clone())), SystemSalt);
    let grant = Grant::rtc(Channel::named("room").unwrap(), User::uid(42).unwrap(), Role::Publisher);
    for now in times {
        let issued = issuer.issue(&grant).unwrap();
        let seconds = u64::from(now);
        assert_eq!(issued.issued_at.as_secs(), seconds);
        assert_eq!(issued.expires_at.as_secs(), seconds + 3600, "also past 32 bits");
        let at = |time: u64| {
            let verifier = Verifier::by_certificate(credentials().app_certificate).at(UnixTime::from_secs(time));
            codes(&verifier.verdict(&issued.token, &Expected::new().channel("room").uid(42)))
        };
        assert_eq!(at(seconds), []);
        assert_eq!(at(seconds + 3599), []);
        assert_eq!(at(seconds + 3600)[0], ErrorCode::TokenExpired);
        assert_eq!(at(u64::MAX)[0], ErrorCode::TokenExpired);
        if now > 0 {
            assert_eq!(at(seconds - 1), [ErrorCode::TokenIssuedInFuture]);
        }
    }
}

#[test]
fn a_token_of_a_day_is_over_by_its_own_end() {
    let token =
        builder::build_token2_with_uid(&credentials(), "room", 42, Role::Publisher, 86_400, 86_400, STAMP).unwrap();
    let verdict = verifier(86_400).verdict(&token, &Expected::new());
    assert_eq!(codes(&verdict)[0], ErrorCode::TokenExpired);
    assert!(!verdict.refusals()[0].reason().contains("whatever it says"), "{:?}", verdict.refusals());
}

fn token_006(channel: &'static str, privileges: &[Privilege006]) -> String {
    let mut token = AccessToken::new(credentials().app_id, channel.into(), "42".into(), STAMP);
    token.expires_at = NOW + 3600;
    token.privileges = privileges.iter().map(|privilege| (privilege.number(), 0)).collect();
    token.build(&credentials().app_certificate).unwrap()
}

#[test]
fn a_006_token_for_channel_and_messaging_is_one_for_its_channel() {
    let token = token_006("room", &[Privilege006::JoinChannel, Privilege006::RtmLogin]);
    assert_eq!(codes(&verifier(0).verdict(&token, &Expected::new().channel("room").uid(42))), []);
    assert_ne!(codes(&verifier(0).verdict(&token, &Expected::new().channel("lobby").uid(42))), []);
}

#[test]
fn a_006_token_that_lets_in_nowhere_is_refused_without_a_channel_too() {
    let token = token_006("", &[Privilege006::PublishAudioStream]);
    let found = codes(&verifier(0).verdict(&token, &Expected::new().uid(42)));
    assert!(found.contains(&ErrorCode::PrivilegeMissing), "{found:?}");
}

#[test]
fn a_pattern_of_channels_lets_into_those_it_fits() {
    for (pattern, fits, misses) in [
        ("a*b*c", &["abc", "a-b-c", "abbc", "axbxbc"][..], &["ac", "acb", "xabc", "abcx", "a-c", "abx"][..]),
        ("a**c", &["ac", "a-c", "abbc"], &["a", "c", "ab"]),
        ("*mid*", &["mid", "amidst"], &["mi", "md", ""]),
        ("a*", &["a", "ab"], &["b", "ba"]),
        ("a*ab", &["aab", "axab"], &["ab", "aba"]),
    ] {
        let channel = Text::from(pattern);
        let kind = ServiceKind::Rtc { channel_name: channel, account: "42".into() };
        let token = with(&[Service::new(kind).with_privilege(1, 0)]);
        for (names, is_good) in [(fits, true), (misses, false)] {
            for name in names.iter().filter(|name| !name.is_empty()) {
                let verdict = verifier(0).verdict(&token, &Expected::new().channel(*name).uid(42));
                assert_eq!(verdict.is_valid(), is_good, "{pattern} and {name}: {:?}", verdict.refusals());
            }
        }
    }
}

#[test]
fn a_packed_service_stands_among_the_others_and_is_signed() {
    let known = Service::new(ServiceKind::Rtm { user_id: "me".into() }).with_privilege(1, 60);
    let mut token = AccessToken2::new(credentials().app_id, 3600, STAMP);
    assert_eq!(token.build(&credentials().app_certificate).unwrap_err().code(), ErrorCode::NoServices);
    token.services = vec![known];
    let content = vec![1, 0, 7, 0, 60, 0, 0, 0, 9, 9];
    for (service_type, unknown_first) in [(300, false), (0, true)] {
        token.packed_services = vec![PackedService { service_type, content: content.clone() }];
        let text = token.build(&credentials().app_certificate).unwrap();
        let read = UnverifiedToken2::parse(&text).unwrap();
        read.verify_signature(&credentials().app_certificate).unwrap();
        assert_eq!(read.signature(), token.signature(&credentials().app_certificate).unwrap());
        let unknown = read.unknown_service().unwrap();
        assert_eq!((unknown.service_type, unknown.privileges.get(7)), (service_type, Some(60)));
        assert_eq!(read.services().len(), usize::from(!unknown_first));
        assert_eq!(read.unread_bytes(), if unknown_first { 2 + 14 } else { 2 });
    }
}
