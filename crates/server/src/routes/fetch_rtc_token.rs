//! `POST /fetch_rtc_token`, the route of Agora's guide.

use agora_token::{Grant, User};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{self, ChannelOrStar, RoleNumber, UidOrZero};
use crate::about::{About, Body};
use crate::ask::Ask;
use crate::endpoint::Endpoint;
use crate::error_format::ErrorFormat;

/// The guide's server reads field names in any letter case and its own client counts on that. In the guide, uid 0 is any
/// user and the channel `*` any channel; the policy says whether they may be had.
pub(super) const ENDPOINT: Endpoint = Endpoint::mint(
    "/fetch_rtc_token",
    ErrorFormat::Guide,
    |input, _| {
        let GuideRequest { uid, channel, role } = body::read_in_any_case(&input.body, &["uid", "ChannelName", "role"])?;
        Ok(Ask::new(Grant::rtc(channel.0, uid.0.map_or(User::Any, User::Uid), role.0), None))
    },
    |_, minted| body::answer(GuideAnswer { token: minted.token.clone(), code: "200" }),
    About {
        description: "Field names match in any letter case, others are ignored. uid 0 means any user and the channel `*` any \
                      channel; both are for callers whose policy allows them.",
        request: Some(Body::json::<GuideRequest>(
            "Who joins which channel",
            r#"{"uid": 123456, "ChannelName": "ChannelA", "role": 1}"#,
        )),
        ..About::new(
            "fetchRtcToken",
            "Tokens",
            "An RTC token, as in Agora's guide",
            Body::json::<GuideAnswer>("The token", r#"{"token": "007eJxTYHg…", "code": "200"}"#),
        )
    },
);

#[derive(Deserialize, ToSchema)]
struct GuideRequest {
    uid: UidOrZero,
    #[serde(rename = "ChannelName")]
    channel: ChannelOrStar,
    role: RoleNumber,
}

#[derive(Serialize, ToSchema)]
struct GuideAnswer {
    /// The token
    token: String,
    /// The status
    code: &'static str,
}
