//! Callers: by API key, by JWT or anonymous, each with the policy that it is bound to.

mod caller;
mod jwt;
mod keys;
mod table;

pub(crate) use self::caller::Caller;
pub use self::keys::NewKey;
pub(crate) use self::table::Callers;
