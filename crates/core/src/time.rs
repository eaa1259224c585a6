//! Absolute times and lifetimes, which the two generations make easy to mix up.

use crate::error::{Error, ErrorCode};

/// From here on a number of seconds is a Unix timestamp (September 2001) rather than a lifetime (31 years).
pub(crate) const FIRST_TIMESTAMP: u32 = 1_000_000_000;

/// From here on a Unix time is one in milliseconds: as seconds it is in the year 5138, as milliseconds in 1973.
const FIRST_MILLISECONDS: u64 = 100_000_000_000;

/// What every AccessToken lives, and the longest lifetime that Agora documents: 24 hours.
pub const DAY: u32 = 86_400;

/// A moment in whole seconds since 1970. 64 bits, since a 007 token may end after 2106.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(u64);

impl UnixTime {
    /// From seconds since 1970.
    pub const fn from_secs(seconds: u64) -> UnixTime {
        UnixTime(seconds)
    }

    /// From seconds since 1970 as somebody else gives them.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidTimestamp`] from 10^11 on, which is past the year 5000: those are milliseconds.
    pub fn from_outside(seconds: u64) -> Result<UnixTime, Error> {
        if seconds < FIRST_MILLISECONDS {
            return Ok(UnixTime(seconds));
        }
        let reason = format!("is {seconds}, which looks like milliseconds; Unix seconds expected");
        Err(ErrorCode::InvalidTimestamp.because(reason))
    }

    /// Seconds since 1970.
    pub const fn as_secs(self) -> u64 {
        self.0
    }
}

/// When to fetch the next token: a tenth of the lifetime before the end and at least 30 seconds, which is when the SDK
/// warns, but never in the first half.
pub fn refresh_after(issued_at: UnixTime, ends_at: UnixTime) -> UnixTime {
    let lifetime = ends_at.0.saturating_sub(issued_at.0);
    let ahead = (lifetime / 10).max(30).min(lifetime / 2);
    UnixTime(ends_at.0.saturating_sub(ahead))
}

/// How long something lives, in whole seconds: 1 second to 24 hours, longer only by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lifetime(u32);

impl Lifetime {
    /// 24 hours, the longest that Agora documents.
    pub const DAY: Lifetime = Lifetime(DAY);

    /// One hour.
    pub const HOUR: Lifetime = Lifetime(3600);

    /// A lifetime of 1 to 86,400 seconds.
    ///
    /// # Errors
    /// [`ErrorCode::TokenExpireZero`]; [`ErrorCode::LifetimeOverADay`]; from 10^9 on
    /// [`ErrorCode::TokenExpireLooksLikeTimestamp`]. All name the field `lifetime`.
    pub fn from_secs(seconds: u32) -> Result<Lifetime, Error> {
        let lifetime = Lifetime::longer_than_a_day(seconds)?;
        if seconds > DAY {
            return Err(ErrorCode::LifetimeOverADay
                .because(format!("is {seconds} seconds, at most {DAY} (24 hours) unless asked for by name")));
        }
        Ok(lifetime)
    }

    /// A lifetime that may pass 24 hours. Agora documents that a token is good for 24 hours at most, and one that is
    /// not cannot be taken back: ask for it only where you know that it is honoured.
    ///
    /// # Errors
    /// As [`Lifetime::from_secs`], without the day's limit.
    pub fn longer_than_a_day(seconds: u32) -> Result<Lifetime, Error> {
        check_token_expire(seconds, "lifetime").map(Lifetime)
    }

    /// In seconds.
    pub const fn as_secs(self) -> u32 {
        self.0
    }
}

macro_rules! lifetime_of_number {
    ($($number:ty)+) => {
        $(
            /// Seconds.
            impl TryFrom<$number> for Lifetime {
                type Error = Error;

                fn try_from(seconds: $number) -> Result<Lifetime, Error> {
                    let seconds = u32::try_from(seconds).map_err(|_| ErrorCode::InvalidLifetime)?;
                    Lifetime::from_secs(seconds)
                }
            }
        )+
    };
}

lifetime_of_number!(u32 i32 u64 i64);

impl TryFrom<std::time::Duration> for Lifetime {
    type Error = Error;

