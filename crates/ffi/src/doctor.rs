//! Why a token does not let its user in.

use std::ffi::c_char;

use agora_token::doctor::{Attempt, JoinedAs, diagnose};
use agora_token::{Error, ErrorCode, Role, ServiceType, UnixTime};

use crate::guard::{free, guard, handle, handle_call, handle_mut, string_call, text};
use crate::status::agora_status;

/// What is known of a client's attempt to join. Everything may be left out; the more is given, the more is found.
#[derive(Default)]
pub struct agora_attempt {
    app_id: Option<String>,
    channel_name: Option<String>,
    user: Option<User>,
    service: Option<ServiceType>,
    role: Option<Role>,
    at: Option<UnixTime>,
    sdk: Option<String>,
    error: Option<String>,
    certificates: Vec<String>,
    redact: bool,
}

enum User {
    Uid(u32),
    Account(String),
}

/// Starts the description of an attempt of which nothing is known.
///
/// out_attempt: to be freed with agora_attempt_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_new(out_attempt: *mut *mut agora_attempt) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { handle_call(out_attempt, || Ok(agora_attempt::default())) }
}

/// Frees the description of an attempt. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_free(attempt: *mut agora_attempt) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(attempt) }
}

/// Sets the App ID the client joined with, as it is: also one that is wrong.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_app_id(attempt: *mut agora_attempt, app_id: *const c_char) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.app_id = Some(text(app_id)?.to_owned());
            Ok(())
        })
    }
}

/// Sets the channel the client joined.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_channel_name(
    attempt: *mut agora_attempt,
    channel_name: *const c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.channel_name = Some(text(channel_name)?.to_owned());
            Ok(())
        })
    }
}

/// Says that the client joined with a uid; 0 asks the service for one.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_uid(attempt: *mut agora_attempt, uid: u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.user = Some(User::Uid(uid));
            Ok(())
        })
    }
}

/// Says that the client joined with a user account, or logged in with an RTM or Chat user ID.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_user_account(
    attempt: *mut agora_attempt,
    user_account: *const c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.user = Some(User::Account(text(user_account)?.to_owned()));
            Ok(())
        })
    }
}

/// Sets what the client used the token for, as AGORA_SERVICE_RTC.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE for no known service.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_service(attempt: *mut agora_attempt, service: u16) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.service = Some(ServiceType::from_number(service).ok_or(ErrorCode::IndexOutOfRange)?);
            Ok(())
        })
    }
}

/// Sets what the client meant to be: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_ROLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_role(attempt: *mut agora_attempt, role: u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.role = Some(Role::from_number(role)?);
            Ok(())
        })
    }
}

/// Sets when the client tried, Unix seconds; now unless set.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_at(attempt: *mut agora_attempt, at: u64) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.at = Some(UnixTime::from_secs(at));
            Ok(())
        })
    }
}

/// Sets the SDK and its version, such as "web 4.20.0", "android 3.7", "flutter 6.3".
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_sdk(attempt: *mut agora_attempt, sdk: *const c_char) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.sdk = Some(text(sdk)?.to_owned());
            Ok(())
        })
    }
}

/// Sets the error number or text that the client saw, such as "110".
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_error(attempt: *mut agora_attempt, error: *const c_char) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.error = Some(text(error)?.to_owned());
            Ok(())
        })
    }
}

/// Adds an App Certificate as it is configured, also one that is wrong. It never shows in a finding.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_add_certificate(
    attempt: *mut agora_attempt,
    app_certificate: *const c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.certificates.push(text(app_certificate)?.to_owned());
            Ok(())
        })
    }
}

/// Masks App ID, channel and user in what is found, to post it in public.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_redact(attempt: *mut agora_attempt) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, |attempt| {
            attempt.redact = true;
            Ok(())
        })
    }
}

/// Diagnoses a token, which may be damaged, against what is known of the attempt to join with it.
///
/// out_json: {"findings":[{"code":...,"severity":"error" or "warning" or "note","cause":...,"fix":...}]}, the surest
///     explanation first, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_CLOCK_OUT_OF_RANGE. A token that cannot be
///     read is a finding, not an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_diagnose(
    token: *const c_char,
    attempt: *const agora_attempt,
    out_json: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_json, || {
            let attempt = handle(attempt)?;
            let certificates: Vec<&str> = attempt.certificates.iter().map(String::as_str).collect();
            let attempt = Attempt {
                app_id: attempt.app_id.as_deref(),
                channel_name: attempt.channel_name.as_deref(),
                user: attempt.user.as_ref().map(|user| match user {
                    User::Uid(uid) => JoinedAs::Uid(*uid),
                    User::Account(account) => JoinedAs::Account(account),
                }),
                service: attempt.service,
                role: attempt.role,
                at: attempt.at,
                sdk: attempt.sdk.as_deref(),
                error: attempt.error.as_deref(),
                certificates: &certificates,
                redact: attempt.redact,
            };
            Ok(diagnose(text(token)?, &attempt)?.to_json())
        })
    }
}

unsafe fn change(
    attempt: *mut agora_attempt,
    change: impl FnOnce(&mut agora_attempt) -> Result<(), Error>,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    guard(|| change(unsafe { handle_mut(attempt) }?))
}
