//! Whom to let in where, as what, for how long.
#![allow(clippy::too_many_arguments, reason = "keywords, nearly all of them")]

use agora_token::{Channel, ErrorCode, Grant, Lifetime, Room, ServiceType, User};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::arguments::{
    Arg, Keywords, Maybe, Optional, all_known, each_of, in_range, integer, lifetime as seconds, role as role_of,
    service as service_of, text,
};
use crate::permissions::permissions as permissions_of;
use crate::refusal::Outcome;
use crate::user::{OF_TOKENS, PyUser, asked, channel_of, user_of};
use crate::values::hash_of;

/// Whom to let in where, as what, for how long: what an Issuer makes a token of. Frozen; equal when all of it
/// is.
///
/// A channel means joining it by voice and video; rtm and chat add messaging and Chat as the same user,
/// permissions messaging on single resources. Whatever services give is named instead: they then are all, and
/// have the channel, the role and the room that they need. What is left out is not granted; None is refused.
/// Without a user it is a template for issue_many.
///
/// Args:
///     channel: a channel's name, or Channel.ANY
///     uid: who joins with a uid; 1 to 4294967295
///     account: who joins with a user account, or logs in with a user ID; 1 to 255 bytes
///     user: either of them, an int for a uid and a str for an account, or a User, as User.ANY
///     role: "publisher" or "subscriber", or a Role
///     rtm: whether to log in to real-time messaging; a uid is its own digits there
///     chat: whether to log in to Chat; a uid is its own digits there
///     services: the services instead of that of the channel, each a ServiceType
///     permissions: what of messaging, as {ResourceType: {PermissionType: [resource, ...]}}; they stand in
///         place of rtm
///     room_uuid: the room of a classroom; without one, aPaaS lets in outside of rooms
///     room_role: the role in it, any number that your classroom knows
///     lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
///     publish_lifetime: how long a publisher may publish, where that is less
///     expires_in: another name of lifetime
///     publish_expires_in: another name of publish_lifetime
///     allow_longer_than_a_day: whether to allow what Agora does not document
///     allow_long_token: whether to allow more than 2047 characters, which no browser takes
///
/// Raises:
///     InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_USER_ID when two users are
///         given, INVALID_ROLE, INVALID_ROOM_UUID, INVALID_UTF8
///     ConfigurationError: TOKEN_EXPIRE_ZERO, TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP, INVALID_LIFETIME,
///         LIFETIME_OVER_A_DAY, INVALID_PERMISSIONS, INDEX_OUT_OF_RANGE
///     UnknownOption: with the nearest argument
#[pyclass(name = "Grant", module = "agora_token", frozen, eq, hash)]
#[derive(PartialEq)]
pub(crate) struct PyGrant {
    grant: Grant<'static>,
    has_user: bool,
}

impl std::hash::Hash for PyGrant {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        hash_of(&self.grant, state);
    }
}

