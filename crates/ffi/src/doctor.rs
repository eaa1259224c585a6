//! Why a token does not let its user in.

use std::ffi::{CString, c_char};
use std::ptr;

use agora_token::doctor::{Attempt, Diagnosis, Finding, JoinedAs, Severity, diagnose};
use agora_token::{Error, ErrorCode, Role, ServiceType, UnixTime};
use zeroize::Zeroizing;

use crate::constants::{AGORA_SEVERITY_ERROR, AGORA_SEVERITY_NOTE, AGORA_SEVERITY_WARNING};
use crate::guard::{
    at, free, give, guard, handle, handle_call, handle_mut, refusable, service_type, string_call, text,
};
use crate::refusal::agora_refusal;
use crate::status::agora_status;

/// What is known of a client's attempt to join a channel, or to log in to messaging or Chat, with a token. Everything
/// may be left out; the more is given, the more is found. A setter that is called again replaces what it set.
#[derive(Default)]
pub struct agora_attempt {
    app_id: Option<String>,
    channel_name: Option<String>,
    user: Option<User>,
    service: Option<ServiceType>,
    role: Option<Role>,
    at: Option<UnixTime>,
    sdk: Option<String>,
    error: Option<String>,
    certificates: Vec<Zeroizing<String>>,
    redact: bool,
}

enum User {
    Uid(u32),
    Account(String),
}

/// All that was found to be wrong with a token, or worth knowing: the surest explanation first.
pub struct agora_diagnosis {
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
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_new(out_attempt: *mut *mut agora_attempt) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { handle_call(out_attempt, ptr::null_mut(), || Ok(agora_attempt::default())) }
}

/// Frees the description of an attempt, and wipes its certificates. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_free(attempt: *mut agora_attempt) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(attempt) }
}

/// Sets the App ID the client joined with, as the client has it: one that is no App ID is a finding, not an error.
///
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_app_id(
    attempt: *mut agora_attempt,
    app_id: *const c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, out_refusal, |attempt| {
            attempt.app_id = Some(text(app_id, "app_id")?.to_owned());
            Ok(())
        })
    }
}

/// Sets the name of the channel the client joined, as the client has it.
///
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_channel_name(
    attempt: *mut agora_attempt,
    channel_name: *const c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, out_refusal, |attempt| {
            attempt.channel_name = Some(text(channel_name, "channel_name")?.to_owned());
            Ok(())
        })
    }
}

/// Says that the client joined with a uid, in place of an earlier uid or user account. With uid 0 the client lets the
/// service choose one.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_uid(attempt: *mut agora_attempt, uid: u32) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, ptr::null_mut(), |attempt| {
            attempt.user = Some(User::Uid(uid));
            Ok(())
        })
    }
}

/// Says that the client joined with a user account, or logged in with an RTM or Chat user ID, in place of an earlier
/// uid or user account.
///
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_user_account(
    attempt: *mut agora_attempt,
    user_account: *const c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, out_refusal, |attempt| {
            attempt.user = Some(User::Account(text(user_account, "user_account")?.to_owned()));
            Ok(())
        })
    }
}

/// Sets what the client used the token for.
///
/// service: AGORA_SERVICE_RTC or another of them.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE when there is no such service.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_service(
    attempt: *mut agora_attempt,
    service: u16,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, out_refusal, |attempt| {
            attempt.service = Some(service_type(service)?);
            Ok(())
        })
    }
}

/// Sets what the client meant to do in the channel.
///
/// role: AGORA_ROLE_PUBLISHER or AGORA_ROLE_SUBSCRIBER.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_ROLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_role(
    attempt: *mut agora_attempt,
    role: u32,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, out_refusal, |attempt| {
            attempt.role = Some(Role::from_number(role)?);
            Ok(())
        })
    }
}

/// Sets when the client tried, Unix seconds. By the system clock unless set.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_at(attempt: *mut agora_attempt, at: u64) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, ptr::null_mut(), |attempt| {
            attempt.at = Some(UnixTime::from_secs(at));
            Ok(())
        })
    }
}

/// Sets the client's SDK and its version, such as "web 4.20.0", "android 3.7", "flutter 6.3".
///
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_sdk(
    attempt: *mut agora_attempt,
    sdk: *const c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, out_refusal, |attempt| {
            attempt.sdk = Some(text(sdk, "sdk")?.to_owned());
            Ok(())
        })
    }
}

/// Sets the error number or text that the client saw, such as "110" or "dynamic key or token timeout".
///
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_set_error(
    attempt: *mut agora_attempt,
    error: *const c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, out_refusal, |attempt| {
            attempt.error = Some(text(error, "error")?.to_owned());
            Ok(())
        })
    }
}

