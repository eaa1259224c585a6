//! How much the quick encoder and the quick decoder take.

/// The longest input. Beyond it, choosing codes for the content begins to pay.
pub(super) const MAX_INPUT: usize = 512;

/// The longest output; longer ones take the other way.
pub(super) const MAX_CONTENT: usize = 1024;
