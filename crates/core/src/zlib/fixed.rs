//! Deflate's fixed Huffman code (RFC 1951, section 3.2.6), as tables made at compile time.
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "all of it runs at compile time, where a panic is a failed build"
)]

/// Bits in the order in which they are written, and how many.
#[derive(Clone, Copy, Default)]
pub(super) struct Bits {
    pub(super) bits: u32,
    pub(super) count: u32,
}

pub(super) const MIN_MATCH: usize = 3;
pub(super) const MAX_MATCH: usize = 258;

/// Ends a block: symbol 256, seven zeros.
pub(super) const END_OF_BLOCK: Bits = Bits { bits: 0, count: 7 };

/// First length, and extra bits, of the length symbols 257, 258, ….
pub(super) const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

/// First distance, and extra bits, of the distance symbols.
pub(super) const DISTANCES: [(u16, u8); 30] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12289, 12),
    (16385, 13),
    (24577, 13),
];

/// What is written for each literal byte.
pub(super) static LITERAL: [Bits; 256] = {
    let mut table = [Bits { bits: 0, count: 0 }; 256];
    let mut symbol = 0;
    while symbol < 256 {
        table[symbol as usize] = symbol_bits(symbol);
        symbol += 1;
    }
    table
};

/// What is written for each match length from [`MIN_MATCH`] on: symbol and extra bits.
pub(super) static LENGTH: [Bits; MAX_MATCH - MIN_MATCH + 1] = {
    let mut table = [Bits { bits: 0, count: 0 }; MAX_MATCH - MIN_MATCH + 1];
    let mut row = 0;
    while row < LENGTHS.len() {
        let (first, extra) = LENGTHS[row];
        let symbol = symbol_bits(257 + row as u32);
        let mut offset = 0;
        while offset < 1 << extra {
            let length = first as usize + offset as usize;
            // Length 258 has a symbol of its own, which comes last and stands.
            if length <= MAX_MATCH {
                table[length - MIN_MATCH] = append(symbol, offset, extra as u32);
            }
            offset += 1;
        }
        row += 1;
    }
    table
};

/// What is written for each distance from 1 on, as far as the encoder reaches back.
pub(super) static DISTANCE: [Bits; super::sizes::MAX_INPUT] = {
    let mut table = [Bits { bits: 0, count: 0 }; super::sizes::MAX_INPUT];
    let mut row = 0;
    while row < DISTANCES.len() {
        let (first, extra) = DISTANCES[row];
        let symbol = Bits { bits: reverse(row as u32, 5), count: 5 };
        let mut offset = 0;
        while offset < 1 << extra {
            let distance = first as usize + offset as usize;
            if distance <= table.len() {
                table[distance - 1] = append(symbol, offset, extra as u32);
            }
            offset += 1;
        }
        row += 1;
    }
    table
};

/// Symbol and code length by the next 9 bits.
pub(super) static SYMBOLS: [(u16, u8); 512] = {
    let mut table = [(0, 0); 512];
    let mut symbol = 0;
    while symbol < 288 {
        let Bits { bits, count } = symbol_bits(symbol);
        let mut next = bits;
        while next < 512 {
            table[next as usize] = (symbol as u16, count as u8);
            next += 1 << count;
        }
        symbol += 1;
    }
    table
};

const fn symbol_bits(symbol: u32) -> Bits {
    let (code, count) = match symbol {
        0..=143 => (0b0011_0000 + symbol, 8),
        144..=255 => (0b1_1001_0000 + symbol - 144, 9),
        256..=279 => (symbol - 256, 7),
        _ => (0b1100_0000 + symbol - 280, 8),
    };
    Bits { bits: reverse(code, count), count }
}

/// Huffman codes are written from their highest bit on, all else from the lowest.
const fn reverse(code: u32, count: u32) -> u32 {
    code.reverse_bits() >> (32 - count)
}

const fn append(symbol: Bits, extra: u32, count: u32) -> Bits {
    Bits { bits: symbol.bits | (extra << symbol.count), count: symbol.count + count }
}
