//! The mechanism of AccessToken2: any services with any privileges.

use std::ffi::c_char;

use agora_token::{AccessToken2, AppCertificate, Error, ErrorCode, SIGNATURE_SIZE, Service, ServiceKind, Stamp};

use crate::guard::{credentials, free, give, guard, handle, handle_call, handle_mut, owned_text, string_call};
use crate::permissions::agora_rtm2_permissions;
use crate::status::agora_status;

/// An AccessToken2 (007) in the making. It expresses every token that exists, also ones that let in more than meant;
/// the agora_build functions check their arguments.
pub struct agora_access_token2 {
    token: AccessToken2<'static>,
    certificate: AppCertificate,
}

/// Starts an AccessToken2 without services and with a random salt from 1 to 99999999.
///
/// app_id, app_certificate: 32 hexadecimal digits each.
/// issue_ts: when it is made, Unix seconds; 0 for now.
/// expire: how long it lives, seconds from issue_ts, any number.
/// out_token: to be freed with agora_access_token2_free.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_ID,
///     AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_RANDOM_SOURCE_FAILED, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_new(
    app_id: *const c_char,
    app_certificate: *const c_char,
    issue_ts: u32,
    expire: u32,
    out_token: *mut *mut agora_access_token2,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_token, || {
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
            handle_mut(token)?.token.issue_ts = issue_ts;
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
            handle_mut(token)?.token.expire = expire;
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
            handle_mut(token)?.token.salt = salt;
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
    unsafe { guard(|| give(out_issue_ts, handle(token)?.token.issue_ts)) }
}

/// Gives how long the token lives, seconds from the issue timestamp.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_expire(
    token: *const agora_access_token2,
    out_expire: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_expire, handle(token)?.token.expire)) }
}

/// Gives the salt.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_salt(
    token: *const agora_access_token2,
    out_salt: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_salt, handle(token)?.token.salt)) }
}

/// Adds an RTC service without privileges. Several services of one type are legal.
///
/// channel_name: any bytes, at most 65535; empty and "*" let into any channel.
/// account: a user account or the decimal digits of a uid, at most 65535 bytes; empty lets any user in.
/// out_service: its index, for agora_access_token2_add_privilege.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_CHANNEL_NAME or AGORA_ERROR_INVALID_USER_ACCOUNT when
///     longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_rtc(
    token: *mut agora_access_token2,
    channel_name: *const c_char,
    channel_name_size: usize,
    account: *const c_char,
    account_size: usize,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        add(token, out_service, || {
            Ok(ServiceKind::Rtc {
                channel_name: owned_text(channel_name, channel_name_size, ErrorCode::InvalidChannelName)?,
                account: owned_text(account, account_size, ErrorCode::InvalidUserAccount)?,
            })
        })
    }
}

/// Adds an RTM service without privileges.
///
/// user_id: any bytes, at most 65535.
/// out_service: its index, for agora_access_token2_add_privilege.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_USER_ID when longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_rtm(
    token: *mut agora_access_token2,
    user_id: *const c_char,
    user_id_size: usize,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        add(token, out_service, || {
            Ok(ServiceKind::Rtm { user_id: owned_text(user_id, user_id_size, ErrorCode::InvalidUserId)? })
        })
    }
}

/// Adds a Streaming service without privileges.
///
/// Arguments as for agora_access_token2_add_rtc.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_CHANNEL_NAME or AGORA_ERROR_INVALID_USER_ACCOUNT when
///     longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_streaming(
    token: *mut agora_access_token2,
    channel_name: *const c_char,
    channel_name_size: usize,
    account: *const c_char,
    account_size: usize,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        add(token, out_service, || {
            Ok(ServiceKind::Streaming {
                channel_name: owned_text(channel_name, channel_name_size, ErrorCode::InvalidChannelName)?,
                account: owned_text(account, account_size, ErrorCode::InvalidUserAccount)?,
            })
        })
    }
}

/// Adds an FPA service without privileges.
///
/// out_service: its index, for agora_access_token2_add_privilege.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_fpa(
    token: *mut agora_access_token2,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { add(token, out_service, || Ok(ServiceKind::Fpa)) }
}

