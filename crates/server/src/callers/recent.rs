//! JWTs that were verified lately, so that a caller who presents one again pays for a hash in place of a signature.

use std::collections::HashMap;
use std::mem;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::caller::Caller;

/// The bound of each of the two halves.
const MOST: usize = 8192;

/// The older half is dropped when the newer one is full: what is used stays, and memory is bounded.
#[derive(Default)]
pub(super) struct Recent(Mutex<[HashMap<[u8; 32], Verified>; 2]>);

/// What was found of a JWT.
#[derive(Clone)]
pub(super) struct Verified {
    pub(super) caller: Caller,
    /// Which issuer's it is, and of which keys: newer ones may leave out the one that signed it.
    pub(super) issuer: usize,
    pub(super) generation: u64,
    /// Until when it counts, leeway and all.
    pub(super) until: SystemTime,
}

pub(super) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Recent {
    pub(super) fn get(&self, hash: &[u8; 32], is_good: impl Fn(&Verified) -> bool) -> Option<Caller> {
        // A panic leaves nothing half done in a map.
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [newer, older] = &mut *halves;
        if let Some(found) = newer.get(hash) {
            return is_good(found).then(|| found.caller.clone());
        }
        let found = older.remove(hash).filter(|found| is_good(found))?;
        let caller = found.caller.clone();
        newer.insert(*hash, found);
        Some(caller)
    }

    pub(super) fn put(&self, hash: [u8; 32], verified: Verified) {
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [newer, older] = &mut *halves;
        if newer.len() >= MOST {
            *older = mem::take(newer);
        }
        newer.insert(hash, verified);
    }
}
