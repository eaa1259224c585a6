//! The mechanism of both generations: any services and privileges, reading without believing, signatures.

use agora_token::{
    AccessToken, AccessToken2, AppCertificate, AppId, Credentials, Error, ErrorCode, Privileges, Stamp,
    UnverifiedToken, UnverifiedToken2,
};
use serde::{Deserialize, Serialize};

use crate::documents::{PrivilegesDocument, ServiceDocument, TextDocument, hex, read, write};
use crate::node::{Arguments, Reply};
use crate::refusal::Refusal;

type Outcome = Result<Reply, Refusal>;

/// Refuses an App ID or an App Certificate that is none.
pub(crate) fn check_credentials(args: &Arguments) -> Outcome {
    let Credentials { .. } = args.credentials()?;
    write(&true)
}

/// `[now, a random salt]`
pub(crate) fn draw_stamp(_: &Arguments) -> Outcome {
    let stamp = Stamp::now()?;
    write(&(stamp.issue_ts, stamp.salt))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToBuild2 {
    app_id: String,
    issue_ts: u32,
    expire: u32,
    salt: u32,
    services: Vec<ServiceDocument>,
}

pub(crate) fn build_access_token2(args: &Arguments) -> Outcome {
    let certificate = certificate(args)?;
    let wanted: ToBuild2 = document(args)?;
    let stamp = Stamp { issue_ts: wanted.issue_ts, salt: wanted.salt };
    let mut token = AccessToken2::new(AppId::new(&wanted.app_id)?, wanted.expire, stamp);
    for service in wanted.services {
        token.services.push(service.into_service()?);
    }
    Ok(Reply::Token(token.build(&certificate)?))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Read2 {
    app_id: TextDocument,
    issue_ts: u32,
    expire: u32,
    salt: u32,
    signature: String,
    services: Vec<ServiceDocument>,
    unknown_service: Option<(u16, PrivilegesDocument)>,
    unread_bytes: usize,
}

pub(crate) fn parse_access_token2(args: &Arguments) -> Outcome {
    let token = UnverifiedToken2::parse(&args.token()?)?;
    write(&Read2 {
        app_id: TextDocument::of(token.app_id()),
        issue_ts: token.issue_ts(),
        expire: token.expire(),
        salt: token.salt(),
        signature: hex(token.signature()),
        services: token.services().iter().map(ServiceDocument::of).collect(),
        unknown_service: token
            .unknown_service()
            .map(|service| (service.service_type, service.privileges.iter().collect())),
        unread_bytes: token.unread_bytes(),
    })
}

pub(crate) fn verify_access_token2(args: &Arguments) -> Outcome {
    let token = UnverifiedToken2::parse(&args.token()?)?;
    answer(token.verify_signature(&certificate(args)?))
}

/// Whom an AccessToken is for, with what it grants where it is to be built.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Whom {
    channel_name: TextDocument,
    account: TextDocument,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToBuild {
    app_id: String,
    #[serde(flatten)]
    whom: Whom,
    salt: u32,
    expires_at: u32,
    privileges: PrivilegesDocument,
}

pub(crate) fn build_access_token(args: &Arguments) -> Outcome {
    let certificate = certificate(args)?;
    let wanted: ToBuild = document(args)?;
    let stamp = Stamp { issue_ts: 0, salt: wanted.salt };
    let (channel_name, account) = (wanted.whom.channel_name.into_text()?, wanted.whom.account.into_text()?);
    let mut token = AccessToken::new(AppId::new(&wanted.app_id)?, channel_name, account, stamp);
    token.expires_at = wanted.expires_at;
    token.privileges = Privileges::from_iter(wanted.privileges);
    Ok(Reply::Token(token.build(&certificate)?))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Read {
    app_id: TextDocument,
    salt: u32,
    expires_at: u64,
    channel_crc: u32,
    user_crc: u32,
    signature: String,
    message: String,
    privileges: PrivilegesDocument,
}

pub(crate) fn parse_access_token(args: &Arguments) -> Outcome {
    let token = UnverifiedToken::parse(&args.token()?)?;
    write(&Read {
        app_id: TextDocument::of(token.app_id()),
        salt: token.salt(),
        expires_at: token.expires_at().as_secs(),
        channel_crc: token.channel_crc(),
        user_crc: token.user_crc(),
        signature: hex(token.signature()),
        message: hex(token.message()),
        privileges: token.privileges().iter().collect(),
    })
}

pub(crate) fn verify_access_token(args: &Arguments) -> Outcome {
    let token = UnverifiedToken::parse(&args.token()?)?;
    let certificate = certificate(args)?;
    let whom: Whom = document(args)?;
    let (channel_name, account) = (whom.channel_name.into_text()?, whom.account.into_text()?);
    answer(token.verify(&certificate, channel_name.as_bytes(), account.as_bytes()))
}

fn certificate(args: &Arguments) -> Result<AppCertificate, Refusal> {
    Ok(AppCertificate::new(&args.named_text("appCertificate", ErrorCode::InvalidAppCertificate)?)?)
}

fn document<T: serde::de::DeserializeOwned>(args: &Arguments) -> Result<T, Refusal> {
    read(&args.named_text("document", ErrorCode::Internal)?)
}

/// Whether a signature holds, whatever stands in its way.
fn answer(verified: Result<(), Error>) -> Outcome {
    write(&verified.is_ok())
}
