//! What stands around a certificate that was copied carelessly.

/// What stands around a certificate by mistake.
pub(super) const STRAYS: [char; 4] = ['"', '\'', '`', '\u{feff}'];

/// The certificate without what stands around it.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || STRAYS.contains(&c))
}
