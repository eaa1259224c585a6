//! `POST /getToken` of agora-token-service: `{tokenType, channel, role, uid, expire}` → `{token}`.

use agora_token::Grant;
use serde_json::{Value, json};

use super::super::body::{self, Fields, missing};
use super::users::uid_or_account;
use crate::ask::Ask;
use crate::endpoint::{Action, Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::{Code, Problem};

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/getToken",
    verb: Verb::Post,
    errors: ErrorFormat::ErrorAndStatus,
    action: Action::Mint { read, answer },
};

/// Chat without a uid is the app token, as in the original; who may have one, the policy says.
fn read(input: &Input) -> Result<Ask, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let mut text = |name: &'static str| {
        let value = fields.take(name).map(|value| body::text(&value, name)).transpose()?;
        Ok::<_, Problem>(value.filter(|text| !text.is_empty()))
    };
    let (kind, channel, role, uid) = (text("tokenType")?, text("channel")?, text("role")?, text("uid")?);
    let lifetime = fields.take("expire").map(|value| body::lifetime(&value, "expire")).transpose()?;

    let user = || uid_or_account(uid.as_deref().ok_or_else(|| missing("uid"))?, "uid");
    match kind.as_deref() {
        Some("rtc") => {
            let channel = body::named_channel(channel.as_deref().ok_or_else(|| missing("channel"))?, "channel")?;
            let user = user()?;
            let role = body::role(Some(role.as_deref().unwrap_or("subscriber")), "role")?;
            Ok(Ask::rtc(channel, user, role, lifetime))
        }
        Some("rtm") => Ok(Ask::new(Grant::rtm(user()?), lifetime)),
        Some("chat") if uid.is_none() => Ok(Ask::chat_app(lifetime)),
        Some("chat") => Ok(Ask::new(Grant::chat(user()?), lifetime)),
        _ => {
            let expected = "tokenType must be \"rtc\", \"rtm\" or \"chat\"";
            Err(Problem::new(Code::InvalidField, expected).in_field("tokenType"))
        }
    }
}

fn answer(_: &Ask, minted: &Minted) -> Value {
    json!({ "token": minted.token })
}
