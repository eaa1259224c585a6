//! Whether a token is good, and a decoded token as JSON.

use std::ffi::{CStr, CString};

use agora_token::{AppCertificate, Credentials, Error, ErrorCode, Expected, UnixTime, Unverified, Verdict, Verifier};

use crate::guard::{Refusable, at, service_type};
use crate::status::agora_status;

/// Checks tokens of either generation: the signature always, the time unless told not to, the App ID, and what is
/// expected of a token. An AccessToken2 is over 24 hours after it was issued, whatever it says. Made once, and used by
/// any number of threads at once.
#[derive(Clone)]
pub struct agora_verifier {
    verifier: Verifier,
}

/// What is expected of one token beside its signature and its time. It must hold in one of the token's services, which
/// must let in at all; none that answers may have ended. Of what is not set, nothing is expected. Each is set once, and
/// there is one user, by uid or account: where it is set again to something else, every token is refused with
/// AGORA_ERROR_UNKNOWN_OPTION. Make one for each token, or copy one that holds what they have in common.
#[derive(Clone, Default)]
pub struct agora_expected {
    expected: Expected<'static>,
}

/// What an agora_verifier found out about a token.
pub struct agora_verdict {
    verdict: Verdict,
    refusals: Vec<RefusalTexts>,
}

/// A refusal with its texts as C reads them.
struct RefusalTexts {
    status: agora_status,
    field: CString,
    reason: CString,
    service: u16,
}

/// Makes a verifier of this project's tokens, at the system's time.
///
/// app_id, app_certificate: 32 hexadecimal digits each.
/// out_verifier: to be freed with agora_verifier_free.
/// Errors: AGORA_ERROR_INVALID_APP_ID, AGORA_ERROR_INVALID_APP_CERTIFICATE.
pub(crate) fn verifier_new(app_id: &str, app_certificate: &str) -> Refusable<agora_verifier> {
    Ok(agora_verifier { verifier: Verifier::new(Credentials::new(app_id, app_certificate)?) })
}

/// Makes a verifier of what the environment says: AGORA_APP_ID, AGORA_APP_CERTIFICATE and, while certificates are
/// rotated, AGORA_APP_CERTIFICATE_SECONDARY.
///
/// out_verifier: to be freed with agora_verifier_free.
/// Errors: those of agora_verifier_new, also for a variable that is not set; the field is its name.
pub(crate) fn verifier_from_env() -> Refusable<agora_verifier> {
    Ok(agora_verifier { verifier: Verifier::from_env()? })
}

/// Copies a verifier: the two are then changed and freed apart.
///
/// out_verifier: to be freed with agora_verifier_free.
pub(crate) fn verifier_copy(verifier: &agora_verifier) -> agora_verifier {
    verifier.clone()
}

/// Frees a verifier, and wipes its certificates. NULL is allowed.
pub(crate) fn verifier_free(_verifier: agora_verifier) {}

/// Accepts tokens signed with this certificate too: while certificates are rotated, both are good.
/// Errors: AGORA_ERROR_INVALID_APP_CERTIFICATE.
pub(crate) fn verifier_add_certificate(verifier: &mut agora_verifier, app_certificate: &str) -> Refusable<()> {
    let certificate: AppCertificate = app_certificate.parse()?;
    verifier.set(|verifier| verifier.with_certificate(certificate));
    Ok(())
}

/// Judges by this time, Unix seconds, instead of the system's, as tests do.
/// Errors: AGORA_ERROR_INVALID_TIMESTAMP of what looks like milliseconds.
pub(crate) fn verifier_set_now(verifier: &mut agora_verifier, now: u64) -> Refusable<()> {
    let now = UnixTime::from_outside(now).map_err(|error| error.in_field("now"))?;
    verifier.set(|verifier| verifier.at(now));
    Ok(())
}

/// Does not look at the time.
pub(crate) fn verifier_ignore_time(verifier: &mut agora_verifier) {
    verifier.set(Verifier::ignore_time);
}

