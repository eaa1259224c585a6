//! The paths of agora-token-service, which the samples for Unity, Flutter and React Native call:
//! `/rtc/CHANNEL/ROLE/TOKENTYPE/UID/?expiry=SECONDS` and its kin.

use agora_token::{Channel, Grant, Lifetime, Role, UserId};
use serde_json::{Value, json};

use super::super::body;
use crate::ask::Ask;
use crate::endpoint::{Endpoint, Input, Read, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::Problem;

pub(super) const fn rtc(path: &'static str) -> Endpoint {
    let read: Read = |input| {
        let (channel, user, role) = read_joining(input)?;
        Ok(Ask::rtc(channel, user, role, expiry(input)?))
    };
    minting(path, read, |_, minted| json!({ "rtcToken": minted.token }))
}

/// One token lets into both.
pub(super) const fn rte(path: &'static str) -> Endpoint {
    let read: Read = |input| {
        let (channel, user, role) = read_joining(input)?;
        Ok(Ask::new(Grant::rtc_rtm(channel, user, role), expiry(input)?))
    };
    minting(path, read, |_, minted| json!({ "rtcToken": minted.token, "rtmToken": minted.token }))
}

pub(super) const fn rtm(path: &'static str) -> Endpoint {
    let read: Read =
        |input| Ok(Ask::new(Grant::rtm(body::named_account(input.in_path("uid"), "uid")?), expiry(input)?));
    minting(path, read, |_, minted| json!({ "rtmToken": minted.token }))
}

pub(super) const fn chat_account(path: &'static str) -> Endpoint {
    let read: Read = |input| Ok(Ask::new(Grant::chat(body::named_account(input.in_path("id"), "id")?), expiry(input)?));
    minting(path, read, |_, minted| json!({ "chatToken": minted.token }))
}

pub(super) const fn chat_app(path: &'static str) -> Endpoint {
    let read: Read = |input| Ok(Ask::chat_app(expiry(input)?));
    minting(path, read, |_, minted| json!({ "chatToken": minted.token }))
}

const fn minting(path: &'static str, read: Read, answer: fn(&Ask, &Minted) -> Value) -> Endpoint {
    Endpoint::mint(Verb::Get, path, ErrorFormat::ErrorAndStatus, read, answer)
}

fn read_joining(input: &Input) -> Result<(Channel<'static>, UserId<'static>, Role), Problem> {
    let channel = body::named_channel(input.in_path("channel"), "channel")?;
    let role = body::role(Some(input.in_path("role")), "role")?;
    let user = match input.in_path("tokentype") {
        "uid" => body::uid_text(input.in_path("uid"), "uid")?,
        "userAccount" => body::named_account(input.in_path("uid"), "uid")?,
        _ => return Err(Problem::invalid("tokentype", "tokentype must be \"uid\" or \"userAccount\"")),
    };
    Ok((channel, user, role))
}

fn expiry(input: &Input) -> Result<Option<Lifetime>, Problem> {
    input.in_query("expiry")?.map(|text| body::seconds(body::number(text), "expiry")).transpose()
}
