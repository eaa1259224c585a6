//! The official one-call builders of AccessToken (006).

use std::ffi::c_char;

use agora_token::Stamp;
use agora_token::builder::{build_rtm_token, build_token_with_uid, build_token_with_user_account};

use crate::guard::{credentials, string_call, text};
use crate::status::agora_status;

/// Builds an AccessToken (006) that lets a uid join a channel. Mirrors the official C++
/// RtcTokenBuilder::buildTokenWithUid, argument for argument.
///
/// app_id: 32 hexadecimal digits.
/// app_certificate: 32 hexadecimal digits; secret.
/// channel_name: 1 to 63 bytes of the documented characters (see AGORA_ERROR_INVALID_CHANNEL_NAME); blank and "*",
///     which mean any channel, are refused.
/// uid: 1 to 4294967295; 0 lets any user join.
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER; the older AGORA_ROLE_ATTENDEE and AGORA_ROLE_ADMIN publish
///     too.
/// privilege_expired_ts: when the privileges end, absolute Unix seconds from 1000000000 on; 0 for as long as the
///     token, which always ends 24 hours from now.
/// out_token: the token, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_CHANNEL_NAME, AGORA_ERROR_INVALID_ROLE,
///     AGORA_ERROR_PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION, AGORA_ERROR_RANDOM_SOURCE_FAILED,
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_token_with_uid(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    uid: u32,
    role: u32,
    privilege_expired_ts: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_token_with_uid(&credentials, text(channel_name)?, uid, role, privilege_expired_ts, Stamp::now()?)
        })
    }
}

/// Builds an AccessToken (006) that lets a user account join a channel; else as agora_build_token_with_uid.
///
/// user_account: 1 to 255 bytes; it is text, so "0" is a user called 0 and not any user.
/// Errors: those of agora_build_token_with_uid, and AGORA_ERROR_INVALID_USER_ACCOUNT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_token_with_user_account(
    app_id: *const c_char,
    app_certificate: *const c_char,
    channel_name: *const c_char,
    user_account: *const c_char,
    role: u32,
    privilege_expired_ts: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_token_with_user_account(
                &credentials,
                text(channel_name)?,
                text(user_account)?,
                role,
                privilege_expired_ts,
                Stamp::now()?,
            )
        })
    }
}

/// Builds an AccessToken (006) to log in to real-time messaging.
///
/// user_account: 1 to 255 bytes.
/// role: as for agora_build_token_with_uid; it changes nothing, in the official builders neither.
/// privilege_expired_ts: as for agora_build_token_with_uid.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_USER_ACCOUNT, AGORA_ERROR_INVALID_ROLE,
///     AGORA_ERROR_PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION, AGORA_ERROR_RANDOM_SOURCE_FAILED,
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_build_rtm_token(
    app_id: *const c_char,
    app_certificate: *const c_char,
    user_account: *const c_char,
    role: u32,
    privilege_expired_ts: u32,
    out_token: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_token, || {
            let credentials = credentials(app_id, app_certificate)?;
            build_rtm_token(&credentials, text(user_account)?, role, privilege_expired_ts, Stamp::now()?)
        })
    }
}
