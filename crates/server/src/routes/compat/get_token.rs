//! `POST /getToken` of agora-token-service: `{tokenType, channel, role, uid, expire}` → `{token}`.

use agora_token::{Grant, Role};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::body::{self, Seconds, missing};
use crate::about::{About, Body, TokenAlone};
use crate::ask::Ask;
use crate::endpoint::{Endpoint, Input};
use crate::error_format::ErrorFormat;
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint::mint(
    "/getToken",
    ErrorFormat::ErrorAndStatus,
    |input, _| read(input),
    |_, minted| body::answer(TokenAlone { token: minted.token.clone() }),
    About {
        description: "Digits in `uid` are a uid, anything else is an account. `chat` without a uid is the token of Chat's \
                      administrator.",
        request: Some(Body::json::<GetTokenRequest>(
            "Who joins what",
            r#"{"tokenType": "rtc", "channel": "room", "role": "publisher", "uid": "42", "expire": 3600}"#,
        )),
        ..About::compat::<TokenAlone>("compatGetToken", "agora-token-service: any of its tokens")
    },
);

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GetTokenRequest {
    /// rtc, rtm or chat
    #[schema(pattern = "^(rtc|rtm|chat)$")]
    token_type: String,
    /// The channel name, for rtc
    channel: Option<String>,
    /// publisher or subscriber, as which a user joins if it is left out
    #[schema(pattern = "^(|publisher|subscriber)$")]
    role: Option<String>,
    /// A uid in digits, or an account
    uid: Option<String>,
    /// How long the token lives
    expire: Option<Seconds>,
}

/// Chat without a uid is the app token, as in the original; who may have one, the policy says.
fn read(input: &Input) -> Result<Ask, Problem> {
    let asked: GetTokenRequest = body::read(&input.body)?;
    let said = |text: &'static str, given: Option<String>| {
        given.filter(|given| !given.is_empty()).ok_or_else(|| missing(text))
    };
    let lifetime = asked.expire.map(|expire| expire.0);
    let uid = said("uid", asked.uid);
    match asked.token_type.as_str() {
        "rtc" => {
            let channel = body::named_channel(&said("channel", asked.channel)?, "channel")?;
            let user = body::uid_or_account(&uid?, "uid")?;
            let role = match said("role", asked.role) {
                Ok(role) => body::role(Some(&role), "role")?,
                Err(_) => Role::Subscriber,
            };
            Ok(Ask::new(Grant::rtc(channel, user, role), lifetime))
        }
        "rtm" => Ok(Ask::new(Grant::rtm(body::uid_or_account(&uid?, "uid")?), lifetime)),
        "chat" => match uid {
            Ok(uid) => Ok(Ask::new(Grant::chat(body::uid_or_account(&uid, "uid")?), lifetime)),
            Err(_) => Ok(Ask::chat_app(lifetime)),
        },
        _ => Err(Problem::invalid("tokenType", "tokenType must be \"rtc\", \"rtm\" or \"chat\"")),
    }
}
