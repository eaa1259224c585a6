//! Why a token does not let its user in.

use std::ffi::{CStr, CString};

use agora_token::doctor::{Attempt, Diagnosis, Finding, JoinedAs, Severity, diagnose as diagnosed};
use agora_token::{Error, ErrorCode, Role, ServiceType, UnixTime};
use zeroize::Zeroizing;

use crate::constants::{AGORA_SEVERITY_ERROR, AGORA_SEVERITY_NOTE, AGORA_SEVERITY_WARNING};
use crate::guard::{Refusable, at, service_type};

/// What is known of a client's attempt to join a channel, or to log in to messaging or Chat, with a token. Everything
/// may be left out; the more is given, the more is found. A setter that is called again replaces what it set.
#[derive(Clone, Default)]
pub struct agora_attempt {
    app_id: Option<String>,
    channel: Option<String>,
    user: Option<User>,
    service: Option<ServiceType>,
    role: Option<Role>,
    at: Option<UnixTime>,
    sdk: Option<String>,
    error: Option<String>,
    certificates: Vec<Zeroizing<String>>,
    redact: bool,
}

#[derive(Clone)]
enum User {
    Uid(u32),
    Account(String),
}

/// All that was found to be wrong with a token, or worth knowing: the surest explanation first.
pub struct agora_diagnosis {
    diagnosis: Diagnosis,
    findings: Vec<FindingTexts>,
}

/// A finding with its texts as C reads them.
struct FindingTexts {
    code: CString,
    severity: u32,
    cause: CString,
    fix: CString,
}

/// Starts the description of an attempt of which nothing is known.
///
/// out_attempt: to be freed with agora_attempt_free.
pub(crate) fn attempt_new() -> agora_attempt {
    agora_attempt::default()
}

/// Copies the description of an attempt: the two are then changed and freed apart.
///
/// out_attempt: to be freed with agora_attempt_free.
pub(crate) fn attempt_copy(attempt: &agora_attempt) -> agora_attempt {
    attempt.clone()
}

/// Frees the description of an attempt, and wipes its certificates. NULL is allowed.
pub(crate) fn attempt_free(_attempt: agora_attempt) {}

/// Sets the App ID the client joined with, as the client has it: one that is no App ID is a finding, not an error.
pub(crate) fn attempt_set_app_id(attempt: &mut agora_attempt, app_id: &str) -> Refusable<()> {
    attempt.app_id = Some(app_id.to_owned());
    Ok(())
}

/// Sets the name of the channel the client joined, as the client has it.
pub(crate) fn attempt_set_channel(attempt: &mut agora_attempt, channel: &str) -> Refusable<()> {
    attempt.channel = Some(channel.to_owned());
    Ok(())
}

/// Says that the client joined with a uid, in place of an earlier uid or user account. With uid 0 the client lets the
/// service choose one.
pub(crate) fn attempt_set_uid(attempt: &mut agora_attempt, uid: u32) {
    attempt.user = Some(User::Uid(uid));
}

/// Says that the client joined with a user account, or logged in with an RTM or Chat user ID, in place of an earlier
/// uid or user account.
pub(crate) fn attempt_set_account(attempt: &mut agora_attempt, account: &str) -> Refusable<()> {
    attempt.user = Some(User::Account(account.to_owned()));
    Ok(())
}

/// Sets what the client used the token for.
///
/// service: AGORA_SERVICE_RTC or another of them.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE when there is no such service.
pub(crate) fn attempt_set_service(attempt: &mut agora_attempt, service: u16) -> Refusable<()> {
    attempt.service = Some(service_type(service)?);
    Ok(())
}

/// Sets what the client meant to do in the channel.
///
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// Errors: AGORA_ERROR_INVALID_ROLE.
pub(crate) fn attempt_set_role(attempt: &mut agora_attempt, role: u32) -> Refusable<()> {
    attempt.role = Some(Role::from_number(role)?);
    Ok(())
}

/// Sets when the client tried, Unix seconds. By the system clock unless set.
/// Errors: AGORA_ERROR_INVALID_TIMESTAMP of what looks like milliseconds.
pub(crate) fn attempt_set_at(attempt: &mut agora_attempt, at: u64) -> Refusable<()> {
    attempt.at = Some(UnixTime::from_outside(at).map_err(|error| error.in_field("at"))?);
    Ok(())
}

/// Sets the client's SDK and its version, such as "web 4.20.0", "android 3.7", "flutter 6.3".
pub(crate) fn attempt_set_sdk(attempt: &mut agora_attempt, sdk: &str) -> Refusable<()> {
    attempt.sdk = Some(sdk.to_owned());
    Ok(())
}

