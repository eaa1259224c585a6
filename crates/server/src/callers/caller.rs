//! A caller.

use std::sync::Arc;
use std::time::SystemTime;

use agora_token::User;

use crate::pattern::Pattern;
use crate::policy::Policy;

/// A caller, as authenticated.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// For the audit log, the rate limit and the denylist: `key:NAME`, `jwt:ISSUER:SUBJECT` or `anonymous`.
    pub(crate) name: String,
    pub(crate) policy: Arc<Policy>,
    /// The user that a JWT makes of its holder.
    pub(crate) user: Option<User<'static>>,
    /// Channels that the claims of a JWT give beside those of the policy.
    pub(crate) channels: Vec<Pattern>,
    /// When the JWT ends.
    pub(crate) ends_at: Option<SystemTime>,
}

impl Caller {
    /// A caller without a JWT.
    pub(crate) fn plain(name: String, policy: Arc<Policy>) -> Caller {
        Caller { name, policy, user: None, channels: Vec::new(), ends_at: None }
    }
}
