//! `POST /fetch_rtc_token`, the route of Agora's guide.

use agora_token::{Channel, Grant, User};
use serde_json::{Value, json};

use super::body::{self, Fields};
use crate::ask::Ask;
use crate::endpoint::{Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint::mint(Verb::Post, "/fetch_rtc_token", ErrorFormat::Guide, read, answer);

/// The guide's server reads field names in any letter case and its own client counts on that. In the guide, uid 0 is any
/// user and the channel `*` any channel; the policy says whether they may be had.
fn read(input: &Input) -> Result<Ask, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let uid = fields.take_in_any_case("uid")?;
    let channel = fields.take_in_any_case("ChannelName")?;
    let role = fields.take_in_any_case("role")?;

    let user = body::uid(&uid, "uid")?.map_or(User::Any, User::Uid);
    let channel = match channel.as_str() {
        Some("*") => Channel::Any,
        _ => body::channel(&channel, "ChannelName")?,
    };
    Ok(Ask::new(Grant::rtc(channel, user, body::role_numbered(&role, "role")?), None))
}

fn answer(_: &Ask, minted: &Minted) -> Value {
    json!({ "token": minted.token, "code": "200" })
}
