//! What no AccessToken2 can do without: the hashing and the text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::block_api::compress256;

/// Three HMACs over a token of ordinary size are 14 SHA-256 compressions, each waiting for the one before.
const COMPRESSIONS: usize = 14;

/// A compressed payload of ordinary size.
const STREAM_SIZE: usize = 150;

/// Does that much; `block` is what is hashed, and what came out.
pub fn floor(block: &mut [u8; 64]) -> usize {
    let mut state = [0x6a09_e667u32; 8];
    for _ in 0..COMPRESSIONS {
        compress256(&mut state, std::slice::from_ref(block));
    }
    block.as_chunks_mut().0.iter_mut().zip(state).for_each(|(bytes, word)| *bytes = word.to_be_bytes());
    let mut stream = [0; STREAM_SIZE];
    stream.chunks_mut(block.len()).for_each(|room| room.copy_from_slice(&block[..room.len()]));
    let mut text = [0; STREAM_SIZE * 4 / 3];
    STANDARD.encode_slice(stream, &mut text).unwrap_or_default()
}
