//! One line for every token that is minted, every question about one and every request that is refused: who, from where,
//! what, and which token by a fingerprint. Never a token, a certificate, a key or a JWT.

use std::net::IpAddr;

use agora_token::{Channel, Permissions, Role, Text, User};
use tracing::info;

use crate::ask::{Ask, Holder, Wanted};
use crate::callers::Caller;
use crate::logs;
use crate::mint::Minted;
use crate::problem::Problem;

/// What is known of a request so far.
#[derive(Default, Clone)]
pub(crate) struct Record {
    caller: Option<String>,
    policy: Option<String>,
    project: Option<String>,
    channel: Option<String>,
    room: Option<String>,
    room_role: Option<i16>,
    uid: Option<String>,
    account: Option<String>,
    role: Option<&'static str>,
    publish_lifetime: Option<u32>,
    permissions: Option<String>,
    services: Option<String>,
    expires_at: Option<u64>,
    fingerprint: Option<String>,
}

/// What a line is about.
#[derive(Clone, Copy)]
pub(crate) enum Event<'p> {
    Minted,
    /// A token was diagnosed or inspected.
    Consulted,
    Refused(&'p Problem),
}

impl Record {
    pub(crate) fn caller(&mut self, caller: &Caller) {
        self.caller = Some(printable(&caller.name));
        self.policy = caller.policy.name().map(printable);
    }

    pub(crate) fn ask(&mut self, ask: &Ask) {
        self.project.clone_from(&ask.project);
        match &ask.holder {
            Holder::App(service) => self.services = Some(Wanted::App(*service).name()),
            Holder::User(grant, permissions) => {
                match grant.get_user() {
                    User::Uid(uid) => self.uid = Some(uid.to_string()),
                    User::Account(account) => self.account = Some(printable(account.as_str())),
                    User::Any => self.account = Some("*".to_owned()),
                }
                self.services = Some(grant.get_services().to_string());
                self.channel = grant.get_channel().map(Channel::as_str).map(printable);
                self.role = grant.get_channel().and_then(|_| grant.get_role()).map(Role::name);
                self.publish_lifetime = grant.get_publish_lifetime().map(|lifetime| lifetime.as_secs());
                self.room = grant.get_room().map(|room| printable(room.uuid()));
                self.room_role = grant.get_room().map(|room| room.role());
                self.permissions = permissions.iter().map(permission).reduce(|all, one| format!("{all}; {one}"));
            }
        }
    }

    pub(crate) fn minted(&mut self, minted: &Minted) {
        self.expires_at = Some(minted.expires_at.as_secs());
        self.fingerprint = Some(minted.fingerprint());
    }

    /// Writes the line.
    pub(crate) fn write(&self, request_id: &str, address: IpAddr, route: &str, event: Event<'_>) {
        let Record { caller, policy, project, channel, room, room_role, uid, account, role, .. } = self;
        let Record { publish_lifetime, permissions, services, expires_at, fingerprint, .. } = self;
        let (event, refused) = match event {
            Event::Minted => ("minted", None),
            Event::Consulted => ("consulted", None),
            Event::Refused(problem) => ("refused", Some(problem)),
        };
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