    /// Whole seconds only.
    fn try_from(duration: std::time::Duration) -> Result<Lifetime, Error> {
        match u32::try_from(duration.as_secs()) {
            Ok(seconds) if duration.subsec_nanos() == 0 => Lifetime::from_secs(seconds),
            _ => Err(ErrorCode::InvalidLifetime.into_error().in_field("lifetime")),
        }
    }
}

/// The lifetime of an AccessToken2 as a one-call builder takes it.
pub(crate) fn check_token_expire(seconds: u32, field: &'static str) -> Result<u32, Error> {
    match seconds {
        0 => {
            Err(ErrorCode::TokenExpireZero.of(field, "is 0: the token would expire at once; seconds from now expected"))
        }
        FIRST_TIMESTAMP.. => Err(looks_like_timestamp(ErrorCode::TokenExpireLooksLikeTimestamp, seconds, field)),
        _ => Ok(seconds),
    }
}

/// The lifetime of a privilege as a one-call builder takes it; 0 sets no limit of its own.
pub(crate) fn check_privilege_expire(seconds: u32, field: &'static str) -> Result<u32, Error> {
    match seconds {
        FIRST_TIMESTAMP.. => Err(looks_like_timestamp(ErrorCode::PrivilegeExpireLooksLikeTimestamp, seconds, field)),
        _ => Ok(seconds),
    }
}

/// The absolute end of a privilege as a one-call builder of AccessToken takes it; 0 sets no limit of its own.
pub(crate) fn check_privilege_expired_ts(timestamp: u32) -> Result<u32, Error> {
    match timestamp {
        0 | FIRST_TIMESTAMP.. => Ok(timestamp),
        _ => Err(ErrorCode::PrivilegeExpiredTsLooksLikeDuration.because(format!(
            "is {timestamp}, which looks like a duration; AccessToken takes absolute Unix seconds: \
             add the current time"
        ))),
    }
}

fn looks_like_timestamp(code: ErrorCode, seconds: u32, field: &'static str) -> Error {
    code.of(field, format!("is {seconds}, which looks like a Unix timestamp; AccessToken2 takes seconds from now"))
}

/// Seconds, or a number with a unit, as people write them: `40`, `40s`, `90m`, `24h`, `1d`. No sign, no blank, no leading
/// zero, no fraction.
pub fn parse_seconds(text: &str) -> Option<u32> {
    let (digits, unit) = [('s', 1), ('m', 60), ('h', 3600), ('d', DAY)]
        .into_iter()
        .find_map(|(letter, unit)| text.strip_suffix(letter).map(|digits| (digits, unit)))
        .unwrap_or((text, 1));
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    // A sign, which `parse` takes, is no digit.
    if is_plain { digits.parse::<u32>().ok()?.checked_mul(unit) } else { None }
}

/// A number of seconds in its two largest units, such as `1 hour 5 minutes`.
pub(crate) fn in_words(seconds: u64) -> String {
    let units = [(31_536_000, "year"), (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, name) in units {
        let count = rest.checked_div(size).unwrap_or_default();
        rest = rest.checked_rem(size).unwrap_or_default();
        if count > 0 && parts.len() < 2 {
            parts.push(format!("{count} {name}{}", if count == 1 { "" } else { "s" }));
        }
    }
    if parts.is_empty() { "0 seconds".into() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_read_strictly() {
        for (text, seconds) in [("0", 0), ("40", 40), ("40s", 40), ("90m", 5400), ("24h", 86_400), ("1d", 86_400)] {
            assert_eq!(parse_seconds(text), Some(seconds), "{text}");
        }
        assert_eq!(parse_seconds("4294967295"), Some(u32::MAX));
        for text in
            ["", "h", "1.5h", "-1", "+1", "01h", "1 h", "1H", "1h30m", "4294967296", "49711d", "1w", "é", "1é", "٣"]
        {
            assert_eq!(parse_seconds(text), None, "{text}");
        }
    }

    #[test]
    fn durations_have_two_units() {
        assert_eq!(in_words(0), "0 seconds");
        assert_eq!(in_words(61), "1 minute 1 second");
        assert_eq!(in_words(7200), "2 hours");
        assert_eq!(in_words(95_288_111), "3 years 7 days");
    }
}
