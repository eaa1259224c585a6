//! The first HMAC key of AccessToken2, kept for the current second.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering, fence};

use zeroize::Zeroize;

use crate::credentials::AppCertificate;
use crate::signature::{Signature, issue_key};

/// The key that a certificate has in one second, for any number of threads.
///
/// A sequence lock: a reader copies and then looks whether a writer came between, so that minting threads share a cache
/// line that is written once a second and never wait for one another. Who meets a writer computes the key instead.
pub(crate) struct IssueKeyCache {
    /// 0 while nothing was kept, odd while somebody writes, else how often was written, twice.
    version: AtomicU64,
    issue_ts: AtomicU64,
    key: [AtomicU64; WORDS],
}

const WORDS: usize = size_of::<Signature>() / size_of::<u64>();

impl IssueKeyCache {
    pub(crate) const fn new() -> IssueKeyCache {
        IssueKeyCache {
            version: AtomicU64::new(0),
            issue_ts: AtomicU64::new(0),
            key: [const { AtomicU64::new(0) }; WORDS],
        }
    }

    /// The key of this second; `certificate` must always be the same.
    #[inline]
    pub(crate) fn get(&self, certificate: &AppCertificate, issue_ts: u32) -> Signature {
        self.kept(issue_ts).unwrap_or_else(|| {
            let key = issue_key(certificate.as_bytes(), issue_ts);
            self.keep(issue_ts, &key);
            key
        })
    }

    fn kept(&self, issue_ts: u32) -> Option<Signature> {
        let version = self.version.load(Ordering::Acquire);
        let is_this_second = self.issue_ts.load(Ordering::Relaxed) == u64::from(issue_ts);
        if version == 0 || !version.is_multiple_of(2) || !is_this_second {
            return None;
        }
        let mut key = Signature::default();
        for (bytes, word) in key.as_chunks_mut().0.iter_mut().zip(&self.key) {
            *bytes = word.load(Ordering::Relaxed).to_ne_bytes();
        }
        fence(Ordering::Acquire);
        (self.version.load(Ordering::Relaxed) == version).then_some(key)
    }

    #[cold]
    fn keep(&self, issue_ts: u32, key: &Signature) {
        let version = self.version.load(Ordering::Relaxed);
        let writing = version.wrapping_add(1);
        let is_free = version.is_multiple_of(2)
            && self.version.compare_exchange(version, writing, Ordering::Acquire, Ordering::Relaxed).is_ok();
        if !is_free {
            return;
        }
        fence(Ordering::Release);
        self.issue_ts.store(issue_ts.into(), Ordering::Relaxed);
        for (word, bytes) in self.key.iter().zip(key.as_chunks().0) {
            word.store(u64::from_ne_bytes(*bytes), Ordering::Relaxed);
        }
        self.version.store(writing.wrapping_add(1), Ordering::Release);
    }
}

/// Keeps nothing yet.
impl Clone for IssueKeyCache {
    fn clone(&self) -> IssueKeyCache {
        IssueKeyCache::new()
    }
}

impl fmt::Debug for IssueKeyCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IssueKeyCache([redacted])")
    }
}

/// With it, tokens of that second can be signed.
impl Drop for IssueKeyCache {
    fn drop(&mut self) {
        self.key.iter_mut().for_each(|word| word.get_mut().zeroize());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    fn certificate() -> AppCertificate {
        AppCertificate::new("5CFd2fd1755d40ecb72977518be15d3b").unwrap()
    }

    #[test]
    fn keeps_the_latest_second() {
        let (cache, certificate) = (IssueKeyCache::new(), certificate());
        assert_eq!(cache.kept(0), None);
        for issue_ts in [0, 1, 1, 0, u32::MAX] {
            let key = issue_key(certificate.as_bytes(), issue_ts);
            assert_eq!(cache.get(&certificate, issue_ts), key);
            assert_eq!(cache.kept(issue_ts), Some(key));
            assert_eq!(cache.kept(issue_ts.wrapping_add(1)), None);
        }
    }

    #[test]
    fn threads_never_see_half_a_key() {
        let (cache, certificate) = (IssueKeyCache::new(), certificate());
        let keys: Vec<Signature> = (0..3).map(|second| issue_key(certificate.as_bytes(), second)).collect();
        let start = Barrier::new(4);
        std::thread::scope(|scope| {
            for thread in 0..4usize {
                let (cache, certificate, keys, start) = (&cache, &certificate, &keys, &start);
                scope.spawn(move || {
                    start.wait();
                    for round in 0..50_000usize {
                        let second = (round / 7 + thread) % 3;
                        assert_eq!(cache.get(certificate, u32::try_from(second).unwrap()), keys[second]);
                    }
                });
            }
        });
        assert!(cache.version.load(Ordering::Relaxed).is_multiple_of(2));
    }
}
