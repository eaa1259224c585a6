//! A decoder for what the encoder writes, and zlib for nearly every token: one block in the fixed Huffman code.
//!
//! It answers only when all is as expected. Anything else, damage included, goes to the decoder that knows it all.

use super::adler::adler32;
use super::fixed::{DISTANCES, LENGTHS, SYMBOLS};
use super::sizes::MAX_CONTENT;

/// The content of a stream that is exactly one zlib stream of one fixed block, as far as it fits; gives its length.
pub(super) fn decode(stream: &[u8], output: &mut [u8; MAX_CONTENT]) -> Option<usize> {
    let (head, rest) = stream.split_first_chunk()?;
    let is_plain_zlib = u16::from_be_bytes(*head).is_multiple_of(31) && head[0] & 15 == 8 && head[1] & 0x20 == 0;
    let (body, checksum) = rest.split_last_chunk()?;
    let mut reader = BitReader { rest: body, bits: 0, count: 0 };
    reader.fill();
    if !is_plain_zlib || head[0] >> 4 > 7 || reader.take(3) != 0b011 {
        return None;
    }
    let mut at = 0usize;
    loop {
        reader.fill();
        let (symbol, count) = *SYMBOLS.get(reader.peek(9))?;
        reader.skip(u32::from(count));
        match symbol {
            0..=255 => {
                *output.get_mut(at)? = u8::try_from(symbol).ok()?;
                at = at.wrapping_add(1);
            }
            256 => break,
            _ => {
                let (first, extra) = *LENGTHS.get(usize::from(symbol).wrapping_sub(257))?;
                let length = usize::from(first).wrapping_add(reader.take(u32::from(extra)));
                let code = reader.take(5).reverse_bits() >> (usize::BITS - 5);
                let (first, extra) = *DISTANCES.get(code)?;
                let distance = usize::from(first).wrapping_add(reader.take(u32::from(extra)));
                let start = at.checked_sub(distance)?;
                let end = at.wrapping_add(length);
                if end > MAX_CONTENT {
                    return None;
                }
                // A match may reach into itself, so it is copied byte by byte.
                for from in start..start.wrapping_add(length) {
                    let byte = *output.get(from)?;
                    *output.get_mut(at)? = byte;
                    at = at.wrapping_add(1);
                }
            }
        }
        if reader.overdrawn() {
            return None;
        }
    }
    let content = output.get(..at)?;
    (reader.is_at_end() && adler32(content) == u32::from_be_bytes(*checksum)).then_some(at)
}

struct BitReader<'a> {
    rest: &'a [u8],
    bits: u64,
    count: u32,
}

impl BitReader<'_> {
    /// Takes in whole bytes until more than a symbol with all its extra bits is there (9 + 5 + 5 + 13), or the end.
    fn fill(&mut self) {
        if self.count > 32 {
            return;
        }
        if let Some((bytes, rest)) = self.rest.split_first_chunk() {
            self.bits |= u64::from(u32::from_le_bytes(*bytes)) << self.count;
            self.count = self.count.wrapping_add(32);
            self.rest = rest;
        } else {
            while let Some((byte, rest)) = self.rest.split_first() {
                if self.count > 56 {
                    break;
                }
                self.bits |= u64::from(*byte) << self.count;
                self.count = self.count.wrapping_add(8);
                self.rest = rest;
            }
        }
    }

    fn peek(&self, count: u32) -> usize {
        let mask = (1u64 << count).wrapping_sub(1);
        usize::try_from(self.bits & mask).unwrap_or_default()
    }

    fn skip(&mut self, count: u32) {
        self.bits >>= count;
        self.count = self.count.wrapping_sub(count);
    }

    fn take(&mut self, count: u32) -> usize {
        let value = self.peek(count);
        self.skip(count);
        value
    }

    /// More was taken than was there: the count went below zero.
    fn overdrawn(&self) -> bool {
        self.count > 64
    }

    /// Less than a byte is left, as at the end of a stream.
    fn is_at_end(&self) -> bool {
        self.rest.is_empty() && self.count < 8
    }
}
