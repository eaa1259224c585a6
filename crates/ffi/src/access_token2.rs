//! The mechanism of AccessToken2: any services with any privileges.

use std::ffi::c_char;
use std::ptr;

use agora_token::describe::{apaas_chat_user_id, service_of};
use agora_token::{AccessToken2, AppCertificate, Error, ErrorCode, SIGNATURE_SIZE, Service, Stamp};

use crate::call::{agora_value, given};
use crate::guard::{
    bytes, credentials, free, give, guard, handle, handle_call, handle_mut, refusable, service_type, string_call,
};
use crate::refusal::agora_refusal;
use crate::status::agora_status;

/// An AccessToken2 (007) in the making. It expresses every token that exists, also ones that let in more than meant;
/// the agora_build functions check their arguments.
pub struct agora_access_token2 {
    token: AccessToken2<'static>,
    certificate: AppCertificate,
}

/// Starts an AccessToken2 without services and with a random salt from 16842752 to 99999999.
///
/// app_id, app_certificate: 32 hexadecimal digits each.
/// issue_ts: when it is made, Unix seconds; 0 for now.
/// expire: how long it lives, seconds from issue_ts, any number.
/// out_token: to be freed with agora_access_token2_free.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_new(
    app_id: *const c_char,
    app_certificate: *const c_char,
    issue_ts: u32,
    expire: u32,
    out_token: *mut *mut agora_access_token2,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_token, out_refusal, || {
            let credentials = credentials(app_id, app_certificate)?;
            let mut stamp = Stamp::now()?;
            if issue_ts != 0 {
                stamp.issue_ts = issue_ts;
            }
            let token = AccessToken2::new(credentials.app_id, expire, stamp);
            Ok(agora_access_token2 { token, certificate: credentials.app_certificate })
        })
    }
}

/// Frees an AccessToken2 in the making, and wipes its certificate. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_free(token: *mut agora_access_token2) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(token) }
}

/// Sets the issue timestamp, Unix seconds; 0 is 0 here, not now.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_set_issue_ts(
    token: *mut agora_access_token2,
    issue_ts: u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            handle_mut(token, "token")?.token.issue_ts = issue_ts;
            Ok(())
        })
    }
}

/// Sets how long the token lives, seconds from the issue timestamp; any number.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_set_expire(token: *mut agora_access_token2, expire: u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            handle_mut(token, "token")?.token.expire = expire;
            Ok(())
        })
    }
}

/// Sets the salt; any number. For tests: a fixed one makes the token reproducible.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_set_salt(token: *mut agora_access_token2, salt: u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            handle_mut(token, "token")?.token.salt = salt;
            Ok(())
        })
    }
}

/// Gives the issue timestamp, Unix seconds.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_issue_ts(
    token: *const agora_access_token2,
    out_issue_ts: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_issue_ts, handle(token, "token")?.token.issue_ts)) }
}

/// Gives how long the token lives, seconds from the issue timestamp.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_expire(
    token: *const agora_access_token2,
    out_expire: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_expire, handle(token, "token")?.token.expire)) }
}

/// Gives the salt.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_salt(
    token: *const agora_access_token2,
    out_salt: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_salt, handle(token, "token")?.token.salt)) }
}

/// Adds a service without privileges, whichever it is: all functions whose names begin with agora_access_token2_add_,
/// but for the one of privileges, in one.
///
/// service: AGORA_SERVICE_RTC or another of them.
/// values: the fields of the service, in the order of its function.
/// count: how many values there are.
/// out_service: its index, for agora_access_token2_add_privilege.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: those of the function of the service; AGORA_ERROR_INDEX_OUT_OF_RANGE when there is no such service, and for
///     too many values.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_service(
    token: *mut agora_access_token2,
    service: u16,
    values: *const agora_value,
    count: usize,
    out_service: *mut usize,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { refusable(out_refusal, || add(token, service, given(values, count)?, out_service)) }
}

/// Grants a privilege, replacing an earlier grant of the same.
///
/// service: what an _add function gave.
/// privilege: as AGORA_RTC_JOIN_CHANNEL; any number is carried.
/// expire: how long, seconds from the issue timestamp; 0 for as long as the token.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_privilege(
    token: *mut agora_access_token2,
    service: usize,
    privilege: u16,
    expire: u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            let services = &mut handle_mut(token, "token")?.token.services;
            let service = services.get_mut(service).ok_or(ErrorCode::IndexOutOfRange)?;
            service.privileges.set(privilege, expire);
            Ok(())
        })
    }
}

/// Signs and encodes the token. It may be changed and built again.
///
/// out_token: to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_NO_SERVICES, AGORA_ERROR_TOO_MANY_ENTRIES,
///     AGORA_ERROR_PAYLOAD_TOO_LARGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_build(
    token: *const agora_access_token2,
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

/// Gives the signature that agora_access_token2_build puts into the token.
///
/// out_signature: room for AGORA_SIGNATURE_SIZE bytes.
/// Errors: those of agora_access_token2_build.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_signature(
    token: *const agora_access_token2,
    out_signature: *mut u8,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            let token = handle(token, "token")?;
            give(out_signature.cast::<[u8; SIGNATURE_SIZE]>(), token.token.signature(&token.certificate)?)
        })
    }
}

/// Gives the Chat user ID that agora_build_apaas_room_user_token2 derives from a user UUID: its MD5 in lower-case
/// hexadecimal. For a classroom token that is put together with agora_access_token2.
///
/// user_uuid: any bytes.
/// out_user_id: 32 digits, to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_apaas_chat_user_id(
    user_uuid: *const c_char,
    user_uuid_size: usize,
    out_user_id: *mut *mut c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_user_id, ptr::null_mut(), || {
            Ok(apaas_chat_user_id(bytes(user_uuid, user_uuid_size, "user_uuid")?))
        })
    }
}

/// What the function of one service goes through.
///
/// # Safety
/// `token` is NULL or a live handle that nobody else uses meanwhile; the out-parameters are NULL or may be written to.
pub(crate) unsafe fn add_service(
    token: *mut agora_access_token2,
    service: u16,
    values: &[agora_value],
    out_service: *mut usize,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller's promise is the same.
    unsafe { refusable(out_refusal, || add(token, service, values, out_service)) }
}

unsafe fn add(
    token: *mut agora_access_token2,
    service: u16,
    values: &[agora_value],
    out_service: *mut usize,
) -> Result<(), Error> {
    // SAFETY: the caller's promise is the same.
    let values: Vec<_> = values.iter().map(|value| unsafe { value.read(true) }).collect();
    // SAFETY: as above.
    let services = unsafe { &mut handle_mut(token, "token")?.token.services };
    let added = Service::new(service_of(service_type(service)?, &values)?);
    // SAFETY: as above. Written before the service is added: a NULL here must not leave one behind.
    unsafe { give(out_service, services.len()) }?;
    services.push(added);
    Ok(())
}
