//! Grants as they are read again, what an issuer gives, and what a verdict says of it.

use std::time::Duration;

use agora_token::{
    Channel, Credentials, ErrorCode, Expected, Grant, Issuer, Lifetime, Permissions, Role, Room, ServiceType, Stamp,
    UnixTime, UnverifiedToken2, User, Verifier,
};
use serde_json::{Value, json};

const NOW: u32 = 1_700_000_000;

fn credentials() -> Credentials {
    Credentials::new("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b").unwrap()
}

fn issuer() -> Issuer<impl agora_token::source::Clock, impl agora_token::source::SaltSource> {
    Issuer::new(credentials()).with_clock(|| NOW).with_salt(|| 20_000_000)
}

fn payload(token: &str) -> Vec<u8> {
    UnverifiedToken2::parse(token).unwrap().payload().to_vec()
}

#[test]
fn a_grant_says_what_it_was_given() {
    let grant = Grant::rtc_rtm("room", 42, Role::Publisher);
    assert_eq!(grant.get_user(), &User::uid(42).unwrap());
    assert_eq!(grant.get_channel(), Some(&Channel::named("room").unwrap()));
    assert_eq!(grant.get_role(), Some(Role::Publisher));
    assert_eq!(grant.get_services().iter().collect::<Vec<_>>(), [ServiceType::Rtc, ServiceType::Rtm]);
    assert_eq!((grant.get_lifetime(), grant.get_publish_lifetime()), (Lifetime::HOUR, None));
    assert_eq!((grant.get_room(), grant.allows_long_token()), (None, false));

    let room = Room::new("r-1", 3).unwrap();
    let grant = Grant::rtm("alice")
        .for_user(7)
        .room(room.clone())
        .lifetime(Duration::from_secs(600))
        .publish_lifetime(Duration::from_secs(300))
        .allow_long_token();
    assert_eq!(grant.get_user(), &User::uid(7).unwrap());
    assert_eq!((grant.get_channel(), grant.get_role()), (None, None));
    assert_eq!((grant.get_room(), grant.allows_long_token()), (Some(&room), true));
    assert_eq!(grant.get_lifetime().as_secs(), 600);
    assert_eq!(grant.get_publish_lifetime().map(Lifetime::as_secs), Some(300));
}

#[test]
fn a_grant_that_borrows_nothing_mints_the_same() {
    let (channel, user, resource) = ("room".to_owned(), "alice".to_owned(), "docs".to_owned());
    let mut permissions = Permissions::new();
    permissions.add(0, 1, resource.as_str().into());
    let grant = Grant::rtc(channel.as_str(), user.as_str(), Role::Publisher)
        .and_rtm2(permissions)
        .and(ServiceType::Apaas)
        .room(Room::new("r-1", 3).unwrap())
        .publish_lifetime(Duration::from_secs(60))
        .allow_long_token();
    let token = issuer().issue(&grant).unwrap().token;
    let owned = grant.into_owned();
    drop((channel, user, resource));
    assert!(owned.allows_long_token());
    assert_eq!(payload(&issuer().issue(&owned).unwrap().token), payload(&token));
}

/// What is refused when a grant is made waits for the issuer, whatever is said afterwards, and has the field's name.
#[test]
fn the_first_refusal_is_kept() {
    let refusal = |grant: Grant<'_>| {
        let error = issuer().issue(&grant).unwrap_err();
        (error.code(), error.field())
    };
    let good = || Grant::rtc("room", 42, Role::Publisher);
    assert_eq!(refusal(Grant::rtc("ro*m", 0, Role::Publisher)), (ErrorCode::InvalidUid, "user"));
    assert_eq!(refusal(good().channel("*").channel("room")), (ErrorCode::InvalidChannelName, "channel"));
    assert_eq!(refusal(good().for_user("*").for_user(1)), (ErrorCode::InvalidUserAccount, "user"));
    assert_eq!(refusal(good().lifetime(Duration::ZERO)), (ErrorCode::TokenExpireZero, "lifetime"));
    assert_eq!(refusal(good().publish_lifetime(Duration::ZERO)), (ErrorCode::TokenExpireZero, "publish_lifetime"));
    let owned = good().for_user("*").into_owned();
    assert_eq!(refusal(owned), (ErrorCode::InvalidUserAccount, "user"));
    assert_eq!(refusal(Grant::new(42).and(ServiceType::Rtc).role(Role::Publisher)).0, ErrorCode::InvalidChannelName);
    assert_eq!(refusal(Grant::new(42)).0, ErrorCode::NoServices);
    let second = good().and_rtc("hall", Role::Publisher);
    assert_eq!(refusal(second), (ErrorCode::InvalidChannelName, "channel"));
}