#[pymethods]
impl PyGrant {
    #[new]
    #[pyo3(
        signature = (
            *, channel=Maybe::Missing, uid=Maybe::Missing, account=Maybe::Missing, user=Maybe::Missing,
            role=Maybe::Missing, rtm=false, chat=false, services=Maybe::Missing, permissions=Maybe::Missing,
            room_uuid=Maybe::Missing, room_role=Maybe::Missing, lifetime=Optional::Default(3600),
            publish_lifetime=Maybe::Missing, expires_in=Maybe::Missing, publish_expires_in=Maybe::Missing,
            allow_longer_than_a_day=false, allow_long_token=false, **unknown
        ),
        text_signature = "(*, channel=..., uid=..., account=..., user=..., role=..., rtm=False, chat=False, \
                          services=..., permissions=..., room_uuid=..., room_role=..., lifetime=3600, \
                          publish_lifetime=..., expires_in=..., publish_expires_in=..., \
                          allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn new(
        channel: Maybe<'_, '_>,
        uid: Maybe<'_, '_>,
        account: Maybe<'_, '_>,
        user: Maybe<'_, '_>,
        role: Maybe<'_, '_>,
        rtm: bool,
        chat: bool,
        services: Maybe<'_, '_>,
        permissions: Maybe<'_, '_>,
        room_uuid: Maybe<'_, '_>,
        room_role: Maybe<'_, '_>,
        lifetime: Optional<'_, '_>,
        publish_lifetime: Maybe<'_, '_>,
        expires_in: Maybe<'_, '_>,
        publish_expires_in: Maybe<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
        unknown: Option<Keywords<'_, '_>>,
    ) -> Outcome<PyGrant> {
        all_known(unknown, "Grant")?;
        let channel = channel.given().map(channel_of).transpose()?;
        let asked = asked::<OF_TOKENS>(&uid, &account, &user)?;
        let has_user = asked.is_some();
        let of_user = |error: crate::refusal::Refusal| if user.given().is_some() { error.of("user") } else { error };
        let user = asked.map_or(Ok(User::Any), |asked| asked.into_user().map_err(of_user))?;
        let mut grant = Grant::new(user);
        match services.given() {
            Some(services) => {
                for service in each_of("services", "ServiceType", services)? {
                    grant = grant.and(service_of(&service?, "services")?);
                }
            }
            None if channel.is_some() => grant = grant.and(ServiceType::Rtc),
            None => {}
        }
        if let Some(channel) = channel {
            grant = grant.channel(channel);
        }
        if let Some(role) = role.given() {
            grant = grant.role(role_of(role)?);
        }
        if rtm {
            grant = grant.and_rtm();
        }
        if chat {
            grant = grant.and_chat();
        }
        if let Some(permissions) = permissions.given() {
            grant = grant.and_rtm2(permissions_of(permissions)?);
        }
        if let Some(room) = room_of(&room_uuid, &room_role)? {
            grant = grant.room(room);
        }
        let lifetime = either(lifetime.given(), LIFETIME, &expires_in, "expires_in")?;
        let publish = either(publish_lifetime.given(), PUBLISH_LIFETIME, &publish_expires_in, "publish_expires_in")?;
        let grant = with_lives(grant, lifetime, publish, allow_longer_than_a_day, allow_long_token)?;
        Ok(PyGrant { has_user, ..grant })
    }

    /// Joining a channel.
    ///
    /// Args:
    ///     channel: a channel's name, or Channel.ANY
    ///     user: a uid as an int from 1 on, an account as a str, or a User
    ///     role: "publisher" or "subscriber", or a Role
    ///     lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
    ///     publish_lifetime: how long a publisher may publish, where that is less
    ///     allow_longer_than_a_day: whether to allow what Agora does not document
    ///     allow_long_token: whether to allow more than 2047 characters, which no browser takes
    ///
    /// Raises:
    ///     AgoraTokenError: as Grant does
    #[staticmethod]
    #[pyo3(
        signature = (channel, user, role, *, lifetime=Optional::Default(3600), publish_lifetime=Maybe::Missing, allow_longer_than_a_day=false, allow_long_token=false),
        text_signature = "(channel, user, role, *, lifetime=3600, publish_lifetime=..., allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtc(
        channel: Arg<'_, '_>,
        user: Arg<'_, '_>,
        role: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        publish_lifetime: Maybe<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let grant = grant_in_channel(channel, user, role)?;
        with_terms(grant, lifetime, publish_lifetime, allow_longer_than_a_day, allow_long_token)
    }

    /// Logging in to real-time messaging. A uid is its own digits there.
    ///
    /// Args:
    ///     user: a uid as an int from 1 on, an account as a str, or a User that is not User.ANY
    ///     lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
    ///     allow_longer_than_a_day: whether to allow what Agora does not document
    ///     allow_long_token: whether to allow more than 2047 characters, which no browser takes
    ///
    /// Raises:
    ///     AgoraTokenError: as Grant does
    #[staticmethod]
    #[pyo3(
        signature = (user, *, lifetime=Optional::Default(3600), allow_longer_than_a_day=false, allow_long_token=false),
        text_signature = "(user, *, lifetime=3600, allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtm(
        user: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let grant = Grant::new(user_of(user)?).and_rtm();
        with_terms(grant, lifetime, Maybe::Missing, allow_longer_than_a_day, allow_long_token)
    }

    /// Logging in to real-time messaging, with permissions on single resources.
    ///
    /// Args:
    ///     user: a uid as an int from 1 on, an account as a str, or a User that is not User.ANY
    ///     permissions: {ResourceType: {PermissionType: [resource, ...]}}, or Permissions
    ///     lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
    ///     allow_longer_than_a_day: whether to allow what Agora does not document
    ///     allow_long_token: whether to allow more than 2047 characters, which no browser takes
    ///
    /// Raises:
    ///     AgoraTokenError: as Grant does
    #[staticmethod]
    #[pyo3(
        signature = (user, permissions, *, lifetime=Optional::Default(3600), allow_longer_than_a_day=false, allow_long_token=false),
        text_signature = "(user, permissions, *, lifetime=3600, allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtm2(
        user: Arg<'_, '_>,
        permissions: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let grant = Grant::new(user_of(user)?).and_rtm2(permissions_of(permissions)?);
        with_terms(grant, lifetime, Maybe::Missing, allow_longer_than_a_day, allow_long_token)
    }

    /// Chatting as a user. A uid is its own digits there.
    ///
    /// Args:
    ///     user: a uid as an int from 1 on, an account as a str, or a User that is not User.ANY
    ///     lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
    ///     allow_longer_than_a_day: whether to allow what Agora does not document
    ///     allow_long_token: whether to allow more than 2047 characters, which no browser takes
    ///
    /// Raises:
    ///     AgoraTokenError: as Grant does
    #[staticmethod]
    #[pyo3(
        signature = (user, *, lifetime=Optional::Default(3600), allow_longer_than_a_day=false, allow_long_token=false),
        text_signature = "(user, *, lifetime=3600, allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn chat(
        user: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let grant = Grant::new(user_of(user)?).and_chat();
        with_terms(grant, lifetime, Maybe::Missing, allow_longer_than_a_day, allow_long_token)
    }

    /// Joining a channel, and messaging as the same user.
    ///
    /// Args:
    ///     channel: a channel's name, or Channel.ANY
    ///     user: a uid as an int from 1 on, an account as a str, or a User
    ///     role: "publisher" or "subscriber", or a Role
    ///     lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
    ///     publish_lifetime: how long a publisher may publish, where that is less
    ///     allow_longer_than_a_day: whether to allow what Agora does not document
    ///     allow_long_token: whether to allow more than 2047 characters, which no browser takes
    ///
    /// Raises:
    ///     AgoraTokenError: as Grant does
    #[staticmethod]
    #[pyo3(
        signature = (channel, user, role, *, lifetime=Optional::Default(3600), publish_lifetime=Maybe::Missing, allow_longer_than_a_day=false, allow_long_token=false),
        text_signature = "(channel, user, role, *, lifetime=3600, publish_lifetime=..., allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtc_rtm(
        channel: Arg<'_, '_>,
        user: Arg<'_, '_>,
        role: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        publish_lifetime: Maybe<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let grant = grant_in_channel(channel, user, role)?.and_rtm();
        with_terms(grant, lifetime, publish_lifetime, allow_longer_than_a_day, allow_long_token)
    }

    /// Joining a channel, messaging and Chat as the same user.
    ///
    /// Args:
    ///     channel: a channel's name, or Channel.ANY
    ///     user: a uid as an int from 1 on, an account as a str, or a User
    ///     role: "publisher" or "subscriber", or a Role
    ///     lifetime: how long the token and its privileges live; seconds or a timedelta, at most 24 hours
    ///     publish_lifetime: how long a publisher may publish, where that is less
    ///     allow_longer_than_a_day: whether to allow what Agora does not document
    ///     allow_long_token: whether to allow more than 2047 characters, which no browser takes
    ///
    /// Raises:
    ///     AgoraTokenError: as Grant does
    #[staticmethod]
    #[pyo3(
        signature = (channel, user, role, *, lifetime=Optional::Default(3600), publish_lifetime=Maybe::Missing, allow_longer_than_a_day=false, allow_long_token=false),
        text_signature = "(channel, user, role, *, lifetime=3600, publish_lifetime=..., allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtc_rtm_chat(
        channel: Arg<'_, '_>,
        user: Arg<'_, '_>,
        role: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        publish_lifetime: Maybe<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let grant = grant_in_channel(channel, user, role)?.and_rtm().and_chat();
        with_terms(grant, lifetime, publish_lifetime, allow_longer_than_a_day, allow_long_token)
    }

    /// The same, and messaging as the same user.
    fn and_rtm(&self) -> PyGrant {
        self.with(self.grant.clone().and_rtm())
    }

    /// The same, and messaging as the same user with permissions on single resources.
    ///
    /// Args:
    ///     permissions: {ResourceType: {PermissionType: [resource, ...]}}, or Permissions
    ///
    /// Raises:
    ///     ConfigurationError: INVALID_PERMISSIONS
    fn and_rtm2(&self, permissions: Arg<'_, '_>) -> Outcome<PyGrant> {
        Ok(self.with(self.grant.clone().and_rtm2(permissions_of(permissions)?)))
    }

    /// The same, and Chat as the same user.
    fn and_chat(&self) -> PyGrant {
        self.with(self.grant.clone().and_chat())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let grant = &self.grant;
        let quoted = |text: &str| Ok::<_, PyErr>(PyString::new(py, text).repr()?.to_string());
        let mut parts = Vec::new();
        match grant.get_user() {
            _ if !self.has_user => {}
            User::Uid(uid) => parts.push(format!("uid={uid}")),
            User::Account(account) => parts.push(format!("account={}", quoted(account.as_str())?)),
            User::Any => parts.push(format!("user={}", PyUser(User::Any).__repr__(py)?)),
        }
        let services: Vec<_> = grant.get_services().iter().map(ServiceType::name).collect();
        parts.push(format!("services=[{}]", services.join(", ")));
        match grant.get_channel() {
            Some(Channel::Named(name)) => parts.push(format!("channel={}", quoted(name.as_str())?)),
            Some(Channel::Any) => parts.push("channel=Channel.ANY".to_owned()),
            None => {}
        }
        parts.extend(grant.get_role().map(|role| format!("role={}", u32::from(role))));
        if let Some(room) = grant.get_room() {
            parts.push(format!("room_uuid={}, room_role={}", quoted(room.uuid())?, room.role()));
        }
        parts.push(format!("lifetime={}", grant.get_lifetime().as_secs()));
        parts.extend(grant.get_publish_lifetime().map(|publish| format!("publish_lifetime={}", publish.as_secs())));
        Ok(format!("Grant({})", parts.join(", ")))
    }
}

