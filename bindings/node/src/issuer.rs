//! Minting by grants, which come as JSON documents.

use agora_token::{Channel, Error, ErrorCode, Grant, Issuer, Lifetime, Role, UserId};
use serde::Deserialize;

use crate::documents::{PermissionsDocument, into_permissions, read, write};
use crate::node::{Arguments, Reply};
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

/// Refuses a grant that is none.
pub(crate) fn check_grant(args: &Arguments) -> Result<Reply, Refusal> {
    with_grant(args, |_| write(&true))
}

/// `[token, issued at, expires at, refresh after]`
pub(crate) fn issue(args: &Arguments) -> Result<Reply, Refusal> {
    let issuer = Issuer::new(args.credentials()?);
    with_grant(args, |grant| {
        let issued = issuer.issue(grant).map_err(|error| match error.code() {
            ErrorCode::InvalidUserId => under("user")(error),
            _ => error.into(),
        })?;
        let times = [issued.issued_at, issued.expires_at, issued.refresh_after].map(|time| time.as_secs());
        write(&(issued.token, times[0], times[1], times[2]))
    })
}

fn with_grant<T>(args: &Arguments, then: impl FnOnce(&Grant<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
    let wanted: GrantDocument = read(&args.named_text("grant", ErrorCode::Internal)?)?;
    let user = match &wanted.user {
        None => Ok(UserId::Any),
        Some(UserDocument::Uid(uid)) => UserId::uid(*uid),
        Some(UserDocument::Account(account)) => UserId::account(account),
    };
    let mut grant = Grant::new(user.map_err(under("user"))?);
    if let Some(RtcDocument { channel, role }) = &wanted.rtc {
        let channel = channel.as_deref().map_or(Ok(Channel::Any), Channel::named).map_err(under("channel"))?;
        grant = grant.and_rtc(channel, Role::from_number(*role)?);
    }
    if wanted.rtm {
        grant = grant.and_rtm();
    }
    if let Some(permissions) = wanted.permissions {
        grant = grant.and_rtm2(into_permissions(permissions)?);
    }
    if wanted.chat {
        grant = grant.and_chat();
    }
    if let Some(seconds) = wanted.lifetime {
        grant = grant.lifetime(Lifetime::from_secs(seconds)?);
    }
    if let Some(seconds) = wanted.lifetime_longer_than_a_day {
        grant = grant.lifetime(Lifetime::longer_than_a_day(seconds).map_err(under("lifetimeLongerThanADay"))?);
    }
    if let Some(seconds) = wanted.publish_lifetime {
        grant = grant.publish_lifetime(Lifetime::from_secs(seconds).map_err(under("publishLifetime"))?);
    }
    if wanted.allow_long_token {
        grant = grant.allow_long_token();
    }
    then(&grant)
}

/// A refusal under the name that its argument has in a grant.
fn under(name: &'static str) -> impl Fn(Error) -> Refusal {
    move |error| Refusal::from(error).renamed(name)
}
