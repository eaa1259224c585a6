//! The precise reason for a refusal whose code alone is known, as after a call over the C ABI.

use crate::access_token::UnverifiedToken;
use crate::access_token2::UnverifiedToken2;
use crate::credentials::{AppCertificate, AppId};
use crate::error::{Error, ErrorCode};
use crate::identity::{check_channel_name, check_user};
use crate::inspect::Unverified;
use crate::wire::{MAX_TEXT_SIZE, too_long};

/// A number in any language's spelling. A certificate is longer, so that one handed over by mistake does not show.
const LONGEST_NUMBER: usize = 24;

/// Says why `value` was refused with `code`, `value` being the text of the field that [`ErrorCode::field`] names.
///
/// Gives the code's own message when the value says nothing more.
pub fn explain(code: ErrorCode, value: &[u8]) -> Error {
    let error = match code {
        ErrorCode::InvalidAppId => AppId::from_bytes(value).err(),
        ErrorCode::InvalidAppCertificate => AppCertificate::from_bytes(value).err(),
        ErrorCode::InvalidChannelName => explain_text(value, code, |text| check_channel_name(text).err()),
        ErrorCode::InvalidUserAccount
        | ErrorCode::InvalidUserId
        | ErrorCode::InvalidRoomUuid
        | ErrorCode::InvalidUserUuid => explain_text(value, code, |text| check_user(text, code, code.field()).err()),
        ErrorCode::TokenVersion
        | ErrorCode::TokenBase64
        | ErrorCode::TokenCompression
        | ErrorCode::TokenTooLarge
        | ErrorCode::TokenTruncated
        | ErrorCode::TokenDuplicateKey
        | ErrorCode::TokenTrailingBytes => std::str::from_utf8(value).ok().and_then(|token| {
            // The version a caller asked for is not known here; the one that gives this code is meant.
            [Unverified::parse(token).err(), UnverifiedToken2::parse(token).err(), UnverifiedToken::parse(token).err()]
                .into_iter()
                .flatten()
                .find(|error| error.code() == code)
        }),
        ErrorCode::InvalidRole
        | ErrorCode::TokenExpireLooksLikeTimestamp
        | ErrorCode::PrivilegeExpireLooksLikeTimestamp
        | ErrorCode::PrivilegeExpiredTsLooksLikeDuration
        | ErrorCode::InvalidUid
        | ErrorCode::InvalidLifetime
        | ErrorCode::InvalidTimestamp
        | ErrorCode::InvalidSalt => std::str::from_utf8(value)
            .ok()
            .filter(|text| !text.is_empty() && text.len() <= LONGEST_NUMBER)
            .filter(|text| text.bytes().all(|b| b.is_ascii_graphic()))
            .map(|text| code.because(format!("{} is {text}: {}", code.field(), code.message()))),
        _ => None,
    };
    error.filter(|error| error.code() == code).unwrap_or_else(|| code.into_error())
}

fn explain_text(value: &[u8], code: ErrorCode, check: impl FnOnce(&str) -> Option<Error>) -> Option<Error> {
    if value.len() > MAX_TEXT_SIZE {
        return Some(too_long(value.len(), code));
    }
    check(std::str::from_utf8(value).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_never_shows() {
        for certificate in ["5CFd2fd1755d40ecb72977518be15d3b", "98765432109876543210987654321098"] {
            for code in ErrorCode::ALL {
                let error = explain(*code, certificate.as_bytes());
                assert!(!error.reason().contains(&certificate[..6]), "{code:?}: {}", error.reason());
            }
        }
    }

    #[test]
    fn a_number_shows() {
        assert!(explain(ErrorCode::InvalidRole, b"3").reason().starts_with("role is 3: "));
    }
}
