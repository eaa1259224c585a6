//! Reading an AccessToken2.

use agora_token::describe::{Field, FieldValue};
use agora_token::{Error, ErrorCode, Permissions, Privileges, Service, Text, UnverifiedToken2};

use crate::constants::{
    AGORA_FIELD_ACCOUNT, AGORA_FIELD_CHANNEL_NAME, AGORA_FIELD_ROOM_UUID, AGORA_FIELD_USER_ID, AGORA_FIELD_USER_UUID,
};
use crate::guard::{Chars, Refusable, at};

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
/// Errors: AGORA_ERROR_TOKEN_VERSION, AGORA_ERROR_TOKEN_BASE64, AGORA_ERROR_TOKEN_COMPRESSION,
///     AGORA_ERROR_TOKEN_TOO_LARGE, AGORA_ERROR_TOKEN_TRUNCATED, AGORA_ERROR_TOKEN_DUPLICATE_KEY,
///     AGORA_ERROR_TOKEN_TRAILING_BYTES.
pub(crate) fn unverified_token2_parse(token: &str) -> Refusable<agora_unverified_token2> {
    Ok(agora_unverified_token2::of(UnverifiedToken2::parse(token)?))
}

/// Frees what was read of a token. NULL is allowed.
pub(crate) fn unverified_token2_free(_token: agora_unverified_token2) {}

/// Checks that the holder of this certificate signed what was read, in constant time. Time, channel and user are
/// not looked at: agora_verifier_verify does.
/// Errors: AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_TOKEN_APP_ID, AGORA_ERROR_SIGNATURE_MISMATCH.
pub(crate) fn unverified_token2_verify_signature(
    token: &agora_unverified_token2,
    app_certificate: &str,
) -> Refusable<()> {
    token.token.verify_signature(&app_certificate.parse()?)
}

/// Gives the App ID as received, out_size bytes; 32 hexadecimal digits in a token that can be valid.
pub(crate) fn unverified_token2_app_id(token: &agora_unverified_token2) -> &Chars {
    token.token.app_id()
}

/// Gives the signature as received, out_size bytes; AGORA_SIGNATURE_SIZE in a token that can be valid.
pub(crate) fn unverified_token2_signature(token: &agora_unverified_token2) -> &[u8] {
    token.token.signature()
}

/// Gives the signed bytes as received, out_size of them: all that follows the signature.
pub(crate) fn unverified_token2_signing_info(token: &agora_unverified_token2) -> &[u8] {
    token.token.signing_info()
}

/// Gives all that the token packs, out_size bytes: the signature and the signed bytes.
pub(crate) fn unverified_token2_payload(token: &agora_unverified_token2) -> &[u8] {
    token.token.payload()
}

/// Gives when the token says it was made, Unix seconds.
pub(crate) fn unverified_token2_issue_ts(token: &agora_unverified_token2) -> u32 {
    token.token.issue_ts()
}

/// Gives how long the token says it lives, seconds from the issue timestamp.
pub(crate) fn unverified_token2_expire(token: &agora_unverified_token2) -> u32 {
    token.token.expire()
}

/// Gives issue timestamp plus expire, Unix seconds; it may pass 32 bits.
pub(crate) fn unverified_token2_expires_at(token: &agora_unverified_token2) -> u64 {
    token.token.expires_at().as_secs()
}

/// Gives the salt.
pub(crate) fn unverified_token2_salt(token: &agora_unverified_token2) -> u32 {
    token.token.salt()
}

/// Gives whether every service could be read. The format gives services no length, so a service of an unknown type
/// hides those after it; it is the last of agora_unverified_token2_service_count.
pub(crate) fn unverified_token2_is_complete(token: &agora_unverified_token2) -> bool {
    token.token.is_complete()
}

/// Gives how many signed bytes were not understood: what follows an unknown service, or the last service.
pub(crate) fn unverified_token2_unread_bytes(token: &agora_unverified_token2) -> usize {
    token.token.unread_bytes()
}

