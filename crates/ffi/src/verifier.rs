//! One verdict on a token, and a decoded token as JSON.

use agora_token::{UnixTime, Unverified, Verifier};

use crate::guard::{Refusable, service_type};

/// Checks tokens of either generation: the signature always, the time unless told not to, and App ID, service,
/// privilege, channel and user where they are given. What is asked of services must hold in one of them, which must let
/// in at all; none that answers may have ended. An AccessToken2 is over 24 hours after it was issued, whatever it says. A setter that is called again
/// replaces what it set.
pub struct agora_verifier {
    verifier: Verifier,
}

/// Makes a verifier that accepts tokens signed with this certificate, at the system's time.
///
/// app_certificate: 32 hexadecimal digits.
/// out_verifier: to be freed with agora_verifier_free.
/// Errors: AGORA_ERROR_INVALID_APP_CERTIFICATE.
pub(crate) fn verifier_new(app_certificate: &str) -> Refusable<agora_verifier> {
    Ok(agora_verifier { verifier: Verifier::new(app_certificate.parse()?) })
}

/// Frees a verifier, and wipes its certificates. NULL is allowed.
pub(crate) fn verifier_free(_verifier: agora_verifier) {}

/// Accepts tokens signed with this certificate too: while certificates are rotated, both are good.
/// Errors: AGORA_ERROR_INVALID_APP_CERTIFICATE.
pub(crate) fn verifier_add_certificate(verifier: &mut agora_verifier, app_certificate: &str) -> Refusable<()> {
    let certificate = app_certificate.parse()?;
    verifier.set(|verifier| verifier.or_certificate(certificate));
    Ok(())
}

/// Judges by this time, Unix seconds, instead of the system's.
pub(crate) fn verifier_set_now(verifier: &mut agora_verifier, now: u64) {
    verifier.set(|verifier| verifier.at(UnixTime::from_secs(now)));
}

/// Does not look at the time.
pub(crate) fn verifier_ignore_time(verifier: &mut agora_verifier) {
    verifier.set(Verifier::ignore_time);
}

/// Allows clocks to differ by this many seconds, both ways; more than 3600 counts as 3600. 0 unless set.
pub(crate) fn verifier_set_leeway(verifier: &mut agora_verifier, seconds: u32) {
    verifier.set(|verifier| verifier.leeway(seconds));
}

/// Wants the token to be for this project.
/// Errors: AGORA_ERROR_INVALID_APP_ID.
pub(crate) fn verifier_set_app_id(verifier: &mut agora_verifier, app_id: &str) -> Refusable<()> {
    let app_id = app_id.parse()?;
    verifier.set(|verifier| verifier.app_id(app_id));
    Ok(())
}

/// Wants the token to carry this service. Channel, user and privilege are then looked for in it alone.
///
/// service: AGORA_SERVICE_RTC or another of them. An AccessToken (006) carries AGORA_SERVICE_RTC, AGORA_SERVICE_RTM or
///     both.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE when there is no such service.
pub(crate) fn verifier_set_service(verifier: &mut agora_verifier, service: u16) -> Refusable<()> {
    let service = service_type(service)?;
    verifier.set(|verifier| verifier.service(service));
    Ok(())
}

/// Wants the token to grant this privilege, and the privilege not to have ended. The same number means something else
/// in another service, so say which with agora_verifier_set_service. Unless this is set, the privilege to join or to
/// log in is what counts, and one to publish may be missing or have ended.
///
/// privilege: a privilege of the service, such as AGORA_RTC_PUBLISH_AUDIO_STREAM; in an AccessToken (006) one of the
///     four of RTC, or one whose name starts with AGORA_006_.
pub(crate) fn verifier_set_privilege(verifier: &mut agora_verifier, privilege: u16) {
    verifier.set(|verifier| verifier.privilege(privilege));
}

/// Wants the token to let into this channel. A token for any channel (empty name or "*") does, and so does one for a
/// pattern that this name fits: each "*" in it stands for any characters. A channel is one of RTC, unless
/// agora_verifier_set_service names another service.
pub(crate) fn verifier_set_channel_name(verifier: &mut agora_verifier, channel_name: &str) -> Refusable<()> {
    verifier.set(|verifier| verifier.channel_name(channel_name.to_owned()));
    Ok(())
}

