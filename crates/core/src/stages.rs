//! The steps of a token, one by one, for benchmarks and fuzzing; no part of the interface.

use crate::error::Error;
use crate::signature::{self, Signature};
use crate::{wire, zlib};

/// The three HMACs.
pub fn sign(certificate: &[u8], issue_ts: u32, salt: u32, signing_info: &[u8]) -> Signature {
    signature::sign2(certificate, issue_ts, salt, signing_info)
}

/// The first of them, which an issuer keeps.
pub fn issue_key(certificate: &[u8], issue_ts: u32) -> Signature {
    signature::issue_key(certificate, issue_ts)
}

/// The payload's zlib stream, and what is made of it.
pub fn deflate<T>(payload: &[u8], hand_on: impl FnOnce(&[u8]) -> T) -> Result<T, Error> {
    zlib::deflate(payload, hand_on)
}

/// The payload in a zlib stream.
pub fn inflate(stream: &[u8]) -> Result<Vec<u8>, Error> {
    zlib::inflate(stream, crate::MAX_PAYLOAD_SIZE)
}

/// The token's text.
pub fn encode_base64(stream: &[u8]) -> String {
    wire::encode_base64(&["007"], stream)
}

/// The stream in a token's text.
pub fn decode_base64<T>(text: &str, hand_on: impl FnOnce(&[u8]) -> T) -> Result<T, Error> {
    wire::decode_base64(text.as_bytes(), 3, |stream| Ok(hand_on(stream)))
}
