//! The mechanism of AccessToken: any channel and user with any privileges.

use std::ffi::c_char;
use std::ptr;

use agora_token::describe::{Field, field_text};
use agora_token::{AccessToken, AppCertificate, SIGNATURE_SIZE, Stamp};

use crate::guard::{bytes, bytes_value, credentials, free, give, guard, handle, handle_call, handle_mut, string_call};
use crate::refusal::agora_refusal;
use crate::status::agora_status;

/// An AccessToken (006) in the making.
///
/// The format signs App ID, channel name and user run together: the token for channel "room1" and user "23" is also
/// signed for channel "room12" and user "3". AccessToken2 does not have that flaw.
pub struct agora_access_token {
    token: AccessToken<'static>,
    certificate: AppCertificate,
}

/// Starts an AccessToken without privileges, with a random salt from 16842752 to 99999999, that ends 24 hours from now.
///
/// app_id, app_certificate: 32 hexadecimal digits each.
/// channel_name: any bytes, at most 65535; in a real-time messaging token the user ID stands here.
/// account: a user account or the decimal digits of a uid, at most 65535 bytes; empty lets any user in.
/// out_token: to be freed with agora_access_token_free.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_CHANNEL_NAME or AGORA_ERROR_INVALID_USER_ACCOUNT
///     when longer, AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token_new(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    channel_name_size: usize,
    account: *const c_char,
    account_size: usize,
    out_token: *mut *mut agora_access_token,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_token, out_refusal, || {
            let credentials = credentials(app_id, app_certificate)?;
            let channel_name = field_text(Field::ChannelName, bytes_value(channel_name, channel_name_size))?;
            let account = field_text(Field::Account, bytes_value(account, account_size))?;
            let token = AccessToken::new(credentials.app_id, channel_name, account, Stamp::now()?);
            Ok(agora_access_token { token, certificate: credentials.app_certificate })
        })
    }
}

/// Frees an AccessToken in the making, and wipes its certificate. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token_free(token: *mut agora_access_token) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(token) }
}

/// Sets the salt; any number. For tests: a fixed one makes the token reproducible.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token_set_salt(token: *mut agora_access_token, salt: u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            handle_mut(token, "token")?.token.salt = salt;
            Ok(())
        })
    }
}

/// Sets when the token ends, absolute Unix seconds; any number.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token_set_expires_at(
    token: *mut agora_access_token,
    expires_at: u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            handle_mut(token, "token")?.token.expires_at = expires_at;
            Ok(())
        })
    }
}

/// Gives the salt.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token_salt(token: *const agora_access_token, out_salt: *mut u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_salt, handle(token, "token")?.token.salt)) }
}

/// Gives when the token ends, absolute Unix seconds.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token_expires_at(
    token: *const agora_access_token,
    out_expires_at: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_expires_at, handle(token, "token")?.token.expires_at)) }
}

/// Grants a privilege, replacing an earlier grant of the same.
///
/// privilege: as AGORA_RTC_JOIN_CHANNEL or AGORA_006_RTM_LOGIN; any number is carried.
/// expired_ts: when it ends, absolute Unix seconds; 0 for as long as the token.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token_add_privilege(
    token: *mut agora_access_token,
    privilege: u16,
    expired_ts: u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            handle_mut(token, "token")?.token.privileges.set(privilege, expired_ts);
            Ok(())
        })
    }
}

/// Signs and encodes the token. It may be changed and built again.
///
/// out_token: to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_TOO_MANY_ENTRIES.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token_build(
    token: *const agora_access_token,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, ptr::null_mut(), || {
            let token = handle(token, "token")?;
            token.token.build(&token.certificate)
        })
    }
}

/// Gives the HMAC of an AccessToken over any parts, as the official AccessToken::GenerateSignature does. Nothing is
/// checked: not the certificate, not the App ID.
///
/// out_signature: room for AGORA_SIGNATURE_SIZE bytes.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token_sign(
    app_certificate: *const c_char,
    app_certificate_size: usize,
    app_id: *const c_char,
    app_id_size: usize,
    channel_name: *const c_char,
    channel_name_size: usize,
    account: *const c_char,
    account_size: usize,
    message: *const c_char,
    message_size: usize,
    out_signature: *mut u8,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            let signature = AccessToken::generate_signature(
                bytes(app_certificate, app_certificate_size, "app_certificate")?,
                bytes(app_id, app_id_size, "app_id")?,
                bytes(channel_name, channel_name_size, "channel_name")?,
                bytes(account, account_size, "account")?,
                bytes(message, message_size, "message")?,
            );
            give(out_signature.cast::<[u8; SIGNATURE_SIZE]>(), signature)
        })
    }
}
