//! Numbers and users in paths and queries, which are texts.

use std::num::NonZeroU32;

use agora_token::{ErrorCode, UserId};

use super::super::body::named_account;
use crate::problem::Problem;

/// A number in plain digits: no sign, which Rust would take.
pub(super) fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A uid as text; 0 is any user.
pub(super) fn uid(text: &str, field: &'static str) -> Result<UserId<'static>, Problem> {
    let number = number(text).and_then(|number| u32::try_from(number).ok()).ok_or_else(|| {
        Problem::of_code(ErrorCode::InvalidUid, field, format!("{field} must be a number from 1 to 4294967295"))
    })?;
    Ok(NonZeroU32::new(number).map_or(UserId::Any, UserId::Uid))
}

/// Digits are a uid, anything else is an account, as the original tells them apart.
pub(super) fn uid_or_account(text: &str, field: &'static str) -> Result<UserId<'static>, Problem> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { uid(text, field) } else { named_account(text, field) }
}