/// Wants the token to let this uid in. A token for any user (empty account or "*") does; 0 asks for such a token.
pub(crate) fn verifier_set_uid(verifier: &mut agora_verifier, uid: u32) {
    verifier.set(|verifier| verifier.uid(uid));
}

/// Wants the token to let this user in: an account of RTC, or a user ID of the messaging services; into the channel if
/// one is asked for. A token for any user (empty account or "*") does. Replaces what agora_verifier_set_uid asked for.
pub(crate) fn verifier_set_user_account(verifier: &mut agora_verifier, user_account: &str) -> Refusable<()> {
    verifier.set(|verifier| verifier.user_account(user_account.to_owned()));
    Ok(())
}

/// Judges a token: AGORA_OK when nothing is wrong, else the first thing that is.
/// Errors: those of agora_verifier_verify, and AGORA_ERROR_SIGNATURE_MISMATCH to AGORA_ERROR_CHANNEL_AND_USER_REQUIRED,
///     AGORA_ERROR_TOKEN_APP_ID, AGORA_ERROR_TOKEN_AMBIGUOUS. Of an AccessToken2 that no certificate signed,
///     AGORA_ERROR_SIGNATURE_MISMATCH or AGORA_ERROR_TOKEN_APP_ID alone.
pub(crate) fn verifier_check(verifier: &agora_verifier, token: &str) -> Refusable<()> {
    let verdict = verifier.verifier.verify(token)?;
    verdict.refusals().first().map_or(Ok(()), |refusal| Err(refusal.clone()))
}

/// Judges a token and tells all that is wrong with it. Succeeds when a verdict was reached, also when that is a
/// refusal.
///
/// out_json: one line, to be freed with agora_string_free:
///       {"valid": false,              whether nothing is wrong
///        "certificate": 0,            which certificate signed it, counted from 0 in the order added; or null
///        "refusals": [{"code": "TOKEN_EXPIRED", "field": "expire", "reason": "the token expired 2 hours ago"}],
///        "token": {...}}              as agora_parse_token gives it; or null when no certificate signed it
///     Its signature is in it: log it only where you would log the token.
/// Errors: when the token cannot be read, those of agora_parse_token; AGORA_ERROR_TOKEN_TOO_LARGE also for a token
///     that inflates to more than 64 KiB, or has more than 64 services or 4096 privileges, permissions and resources;
///     AGORA_ERROR_CLOCK_OUT_OF_RANGE.
pub(crate) fn verifier_verify(verifier: &agora_verifier, token: &str) -> Refusable<String> {
    Ok(verifier.verifier.verify(token)?.to_json())
}

/// Decodes a token of either generation to one JSON document, without checking who signed it.
///
/// out_json: one line, to be freed with agora_string_free. Of an AccessToken2:
///       {"version": "007", "appId": "970C...", "issuedAt": 1700000000, "expiresIn": 3600, "expiresAt": 1700003600,
///        "salt": 12345678, "signature": "hexadecimal",
///        "services": [{"type": 1, "name": "rtc", "privileges": {"joinChannel": 3600, ...},
///                      "channel": "room", "account": "42"}, ...],
///        "complete": true, "unreadBytes": 0}
///     Times are Unix seconds, lifetimes seconds from issuedAt. Names of services: rtc, rtm, streaming, fpa, chat,
///     fcdn, apaas, rtm2, convoAi, stt, unknown; of their fields: channel, account, userId, roomUuid, userUuid, role,
///     permissions. A privilege without a name has its number for a key. Of an AccessToken:
///       {"version": "006", "appId": "970C...", "salt": 12345678, "expiresAt": 1700086400, "channelCrc": 1,
///        "userCrc": 2, "signature": "hexadecimal", "privileges": {"joinChannel": 1700003600, ...}}
///     Text that is no UTF-8 stands as null, with its bytes in hexadecimal under the same name and "Hex".
/// Errors: those of agora_unverified_token2_parse.
pub(crate) fn parse_token(token: &str) -> Refusable<String> {
    Ok(Unverified::parse(token)?.to_json())
}

impl agora_verifier {
    fn set(&mut self, set: impl FnOnce(Verifier) -> Verifier) {
        self.verifier = set(self.verifier.clone());
    }
}
