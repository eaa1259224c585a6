//! Numbers of the command line, read strictly: anything else is refused, never converted.

use std::str::FromStr;

use agora_token::{Error, ErrorCode, Role006, UnixTime, parse_seconds};
use jiff::Timestamp;

const U32: &str = "an integer from 0 to 4294967295 expected";

pub(crate) fn uid(text: &str) -> Result<u32, Error> {
    decimal(text).ok_or_else(|| {
        let hint = if text.contains(char::is_alphabetic) { "; account takes a text" } else { "" };
        refuse(ErrorCode::InvalidUid, "uid", text, &format!("{U32}{hint}"))
    })
}

pub(crate) fn salt(text: &str) -> Result<u32, Error> {
    decimal(text).ok_or_else(|| refuse(ErrorCode::InvalidSalt, "salt", text, U32))
}

/// Unix seconds that the format carries.
pub(crate) fn timestamp(text: &str, field: &'static str) -> Result<u32, Error> {
    let expected = "Unix seconds expected, a whole number from 0 to 4294967295";
    decimal(text).ok_or_else(|| refuse(ErrorCode::InvalidTimestamp, field, text, expected))
}

/// A time to judge at, which may lie after 2106: Unix seconds, or as `2026-11-26T16:00:00Z`.
pub(crate) fn moment(text: &str, field: &'static str) -> Result<UnixTime, Error> {
    let seconds = decimal(text).or_else(|| {
        let time: Timestamp = text.parse().ok()?;
        u64::try_from(time.as_second()).ok()
    });
    let expected = "Unix seconds expected, or a time with its offset as 2026-11-26T16:00:00Z";
    let seconds = seconds.ok_or_else(|| refuse(ErrorCode::InvalidTimestamp, field, text, expected))?;
    UnixTime::from_outside(seconds).map_err(|error| error.in_field(field))
}

/// Seconds, or a number with a unit: `40s`, `90m`, `24h`, `1d`.
pub(crate) fn lifetime(text: &str, field: &'static str) -> Result<u32, Error> {
    let expected = "a whole number of seconds up to 4294967295 expected, or one with a unit as 40s, 90m, 24h, 1d";
    parse_seconds(text).ok_or_else(|| refuse(ErrorCode::InvalidLifetime, field, text, expected))
}

/// A role by name or number. Which numbers make sense, the builder knows.
pub(crate) fn role(text: &str, field: &'static str) -> Result<u32, Error> {
    let named = Role006::ALL.into_iter().find(|role| role.name() == text).map(u32::from);
    let expected = "publisher or subscriber expected, in AccessToken (006) also attendee or admin";
    named.or_else(|| decimal(text)).ok_or_else(|| refuse(ErrorCode::InvalidRole, field, text, expected))
}

/// Any whole number. Which ones make sense, the builder knows.
pub(crate) fn integer(text: &str) -> Option<i128> {
    is_plain(text.strip_prefix('-').unwrap_or(text)).then(|| text.parse().ok()).flatten()
}

/// Plain decimal digits: no sign, no leading zero, no blank.
pub(crate) fn decimal<N: FromStr>(text: &str) -> Option<N> {
    is_plain(text).then(|| text.parse().ok()).flatten()
}

fn is_plain(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'))
}

/// The text where it is too short to be a misplaced certificate, else its length.
pub(crate) fn shown(text: &str) -> String {
    match text.chars().count() {
        0 => "empty".to_owned(),
        1..=20 if text.bytes().all(|byte| byte.is_ascii_graphic()) => text.to_owned(),
        count => format!("a text of {count} characters"),
    }
}

fn refuse(code: ErrorCode, field: &'static str, text: &str, expected: &str) -> Error {
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

    #[test]
    fn integers_are_plain_and_may_be_negative() {
        assert_eq!((integer("-32768"), integer("0"), integer("4294967296")), (Some(-32_768), Some(0), Some(1 << 32)));
        for text in ["--1", "-", "", "teacher", "+1", "01", "-01", "1.5"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }
}
