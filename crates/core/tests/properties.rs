//! Properties over random input: what was written is read, and no damage goes unseen or panics.

use agora_token::describe::{BUILDERS, Manner, Value};
use agora_token::{
    AccessToken, AccessToken2, AppCertificate, AppId, ErrorCode, Expected, Permissions, Privileges, Service,
    ServiceKind, Stamp, Text, UnixTime, Unverified, UnverifiedToken, UnverifiedToken2, Verifier,
};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
const OTHER_CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3c";

fn certificate(text: &str) -> AppCertificate {
    AppCertificate::new(text).unwrap()
}

fn any_text() -> impl Strategy<Value = Text<'static>> {
    prop_oneof![
        "[a-zA-Z0-9 ]{0,64}".prop_map(Text::from),
        "\\PC{0,40}".prop_map(Text::from),
        vec(any::<u8>(), 0..600).prop_map(Text::from),
        any::<u32>().prop_map(Text::from_uid),
    ]
}

fn privileges() -> impl Strategy<Value = Privileges> {
    btree_map(any::<u16>(), any::<u32>(), 0..8).prop_map(Privileges::from_iter)
}

fn permissions() -> impl Strategy<Value = Permissions<'static>> {
    vec((0..6u16, 0..3u16, vec(any_text(), 0..4)), 0..5).prop_map(|pairs| {
        let mut permissions = Permissions::new();
        pairs.into_iter().for_each(|(resource, permission, list)| permissions.set(resource, permission, list));
        permissions
    })
}

fn kind() -> impl Strategy<Value = ServiceKind<'static>> {
    prop_oneof![
        (any_text(), any_text()).prop_map(|(channel_name, account)| ServiceKind::Rtc { channel_name, account }),
        any_text().prop_map(|user_id| ServiceKind::Rtm { user_id }),
        (any_text(), any_text()).prop_map(|(channel_name, account)| ServiceKind::Streaming { channel_name, account }),
        Just(ServiceKind::Fpa),
        any_text().prop_map(|user_id| ServiceKind::Chat { user_id }),
        (any_text(), any_text()).prop_map(|(channel_name, account)| ServiceKind::Fcdn { channel_name, account }),
        (any_text(), any_text(), any::<i16>()).prop_map(|(room_uuid, user_uuid, role)| ServiceKind::Apaas {
            room_uuid,
            user_uuid,
            role
        }),
        (any_text(), permissions()).prop_map(|(user_id, permissions)| ServiceKind::Rtm2 { user_id, permissions }),
        Just(ServiceKind::ConvoAi),
        Just(ServiceKind::Stt),
    ]
}

fn token2() -> impl Strategy<Value = AccessToken2<'static>> {
    let service = (kind(), privileges()).prop_map(|(kind, privileges)| Service { kind, privileges });
    (any::<u32>(), any::<u32>(), any::<u32>(), vec(service, 1..6)).prop_map(|(issue_ts, expire, salt, services)| {
        let mut token = AccessToken2::new(AppId::new(APP_ID).unwrap(), expire, Stamp { issue_ts, salt });
        token.services.extend(services);
        token
    })
}

fn token() -> impl Strategy<Value = AccessToken<'static>> {
    (any_text(), any_text(), any::<u32>(), any::<u32>(), privileges()).prop_map(
        |(channel_name, account, salt, expires_at, privileges)| AccessToken {
            app_id: AppId::new(APP_ID).unwrap(),
            channel_name,
            account,
            salt,
            expires_at,
            privileges,
        },
    )
}