/// Allows clocks to differ by this many seconds, both ways; more than 3600 counts as 3600. 0 unless set.
pub(crate) fn verifier_set_leeway(verifier: &mut agora_verifier, seconds: u32) {
    verifier.set(|verifier| verifier.leeway(seconds));
}

/// Starts what is expected of a token: nothing yet.
///
/// out_expected: to be freed with agora_expected_free.
pub(crate) fn expected_new() -> agora_expected {
    agora_expected::default()
}

/// Copies what is expected: the two are then changed and freed apart.
///
/// out_expected: to be freed with agora_expected_free.
pub(crate) fn expected_copy(expected: &agora_expected) -> agora_expected {
    expected.clone()
}

/// Frees what is expected. NULL is allowed.
pub(crate) fn expected_free(_expected: agora_expected) {}

/// Expects the token to carry this service. Channel, user and privilege are then looked for in it alone.
///
/// service: AGORA_SERVICE_RTC or another of them. An AccessToken (006) carries AGORA_SERVICE_RTC, AGORA_SERVICE_RTM or
///     both.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE when there is no such service.
pub(crate) fn expected_set_service(expected: &mut agora_expected, service: u16) -> Refusable<()> {
    let service = service_type(service)?;
    expected.set(|expected| expected.service(service));
    Ok(())
}

/// Expects the token to grant this privilege, and the privilege not to have ended. The same number means something else
/// in another service, so say which with agora_expected_set_service. Unless this is set, the privilege to join or to
/// log in is what counts, and one to publish may be missing or have ended.
///
/// privilege: a privilege of the service, such as AGORA_RTC_PUBLISH_AUDIO_STREAM; in an AccessToken (006) one of the
///     four of RTC, or one whose name starts with AGORA_006_.
pub(crate) fn expected_set_privilege(expected: &mut agora_expected, privilege: u16) {
    expected.set(|expected| expected.privilege(privilege));
}

/// Expects the token to let into this channel. A token for any channel (empty name or "*") does, and so does one for a
/// pattern that this name fits: each "*" in it stands for any characters. A channel is one of RTC, unless
/// agora_expected_set_service names another service.
pub(crate) fn expected_set_channel(expected: &mut agora_expected, channel: &str) -> Refusable<()> {
    expected.set(|expected| expected.channel(channel.to_owned()));
    Ok(())
}

/// Expects the token to let this uid in. A token for any user (empty account or "*") does; 0 expects such a token.
pub(crate) fn expected_set_uid(expected: &mut agora_expected, uid: u32) {
    expected.set(|expected| expected.uid(uid));
}

/// Expects the token to let this user in: an account of RTC, or a user ID of the messaging services; into the channel if
/// one is expected. A token for any user (empty account or "*") does.
pub(crate) fn expected_set_account(expected: &mut agora_expected, account: &str) -> Refusable<()> {
    expected.set(|expected| expected.account(account.to_owned()));
    Ok(())
}

/// Judges a token: AGORA_OK when it is good, else the first thing that is wrong. agora_verifier_verdict tells all.
///
/// expected: what else is expected of the token; where nothing is, what agora_expected_new gives.
/// Errors: those of agora_inspect when the token cannot be read; AGORA_ERROR_SIGNATURE_MISMATCH to
///     AGORA_ERROR_CHANNEL_AND_USER_REQUIRED, AGORA_ERROR_TOKEN_APP_ID, AGORA_ERROR_TOKEN_AMBIGUOUS;
///     AGORA_ERROR_TOKEN_TOO_LARGE also for a token that inflates to more than 64 KiB, or has more than 64 services or
///     4096 privileges, permissions and resources. Of an AccessToken2 that no
///     certificate signed, AGORA_ERROR_SIGNATURE_MISMATCH or AGORA_ERROR_TOKEN_APP_ID alone.
pub(crate) fn verifier_verify(verifier: &agora_verifier, token: &str, expected: &agora_expected) -> Refusable<()> {
    Ok(verifier.verifier.verify(token, &expected.expected).map(drop)?)
}

