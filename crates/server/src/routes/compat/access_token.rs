//! `GET /access_token?channel=…&uid=…&expiredTs=…` of TokenServer-nodejs → `{token}`.

use agora_token::source::{Clock, SystemClock};
use agora_token::{Lifetime, Role};
use serde_json::{Value, json};

use super::super::body::{self, missing};
use super::users::{number, uid};
use crate::ask::Ask;
use crate::endpoint::{Action, Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/access_token",
    verb: Verb::Get,
    errors: ErrorFormat::ErrorAndStatus,
    action: Action::Mint { read, answer },
};

/// The original's tokens have no role and let publish.
fn read(input: &Input) -> Result<Ask, Problem> {
    let channel = input.in_query("channel")?.ok_or_else(|| missing("channel"))?;
    let channel = body::named_channel(channel, "channel")?;
    let user = uid(input.in_query("uid")?.ok_or_else(|| missing("uid"))?, "uid")?;
    Ok(Ask::rtc(channel, user, Role::Publisher, lifetime(input)?))
}

/// `expiredTs` is when the token ends, Unix seconds; 0 leaves it to the server.
fn lifetime(input: &Input) -> Result<Option<Lifetime>, Problem> {
    match input.in_query("expiredTs")? {
        None | Some("0") => Ok(None),
        Some(text) => {
            let now = SystemClock.now().map_err(|error| Problem::of_library(&error, None))?;
            let left = number(text).and_then(|end| end.checked_sub(now.into()));
            body::seconds(left, "expiredTs").map(Some)
        }
    }
}

fn answer(_: &Ask, minted: &Minted) -> Value {
    json!({ "token": minted.token })
}
