//! `POST /fetch_rtc_token`, the route of Agora's guide.

use agora_token::{Channel, ErrorCode, Role, UserId};
use serde_json::{Value, json};

use super::body::{self, Fields};
use crate::ask::Ask;
use crate::endpoint::{Action, Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/fetch_rtc_token",
    verb: Verb::Post,
    errors: ErrorFormat::Guide,
    action: Action::Mint { read, answer },
};

/// The guide's server reads field names in any letter case and its own client counts on that. In the guide, uid 0 is any
/// user and the channel `*` any channel; the policy says whether they may be had.
fn read(input: &Input) -> Result<Ask, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let uid = fields.take_in_any_case("uid")?;
    let channel = fields.take_in_any_case("ChannelName")?;
    let role = fields.take_in_any_case("role")?;

    let user = body::uid(&uid, "uid")?.map_or(UserId::Any, UserId::Uid);
    let channel = match channel.as_str() {
        Some("*") => Channel::Any,
        _ => body::channel(&channel, "ChannelName")?,
    };
    let role = match role.as_u64() {
        Some(1) => Role::Publisher,
        Some(2) => Role::Subscriber,
        _ => {
            let expected = "role must be 1 (publisher) or 2 (subscriber)";
            return Err(Problem::of_code(ErrorCode::InvalidRole, "role", expected));
        }
    };
    Ok(Ask::rtc(channel, user, role, None))
}

fn answer(_: &Ask, minted: &Minted) -> Value {
    json!({ "token": minted.token, "code": "200" })
}
