//! A caller.

use std::sync::Arc;

use crate::policy::Policy;

/// A caller, as authenticated.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// For the audit log and the rate limit: `key:NAME`, `jwt:ISSUER:SUBJECT` or `anonymous`.
    pub(crate) name: String,
    pub(crate) policy: Arc<Policy>,
    /// The `sub` of a JWT.
    pub(crate) subject: Option<String>,
}
