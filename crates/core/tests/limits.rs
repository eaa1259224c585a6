//! The edges that the vectors leave to each implementation: counts, caps, and the second in which a token ends.

use agora_token::source::{Clock, SaltSource};
use agora_token::{
    AccessToken, AccessToken2, AppCertificate, AppId, Bounds, Credentials, Error, ErrorCode, Expected, Grant, Issuer,
    Permissions, Privilege006, Privileges, Role, Role006, RtcLifetimes, Service, ServiceKind, Stamp, Text, UnixTime,
    UnverifiedToken, UnverifiedToken2, User, Verdict, Verifier, builder,
};
use base64::Engine as _;

const STAMP: Stamp = Stamp { issue_ts: 1_700_000_000, salt: 1 };

fn credentials() -> Credentials {
    Credentials::new("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b").unwrap()
}

fn build(services: impl IntoIterator<Item = Service<'static>>) -> Result<String, Error> {
    let mut token = AccessToken2::new(credentials().app_id, 3600, STAMP);
    token.services.extend(services);
    token.build(&credentials().app_certificate)
}

fn code(result: Result<String, Error>) -> ErrorCode {
    result.unwrap_err().code()
}

#[test]
fn counts_of_65_535_work_and_one_more_is_refused() {
    let fpa = || Service::new(ServiceKind::Fpa);
    let token = build((0..65_535).map(|_| fpa())).unwrap();
    assert_eq!(UnverifiedToken2::parse(&token).unwrap().services().len(), 65_535);
    let error = build((0..65_536).map(|_| fpa())).unwrap_err();
    assert_eq!((error.code(), error.field()), (ErrorCode::TooManyEntries, "services"));

    let privileges = (0..=u16::MAX).map(|privilege| (privilege, 1)).collect::<Privileges>();
    assert_eq!(code(build([Service { kind: ServiceKind::Fpa, privileges }])), ErrorCode::TooManyEntries);

    let resources = |count| {
        let mut permissions = Permissions::new();
        permissions.set(0, 0, vec![Text::from("r"); count]);
        Service::new(ServiceKind::Rtm2 { user_id: "u".into(), permissions })
    };
    build([resources(65_535)]).unwrap();
    assert_eq!(code(build([resources(65_536)])), ErrorCode::TooManyEntries);
}

#[test]
fn the_payload_cap_is_exact_on_both_sides() {
    // Each RTM service carries its type, an empty count of privileges and a text with its length: 6 bytes and the text.
    let rtm = |size: usize| Service::new(ServiceKind::Rtm { user_id: "u".repeat(size).into() });
    let fixed = 34 + 34 + 12 + 2;
    let full = (agora_token::MAX_PAYLOAD_SIZE - fixed) / (6 + 65_535);
    let rest = agora_token::MAX_PAYLOAD_SIZE - fixed - full * (6 + 65_535) - 6;
    let services = |last| (0..full).map(move |_| rtm(65_535)).chain([rtm(last)]);
    let token = build(services(rest)).unwrap();
    assert_eq!(UnverifiedToken2::parse(&token).unwrap().payload().len(), agora_token::MAX_PAYLOAD_SIZE);
    assert_eq!(code(build(services(rest + 1))), ErrorCode::PayloadTooLarge);
}

