//! What every error says of itself, whatever it was raised for.

use agora_token::{Error, ErrorCode, Fault};

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
