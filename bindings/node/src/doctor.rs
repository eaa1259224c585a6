//! Diagnosing a token against what is known of its use, which comes as a JSON document.

use agora_token::doctor::{Attempt, FindingCode, JoinedAs, diagnose as diagnose_token};
use agora_token::{ErrorCode, Role, UnixTime};
use serde::Deserialize;

use crate::arguments::service_type;
use crate::documents::{read, write};
use crate::node::{Arguments, Reply};
use crate::refusal::Refusal;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Known {
    app_id: Option<String>,
    channel_name: Option<String>,
    uid: Option<u32>,
    user_account: Option<String>,
    service: Option<u16>,
    role: Option<u32>,
    at: Option<u64>,
    sdk: Option<String>,
    error: Option<String>,
    #[serde(default)]
    certificates: Vec<String>,
    #[serde(default)]
    redact: bool,
}

/// The document of a diagnosis.
pub(crate) fn diagnose(args: &Arguments) -> Result<Reply, Refusal> {
    let token = args.token()?;
    let known: Known = read(&args.named_text("attempt", ErrorCode::Internal)?)?;
    let certificates: Vec<&str> = known.certificates.iter().map(String::as_str).collect();
    let attempt = Attempt {
        app_id: known.app_id.as_deref(),
        channel_name: known.channel_name.as_deref(),
        user: known.uid.map(JoinedAs::Uid).or(known.user_account.as_deref().map(JoinedAs::Account)),
        service: known.service.map(service_type).transpose()?,
        role: known.role.map(Role::from_number).transpose()?,
        at: known.at.map(UnixTime::from_secs),
        sdk: known.sdk.as_deref(),
        error: known.error.as_deref(),
        certificates: &certificates,
        redact: known.redact,
    };
    Ok(Reply::Document(diagnose_token(&token, &attempt)?.to_json()))
}

/// `[[name, severity, meaning, fix, example], …]`
pub(crate) fn finding_codes(_: &Arguments) -> Result<Reply, Refusal> {
    let row = |code: &FindingCode| (code.name(), code.severity().name(), code.meaning(), code.fix(), code.example());
    write(&FindingCode::ALL.iter().map(row).collect::<Vec<_>>())
}