/// A zlib stream that packs nothing, with as many blocks of no bytes before.
fn padded(payload: &[u8], blocks: usize) -> String {
    let size = u16::try_from(payload.len()).unwrap();
    let mut stream = vec![0x78, 0x01];
    (0..blocks).for_each(|_| stream.extend([0, 0, 0, 0xff, 0xff]));
    stream.push(1);
    stream.extend(size.to_le_bytes());
    stream.extend((!size).to_le_bytes());
    stream.extend(payload);
    let (mut low, mut high) = (1u32, 0u32);
    for byte in payload {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    stream.extend((high << 16 | low).to_be_bytes());
    format!("007{}", base64::engine::general_purpose::STANDARD.encode(stream))
}

#[test]
fn bounds_on_what_is_read_are_exact_on_both_sides() {
    let rtm = || Service::new(ServiceKind::Rtm { user_id: "u".repeat(1000).into() });
    let services = (0..3).map(|_| rtm().with_privilege(1, 0).with_privilege(2, 0));
    let token = build(services).unwrap();
    let payload = UnverifiedToken2::parse(&token).unwrap().payload().to_vec();
    let all = Bounds { payload_size: payload.len(), services: 3, entries: 6 };
    let read = |token: &str, bounds: &Bounds| UnverifiedToken2::parse_within(token, bounds).map(|_| ());
    let too_large = |result: Result<(), Error>| assert_eq!(result.unwrap_err().code(), ErrorCode::TokenTooLarge);
    assert_eq!(read(&token, &all), Ok(()));
    too_large(read(&token, &Bounds { payload_size: all.payload_size - 1, ..all }));
    too_large(read(&token, &Bounds { services: 2, ..all }));
    too_large(read(&token, &Bounds { entries: 5, ..all }));

    // A small payload is inflated another way.
    let small = build([Service::new(ServiceKind::Rtm { user_id: "42".into() }).with_privilege(1, 0)]).unwrap();
    let bounds =
        Bounds { payload_size: UnverifiedToken2::parse(&small).unwrap().payload().len(), services: 1, entries: 1 };
    assert_eq!(read(&small, &bounds), Ok(()));
    too_large(read(&small, &Bounds { payload_size: bounds.payload_size - 1, ..bounds }));

    // A text may have twice as many characters as its payload bytes.
    let token = padded(&payload, 400);
    let payload_size = (token.len() - 3) / 2;
    assert!(payload_size > payload.len());
    assert_eq!(read(&token, &Bounds { payload_size, ..all }), Ok(()));
    too_large(read(&token, &Bounds { payload_size: payload_size - 1, ..all }));

    let older = AccessToken::new(credentials().app_id, "room".into(), "42".into(), STAMP)
        .with_privilege(Privilege006::JoinChannel, 0)
        .build(&credentials().app_certificate)
        .unwrap();
    let read = |bounds: &Bounds| UnverifiedToken::parse_within(&older, bounds).map(|_| ());
    let all = Bounds { payload_size: (older.len() - 35) / 2, services: 0, entries: 1 };
    assert_eq!(read(&all), Ok(()));
    too_large(read(&Bounds { payload_size: all.payload_size - 1, ..all }));
    too_large(read(&Bounds { entries: 0, ..all }));
}

/// A payload is written on the stack up to a size, and on the heap beyond.
#[test]
fn payloads_of_every_size_are_signed_whole() {
    for size in 0..1100 {
        let user_id = Text::from("u".repeat(size));
        let token = build([Service::new(ServiceKind::Rtm { user_id: user_id.clone() })]).unwrap();
        let read = UnverifiedToken2::parse(&token).unwrap();
        assert_eq!(read.verify_signature(&credentials().app_certificate), Ok(()), "{size}");
        assert_eq!(read.services()[0].kind, ServiceKind::Rtm { user_id });
    }
}

#[test]
fn an_older_token_carries_10_920_privileges() {
    let of = |count: u16| {
        let mut token = AccessToken::new(credentials().app_id, "room".into(), "42".into(), STAMP);
        (0..count).for_each(|privilege| token.privileges.set(privilege, 1));
        token
    };
    let certificate = credentials().app_certificate;
    for count in [0, 1, 10_920] {
        let token = of(count);
        let read = UnverifiedToken::parse(&token.build(&certificate).unwrap()).unwrap();
        assert_eq!(read.privileges().len(), usize::from(count));
        assert_eq!(read.signature(), token.signature(&certificate).unwrap());
    }
    let error = of(10_921).build(&certificate).unwrap_err();
    assert_eq!((error.code(), error.field()), (ErrorCode::TooManyEntries, "privileges"));
    assert_eq!(error.reason(), "are 10921; an AccessToken carries at most 10920");
}

#[test]
fn a_token_that_no_browser_takes_is_issued_by_name_only() {
    struct Fixed;
    impl Clock for Fixed {
        fn now(&self) -> Result<u32, Error> {
            Ok(STAMP.issue_ts)
        }
    }
    impl SaltSource for Fixed {
        fn next_salt(&self) -> Result<u32, Error> {
            Ok(STAMP.salt)
        }
    }
    let issuer = Issuer::with_sources(credentials(), Fixed, Fixed);
    let mut permissions = Permissions::new();
    let mut lengths = Vec::new();
    for index in 1..=200u64 {
        permissions.add(0, 0, format!("{:x}", index.wrapping_mul(0x9e37_79b9_7f4a_7c15)).into());
        let grant = Grant::new(User::uid(42).unwrap()).and_rtm2(permissions.clone());
        let issued = issuer.issue(&grant).map(|issued| issued.token);
        let length = issuer.issue(&grant.allow_long_token()).unwrap().token.len();
        if length > 2047 {
            assert_eq!(code(issued), ErrorCode::TokenTooLong, "{length}");
        } else {
            assert_eq!(issued.unwrap().len(), length);
        }
        lengths.push(length);
    }
    assert!(lengths.iter().any(|length| (2000..=2047).contains(length)), "{lengths:?}");
    assert!(lengths.iter().any(|length| (2048..=2095).contains(length)), "{lengths:?}");
}

#[test]
fn the_last_second_is_good_and_the_next_is_not() {
    let token = builder::build_token2_with_uid(&credentials(), "room", 42, Role::Publisher, 600, 300, STAMP).unwrap();
    let codes = |now, leeway| {
        let verifier =
            Verifier::by_certificate(credentials().app_certificate).at(UnixTime::from_secs(now)).leeway(leeway);
        let verdict = verifier.verdict(&token, &Expected::new());
        verdict.refusals().iter().map(Error::code).collect::<Vec<_>>()
    };
    let issued = u64::from(STAMP.issue_ts);
    assert_eq!(codes(issued, 0), []);
    assert_eq!(codes(issued - 1, 0), [ErrorCode::TokenIssuedInFuture]);
    assert_eq!(codes(issued - 1, 1), []);
    assert_eq!(codes(issued + 299, 0), []);
    assert_eq!(codes(issued + 300, 0), [ErrorCode::PrivilegeExpired]);
    assert_eq!(codes(issued + 300, 1), []);
    assert_eq!(codes(issued + 600, 0), [ErrorCode::TokenExpired, ErrorCode::PrivilegeExpired]);
}

#[test]
fn every_wrong_is_reported_and_the_matching_certificate_named() {
    let token = builder::build_token2_with_uid(&credentials(), "room", 42, Role::Publisher, 600, 0, STAMP).unwrap();
    let other = AppCertificate::new("00000000000000000000000000000000").unwrap();
    let verdict = Verifier::by_certificate(other)
        .with_certificate(credentials().app_certificate)
        .at(UnixTime::from_secs(1_800_000_000))
        .app_id(AppId::new("00000000000000000000000000000000").unwrap())
        .verdict(&token, &Expected::new().channel("Room").uid(43));
    assert_eq!(verdict.certificate(), Some(1));
    let codes: Vec<ErrorCode> = verdict.refusals().iter().map(Error::code).collect();
    let expected =
        [ErrorCode::ChannelMismatch, ErrorCode::UserMismatch, ErrorCode::AppIdMismatch, ErrorCode::TokenExpired];
    assert_eq!(codes, expected);
}

#[test]
fn wildcards_of_the_token_let_in_and_those_of_the_question_do_not() {
    let mint = |channel: &'static str, account: &'static str| {
        let kind = ServiceKind::Rtc { channel_name: channel.into(), account: account.into() };
        build([Service::new(kind).with_privilege(Service::RTC_JOIN_CHANNEL, 0)]).unwrap()
    };
    let accepts = |token: &str, channel: &'static str, account: &'static str| {
        let verifier = Verifier::by_certificate(credentials().app_certificate).ignore_time();
        verifier.verdict(token, &Expected::new().channel(channel).account(account)).is_valid()
    };
    for any in ["", "*"] {
        assert!(accepts(&mint(any, "42"), "room", "42"));
        assert!(accepts(&mint("room", any), "room", "42"));
        assert!(!accepts(&mint("room", "42"), any, "42"));
        assert!(!accepts(&mint("room", "42"), "room", any));
    }
    assert!(!accepts(&mint("room", "0"), "room", "42"), "the text 0 is no wildcard");
}

/// What is wrong with a token.
fn codes(verdict: &Verdict) -> Vec<ErrorCode> {
    verdict.refusals().iter().map(Error::code).collect()
}

fn timeless() -> Verifier {
    Verifier::by_certificate(credentials().app_certificate).ignore_time()
}

#[test]
fn an_older_token_needs_channel_and_user_and_its_messaging_kind_the_user_alone() {
    let expired_ts = 1_700_003_600;
    let rtc = builder::build_token_with_uid(&credentials(), "room", 0, Role006::Publisher, expired_ts, STAMP).unwrap();
    let rtm = builder::build_rtm_token(&credentials(), "alice", Role006::Publisher, expired_ts, STAMP).unwrap();
    let at = |now| {
        let verifier = Verifier::by_certificate(credentials().app_certificate).at(UnixTime::from_secs(now));
        move |expected: Expected<'_>, token: &str| codes(&verifier.verdict(token, &expected))
    };
    let verdict = at(1_700_000_060);
    assert_eq!(verdict(Expected::new(), &rtc), [ErrorCode::ChannelAndUserRequired]);
    assert_eq!(verdict(Expected::new().channel("room").uid(42), &rtc), [], "minted for any user");
    assert_eq!(verdict(Expected::new().channel("boom").uid(42), &rtc), [ErrorCode::ChannelMismatch]);
    assert_eq!(verdict(Expected::new().account("alice"), &rtm), []);
    assert_eq!(verdict(Expected::new().account("bob"), &rtm), [ErrorCode::UserMismatch]);
    assert_eq!(verdict(Expected::new().channel("alice").account("alice"), &rtm), [ErrorCode::ChannelMismatch]);
    let later = at(expired_ts.into());
    assert_eq!(later(Expected::new().channel("room").uid(42), &rtc), [ErrorCode::PrivilegeExpired]);
}

#[test]
fn one_service_must_answer_all_questions() {
    let token = builder::build_token2_with_rtm2(
        &credentials(),
        "room",
        "bob",
        Role::Publisher,
        3600,
        RtcLifetimes::all(0),
        "alice",
        3600,
        STAMP,
    )
    .unwrap();
    let verdict = |expected: Expected<'_>, token: &str| codes(&timeless().verdict(token, &expected));
    assert_eq!(verdict(Expected::new().channel("room").account("bob"), &token), []);
    assert_eq!(verdict(Expected::new().account("alice"), &token), [], "in messaging");
    assert_eq!(verdict(Expected::new().channel("room").account("alice"), &token), [ErrorCode::UserMismatch]);

    let rtc = |channel: &'static str, account: &'static str| {
        let kind = ServiceKind::Rtc { channel_name: channel.into(), account: account.into() };
        Service::new(kind).with_privilege(Service::RTC_JOIN_CHANNEL, 0)
    };
    let two = build([rtc("room", "bob"), rtc("lobby", "42")]).unwrap();
    assert_eq!(verdict(Expected::new().channel("lobby").uid(42), &two), []);
    assert_eq!(verdict(Expected::new().channel("room").uid(42), &two), [ErrorCode::UserMismatch]);
}

#[test]
fn a_question_that_is_asked_again_is_not_forgotten() {
    use agora_token::ServiceType;

    let newer = builder::build_token2_with_uid(&credentials(), "room", 42, Role::Publisher, 600, 0, STAMP).unwrap();
    let older =
        builder::build_token_with_uid(&credentials(), "room", 42, Role006::Publisher, 1_700_003_600, STAMP).unwrap();
    let asked = || Expected::new().channel("room").uid(42);
    let asked_twice = [
        (Expected::new().uid(1).account("42").channel("room"), "user"),
        (Expected::new().account("alice").uid(42).channel("room"), "user"),
        (Expected::new().uid(0).uid(42).channel("room"), "user"),
        (Expected::new().uid(42).uid(1).uid(42).channel("room"), "user"),
        (Expected::new().channel("hall").channel("room").uid(42), "channel"),
        (asked().service(ServiceType::Chat).service(ServiceType::Rtc), "service"),
        (asked().privilege(999).privilege(Service::RTC_JOIN_CHANNEL), "privilege"),
    ];
    for token in [&newer, &older, "no token"] {
        for (expected, field) in &asked_twice {
            let verdict = timeless().verdict(token, expected);
            assert_eq!(codes(&verdict), [ErrorCode::UnknownOption], "{expected:?}");
            assert_eq!(verdict.refusals().first().map(Error::field), Some(*field));
            assert!(timeless().verify(token, expected).is_err());
        }
    }
    for token in [&newer, &older] {
        let same = asked().service(ServiceType::Rtc).privilege(Service::RTC_JOIN_CHANNEL).account("42");
        let same = same.channel("room").service(ServiceType::Rtc).privilege(Service::RTC_JOIN_CHANNEL);
        assert_eq!(codes(&timeless().verdict(token, &same)), [], "the same question twice is one");
    }
}

#[test]
fn a_user_is_expected_as_a_grant_names_one() {
    let issuer = Issuer::new(credentials()).with_clock(|| STAMP.issue_ts);
    let verifier = Verifier::new(credentials()).with_clock(|| STAMP.issue_ts);
    let one = issuer.issue(&Grant::rtc("room", 42, Role::Publisher)).unwrap().token;
    let any = issuer.issue(&Grant::rtc("room", User::Any, Role::Publisher)).unwrap().token;
    let codes_of = |token, expected| codes(&verifier.verdict(token, &expected));
    for user in [User::uid(42), User::account("42"), User::from_text("42")] {
        assert_eq!(codes_of(&one, Expected::new().channel("room").user(user)), []);
    }
    assert_eq!(codes_of(&one, Expected::new().user(43)), [ErrorCode::UserMismatch]);
    assert_eq!(codes_of(&one, Expected::new().user("alice")), [ErrorCode::UserMismatch]);
    assert_eq!(codes_of(&one, Expected::new().user(User::Any)), [ErrorCode::UserMismatch]);
    assert_eq!(codes_of(&any, Expected::new().user(User::Any)), []);
    // What no grant takes asks nothing of a token: the question must not be dropped.
    assert_eq!(codes_of(&any, Expected::new().user(0)), [ErrorCode::InvalidUid]);
    assert_eq!(codes_of(&any, Expected::new().user("").channel("room")), [ErrorCode::InvalidUserAccount]);
    assert_eq!(codes_of(&one, Expected::new().uid(42).user(43)), [ErrorCode::UnknownOption]);
}

#[test]
fn a_verifier_asks_its_clock_for_each_token() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    let now = Arc::new(AtomicU32::new(STAMP.issue_ts));
    let clock = Arc::clone(&now);
    let verifier = Verifier::new(credentials()).with_clock(move || clock.load(Ordering::Relaxed));
    let issuer = Issuer::new(credentials()).with_clock(|| STAMP.issue_ts);
    let token = issuer.issue(&Grant::rtc("room", 42, Role::Publisher)).unwrap().token;
    assert_eq!(codes(&verifier.verdict(&token, &Expected::new())), []);
    now.store(STAMP.issue_ts + 3600, Ordering::Relaxed);
    assert_eq!(codes(&verifier.clone().verdict(&token, &Expected::new()))[0], ErrorCode::TokenExpired);
}

