//! Reading an AccessToken2.

use std::ffi::c_char;

use agora_token::describe::{Field, FieldValue};
use agora_token::{Error, ErrorCode, Permissions, Privileges, Service, Text, UnverifiedToken2};

use crate::constants::{
    AGORA_FIELD_ACCOUNT, AGORA_FIELD_CHANNEL_NAME, AGORA_FIELD_ROOM_UUID, AGORA_FIELD_USER_ID, AGORA_FIELD_USER_UUID,
};
use crate::guard::{at, bytes_call, free, give, guard, handle, handle_call, refusable, text};
use crate::refusal::agora_refusal;
use crate::status::agora_status;

/// What an AccessToken2 (007) says, which anybody could have written: believe it after
/// agora_unverified_token2_verify_signature.
pub struct agora_unverified_token2 {
    token: UnverifiedToken2,
    /// The pairs of each service, so that asking for one by its number is no walk through those before it.
    pairs: Vec<Vec<(u16, u16)>>,
}

/// Reads a token without checking who signed it.
///
/// out_token: to be freed with agora_unverified_token2_free.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_TOKEN_VERSION,
///     AGORA_ERROR_TOKEN_BASE64, AGORA_ERROR_TOKEN_COMPRESSION, AGORA_ERROR_TOKEN_TOO_LARGE,
///     AGORA_ERROR_TOKEN_TRUNCATED, AGORA_ERROR_TOKEN_DUPLICATE_KEY, AGORA_ERROR_TOKEN_TRAILING_BYTES.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_parse(
    token: *const c_char,
    out_token: *mut *mut agora_unverified_token2,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_token, out_refusal, || {
            Ok(agora_unverified_token2::of(UnverifiedToken2::parse(text(token, "token")?)?))
        })
    }
}

/// Frees what was read of a token. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_free(token: *mut agora_unverified_token2) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(token) }
}

/// Checks that the holder of this certificate signed what was read, in constant time. Time, channel and user are
/// not looked at: agora_verifier_check does.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_INVALID_APP_CERTIFICATE,
///     AGORA_ERROR_TOKEN_APP_ID,
///     AGORA_ERROR_SIGNATURE_MISMATCH.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_verify_signature(
    token: *const agora_unverified_token2,
    app_certificate: *const c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        refusable(out_refusal, || {
            let certificate = text(app_certificate, "app_certificate")?.parse()?;
            handle(token, "token")?.token.verify_signature(&certificate)
        })
    }
}

/// Gives the App ID as received, out_size bytes; 32 hexadecimal digits in a token that can be valid.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_app_id(
    token: *const agora_unverified_token2,
    out_data: *mut *const c_char,
    out_size: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { bytes_call(out_data, out_size, || Ok(handle(token, "token")?.token.app_id())) }
}

/// Gives the signature as received, out_size bytes; AGORA_SIGNATURE_SIZE in a token that can be valid.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_signature(
    token: *const agora_unverified_token2,
    out_data: *mut *const u8,
    out_size: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { bytes_call(out_data, out_size, || Ok(handle(token, "token")?.token.signature())) }
}

/// Gives the signed bytes as received, out_size of them: all that follows the signature.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_signing_info(
    token: *const agora_unverified_token2,
    out_data: *mut *const u8,
    out_size: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { bytes_call(out_data, out_size, || Ok(handle(token, "token")?.token.signing_info())) }
}

/// Gives when the token says it was made, Unix seconds.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_issue_ts(
    token: *const agora_unverified_token2,
    out_issue_ts: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_issue_ts, handle(token, "token")?.token.issue_ts())) }
}

/// Gives how long the token says it lives, seconds from the issue timestamp.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_expire(
    token: *const agora_unverified_token2,
    out_expire: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_expire, handle(token, "token")?.token.expire())) }
}