#[test]
fn an_issuer_takes_time_and_salt_from_where_it_is_told() {
    let grant = Grant::rtc("room", 42, Role::Publisher).lifetime(Duration::from_secs(600));
    let issued = issuer().issue(&grant).unwrap();
    assert_eq!((issued.issued_at.as_secs(), issued.expires_at.as_secs()), (u64::from(NOW), u64::from(NOW) + 600));
    assert_eq!(UnverifiedToken2::parse(&issued.token).unwrap().salt(), 20_000_000);
    let elsewhere = Stamp { issue_ts: NOW + 1, salt: 20_000_001 };
    let other = issuer().issue_at(&grant, elsewhere).unwrap();
    assert_eq!(other.issued_at.as_secs(), u64::from(NOW) + 1);
    assert_eq!(UnverifiedToken2::parse(&other.token).unwrap().salt(), 20_000_001);
    assert_eq!(issuer().credentials().app_id, credentials().app_id);

    // The key that the first token left behind signs the next, and a copy, which keeps none of it, signs the same.
    let first = Issuer::new(credentials()).with_clock(|| NOW).with_salt(|| 20_000_000);
    first.issue(&grant).unwrap();
    for issuer in [first.clone(), first] {
        let many: Vec<_> = issuer.issue_many([&grant, &grant]).map(|issued| issued.unwrap().token).collect();
        assert_eq!(many, [issued.token.clone(), issued.token.clone()]);
    }
}

#[test]
fn what_was_issued_is_a_document_that_holds_the_token_and_prints_without() {
    let issued = issuer().issue(&Grant::rtc("room", 42, Role::Publisher)).unwrap();
    let document: Value = serde_json::from_str(&issued.to_json()).unwrap();
    let (issued_at, expires_at, refresh_after) =
        (issued.issued_at.as_secs(), issued.expires_at.as_secs(), issued.refresh_after.as_secs());
    assert!(issued_at < refresh_after && refresh_after < expires_at);
    let expected = json!({
        "token": issued.token, "issuedAt": issued_at, "expiresAt": expires_at, "refreshAfter": refresh_after,
    });
    assert_eq!(document, expected);
    let printed = format!("{issued:?}");
    assert!(printed.contains("[redacted]") && printed.contains("expires_at"), "{printed}");
    assert!(!printed.contains(&issued.token[3..11]), "{printed}");
    let printed = format!("{:?}", Issuer::new(credentials()));
    assert!(printed.contains("IssueKeyCache([redacted])") && !printed.contains("5CFd2fd1"), "{printed}");
}

#[test]
fn a_verdict_is_a_document_too() {
    let verifier = Verifier::new(credentials()).at(UnixTime::from_secs(u64::from(NOW)));
    let token = issuer().issue(&Grant::rtc("room", 42, Role::Publisher)).unwrap().token;
    let document =
        |expected: &Expected| -> Value { serde_json::from_str(&verifier.verdict(&token, expected).to_json()).unwrap() };
    let good = document(&Expected::new().channel("room").uid(42));
    assert_eq!((&good["valid"], &good["certificate"], &good["refusals"]), (&json!(true), &json!(0), &json!([])));
    assert_eq!(good["token"]["services"][0]["channel"], "room");
    let bad = document(&Expected::new().channel("Room").uid(42));
    assert_eq!((&bad["valid"], bad["refusals"].as_array().map(Vec::len)), (&json!(false), Some(1)));
    let refusal = &bad["refusals"][0];
    assert_eq!((&refusal["code"], &refusal["field"]), (&json!("CHANNEL_MISMATCH"), &json!("channel")));
    assert!(refusal["reason"].as_str().is_some_and(|reason| !reason.is_empty()));

    let verdict = verifier.verdict(&token, &Expected::new());
    assert!(verdict.token().is_some());
    let stranger = Verifier::by_certificate("00000000000000000000000000000000".parse().unwrap());
    let verdict = stranger.verdict(&token, &Expected::new());
    assert!(verdict.token().is_none() && verdict.certificate().is_none());
    let refused = verifier.verify(&token, &Expected::new().channel("Room").uid(43)).unwrap_err();
    let codes: Vec<_> = refused.refusals().iter().map(|error| error.code()).collect();
    assert_eq!(codes, [ErrorCode::ChannelMismatch, ErrorCode::UserMismatch]);
    assert_eq!((refused.code(), refused.to_string()), (codes[0], refused.refusals()[0].to_string()));
    assert_eq!(agora_token::Error::from(refused).code(), codes[0]);
}

#[test]
fn the_longest_token_of_a_browser_has_2047_characters() {
    let mut state = 1u32;
    let noise: String = (0..3000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + state.to_be_bytes()[0] % 26)
        })
        .collect();
    let of = |size: usize| {
        let mut permissions = Permissions::new();
        permissions.add(0, 1, noise[..size].into());
        Grant::new(42).and_rtm2(permissions)
    };
    let length = |size| issuer().issue(&of(size).allow_long_token()).unwrap().token.len();
    let size = (2000..noise.len()).find(|size| length(*size) >= 2047).unwrap();
    assert_eq!(length(size), 2047);
    assert_eq!(issuer().issue(&of(size)).unwrap().token.len(), 2047);
    let longer = (size..noise.len()).find(|size| length(*size) > 2047).unwrap();
    assert_eq!(issuer().issue(&of(longer)).unwrap_err().code(), ErrorCode::TokenTooLong);
}
