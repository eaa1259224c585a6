//! Numbers of the command line, read strictly: what is no number is refused, never bent into one.

use std::str::FromStr;

use agora_token::{ErrorCode, Role, UnixTime};

use crate::failure::Failure;

pub(crate) const MINUTE: u32 = 60;
pub(crate) const HOUR: u32 = 60 * MINUTE;
pub(crate) const DAY: u32 = 24 * HOUR;

pub(crate) fn uid(text: &str) -> Result<u32, Failure> {
    decimal(text).ok_or_else(|| {
        let hint = if text.contains(|c: char| c.is_alphabetic()) { "; account takes a text" } else { "" };
        refuse(ErrorCode::InvalidUid, "uid", text, &format!("an integer from 0 to 4294967295 expected{hint}"))
    })
}

pub(crate) fn salt(text: &str) -> Result<u32, Failure> {
    decimal(text)
        .ok_or_else(|| refuse(ErrorCode::InvalidSalt, "salt", text, "an integer from 0 to 4294967295 expected"))
}

/// Unix seconds that the format carries.
pub(crate) fn timestamp(text: &str, field: &'static str) -> Result<u32, Failure> {
    decimal(text).ok_or_else(|| {
        refuse(ErrorCode::InvalidTimestamp, field, text, "Unix seconds expected, a whole number from 0 to 4294967295")
    })
}

/// Unix seconds to judge at, which may lie after 2106.
pub(crate) fn moment(text: &str, field: &'static str) -> Result<UnixTime, Failure> {
    decimal(text)
        .map(UnixTime::from_secs)
        .ok_or_else(|| refuse(ErrorCode::InvalidTimestamp, field, text, "Unix seconds expected, a whole number"))
}

/// Seconds, or a number with a unit: `40s`, `90m`, `24h`, `1d`.
pub(crate) fn lifetime(text: &str, field: &'static str) -> Result<u32, Failure> {
    let (digits, unit) = match text.char_indices().next_back() {
        Some((end, 's')) => (&text[..end], 1),
        Some((end, 'm')) => (&text[..end], MINUTE),
        Some((end, 'h')) => (&text[..end], HOUR),
        Some((end, 'd')) => (&text[..end], DAY),
        _ => (text, 1),
    };
    decimal::<u32>(digits).and_then(|count| count.checked_mul(unit)).ok_or_else(|| {
        let expected = "a whole number of seconds up to 4294967295 expected, or one with a unit as 40s, 90m, 24h, 1d";
        refuse(ErrorCode::InvalidLifetime, field, text, expected)
    })
}

/// From here on a number of seconds is taken for a Unix timestamp, as the builders do.
const FIRST_TIMESTAMP: u32 = 1_000_000_000;

/// What follows the token's lifetime unless given. A lifetime that the builder refuses is to be refused as the token's
/// own, so in that case the others get one that passes.
pub(crate) fn as_the_token(token_expire: u32) -> u32 {
    if (1..FIRST_TIMESTAMP).contains(&token_expire) { token_expire } else { HOUR }
}

/// A lifetime that is added to the issue time, after which nobody could tell that it was none.
pub(crate) fn end(text: &str, field: &'static str, issue_ts: u32) -> Result<u32, Failure> {
    match lifetime(text, field)? {
        0 => Err(Failure::argument(
            ErrorCode::TokenExpireZero,
            field,
            format!("{field} is 0: the privileges would end at once; seconds from now expected"),
        )),
        seconds @ FIRST_TIMESTAMP.. => Err(Failure::argument(
            ErrorCode::TokenExpireLooksLikeTimestamp,
            field,
            format!("{field} is {seconds}, which looks like a Unix timestamp; seconds from now expected"),
        )),
        seconds => issue_ts.checked_add(seconds).ok_or_else(|| {
            let reason = format!("{field} ends after 2106, later than the format can say");
            Failure::argument(ErrorCode::InvalidTimestamp, field, reason)
        }),
    }
}

/// A role by name or number. Which numbers make sense, the builder knows.
pub(crate) fn role(text: &str, field: &'static str) -> Result<u32, Failure> {
    match text {
        "publisher" => Ok(Role::Publisher.into()),
        "subscriber" => Ok(Role::Subscriber.into()),
        "attendee" => Ok(0),
        "admin" => Ok(101),
        _ => decimal(text).ok_or_else(|| {
            let expected = "publisher or subscriber expected, in AccessToken (006) also attendee or admin";
            refuse(ErrorCode::InvalidRole, field, text, expected)
        }),
    }
}

/// The role of an aPaaS user, a signed number.
pub(crate) fn apaas_role(text: &str) -> Result<i16, Failure> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let number = decimal::<u32>(digits).and_then(|_| text.parse().ok());
    number.ok_or_else(|| refuse(ErrorCode::InvalidRole, "role", text, "an integer from -32768 to 32767 expected"))
}

/// Plain decimal digits: no sign, no leading zero, no blank.
pub(crate) fn decimal<N: FromStr>(text: &str) -> Option<N> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if is_plain { text.parse().ok() } else { None }
}

/// Shows the value only where it is too short to be a misplaced certificate.
fn refuse(code: ErrorCode, field: &'static str, text: &str, expected: &str) -> Failure {
    let is_showable = !text.is_empty() && text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_graphic());
    let found = match text {
        "" => "empty".to_owned(),
        text if is_showable => text.to_owned(),
        text => format!("a text of {} characters", text.chars().count()),
    };
    Failure::argument(code, field, format!("{field} is {found}: {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_have_units() {
        let cases = [("3600", 3600), ("40s", 40), ("90m", 5400), ("24h", 86_400), ("1d", 86_400), ("0", 0)];
        for (text, seconds) in cases {
            assert_eq!(lifetime(text, "token_expire").unwrap(), seconds, "{text}");
        }
        assert_eq!(lifetime("4294967295", "token_expire").unwrap(), u32::MAX);
    }

    #[test]
    fn lifetimes_are_not_bent() {
        for text in ["", "h", "1.5h", "-1", "+1", "01h", "1 h", "1H", "1h30m", "4294967296", "49711d", "1w", "é", "1é"]
        {
            assert!(lifetime(text, "token_expire").is_err(), "{text}");
        }
    }

    #[test]
    fn uids_are_not_bent() {
        assert_eq!(uid("0").unwrap(), 0);
        assert_eq!(uid("4294967295").unwrap(), u32::MAX);
        for text in ["", "-1", "4294967296", "007", "1e3", "0x1", " 1", "1 ", "undefined", "NaN", "٣"] {
            assert!(uid(text).is_err(), "{text}");
        }
    }

    #[test]
    fn roles_of_apaas_are_signed() {
        assert_eq!((apaas_role("-32768").unwrap(), apaas_role("32767").unwrap()), (-32_768, 32_767));
        for text in ["32768", "-32769", "--1", "-", "", "teacher", "+1"] {
            assert!(apaas_role(text).is_err(), "{text}");
        }
    }
}
