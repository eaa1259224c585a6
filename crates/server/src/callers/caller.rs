//! One who asks.

use std::sync::Arc;

use crate::policy::Policy;

/// One who asks.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// For the audit log and the rate limit: `key:NAME`, `jwt:ISSUER:SUBJECT` or `anonymous`.
    pub(crate) name: String,
    pub(crate) policy: Arc<Policy>,
    /// A JWT's own.
    pub(crate) subject: Option<String>,
}
