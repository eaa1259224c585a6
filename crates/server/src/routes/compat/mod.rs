//! The routes of the token servers that people run, for clients that cannot be changed. They ask as the originals do and
//! answer in their shapes; what they may have is the caller's policy, and nothing is guessed: an unknown role, a uid that
//! is none and a lifetime that cannot be are refused, where the originals make something of them.

mod access_token;
mod get_token;
mod path;
mod token_generate;

use std::num::NonZeroU32;

use agora_token::ErrorCode;

use super::Endpoint;
use super::body::named_account;
use crate::ask::User;
use crate::problem::Problem;

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

/// A number in plain digits: no sign, which Rust would take.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A uid as text; 0 is any user.
fn uid(text: &str, field: &'static str) -> Result<User, Problem> {
    let number = number(text).and_then(|number| u32::try_from(number).ok()).ok_or_else(|| {
        Problem::of_code(ErrorCode::InvalidUid, field, format!("{field} must be a number from 1 to 4294967295"))
    })?;
    Ok(NonZeroU32::new(number).map_or(User::Any, User::Uid))
}

/// Digits are a uid, anything else is an account, where the original tells them apart by their looks.
fn uid_or_account(text: &str, field: &'static str) -> Result<User, Problem> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { uid(text, field) } else { named_account(text, field) }
}
