//! The zlib stream around an AccessToken2's payload.

mod adler;
mod decode;
mod encode;
mod fixed;
mod sizes;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::error::{Error, ErrorCode};

/// Compresses and hands the stream on; a payload of token size takes no allocation.
pub(crate) fn deflate<T>(payload: &[u8], hand_on: impl FnOnce(&[u8]) -> T) -> Result<T, Error> {
    let mut small = [0; encode::MAX_OUTPUT];
    if let Some(stream) = encode::encode(payload, &mut small).and_then(|size| small.get(..size)) {
        return Ok(hand_on(stream));
    }
    deflate_large(payload).map(|stream| hand_on(&stream))
}

fn deflate_large(payload: &[u8]) -> Result<Vec<u8>, Error> {
    let mut stream = Compress::new(Compression::new(6), true);
    // Deflate never adds more than 5 bytes per 16 KiB block it stores, beside 6 of framing.
    let bound = payload.len().saturating_add(payload.len() >> 8).saturating_add(64);
    let mut out = Vec::with_capacity(bound);
    match stream.compress_vec(payload, &mut out, FlushCompress::Finish) {
        Ok(Status::StreamEnd) => Ok(out),
        _ => Err(ErrorCode::Internal.because("the payload could not be compressed")),
    }
}

/// Inflates exactly one zlib stream that fills all of `stream`, to at most `limit` bytes.
pub(crate) fn inflate(stream: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    let mut small = [0; sizes::MAX_CONTENT];
    match decode::decode(stream, &mut small).and_then(|size| small.get(..size)) {
        Some(content) if content.len() <= limit => Ok(content.to_vec()),
        _ => inflate_any(stream, limit),
    }
}

fn inflate_any(stream: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    let mut decoder = Decompress::new(true);
    let mut out = Vec::with_capacity(stream.len().saturating_mul(4).clamp(256, limit.max(256)));
    loop {
        let read = usize::try_from(decoder.total_in()).unwrap_or(stream.len());
        let rest = stream.get(read..).unwrap_or_default();
        let before = (decoder.total_in(), out.len());
        let status = decoder
            .decompress_vec(rest, &mut out, FlushDecompress::Finish)
            .map_err(|_| ErrorCode::TokenCompression.because(what_is_wrong(stream)))?;
        if out.len() > limit {
            return Err(ErrorCode::TokenTooLarge.because(format!("the token inflates to more than {limit} bytes")));
        }
        match status {
            Status::StreamEnd => break,
            Status::Ok | Status::BufError if out.len() == out.capacity() => {
                // One byte past the cap is enough to know that it is passed.
                let room = limit.saturating_add(1).saturating_sub(out.len());
                out.reserve_exact(out.len().min(room).max(1));
            }
            Status::Ok | Status::BufError if before == (decoder.total_in(), out.len()) => {
                return Err(ErrorCode::TokenCompression.because("the token's zlib stream is cut short"));
            }
            Status::Ok | Status::BufError => {}
        }
    }
    let read = usize::try_from(decoder.total_in()).unwrap_or(stream.len());
    match stream.len().saturating_sub(read) {
        0 => Ok(out),
        extra => Err(ErrorCode::TokenTrailingBytes.because(format!(
            "{extra} byte{} follow the end of the token's zlib stream; no signature covers them",
            if extra == 1 { "" } else { "s" }
        ))),
    }
}

fn what_is_wrong(stream: &[u8]) -> &'static str {
    match stream {
        [0x1f, 0x8b, ..] => "the token holds a gzip stream, zlib expected",
        [0x78, _, ..] => "the token's zlib stream is damaged",
        _ => "what the token holds is not a zlib stream",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bounds::MAX_PAYLOAD_SIZE;

    proptest! {
        /// The quick decoder may decline, but where it answers it is right.
        #[test]
        fn the_quick_decoder_agrees_with_the_other(
            payload in proptest::collection::vec(0..20u8, 0..600), damage in any::<prop::sample::Index>(), to in any::<u8>(),
        ) {
            let mut small = [0; sizes::MAX_CONTENT];
            let mut stream = deflate(&payload, <[u8]>::to_vec).unwrap();
            prop_assert_eq!(inflate_any(&stream, MAX_PAYLOAD_SIZE).unwrap(), payload.clone());
            if payload.len() <= sizes::MAX_INPUT {
                let size = decode::decode(&stream, &mut small).unwrap();
                prop_assert_eq!(&small[..size], &payload);
            }
            let at = damage.index(stream.len());
            stream[at] = to;
            if let Some(size) = decode::decode(&stream, &mut small) {
                prop_assert_eq!(inflate_any(&stream, MAX_PAYLOAD_SIZE).unwrap(), &small[..size]);
            }
            stream.truncate(at);
            prop_assert!(decode::decode(&stream, &mut small).is_none());
        }
    }

    #[test]
    fn round_trips_up_to_the_cap() {
        for size in [0, 1, 2, 3, 511, 512, 513, 65_535, 70_000, MAX_PAYLOAD_SIZE] {
            let mut state = 1u32;
            let payload: Vec<u8> = (0..size)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    state.to_be_bytes()[0]
                })
                .collect();
            assert!(
                deflate(&payload, |stream| inflate(stream, MAX_PAYLOAD_SIZE)).unwrap().unwrap() == payload,
                "{size}"
            );
        }
    }

    #[test]
    fn a_byte_past_the_cap_is_refused() {
        for size in [MAX_PAYLOAD_SIZE + 1, 20_000_000] {
            let inflated = deflate(&vec![0; size], |stream| inflate(stream, MAX_PAYLOAD_SIZE)).unwrap();
            assert_eq!(inflated.unwrap_err().code(), ErrorCode::TokenTooLarge);
        }
    }

    #[test]
    fn every_cut_is_refused() {
        let stream = deflate(b"a payload, a payload, a payload", <[u8]>::to_vec).unwrap();
        for cut in 0..stream.len() {
            assert_eq!(
                inflate(&stream[..cut], MAX_PAYLOAD_SIZE).unwrap_err().code(),
                ErrorCode::TokenCompression,
                "{cut}"
            );
        }
        let longer = [stream.as_slice(), b"x"].concat();
        assert_eq!(inflate(&longer, MAX_PAYLOAD_SIZE).unwrap_err().code(), ErrorCode::TokenTrailingBytes);
    }
}
