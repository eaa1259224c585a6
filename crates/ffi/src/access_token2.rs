//! The mechanism of AccessToken2: any services with any privileges.

use agora_token::describe::{self, service_of};
use agora_token::{
    AccessToken2, AppCertificate, Credentials, Error, ErrorCode, PackedService, SIGNATURE_SIZE, Service, Stamp,
};

use crate::call::agora_value;
use crate::guard::{Refusable, give, handle_mut, refusable, service_type};
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
/// Errors: AGORA_ERROR_INVALID_APP_ID, AGORA_ERROR_INVALID_APP_CERTIFICATE.
pub(crate) fn access_token2_new(
    app_id: &str,
    app_certificate: &str,
    issue_ts: u32,
    expire: u32,
) -> Refusable<agora_access_token2> {
    let mut stamp = Stamp::now()?;
    if issue_ts != 0 {
        stamp.issue_ts = issue_ts;
    }
    access_token2_new_at(app_id, app_certificate, stamp.issue_ts, expire, stamp.salt)
}

/// Starts an AccessToken2 without services whose time and salt are given: it asks the system for nothing.
///
/// app_id, app_certificate: 32 hexadecimal digits each.
/// issue_ts: when it is made, Unix seconds; 0 is 0 here, not now.
/// expire: how long it lives, seconds from issue_ts, any number.
/// salt: any number.
/// out_token: to be freed with agora_access_token2_free.
/// Errors: AGORA_ERROR_INVALID_APP_ID, AGORA_ERROR_INVALID_APP_CERTIFICATE.
pub(crate) fn access_token2_new_at(
    app_id: &str,
    app_certificate: &str,
    issue_ts: u32,
    expire: u32,
    salt: u32,
) -> Refusable<agora_access_token2> {
    // The mechanism takes any two: Credentials::new refuses a certificate that is the App ID too.
    let credentials = Credentials { app_id: app_id.parse()?, app_certificate: app_certificate.parse()? };
    let token = AccessToken2::new(credentials.app_id, expire, Stamp { issue_ts, salt });
    Ok(agora_access_token2 { token, certificate: credentials.app_certificate })
}

/// Frees an AccessToken2 in the making, and wipes its certificate. NULL is allowed.
pub(crate) fn access_token2_free(_token: agora_access_token2) {}

/// Sets the issue timestamp, Unix seconds; 0 is 0 here, not now.
pub(crate) fn access_token2_set_issue_ts(token: &mut agora_access_token2, issue_ts: u32) {
    token.token.issue_ts = issue_ts;
}

/// Sets how long the token lives, seconds from the issue timestamp; any number.
pub(crate) fn access_token2_set_expire(token: &mut agora_access_token2, expire: u32) {
    token.token.expire = expire;
}

/// Sets the salt; any number. For tests: a fixed one makes the token reproducible.
pub(crate) fn access_token2_set_salt(token: &mut agora_access_token2, salt: u32) {
    token.token.salt = salt;
}

/// Gives the issue timestamp, Unix seconds.
pub(crate) fn access_token2_issue_ts(token: &agora_access_token2) -> u32 {
    token.token.issue_ts
}

/// Gives how long the token lives, seconds from the issue timestamp.
pub(crate) fn access_token2_expire(token: &agora_access_token2) -> u32 {
    token.token.expire
}

/// Gives the salt.
pub(crate) fn access_token2_salt(token: &agora_access_token2) -> u32 {
    token.token.salt
}

/// Grants a privilege, replacing an earlier grant of the same.
///
/// service: what an _add function gave.
/// privilege: as AGORA_RTC_JOIN_CHANNEL; any number is carried.
/// expire: how long, seconds from the issue timestamp; 0 for as long as the token.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE.
pub(crate) fn access_token2_add_privilege(
    token: &mut agora_access_token2,
    service: usize,
    privilege: u16,
    expire: u32,
) -> Result<(), Error> {
    let service = token.token.services.get_mut(service).ok_or(ErrorCode::IndexOutOfRange)?;
    service.privileges.set(privilege, expire);
    Ok(())
}

/// Adds a service as it stands in a token, for one whose type is not known here; what is in it is not looked at. It has
/// no index, and its privileges are in what is given.
///
/// service_type: its number.
/// content: what follows the number in the token: officially the number of privileges in 16 bits, each of them in 16
///     bits and its seconds in 32, then the fields; all little-endian.
pub(crate) fn access_token2_add_packed(token: &mut agora_access_token2, service_type: u16, content: &[u8]) {
    token.token.packed_services.push(PackedService { service_type, content: content.to_owned() });
}

/// Signs and encodes the token. It may be changed and built again.
///
/// out_token: to be freed with agora_string_free.
/// Errors: AGORA_ERROR_NO_SERVICES, AGORA_ERROR_TOO_MANY_ENTRIES, AGORA_ERROR_PAYLOAD_TOO_LARGE.
pub(crate) fn access_token2_build(token: &agora_access_token2) -> Result<String, Error> {
    token.token.build(&token.certificate)
}

/// Gives the signature that agora_access_token2_build puts into the token.
///
/// out_signature: room for AGORA_SIGNATURE_SIZE bytes.
/// Errors: those of agora_access_token2_build.
pub(crate) fn access_token2_signature(token: &agora_access_token2) -> Result<[u8; SIGNATURE_SIZE], Error> {
    token.token.signature(&token.certificate)
}

/// Gives the Chat user ID that agora_build_apaas_room_user_token2 derives from a user UUID: its MD5 in lower-case
/// hexadecimal. For a classroom token that is put together with agora_access_token2.
///
/// user_uuid: any bytes.
/// out_user_id: 32 digits, to be freed with agora_string_free.
pub(crate) fn apaas_chat_user_id(user_uuid: &[u8]) -> String {
    describe::apaas_chat_user_id(user_uuid)
}

/// Adds a service of these fields.
///
/// # Safety
/// The values keep the header's rules for pointers, `token` is NULL or a live handle that nobody else uses meanwhile,
/// and the out-parameters are NULL or may be written to.
pub(crate) unsafe fn add_service(
    token: *mut agora_access_token2,
    service: u16,
    values: Result<&[agora_value], Error>,
    out_service: *mut usize,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller's promise is the same.
    unsafe {
        refusable(out_refusal, || {
            let values: Vec<_> = values?.iter().map(|value| value.read(true)).collect();
            let services = &mut handle_mut(token, "token")?.token.services;
            let added = Service::new(service_of(service_type(service)?, &values)?);
            // Written before the service is added: a NULL here must not leave one behind.
            give(out_service, "out_service", services.len())?;
            services.push(added);
            Ok(())
        })
    }
}
