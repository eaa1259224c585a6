//! `POST /getToken` of agora-token-service: `{tokenType, channel, role, uid, expire}` → `{token}`.

use serde_json::{Value, json};

use super::super::body::{self, Fields, missing};
use super::super::{Action, Endpoint, Input, Verb};
use super::uid_or_account;
use crate::ask::{Ask, Service, Services};
use crate::mint::Minted;
use crate::problem::{Code, Problem};
use crate::shape::Shape;

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/getToken",
    verb: Verb::Post,
    shape: Shape::ErrorAndStatus,
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
    let ask = match kind.as_deref() {
        Some("rtc") => {
            let channel = body::named_channel(channel.as_deref().ok_or_else(|| missing("channel"))?, "channel")?;
            Ask::rtc(channel, user()?, body::role(Some(role.as_deref().unwrap_or("subscriber")), "role")?)
        }
        Some("rtm") => Ask::of(user()?, Services::from_iter([Service::Rtm])),
        Some("chat") if uid.is_none() => Ask::chat_app(),
        Some("chat") => Ask::of(user()?, Services::from_iter([Service::Chat])),
        _ => {
            let expected = "tokenType must be \"rtc\", \"rtm\" or \"chat\"";
            return Err(Problem::new(Code::InvalidField, expected).in_field("tokenType"));
        }
    };
    Ok(ask.lifetime(lifetime))
}

fn answer(_: &Ask, minted: &Minted) -> Value {
    json!({ "token": minted.token })
}
