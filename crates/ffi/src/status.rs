//! Statuses: the core's table of error codes as C sees it.

use std::ffi::{CStr, CString, c_char};

use agora_token::{ErrorCode, explain};

use crate::guard::{bytes, string_call};

/// What every function returns: AGORA_OK or one of AGORA_ERROR_.... The numbers stand in families of ten and are
/// never reused.
pub type agora_status = i32;

/// The call succeeded.
pub const AGORA_OK: agora_status = 0;
/// A pointer argument of the C ABI is NULL.
pub const AGORA_ERROR_NULL_ARGUMENT: agora_status = 1;
/// A text given to the C functions is not UTF-8.
pub const AGORA_ERROR_INVALID_UTF8: agora_status = 2;
/// A text given to agora_token.hpp holds a NUL byte, which would cut it short.
pub const AGORA_ERROR_NUL_IN_TEXT: agora_status = 3;
/// A bug in this library, caught at the boundary.
pub const AGORA_ERROR_INTERNAL: agora_status = 4;
/// The operating system gave no random bytes for the salt.
pub const AGORA_ERROR_RANDOM_SOURCE_FAILED: agora_status = 5;
/// The system clock does not fit the format's 32 bits of Unix seconds.
pub const AGORA_ERROR_CLOCK_OUT_OF_RANGE: agora_status = 6;
/// An index or a field number that the handle does not have.
pub const AGORA_ERROR_INDEX_OUT_OF_RANGE: agora_status = 7;
/// App ID: 32 hexadecimal digits.
pub const AGORA_ERROR_INVALID_APP_ID: agora_status = 10;
/// App Certificate: 32 hexadecimal digits.
pub const AGORA_ERROR_INVALID_APP_CERTIFICATE: agora_status = 11;
/// Channel name: 1 to 63 bytes: letters, digits, space and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ , and
/// not blank nor "*".
pub const AGORA_ERROR_INVALID_CHANNEL_NAME: agora_status = 20;
/// Uid: an integer from 0 to 4,294,967,295.
pub const AGORA_ERROR_INVALID_UID: agora_status = 21;
/// User account: 1 to 255 bytes.
pub const AGORA_ERROR_INVALID_USER_ACCOUNT: agora_status = 22;
/// RTM or Chat user ID: 1 to 255 bytes.
pub const AGORA_ERROR_INVALID_USER_ID: agora_status = 23;
/// APaaS room UUID: 1 to 255 bytes.
pub const AGORA_ERROR_INVALID_ROOM_UUID: agora_status = 24;
/// APaaS user UUID: 1 to 255 bytes.
pub const AGORA_ERROR_INVALID_USER_UUID: agora_status = 25;
/// A resource of an RTM2 permission is longer than the format carries.
pub const AGORA_ERROR_INVALID_PERMISSIONS: agora_status = 26;
/// Role: 0, 1, 2 or 101 in AccessToken, 1 or 2 in AccessToken2.
pub const AGORA_ERROR_INVALID_ROLE: agora_status = 30;
/// A token that expires the moment it is made.
pub const AGORA_ERROR_TOKEN_EXPIRE_ZERO: agora_status = 40;
/// A lifetime from 10^9 seconds on.
pub const AGORA_ERROR_TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP: agora_status = 41;
/// A privilege lifetime from 10^9 seconds on.
pub const AGORA_ERROR_PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP: agora_status = 42;
/// An absolute time below 10^9 that is not 0.
pub const AGORA_ERROR_PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION: agora_status = 43;
/// A lifetime that is no whole number of seconds from 0 to 4,294,967,295.
pub const AGORA_ERROR_INVALID_LIFETIME: agora_status = 44;
/// A Unix time that is no whole number of seconds from 0 to 4,294,967,295.
pub const AGORA_ERROR_INVALID_TIMESTAMP: agora_status = 45;
/// A salt that is no integer from 0 to 4,294,967,295.
pub const AGORA_ERROR_INVALID_SALT: agora_status = 46;
/// A lifetime over 24 hours that was not asked for by name.
pub const AGORA_ERROR_LIFETIME_OVER_A_DAY: agora_status = 47;
/// AccessToken2 needs at least one service.
pub const AGORA_ERROR_NO_SERVICES: agora_status = 50;
/// More than 65,535 services, privileges, permissions or resources.
pub const AGORA_ERROR_TOO_MANY_ENTRIES: agora_status = 51;
/// Larger than 1,048,576 bytes.
pub const AGORA_ERROR_PAYLOAD_TOO_LARGE: agora_status = 52;
/// More characters than the Web SDK takes, not allowed by name.
pub const AGORA_ERROR_TOKEN_TOO_LONG: agora_status = 53;
/// The text does not start with the version asked for.
pub const AGORA_ERROR_TOKEN_VERSION: agora_status = 60;
/// What follows the version is not strict standard base64.
pub const AGORA_ERROR_TOKEN_BASE64: agora_status = 61;
/// The decoded bytes are not one whole zlib stream.
pub const AGORA_ERROR_TOKEN_COMPRESSION: agora_status = 62;
/// The token inflates to more than 1,048,576 bytes.
pub const AGORA_ERROR_TOKEN_TOO_LARGE: agora_status = 63;
/// The content ends inside a field.
pub const AGORA_ERROR_TOKEN_TRUNCATED: agora_status = 64;
/// A privilege or permission that stands twice: readers disagree on which one counts.
pub const AGORA_ERROR_TOKEN_DUPLICATE_KEY: agora_status = 65;
/// Bytes that no signature covers follow the content.
pub const AGORA_ERROR_TOKEN_TRAILING_BYTES: agora_status = 66;
/// The token carries an App ID that is not 32 hexadecimal digits.
pub const AGORA_ERROR_TOKEN_APP_ID: agora_status = 67;
/// No given certificate signed this token.
pub const AGORA_ERROR_SIGNATURE_MISMATCH: agora_status = 70;
/// The token is for another channel.
pub const AGORA_ERROR_CHANNEL_MISMATCH: agora_status = 71;
/// The token is for another user.
pub const AGORA_ERROR_USER_MISMATCH: agora_status = 72;
/// The token's lifetime is over.
pub const AGORA_ERROR_TOKEN_EXPIRED: agora_status = 73;
/// The issue timestamp is in the future.
pub const AGORA_ERROR_TOKEN_ISSUED_IN_FUTURE: agora_status = 74;
/// The token is for another App ID.
pub const AGORA_ERROR_APP_ID_MISMATCH: agora_status = 75;
/// The token does not carry the service asked for.
pub const AGORA_ERROR_SERVICE_MISSING: agora_status = 76;
/// The service does not grant the privilege asked for.
pub const AGORA_ERROR_PRIVILEGE_MISSING: agora_status = 77;
/// The privilege's lifetime is over.
pub const AGORA_ERROR_PRIVILEGE_EXPIRED: agora_status = 78;
/// An AccessToken's signature covers channel and user without carrying them.
pub const AGORA_ERROR_CHANNEL_AND_USER_REQUIRED: agora_status = 79;

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
/// "token_expire"; "" when there is none. Static text, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn agora_status_field(status: agora_status) -> *const c_char {
    texts(status).map_or(c"", |[_, field, _]| field).as_ptr()
}

