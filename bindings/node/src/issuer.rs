//! Minting by grants, which come as JSON documents.

use std::sync::Arc;

use agora_token::{Channel, Error, ErrorCode, Grant, IssuedToken, Issuer, Lifetime, Permissions, Role, UserId};
use serde::Deserialize;

use crate::documents::{PermissionsDocument, into_permissions, read};
use crate::node::{Arguments, Kept, Reply};
use crate::refusal::Refusal;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GrantDocument {
    /// Nothing for any user.
    user: Option<UserDocument>,
    rtc: Option<RtcDocument>,
    rtm: bool,
    permissions: Option<PermissionsDocument>,
    chat: bool,
    lifetime: Option<u32>,
    lifetime_longer_than_a_day: Option<u32>,
    publish_lifetime: Option<u32>,
    allow_long_token: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum UserDocument {
    Uid(u32),
    Account(String),
}

#[derive(Deserialize)]
struct RtcDocument {
    /// Nothing for any channel.
    channel: Option<String>,
    role: u32,
}

/// A grant that was checked, for as long as JavaScript holds it.
pub(crate) struct OwnedGrant {
    user: Option<UserDocument>,
    rtc: Option<(Option<String>, Role)>,
    rtm: bool,
    rtm2: Option<Permissions<'static>>,
    chat: bool,
    lifetime: Lifetime,
    publish_lifetime: Option<Lifetime>,
    long_token: bool,
}

impl OwnedGrant {
    fn new(wanted: GrantDocument) -> Result<OwnedGrant, Refusal> {
        user(wanted.user.as_ref()).map_err(under("user"))?;
        let rtc = match wanted.rtc {
            Some(RtcDocument { channel: name, role }) => {
                channel(name.as_deref()).map_err(under("channel"))?;
                Some((name, Role::from_number(role)?))
            }
            None => None,
        };
        let mut lifetime = wanted.lifetime.map_or(Ok(Lifetime::HOUR), Lifetime::from_secs)?;
        if let Some(seconds) = wanted.lifetime_longer_than_a_day {
            lifetime = Lifetime::longer_than_a_day(seconds).map_err(under("lifetimeLongerThanADay"))?;
        }
        let publish_lifetime =
            wanted.publish_lifetime.map(Lifetime::from_secs).transpose().map_err(under("publishLifetime"))?;
        Ok(OwnedGrant {
            user: wanted.user,
            rtc,
            rtm: wanted.rtm,
            rtm2: wanted.permissions.map(into_permissions).transpose()?,
            chat: wanted.chat,
            lifetime,
            publish_lifetime,
            long_token: wanted.allow_long_token,
        })
    }

    fn as_grant(&self) -> Result<Grant<'_>, Error> {
        let mut grant = Grant::new(user(self.user.as_ref())?).lifetime(self.lifetime);
        if let Some((name, role)) = &self.rtc {
            grant = grant.and_rtc(channel(name.as_deref())?, *role);
        }
        if self.rtm {
            grant = grant.and_rtm();
        }
        if let Some(permissions) = &self.rtm2 {
            grant = grant.and_rtm2(permissions.clone());
        }
        if self.chat {
            grant = grant.and_chat();
        }
        if let Some(lifetime) = self.publish_lifetime {
            grant = grant.publish_lifetime(lifetime);
        }
        Ok(if self.long_token { grant.allow_long_token() } else { grant })
    }
}

fn user(wanted: Option<&UserDocument>) -> Result<UserId<'_>, Error> {
    match wanted {
        None => Ok(UserId::Any),
        Some(UserDocument::Uid(uid)) => UserId::uid(*uid),
        Some(UserDocument::Account(account)) => UserId::account(account),
    }
}

fn channel(name: Option<&str>) -> Result<Channel<'_>, Error> {
    name.map_or(Ok(Channel::Any), Channel::named)
}

/// An issuer, to be kept.
pub(crate) fn new_issuer(args: &Arguments) -> Result<Reply, Refusal> {
    Ok(Reply::Kept(Kept::Issuer(Arc::new(Issuer::new(args.credentials()?)))))
}

/// A grant, to be kept; comes as a document.
pub(crate) fn new_grant(args: &Arguments) -> Result<Reply, Refusal> {
    let wanted = read(&args.named_text("grant", ErrorCode::Internal)?)?;
    Ok(Reply::Kept(Kept::Grant(Arc::new(OwnedGrant::new(wanted)?))))
}

/// A token for a grant.
pub(crate) fn issue(args: &Arguments) -> Result<Reply, Refusal> {
    let (issuer, grant) = (args.issuer()?, args.grant()?);
    issue_one(&issuer, &grant).map(Reply::Issued)
}

/// Tokens for an array of grants, later. A refusal tells which grant it is about, counted from the number given.
pub(crate) fn issue_all(args: &Arguments) -> Result<Reply, Refusal> {
    let (issuer, grants) = (args.issuer()?, args.grants()?);
    let first = args.number().unwrap_or_default();
    Ok(Reply::Work(Box::new(move || {
        let numbered = (0u32..).map(|index| first + f64::from(index)).zip(&grants);
        numbered.map(|(index, grant)| issue_one(&issuer, grant).map_err(|refusal| refusal.of(index))).collect()
    })))
}

fn issue_one(issuer: &Issuer, grant: &OwnedGrant) -> Result<IssuedToken, Refusal> {
    issuer.issue(&grant.as_grant()?).map_err(|error| match error.code() {
        ErrorCode::InvalidUserId => under("user")(error),
        _ => error.into(),
    })
}

/// A refusal under the name that its argument has in a grant.
fn under(name: &'static str) -> impl Fn(Error) -> Refusal {
    move |error| Refusal::from(error).renamed(name)
}
