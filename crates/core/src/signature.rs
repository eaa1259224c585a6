//! HMAC-SHA256 as the two generations use it.

use sha2::block_api::compress256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Bytes in a signature.
pub const SIGNATURE_SIZE: usize = 32;

pub(crate) type Signature = [u8; SIGNATURE_SIZE];

/// AccessToken2: the certificate is the message and the numbers are the keys of the first two steps, which looks
/// inverted and is the format.
pub(crate) fn sign2(certificate: &[u8], issue_ts: u32, salt: u32, signing_info: &[u8]) -> Signature {
    sign2_with(&issue_key(certificate, issue_ts), salt, signing_info)
}

/// The first step, which is the same for all tokens of one second.
pub(crate) fn issue_key(certificate: &[u8], issue_ts: u32) -> Signature {
    hmac_of_parts::<WIPED>(&issue_ts.to_le_bytes(), &[certificate])
}

/// The other two steps.
pub(crate) fn sign2_with(issue_key: &Signature, salt: u32, signing_info: &[u8]) -> Signature {
    let second = hmac(&salt.to_le_bytes(), issue_key);
    hmac(&second, signing_info)
}

/// AccessToken: App ID, channel name, user and message run together without separators.
pub(crate) fn sign(certificate: &[u8], app_id: &[u8], channel_name: &[u8], user: &[u8], message: &[u8]) -> Signature {
    hmac_of_parts::<WIPED>(certificate, &[app_id, channel_name, user, message])
}

/// Compares in a time that does not tell how much was right.
pub(crate) fn matches(expected: &Signature, found: &[u8]) -> bool {
    expected.as_slice().ct_eq(found).into()
}

const BLOCK: usize = 64;

/// HMAC-SHA256 (RFC 2104) over the block function of the sha2 crate: the hmac crate's buffering and copies cost a
/// third more than the hashing itself on messages this short.
#[inline]
fn hmac(key: &[u8], message: &[u8]) -> Signature {
    hmac_of_parts::<LEFT>(key, &[message])
}

/// Whether what a hash was made of is wiped: a certificate is, or its HMAC pads; what follows from them for one token
/// need not be.
const WIPED: bool = true;
const LEFT: bool = false;

#[inline]
fn hmac_of_parts<const WIPE: bool>(key: &[u8], parts: &[&[u8]]) -> Signature {
    let mut block = [0; BLOCK];
    if let Some(room) = block.get_mut(..key.len()) {
        room.copy_from_slice(key);
    } else if let Some(room) = block.first_chunk_mut() {
        *room = sha256(START, 0, key);
    }
    block.iter_mut().for_each(|byte| *byte ^= INNER);
    let inner = sha256_after::<WIPE>(&block, parts);
    block.iter_mut().for_each(|byte| *byte ^= INNER ^ OUTER);
    let outer = sha256_after::<WIPE>(&block, &[&inner]);
    if WIPE {
        wipe(&mut block);
    }
    outer
}

/// The bytes that HMAC mixes with its key.
const INNER: u8 = 0x36;
const OUTER: u8 = 0x5c;

/// Writes zeros over what may hold a part of a certificate, which the compiler does not leave out: the memory seems to
/// be read afterwards.
#[inline]
fn wipe(secret: &mut [u8]) {
    secret.fill(0);
    std::hint::black_box(secret);
}

const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// SHA-256 of a block and a message in parts. What fits is hashed in one go: leaving the block function and coming back
/// costs a sixth of it.
#[inline]
fn sha256_after<const WIPE: bool>(block: &[u8; BLOCK], parts: &[&[u8]]) -> Signature {
    let size = parts.iter().fold(BLOCK, |size, part| size.saturating_add(part.len()));
    let mut state = START;
    if size > SMALL - END {
        compress256(&mut state, std::slice::from_ref(block));
        return sha256(state, BLOCK, &Zeroizing::new(parts.concat()));
    }
    let mut together = [0; SMALL];
    let (first, mut rest) = together.split_at_mut(BLOCK);
    first.copy_from_slice(block);
    for part in parts {
        let Some((room, after)) = rest.split_at_mut_checked(part.len()) else { break };
        room.copy_from_slice(part);
        rest = after;
    }
    compress256(&mut state, pad(&mut together, size, size));
    if WIPE {
        wipe(&mut together);
    }
    to_bytes(state)
}

/// A block and the signed part of an ordinary token.
const SMALL: usize = 4 * BLOCK;

/// What ends a hashed text: a byte that marks the end, and the length in bits.
const END: usize = 9;

/// SHA-256 (FIPS 180-4) of `before` bytes that are in `state` already, and of `message`.
fn sha256(mut state: [u32; 8], before: usize, message: &[u8]) -> Signature {
    let (blocks, rest) = message.as_chunks();
    if !blocks.is_empty() {
        compress256(&mut state, blocks);
    }
    let mut tail = [0; 2 * BLOCK];
    tail.iter_mut().zip(rest).for_each(|(room, byte)| *room = *byte);
    compress256(&mut state, pad(&mut tail, rest.len(), before.saturating_add(message.len())));
    to_bytes(state)
}

/// Ends the first `size` bytes of `content` as the end of `total` hashed ones, and gives the blocks there are then. The
/// rest must be zero.
#[inline]
fn pad(content: &mut [u8], size: usize, total: usize) -> &[[u8; BLOCK]] {
    let blocks = size.saturating_add(END).div_ceil(BLOCK);
    let bits = u64::try_from(total).unwrap_or(u64::MAX).wrapping_mul(8);
    if let Some(mark) = content.get_mut(size) {
        *mark = 0x80;
    }
    let (all, _) = content.as_chunks_mut();
    let ended = all.get_mut(..blocks).unwrap_or_default();
    if let Some(length) = ended.last_mut().and_then(|block| block.last_chunk_mut()) {
        *length = bits.to_be_bytes();
    }
    ended
}

fn to_bytes(state: [u32; 8]) -> Signature {
    let mut digest = [0; SIGNATURE_SIZE];
    digest.as_chunks_mut().0.iter_mut().zip(state).for_each(|(bytes, word)| *bytes = word.to_be_bytes());
    digest
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit, Mac};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Around every edge: a block is 64 bytes, and what is hashed in one go ends at 247 of them.
        #[test]
        fn agrees_with_the_hmac_crate(
            key in prop::collection::vec(any::<u8>(), 0..400), message in prop::collection::vec(any::<u8>(), 0..400),
            (one, two) in any::<(prop::sample::Index, prop::sample::Index)>(),
        ) {
            let mut oracle = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
            oracle.update(&message);
            let expected = <[u8; 32]>::from(oracle.finalize().into_bytes());
            prop_assert_eq!(hmac(&key, &message), expected);
            let (head, tail) = message.split_at(one.index(message.len() + 1));
            let (middle, tail) = tail.split_at(two.index(tail.len() + 1));
            prop_assert_eq!(hmac_of_parts::<WIPED>(&key, &[head, middle, &[], tail]), expected);
        }
    }

    #[test]
    fn every_size_is_padded_right() {
        let content: Vec<u8> = (0..=255).cycle().take(400).collect();
        for size in 0..content.len() {
            for (key, message) in [(&content[..32], &content[..size]), (&content[..size], &content[..36])] {
                let mut oracle = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
                oracle.update(message);
                assert_eq!(hmac(key, message), <[u8; 32]>::from(oracle.finalize().into_bytes()), "{size}");
            }
        }
    }
}
