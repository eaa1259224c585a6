//! An encoder for payloads of token size.
//!
//! It finds the matches that zlib finds at its default level 6 and always writes them in the fixed Huffman code, which
//! is what zlib decides for nearly every token after ten times the work. So the text is the one that the official C++
//! and Python libraries make, at the cost of the match finding alone, on the stack.

use super::adler::adler32;
use super::fixed::{self, Bits, MAX_MATCH, MIN_MATCH};
use super::sizes::MAX_INPUT;

/// The longest output: 9 bits for every byte, the stream's head and tail, the block's head and end, rounded up; and as
/// many bytes as are written at once.
pub(super) const MAX_OUTPUT: usize = MAX_INPUT + MAX_INPUT / 8 + 16 + 8;

// The parameters of zlib's level 6.
const GOOD_MATCH: usize = 8;
const MAX_LAZY: usize = 16;
const NICE_MATCH: usize = 128;
const MAX_CHAIN: u32 = 128;

const HASH_BITS: u32 = 11;

/// Writes the zlib stream of `input`, of at most [`MAX_INPUT`] bytes, into `output`; gives its length.
pub(super) fn encode(input: &[u8], output: &mut [u8; MAX_OUTPUT]) -> Option<usize> {
    let mut window = Window::new(input)?;
    let mut writer = BitWriter { output, at: 0, bits: 0, count: 0 };
    writer.put(Bits { bits: 0x9c78, count: 16 });
    writer.put(Bits { bits: 0b011, count: 3 }); // the last block, in the fixed code
    write_matches(&mut window, &mut writer);
    writer.put(fixed::END_OF_BLOCK);
    writer.finish_byte();
    writer.put(Bits { bits: adler32(input).swap_bytes(), count: 32 });
    Some(writer.at)
}

/// zlib's lazy matching: a match is written only when the next position has no longer one.
fn write_matches(window: &mut Window<'_>, writer: &mut BitWriter<'_>) {
    let mut at = 0;
    while let Some(byte) = window.input.get(at).copied() {
        let found = match window.insert(at) {
            // Position 0 stands for the end of a chain and is therefore never matched, in zlib neither.
            0 => Match::NONE,
            head => window.longest_match(at, head, Match::NONE.length),
        };
        if found.length < MIN_MATCH {
            writer.literal(byte);
            at = at.wrapping_add(1);
        } else {
            at = write_match(window, writer, at, found);
        }
    }
}

/// Writes the match at a position, or a literal as long as the next position has a longer one; gives where it ends.
fn write_match(window: &mut Window<'_>, writer: &mut BitWriter<'_>, mut at: usize, mut found: Match) -> usize {
    loop {
        let next = at.wrapping_add(1);
        let head = window.insert(next);
        if head == 0 || found.length >= MAX_LAZY {
            break;
        }
        let longer = window.longest_match(next, head, found.length);
        if longer.length <= found.length {
            break;
        }
        writer.literal(window.input.get(at).copied().unwrap_or_default());
        (at, found) = (next, longer);
    }
    writer.put(fixed::LENGTH.get(found.length.wrapping_sub(MIN_MATCH)).copied().unwrap_or_default());
    let distance = at.wrapping_sub(found.start);
    writer.put(fixed::DISTANCE.get(distance.wrapping_sub(1)).copied().unwrap_or_default());
    let end = at.wrapping_add(found.length);
    for inside in at.wrapping_add(2)..end {
        window.insert(inside);
    }
    end
}

#[derive(Clone, Copy)]
struct Match {
    start: usize,
    length: usize,
}

impl Match {
    const NONE: Match = Match { start: 0, length: MIN_MATCH - 1 };
}

/// Chains of the positions whose next three bytes have the same hash, the latest first.
struct Window<'a> {
    input: &'a [u8],
    /// The input, with room after it to read four bytes anywhere.
    padded: [u8; MAX_INPUT + 4],
    heads: [u16; 1 << HASH_BITS],
    chain: [u16; MAX_INPUT],
}

