//! What must hold for any bytes. Each property is a function that panics where it does not: under a coverage-guided
//! fuzzer with `cargo xtask fuzz`, over changed seeds in the ordinary tests.

mod reference;
mod seeds;
mod zlib;

use agora_token::describe::{BUILDERS, Field, FieldValue, Manner, Shape, Value};
use agora_token::doctor::{Attempt, JoinedAs, diagnose};
use agora_token::{
    AppCertificate, Bounds, Error, ErrorCode, Expected, MAX_PAYLOAD_SIZE, Permissions, Role, Service, ServiceType,
    Stamp, UnixTime, Unverified, UnverifiedToken, UnverifiedToken2, Verifier, stages,
};

pub use seeds::seeds;

/// A property of any bytes.
pub struct Target {
    /// What it is called.
    pub name: &'static str,
    /// Panics where the property does not hold.
    pub run: fn(&[u8]),
}

/// Every property.
pub const TARGETS: &[Target] = &[
    Target { name: "parse_007", run: parse_007 },
    Target { name: "parse_006", run: parse_006 },
    Target { name: "payload", run: payload },
    Target { name: "inflate", run: inflate },
    Target { name: "deflate", run: deflate },
    Target { name: "json", run: json },
    Target { name: "forgery", run: forgery },
    Target { name: "forgery_006", run: forgery_006 },
    Target { name: "doctor", run: doctor },
    Target { name: "builders", run: builders },
];

/// The sample project of the official test suites.
pub const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
/// Its certificate.
pub const APP_CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";

fn certificate() -> AppCertificate {
    AppCertificate::new(APP_CERTIFICATE).expect("the sample certificate is one")
}

fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// Reads what the slow reader reads, refuses what it refuses.
fn parse_007(data: &[u8]) {
    let text = text(data);
    let ours = UnverifiedToken2::parse(&text);
    compare(ours, reference::token(&text));
    if let Ok(read) = UnverifiedToken2::parse_within(&text, &Bounds::STRANGER) {
        assert!(read.payload().len() <= Bounds::STRANGER.payload_size);
        assert!(read.services().len() <= Bounds::STRANGER.services);
    }
}

/// The same for the bytes inside, which a fuzzer reaches more easily than through base64 and zlib.
fn payload(data: &[u8]) {
    let Ok(token) = stages::deflate(data, stages::encode_base64) else { return };
    compare(UnverifiedToken2::parse(&token), reference::payload(data));
}

fn compare(ours: Result<UnverifiedToken2, Error>, theirs: Option<reference::Token>) {
    let Some(theirs) = theirs else {
        assert!(ours.is_err(), "the reference refuses it");
        return;
    };
    let read = ours.expect("the reference reads it");
    assert_eq!((read.app_id(), read.signature()), (theirs.app_id.as_slice(), theirs.signature.as_slice()));
    assert_eq!((read.issue_ts(), read.expire(), read.salt()), theirs.numbers);
    assert_eq!(read.services().len(), theirs.services.len());
    assert_eq!(read.unread_bytes(), theirs.unread_bytes);
    for (ours, theirs) in read.services().iter().zip(&theirs.services) {
        assert_eq!(ours.service_type().number(), theirs.number);
        assert!(ours.privileges.iter().eq(theirs.privileges.iter().map(|(key, value)| (*key, *value))));
        assert_eq!(fields(ours), theirs.fields);
    }
}

/// The fields of a service as plain bytes, in their order.
fn fields(service: &Service<'_>) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let _ = service.kind.try_each(|_: Field, value| {
        match value {
            FieldValue::Text(text) => all.push(text.as_bytes().to_vec()),
            FieldValue::Role(role) => all.push(role.to_le_bytes().to_vec()),
            FieldValue::Permissions(permissions) => {
                for (resource, by_permission) in permissions.resource_types() {
                    all.push(resource.to_le_bytes().to_vec());
                    for (permission, resources) in by_permission {
                        all.push(permission.to_le_bytes().to_vec());
                        all.extend(resources.iter().map(|text| text.as_bytes().to_vec()));
                    }
                }
            }
        }
        Ok::<(), ()>(())
    });
    all
}

fn parse_006(data: &[u8]) {
    let text = text(data);
    let ours = UnverifiedToken::parse(&text);
    match reference::token_006(&text) {
        None => assert!(ours.is_err(), "the reference refuses it"),
        Some(theirs) => {
            let read = ours.expect("the reference reads it");
            assert_eq!((read.app_id(), read.signature()), (theirs.app_id.as_slice(), theirs.signature.as_slice()));
            assert_eq!((read.channel_crc(), read.user_crc(), read.salt()), theirs.numbers);
            let (&key, &value) = theirs.privileges.iter().next().unwrap_or((&0, &0));
            assert_eq!(read.privileges().get(key).unwrap_or_default(), value);
            assert_eq!(read.privileges().len(), theirs.privileges.len());
        }
    }
}

/// Inflates what zlib inflates, to the same.
fn inflate(data: &[u8]) {
    let ours = stages::inflate(data);
    match zlib::inflate(data, MAX_PAYLOAD_SIZE) {
        Some(content) => assert_eq!(ours.ok(), Some(content)),
        None => assert!(ours.is_err(), "zlib refuses it"),
    }
}

/// zlib reads what was written, and so do we.
fn deflate(data: &[u8]) {
    let Ok(stream) = stages::deflate(data, <[u8]>::to_vec) else { return };
    assert_eq!(zlib::inflate(&stream, data.len().max(1)).as_deref(), Some(data));
    if data.len() <= MAX_PAYLOAD_SIZE {
        assert_eq!(stages::inflate(&stream).ok().as_deref(), Some(data));
    }
}

