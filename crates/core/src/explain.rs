//! The precise reason for a refusal whose code alone is known, as after a call over the C ABI.

use crate::access_token::UnverifiedToken;
use crate::access_token2::UnverifiedToken2;
use crate::credentials::{AppCertificate, AppId};
use crate::error::{Error, ErrorCode};
use crate::identity::{UserAccount, UserId, check_channel_name, check_user};
use crate::inspect::Unverified;
use crate::time::{Lifetime, check_privilege_expire, check_privilege_expired_ts, check_token_expire};
use crate::wire::{MAX_TEXT_SIZE, too_long};

/// A number in any language's spelling. A certificate is longer, so that one handed over by mistake does not show.
const LONGEST_NUMBER: usize = 24;

/// Says why `value` was refused with `code`, `value` being the text of the field that [`ErrorCode::field`] names.
///
/// Gives the code's own message when the value says nothing more, as one that is not at fault does: so a caller finds
/// out which of several arguments was.
pub fn explain(code: ErrorCode, value: &[u8]) -> Error {
    let error = match code {
        ErrorCode::InvalidAppId => AppId::from_bytes(value).err(),
        ErrorCode::InvalidAppCertificate => AppCertificate::from_bytes(value).err(),
        ErrorCode::InvalidChannelName => explain_text(value, code, |text| check_channel_name(text).err()),
        ErrorCode::InvalidUserAccount => explain_text(value, code, |text| UserAccount::new(text).err()),
        // The builders take it, so a grant was asked for it.
        ErrorCode::InvalidUid if value == b"0" => UserId::uid(0).err(),
        ErrorCode::LifetimeOverADay => number(value).and_then(|seconds| Lifetime::from_secs(seconds).err()),
        ErrorCode::InvalidUserId | ErrorCode::InvalidRoomUuid | ErrorCode::InvalidUserUuid => {
            explain_text(value, code, |text| check_user(text, code, code.field()).err())
        }
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
        ErrorCode::TokenExpireZero | ErrorCode::TokenExpireLooksLikeTimestamp => {
            number(value).and_then(|seconds| check_token_expire(seconds, code.field()).err())
        }
        ErrorCode::PrivilegeExpireLooksLikeTimestamp => {
            number(value).and_then(|seconds| check_privilege_expire(seconds, code.field()).err())
        }
        ErrorCode::PrivilegeExpiredTsLooksLikeDuration => {
            number(value).and_then(|timestamp| check_privilege_expired_ts(timestamp).err())
        }
        ErrorCode::InvalidUtf8 => std::str::from_utf8(value)
            .err()
            .map(|error| code.because(format!("byte {} is not UTF-8", error.valid_up_to().saturating_add(1)))),
        ErrorCode::InvalidRole
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

fn number(value: &[u8]) -> Option<u32> {
    std::str::from_utf8(value).ok()?.parse().ok()
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
    fn a_value_that_is_not_at_fault_gets_the_plain_message() {
        let says_more = |code, value: &str| explain(code, value.as_bytes()).reason() != ErrorCode::message(code);
        assert!(says_more(ErrorCode::TokenExpireLooksLikeTimestamp, "1700000000"));
        assert!(!says_more(ErrorCode::TokenExpireLooksLikeTimestamp, "3600"));
        assert!(says_more(ErrorCode::TokenExpireZero, "0"));
        assert!(!says_more(ErrorCode::TokenExpireZero, "1"));
        assert!(says_more(ErrorCode::PrivilegeExpiredTsLooksLikeDuration, "3600"));
        assert!(!says_more(ErrorCode::PrivilegeExpiredTsLooksLikeDuration, "1700000000"));
        assert!(!says_more(ErrorCode::InvalidUtf8, "text"));
        assert!(!says_more(ErrorCode::InvalidChannelName, "room"));
        assert!(says_more(ErrorCode::LifetimeOverADay, "86401"));
        assert!(!says_more(ErrorCode::LifetimeOverADay, "86400"));
        assert!(says_more(ErrorCode::InvalidUserAccount, "undefined"));
        assert!(!says_more(ErrorCode::InvalidUserAccount, "alice"));
    }

    #[test]
    fn a_number_shows() {
        assert!(explain(ErrorCode::InvalidRole, b"3").reason().starts_with("role is 3: "));
        assert!(explain(ErrorCode::InvalidUid, b"-1").reason().starts_with("uid is -1: "));
        assert!(explain(ErrorCode::InvalidUid, b"0").reason().contains("any user"));
    }
}
