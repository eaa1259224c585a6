//! Numbers of the command line, read strictly: anything else is refused, never converted.

use agora_token::{Error, ErrorCode, UnixTime};
pub(crate) use agora_token_rows::numbers::{decimal, lifetime, role, salt, shown, uid};
use agora_token_rows::numbers::{is_plain, refuse};
use jiff::Timestamp;

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

/// Any whole number. Which ones make sense, the builder knows.
pub(crate) fn integer(text: &str) -> Option<i128> {
    is_plain(text.strip_prefix('-').unwrap_or(text)).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_plain_and_may_be_negative() {
        assert_eq!((integer("-32768"), integer("0"), integer("4294967296")), (Some(-32_768), Some(0), Some(1 << 32)));
        for text in ["--1", "-", "", "teacher", "+1", "01", "-01", "1.5"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }
}
