//! Times as people read them: a UTC date, and how far it is from now.

use jiff::Timestamp;

const DAY: u64 = agora_token::DAY as u64;

/// `2023-11-14 22:13:20 UTC`.
pub(crate) fn date(unix: u64) -> String {
    let time = i64::try_from(unix).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map_or_else(|| format!("{unix} s"), |time| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}

/// `in 59m 3s`, `2d 4h ago`, `now`.
pub(crate) fn from_now(unix: u64, now: u64) -> String {
    match unix.cmp(&now) {
        std::cmp::Ordering::Equal => "now".to_owned(),
        std::cmp::Ordering::Greater => format!("in {}", span(unix - now)),
        std::cmp::Ordering::Less => format!("{} ago", span(now - unix)),
    }
}

/// The two largest units of a number of seconds: `1h 30m`.
pub(crate) fn span(seconds: u64) -> String {
    const UNITS: [(u64, &str); 5] = [(365 * DAY, "y"), (DAY, "d"), (3600, "h"), (60, "m"), (1, "s")];
    let first = UNITS.iter().position(|(size, _)| seconds >= *size).unwrap_or(UNITS.len() - 1);
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in UNITS.iter().skip(first).take(2) {
        if rest >= *size || parts.is_empty() {
            parts.push(format!("{}{unit}", rest / size));
        }
        rest %= size;
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (unix, expected) in [
            (0, "1970-01-01 00:00:00 UTC"),
            (951_782_400, "2000-02-29 00:00:00 UTC"),
            (1_700_000_000, "2023-11-14 22:13:20 UTC"),
            (1_709_251_199, "2024-02-29 23:59:59 UTC"),
            (1_709_251_200, "2024-03-01 00:00:00 UTC"),
            (4_102_444_800, "2100-01-01 00:00:00 UTC"),
            (4_107_542_400, "2100-03-01 00:00:00 UTC"),
            (4_294_967_295, "2106-02-07 06:28:15 UTC"),
            (8_589_934_590, "2242-03-16 12:56:30 UTC"),
        ] {
            assert_eq!(date(unix), expected);
        }
    }

    #[test]
    fn spans_have_two_units() {
        for (seconds, expected) in [
            (0, "0s"),
            (59, "59s"),
            (60, "1m"),
            (3599, "59m 59s"),
            (3600, "1h"),
            (3601, "1h"),
            (5400, "1h 30m"),
            (86_400, "1d"),
            (90_000, "1d 1h"),
            (400 * 86_400, "1y 35d"),
        ] {
            assert_eq!(span(seconds), expected);
        }
        assert_eq!(
            (from_now(10, 70), from_now(70, 10), from_now(7, 7)),
            ("1m ago".into(), "in 1m".into(), "now".into())
        );
    }
}
