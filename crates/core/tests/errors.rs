//! What every error says of itself, whatever it was raised for.

use agora_token::{Error, ErrorCode, Fault, UnverifiedToken, UnverifiedToken2};

#[test]
fn a_code_is_found_by_its_number() {
    for code in ErrorCode::ALL {
        assert_eq!(ErrorCode::from_number(code.number()), Some(*code));
        assert!(!code.message().is_empty() && !code.about().is_empty(), "{code}");
        assert_eq!(code.to_string(), code.name());
        let [name, ..] = code.c_texts();
        assert_eq!(name.to_str(), Ok(code.name()));
    }
    assert!([0, -1, i32::MAX].iter().all(|number| ErrorCode::from_number(*number).is_none()));
}

/// A client that asked wrongly is told so; what is wrong with the server is not the client's.
#[test]
fn each_fault_has_a_status_of_http() {
    for code in ErrorCode::ALL {
        let status = code.http_status();
        match code.fault() {
            Fault::Configuration => assert_eq!(status, 500, "{code}"),
            Fault::System => assert_eq!(status, 503, "{code}"),
            Fault::Caller if code.is_of_argument() => assert_eq!(status, 400, "{code}"),
            Fault::Caller => assert!([401, 403].contains(&status), "{code}"),
        }
        assert_eq!(Error::from(*code).fault(), code.fault());
    }
    let of = |codes: &[ErrorCode]| codes.iter().map(|code| code.http_status()).collect::<Vec<_>>();
    assert_eq!(of(&[ErrorCode::ChannelMismatch, ErrorCode::UserMismatch, ErrorCode::PrivilegeExpired]), [403; 3]);
    assert_eq!(of(&[ErrorCode::TokenExpired, ErrorCode::SignatureMismatch, ErrorCode::TokenBase64]), [401; 3]);
    assert_eq!(Fault::ALL.map(|fault| fault.to_string()), ["caller", "configuration", "system"]);
}

#[test]
fn a_text_that_is_no_token_is_told_from_what_a_token_says() {
    for code in [ErrorCode::TokenVersion, ErrorCode::TokenBase64, ErrorCode::TokenTrailingBytes] {
        assert!(code.is_of_reading() && !code.is_of_argument(), "{code}");
    }
    for code in [ErrorCode::SignatureMismatch, ErrorCode::TokenExpired, ErrorCode::InvalidUid] {
        assert!(!code.is_of_reading(), "{code}");
    }
    assert!(ErrorCode::InvalidUid.is_of_argument() && !ErrorCode::SignatureMismatch.is_of_argument());
}

#[test]
fn an_error_is_told_by_another_field_with_the_same_reason() {
    let error = ErrorCode::InvalidUid.into_error();
    let elsewhere = error.clone().in_field("agora_uid");
    assert_eq!((elsewhere.code(), elsewhere.field()), (error.code(), "agora_uid"));
    assert_eq!((elsewhere.reason(), elsewhere.service()), (error.reason(), None));
}

/// Where a text stops being base64, and what that looks like.
#[test]
fn a_token_that_is_no_base64_says_what_is_wrong() {
    let goes_on = "the token goes on after its base64 padding";
    let not_canonical = "the token's base64 padding is not canonical: characters were lost or changed at its end";
    for (text, reason) in [
        ("007AAAA\nAAA", "the token has a newline at position 8"),
        ("007\rAAA", "the token has a newline at position 4"),
        ("007AAA ", "the token has a blank at position 7"),
        ("007AA\u{a0}A", "the token has a blank at position 6"),
        ("007AA-A", "the token has a character of the URL-safe alphabet at position 6"),
        ("007AA_A", "the token has a character of the URL-safe alphabet at position 6"),
        ("007AA%3D", "the token has a percent sign, as URL-encoding leaves at position 6"),
        ("007AAA\"", "the token has a quote at position 7"),
        ("007'AAA", "the token has a quote at position 4"),
        ("007AAA`", "the token has a quote at position 7"),
        ("007AAAé", "the token has a character that base64 does not have at position 7"),
        ("007AA*A", "the token has a character that base64 does not have at position 6"),
        ("007AA==AAAA", goes_on),
        ("007AA=A", goes_on),
        ("007+/AAA", "the token has 8 characters, which is no whole base64 text: some are missing or added"),
        ("007AAA=====", not_canonical),
        ("007AAB=", not_canonical),
    ] {
        let error = UnverifiedToken2::parse(text).unwrap_err();
        assert_eq!((error.code(), error.reason()), (ErrorCode::TokenBase64, reason), "{text:?}");
    }
    let app_id = "970CA35de60c44645bbae8a215061b33";
    let error = UnverifiedToken::parse(&format!("006{app_id}AA-A")).unwrap_err();
    assert_eq!(error.reason(), "the token has a character of the URL-safe alphabet at position 38");
}
