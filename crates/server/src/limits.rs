//! How many requests a second one address and one caller may make.

use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::{Code, Problem};
use crate::settings::Settings;

pub(crate) struct Limits {
    per_address: Limit,
    per_caller: Limit,
}

impl Limits {
    pub(crate) fn new(settings: &Settings) -> Limits {
        Limits {
            per_address: Limit::new(settings.limit_per_address),
            per_caller: Limit::new(settings.limit_per_caller),
        }
    }

    /// Whether they are those that the settings ask for, and their counts can go on.
    pub(crate) fn are_of(&self, settings: &Settings) -> bool {
        self.per_address.a_second == settings.limit_per_address && self.per_caller.a_second == settings.limit_per_caller
    }

    pub(crate) fn check_address(&self, address: IpAddr) -> Result<(), Problem> {
        self.per_address.check(&network_of(address))
    }

    pub(crate) fn check_caller(&self, name: &str) -> Result<(), Problem> {
        self.per_caller.check(&name)
    }
}

/// A client with IPv6 has a network of 2^64 addresses, which counts as one.
pub(crate) fn network_of(address: IpAddr) -> IpAddr {
    const NETWORK: u128 = !0 << 64;
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & NETWORK).into()),
        address => address,
    }
}

struct Limit {
    a_second: u32,
    /// Keys share 65,536 of them by a hash that nobody outside can foretell: however many come, memory is bounded.
    counts: Option<DefaultKeyedRateLimiter<u16>>,
    hasher: RandomState,
}

impl Limit {
    /// As many a second, and as many at once; 0 is no limit.
    fn new(a_second: u32) -> Limit {
        let counts = NonZeroU32::new(a_second).map(|count| RateLimiter::keyed(Quota::per_second(count)));
        Limit { a_second, counts, hasher: RandomState::new() }
    }

    fn check(&self, key: &impl Hash) -> Result<(), Problem> {
        let Some(counts) = &self.counts else {
            return Ok(());
        };
        let [low, high, ..] = self.hasher.hash_one(key).to_ne_bytes();
        counts.check_key(&u16::from_ne_bytes([low, high])).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Problem { retry_after: Some(wait.as_secs() + 1), ..Code::RateLimited.into() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_one_key_s_own() {
        let limit = Limit::new(3);
        let passed = |key: &str| (0..10).filter(|_| limit.check(&key).is_ok()).count();
        // A slow machine may earn some more.
        assert!((3..10).contains(&passed("a")));
        assert!(passed("b") >= 3);
        let problem = (0..100).find_map(|_| limit.check(&"a").err()).unwrap();
        assert_eq!(problem.retry_after, Some(1));
    }

    #[test]
    fn a_limit_of_zero_is_none() {
        let limit = Limit::new(0);
        assert!((0..1000).all(|_| limit.check(&"a").is_ok()));
    }

    #[test]
    fn counts_are_bounded() {
        let limit = Limit::new(1);
        for key in 0..200_000u32 {
            let _ = limit.check(&key);
        }
        assert!(limit.counts.unwrap().len() <= 65_536);
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let network = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