impl<'a> Window<'a> {
    /// None for an input that is too long.
    fn new(input: &'a [u8]) -> Option<Window<'a>> {
        let mut padded = [0; MAX_INPUT + 4];
        padded.get_mut(..input.len()).filter(|room| room.len() <= MAX_INPUT)?.copy_from_slice(input);
        Some(Window { input, padded, heads: [0; 1 << HASH_BITS], chain: [0; MAX_INPUT] })
    }

    /// Adds a position to its chain and gives the one before it; 0 for none, or when fewer than three bytes are there.
    #[inline(always)]
    fn insert(&mut self, at: usize) -> usize {
        let four = self.padded.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
        let hash = (u32::from_le_bytes(four) << 8).wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH_BITS);
        let (Some(head), Some(link), Ok(position)) =
            (self.heads.get_mut(usize::try_from(hash).unwrap_or_default()), self.chain.get_mut(at), u16::try_from(at))
        else {
            return 0;
        };
        if at.wrapping_add(MIN_MATCH) > self.input.len() {
            return 0;
        }
        *link = *head;
        usize::from(std::mem::replace(head, position))
    }

    /// The longest match longer than `best`, the nearest of equals; the length given when there is none is `best`.
    fn longest_match(&self, at: usize, head: usize, best: usize) -> Match {
        let mut found = Match { start: 0, length: best };
        let rest = self.input.get(at..).unwrap_or_default();
        let nice = NICE_MATCH.min(rest.len());
        let mut left = if best >= GOOD_MATCH { MAX_CHAIN >> 2 } else { MAX_CHAIN };
        let mut candidate = head;
        let scan = rest.get(..rest.len().min(MAX_MATCH)).unwrap_or_default();
        while candidate != 0 && left != 0 {
            let there = self.input.get(candidate..).unwrap_or_default();
            // Most candidates differ at the byte that would make them better.
            if there.get(found.length) == scan.get(found.length) {
                let length = common_prefix(there, scan);
                if length > found.length {
                    found = Match { start: candidate, length };
                    if length >= nice {
                        break;
                    }
                }
            }
            candidate = self.chain.get(candidate).copied().map_or(0, usize::from);
            left = left.wrapping_sub(1);
        }
        found
    }
}

/// Eight bytes at a time.
fn common_prefix(one: &[u8], other: &[u8]) -> usize {
    let size = one.len().min(other.len());
    let (one, other) = (one.get(..size).unwrap_or_default(), other.get(..size).unwrap_or_default());
    let ((words, _), (other_words, _)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let mut same = 0usize;
    for (word, other) in words.iter().zip(other_words) {
        let differing = u64::from_le_bytes(*word) ^ u64::from_le_bytes(*other);
        if differing != 0 {
            return same.saturating_add((differing.trailing_zeros() >> 3) as usize);
        }
        same = same.saturating_add(8);
    }
    let rest = one.iter().zip(other).skip(same);
    same.saturating_add(rest.take_while(|(one, other)| one == other).count())
}

struct BitWriter<'a> {
    output: &'a mut [u8; MAX_OUTPUT],
    at: usize,
    bits: u64,
    count: u32,
}

impl BitWriter<'_> {
    #[inline(always)]
    fn literal(&mut self, byte: u8) {
        self.put(fixed::LITERAL.get(usize::from(byte)).copied().unwrap_or_default());
    }

    /// Writes all eight bytes every time and moves on by the whole ones: there is no branch to be mispredicted.
    #[inline(always)]
    fn put(&mut self, bits: Bits) {
        self.bits |= u64::from(bits.bits) << (self.count & 63);
        self.count = self.count.wrapping_add(bits.count);
        if let Some(room) = self.output.get_mut(self.at..).and_then(|rest| rest.first_chunk_mut()) {
            *room = self.bits.to_le_bytes();
        }
        let whole = self.count & !7;
        self.at = self.at.wrapping_add(usize::try_from(whole >> 3).unwrap_or_default());
        self.bits >>= whole & 63;
        self.count &= 7;
    }

    fn finish_byte(&mut self) {
        self.put(Bits { bits: 0, count: self.count.wrapping_neg() & 7 });
    }
}
