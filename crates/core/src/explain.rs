//! The precise reason for a refusal whose code alone is known, as after a call over the C ABI.

use crate::access_token::UnverifiedToken;
use crate::access_token2::UnverifiedToken2;
use crate::credentials::{AppCertificate, AppId};
use crate::error::{Error, ErrorCode};
use crate::identity::{check_channel_name, check_user};
use crate::inspect::Unverified;
use crate::wire::{MAX_TEXT_SIZE, too_long};

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
            .filter(|text| !text.is_empty() && text.len() <= 32 && text.bytes().all(|b| b.is_ascii_graphic()))
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