impl PyGrant {
    fn with(&self, grant: Grant<'static>) -> PyGrant {
        PyGrant { grant, has_user: self.has_user }
    }

    /// The grant, which a token can be made of.
    #[inline]
    pub(crate) fn whole(&self) -> Result<&Grant<'static>, agora_token::Error> {
        if self.has_user {
            return Ok(&self.grant);
        }
        Err(ErrorCode::InvalidUserId.of("user", "is missing; uid, account or user expected"))
    }

    /// The grant for another user.
    pub(crate) fn for_user(&self, user: User<'static>) -> Grant<'static> {
        self.grant.clone().for_user(user)
    }
}

fn room_of(room_uuid: &Maybe<'_, '_>, room_role: &Maybe<'_, '_>) -> Outcome<Option<Room<'static>>> {
    match (room_uuid.given(), room_role.given()) {
        (Some(room), Some(role)) => {
            let room = text(room, ErrorCode::InvalidRoomUuid, "room_uuid")?.to_owned();
            let role = in_range(integer(role), role, ErrorCode::InvalidRole, "room_role", "an int")?;
            Ok(Some(Room::new(room, role)?))
        }
        (None, None) => Ok(None),
        (None, _) => Err(ErrorCode::InvalidRoomUuid.of("room_uuid", "is missing; room_role is of a room").into()),
        (_, None) => {
            let reason = "is missing; an int from -32768 to 32767 expected, as a room is given";
            Err(ErrorCode::InvalidRole.of("room_role", reason).into())
        }
    }
}