#[test]
fn a_service_that_grants_nothing_lets_nobody_in() {
    let fields = || (Text::from("room"), Text::from("42"));
    let verifier = || Verifier::by_certificate(credentials().app_certificate).ignore_time();
    let ((channel_name, account), (fcdn_channel, fcdn_account)) = (fields(), fields());
    for kind in [
        ServiceKind::Rtc { channel_name, account },
        ServiceKind::Fcdn { channel_name: fcdn_channel, account: fcdn_account },
    ] {
        let service = kind.service_type();
        let token = build([Service::new(kind)]).unwrap();
        let verdict = verifier().verdict(&token, &Expected::new().service(service).channel("room").uid(42));
        let codes: Vec<ErrorCode> = verdict.refusals().iter().map(Error::code).collect();
        assert_eq!(codes, [ErrorCode::PrivilegeMissing]);
        assert!(verifier().verdict(&token, &Expected::new()).is_valid(), "nothing was asked but who signed it");
    }
}

#[test]
fn an_app_token_is_for_no_user() {
    let token = builder::build_chat_app_token2(&credentials(), 3600, STAMP).unwrap();
    let verdict = Verifier::by_certificate(credentials().app_certificate)
        .ignore_time()
        .verdict(&token, &Expected::new().account("bob"));
    let codes: Vec<_> = verdict.refusals().iter().map(Error::code).collect();
    assert_eq!(codes, [ErrorCode::UserMismatch, ErrorCode::PrivilegeMissing]);
}