proptest! {
    #[test]
    fn a_built_007_is_read_back_whole(token in token2()) {
        let text = token.build(&certificate(CERTIFICATE)).unwrap();
        let read = UnverifiedToken2::parse(&text).unwrap();
        prop_assert_eq!(read.app_id(), APP_ID.as_bytes());
        prop_assert_eq!((read.issue_ts(), read.expire(), read.salt()), (token.issue_ts, token.expire, token.salt));
        prop_assert_eq!(read.expires_at().as_secs(), u64::from(token.issue_ts) + u64::from(token.expire));
        let mut ascending = token.services.to_vec();
        ascending.sort_by_key(Service::service_type);
        prop_assert_eq!(read.services(), &ascending);
        prop_assert!(read.is_complete() && read.unread_bytes() == 0);
        prop_assert_eq!(read.signature(), &token.signature(&certificate(CERTIFICATE)).unwrap());
        prop_assert!(read.verify_signature(&certificate(CERTIFICATE)).is_ok());
        let refused = read.verify_signature(&certificate(OTHER_CERTIFICATE)).unwrap_err();
        prop_assert_eq!(refused.code(), ErrorCode::SignatureMismatch);
        let document: serde_json::Value = serde_json::from_str(&Unverified::AccessToken2(read).to_json()).unwrap();
        prop_assert_eq!(document["services"].as_array().unwrap().len(), ascending.len());
    }

    #[test]
    fn a_built_006_is_read_back_whole(token in token()) {
        let text = token.build(&certificate(CERTIFICATE)).unwrap();
        let read = UnverifiedToken::parse(&text).unwrap();
        prop_assert_eq!((read.salt(), read.expires_at().as_secs()), (token.salt, u64::from(token.expires_at)));
        prop_assert_eq!(read.privileges(), &token.privileges);
        let (channel_name, account) = (token.channel_name.as_bytes(), token.account.as_bytes());
        prop_assert!(read.verify(&certificate(CERTIFICATE), channel_name, account).is_ok());
        prop_assert!(read.verify(&certificate(OTHER_CERTIFICATE), channel_name, account).is_err());
        prop_assert!(read.verify(&certificate(CERTIFICATE), b"another channel altogether", account).is_err());
        prop_assert!(!text.contains('='), "54 + 6n bytes never need padding");
    }

    #[test]
    fn every_cut_of_a_token_is_refused(token in token2(), older in token()) {
        for text in [token.build(&certificate(CERTIFICATE)).unwrap(), older.build(&certificate(CERTIFICATE)).unwrap()] {
            for cut in 0..text.len() {
                prop_assert!(Unverified::parse(&text[..cut]).is_err(), "cut at {cut} of {}", text.len());
            }
        }
    }

    #[test]
    fn a_changed_token_is_refused_or_no_longer_verifies(
        token in token2(), older in token(), at in any::<prop::sample::Index>(), to in "[A-Za-z0-9+/=]",
    ) {
        let verifier = Verifier::by_certificate(certificate(CERTIFICATE))
            .ignore_time();
        let expected = Expected::new().channel(older.channel_name.clone()).account(older.account.clone());
        for text in [token.build(&certificate(CERTIFICATE)).unwrap(), older.build(&certificate(CERTIFICATE)).unwrap()] {
            let at = at.index(text.len());
            let changed = format!("{}{to}{}", &text[..at], &text[at + 1..]);
            prop_assume!(changed != text);
            match Unverified::parse(&changed) {
                Err(_) => {}
                // Another stream for the same bytes is the same token: the signature covers what is inside.
                Ok(Unverified::AccessToken2(read)) => {
                    let original = UnverifiedToken2::parse(&text).unwrap();
                    let verified = read.verify_signature(&certificate(CERTIFICATE)).is_ok();
                    prop_assert_eq!(verified, read.payload() == original.payload());
                }
                Ok(_) => prop_assert!(!verifier.verdict(&changed, &expected).is_valid()),
            }
        }
    }

    #[test]
    fn any_text_gets_an_answer(text in "\\PC*", tail in "[A-Za-z0-9+/]{0,400}={0,2}") {
        let _ = Unverified::parse(&text);
        let _ = Unverified::parse(&format!("007{tail}"));
        let _ = Unverified::parse(&format!("006{APP_ID}{tail}"));
        let _ = AppId::new(&text).map_err(|error| error.to_string());
    }

    #[test]
    fn any_arguments_get_an_answer(
        number in 1..=BUILDERS.len(),
        text in "\\PC{0,300}",
        integer in prop_oneof![any::<u8>().prop_map(i128::from), any::<u64>().prop_map(i128::from), any::<i128>()],
        shapes in vec(0..6usize, 13),
        official in any::<bool>(),
    ) {
        let builder = &BUILDERS[number - 1];
        let permissions = Permissions::new();
        let values = [
            Value::Text(&text),
            Value::Bytes(text.as_bytes()),
            Value::Bytes(b"\xff"),
            Value::Integer(integer),
            Value::Permissions(&permissions),
            Value::Misfit("undefined"),
        ];
        let mut given: Vec<Value> = shapes.iter().map(|shape| values[*shape]).collect();
        given[0] = Value::Text(APP_ID);
        given[1] = Value::Text(CERTIFICATE);
        given.truncate(builder.all_arguments().count());
        let manner = if official { Manner::Official } else { Manner::Strict };
        match builder.build(&given, manner, || Ok(Stamp { issue_ts: 1_700_000_000, salt: 1 })) {
            Ok(token) => prop_assert!(Unverified::parse(&token).is_ok()),
            Err(error) => {
                prop_assert!(builder.all_arguments().any(|argument| argument.name == error.field()), "{error:?}");
                prop_assert!(error.to_string().starts_with(error.field()) && !error.reason().contains(CERTIFICATE));
            }
        }
    }

    #[test]
    fn any_payload_gets_an_answer(payload in vec(any::<u8>(), 0..300), app_id in any::<bool>()) {
        let mut content = Vec::new();
        if app_id {
            content.extend([32, 0]);
            content.extend([7; 32]);
            content.extend([32, 0]);
            content.extend(APP_ID.as_bytes());
        }
        content.extend(payload);
        if let Ok(read) = UnverifiedToken2::parse(&seal(&content)) {
            prop_assert!(read.verify_signature(&certificate(CERTIFICATE)).is_err());
            prop_assert_eq!(read.payload(), &content);
        }
    }

    #[test]
    fn time_is_judged_in_64_bits(issue_ts in any::<u32>(), expire in any::<u32>(), now in 0..10_000_000_000u64) {
        let rtc = Service::new(ServiceKind::Rtc { channel_name: "room".into(), account: Text::default() })
            .with_privilege(Service::RTC_JOIN_CHANNEL, 0);
        let token = AccessToken2::new(AppId::new(APP_ID).unwrap(), expire, Stamp { issue_ts, salt: 1 })
            .with_service(rtc)
            .build(&certificate(CERTIFICATE))
            .unwrap();
        let verdict = Verifier::by_certificate(certificate(CERTIFICATE)).at(UnixTime::from_secs(now)).verdict(&token, &Expected::new());
        let codes: Vec<_> = verdict.refusals().iter().map(agora_token::Error::code).collect();
        let end = u64::from(issue_ts) + u64::from(expire.min(86_400));
        prop_assert_eq!(codes.contains(&ErrorCode::TokenExpired), now >= end);
        prop_assert_eq!(codes.contains(&ErrorCode::TokenIssuedInFuture), now < u64::from(issue_ts));
        prop_assert!(!codes.contains(&ErrorCode::PrivilegeExpired), "0 is no limit of its own");
    }
}

/// A token around any bytes at all.
fn seal(payload: &[u8]) -> String {
    use base64::Engine;
    use std::io::Write;

    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(payload).unwrap();
    format!("007{}", base64::engine::general_purpose::STANDARD.encode(encoder.finish().unwrap()))
}