/// Adds a Chat service without privileges.
///
/// user_id: any bytes, at most 65535; empty in an app token.
/// out_service: its index, for agora_access_token2_add_privilege.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_USER_ID when longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_chat(
    token: *mut agora_access_token2,
    user_id: *const c_char,
    user_id_size: usize,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        add(token, out_service, || {
            Ok(ServiceKind::Chat { user_id: owned_text(user_id, user_id_size, ErrorCode::InvalidUserId)? })
        })
    }
}

/// Adds an FCDN service without privileges.
///
/// Arguments as for agora_access_token2_add_rtc.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_CHANNEL_NAME or AGORA_ERROR_INVALID_USER_ACCOUNT when
///     longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_fcdn(
    token: *mut agora_access_token2,
    channel_name: *const c_char,
    channel_name_size: usize,
    account: *const c_char,
    account_size: usize,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        add(token, out_service, || {
            Ok(ServiceKind::Fcdn {
                channel_name: owned_text(channel_name, channel_name_size, ErrorCode::InvalidChannelName)?,
                account: owned_text(account, account_size, ErrorCode::InvalidUserAccount)?,
            })
        })
    }
}

/// Adds an APaaS (Education) service without privileges.
///
/// room_uuid, user_uuid: any bytes, at most 65535.
/// role: any number; -1 stands for none.
/// out_service: its index, for agora_access_token2_add_privilege.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_ROOM_UUID or AGORA_ERROR_INVALID_USER_UUID when longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_apaas(
    token: *mut agora_access_token2,
    room_uuid: *const c_char,
    room_uuid_size: usize,
    user_uuid: *const c_char,
    user_uuid_size: usize,
    role: i16,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        add(token, out_service, || {
            Ok(ServiceKind::Apaas {
                room_uuid: owned_text(room_uuid, room_uuid_size, ErrorCode::InvalidRoomUuid)?,
                user_uuid: owned_text(user_uuid, user_uuid_size, ErrorCode::InvalidUserUuid)?,
                role,
            })
        })
    }
}

/// Adds an RTM2 service without privileges.
///
/// user_id: any bytes, at most 65535.
/// permissions: copied; it stays yours.
/// out_service: its index, for agora_access_token2_add_privilege.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_USER_ID when longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_rtm2(
    token: *mut agora_access_token2,
    user_id: *const c_char,
    user_id_size: usize,
    permissions: *const agora_rtm2_permissions,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        add(token, out_service, || {
            Ok(ServiceKind::Rtm2 {
                user_id: owned_text(user_id, user_id_size, ErrorCode::InvalidUserId)?,
                permissions: handle(permissions)?.permissions.clone(),
            })
        })
    }
}

/// Adds a conversational AI service, which the official builder gives no privileges.
///
/// out_service: its index, for agora_access_token2_add_privilege.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_convo_ai(
    token: *mut agora_access_token2,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { add(token, out_service, || Ok(ServiceKind::ConvoAi)) }
}

/// Adds a speech to text service, which the official builder gives no privileges.
///
/// out_service: its index, for agora_access_token2_add_privilege.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_access_token2_add_stt(
    token: *mut agora_access_token2,
    out_service: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { add(token, out_service, || Ok(ServiceKind::Stt)) }
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
            let services = &mut handle_mut(token)?.token.services;
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
        string_call(out_token, || {
            let token = handle(token)?;
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
            let token = handle(token)?;
            give(out_signature.cast::<[u8; SIGNATURE_SIZE]>(), token.token.signature(&token.certificate)?)
        })
    }
}

unsafe fn add(
    token: *mut agora_access_token2,
    out_service: *mut usize,
    kind: impl FnOnce() -> Result<ServiceKind<'static>, Error>,
) -> agora_status {
    guard(|| {
        // SAFETY: the caller keeps the header's rules for pointers.
        let services = unsafe { &mut handle_mut(token)?.token.services };
        let service = Service::new(kind()?);
        // SAFETY: as above. Written before the service is added: a NULL here must not leave one behind.
        unsafe { give(out_service, services.len()) }?;
        services.push(service);
        Ok(())
    })
}
