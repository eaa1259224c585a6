//! An encoder for payloads of token size.
//!
//! It finds the matches that zlib finds at its default level 6 and always writes them in the fixed Huffman code, which
//! is what zlib decides for nearly every token after ten times the work. So the text is the one that the official C++
//! and Python libraries make, at the cost of the match finding alone, on the stack.

use super::fixed::{self, Bits, MAX_MATCH, MIN_MATCH};

/// The longest input. Beyond it, choosing codes for the content begins to pay.
pub(super) const MAX_INPUT: usize = 512;

/// The longest output: 9 bits for every byte, the stream's head and tail, the block's head and end, rounded up.
pub(super) const MAX_OUTPUT: usize = MAX_INPUT + MAX_INPUT / 8 + 16;

// The parameters of zlib's level 6.
const GOOD_MATCH: usize = 8;
const MAX_LAZY: usize = 16;
const NICE_MATCH: usize = 128;
const MAX_CHAIN: u32 = 128;

const HASH_BITS: u32 = 11;

/// Writes the zlib stream of `input`, of at most [`MAX_INPUT`] bytes, into `output`; gives its length.
pub(super) fn encode(input: &[u8], output: &mut [u8; MAX_OUTPUT]) -> Option<usize> {
    if input.len() > MAX_INPUT {
        return None;
    }
    let mut writer = BitWriter { output, at: 0, bits: 0, count: 0 };
    writer.byte(0x78);
    writer.byte(0x9c);
    writer.put(Bits { bits: 0b011, count: 3 }); // the last block, in the fixed code
    write_matches(input, &mut writer);
    writer.put(fixed::END_OF_BLOCK);
    writer.finish_byte();
    adler32(input).to_be_bytes().into_iter().for_each(|byte| writer.byte(byte));
    Some(writer.at)
}

/// zlib's lazy matching: a match is written only when the next position has no longer one.
fn write_matches(input: &[u8], writer: &mut BitWriter<'_>) {
    let mut window = Window::new(input);
    let mut previous = Match::NONE;
    let mut literal_waits = false;
    let mut at = 0;
    while let Some(rest) = input.get(at..).filter(|rest| !rest.is_empty()) {
        let head = window.insert(at, rest);
        let mut current = Match::NONE;
        // Position 0 stands for the end of a chain and is therefore never matched, in zlib neither.
        if head != 0 && previous.length < MAX_LAZY && previous.length < rest.len() {
            current = window.longest_match(rest, head, previous.length);
        }
        if previous.length >= MIN_MATCH && current.length <= previous.length {
            writer.put(fixed::LENGTH.get(previous.length.wrapping_sub(MIN_MATCH)).copied().unwrap_or_default());
            let distance = at.wrapping_sub(1).wrapping_sub(previous.start);
            writer.put(fixed::DISTANCE.get(distance.wrapping_sub(1)).copied().unwrap_or_default());
            let end = at.saturating_add(previous.length).saturating_sub(1);
            for inside in at.saturating_add(1)..end {
                window.insert(inside, input.get(inside..).unwrap_or_default());
            }
            previous = Match::NONE;
            literal_waits = false;
            at = end;
        } else {
            if literal_waits {
                writer.literal(input.get(at.wrapping_sub(1)).copied().unwrap_or_default());
            }
            previous = current;
            literal_waits = true;
            at = at.saturating_add(1);
        }
    }
    if literal_waits {
        writer.literal(input.last().copied().unwrap_or_default());
    }
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
    heads: [u16; 1 << HASH_BITS],
    chain: [u16; MAX_INPUT],
}

impl<'a> Window<'a> {
    fn new(input: &'a [u8]) -> Window<'a> {
        Window { input, heads: [0; 1 << HASH_BITS], chain: [0; MAX_INPUT] }
    }

    /// Adds a position to its chain and gives the one before it; 0 for none, or when too few bytes follow.
    fn insert(&mut self, at: usize, rest: &[u8]) -> usize {
        let Some([one, two, three]) = rest.first_chunk() else { return 0 };
        let bytes = u32::from_le_bytes([*one, *two, *three, 0]);
        let hash = bytes.wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH_BITS);
        let (Some(head), Some(link), Ok(at)) =
            (self.heads.get_mut(usize::try_from(hash).unwrap_or_default()), self.chain.get_mut(at), u16::try_from(at))
        else {
            return 0;
        };
        *link = *head;
        usize::from(std::mem::replace(head, at))
    }

    /// The longest match longer than `best`, the nearest of equals; the length given when there is none is `best`.
    fn longest_match(&self, rest: &[u8], head: usize, best: usize) -> Match {
        let mut found = Match { start: 0, length: best };
        let nice = NICE_MATCH.min(rest.len());
        let mut left = if best >= GOOD_MATCH { MAX_CHAIN >> 2 } else { MAX_CHAIN };
        let mut candidate = head;
        let limit = rest.len().min(MAX_MATCH);
        let scan = rest.get(..limit).unwrap_or_default();
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
    fn literal(&mut self, byte: u8) {
        self.put(fixed::LITERAL.get(usize::from(byte)).copied().unwrap_or_default());
    }

    fn put(&mut self, bits: Bits) {
        self.bits |= u64::from(bits.bits) << (self.count & 63);
        self.count = self.count.wrapping_add(bits.count);
        if self.count >= 32 {
            if let Some(room) = self.output.get_mut(self.at..).and_then(|rest| rest.first_chunk_mut()) {
                let [a, b, c, d, ..] = self.bits.to_le_bytes();
                *room = [a, b, c, d];
            }
            self.at = self.at.wrapping_add(4);
            self.bits >>= 32;
            self.count = self.count.wrapping_sub(32);
        }
    }

    fn finish_byte(&mut self) {
        let waiting = self.bits.to_le_bytes();
        let count = usize::try_from(self.count.div_ceil(8)).unwrap_or_default();
        waiting.into_iter().take(count).for_each(|byte| self.byte(byte));
        self.bits = 0;
        self.count = 0;
    }

    /// A whole byte, where no bits wait.
    fn byte(&mut self, byte: u8) {
        if let Some(room) = self.output.get_mut(self.at) {
            *room = byte;
        }
        self.at = self.at.wrapping_add(1);
    }
}

/// RFC 1950, for at most a few thousand bytes, whose sums need no reduction on the way.
pub(super) fn adler32(input: &[u8]) -> u32 {
    const BASE: u32 = 65_521;
    let (one, two) = input.iter().fold((1u32, 0u32), |(one, two), byte| {
        let one = one.wrapping_add(u32::from(*byte));
        (one, two.wrapping_add(one))
    });
    ((two % BASE) << 16) | (one % BASE)
}
