//! The one way to a token: an ask, a policy, the issuer.

use agora_token::source::{Clock, SystemClock};
use agora_token::{
    Channel as NamedChannel, Error, ErrorCode, Grant, Lifetime, Stamp, UnixTime, UserId, builder, refresh_after,
};
use sha2::{Digest, Sha256};

use crate::ask::{Ask, Channel, Holder, User};
use crate::callers::Caller;
use crate::credentials::hex;
use crate::live::Live;
use crate::problem::Problem;

/// A token, and what a route may tell about it.
pub(crate) struct Minted {
    pub(crate) token: String,
    pub(crate) app_id: String,
    pub(crate) issued_at: u64,
    pub(crate) expires_at: u64,
    pub(crate) refresh_after: u64,
    pub(crate) server_time: u64,
}

impl Minted {
    /// What tells tokens apart in the audit log and helps nobody to use one.
    pub(crate) fn fingerprint(&self) -> String {
        let hash = Sha256::digest(self.token.as_bytes());
        hex(hash.get(..8).unwrap_or_default())
    }
}

/// Mints what `ask` asks for if the caller's policy allows it.
pub(crate) fn mint(live: &Live, caller: &Caller, ask: &Ask) -> Result<Minted, Problem> {
    let lifetime = caller.policy.judge(ask, caller.subject.as_deref(), live.lifetime)?;
    let (token, issued_at) = match &ask.holder {
        Holder::User(user) => for_user(live, user, ask, lifetime),
        Holder::ChatApp => for_chat_app(live, lifetime),
    }
    .map_err(|error| Problem::of_library(&error, None))?;
    let expires_at = UnixTime::from_secs(issued_at.as_secs() + u64::from(lifetime.as_secs()));
    Ok(Minted {
        token,
        app_id: live.credentials.app_id().to_string(),
        issued_at: issued_at.as_secs(),
        expires_at: expires_at.as_secs(),
        refresh_after: refresh_after(issued_at, expires_at).as_secs(),
        server_time: SystemClock.now().map_or(issued_at.as_secs(), u64::from),
    })
}

fn for_user(live: &Live, user: &User, ask: &Ask, lifetime: Lifetime) -> Result<(String, UnixTime), Error> {
    let user = match user {
        User::Uid(uid) => UserId::Uid(*uid),
        User::Account(account) => UserId::account(account)?,
        User::Any => UserId::Any,
    };
    let mut grant = Grant::new(user).lifetime(lifetime);
    if ask.services.rtc {
        let channel = match &ask.channel {
            Some(Channel::Named(name)) => NamedChannel::named(name)?,
            Some(Channel::Any) => NamedChannel::Any,
            None => return Err(ErrorCode::InvalidChannelName.into_error()),
        };
        grant = grant.and_rtc(channel, ask.role);
    }
    if ask.services.rtm {
        grant = grant.and_rtm();
    }
    if ask.services.chat {
        grant = grant.and_chat();
    }
    if let Some(publish) = ask.publish_lifetime {
        grant = grant.publish_lifetime(publish);
    }
    let issued = live.credentials.issuer.issue(&grant)?;
    Ok((issued.token, issued.issued_at))
}

fn for_chat_app(live: &Live, lifetime: Lifetime) -> Result<(String, UnixTime), Error> {
    let stamp = Stamp::now()?;
    let token = builder::build_chat_app_token2(live.credentials.issuer.credentials(), lifetime.as_secs(), stamp)?;
    Ok((token, UnixTime::from_secs(stamp.issue_ts.into())))
}
