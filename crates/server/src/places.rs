//! Places for connections: so many in all, so many for an address. Where they run out, the connection that has waited
//! longest for a request makes room; what is being answered never does.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Nothing has come yet.
    Fresh,
    /// The head of a request is on its way.
    Head,
    /// A request is being answered.
    Busy,
    /// A request was answered, and nothing has come since.
    Idle,
}

pub(crate) struct Place {
    address: Option<IpAddr>,
    state: Mutex<(Phase, Instant)>,
    must_end: AtomicBool,
    told: Notify,
}

impl Place {
    fn new(address: Option<IpAddr>) -> Place {
        let state = Mutex::new((Phase::Fresh, Instant::now()));
        Place { address, state, must_end: AtomicBool::new(false), told: Notify::new() }
    }

    pub(crate) fn set(&self, phase: Phase) {
        *lock(&self.state) = (phase, Instant::now());
    }

    pub(crate) fn phase(&self) -> Phase {
        self.get().0
    }

    fn get(&self) -> (Phase, Instant) {
        *lock(&self.state)
    }

    fn end(&self) {
        self.must_end.store(true, Ordering::Relaxed);
        self.told.notify_one();
    }

    /// Completes when the connection is to end, which is never while it is busy.
    pub(crate) async fn ended(&self) {
        loop {
            self.told.notified().await;
            if self.phase() != Phase::Busy {
                return;
            }
            self.must_end.store(false, Ordering::Relaxed);
        }
    }

    /// Since when it waits for a request, if it does and may go on.
    fn waits_since(&self) -> Option<Instant> {
        let (phase, since) = self.get();
        (phase != Phase::Busy && !self.must_end.load(Ordering::Relaxed)).then_some(since)
    }
}

/// Nothing that could panic is done while it is held.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) most: usize,
    /// From one address; 0 for any number.
    pub(crate) per_address: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// The address has all that it may, and all are busy.
    OfAddress,
    AtAll,
}

#[derive(Default)]
pub(crate) struct Places {
    taken: Mutex<HashMap<u64, Arc<Place>>>,
    next: AtomicU64,
    pub(crate) left: Notify,
}

impl Places {
    fn taken(&self) -> MutexGuard<'_, HashMap<u64, Arc<Place>>> {
        lock(&self.taken)
    }

    /// A place, and whether another connection had to make room. Without an address, as of a trusted proxy, only the
    /// bound of all counts.
    pub(crate) fn take(self: &Arc<Places>, address: Option<IpAddr>, bounds: Bounds) -> Result<(Taken, bool), NoPlace> {
        let mut taken = self.taken();
        let stays = |place: &&Arc<Place>| !place.must_end.load(Ordering::Relaxed);
        let oldest = |of_address: bool| {
            let waiting = taken.values().filter(|place| !of_address || place.address == address);
            waiting.filter_map(|place| Some((place.waits_since()?, place))).min_by_key(|(since, _)| *since)
        };
        let is_full = bounds.per_address > 0
            && address.is_some()
            && taken.len() >= bounds.per_address
            && taken.values().filter(stays).filter(|place| place.address == address).count() >= bounds.per_address;
        let victim = if is_full {
            Some(oldest(true).ok_or(NoPlace::OfAddress)?)
        } else if taken.len() >= bounds.most && taken.values().filter(stays).count() >= bounds.most {
            Some(oldest(false).ok_or(NoPlace::AtAll)?)
        } else {
            None
        };
        let made_room = victim.is_some();
        if let Some((_, place)) = victim {
            place.end();
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let place = Arc::new(Place::new(address));
        taken.insert(number, place.clone());
        drop(taken);
        Ok((Taken { places: self.clone(), number, place }, made_room))
    }

    /// Ends those that have waited too long for a head, or for another request.
    pub(crate) fn end_late(&self, header_timeout: Duration, idle_timeout: Duration) {
        for place in self.taken().values() {
            let (phase, since) = place.get();
            let patience = match phase {
                Phase::Fresh | Phase::Head => header_timeout,
                Phase::Idle => idle_timeout,
                Phase::Busy => continue,
            };
            if since.elapsed() >= patience {
                place.end();
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.taken().len()
    }
}

/// A place, until it is dropped.
pub(crate) struct Taken {
    places: Arc<Places>,
    number: u64,
    pub(crate) place: Arc<Place>,
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.places.taken().remove(&self.number);
        self.places.left.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { most: 3, per_address: 2 };

    fn address(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn who_waits_longest_makes_room() {
        let places = Arc::new(Places::default());
        let (a, made_room) = places.take(address(1), BOUNDS).unwrap();
        let (b, _) = places.take(address(2), BOUNDS).unwrap();
        let (c, _) = places.take(address(3), BOUNDS).unwrap();
        assert!(!made_room);
        a.place.set(Phase::Busy);
        std::thread::sleep(Duration::from_millis(3));
        b.place.set(Phase::Idle);
        let (_d, made_room) = places.take(address(4), BOUNDS).unwrap();
        assert!(made_room && c.place.must_end.load(Ordering::Relaxed) && !b.place.must_end.load(Ordering::Relaxed));
        let (_e, _) = places.take(address(5), BOUNDS).unwrap();
        assert!(b.place.must_end.load(Ordering::Relaxed));
    }

    #[test]
    fn an_address_takes_from_itself_alone() {
        let places = Arc::new(Places::default());
        let (other, _) = places.take(address(2), BOUNDS).unwrap();
        let (a, _) = places.take(address(1), BOUNDS).unwrap();
        let (b, _) = places.take(address(1), BOUNDS).unwrap();
        let (c, _) = places.take(address(1), BOUNDS).unwrap();
        assert!(a.place.must_end.load(Ordering::Relaxed) && !other.place.must_end.load(Ordering::Relaxed));
        for taken in [&b, &c] {
            taken.place.set(Phase::Busy);
        }
        assert_eq!(places.take(address(1), BOUNDS).err(), Some(NoPlace::OfAddress));
        other.place.set(Phase::Busy);
        drop(a);
        assert_eq!(places.take(address(4), BOUNDS).err(), Some(NoPlace::AtAll));
        // Behind a trusted proxy nobody is counted by address.
        drop((b, c));
        for _ in 0..2 {
            std::mem::forget(places.take(None, BOUNDS).unwrap());
        }
        assert_eq!(places.len(), 3);
    }

    #[tokio::test]
    async fn a_busy_one_does_not_end() {
        let places = Arc::new(Places::default());
        let (taken, _) = places.take(None, BOUNDS).unwrap();
        taken.place.end();
        taken.place.set(Phase::Busy);
        let ended = tokio::time::timeout(Duration::from_millis(10), taken.place.ended()).await;
        assert!(ended.is_err() && !taken.place.must_end.load(Ordering::Relaxed));
        taken.place.set(Phase::Idle);
        places.end_late(Duration::ZERO, Duration::ZERO);
        taken.place.ended().await;
    }
}