/// Sets the error number or text that the client saw, such as "110" or "dynamic key or token timeout".
pub(crate) fn attempt_set_error(attempt: &mut agora_attempt, error: &str) -> Refusable<()> {
    attempt.error = Some(error.to_owned());
    Ok(())
}

/// Adds an App Certificate as the server has it: one that is no certificate is a finding, not an error. Without one,
/// the signature is not checked. It never shows in a finding.
pub(crate) fn attempt_add_certificate(attempt: &mut agora_attempt, app_certificate: &str) -> Refusable<()> {
    attempt.certificates.push(app_certificate.to_owned().into());
    Ok(())
}

/// Masks App ID, channel and user in what will be found, so that it can be posted in public.
pub(crate) fn attempt_redact(attempt: &mut agora_attempt) {
    attempt.redact = true;
}

/// Finds out why a token does not let its user in.
///
/// token: as the client has it, also when it is damaged: one that cannot be read is a finding, not an error.
/// attempt: what is known; of nothing, what agora_attempt_new gives.
/// out_diagnosis: to be freed with agora_diagnosis_free.
pub(crate) fn diagnose(token: &str, attempt: &agora_attempt) -> Refusable<agora_diagnosis> {
    let diagnosis = attempt.diagnose(token)?;
    let findings = diagnosis.findings.iter().map(FindingTexts::new).collect::<Result<_, _>>()?;
    Ok(agora_diagnosis { diagnosis, findings })
}

/// Frees a diagnosis. NULL is allowed.
pub(crate) fn diagnosis_free(_diagnosis: agora_diagnosis) {}

/// Gives how many findings there are. A good token has some too, of AGORA_SEVERITY_NOTE.
pub(crate) fn diagnosis_finding_count(diagnosis: &agora_diagnosis) -> usize {
    diagnosis.findings.len()
}

/// Gives a finding. They stand in order: the worst severity first, and of one severity the surest explanation first.
///
/// out_code: its stable name, such as "CHANNEL_DIFFERS".
/// out_severity: AGORA_SEVERITY_ERROR, AGORA_SEVERITY_WARNING or AGORA_SEVERITY_NOTE.
/// out_cause: what was found, for people to read.
/// out_fix: what to do about it, for people to read.
/// Errors: AGORA_ERROR_INDEX_OUT_OF_RANGE.
pub(crate) fn diagnosis_finding(
    diagnosis: &agora_diagnosis,
    index: usize,
) -> Result<(&CStr, u32, &CStr, &CStr), Error> {
    let finding = at(&diagnosis.findings, index)?;
    Ok((&finding.code, finding.severity, &finding.cause, &finding.fix))
}

/// Gives a diagnosis as JSON.
///
/// out_json: {"findings":[{"code":...,"severity":"error" or "warning" or "note","cause":...,"fix":...}]} in the order
///     of agora_diagnosis_finding, to be freed with agora_string_free.
pub(crate) fn diagnosis_to_json(diagnosis: &agora_diagnosis) -> Refusable<String> {
    Ok(diagnosis.diagnosis.to_json())
}

impl agora_attempt {
    fn diagnose(&self, token: &str) -> Result<Diagnosis, Error> {
        let certificates: Vec<&str> = self.certificates.iter().map(|certificate| certificate.as_str()).collect();
        let attempt = Attempt {
            app_id: self.app_id.as_deref(),
            channel: self.channel.as_deref(),
            user: self.user.as_ref().map(|user| match user {
                User::Uid(uid) => JoinedAs::Uid(*uid),
                User::Account(account) => JoinedAs::Account(account),
            }),
            service: self.service,
            role: self.role,
            at: self.at,
            sdk: self.sdk.as_deref(),
            error: self.error.as_deref(),
            certificates: &certificates,
            redact: self.redact,
        };
        diagnosed(token, &attempt)
    }
}

impl FindingTexts {
    fn new(finding: &Finding) -> Result<FindingTexts, Error> {
        let text = |text: &str| CString::new(text).map_err(|_| ErrorCode::Internal);
        Ok(FindingTexts {
            code: text(finding.code.name())?,
            severity: match finding.severity {
                Severity::Note => AGORA_SEVERITY_NOTE,
                Severity::Warning => AGORA_SEVERITY_WARNING,
                Severity::Error => AGORA_SEVERITY_ERROR,
            },
            cause: text(&finding.cause)?,
            fix: text(finding.fix)?,
        })
    }
}