/// Gives issue timestamp plus expire, Unix seconds; it may pass 32 bits.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_expires_at(
    token: *const agora_unverified_token2,
    out_expires_at: *mut u64,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_expires_at, handle(token, "token")?.token.expires_at().as_secs())) }
}

/// Gives the salt.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_salt(
    token: *const agora_unverified_token2,
    out_salt: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_salt, handle(token, "token")?.token.salt())) }
}

/// Gives whether every service could be read. The format gives services no length, so a service of an unknown type
/// hides those after it; it is the last of agora_unverified_token2_service_count.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_is_complete(
    token: *const agora_unverified_token2,
    out_complete: *mut bool,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_complete, handle(token, "token")?.token.is_complete())) }
}

/// Gives how many signed bytes were not understood: what follows an unknown service, or the last service.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_unread_bytes(
    token: *const agora_unverified_token2,
    out_unread_bytes: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_unread_bytes, handle(token, "token")?.token.unread_bytes())) }
}

/// Gives how many services there are, in the order of the token.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_service_count(
    token: *const agora_unverified_token2,
    out_count: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            let token = &handle(token, "token")?.token;
            give(out_count, token.services().len() + usize::from(!token.is_complete()))
        })
    }
}

/// Gives the type of a service, as AGORA_SERVICE_RTC; another number for an unknown one.
///
/// service: from 0 to below agora_unverified_token2_service_count, here and below.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_service_type(
    token: *const agora_unverified_token2,
    service: usize,
    out_type: *mut u16,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            let token = &handle(token, "token")?.token;
            let number = match token.unknown_service() {
                Some(unknown) if service == token.services().len() => unknown.service_type,
                _ => at(token.services(), service)?.service_type().number(),
            };
            give(out_type, number)
        })
    }
}

/// Gives how many privileges a service grants.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_privilege_count(
    token: *const agora_unverified_token2,
    service: usize,
    out_count: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_count, privileges(handle(token, "token")?, service)?.len())) }
}

/// Gives a privilege of a service, ascending by number: which, and for how many seconds from the issue timestamp; 0
/// for as long as the token.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_privilege(
    token: *const agora_unverified_token2,
    service: usize,
    index: usize,
    out_privilege: *mut u16,
    out_expire: *mut u32,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            let entry = privileges(handle(token, "token")?, service)?.iter().nth(index);
            let (privilege, expire) = entry.ok_or(ErrorCode::IndexOutOfRange)?;
            if out_privilege.is_null() || out_expire.is_null() {
                return Err(ErrorCode::NullArgument.into());
            }
            give(out_privilege, privilege)?;
            give(out_expire, expire)
        })
    }
}

/// Gives a text of a service as received, out_size bytes, not NUL-terminated.
///
/// field: AGORA_FIELD_CHANNEL_NAME to AGORA_FIELD_USER_UUID.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE, also when that service has no such field.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_text(
    token: *const agora_unverified_token2,
    service: usize,
    field: u32,
    out_data: *mut *const c_char,
    out_size: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        bytes_call(out_data, out_size, || {
            match value_of(service_of(handle(token, "token")?, service)?, numbered(field))? {
                FieldValue::Text(text) => Ok(text.as_bytes()),
                _ => Err(ErrorCode::IndexOutOfRange.into()),
            }
        })
    }
}

/// Gives the role of an APaaS service; -1 stands for none.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE, also for a service of another type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_apaas_role(
    token: *const agora_unverified_token2,
    service: usize,
    out_role: *mut i16,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| match value_of(service_of(handle(token, "token")?, service)?, Some(Field::Role))? {
            FieldValue::Role(role) => give(out_role, role),
            _ => Err(ErrorCode::IndexOutOfRange.into()),
        })
    }
}

/// Gives how many pairs of a resource type and a permission type an RTM2 service has.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE, also for a service of another type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_permission_count(
    token: *const agora_unverified_token2,
    service: usize,
    out_count: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_count, pairs(handle(token, "token")?, service)?.len())) }
}

