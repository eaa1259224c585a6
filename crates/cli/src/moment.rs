//! Times as people read them: a UTC date, and how far it is from now.

const DAY: u64 = agora_token::DAY as u64;

/// `2023-11-14 22:13:20 UTC`.
pub(crate) fn date(unix: u64) -> String {
    let (days, seconds) = (unix / DAY, unix % DAY);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
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

/// Year, month and day of a day counted from 1970-01-01. Years begin in March here, so that a leap day comes last.
fn civil(days: u64) -> (u64, u64, u64) {
    const DAYS_IN_400_YEARS: u64 = 146_097;
    let since_march_0000 = days + 719_468;
    let (era, day_of_era) = (since_march_0000 / DAYS_IN_400_YEARS, since_march_0000 % DAYS_IN_400_YEARS);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months_since_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_since_march + 2) / 5 + 1;
    let month = (months_since_march + 2) % 12 + 1;
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
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
    fn every_day_follows_the_one_before() {
        let mut yesterday = civil(0);
        for day in 1..200_000 {
            let today = civil(day);
            assert!(today > yesterday && (today.2 == yesterday.2 + 1 || today.2 == 1), "{yesterday:?} {today:?}");
            yesterday = today;
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
