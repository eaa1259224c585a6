//! Adler-32, the checksum at the end of a zlib stream.

use super::sizes::MAX_CONTENT;

/// RFC 1950, for at most [`MAX_CONTENT`] bytes, whose sums need no reduction on the way.
///
/// The second sum adds the first up after every byte, so that a byte counts as often as bytes follow, and once more.
/// Written so, the loop is auto-vectorised.
pub(super) fn adler32(input: &[u8]) -> u32 {
    const BASE: u32 = 65_521;
    let weights = WEIGHTS.get(WEIGHTS.len().saturating_sub(input.len())..).unwrap_or_default();
    let (one, two) = input.iter().zip(weights).fold((0u32, 0u32), |(one, two), (byte, weight)| {
        let byte = u32::from(*byte);
        (one.wrapping_add(byte), two.wrapping_add(byte.wrapping_mul(u32::from(*weight))))
    });
    let size = u32::try_from(input.len()).unwrap_or_default();
    let (one, two) = (one.wrapping_add(1), two.wrapping_add(size));
    ((two % BASE) << 16) | (one % BASE)
}

/// The sizes, descending to 1.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "it runs at compile time, where a panic is a failed build"
)]
static WEIGHTS: [u16; MAX_CONTENT] = {
    let mut weights = [0; MAX_CONTENT];
    let mut index = 0;
    while index < weights.len() {
        weights[index] = (weights.len() - index) as u16;
        index += 1;
    }
    weights
};