fn grant_in_channel(channel: Arg<'_, '_>, user: Arg<'_, '_>, role: Arg<'_, '_>) -> Outcome<Grant<'static>> {
    let channel = channel_of(channel)?;
    Ok(Grant::new(user_of(user)?).and_rtc(channel, role_of(role)?))
}

const LIFETIME: &str = "lifetime";
const PUBLISH_LIFETIME: &str = "publish_lifetime";

/// How long something lives, with the name that it was given by.
type Life<'a, 'py> = Option<(Arg<'a, 'py>, &'static str)>;

/// The one of two names for the same that was written.
fn either<'a, 'py>(
    given: Option<Arg<'a, 'py>>,
    name: &'static str,
    other: &'a Maybe<'_, 'py>,
    other_name: &'static str,
) -> Outcome<Life<'a, 'py>> {
    match (given, other.given()) {
        (Some(_), Some(_)) => {
            Err(ErrorCode::InvalidLifetime.of(other_name, format!("is given beside {name}, which is the same")).into())
        }
        (Some(value), None) => Ok(Some((value, name))),
        (None, value) => Ok(value.map(|value| (value, other_name))),
    }
}

fn with_terms(
    grant: Grant<'static>,
    lifetime: Optional<'_, '_>,
    publish_lifetime: Maybe<'_, '_>,
    longer_than_a_day: bool,
    long_token: bool,
) -> Outcome<PyGrant> {
    let lifetime = lifetime.given().map(|value| (value, LIFETIME));
    let publish = publish_lifetime.given().map(|value| (value, PUBLISH_LIFETIME));
    with_lives(grant, lifetime, publish, longer_than_a_day, long_token)
}

/// How long everything lives, an hour unless given, and what is allowed by name.
fn with_lives(
    mut grant: Grant<'static>,
    lifetime: Life<'_, '_>,
    publish: Life<'_, '_>,
    longer_than_a_day: bool,
    long_token: bool,
) -> Outcome<PyGrant> {
    let limit = if longer_than_a_day { Lifetime::longer_than_a_day } else { Lifetime::from_secs };
    let read = |(value, name)| -> Outcome<Lifetime> {
        Ok(limit(seconds(value, name)?).map_err(|error| error.in_field(name))?)
    };
    if let Some(lifetime) = lifetime {
        grant = grant.lifetime(read(lifetime)?);
    }
    if let Some(publish) = publish {
        grant = grant.publish_lifetime(read(publish)?);
    }
    Ok(PyGrant { grant: if long_token { grant.allow_long_token() } else { grant }, has_user: true })
}
