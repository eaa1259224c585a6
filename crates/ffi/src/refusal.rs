//! Why a call was refused, in a struct of the caller's.

use std::ffi::c_char;

use agora_token::Error;

use crate::constants::AGORA_REASON_SIZE;
use crate::generated::fields::field_name;
use crate::status::agora_status;

/// Why a call was refused. The struct is the caller's, and written only when the call is refused; NULL in its place
/// says that nobody wants to know. No certificate and no token shows in it.
#[repr(C)]
pub struct agora_refusal {
    /// What the call returned.
    pub status: agora_status,
    /// Which of the values of agora_build is at fault, counted from 0; -1 for none, and always in other functions.
    pub argument: i32,
    /// The service of a token that the refusal is about, as AGORA_SERVICE_RTC; 0 for none.
    pub service: u32,
    /// The argument, or the field of a token, at fault, by its name in this header; "" for none. Static text.
    pub field: *const c_char,
    /// Why. Where there is a field and the status is below 60, it continues the field's name, as in channel_name "has
    /// 64 bytes, at most 63 expected"; otherwise it is a sentence of its own. UTF-8 that ends in a NUL; a longer reason
    /// is cut.
    pub reason: [c_char; AGORA_REASON_SIZE],
}

/// Writes a refusal, and gives its status.
///
/// # Safety
/// `out_refusal` is NULL or may be written to.
pub(crate) unsafe fn tell(out_refusal: *mut agora_refusal, error: &Error) -> agora_status {
    let status = error.code().number();
    if !out_refusal.is_null() {
        let mut reason = [0; AGORA_REASON_SIZE];
        for (place, byte) in reason.iter_mut().zip(cut(error.reason(), AGORA_REASON_SIZE - 1).bytes()) {
            *place = byte as c_char;
        }
        let service = error.service().unwrap_or_default().into();
        let field = field_name(error.field()).as_ptr();
        // SAFETY: not NULL, writable by the caller's promise; it need not be initialised.
        unsafe { out_refusal.write(agora_refusal { status, argument: -1, service, field, reason }) };
    }
    status
}

/// As many whole characters as fit into so many bytes.
fn cut(text: &str, size: usize) -> &str {
    let end = (0..=size.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_cut_between_characters() {
        assert_eq!(cut("aéz", 4), "aéz");
        assert_eq!(cut("aéz", 3), "aé");
        assert_eq!(cut("aéz", 2), "a");
        assert_eq!(cut("é", 1), "");
    }
}
