//! Callers: by API key, by JWT or anonymous, each with the policy that it is bound to.

mod caller;
mod jwks;
mod jwt;
mod keys;
mod provider;
mod refusal;
mod signatures;
mod table;
mod templates;

pub(crate) use self::caller::Caller;
pub use self::keys::NewKey;
pub(crate) use self::provider::METRICS as PROVIDER_METRICS;
pub(crate) use self::refusal::REASONS;
pub(crate) use self::table::Callers;
