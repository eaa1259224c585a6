//! Another Rust static library, with its own copy of the standard library, in a program that links agora_token.

use std::ffi::{CStr, c_char};

/// The number of bytes of `text`, or 0 when counting panicked.
///
/// # Safety
/// `text` is NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn neighbour_counts(text: *const c_char) -> usize {
    // SAFETY: the caller's promise.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned();
    std::panic::catch_unwind(|| {
        assert_ne!(text, "panic", "a panic of the neighbour's own");
        text.len()
    })
    .unwrap_or(0)
}
