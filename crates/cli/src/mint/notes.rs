//! What a minted token does that its maker may not expect. It is legal, so these are notes and no errors.

use agora_token::{DAY, ServiceType, Unverified};

use super::commands::Service;
use crate::output::note;

pub(crate) fn print(service: &Service, token: &Unverified) {
    if service.given("uid") == Some("0") {
        note("note", "--uid 0 lets any user in; --any-user says the same in words");
    }
    match token {
        Unverified::AccessToken2(token) => {
            if token.expire() > DAY {
                note("note", "Agora honours a token for 24 hours at most");
            }
            let rtc = token.services().iter().filter(|service| service.service_type() == ServiceType::Rtc);
            if rtc.flat_map(|service| service.privileges.iter()).any(|(_, expire)| expire > token.expire()) {
                note("note", ENDS_FIRST);
            }
        }
        Unverified::AccessToken(token) => {
            let end = token.expires_at().as_secs();
            if token.privileges().iter().any(|(_, privilege_end)| u64::from(privilege_end) > end) {
                note("note", ENDS_FIRST);
            }
        }
        _ => {}
    }
}

const ENDS_FIRST: &str = "the token ends before its privileges, so clients are not warned before it does";
