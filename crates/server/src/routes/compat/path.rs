//! The paths of agora-token-service, which the samples for Unity, Flutter and React Native call:
//! `/rtc/CHANNEL/ROLE/TOKENTYPE/UID/?expiry=SECONDS` and its kin.

use agora_token::{Channel, Grant, Lifetime, Role, UserId};
use serde_json::{Value, json};

use super::super::body;
use super::users::{number, uid};
use crate::answers;
use crate::ask::Ask;
use crate::endpoint::{Action, Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::{Code, Problem};

pub(super) const RTC: Endpoint = rtc("/rtc/{channel}/{role}/{tokentype}/{uid}");
pub(super) const RTC_WITH_SLASH: Endpoint = rtc("/rtc/{channel}/{role}/{tokentype}/{uid}/");
pub(super) const RTM: Endpoint = rtm("/rtm/{uid}");
pub(super) const RTM_WITH_SLASH: Endpoint = rtm("/rtm/{uid}/");
pub(super) const RTE: Endpoint = rte("/rte/{channel}/{role}/{tokentype}/{uid}");
pub(super) const RTE_WITH_SLASH: Endpoint = rte("/rte/{channel}/{role}/{tokentype}/{uid}/");
pub(super) const CHAT_APP: Endpoint = chat_app("/chat/app");
pub(super) const CHAT_APP_WITH_SLASH: Endpoint = chat_app("/chat/app/");
pub(super) const CHAT_ACCOUNT: Endpoint = chat_account("/chat/account/{id}");
pub(super) const CHAT_ACCOUNT_WITH_SLASH: Endpoint = chat_account("/chat/account/{id}/");
pub(super) const PING: Endpoint = Endpoint {
    path: "/ping",
    verb: Verb::Get,
    errors: ErrorFormat::ErrorAndStatus,
    action: Action::Show(|_| answers::json(r#"{"message":"pong"}"#)),
};

const fn minting(
    path: &'static str,
    read: fn(&Input) -> Result<Ask, Problem>,
    answer: fn(&Ask, &Minted) -> Value,
) -> Endpoint {
    Endpoint { path, verb: Verb::Get, errors: ErrorFormat::ErrorAndStatus, action: Action::Mint { read, answer } }
}

const fn rtc(path: &'static str) -> Endpoint {
    minting(path, read_rtc, |_, minted| json!({ "rtcToken": minted.token }))
}

const fn rtm(path: &'static str) -> Endpoint {
    minting(path, read_rtm, |_, minted| json!({ "rtmToken": minted.token }))
}

/// One token lets into both.
const fn rte(path: &'static str) -> Endpoint {
    minting(path, read_rte, |_, minted| json!({ "rtcToken": minted.token, "rtmToken": minted.token }))
}

const fn chat_app(path: &'static str) -> Endpoint {
    minting(path, read_chat_app, |_, minted| json!({ "chatToken": minted.token }))
}

const fn chat_account(path: &'static str) -> Endpoint {
    minting(path, read_chat_account, |_, minted| json!({ "chatToken": minted.token }))
}

fn read_rtc(input: &Input) -> Result<Ask, Problem> {
    let (channel, user, role) = read_joining(input)?;
    Ok(Ask::rtc(channel, user, role, expiry(input)?))
}

fn read_rte(input: &Input) -> Result<Ask, Problem> {
    let (channel, user, role) = read_joining(input)?;
    Ok(Ask::new(Grant::rtc_rtm(channel, user, role), expiry(input)?))
}

fn read_joining(input: &Input) -> Result<(Channel<'static>, UserId<'static>, Role), Problem> {
    let channel = body::named_channel(input.in_path("channel"), "channel")?;
    let role = body::role(Some(input.in_path("role")), "role")?;
    let user = match input.in_path("tokentype") {
        "uid" => uid(input.in_path("uid"), "uid")?,
        "userAccount" => body::named_account(input.in_path("uid"), "uid")?,
        _ => {
            let expected = "tokentype must be \"uid\" or \"userAccount\"";
            return Err(Problem::new(Code::InvalidField, expected).in_field("tokentype"));
        }
    };
    Ok((channel, user, role))
}

fn read_rtm(input: &Input) -> Result<Ask, Problem> {
    Ok(Ask::new(Grant::rtm(body::named_account(input.in_path("uid"), "uid")?), expiry(input)?))
}

fn read_chat_account(input: &Input) -> Result<Ask, Problem> {
    Ok(Ask::new(Grant::chat(body::named_account(input.in_path("id"), "id")?), expiry(input)?))
}

fn read_chat_app(input: &Input) -> Result<Ask, Problem> {
    Ok(Ask::chat_app(expiry(input)?))
}

fn expiry(input: &Input) -> Result<Option<Lifetime>, Problem> {
    input.in_query("expiry")?.map(|text| body::seconds(number(text), "expiry")).transpose()
}
