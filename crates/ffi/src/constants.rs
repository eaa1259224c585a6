//! The numbers of the formats, and the version.

use std::ffi::{CStr, c_char};

/// Version of this header. The library's own is agora_version().
pub const AGORA_TOKEN_VERSION_MAJOR: u32 = 0;
/// See AGORA_TOKEN_VERSION_MAJOR.
pub const AGORA_TOKEN_VERSION_MINOR: u32 = 1;
/// See AGORA_TOKEN_VERSION_MAJOR.
pub const AGORA_TOKEN_VERSION_PATCH: u32 = 0;
/// Version of this header's ABI. It grows when a function changes or goes; compare it with agora_abi_version().
pub const AGORA_ABI_VERSION: u32 = 3;

/// Bytes in a signature (HMAC-SHA256).
pub const AGORA_SIGNATURE_SIZE: usize = 32;

/// Bytes in the reason of an agora_refusal, the NUL at its end included.
pub const AGORA_REASON_SIZE: usize = 512;

/// Flag of an agora_call: the rules of the official libraries. Any text, also an empty one and one with a NUL inside,
/// and any number that the format carries; a role publishes or does not. For layers that stand in for those libraries.
pub const AGORA_CALL_OFFICIAL: u32 = 1;
/// Flag of an agora_call: issue_ts counts, in place of the system's time.
pub const AGORA_CALL_ISSUE_TS: u32 = 2;
/// Flag of an agora_call: salt counts, in place of a random one.
pub const AGORA_CALL_SALT: u32 = 4;

/// Type of an agora_value: a text in UTF-8; number is its size in bytes.
pub const AGORA_VALUE_TEXT: u32 = 1;
/// Type of an agora_value: a number that may be negative; number holds the bits of its int64_t.
pub const AGORA_VALUE_INT64: u32 = 2;
/// Type of an agora_value: a number that is not negative.
pub const AGORA_VALUE_UINT64: u32 = 3;
/// Type of an agora_value: data is an agora_rtm2_permissions.
pub const AGORA_VALUE_PERMISSIONS: u32 = 4;

/// Severity of a finding: worth knowing; nothing fails because of it. A greater severity is worse.
pub const AGORA_SEVERITY_NOTE: u32 = 1;
/// Severity of a finding: works now, and will surprise somebody.
pub const AGORA_SEVERITY_WARNING: u32 = 2;
/// Severity of a finding: enough to keep the user out, or from what the user came for.
pub const AGORA_SEVERITY_ERROR: u32 = 3;

/// Field of a service, for agora_unverified_token2_text: channel name of RTC, Streaming and FCDN.
pub const AGORA_FIELD_CHANNEL_NAME: u32 = 1;
/// Field of a service: user account of RTC, Streaming and FCDN; empty for any user.
pub const AGORA_FIELD_ACCOUNT: u32 = 2;
/// Field of a service: user ID of RTM, Chat and RTM2.
pub const AGORA_FIELD_USER_ID: u32 = 3;
/// Field of a service: room UUID of APaaS.
pub const AGORA_FIELD_ROOM_UUID: u32 = 4;
/// Field of a service: user UUID of APaaS.
pub const AGORA_FIELD_USER_UUID: u32 = 5;

/// The ABI version of the library that is linked. A program compiled against this header needs AGORA_ABI_VERSION.
#[unsafe(no_mangle)]
pub extern "C" fn agora_abi_version() -> u32 {
    AGORA_ABI_VERSION
}

/// The version of the library that is linked, such as "0.1.0". Static text, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn agora_version() -> *const c_char {
    const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => c"",
    };
    VERSION.as_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_macros_are_the_packages() {
        let parts = [AGORA_TOKEN_VERSION_MAJOR, AGORA_TOKEN_VERSION_MINOR, AGORA_TOKEN_VERSION_PATCH];
        assert_eq!(parts.map(|part| part.to_string()).join("."), env!("CARGO_PKG_VERSION"));
    }
}
