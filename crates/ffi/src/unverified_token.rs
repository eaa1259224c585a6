//! Reading an AccessToken.

use std::ffi::c_char;

use agora_token::{ErrorCode, UnverifiedToken};

use crate::guard::{bytes, bytes_call, free, give, guard, handle, handle_call, refusable, text};
use crate::refusal::agora_refusal;
use crate::status::agora_status;

/// What an AccessToken (006) says, which anybody could have written: believe it after agora_unverified_token_verify.
/// Channel and user are not in it, only their CRC-32.
pub struct agora_unverified_token {
    token: UnverifiedToken,
}

/// Reads a token without checking who signed it.
///
/// out_token: to be freed with agora_unverified_token_free.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_TOKEN_VERSION,
///     AGORA_ERROR_TOKEN_BASE64, AGORA_ERROR_TOKEN_TRUNCATED, AGORA_ERROR_TOKEN_DUPLICATE_KEY,
///     AGORA_ERROR_TOKEN_TRAILING_BYTES.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_parse(
    token: *const c_char,
    out_token: *mut *mut agora_unverified_token,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_token, out_refusal, || {
            Ok(agora_unverified_token { token: UnverifiedToken::parse(text(token, "token")?)? })
        })
    }
}

/// Frees what was read of a token. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_free(token: *mut agora_unverified_token) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(token) }
}

/// Checks that the holder of this certificate signed this token for this channel and user: both CRCs, and the
/// signature in constant time. Time is not looked at: agora_verifier_check does.
///
/// channel_name, account: what the token was minted with; empty account for any user. A real-time messaging token
///     has its user ID for a channel name, and an empty account.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_CERTIFICATE,
///     AGORA_ERROR_TOKEN_APP_ID, AGORA_ERROR_CHANNEL_MISMATCH, AGORA_ERROR_USER_MISMATCH,
///     AGORA_ERROR_SIGNATURE_MISMATCH.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_verify(
    token: *const agora_unverified_token,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    channel_name_size: usize,
    account: *const c_char,
    account_size: usize,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        refusable(out_refusal, || {
            let certificate = text(app_certificate, "app_certificate")?.parse()?;
            let channel_name = bytes(channel_name, channel_name_size, "channel_name")?;
            let account = bytes(account, account_size, "account")?;
            handle(token, "token")?.token.verify(&certificate, channel_name, account)
        })
    }
}

/// Gives the App ID as received, out_size bytes; 32 hexadecimal digits in a token that can be valid.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_app_id(
    token: *const agora_unverified_token,
    out_data: *mut *const c_char,
    out_size: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { bytes_call(out_data, out_size, || Ok(handle(token, "token")?.token.app_id())) }
}

/// Gives the signature as received, out_size bytes; AGORA_SIGNATURE_SIZE in a token that can be valid.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_signature(
    token: *const agora_unverified_token,
    out_data: *mut *const u8,
    out_size: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { bytes_call(out_data, out_size, || Ok(handle(token, "token")?.token.signature())) }
}

/// Gives the signed message as received, out_size bytes: salt, end and privileges.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_message(
    token: *const agora_unverified_token,
    out_data: *mut *const u8,
    out_size: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { bytes_call(out_data, out_size, || Ok(handle(token, "token")?.token.message())) }
}

/// Gives the CRC-32 of the channel name; 0 for an empty name.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_channel_crc(
    token: *const agora_unverified_token,
    out_channel_crc: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_channel_crc, handle(token, "token")?.token.channel_crc())) }
}

/// Gives the CRC-32 of the user account; 0 for an empty one, which lets any user in.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_user_crc(
    token: *const agora_unverified_token,
    out_user_crc: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_user_crc, handle(token, "token")?.token.user_crc())) }
}

/// Gives the salt.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_salt(
    token: *const agora_unverified_token,
    out_salt: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_salt, handle(token, "token")?.token.salt())) }
}

/// Gives when the token says it ends, absolute Unix seconds.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_expires_at(
    token: *const agora_unverified_token,
    out_expires_at: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            let expires_at = handle(token, "token")?.token.expires_at().as_secs();
            give(out_expires_at, u32::try_from(expires_at).map_err(|_| ErrorCode::Internal)?)
        })
    }
}

/// Gives how many privileges there are.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_privilege_count(
    token: *const agora_unverified_token,
    out_count: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_count, handle(token, "token")?.token.privileges().len())) }
}

/// Gives a privilege, ascending by number: which, and until when, absolute Unix seconds; 0 for as long as the
/// token.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token_privilege(
    token: *const agora_unverified_token,
    index: usize,
    out_privilege: *mut u16,
    out_expired_ts: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            let entry = handle(token, "token")?.token.privileges().iter().nth(index);
            let (privilege, expired_ts) = entry.ok_or(ErrorCode::IndexOutOfRange)?;
            if out_privilege.is_null() || out_expired_ts.is_null() {
                return Err(ErrorCode::NullArgument.into());
            }
            give(out_privilege, privilege)?;
            give(out_expired_ts, expired_ts)
        })
    }
}
