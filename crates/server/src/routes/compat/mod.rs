//! The routes of the token servers that people run, for clients that cannot be changed. They ask as the originals do and
//! answer in their shapes, and fields that a route does not know are ignored as there. What they may have is the caller's
//! policy: an unknown role, a uid that is none and a lifetime that cannot be are refused, where the originals make
//! something of them.

mod access_token;
mod get_token;
mod path;
mod token_generate;

use crate::about::{About, Body};
use crate::answers;
use crate::endpoint::Endpoint;
use crate::error_format::ErrorFormat;

pub(super) static ENDPOINTS: &[Endpoint] = &[
    get_token::ENDPOINT,
    path::rtc("compatRtc", "/rtc/{channel}/{role}/{tokentype}/{uid}"),
    path::rtc("compatRtcWithSlash", "/rtc/{channel}/{role}/{tokentype}/{uid}/"),
    path::rtm("compatRtm", "/rtm/{uid}"),
    path::rtm("compatRtmWithSlash", "/rtm/{uid}/"),
    path::rte("compatRte", "/rte/{channel}/{role}/{tokentype}/{uid}"),
    path::rte("compatRteWithSlash", "/rte/{channel}/{role}/{tokentype}/{uid}/"),
    path::chat_app("compatChatApp", "/chat/app"),
    path::chat_app("compatChatAppWithSlash", "/chat/app/"),
    path::chat_account("compatChatAccount", "/chat/account/{id}"),
    path::chat_account("compatChatAccountWithSlash", "/chat/account/{id}/"),
    Endpoint {
        errors: ErrorFormat::ErrorAndStatus,
        ..Endpoint::show(
            "/ping",
            |_| answers::json(r#"{"message":"pong"}"#),
            About::new("compatPing", "Compatibility", "agora-token-service: it lives", Body::any_json("pong")),
        )
    },
    token_generate::ENDPOINT,
    access_token::ENDPOINT,
];
