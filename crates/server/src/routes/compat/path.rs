//! The paths of agora-token-service, which the samples for Unity, Flutter and React Native call:
//! `/rtc/CHANNEL/ROLE/TOKENTYPE/UID/?expiry=SECONDS` and its kin.

use agora_token::{Channel, Grant, Lifetime, Role, User};
use serde_json::{Value, json};

use super::super::body;
use crate::ask::Ask;
use crate::endpoint::{Endpoint, Input, Read, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::Problem;

pub(super) const fn rtc(path: &'static str) -> Endpoint {
    minting(path, |input| joining(input, Grant::rtc), |_, minted| json!({ "rtcToken": minted.token }))
}

/// One token lets into both.
pub(super) const fn rte(path: &'static str) -> Endpoint {
    minting(
        path,
        |input| joining(input, Grant::rtc_rtm),
        |_, minted| json!({ "rtcToken": minted.token, "rtmToken": minted.token }),
    )
}

pub(super) const fn rtm(path: &'static str) -> Endpoint {
    minting(path, |input| account(input, "uid", Grant::rtm), |_, minted| json!({ "rtmToken": minted.token }))
}

pub(super) const fn chat_account(path: &'static str) -> Endpoint {
    minting(path, |input| account(input, "id", Grant::chat), |_, minted| json!({ "chatToken": minted.token }))
}

pub(super) const fn chat_app(path: &'static str) -> Endpoint {
    minting(path, |input| Ok(Ask::chat_app(expiry(input)?)), |_, minted| json!({ "chatToken": minted.token }))
}

const fn minting(path: &'static str, read: Read, answer: fn(&Ask, &Minted) -> Value) -> Endpoint {
    Endpoint::mint(Verb::Get, path, ErrorFormat::ErrorAndStatus, read, answer)
}

fn joining(input: &Input, grant: fn(Channel<'static>, User<'static>, Role) -> Grant<'static>) -> Result<Ask, Problem> {
    let channel = body::named_channel(input.in_path("channel"), "channel")?;
    let role = body::role(Some(input.in_path("role")), "role")?;
    let user = match input.in_path("tokentype") {
        "uid" => body::uid_text(input.in_path("uid"), "uid")?,
        "userAccount" => body::named_account(input.in_path("uid"), "uid")?,
        _ => return Err(Problem::invalid("tokentype", "tokentype must be \"uid\" or \"userAccount\"")),
    };
    Ok(Ask::new(grant(channel, user, role), expiry(input)?))
}

fn account(input: &Input, name: &'static str, grant: fn(User<'static>) -> Grant<'static>) -> Result<Ask, Problem> {
    Ok(Ask::new(grant(body::named_account(input.in_path(name), name)?), expiry(input)?))
}

fn expiry(input: &Input) -> Result<Option<Lifetime>, Problem> {
    input.in_query("expiry")?.map(|text| body::seconds(body::number(text), "expiry")).transpose()
}
