//! agora_token.hpp's builders and services, and the official builder headers over them.

/// Each file with its text.
pub(super) fn files() -> Vec<(&'static str, String)> {
    vec![]
}
