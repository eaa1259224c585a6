//! Diagnosing a token against what is known of its use.

use agora_token::ErrorCode;
use agora_token::doctor::{Attempt, JoinedAs, diagnose as diagnose_token};

use crate::argument::{Argument, Memory};
use crate::credentials::certificate_name;
use crate::grant::role_of;
use crate::host;
use crate::options::Options;
use crate::refusal::Refusal;
use crate::reply::{Reply, answer};
use crate::services::service_type;

// The places of the options.
const APP_ID: usize = 0;
const CHANNEL: usize = 1;
const UID: usize = 2;
const ACCOUNT: usize = 3;
const SERVICE: usize = 4;
const ROLE: usize = 5;
const AT: usize = 6;
const SDK: usize = 7;
const ERROR: usize = 8;
const CERTIFICATES: usize = 9;
const REDACT: usize = 10;

/// The JSON document of a diagnosis.
pub(crate) fn diagnose(token: Argument, given: Argument, options: Argument) -> Reply {
    answer(|| {
        let values = options.list(ErrorCode::Internal, "")?;
        let options = Options::new(given, &values)?;
        options.exclusive((UID, "uid"), (ACCOUNT, "account"), ErrorCode::InvalidUserAccount)?;
        let mut memory = Memory::new();
        let mut room = memory.room();
        let mut text = |place, code, name| options.get(place, |value| value.string(&mut room, code, name));
        let token = token_text(token)?;
        let app_id = text(APP_ID, ErrorCode::InvalidAppId, "appId")?;
        let channel = text(CHANNEL, ErrorCode::InvalidChannelName, "channel")?;
        let account = text(ACCOUNT, ErrorCode::InvalidUserAccount, "account")?;
        let sdk = text(SDK, ErrorCode::IndexOutOfRange, "sdk")?;
        let error = text(ERROR, ErrorCode::IndexOutOfRange, "error")?;
        let uid = options.get(UID, |value| value.u32(ErrorCode::InvalidUid, "uid"))?;
        let certificates = options.get(CERTIFICATES, |value| {
            let list = value.list(ErrorCode::Internal, "")?;
            let text = |[name, value]: &[Argument; 2]| {
                value.string(&mut room, ErrorCode::InvalidAppCertificate, certificate_name(*name)?)
            };
            list.as_chunks::<2>().0.iter().map(text).collect()
        })?;
        let certificates: Vec<_> = certificates.unwrap_or_default();
        let certificates: Vec<&str> = certificates.iter().map(AsRef::as_ref).collect();
        let attempt = Attempt {
            app_id: app_id.as_deref(),
            channel: channel.as_deref(),
            user: uid.map(JoinedAs::Uid).or(account.as_deref().map(JoinedAs::Account)),
            service: options.get(SERVICE, |value| service_type(value, "service"))?,
            role: options.get(ROLE, role_of)?,
            at: options.get(AT, |value| value.unix_time("at"))?.or(host::now()),
            sdk: sdk.as_deref(),
            error: error.as_deref(),
            certificates: &certificates,
            redact: options.get(REDACT, |value| value.flag("redact"))?.unwrap_or_default(),
        };
        Ok(Reply::Text(diagnose_token(&token, &attempt)?.to_json()))
    })
}

fn token_text(token: Argument) -> Result<String, Refusal> {
    Ok(token.token(&mut Memory::new().room())?.into_owned())
}
