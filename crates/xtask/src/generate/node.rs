//! The Node package: its bridge, face, declarations and official modules.

/// Each file with its text.
pub(super) fn files() -> Vec<(&'static str, String)> {
    vec![]
}
