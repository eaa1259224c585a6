//! Statuses: the core's table of error codes as C sees it.

use std::ffi::{CStr, CString, c_char};

use agora_token::{ErrorCode, Fault};

/// What every function returns: AGORA_OK or one of AGORA_ERROR_.... The numbers stand in families of ten and are
/// never reused.
pub type agora_status = i32;

/// The call succeeded.
pub const AGORA_OK: agora_status = 0;

/// The stable name of a status, such as "INVALID_APP_ID"; "OK" for AGORA_OK, "UNKNOWN_STATUS" for a number that is
/// none. Static text, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn agora_status_name(status: agora_status) -> *const c_char {
    texts(status).map_or(c"UNKNOWN_STATUS", |[name, ..]| name).as_ptr()
}

/// What a status means, in one English sentence. Static text, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn agora_status_message(status: agora_status) -> *const c_char {
    texts(status).map_or(c"not a status of this library", |[.., message]| message).as_ptr()
}

/// The argument, or the field of a token, that a status speaks of, by its name in this header: "app_certificate",
/// "token_expire"; "" when there is none. agora_refusal names it more precisely. Static text, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn agora_status_field(status: agora_status) -> *const c_char {
    texts(status).map_or(c"", |[_, field, _]| field).as_ptr()
}

/// Whoever asked: a channel, a user or a token that came from outside.
pub const AGORA_FAULT_CALLER: u32 = 1;

/// Whoever runs or wrote the program: credentials, lifetimes, options. Not to be told to a client.
pub const AGORA_FAULT_CONFIGURATION: u32 = 2;

/// The machine, or a bug in the library: worth another try.
pub const AGORA_FAULT_SYSTEM: u32 = 3;

/// Who can do something about a status: AGORA_FAULT_CALLER, AGORA_FAULT_CONFIGURATION or AGORA_FAULT_SYSTEM; 0 for
/// AGORA_OK. A number that is no status is AGORA_FAULT_SYSTEM.
#[unsafe(no_mangle)]
pub extern "C" fn agora_status_fault(status: agora_status) -> u32 {
    match ErrorCode::from_number(status).map(ErrorCode::fault) {
        Some(Fault::Caller) => AGORA_FAULT_CALLER,
        Some(Fault::Configuration) => AGORA_FAULT_CONFIGURATION,
        None if status == AGORA_OK => 0,
        Some(Fault::System) | None => AGORA_FAULT_SYSTEM,
    }
}

/// Frees a string that this library gave out. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_string_free(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: made by CString::into_raw, taken back once.
        drop(unsafe { CString::from_raw(text) });
    }
}

/// Name, field and message.
fn texts(status: agora_status) -> Option<[&'static CStr; 3]> {
    match status {
        AGORA_OK => Some([c"OK", c"", c"success"]),
        status => ErrorCode::from_number(status).map(ErrorCode::c_texts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_reaches_c_whole() {
        for code in ErrorCode::ALL {
            let [name, field, message] = code.c_texts().map(|text| text.to_str().unwrap());
            assert_eq!((name, field, message), (code.name(), code.field(), code.message()));
        }
    }
}
