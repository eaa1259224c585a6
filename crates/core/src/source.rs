//! Where time and salt come from: the only place that asks the operating system for anything.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::{Error, ErrorCode};

/// The largest salt that is drawn. Some official implementations document 1 to 99,999,999; readers take all 32 bits.
const LARGEST_SALT: u32 = 99_999_999;

/// Tells the time.
pub trait Clock {
    /// Unix seconds, as the formats carry them.
    ///
    /// # Errors
    /// [`ErrorCode::ClockOutOfRange`] when the time does not fit 32 bits.
    fn now(&self) -> Result<u32, Error>;
}

/// Gives salts, which make two tokens of one second differ.
pub trait SaltSource {
    /// The next salt.
    ///
    /// # Errors
    /// [`ErrorCode::RandomSourceFailed`].
    fn next_salt(&self) -> Result<u32, Error>;
}

/// The operating system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Result<u32, Error> {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| ErrorCode::ClockOutOfRange)?;
        Ok(u32::try_from(since_1970.as_secs()).map_err(|_| ErrorCode::ClockOutOfRange)?)
    }
}

/// The operating system's random source: salts from 1 to 99,999,999, all equally likely.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemSalt;

impl SaltSource for SystemSalt {
    fn next_salt(&self) -> Result<u32, Error> {
        // 27 bits hold the range; what falls outside of it is drawn again rather than folded, which would favour some.
        const MASK: u32 = (1 << 27) - 1;
        loop {
            let salt = getrandom::u32().map_err(|_| ErrorCode::RandomSourceFailed)? & MASK;
            if (1..=LARGEST_SALT).contains(&salt) {
                return Ok(salt);
            }
        }
    }
}

/// The two things a token takes from its surroundings rather than from the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The moment of minting, Unix seconds.
    pub issue_ts: u32,
    /// Any number; two tokens that are otherwise equal differ by it.
    pub salt: u32,
}

impl Stamp {
    /// The system's time and a random salt.
    ///
    /// # Errors
    /// As [`Stamp::draw`].
    pub fn now() -> Result<Stamp, Error> {
        Stamp::draw(&SystemClock, &SystemSalt)
    }

    /// Time and salt from the given sources.
    ///
    /// # Errors
    /// [`ErrorCode::ClockOutOfRange`] or [`ErrorCode::RandomSourceFailed`].
    pub fn draw(clock: &impl Clock, salt: &impl SaltSource) -> Result<Stamp, Error> {
        Ok(Stamp { issue_ts: clock.now()?, salt: salt.next_salt()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salts_stay_in_range_and_differ() {
        let salts: std::collections::HashSet<u32> = (0..1000).map(|_| SystemSalt.next_salt().unwrap()).collect();
        assert!(salts.iter().all(|salt| (1..=LARGEST_SALT).contains(salt)));
        assert!(salts.len() > 990);
    }
}
