//! What is known of a client's attempt to use a token.

use crate::role::Role;
use crate::service::ServiceType;
use crate::time::UnixTime;

/// Who the client joined as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinedAs<'a> {
    /// With a uid; 0 asks the service for one.
    Uid(u32),
    /// With a user account, or an RTM or Chat user ID.
    Account(&'a str),
}

/// What is known of the client's attempt. Everything may be left out; the more is given, the more is found.
#[derive(Clone, Default)]
pub struct Attempt<'a> {
    /// The App ID the client joined with.
    pub app_id: Option<&'a str>,
    /// The channel it joined.
    pub channel: Option<&'a str>,
    /// Who it joined as.
    pub user: Option<JoinedAs<'a>>,
    /// The service it used the token for.
    pub service: Option<ServiceType>,
    /// What it meant to do in the channel.
    pub role: Option<Role>,
    /// When; now if left out.
    pub at: Option<UnixTime>,
    /// Its SDK and version, such as `web 4.20.0`, `android 3.7`, `flutter 6.3`.
    pub sdk: Option<&'a str>,
    /// The error number or text it saw, such as `110`.
    pub error: Option<&'a str>,
    /// The project's App Certificates as configured. They never show in a finding.
    pub certificates: &'a [&'a str],
    /// Mask App ID, channel and user in what is found, to post it in public.
    pub redact: bool,
}