#[test]
fn service_and_privilege_are_looked_for() {
    use agora_token::ServiceType;

    let subscriber =
        builder::build_token2_with_uid(&credentials(), "room", 42, Role::Subscriber, 600, 0, STAMP).unwrap();
    let older =
        builder::build_token_with_uid(&credentials(), "room", 42, Role006::Subscriber, 1_700_003_600, STAMP).unwrap();
    let asked = || Expected::new().channel("room").uid(42);
    let verdict = |expected: Expected<'_>, token: &str| codes(&timeless().verdict(token, &expected));
    for token in [&subscriber, &older] {
        assert_eq!(verdict(asked().service(ServiceType::Rtc), token), []);
        assert_eq!(verdict(asked().service(ServiceType::Rtm), token).first(), Some(&ErrorCode::ServiceMissing));
        assert_eq!(verdict(asked().privilege(Service::RTC_JOIN_CHANNEL), token), []);
        let publish = asked().privilege(Service::RTC_PUBLISH_AUDIO_STREAM);
        assert_eq!(verdict(publish, token), [ErrorCode::PrivilegeMissing]);
    }
}

#[test]
fn what_was_read_of_a_token_does_not_print_the_token() {
    let token = builder::build_token2_with_uid(&credentials(), "room", 42, Role::Publisher, 600, 0, STAMP).unwrap();
    let older =
        builder::build_token_with_uid(&credentials(), "room", 42, Role006::Publisher, 1_700_003_600, STAMP).unwrap();
    for token in [token, older] {
        let read = agora_token::Unverified::parse(&token).unwrap();
        let document: serde_json::Value = serde_json::from_str(&read.to_json()).unwrap();
        let signature = document["signature"].as_str().unwrap();
        let bytes: Vec<u8> =
            (0..64).step_by(2).map(|at| u8::from_str_radix(&signature[at..at + 2], 16).unwrap()).collect();
        let printed = format!("{read:?}");
        assert!(printed.contains("970CA35de60c44645bbae8a215061b33"));
        assert!(
            !printed.contains(signature) && !printed.contains(&format!("{}, {}, {}", bytes[0], bytes[1], bytes[2]))
        );
    }
}

