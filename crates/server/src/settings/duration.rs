//! Durations as people write them: seconds, or a number with a unit.

use std::str::FromStr;
use std::time::Duration;

use agora_token::parse_seconds;
use derive_more::Display;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde_with::SerializeDisplay;

/// Whole seconds: `40`, `40s`, `90m`, `24h`, `1d`; in TOML also a bare number.
#[derive(Debug, Display, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, SerializeDisplay)]
#[display("{_0}s")]
pub(crate) struct Seconds(pub(crate) u32);

impl Seconds {
    pub(crate) fn duration(self) -> Duration {
        Duration::from_secs(self.0.into())
    }
}

impl FromStr for Seconds {
    type Err = String;

    fn from_str(text: &str) -> Result<Seconds, String> {
        parse_seconds(text)
            .map(Seconds)
            .ok_or_else(|| "a whole number of seconds, or one with a unit as 40s, 90m, 24h, 1d, expected".to_owned())
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Seconds, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Integer(number) => {
                u32::try_from(number).map(Seconds).map_err(|_| "0 to 4294967295 seconds expected".to_owned())
            }
            toml::Value::String(text) => text.parse(),
            _ => Err("a number of seconds, or a text as \"40s\", \"90m\", \"24h\", \"1d\" expected".to_owned()),
        }
        .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_units() {
        for (text, seconds) in [("0", 0), ("40", 40), ("40s", 40), ("90m", 5400), ("24h", 86_400), ("1d", 86_400)] {
            assert_eq!(text.parse(), Ok(Seconds(seconds)), "{text}");
        }
        for text in ["", "s", "-1", "+1", "01h", "1.5h", "1w", "4294967296", "99999999d", "1 h", "é"] {
            assert!(text.parse::<Seconds>().is_err(), "{text}");
        }
    }
}
