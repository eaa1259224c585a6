//! The paths of agora-token-service, which the samples for Unity, Flutter and React Native call:
//! `/rtc/CHANNEL/ROLE/TOKENTYPE/UID/?expiry=SECONDS` and its kin.

use agora_token::{Channel, Grant, Lifetime, Role, User};

use super::super::body;
use crate::about::{About, ChatToken, Kind, Parameter, RtcAndRtmToken, RtcToken, RtmToken};
use crate::ask::Ask;
use crate::endpoint::{Answer, Endpoint, Input, Read};
use crate::error_format::ErrorFormat;
use crate::problem::Problem;

const CHANNEL: Parameter = Parameter::new("channel", "The channel name", Kind::Channel);
const ROLE: Parameter = Parameter::new("role", "What the user may do", Kind::Words(&["publisher", "subscriber"]));
const TOKENTYPE: Parameter = Parameter::new("tokentype", "What the last part is", Kind::Words(&["uid", "userAccount"]));
const UID: Parameter = Parameter::new("uid", "The uid in digits, or the account", Kind::User);
const ACCOUNT: Parameter = Parameter::new("uid", "The account", Kind::Account);
const ID: Parameter = Parameter::new("id", "The Chat user", Kind::Account);
const EXPIRY: Parameter =
    Parameter::new("expiry", "Seconds from now; the server's own if left out", Kind::Number(1, 86400)).optional();

const JOINING: &[Parameter] = &[CHANNEL, ROLE, TOKENTYPE, UID, EXPIRY];

pub(super) const fn rtc(id: &'static str, path: &'static str) -> Endpoint {
    minting(
        path,
        |input, _| joining(input, Grant::rtc),
        |_, minted| body::answer(RtcToken { rtc_token: minted.token.clone() }),
        About { parameters: JOINING, ..About::compat::<RtcToken>(id, "agora-token-service: RTC") },
    )
}

pub(super) const fn rte(id: &'static str, path: &'static str) -> Endpoint {
    minting(
        path,
        |input, _| joining(input, Grant::rtc_rtm),
        |_, minted| body::answer(RtcAndRtmToken { rtc_token: minted.token.clone(), rtm_token: minted.token.clone() }),
        About {
            parameters: JOINING,
            ..About::compat::<RtcAndRtmToken>(id, "agora-token-service: RTC and RTM, one token for both")
        },
    )
}

pub(super) const fn rtm(id: &'static str, path: &'static str) -> Endpoint {
    minting(
        path,
        |input, _| account(input, "uid", Grant::rtm),
        |_, minted| body::answer(RtmToken { rtm_token: minted.token.clone() }),
        About { parameters: &[ACCOUNT, EXPIRY], ..About::compat::<RtmToken>(id, "agora-token-service: RTM") },
    )
}

pub(super) const fn chat_account(id: &'static str, path: &'static str) -> Endpoint {
    minting(
        path,
        |input, _| account(input, "id", Grant::chat),
        |_, minted| body::answer(ChatToken { chat_token: minted.token.clone() }),
        About { parameters: &[ID, EXPIRY], ..About::compat::<ChatToken>(id, "agora-token-service: a Chat user") },
    )
}

pub(super) const fn chat_app(id: &'static str, path: &'static str) -> Endpoint {
    minting(
        path,
        |input, _| Ok(Ask::chat_app(expiry(input)?)),
        |_, minted| body::answer(ChatToken { chat_token: minted.token.clone() }),
        About { parameters: &[EXPIRY], ..About::compat::<ChatToken>(id, "agora-token-service: Chat's administrator") },
    )
}

const fn minting(path: &'static str, read: Read, answer: Answer, about: About) -> Endpoint {
    Endpoint::mint(path, ErrorFormat::ErrorAndStatus, read, answer, about)
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
