//! `POST /getToken` of agora-token-service: `{tokenType, channel, role, uid, expire}` → `{token}`.

use agora_token::Grant;
use serde_json::{Value, json};

use super::super::body::{self, Fields, missing};
use crate::ask::Ask;
use crate::endpoint::{Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::mint(Verb::Post, "/getToken", ErrorFormat::ErrorAndStatus, read, answer);

/// Chat without a uid is the app token, as in the original; who may have one, the policy says.
fn read(input: &Input) -> Result<Ask, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let mut text = |name| Ok::<_, Problem>(fields.optional(name, body::text)?.filter(|text| !text.is_empty()));
    let (kind, channel, role, uid) = (text("tokenType")?, text("channel")?, text("role")?, text("uid")?);
    let lifetime = fields.optional("expire", body::lifetime)?;

    let user = || body::uid_or_account(uid.as_deref().ok_or_else(|| missing("uid"))?, "uid");
    match kind.as_deref() {
        Some("rtc") => {
            let channel = body::named_channel(channel.as_deref().ok_or_else(|| missing("channel"))?, "channel")?;
            let user = user()?;
            let role = body::role(Some(role.as_deref().unwrap_or("subscriber")), "role")?;
            Ok(Ask::new(Grant::rtc(channel, user, role), lifetime))
        }
        Some("rtm") => Ok(Ask::new(Grant::rtm(user()?), lifetime)),
        Some("chat") if uid.is_none() => Ok(Ask::chat_app(lifetime)),
        Some("chat") => Ok(Ask::new(Grant::chat(user()?), lifetime)),
        _ => Err(Problem::invalid("tokenType", "tokenType must be \"rtc\", \"rtm\" or \"chat\"")),
    }
}

fn answer(_: &Ask, minted: &Minted) -> Value {
    json!({ "token": minted.token })
}
