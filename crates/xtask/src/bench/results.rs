//! What was measured.

use std::collections::BTreeMap;

/// A racer's name and a task of it, as `rust mint-007`.
pub(super) type Race = (&'static str, String);

/// Nanoseconds for one token.
pub(super) struct Measured {
    pub(super) min: f64,
    pub(super) median: f64,
}

pub(super) type Results = BTreeMap<Race, Measured>;
