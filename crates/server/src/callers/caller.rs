//! A caller, as authenticated.

use std::sync::Arc;

use crate::policy::{Own, Policy};

#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// For the audit log, the rate limit and the denylist: `key:NAME`, `jwt:ISSUER:SUBJECT` or `anonymous`.
    pub(crate) name: String,
    pub(crate) policy: Arc<Policy>,
    pub(crate) own: Own,
}

impl Caller {
    /// A caller without a JWT.
    pub(crate) fn plain(name: String, policy: Arc<Policy>) -> Caller {
        Caller { name, policy, own: Own::default() }
    }
}
