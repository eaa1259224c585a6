//! One line for every token that is minted and every request that is refused: who, from where, what, and which token by
//! a fingerprint. Never a token, a certificate, a key or a JWT.

use std::net::IpAddr;

use agora_token::{Channel, Role, ServiceType, User};
use tracing::info;

use crate::ask::{Ask, Holder};
use crate::mint::Minted;
use crate::problem::Problem;

pub(crate) const TARGET: &str = "agora_token_server::audit";

/// What is known of a request so far.
#[derive(Default)]
pub(crate) struct Record {
    caller: Option<String>,
    channel: Option<String>,
    uid: Option<String>,
    account: Option<String>,
    role: Option<&'static str>,
    services: Option<String>,
    expires_at: Option<u64>,
    fingerprint: Option<String>,
}

impl Record {
    pub(crate) fn caller(&mut self, name: &str) {
        self.caller = Some(printable(name));
    }

    pub(crate) fn ask(&mut self, ask: &Ask) {
        match &ask.holder {
            Holder::ChatApp => self.services = Some("chat-app".to_owned()),
            Holder::User(grant) => {
                match grant.user() {
                    User::Uid(uid) => self.uid = Some(uid.to_string()),
                    User::Account(account) => self.account = Some(printable(account.as_str())),
                    User::Any => self.account = Some("*".to_owned()),
                }
                self.services = Some(grant.services().to_string());
                if grant.services().contains(ServiceType::Rtc) {
                    self.channel = grant.channel().map(Channel::as_str).map(printable);
                    self.role = grant.role().map(Role::name);
                }
            }
        }
    }

    pub(crate) fn minted(&mut self, minted: &Minted) {
        self.expires_at = Some(minted.expires_at.as_secs());
        self.fingerprint = Some(minted.fingerprint());
    }

    /// Writes the line.
    pub(crate) fn write(&self, request_id: &str, address: IpAddr, route: &str, refused: Option<&Problem>) {
        let (caller, channel) = (self.caller.as_deref(), self.channel.as_deref());
        let (uid, account) = (self.uid.as_deref(), self.account.as_deref());
        let (role, services, fingerprint) = (self.role, self.services.as_deref(), self.fingerprint.as_deref());
        let (event, code) = refused.map_or(("minted", "OK"), |problem| ("refused", problem.code));
        let (status, field) =
            (refused.map(|problem| problem.status.as_u16()), refused.and_then(|problem| problem.field));
        info!(
            target: TARGET, event, code, status, field, request_id, %address, route, caller, channel, uid, account,
            role, services, expires_at = self.expires_at, fingerprint,
        );
    }
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