#[test]
fn services_of_one_type_keep_their_order_however_many() {
    let user = |index: u32| Service::new(ServiceKind::Rtm { user_id: index.to_string().into() });
    let token = build((0..60).flat_map(|index| [user(index), Service::new(ServiceKind::Fpa)])).unwrap();
    let read = UnverifiedToken2::parse(&token).unwrap();
    let users: Vec<&str> = read.services().iter().filter_map(Service::user_id).map(|id| id.to_str().unwrap()).collect();
    assert_eq!(users, (0..60).map(|index| index.to_string()).collect::<Vec<_>>());
}

#[test]
fn the_wildcards_of_an_older_token_are_tried() {
    use agora_token::{AccessToken, Privilege006};

    let mint = |channel: &'static str, account: &'static str| {
        AccessToken::new(credentials().app_id, channel.into(), account.into(), STAMP)
            .with_privilege(Privilege006::JoinChannel, 0)
            .build(&credentials().app_certificate)
            .unwrap()
    };
    let verdict = |token: &str| codes(&timeless().verdict(token, &Expected::new().channel("room").uid(42)));
    for any in ["", "*"] {
        assert_eq!(verdict(&mint(any, "42")), []);
        assert_eq!(verdict(&mint("room", any)), []);
    }
    assert_eq!(verdict(&mint("lobby", "42")), [ErrorCode::ChannelMismatch]);
    assert_eq!(verdict(&mint("room", "43")), [ErrorCode::UserMismatch]);
}

