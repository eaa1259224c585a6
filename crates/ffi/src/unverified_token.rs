//! Reading an AccessToken.

use agora_token::{Error, ErrorCode, UnverifiedToken};

use crate::guard::{Chars, Refusable};

/// What an AccessToken (006) says, which anybody could have written: believe it after agora_unverified_token_verify.
/// Channel and user are not in it, only their CRC-32.
pub struct agora_unverified_token {
    token: UnverifiedToken,
}

/// Reads a token without checking who signed it.
///
/// out_token: to be freed with agora_unverified_token_free.
/// Errors: AGORA_ERROR_TOKEN_VERSION, AGORA_ERROR_TOKEN_BASE64, AGORA_ERROR_TOKEN_TRUNCATED,
///     AGORA_ERROR_TOKEN_DUPLICATE_KEY, AGORA_ERROR_TOKEN_TRAILING_BYTES, AGORA_ERROR_TOKEN_TOO_LARGE.
pub(crate) fn unverified_token_parse(token: &str) -> Refusable<agora_unverified_token> {
    Ok(agora_unverified_token { token: UnverifiedToken::parse(token)? })
}

/// Frees what was read of a token. NULL is allowed.
pub(crate) fn unverified_token_free(_token: agora_unverified_token) {}

/// Checks that the holder of this certificate signed this token for this channel and user: both CRCs, and the
/// signature in constant time. Time is not looked at: agora_verifier_verify does.
///
/// channel_name, account: what the token was minted with; empty account for any user. A real-time messaging token
///     has its user ID for a channel name, and an empty account.
/// Errors: AGORA_ERROR_INVALID_APP_CERTIFICATE, AGORA_ERROR_TOKEN_APP_ID, AGORA_ERROR_CHANNEL_MISMATCH,
///     AGORA_ERROR_USER_MISMATCH, AGORA_ERROR_SIGNATURE_MISMATCH.
pub(crate) fn unverified_token_verify(
    token: &agora_unverified_token,
    app_certificate: &str,
    channel_name: &[u8],
    account: &[u8],
) -> Refusable<()> {
    token.token.verify(&app_certificate.parse()?, channel_name, account)
}

/// Gives the App ID as received, out_size bytes; 32 hexadecimal digits in a token that can be valid.
pub(crate) fn unverified_token_app_id(token: &agora_unverified_token) -> &Chars {
    token.token.app_id()
}

/// Gives the signature as received, out_size bytes; AGORA_SIGNATURE_SIZE in a token that can be valid.
pub(crate) fn unverified_token_signature(token: &agora_unverified_token) -> &[u8] {
    token.token.signature()
}

/// Gives the signed message as received, out_size bytes: salt, end and privileges.
pub(crate) fn unverified_token_message(token: &agora_unverified_token) -> &[u8] {
    token.token.message()
}

/// Gives the CRC-32 of the channel name; 0 for an empty name.
pub(crate) fn unverified_token_channel_crc(token: &agora_unverified_token) -> u32 {
    token.token.channel_crc()
}

/// Gives the CRC-32 of the user account; 0 for an empty one, which lets any user in.
pub(crate) fn unverified_token_user_crc(token: &agora_unverified_token) -> u32 {
    token.token.user_crc()
}

/// Gives the salt.
pub(crate) fn unverified_token_salt(token: &agora_unverified_token) -> u32 {
    token.token.salt()
}

/// Gives when the token says it ends, absolute Unix seconds.
pub(crate) fn unverified_token_expires_at(token: &agora_unverified_token) -> Result<u32, Error> {
    Ok(u32::try_from(token.token.expires_at().as_secs()).map_err(|_| ErrorCode::Internal)?)
}

/// Gives how many privileges there are.
pub(crate) fn unverified_token_privilege_count(token: &agora_unverified_token) -> usize {
    token.token.privileges().len()
}

/// Gives a privilege. They stand in order, ascending by number.
///
/// out_privilege: which, as AGORA_RTC_JOIN_CHANNEL.
/// out_expired_ts: until when, absolute Unix seconds; 0 for as long as the token.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE.
pub(crate) fn unverified_token_privilege(token: &agora_unverified_token, index: usize) -> Result<(u16, u32), Error> {
    Ok(token.token.privileges().iter().nth(index).ok_or(ErrorCode::IndexOutOfRange)?)
}
