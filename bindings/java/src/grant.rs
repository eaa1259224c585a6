//! Grants, which Java holds as their values, and minting by them.

use agora_token::source::{Clock, SaltSource, SystemClock, SystemSalt};
use agora_token::{
    Channel, Error, ErrorCode, Grant, IssuedToken, Issuer, Lifetime, Role, Room, ServiceType, Stamp, User,
};

use crate::handle::Handle;
use crate::message::{Item, Reply, Request};
use crate::services::permissions;
use crate::tokens::credentials;

/// An issuer for a project.
pub(crate) fn new_issuer(_: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    reply.integer(Handle::Issuer(Issuer::new(credentials(&mut request)?)).give());
    Ok(())
}

/// Time and salt, which may be null, and a grant; the token, when it was made, when it ends, when to fetch the next.
pub(crate) fn issue(handle: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    let issuer = Handle::issuer(handle)?;
    let (time, salt) = (request.next()?, request.next()?);
    let issue_ts = time.optional(|time| match *time {
        Item::Integer(seconds) => u32::try_from(seconds).map_err(|_| ErrorCode::ClockOutOfRange.into()),
        _ => Err(ErrorCode::Internal.into()),
    })?;
    let salt = salt.optional(|salt| salt.number(ErrorCode::InvalidSalt, "salt"))?;
    let grant = grant(&mut request)?;
    let stamp = Stamp {
        issue_ts: issue_ts.map_or_else(|| SystemClock.now(), Ok)?,
        salt: salt.map_or_else(|| SystemSalt.next_salt(), Ok)?,
    };
    let IssuedToken { token, issued_at, expires_at, refresh_after, .. } = issuer.issue_at(&grant, stamp)?;
    reply.text(&token);
    [issued_at, expires_at, refresh_after].into_iter().for_each(|time| reply.time(time));
    Ok(())
}

/// Services as bits by their numbers, user, channel, role, lifetime, whether it may be longer than a day, publish
/// lifetime, whether a long token is allowed, room, the role in it, permissions. What is null was not set.
fn grant<'a>(request: &mut Request<'a>) -> Result<Grant<'a>, Error> {
    let services: u32 = request.next()?.number(ErrorCode::Internal, "")?;
    let mut grant = Grant::new(user(&request.next()?)?);
    for service in ServiceType::all().filter(|service| services >> service.number() & 1 == 1) {
        grant = grant.and(service);
    }
    if let Some(channel) = request.next()?.optional(channel)? {
        grant = grant.channel(channel);
    }
    let role = request.next()?.optional(|item| Role::from_number(item.number(ErrorCode::InvalidRole, "role")?))?;
    if let Some(role) = role {
        grant = grant.role(role);
    }
    let lifetime = request.next()?;
    let longer = request.next()?.flag();
    if let Some(lifetime) = lifetime.optional(|item| seconds(item, "lifetime", longer))? {
        grant = grant.lifetime(lifetime);
    }
    if let Some(lifetime) = request.next()?.optional(|item| seconds(item, "publish_lifetime", longer))? {
        grant = grant.publish_lifetime(lifetime);
    }
    if request.next()?.flag() {
        grant = grant.allow_long_token();
    }
    let (uuid, role) = (request.next()?, request.next()?);
    if let Some(uuid) = uuid.optional(|item| item.text(ErrorCode::InvalidRoomUuid, "room_uuid"))? {
        grant = grant.room(Room::new(uuid, role.number(ErrorCode::InvalidRole, "room_role")?)?);
    }
    if let Some(permissions) = request.next()?.optional(permissions)? {
        grant = grant.and_rtm2(permissions);
    }
    Ok(grant)
}

fn seconds(item: &Item<'_>, field: &'static str, longer: bool) -> Result<Lifetime, Error> {
    let seconds = item.number(ErrorCode::InvalidLifetime, field)?;
    let lifetime = if longer { Lifetime::longer_than_a_day(seconds) } else { Lifetime::from_secs(seconds) };
    lifetime.map_err(|error| error.in_field(field))
}

/// A number is a uid, a text an account, a list with a text in it a text from outside, a list of nothing any user.
pub(crate) fn user<'a>(item: &Item<'a>) -> Result<User<'a>, Error> {
    let user = match item {
        Item::Integer(uid) => User::try_from(*uid),
        Item::List(items) => match items.as_slice() {
            [] => Ok(User::Any),
            [text] => User::from_text(text.text(ErrorCode::InvalidUserAccount, "user")?),
            _ => Err(ErrorCode::Internal.into()),
        },
        _ => item.text(ErrorCode::InvalidUserAccount, "user").and_then(User::account),
    };
    user.map_err(|error| error.in_field("user"))
}

fn channel<'a>(item: &Item<'a>) -> Result<Channel<'a>, Error> {
    match item {
        Item::List(items) if items.is_empty() => Ok(Channel::Any),
        _ => Channel::named(item.text(ErrorCode::InvalidChannelName, "channel")?),
    }
}

/// A user, as [`user`] reads one; the same as a number or a text, or null for any.
pub(crate) fn check_user(_: Option<&Handle>, mut request: Request<'_>, reply: &mut Reply) -> Result<(), Error> {
    match user(&request.next()?)? {
        User::Uid(uid) => reply.integer(uid.get()),
        User::Account(account) => reply.text(account.as_str()),
        User::Any => reply.null(),
    }
    Ok(())
}

/// Refuses what is no channel.
pub(crate) fn check_channel(_: Option<&Handle>, mut request: Request<'_>, _: &mut Reply) -> Result<(), Error> {
    channel(&request.next()?).map(drop)
}