/// Whatever could be read is valid JSON that says which generation it is.
fn json(data: &[u8]) {
    let token = stages::deflate(data, stages::encode_base64).unwrap_or_default();
    for text in [text(data), token] {
        let Ok(read) = Unverified::parse(&text) else { continue };
        let document: serde_json::Value = serde_json::from_str(&read.to_json()).expect("valid JSON");
        assert!(document["version"] == "007" || document["version"] == "006");
        assert_eq!(document["salt"].as_u64().is_some(), document["signature"].as_str().is_some());
    }
}

/// A token that somebody signed, changed by the data: never valid unless the same bytes are signed.
fn forgery(data: &[u8]) {
    let Some((original, changed)) = changed(&seeds::SIGNED_007, data) else { return };
    let verifier = Verifier::by_certificate(certificate()).ignore_time();
    if verifier.verdict(&changed, &Expected::new()).is_valid() {
        let payload = |text: &str| UnverifiedToken2::parse(text).map(|read| read.payload().to_vec());
        assert_eq!(payload(&changed), payload(original), "a forged token is valid");
    }
}

/// An AccessToken's bytes, changed by the data, for any user that the data names: valid for nobody but its own user in its
/// own channel.
fn forgery_006(data: &[u8]) {
    let tokens = &*seeds::SIGNED_006;
    let Some((&selector, rest)) = data.split_first() else { return };
    let Some(seed) = tokens.get(usize::from(selector) % tokens.len().max(1)) else { return };
    let (moved, edits) = rest.split_at(usize::from(rest.first().copied().unwrap_or_default() % 32).min(rest.len()));
    let Some(changed) = reference::shifted_006(&seed.token, seed.account.as_bytes(), moved.len(), edits) else {
        return;
    };
    let (token, account) = changed;
    let verifier = Verifier::by_certificate(certificate()).at(UnixTime::from_secs(1_700_000_100));
    let expected = Expected::new().channel(seed.channel_name.as_bytes()).account(account.as_slice());
    if verifier.verdict(&token, &expected).is_valid() {
        let original = (&seed.token, seed.account.as_bytes());
        assert_eq!((&token, account.as_slice()), original, "a forged token is valid");
    }
}

/// One of the tokens with some of its characters changed, put in or taken out.
fn changed<'a>(tokens: &'a [String], data: &[u8]) -> Option<(&'a str, String)> {
    let (&selector, edits) = data.split_first()?;
    let original = tokens.get(usize::from(selector) % tokens.len().max(1))?;
    let mut bytes = original.clone().into_bytes();
    for edit in edits.chunks_exact(4) {
        let at = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % bytes.len().max(1);
        match edit[2] % 3 {
            0 => bytes[at] = edit[3],
            1 => bytes.insert(at, edit[3]),
            _ if bytes.len() > 1 => drop(bytes.remove(at)),
            _ => {}
        }
    }
    Some((original, text(&bytes)))
}

/// Any text gets a diagnosis, and no certificate shows in it.
fn doctor(data: &[u8]) {
    let half = data.len() / 2;
    let (token, other) = (text(&data[..half]), text(&data[half..]));
    let given = [APP_CERTIFICATE, other.as_str()];
    for redact in [false, true] {
        let attempt = Attempt {
            app_id: Some(&other),
            channel: Some(&other),
            user: Some(JoinedAs::Account(&other)),
            service: Some(ServiceType::Rtc),
            role: Some(Role::Publisher),
            at: Some(UnixTime::from_secs(1_700_000_100)),
            sdk: Some(&other),
            error: Some(&other),
            certificates: &given,
            redact,
        };
        let diagnosis = diagnose(&token, &attempt).expect("a time was given");
        assert!(!diagnosis.to_json().contains(APP_CERTIFICATE));
    }
}

/// Any arguments get a token that can be read, or an error that names one of them and shows no certificate.
fn builders(data: &[u8]) {
    let Some((&selector, rest)) = data.split_first() else { return };
    let builder = &BUILDERS[usize::from(selector) % BUILDERS.len()];
    let manner = if selector & 0x80 == 0 { Manner::Strict } else { Manner::Official };
    let permissions = Permissions::new();
    let mut parts = rest.split(|byte| *byte == b'\n');
    let mut values = vec![Value::Text(APP_ID), Value::Text(APP_CERTIFICATE)];
    values.extend(builder.arguments.iter().map(|argument| {
        let part = parts.next().unwrap_or_default();
        match (argument.kind.row().shape, part.first()) {
            (_, Some(b'!')) => Value::Misfit("undefined"),
            (Shape::Text, _) => Value::Bytes(part),
            (Shape::Integer(..), _) => {
                Value::Integer(part.iter().take(9).fold(0, |sum, byte| sum << 8 | i128::from(*byte)))
            }
            (Shape::Permissions, _) => Value::Permissions(&permissions),
        }
    }));
    match builder.build(&values, manner, || Ok(Stamp { issue_ts: 1_700_000_000, salt: 16_842_752 })) {
        Ok(token) => assert!(Unverified::parse(&token).is_ok()),
        Err(error) => {
            assert!(builder.arguments.iter().any(|argument| argument.name == error.field()), "{error:?}");
            assert!(error.code() != ErrorCode::Internal && !error.to_string().contains(APP_CERTIFICATE));
        }
    }
}
