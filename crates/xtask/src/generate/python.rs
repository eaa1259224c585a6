//! The Python package: its bridge, stubs and official modules.

/// Each file with its text.
pub(super) fn files() -> Vec<(&'static str, String)> {
    vec![]
}
