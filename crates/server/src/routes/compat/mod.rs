//! The routes of the token servers that people run, for clients that cannot be changed. They ask as the originals do and
//! answer in their shapes; what they may have is the caller's policy, and nothing is guessed: an unknown role, a uid that
//! is none and a lifetime that cannot be are refused, where the originals make something of them.

mod access_token;
mod get_token;
mod path;
mod token_generate;
mod users;

use crate::endpoint::Endpoint;

pub(super) static ENDPOINTS: &[Endpoint] = &[
    get_token::ENDPOINT,
    path::RTC,
    path::RTC_WITH_SLASH,
    path::RTM,
    path::RTM_WITH_SLASH,
    path::RTE,
    path::RTE_WITH_SLASH,
    path::CHAT_APP,
    path::CHAT_APP_WITH_SLASH,
    path::CHAT_ACCOUNT,
    path::CHAT_ACCOUNT_WITH_SLASH,
    path::PING,
    token_generate::ENDPOINT,
    access_token::ENDPOINT,
];