/// Gives a pair of an RTM2 service, ascending, and how many resources it has.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_permission(
    token: *const agora_unverified_token2,
    service: usize,
    permission: usize,
    out_resource_type: *mut u16,
    out_permission_type: *mut u16,
    out_resource_count: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            let (resource_type, permission_type, resources) = pair(handle(token, "token")?, service, permission)?;
            if out_resource_type.is_null() || out_permission_type.is_null() || out_resource_count.is_null() {
                return Err(ErrorCode::NullArgument.into());
            }
            give(out_resource_type, resource_type)?;
            give(out_permission_type, permission_type)?;
            give(out_resource_count, resources.len())
        })
    }
}

/// Gives a resource of a pair as received, out_size bytes, not NUL-terminated.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_unverified_token2_resource(
    token: *const agora_unverified_token2,
    service: usize,
    permission: usize,
    resource: usize,
    out_data: *mut *const c_char,
    out_size: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        bytes_call(out_data, out_size, || {
            Ok(at(pair(handle(token, "token")?, service, permission)?.2, resource)?.as_bytes())
        })
    }
}

fn service_of(token: &agora_unverified_token2, service: usize) -> Result<&Service<'static>, Error> {
    at(token.token.services(), service)
}

fn privileges(token: &agora_unverified_token2, service: usize) -> Result<&Privileges, Error> {
    match token.token.unknown_service() {
        Some(unknown) if service == token.token.services().len() => Ok(&unknown.privileges),
        _ => Ok(&service_of(token, service)?.privileges),
    }
}

/// The field with this number in the C ABI.
const fn numbered(number: u32) -> Option<Field> {
    match number {
        AGORA_FIELD_CHANNEL_NAME => Some(Field::ChannelName),
        AGORA_FIELD_ACCOUNT => Some(Field::Account),
        AGORA_FIELD_USER_ID => Some(Field::UserId),
        AGORA_FIELD_ROOM_UUID => Some(Field::RoomUuid),
        AGORA_FIELD_USER_UUID => Some(Field::UserUuid),
        _ => None,
    }
}

/// What a service has in this field.
fn value_of<'s>(service: &'s Service<'static>, field: Option<Field>) -> Result<FieldValue<'s, 'static>, Error> {
    let mut found = Err(ErrorCode::IndexOutOfRange.into());
    let _ = service.kind.try_each(|this, value| {
        if Some(this) == field {
            found = Ok(value);
        }
        Ok::<(), Error>(())
    });
    found
}

impl agora_unverified_token2 {
    fn of(token: UnverifiedToken2) -> agora_unverified_token2 {
        let pairs_of = |service| Some(permissions(service).ok()?.iter().map(|(r, p, _)| (r, p)).collect());
        let pairs = token.services().iter().map(|service| pairs_of(service).unwrap_or_default()).collect();
        agora_unverified_token2 { token, pairs }
    }
}

fn permissions<'s>(service: &'s Service<'static>) -> Result<&'s Permissions<'static>, Error> {
    match value_of(service, Some(Field::Permissions))? {
        FieldValue::Permissions(permissions) => Ok(permissions),
        _ => Err(ErrorCode::IndexOutOfRange.into()),
    }
}

fn pairs(token: &agora_unverified_token2, service: usize) -> Result<&[(u16, u16)], Error> {
    permissions(service_of(token, service)?)?;
    at(&token.pairs, service).map(Vec::as_slice)
}

type Pair<'a> = (u16, u16, &'a [Text<'static>]);

fn pair(token: &agora_unverified_token2, service: usize, permission: usize) -> Result<Pair<'_>, Error> {
    let (resource_type, permission_type) = *at(pairs(token, service)?, permission)?;
    let resources = permissions(service_of(token, service)?)?.get(resource_type, permission_type);
    Ok((resource_type, permission_type, resources.ok_or(ErrorCode::IndexOutOfRange)?))
}
