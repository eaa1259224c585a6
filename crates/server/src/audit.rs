//! One line for every token that is minted, every question about one and every request that is refused: who, from where,
//! what, and which token by a fingerprint. Never a token, a certificate, a key or a JWT.

use std::net::IpAddr;
use std::sync::Arc;

use agora_token::{Channel, Grant, Lifetime, Permissions, Role, Room, Text, User};
use tracing::info;

use crate::ask::{Ask, Holder, Wanted};
use crate::logs;
use crate::policy::Policy;
use crate::problem::Problem;

/// What is known of a request so far.
#[derive(Default, Clone)]
pub(crate) struct Record {
    /// The caller's name, and its policy.
    pub(crate) caller: Option<(String, Arc<Policy>)>,
    pub(crate) ask: Option<Ask>,
    /// When the token ends, and its fingerprint.
    pub(crate) minted: Option<(u64, String)>,
}

impl Record {
    /// The outcome is what happened, as `minted`, or why it did not.
    pub(crate) fn write(&self, request_id: &str, address: IpAddr, route: &str, outcome: Result<&str, &Problem>) {
        let caller = self.caller.as_ref().map(|(name, _)| printable(name));
        let policy = self.caller.as_ref().and_then(|(_, policy)| policy.name.as_deref()).map(printable);
        let (grant, granted, app) = match self.ask.as_ref().map(|ask| &ask.holder) {
            Some(Holder::User(grant, permissions)) => (Some(grant), Some(permissions), None),
            Some(Holder::App(service)) => (None, None, Some(Wanted::App(*service).to_string())),
            None => (None, None, None),
        };
        let project = self.ask.as_ref().and_then(|ask| ask.project.as_deref());
        let channel = grant.and_then(Grant::get_channel).map(Channel::as_str).map(printable);
        let room = grant.and_then(Grant::get_room);
        let (room, room_role) = (room.map(|room| printable(room.uuid())), room.map(Room::role));
        let (uid, account) = match grant.map(Grant::get_user) {
            Some(User::Uid(uid)) => (Some(uid.to_string()), None),
            Some(User::Account(account)) => (None, Some(printable(account.as_str()))),
            Some(User::Any) => (None, Some("*".to_owned())),
            None => (None, None),
        };
        let role = channel.as_ref().and_then(|_| grant?.get_role()).map(Role::name);
        let publish_lifetime = grant.and_then(Grant::get_publish_lifetime).map(Lifetime::as_secs);
        let permissions =
            granted.and_then(|granted| granted.iter().map(permission).reduce(|all, one| format!("{all}; {one}")));
        let services = grant.map(|grant| grant.get_services().to_string()).or(app);
        let (expires_at, fingerprint) = self.minted.as_ref().map(|(end, fingerprint)| (end, fingerprint)).unzip();
        let (event, refused) = (outcome.unwrap_or("refused"), outcome.err());
        let code = refused.map_or("OK", |problem| problem.code);
        let status = refused.map(|problem| problem.status.as_u16());
        let (field, reason) =
            (refused.and_then(|problem| problem.field.as_deref()), refused.and_then(|problem| problem.reason));
        let jwt = refused.and_then(|problem| problem.jwt.as_deref());
        let (issuer, kid) = (jwt.map(|(issuer, _)| issuer), jwt.and_then(|(_, kid)| kid.as_deref().map(short)));
        info!(
            target: logs::AUDIT, event, code, status, field, reason, issuer, kid, request_id, %address, route, caller, policy,
            project, channel, room, room_role, uid, account, role, publish_lifetime, permissions, services, expires_at,
            fingerprint,
        );
    }
}

/// By the names of a decoded token's document, as `users.read ["a", "b"]`.
fn permission((resource_type, permission, resources): (u16, u16, &[Text<'_>])) -> String {
    let resource_type = Permissions::resource_name(resource_type).unwrap_or_default();
    let permission = Permissions::permission_name(permission).unwrap_or_default();
    let resources: Vec<&str> = resources.iter().map(|resource| resource.to_str().unwrap_or_default()).collect();
    format!("{resource_type}.{permission} {resources:?}")
}

/// The beginning of what a stranger wrote.
fn short(text: &str) -> String {
    printable(&text.chars().take(64).collect::<String>())
}

/// With line breaks, control, bidirectional and invisible characters escaped.
fn printable(text: &str) -> String {
    text.escape_debug().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_line() {
        assert_eq!(printable("a\r\nb\u{2028}c\u{1b}[0m\u{9b}0m"), "a\\r\\nb\\u{2028}c\\u{1b}[0m\\u{9b}0m");
        assert_eq!(printable("müller 1"), "müller 1");
    }

    #[test]
    fn no_text_looks_like_another() {
        for hidden in ['\u{200b}', '\u{200e}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{feff}', '\u{e0041}'] {
            assert_eq!(printable(&format!("a{hidden}b")), format!("a\\u{{{:x}}}b", u32::from(hidden)));
        }
        assert_eq!(printable("\\u{200b}"), "\\\\u{200b}");
    }
}
