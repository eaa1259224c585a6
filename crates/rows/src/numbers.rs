//! Numbers that come as text, read strictly: anything else is refused, never converted.

use std::str::FromStr;

use agora_token::{Error, ErrorCode, Role006, parse_seconds};

const U32: &str = "an integer from 0 to 4294967295 expected";

/// A uid of AccessToken2.
///
/// # Errors
/// [`ErrorCode::InvalidUid`].
pub fn uid(text: &str) -> Result<u32, Error> {
    decimal(text).ok_or_else(|| {
        let hint = if text.contains(char::is_alphabetic) { "; account takes a text" } else { "" };
        refuse(ErrorCode::InvalidUid, "uid", text, &format!("{U32}{hint}"))
    })
}

/// A salt.
///
/// # Errors
/// [`ErrorCode::InvalidSalt`].
pub fn salt(text: &str) -> Result<u32, Error> {
    decimal(text).ok_or_else(|| refuse(ErrorCode::InvalidSalt, "salt", text, U32))
}

/// Seconds, or a number with a unit: `40s`, `90m`, `24h`, `1d`.
///
/// # Errors
/// [`ErrorCode::InvalidLifetime`].
pub fn lifetime(text: &str, field: &'static str) -> Result<u32, Error> {
    let expected = "a whole number of seconds up to 4294967295 expected, or one with a unit as 40s, 90m, 24h, 1d";
    parse_seconds(text).ok_or_else(|| refuse(ErrorCode::InvalidLifetime, field, text, expected))
}

/// A role by name or number. Which numbers make sense, the builder knows.
///
/// # Errors
/// [`ErrorCode::InvalidRole`].
pub fn role(text: &str, field: &'static str) -> Result<u32, Error> {
    let named = Role006::ALL.into_iter().find(|role| role.name() == text).map(u32::from);
    let expected = "publisher or subscriber expected, in AccessToken (006) also attendee or admin";
    named.or_else(|| decimal(text)).ok_or_else(|| refuse(ErrorCode::InvalidRole, field, text, expected))
}

/// Plain decimal digits: no sign, no leading zero, no blank.
pub fn decimal<N: FromStr>(text: &str) -> Option<N> {
    is_plain(text).then(|| text.parse().ok()).flatten()
}

/// Whether these are plain decimal digits.
pub fn is_plain(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'))
}

/// The text where it is too short to be a misplaced certificate, else its length.
pub fn shown(text: &str) -> String {
    match text.chars().count() {
        0 => "empty".to_owned(),
        1..=20 if text.bytes().all(|byte| byte.is_ascii_graphic()) => text.to_owned(),
        count => format!("a text of {count} characters"),
    }
}

/// An error that shows what was found and says what was expected.
pub fn refuse(code: ErrorCode, field: &'static str, text: &str, expected: &str) -> Error {
    code.of(field, format!("is {}; {expected}", shown(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_are_read_strictly() {
        assert_eq!(uid("0").unwrap(), 0);
        assert_eq!(uid("4294967295").unwrap(), u32::MAX);
        for text in ["", "-1", "4294967296", "007", "1e3", "0x1", " 1", "1 ", "undefined", "NaN", "٣"] {
            assert!(uid(text).is_err(), "{text}");
        }
    }
}
