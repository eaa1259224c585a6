//! Where time and salt come from: the only place that asks the operating system for anything.

use crate::error::{Error, ErrorCode};

/// The smallest salt that is drawn: its upper half is 257. An AccessToken signs its account and its salt run together, so
/// whoever holds a token may have the end of the account read as another salt, and the upper half of the real one as the
/// number of privileges. No token has that many.
#[doc(hidden)]
pub const SMALLEST_SALT: u32 = 257 << 16;

/// The largest salt that is drawn. Some official implementations document 1 to 99,999,999; readers take all 32 bits.
#[doc(hidden)]
pub const LARGEST_SALT: u32 = 99_999_999;

/// How many salts there are.
const RANGE: u32 = LARGEST_SALT - SMALLEST_SALT + 1;

/// The salt that 32 random bits give, by Lemire's method: the upper half of a product is a number below RANGE. `None` for
/// the few products that would favour some salts: draw again.
#[doc(hidden)]
#[inline]
#[must_use]
pub fn salt_of(number: u32) -> Option<u32> {
    let [low, high] = halves(u64::from(number).wrapping_mul(u64::from(RANGE)));
    (low >= RANGE.wrapping_neg() % RANGE).then(|| SMALLEST_SALT.wrapping_add(high))
}

/// The lower and the upper 32 bits.
#[allow(clippy::cast_possible_truncation, reason = "the other half is the other number")]
const fn halves(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}

/// Tells the time.
pub trait Clock {
    /// Unix seconds, as the formats carry them.
    ///
    /// # Errors
    /// [`ErrorCode::ClockOutOfRange`] when the time does not fit 32 bits.
    fn now(&self) -> Result<u32, Error>;
}

impl<F: Fn() -> u32> Clock for F {
    fn now(&self) -> Result<u32, Error> {
        Ok(self())
    }
}

/// Gives salts, which make two tokens of one second differ.
pub trait SaltSource {
    /// The next salt.
    ///
    /// # Errors
    /// [`ErrorCode::RandomSourceFailed`].
    fn next_salt(&self) -> Result<u32, Error>;
}

impl<F: Fn() -> u32> SaltSource for F {
    fn next_salt(&self) -> Result<u32, Error> {
        Ok(self())
    }
}

/// The operating system's clock. Without the feature `os` there is none: whoever asks gets
/// [`ErrorCode::ClockOutOfRange`].
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[cfg(feature = "os")]
    fn now(&self) -> Result<u32, Error> {
        use std::time::{SystemTime, UNIX_EPOCH};

        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| ErrorCode::ClockOutOfRange)?;
        Ok(u32::try_from(since_1970.as_secs()).map_err(|_| ErrorCode::ClockOutOfRange)?)
    }

    #[cfg(not(feature = "os"))]
    fn now(&self) -> Result<u32, Error> {
        Err(ErrorCode::ClockOutOfRange.of("", "this build has no clock: give the time".to_owned()))
    }
}

/// The operating system's random source: salts from 16,842,752 to 99,999,999, all equally likely. Without the feature
/// `os` there is none: whoever asks gets [`ErrorCode::RandomSourceFailed`].
///
/// Every thread draws 64 at a time, so that a token needs no system call. A process that was forked starts with new ones.
/// Programs that copy a process by other means than `fork`, such as a raw `clone`, are not noticed: there both copies
/// may draw the same salts, which are no secret and only keep two tokens of one second apart.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemSalt;

impl SaltSource for SystemSalt {
    #[inline]
    #[cfg(feature = "os")]
    fn next_salt(&self) -> Result<u32, Error> {
        pool::next_salt()
    }

    #[cfg(not(feature = "os"))]
    fn next_salt(&self) -> Result<u32, Error> {
        Err(ErrorCode::RandomSourceFailed.of("", "this build has no random source: give the salt".to_owned()))
    }
}

/// Salts drawn ahead.
#[cfg(feature = "os")]
mod pool {
    use std::cell::RefCell;

    use super::{Error, ErrorCode, salt_of};

    #[inline]
    pub(super) fn next_salt() -> Result<u32, Error> {
        // The pool is out of reach only while its thread ends.
        POOL.try_with(|pool| pool.try_borrow_mut().map_or_else(|_| SaltPool::new().next(), |mut pool| pool.next()))
            .unwrap_or_else(|_| SaltPool::new().next())
    }

    thread_local! {
        static POOL: RefCell<SaltPool> = const { RefCell::new(SaltPool::new()) };
    }

    /// Random numbers drawn ahead, used from the end.
    struct SaltPool {
        numbers: [u32; POOL_SIZE],
        left: usize,
        /// Tells whether this process is still the one that drew the numbers; none until the first draw.
        fork: Option<forkguard::Guard>,
    }

    /// As many as one system call gives without being interrupted: 256 bytes.
    const POOL_SIZE: usize = 64;

    impl SaltPool {
        const fn new() -> SaltPool {
            SaltPool { numbers: [0; POOL_SIZE], left: 0, fork: None }
        }

        #[inline]
        fn next(&mut self) -> Result<u32, Error> {
            loop {
                let is_ours = self.fork.as_mut().is_some_and(|fork| !fork.detected_fork());
                let number = match self.left.checked_sub(1).and_then(|last| self.numbers.get(last)) {
                    Some(number) if is_ours => *number,
                    _ => self.draw()?,
                };
                self.left = self.left.saturating_sub(1);
                if let Some(salt) = salt_of(number) {
                    return Ok(salt);
                }
            }
        }

        /// Fills the pool and gives the number to be used first.
        #[cold]
        fn draw(&mut self) -> Result<u32, Error> {
            self.draw_from(getrandom::fill)
        }

        fn draw_from(&mut self, fill: impl Fn(&mut [u8]) -> Result<(), getrandom::Error>) -> Result<u32, Error> {
            let failed = |_| Error::from(ErrorCode::RandomSourceFailed);
            if self.fork.is_none() {
                self.fork = forkguard::Guard::try_new().ok();
            }
            // A fork is told of once: if this fails, what the parent uses too must not be there at the next try.
            self.left = 0;
            let mut bytes = [0; POOL_SIZE * size_of::<u32>()];
            fill(&mut bytes).map_err(failed)?;
            self.numbers
                .iter_mut()
                .zip(bytes.as_chunks().0)
                .for_each(|(number, bytes)| *number = u32::from_ne_bytes(*bytes));
            self.left = POOL_SIZE;
            self.numbers.last().copied().ok_or_else(|| ErrorCode::RandomSourceFailed.into())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_draw_that_fails_leaves_nothing_to_use() {
            let mut pool = SaltPool::new();
            pool.next().unwrap();
            assert!(pool.left > 0);
            let error = pool.draw_from(|_| Err(getrandom::Error::UNSUPPORTED)).unwrap_err();
            assert_eq!((error.code(), pool.left), (ErrorCode::RandomSourceFailed, 0));
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

#[cfg(all(test, feature = "os"))]
mod tests {
    use super::*;

    #[test]
    fn salts_stay_in_range_and_differ() {
        let salts: std::collections::HashSet<u32> = (0..1000).map(|_| SystemSalt.next_salt().unwrap()).collect();
        assert!(salts.iter().all(|salt| (SMALLEST_SALT..=LARGEST_SALT).contains(salt)));
        assert!(salts.len() > 990);
    }
}