#[test]
fn the_login_of_an_older_token_ends() {
    let token = builder::build_rtm_token(&credentials(), "alice", Role006::Publisher, 1_700_000_600, STAMP).unwrap();
    let verdict = |now| {
        let verifier = Verifier::by_certificate(credentials().app_certificate).at(UnixTime::from_secs(now));
        codes(&verifier.verdict(&token, &Expected::new().account("alice")))
    };
    assert_eq!(verdict(1_700_000_599), []);
    assert_eq!(verdict(1_700_000_600), [ErrorCode::PrivilegeExpired]);
}

#[test]
fn an_older_token_of_the_last_day_does_not_end_in_1970() {
    let stamp = Stamp { issue_ts: u32::MAX - 1, salt: 1 };
    let token = builder::build_token_with_uid(&credentials(), "room", 42, Role006::Publisher, 0, stamp).unwrap();
    let read = agora_token::UnverifiedToken::parse(&token).unwrap();
    assert_eq!(read.expires_at().as_secs(), u64::from(u32::MAX));
}

#[test]
fn a_classroom_token_is_for_its_user() {
    let token = builder::build_apaas_user_token2(&credentials(), "alice", 600, STAMP).unwrap();
    let verdict = |user| codes(&timeless().verdict(&token, &Expected::new().account(user)));
    assert_eq!(verdict("alice"), []);
    assert_eq!(verdict("bob"), [ErrorCode::UserMismatch]);
}

#[test]
fn a_text_far_too_long_is_refused_before_it_is_decoded() {
    let text = format!("007{}", "A".repeat(2 * agora_token::MAX_PAYLOAD_SIZE + 4));
    assert_eq!(UnverifiedToken2::parse(&text).unwrap_err().code(), ErrorCode::TokenTooLarge);
}

#[test]
fn a_channel_name_of_blanks_is_none() {
    for blank in ["", " ", "   "] {
        let error =
            builder::build_token2_with_uid(&credentials(), blank, 42, Role::Publisher, 600, 0, STAMP).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidChannelName);
        assert!(error.reason().contains("blank"), "{error}");
    }
}