/// Says precisely why a value was refused: "App Certificate has 33 characters, 32 hexadecimal digits expected; it ends
/// in a newline". Where a value says nothing more, it is the text of agora_status_message.
///
/// status: what the call returned.
/// value: the argument that agora_status_field names, value_size bytes of it; a number as decimal text.
/// out_text: free it with agora_string_free. A certificate or token never shows in it.
/// Errors: AGORA_ERROR_NULL_ARGUMENT; AGORA_ERROR_INDEX_OUT_OF_RANGE when status is AGORA_OK or no status.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_explain(
    status: agora_status,
    value: *const c_char,
    value_size: usize,
    out_text: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_text, || {
            let value = bytes(value, value_size)?;
            let code = ErrorCode::from_number(status).ok_or(ErrorCode::IndexOutOfRange)?;
            Ok(explain(code, value).reason().to_owned())
        })
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

    /// The constants above are written out for the header's sake; the core's table is the truth.
    #[test]
    fn constants_and_table_agree_both_ways() {
        let mut constants = Vec::new();
        for line in include_str!("status.rs").lines() {
            if let Some((name, number)) = line
                .strip_prefix("pub const AGORA_ERROR_")
                .and_then(|line| line.strip_suffix(';'))
                .and_then(|line| line.split_once(": agora_status = "))
            {
                constants.push((name.to_owned(), number.parse().unwrap()));
            }
        }
        let table: Vec<(String, i32)> =
            ErrorCode::ALL.iter().map(|code| (code.name().to_owned(), code.number())).collect();
        assert_eq!(constants, table);
    }
}
