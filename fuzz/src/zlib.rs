//! zlib itself, as the oracle.
#![allow(unsafe_code)]

use std::ffi::c_int;
use std::mem::MaybeUninit;

use libz_sys::{Z_FINISH, Z_OK, Z_STREAM_END, inflate as step, inflateEnd, inflateInit_, z_stream, zlibVersion};

/// What one whole zlib stream of at most `limit` bytes holds; none where zlib refuses it or bytes follow it.
pub(crate) fn inflate(stream: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut out = vec![0u8; limit + 1];
    let (given, room) = (u32::try_from(stream.len()).ok()?, u32::try_from(out.len()).ok()?);
    let size = c_int::try_from(size_of::<z_stream>()).ok()?;
    // All zero is what zlib wants before inflateInit_: no allocator of ours, no buffers.
    let mut zeroed = MaybeUninit::<z_stream>::zeroed();
    let state = zeroed.as_mut_ptr();
    // SAFETY: inflateInit_ sets what it needs; only fields are touched, never the whole, which has places for functions;
    // both buffers live until the end of this function and are as large as said.
    let (ended, left, written) = unsafe {
        if inflateInit_(state, zlibVersion(), size) != Z_OK {
            return None;
        }
        (*state).next_in = stream.as_ptr().cast_mut();
        (*state).avail_in = given;
        (*state).next_out = out.as_mut_ptr();
        (*state).avail_out = room;
        let ended = step(state, Z_FINISH) == Z_STREAM_END;
        let counts = ((*state).avail_in, (*state).total_out);
        inflateEnd(state);
        (ended, counts.0, counts.1)
    };
    let size = usize::try_from(written).ok()?;
    out.truncate(size);
    (ended && left == 0 && size <= limit).then_some(out)
}