/// Judges a token and tells all that is wrong with it. It succeeds also for a token that is refused, and for a text that
/// is no token: ask agora_verdict_is_valid.
///
/// expected: as for agora_verifier_verify.
/// out_verdict: to be freed with agora_verdict_free.
pub(crate) fn verifier_verdict(
    verifier: &agora_verifier,
    token: &str,
    expected: &agora_expected,
) -> Refusable<agora_verdict> {
    let verdict = verifier.verifier.verdict(token, &expected.expected);
    let refusals = verdict.refusals().iter().map(RefusalTexts::new).collect::<Result<_, _>>()?;
    Ok(agora_verdict { verdict, refusals })
}

/// Frees a verdict. NULL is allowed.
pub(crate) fn verdict_free(_verdict: agora_verdict) {}

/// Tells whether the token is good: nothing at all is wrong with it.
pub(crate) fn verdict_is_valid(verdict: &agora_verdict) -> bool {
    verdict.verdict.is_valid()
}

/// Tells which certificate signed the token, counted from 0 in the order added; -1 when none did.
pub(crate) fn verdict_certificate(verdict: &agora_verdict) -> i32 {
    verdict.verdict.certificate().and_then(|index| i32::try_from(index).ok()).unwrap_or(-1)
}

/// Gives how much is wrong with the token: 0 when it is good.
pub(crate) fn verdict_refusal_count(verdict: &agora_verdict) -> usize {
    verdict.refusals.len()
}

/// Gives one thing that is wrong with the token.
///
/// out_status: what it is, as AGORA_ERROR_TOKEN_EXPIRED; agora_status_name gives its name; or NULL.
/// out_field: what of the token it is about, as "channel"; "" for none.
/// out_reason: why, a sentence for people to read.
/// out_service: which service of the token it is about, as AGORA_SERVICE_RTC; 0 for none; or NULL.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE.
pub(crate) fn verdict_refusal(verdict: &agora_verdict, index: usize) -> Result<(i32, &CStr, &CStr, u16), Error> {
    let refusal = at(&verdict.refusals, index)?;
    Ok((refusal.status, &refusal.field, &refusal.reason, refusal.service))
}

/// Gives a verdict as JSON.
///
/// out_json: one line, to be freed with agora_string_free:
///       {"valid": false,              whether nothing is wrong
///        "certificate": 0,            which certificate signed it, counted from 0 in the order added; or null
///        "refusals": [{"code": "TOKEN_EXPIRED", "field": "expires_at", "reason": "the token expired 2 hours ago"}],
///        "token": {...}}              as agora_inspect gives it; or null when no certificate signed it
///     Where a refusal is about one service, it has "service" too. The token's signature is in it: log it only where you
///     would log the token.
pub(crate) fn verdict_to_json(verdict: &agora_verdict) -> Refusable<String> {
    Ok(verdict.verdict.to_json())
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
pub(crate) fn inspect(token: &str) -> Refusable<String> {
    Ok(Unverified::parse(token)?.to_json())
}

impl agora_verifier {
    fn set(&mut self, set: impl FnOnce(Verifier) -> Verifier) {
        self.verifier = set(self.verifier.clone());
    }
}

impl agora_expected {
    fn set(&mut self, set: impl FnOnce(Expected<'static>) -> Expected<'static>) {
        self.expected = set(std::mem::take(&mut self.expected));
    }
}

impl RefusalTexts {
    fn new(error: &Error) -> Result<RefusalTexts, Error> {
        let text = |text: &str| CString::new(text).map_err(|_| ErrorCode::Internal);
        Ok(RefusalTexts {
            status: error.code().number(),
            field: text(error.field())?,
            reason: text(&error.sentence(error.field()))?,
            service: error.service().unwrap_or_default(),
        })
    }
}
