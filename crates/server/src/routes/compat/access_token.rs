//! `GET /access_token?channel=…&uid=…&expiredTs=…` of TokenServer-nodejs → `{token}`.

use agora_token::source::{Clock, SystemClock};
use agora_token::{Grant, Lifetime, Role};

use super::super::body::{self, missing};
use crate::about::{About, Kind, Parameter, TokenAlone};
use crate::ask::Ask;
use crate::endpoint::{Endpoint, Input};
use crate::error_format::ErrorFormat;
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint::mint(
    "/access_token",
    ErrorFormat::ErrorAndStatus,
    |input, _| read(input),
    |_, minted| body::answer(TokenAlone { token: minted.token.clone() }),
    About {
        parameters: &[
            Parameter::new("channel", "The channel name", Kind::Channel),
            Parameter::new("uid", "The uid; 0 is any user", Kind::Number(0, u32::MAX as u64)),
            Parameter::new("expiredTs", ENDS, Kind::Number(0, u64::MAX)).optional(),
        ],
        ..About::compat::<TokenAlone>("compatAccessToken", "TokenServer-nodejs: an RTC token to publish with")
    },
);

const ENDS: &str = "When the token ends, Unix seconds within a day; 0 leaves it to the server";

/// The original's tokens have no role and let publish.
fn read(input: &Input) -> Result<Ask, Problem> {
    let channel = input.in_query("channel")?.ok_or_else(|| missing("channel"))?;
    let channel = body::named_channel(channel, "channel")?;
    let user = body::uid_text(input.in_query("uid")?.ok_or_else(|| missing("uid"))?, "uid")?;
    Ok(Ask::new(Grant::rtc(channel, user, Role::Publisher), lifetime(input)?))
}

fn lifetime(input: &Input) -> Result<Option<Lifetime>, Problem> {
    match input.in_query("expiredTs")? {
        None | Some("0") => Ok(None),
        Some(text) => {
            let now = SystemClock.now().map_err(|error| Problem::of_library(&error, None))?;
            let left = body::number(text).and_then(|end| end.checked_sub(now.into()));
            body::seconds(left, "expiredTs").map(Some)
        }
    }
}
