//! Reading a token of either generation, and judging it.

use agora_token::{AppCertificate, AppId, ErrorCode, UnixTime, Unverified, Verdict, Verifier};
use serde::{Deserialize, Serialize};

use crate::arguments::service_type;
use crate::documents::{TextDocument, read, write};
use crate::node::{Arguments, Reply};
use crate::refusal::Refusal;

/// The document of a token, unverified.
pub(crate) fn inspect(args: &Arguments) -> Result<Reply, Refusal> {
    Ok(Reply::Document(Unverified::parse(&args.token()?)?.to_json()))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    now: Option<u64>,
    ignore_time: bool,
    leeway: u32,
    app_id: Option<String>,
    service: Option<u16>,
    privilege: Option<u16>,
    channel_name: Option<TextDocument>,
    account: Option<TextDocument>,
}

#[derive(Serialize)]
struct Judged<'a> {
    valid: bool,
    certificate: Option<usize>,
    refusals: Vec<(&'static str, String, String)>,
    token: &'a Unverified,
}

/// The document of a verdict. Token and wishes come first, then one certificate or more.
pub(crate) fn verify(args: &Arguments) -> Result<Reply, Refusal> {
    let token = args.token()?;
    let wanted: Wanted = read(&args.named_text("options", ErrorCode::Internal)?)?;
    let mut verifier = Verifier::new(certificate(args)?).leeway(wanted.leeway);
    while args.is_left() {
        verifier = verifier.or_certificate(certificate(args)?);
    }
    if let Some(now) = wanted.now {
        verifier = verifier.at(UnixTime::from_secs(now));
    }
    if wanted.ignore_time {
        verifier = verifier.ignore_time();
    }
    if let Some(app_id) = wanted.app_id {
        verifier = verifier.app_id(AppId::new(&app_id)?);
    }
    if let Some(service) = wanted.service {
        verifier = verifier.service(service_type(service)?);
    }
    if let Some(privilege) = wanted.privilege {
        verifier = verifier.privilege(privilege);
    }
    if let Some(channel_name) = wanted.channel_name {
        verifier = verifier.channel_name(channel_name.into_text()?);
    }
    if let Some(account) = wanted.account {
        verifier = verifier.user_account(account.into_text()?);
    }
    document_of(&verifier.verify(&token)?)
}

fn certificate(args: &Arguments) -> Result<AppCertificate, Refusal> {
    Ok(AppCertificate::new(&args.named_text("appCertificate", ErrorCode::InvalidAppCertificate)?)?)
}

fn document_of(verdict: &Verdict) -> Result<Reply, Refusal> {
    let refusals = verdict.refusals().iter().map(Refusal::from);
    write(&Judged {
        valid: verdict.is_valid(),
        certificate: verdict.certificate(),
        refusals: refusals.map(|refusal| (refusal.code.name(), refusal.field.into(), refusal.reason.into())).collect(),
        token: verdict.token(),
    })
}
