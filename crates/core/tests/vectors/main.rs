//! Every case of tests/vectors, counted.

mod calls;
mod cases;
mod generated;

use agora_token::{
    AppCertificate, Error, ErrorCode, Expected, UnixTime, Unverified, UnverifiedToken, UnverifiedToken2, Verifier,
};
use cases::{Case, Count, code, hex, number, read_file, text, text_or_empty};
use serde_json::Value;

fn outcome<T>(result: &Result<T, Error>) -> &str {
    result.as_ref().map_or_else(|error| error.code().name(), |_| "ok")
}

#[test]
fn valid() {
    let mut count = Count::of("valid.json");
    for case in read_file("valid.json") {
        let id = case.id();
        let token = case.str("token");
        let built = match case.str("version") {
            "007" => {
                let built = case.build_007().unwrap_or_else(|error| panic!("{id}: {error}"));
                let ours = UnverifiedToken2::parse(&built).unwrap();
                let theirs = UnverifiedToken2::parse(token).unwrap();
                for read in [&ours, &theirs] {
                    assert_eq!(hex(read.payload()), case.str("payload_hex"), "{id}");
                    assert_eq!(hex(read.signing_info()), case.str("signing_info_hex"), "{id}");
                    assert_eq!(hex(read.signature()), case.str("signature_hex"), "{id}");
                    assert!(read.is_complete() && read.unread_bytes() == 0, "{id}");
                    read.verify_signature(&case.certificate().unwrap()).unwrap();
                }
                built
            }
            _ => {
                let built = case.build_006().unwrap_or_else(|error| panic!("{id}: {error}"));
                assert_eq!(built, token, "{id}: nothing is compressed, so the text is the same");
                let read = UnverifiedToken::parse(token).unwrap();
                assert_eq!(hex(read.message()), case.str("message_hex"), "{id}");
                assert_eq!(u64::from(read.channel_crc()), number(&case.0["crc_channel_name"]), "{id}");
                assert_eq!(u64::from(read.user_crc()), number(&case.0["crc_uid"]), "{id}");
                let (channel_name, account) = (text(&case.0["channel_name"]), text(&case.0["account"]));
                read.verify(&case.certificate().unwrap(), &channel_name, &account).unwrap();
                built
            }
        };
        // Where one call of a builder makes this token, it makes it here, or refuses it as the file says.
        if let Some(one_call) = case.0.get("one_call") {
            for function in one_call["functions"].as_array().unwrap() {
                let result = calls::call(function.as_str().unwrap(), &one_call["args"], &case);
                assert_eq!(outcome(&result), one_call["expect"].as_str().unwrap(), "{id}");
                if let Ok(token) = result {
                    assert_eq!(token, built, "{id}");
                }
            }
        }
        count.pass();
    }
    count.check();
}

#[test]
fn malformed() {
    let mut count = Count::of("malformed.json");
    for case in read_file("malformed.json") {
        match case.str("op") {
            "build_007" => {
                let built = case.build_007();
                assert_eq!(outcome(&built), case.0["expect"]["error"].as_str().unwrap(), "{}", case.id());
                if let Ok(token) = built {
                    let read = UnverifiedToken2::parse(&token).unwrap();
                    assert_eq!(hex(read.signature()), case.0["expect"]["signature_hex"], "{}", case.id());
                    assert_eq!(read.payload().len() as u64, number(&case.0["expect"]["payload_size"]), "{}", case.id());
                }
            }
            "build_006" => {
                let built = case.build_006();
                assert_eq!(outcome(&built), case.0["expect"]["error"].as_str().unwrap(), "{}", case.id());
                if let Ok(token) = built {
                    let read = UnverifiedToken::parse(&token).unwrap();
                    assert_eq!(hex(read.signature()), case.0["expect"]["signature_hex"], "{}", case.id());
                }
            }
            _ => check_reading(&case),
        }
        count.pass();
    }
    count.check();
}

#[test]
fn official_strings() {
    let mut count = Count::of("official-strings.json");
    for case in read_file("official-strings.json") {
        check_reading(&case);
        count.pass();
    }
    count.check();
}

#[test]
fn builder_refusals() {
    let mut count = Count::of("builder-refusals.json");
    for case in read_file("builder-refusals.json") {
        let id = case.id();
        let result = calls::call(case.str("function"), &case.0["args"], &case);
        assert_eq!(outcome(&result), case.str("expect"), "{id}");
        match result {
            Err(error) => assert_eq!(error.field(), case.str("field"), "{id}"),
            Ok(token) => {
                let read = Unverified::parse(&token).unwrap();
                let document: Value = serde_json::from_str(&read.to_json()).unwrap();
                cases::compare(&case.0["token"], &read, &document, id);
            }
        }
        count.pass();
    }
    count.check();
}

fn check_reading(case: &Case) {
    let (id, token, expect) = (case.id(), &case.token(), &case.0["expect"]);
    let read = match case.str("op") {
        "parse_any" => {
            assert_eq!(outcome(&UnverifiedToken::parse(token)), outcome(&Unverified::parse(token)), "{id}");
            assert_eq!(outcome(&UnverifiedToken2::parse(token)), outcome(&Unverified::parse(token)), "{id}");
            Unverified::parse(token)
        }
        op if op.ends_with("007") => UnverifiedToken2::parse(token).map(Unverified::AccessToken2),
        _ => UnverifiedToken::parse(token).map(Unverified::AccessToken),
    };
    assert_eq!(outcome(&read), expect["parse"].as_str().unwrap(), "{id}");
    let Ok(read) = read else { return };
    let document: Value = serde_json::from_str(&read.to_json()).unwrap();
    cases::compare(&expect["decoded"], &read, &document, id);
    if let Some(payload) = expect.get("payload_hex").and_then(Value::as_str)
        && let Unverified::AccessToken2(read) = &read
    {
        assert_eq!(hex(read.payload()), payload, "{id}");
    }
    let verified = AppCertificate::new(case.0.get("app_certificate").and_then(Value::as_str).unwrap_or_default())
        .and_then(|certificate| match &read {
            Unverified::AccessToken(read) => {
                let (channel_name, account) =
                    (text_or_empty(&case.0, "channel_name"), text_or_empty(&case.0, "account"));
                read.verify(&certificate, &channel_name, &account)
            }
            Unverified::AccessToken2(read) => {
                assert_eq!(read.is_complete(), expect["complete"].as_bool().unwrap(), "{id}");
                assert_eq!(read.unread_bytes() as u64, number(&expect["unread_bytes"]), "{id}");
                read.verify_signature(&certificate)
            }
            _ => unreachable!(),
        });
    if let Some(expected) = expect.get("verify").and_then(Value::as_str) {
        assert_eq!(outcome(&verified), expected, "{id}");
    }
    if let Some(expected) = expect.get("at_now").and_then(Value::as_str) {
        let now = UnixTime::from_secs(number(&case.0["now"]));
        let verdict = Verifier::by_certificate(case.certificate().unwrap()).at(now).verdict(token, &Expected::new());
        let codes: Vec<ErrorCode> = verdict.refusals().iter().map(Error::code).collect();
        match expected {
            "ok" => assert!(verdict.is_valid(), "{id}: {codes:?}"),
            name => assert!(codes.contains(&code(name)), "{id}: {codes:?}"),
        }
    }
}
