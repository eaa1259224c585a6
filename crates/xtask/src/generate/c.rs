//! The C ABI: its builders, services and constants, and the tables of its tests.

/// Each file with its text.
pub(super) fn files() -> Vec<(&'static str, String)> {
    vec![]
}
