//! Judging tokens of either generation.

use agora_token::ErrorCode;
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;

use crate::argument::{Argument, Memory};
use crate::call::Call;
use crate::options::Options;
use crate::refusal::Refusal;
use crate::reply::{Reply, answer};
use crate::services::service_type;
use crate::tokens::app_id;

const MAX_CERTIFICATES: usize = 10;

// The places of the options.
const NOW: usize = 0;
const IGNORE_TIME: usize = 1;
const LEEWAY: usize = 2;
const APP_ID: usize = 3;
const SERVICE: usize = 4;
const PRIVILEGE: usize = 5;
const CHANNEL_NAME: usize = 6;
const UID: usize = 7;
const USER_ACCOUNT: usize = 8;

/// Judges tokens by the same certificates and options.
#[napi]
pub(crate) struct Verifier {
    verifier: agora_token::Verifier,
}

/// A verifier by certificates, one or an array, and options by place.
#[napi]
pub(crate) fn new_verifier(app_certificates: Argument, given: Argument, options: Argument) -> Reply {
    answer(|| Ok(Reply::of(Verifier { verifier: verifier(app_certificates, given, options)? })))
}

/// The verdict of a verifier on a token: of one without fault the index of the certificate that signed it, else an
/// array: that index or `null`, then code, field and sentence of each refusal.
pub(crate) struct Judge;

impl Call<2> for Judge {
    fn call([verifier, token]: [Argument; 2]) -> Reply {
        answer(|| {
            let verifier: ClassInstance<'_, Verifier> = verifier.read().ok_or(ErrorCode::Internal)?;
            judge(&verifier.verifier, &token.token(&mut Memory::new().room())?)
        })
    }
}

/// The same of a verifier for this token alone: making an object costs more than judging.
pub(crate) struct Verify;

impl Call<4> for Verify {
    fn call([token, app_certificates, given, options]: [Argument; 4]) -> Reply {
        answer(|| {
            let mut memory = Memory::new();
            let token = token.token(&mut memory.room())?;
            judge(&verifier(app_certificates, given, options)?, &token)
        })
    }
}

fn judge(verifier: &agora_token::Verifier, token: &str) -> Result<Reply, Refusal> {
    let verdict = verifier.verify(token)?;
    let certificate = verdict.certificate().map_or(Reply::Null, |index| Reply::of_u64(index as u64));
    if verdict.is_valid() {
        return Ok(certificate);
    }
    let mut told = vec![certificate];
    for error in verdict.refusals() {
        told.extend(Refusal::from(error.clone()).told().map(Reply::Text));
    }
    Ok(Reply::List(told))
}

fn verifier(app_certificates: Argument, given: Argument, options: Argument) -> Result<agora_token::Verifier, Refusal> {
    let certificates = match app_certificates.is_list() {
        true => app_certificates.list(ErrorCode::InvalidAppCertificate, "appCertificate")?,
        false => vec![app_certificates],
    };
    let (Some((first, more)), ..=MAX_CERTIFICATES) = (certificates.split_first(), certificates.len()) else {
        let reason = format!("holds {} certificates, 1 to {MAX_CERTIFICATES} expected", certificates.len());
        return Err(Refusal::new(ErrorCode::InvalidAppCertificate, "appCertificate", reason));
    };
    let mut verifier = agora_token::Verifier::new(first.certificate()?);
    for certificate in more {
        verifier = verifier.or_certificate(certificate.certificate()?);
    }
    if given.number() == Some(0.0) {
        return Ok(verifier);
    }
    let values = options.list(ErrorCode::Internal, "")?;
    let options = Options::new(given, &values)?;
    options.exclusive((UID, "uid"), (USER_ACCOUNT, "userAccount"), ErrorCode::InvalidUserAccount)?;
    if let Some(now) = options.get(NOW, |value| value.unix_time("now"))? {
        verifier = verifier.at(now);
    }
    if options.get(IGNORE_TIME, |value| value.flag("ignoreTime"))? == Some(true) {
        verifier = verifier.ignore_time();
    }
    if let Some(leeway) = options.get(LEEWAY, |value| value.u32(ErrorCode::InvalidLifetime, "leeway"))? {
        verifier = verifier.leeway(leeway);
    }
    if let Some(app_id) = options.get(APP_ID, app_id)? {
        verifier = verifier.app_id(app_id);
    }
    if let Some(service) = options.get(SERVICE, |value| service_type(value, "service"))? {
        verifier = verifier.service(service);
    }
    if let Some(privilege) = options.get(PRIVILEGE, |value| value.u16("privilege"))? {
        verifier = verifier.privilege(privilege);
    }
    let text = |value: Argument| value.any_text(ErrorCode::InvalidChannelName, "channelName");
    if let Some(channel_name) = options.get(CHANNEL_NAME, text)? {
        verifier = verifier.channel_name(channel_name);
    }
    if let Some(uid) = options.get(UID, |value| value.u32(ErrorCode::InvalidUid, "uid"))? {
        verifier = verifier.uid(uid);
    }
    let text = |value: Argument| value.any_text(ErrorCode::InvalidUserAccount, "userAccount");
    if let Some(account) = options.get(USER_ACCOUNT, text)? {
        verifier = verifier.user_account(account);
    }
    Ok(verifier)
}
