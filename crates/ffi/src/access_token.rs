//! The mechanism of AccessToken: any channel and user with any privileges.

use agora_token::describe::{Field, Value, field_text};
use agora_token::{AccessToken, AppCertificate, Credentials, Error, SIGNATURE_SIZE, Stamp};

use crate::guard::Refusable;

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
/// Errors: AGORA_ERROR_INVALID_APP_ID, AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_INVALID_CHANNEL_NAME or
///     AGORA_ERROR_INVALID_USER_ACCOUNT when longer.
pub(crate) fn access_token_new(
    app_id: &str,
    app_certificate: &str,
    channel_name: &[u8],
    account: &[u8],
) -> Refusable<agora_access_token> {
    build_at(app_id, app_certificate, channel_name, account, Stamp::now()?)
}

/// Starts an AccessToken without privileges whose end and salt are given: it asks the system for nothing.
///
/// app_id, app_certificate, channel_name, account: as for agora_access_token_new.
/// expires_at: when it ends, absolute Unix seconds; any number.
/// salt: any number.
/// out_token: to be freed with agora_access_token_free.
/// Errors: those of agora_access_token_new but for the last two.
pub(crate) fn access_token_new_at(
    app_id: &str,
    app_certificate: &str,
    channel_name: &[u8],
    account: &[u8],
    expires_at: u32,
    salt: u32,
) -> Refusable<agora_access_token> {
    let mut token = build_at(app_id, app_certificate, channel_name, account, Stamp { issue_ts: 0, salt })?;
    token.token.expires_at = expires_at;
    Ok(token)
}

fn build_at(
    app_id: &str,
    app_certificate: &str,
    channel_name: &[u8],
    account: &[u8],
    stamp: Stamp,
) -> Refusable<agora_access_token> {
    // The mechanism takes any two: Credentials::new refuses a certificate that is the App ID too.
    let credentials = Credentials { app_id: app_id.parse()?, app_certificate: app_certificate.parse()? };
    let channel_name = field_text(Field::ChannelName, Value::Bytes(channel_name))?;
    let account = field_text(Field::Account, Value::Bytes(account))?;
    let token = AccessToken::new(credentials.app_id, channel_name, account, stamp);
    Ok(agora_access_token { token, certificate: credentials.app_certificate })
}

/// Frees an AccessToken in the making, and wipes its certificate. NULL is allowed.
pub(crate) fn access_token_free(_token: agora_access_token) {}

/// Sets the salt; any number. For tests: a fixed one makes the token reproducible.
pub(crate) fn access_token_set_salt(token: &mut agora_access_token, salt: u32) {
    token.token.salt = salt;
}

/// Sets when the token ends, absolute Unix seconds; any number.
pub(crate) fn access_token_set_expires_at(token: &mut agora_access_token, expires_at: u32) {
    token.token.expires_at = expires_at;
}

/// Gives the salt.
pub(crate) fn access_token_salt(token: &agora_access_token) -> u32 {
    token.token.salt
}

/// Gives when the token ends, absolute Unix seconds.
pub(crate) fn access_token_expires_at(token: &agora_access_token) -> u32 {
    token.token.expires_at
}

/// Grants a privilege, replacing an earlier grant of the same.
///
/// privilege: as AGORA_RTC_JOIN_CHANNEL or AGORA_006_RTM_LOGIN; any number is carried.
/// expired_ts: when it ends, absolute Unix seconds; 0 for as long as the token.
pub(crate) fn access_token_add_privilege(token: &mut agora_access_token, privilege: u16, expired_ts: u32) {
    token.token.privileges.set(privilege, expired_ts);
}

/// Signs and encodes the token. It may be changed and built again.
///
/// out_token: to be freed with agora_string_free.
/// Errors: AGORA_ERROR_TOO_MANY_ENTRIES.
pub(crate) fn access_token_build(token: &agora_access_token) -> Result<String, Error> {
    token.token.build(&token.certificate)
}

/// Gives the HMAC of an AccessToken over any parts, as the official AccessToken::GenerateSignature does. Nothing is
/// checked: not the certificate, not the App ID.
///
/// out_signature: room for AGORA_SIGNATURE_SIZE bytes.
pub(crate) fn access_token_sign(
    app_certificate: &[u8],
    app_id: &[u8],
    channel_name: &[u8],
    account: &[u8],
    message: &[u8],
) -> [u8; SIGNATURE_SIZE] {
    AccessToken::generate_signature(app_certificate, app_id, channel_name, account, message)
}