/// Adds an App Certificate as the server has it: one that is no certificate is a finding, not an error. Without one,
/// the signature is not checked. It never shows in a finding.
///
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_add_certificate(
    attempt: *mut agora_attempt,
    app_certificate: *const c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, out_refusal, |attempt| {
            attempt.certificates.push(text(app_certificate, "app_certificate")?.to_owned().into());
            Ok(())
        })
    }
}

/// Masks App ID, channel and user in what will be found, so that it can be posted in public.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_attempt_redact(attempt: *mut agora_attempt) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        change(attempt, ptr::null_mut(), |attempt| {
            attempt.redact = true;
            Ok(())
        })
    }
}

/// Finds out why a token does not let its user in.
///
/// token: as the client has it, also when it is damaged: one that cannot be read is a finding, not an error.
/// attempt: what is known; of nothing, what agora_attempt_new gives.
/// out_diagnosis: to be freed with agora_diagnosis_free.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INVALID_UTF8, AGORA_ERROR_CLOCK_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_diagnosis_new(
    token: *const c_char,
    attempt: *const agora_attempt,
    out_diagnosis: *mut *mut agora_diagnosis,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        handle_call(out_diagnosis, out_refusal, || {
            let diagnosis = handle(attempt, "attempt")?.diagnose(text(token, "token")?)?;
            let findings = diagnosis.findings.iter().map(FindingTexts::new).collect::<Result<_, _>>()?;
            Ok(agora_diagnosis { findings })
        })
    }
}

/// Frees a diagnosis. NULL is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_diagnosis_free(diagnosis: *mut agora_diagnosis) {
    // SAFETY: NULL or a handle from this library that was not freed.
    unsafe { free(diagnosis) }
}

/// Gives how many findings there are. A good token has some too, of AGORA_SEVERITY_NOTE.
/// Errors: AGORA_ERROR_NULL_ARGUMENT.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_diagnosis_finding_count(
    diagnosis: *const agora_diagnosis,
    out_count: *mut usize,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { guard(|| give(out_count, handle(diagnosis, "diagnosis")?.findings.len())) }
}

/// Gives a finding. They stand in order: the worst severity first, and of one severity the surest explanation first.
///
/// out_code: its stable name, such as "CHANNEL_DIFFERS".
/// out_severity: AGORA_SEVERITY_ERROR, AGORA_SEVERITY_WARNING or AGORA_SEVERITY_NOTE.
/// out_cause: what was found, for people to read.
/// out_fix: what to do about it, for people to read.
/// Errors: AGORA_ERROR_NULL_ARGUMENT, AGORA_ERROR_INDEX_OUT_OF_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_diagnosis_finding(
    diagnosis: *const agora_diagnosis,
    index: usize,
    out_code: *mut *const c_char,
    out_severity: *mut u32,
    out_cause: *mut *const c_char,
    out_fix: *mut *const c_char,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        guard(|| {
            // All of them, also when one is NULL.
            let cleared = [out_code, out_cause, out_fix].map(|out| give(out, ptr::null()));
            cleared.into_iter().collect::<Result<(), Error>>()?;
            let finding = at(&handle(diagnosis, "diagnosis")?.findings, index)?;
            // First, since it alone may still be refused.
            give(out_severity, finding.severity)?;
            give(out_code, finding.code.as_ptr())?;
            give(out_cause, finding.cause.as_ptr())?;
            give(out_fix, finding.fix.as_ptr())
        })
    }
}

/// Finds out why a token does not let its user in, as agora_diagnosis_new does, and tells it as JSON.
///
/// out_json: {"findings":[{"code":...,"severity":"error" or "warning" or "note","cause":...,"fix":...}]} in the order
///     of agora_diagnosis_finding, to be freed with agora_string_free.
/// out_refusal: what was refused, written only then; or NULL.
/// Errors: those of agora_diagnosis_new.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn agora_diagnose(
    token: *const c_char,
    attempt: *const agora_attempt,
    out_json: *mut *mut c_char,
    out_refusal: *mut agora_refusal,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe {
        string_call(out_json, out_refusal, || {
            Ok(handle(attempt, "attempt")?.diagnose(text(token, "token")?)?.to_json())
        })
    }
}

impl agora_attempt {
    fn diagnose(&self, token: &str) -> Result<Diagnosis, Error> {
        let certificates: Vec<&str> = self.certificates.iter().map(|certificate| certificate.as_str()).collect();
        let attempt = Attempt {
            app_id: self.app_id.as_deref(),
            channel_name: self.channel_name.as_deref(),
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
        diagnose(token, &attempt)
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

unsafe fn change(
    attempt: *mut agora_attempt,
    out_refusal: *mut agora_refusal,
    change: impl FnOnce(&mut agora_attempt) -> Result<(), Error>,
) -> agora_status {
    // SAFETY: the caller keeps the header's rules for pointers.
    unsafe { refusable(out_refusal, || change(handle_mut(attempt, "attempt")?)) }
}
