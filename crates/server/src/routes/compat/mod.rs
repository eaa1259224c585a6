//! The routes of the token servers that people run, for clients that cannot be changed. They ask as the originals do and
//! answer in their shapes; what they may have is the caller's policy, and nothing is guessed: an unknown role, a uid that
//! is none and a lifetime that cannot be are refused, where the originals make something of them.

mod access_token;
mod get_token;
mod path;
mod token_generate;

use crate::answers;
use crate::endpoint::Endpoint;
use crate::error_format::ErrorFormat;

pub(super) static ENDPOINTS: &[Endpoint] = &[
    get_token::ENDPOINT,
    path::rtc("/rtc/{channel}/{role}/{tokentype}/{uid}"),
    path::rtc("/rtc/{channel}/{role}/{tokentype}/{uid}/"),
    path::rtm("/rtm/{uid}"),
    path::rtm("/rtm/{uid}/"),
    path::rte("/rte/{channel}/{role}/{tokentype}/{uid}"),
    path::rte("/rte/{channel}/{role}/{tokentype}/{uid}/"),
    path::chat_app("/chat/app"),
    path::chat_app("/chat/app/"),
    path::chat_account("/chat/account/{id}"),
    path::chat_account("/chat/account/{id}/"),
    Endpoint {
        errors: ErrorFormat::ErrorAndStatus,
        ..Endpoint::show("/ping", |_| answers::json(r#"{"message":"pong"}"#))
    },
    token_generate::ENDPOINT,
    access_token::ENDPOINT,
];
