//! docs/api.md: every builder and service, with its name in every language.

/// Each file with its text.
pub(super) fn files() -> Vec<(&'static str, String)> {
    vec![]
}