/// Gives how many services there are, in the order of the token.
pub(crate) fn unverified_token2_service_count(token: &agora_unverified_token2) -> usize {
    token.token.services().len() + usize::from(!token.token.is_complete())
}

/// Gives the type of a service.
///
/// service: from 0 to below agora_unverified_token2_service_count, here and below.
/// out_type: as AGORA_SERVICE_RTC; another number for an unknown one.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE.
pub(crate) fn unverified_token2_service_type(token: &agora_unverified_token2, service: usize) -> Result<u16, Error> {
    let token = &token.token;
    Ok(match token.unknown_service() {
        Some(unknown) if service == token.services().len() => unknown.service_type,
        _ => at(token.services(), service)?.service_type().number(),
    })
}

/// Gives how many privileges a service grants.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE.
pub(crate) fn unverified_token2_privilege_count(
    token: &agora_unverified_token2,
    service: usize,
) -> Result<usize, Error> {
    Ok(privileges(token, service)?.len())
}

/// Gives a privilege of a service. They stand in order, ascending by number.
///
/// out_privilege: which, as AGORA_RTC_JOIN_CHANNEL.
/// out_expire: for how many seconds from the issue timestamp; 0 for as long as the token.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE.
pub(crate) fn unverified_token2_privilege(
    token: &agora_unverified_token2,
    service: usize,
    index: usize,
) -> Result<(u16, u32), Error> {
    Ok(privileges(token, service)?.iter().nth(index).ok_or(ErrorCode::IndexOutOfRange)?)
}

/// Gives a text of a service as received, out_size bytes, not NUL-terminated.
///
/// field: AGORA_FIELD_CHANNEL_NAME to AGORA_FIELD_USER_UUID.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE, also when that service has no such field.
pub(crate) fn unverified_token2_text(
    token: &agora_unverified_token2,
    service: usize,
    field: u32,
) -> Result<&Chars, Error> {
    match value_of(service_of(token, service)?, numbered(field))? {
        FieldValue::Text(text) => Ok(text.as_bytes()),
        _ => Err(ErrorCode::IndexOutOfRange.into()),
    }
}

/// Gives the role of an APaaS service.
///
/// out_role: -1 stands for none.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE, also for a service of another type.
pub(crate) fn unverified_token2_apaas_role(token: &agora_unverified_token2, service: usize) -> Result<i16, Error> {
    match value_of(service_of(token, service)?, Some(Field::Role))? {
        FieldValue::Role(role) => Ok(role),
        _ => Err(ErrorCode::IndexOutOfRange.into()),
    }
}

/// Gives how many pairs of a resource type and a permission type an RTM2 service has.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE, also for a service of another type.
pub(crate) fn unverified_token2_permission_count(
    token: &agora_unverified_token2,
    service: usize,
) -> Result<usize, Error> {
    Ok(pairs(token, service)?.len())
}

/// Gives a pair of an RTM2 service. They stand in order, ascending by resource type and then by permission type.
///
/// out_resource_type: as AGORA_RTM2_MESSAGE_CHANNELS.
/// out_permission_type: AGORA_RTM2_READ or AGORA_RTM2_WRITE.
/// out_resource_count: how many resources the pair has.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE.
pub(crate) fn unverified_token2_permission(
    token: &agora_unverified_token2,
    service: usize,
    permission: usize,
) -> Result<(u16, u16, usize), Error> {
    let (resource_type, permission_type, resources) = pair(token, service, permission)?;
    Ok((resource_type, permission_type, resources.len()))
}

/// Gives a resource of a pair as received, out_size bytes, not NUL-terminated.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE.
pub(crate) fn unverified_token2_resource(
    token: &agora_unverified_token2,
    service: usize,
    permission: usize,
    resource: usize,
) -> Result<&Chars, Error> {
    Ok(at(pair(token, service, permission)?.2, resource)?.as_bytes())
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
