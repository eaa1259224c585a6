//! The typed way to mint: an issuer for one project, and what it makes a token of.
#![allow(clippy::too_many_arguments, reason = "keywords, all but three")]

use agora_token::{Channel, Credentials, ErrorCode, Grant, IssuedToken, Issuer, Lifetime, Room, ServiceType, User};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyString};

use crate::arguments::{
    Arg, Optional, User, credentials, in_range, integer, is_int, lifetime as seconds, lifetime_or_default,
    role as role_of, service as service_of, text, type_name, user as user_of, wrong_type,
};
use crate::permissions::permissions as permissions_of;
use crate::refusal::{Outcome, Refusal};
use crate::values::hash_of;

/// Mints AccessToken2 tokens for one project, whose App ID and certificate are checked once. Frozen.
#[pyclass(name = "Issuer", module = "agora_token", frozen)]
pub(crate) struct PyIssuer(Issuer);

#[pymethods]
impl PyIssuer {
    #[new]
    fn new(app_id: Arg<'_, '_>, app_certificate: Arg<'_, '_>) -> Outcome<PyIssuer> {
        credentials(app_id, app_certificate).map(|credentials| PyIssuer(Issuer::new(credentials)))
    }

    /// The project it mints for.
    #[getter]
    fn app_id(&self) -> &str {
        let Credentials { app_id, .. } = self.0.credentials();
        app_id.as_str()
    }

    /// Mints a token. The same grant gives a new one each time.
    fn issue<'py>(&self, py: Python<'py>, grant: &PyGrant) -> Outcome<Bound<'py, PyAny>> {
        as_value(py, self.0.issue(&grant.0)?)
    }

    /// Mints a token for each grant, in their order, with other threads running meanwhile.
    ///
    /// Where a grant is refused, so is the call, and the exception says which grant it was.
    fn issue_all<'py>(&self, py: Python<'py>, grants: Bound<'py, PyAny>) -> Outcome<Bound<'py, PyList>> {
        let all = PyList::empty(py);
        let mut grants = grants.try_iter()?.enumerate();
        loop {
            let batch: Vec<(usize, Py<PyGrant>)> = grants
                .by_ref()
                .take(BATCH)
                .map(|(index, grant)| {
                    let grant = grant?.cast_into::<PyGrant>().map_err(|error| no_grant(index, &error.into_inner()))?;
                    Ok((index, grant.unbind()))
                })
                .collect::<PyResult<_>>()?;
            if batch.is_empty() {
                return Ok(all);
            }
            let issued: Result<Vec<IssuedToken>, Refusal> = py.detach(|| {
                let issue = |grant: &PyGrant| self.0.issue(&grant.0);
                let of_grant = |index: usize| move |error| Refusal::OfGrant(index, error);
                batch.iter().map(|(index, grant)| issue(grant.get()).map_err(of_grant(*index))).collect()
            });
            for token in issued? {
                all.append(as_value(py, token)?)?;
            }
            py.check_signals()?;
        }
    }

    fn __repr__(&self) -> String {
        format!("Issuer(app_id='{}')", self.app_id())
    }
}

/// So many tokens are minted between two looks at what else Python has to do.
const BATCH: usize = 4096;

/// The constructor of a frozen dataclass takes a quarter of the time of a token, so its members are set past it.
fn as_value(py: Python<'_>, issued: IssuedToken) -> Outcome<Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static NEW: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = CLASS.import(py, "agora_token.issuing", "IssuedToken")?;
    let new = NEW.get_or_try_init(py, || Ok::<_, PyErr>(py.get_type::<PyAny>().getattr("__new__")?.unbind()))?;
    let value = new.bind(py).call1((class,))?;
    let members = value.getattr(intern!(py, "__dict__"))?.cast_into::<PyDict>().map_err(PyErr::from)?;
    members.set_item(intern!(py, "token"), issued.token)?;
    members.set_item(intern!(py, "issued_at"), issued.issued_at.as_secs())?;
    members.set_item(intern!(py, "expires_at"), issued.expires_at.as_secs())?;
    members.set_item(intern!(py, "refresh_after"), issued.refresh_after.as_secs())?;
    Ok(value)
}

fn no_grant(index: usize, value: Arg<'_, '_>) -> PyErr {
    PyTypeError::new_err(format!("grants[{index}] must be a Grant, not {}", type_name(value)))
}

/// Whom to let in where, as what, for how long: what an Issuer makes a token of. Frozen; equal when all of it is.
///
/// A user is a uid (an int from 1 on), an account (a str) or ANY_USER; a channel is a str or ANY_CHANNEL. Everything
/// lives for lifetime, an int of seconds or a timedelta of at most 24 hours; more has to be allowed by name, and so has
/// a token of more than 2047 characters, which no browser takes.
///
/// Services that no preset has are given as ServiceType, with what they need beside the user: channel and role, room and
/// the role in it. Permissions stand for RTM2.
#[pyclass(name = "Grant", module = "agora_token", frozen, eq, hash)]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PyGrant(Grant<'static>);

impl std::hash::Hash for PyGrant {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        hash_of(&self.0, state);
    }
}

#[pymethods]
impl PyGrant {
    #[new]
    #[pyo3(
        signature = (
            user, services, *, channel=None, role=None, room_uuid=None, room_role=None, permissions=None,
            lifetime=Optional::Default(3600), publish_lifetime=None, allow_longer_than_a_day=false,
            allow_long_token=false
        ),
        text_signature = "(user, services, *, channel=None, role=None, room_uuid=None, room_role=None, \
                          permissions=None, lifetime=3600, publish_lifetime=None, allow_longer_than_a_day=False, \
                          allow_long_token=False)"
    )]
    fn new(
        user: Arg<'_, '_>,
        services: Arg<'_, '_>,
        channel: Option<Arg<'_, '_>>,
        role: Option<Arg<'_, '_>>,
        room_uuid: Option<Arg<'_, '_>>,
        room_role: Option<Arg<'_, '_>>,
        permissions: Option<Arg<'_, '_>>,
        lifetime: Optional<'_, '_>,
        publish_lifetime: Option<Arg<'_, '_>>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let mut grant = grant_for(user)?;
        if let Some(permissions) = permissions {
            grant = grant.and_rtm2(permissions_of(permissions)?);
        }
        for service in services.try_iter()? {
            grant = grant.and(service_of(&service?)?);
        }
        if let Some(channel) = channel {
            grant = grant.with_channel(channel_of(channel)?);
        }
        if let Some(role) = role {
            grant = grant.with_role(role_of(role)?);
        }
        match (room_uuid, room_role) {
            (Some(room), Some(role)) => {
                let room = text(room, ErrorCode::InvalidRoomUuid, "room_uuid")?.to_owned();
                let role = in_range(integer(role), role, ErrorCode::InvalidRole, "room_role", "an int")?;
                grant = grant.with_room(Room::new(room, role)?);
            }
            (None, None) => {}
            (None, _) => {
                return Err(ErrorCode::InvalidRoomUuid.of("room_uuid", "is missing; room_role is of a room").into());
            }
            (_, None) => {
                let reason = "is missing; an int from -32768 to 32767 expected, as a room is given";
                return Err(ErrorCode::InvalidRole.of("room_role", reason).into());
            }
        }
        with_terms(grant, lifetime, publish_lifetime, allow_longer_than_a_day, allow_long_token)
    }

    /// Joining a channel.
    ///
    /// A publish_lifetime ends the right to publish before the right to stay.
    #[staticmethod]
    #[pyo3(
        signature = (channel, user, role, *, lifetime=Optional::Default(3600), publish_lifetime=None, allow_longer_than_a_day=false, allow_long_token=false),
        text_signature = "(channel, user, role, *, lifetime=3600, publish_lifetime=None, allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtc(
        channel: Arg<'_, '_>,
        user: Arg<'_, '_>,
        role: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        publish_lifetime: Option<Arg<'_, '_>>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let grant = grant_in_channel(channel, user, role)?;
        with_terms(grant, lifetime, publish_lifetime, allow_longer_than_a_day, allow_long_token)
    }

    /// Logging in to real-time messaging. A uid is its own digits there.
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
        let grant = grant_for(user)?.and_rtm();
        with_terms(grant, lifetime, None, allow_longer_than_a_day, allow_long_token)
    }

    /// Logging in to real-time messaging, with permissions on single resources.
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
        let grant = grant_for(user)?.and_rtm2(permissions_of(permissions)?);
        with_terms(grant, lifetime, None, allow_longer_than_a_day, allow_long_token)
    }

    /// Chatting as a user. A uid is its own digits there.
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
        let grant = grant_for(user)?.and_chat();
        with_terms(grant, lifetime, None, allow_longer_than_a_day, allow_long_token)
    }

    /// Joining a channel, and messaging as the same user.
    #[staticmethod]
    #[pyo3(
        signature = (channel, user, role, *, lifetime=Optional::Default(3600), publish_lifetime=None, allow_longer_than_a_day=false, allow_long_token=false),
        text_signature = "(channel, user, role, *, lifetime=3600, publish_lifetime=None, allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtc_rtm(
        channel: Arg<'_, '_>,
        user: Arg<'_, '_>,
        role: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        publish_lifetime: Option<Arg<'_, '_>>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let grant = grant_in_channel(channel, user, role)?.and_rtm();
        with_terms(grant, lifetime, publish_lifetime, allow_longer_than_a_day, allow_long_token)
    }

    /// Joining a channel, messaging and Chat as the same user.
    #[staticmethod]
    #[pyo3(
        signature = (channel, user, role, *, lifetime=Optional::Default(3600), publish_lifetime=None, allow_longer_than_a_day=false, allow_long_token=false),
        text_signature = "(channel, user, role, *, lifetime=3600, publish_lifetime=None, allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtc_rtm_chat(
        channel: Arg<'_, '_>,
        user: Arg<'_, '_>,
        role: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        publish_lifetime: Option<Arg<'_, '_>>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let grant = grant_in_channel(channel, user, role)?.and_rtm().and_chat();
        with_terms(grant, lifetime, publish_lifetime, allow_longer_than_a_day, allow_long_token)
    }

    /// The same, and messaging as the same user.
    fn and_rtm(&self) -> PyGrant {
        PyGrant(self.0.clone().and_rtm())
    }

    /// The same, and messaging as the same user with permissions on single resources.
    fn and_rtm2(&self, permissions: Arg<'_, '_>) -> Outcome<PyGrant> {
        Ok(PyGrant(self.0.clone().and_rtm2(permissions_of(permissions)?)))
    }

    /// The same, and Chat as the same user.
    fn and_chat(&self) -> PyGrant {
        PyGrant(self.0.clone().and_chat())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let grant = &self.0;
        let quoted = |text: &str| Ok::<_, PyErr>(PyString::new(py, text).repr()?.to_string());
        let user = match grant.user() {
            User::Uid(uid) => uid.to_string(),
            User::Account(account) => quoted(account.as_str())?,
            User::Any => "ANY_USER".to_owned(),
        };
        let mut parts = vec![format!("user={user}")];
        let services: Vec<_> = grant.services().iter().map(ServiceType::name).collect();
        parts.push(format!("services=[{}]", services.join(", ")));
        match grant.channel() {
            Some(Channel::Named(name)) => parts.push(format!("channel={}", quoted(name.as_str())?)),
            Some(Channel::Any) => parts.push("channel=ANY_CHANNEL".to_owned()),
            None => {}
        }
        parts.extend(grant.role().map(|role| format!("role={}", u32::from(role))));
        if let Some(room) = grant.room() {
            parts.push(format!("room_uuid={}, room_role={}", quoted(room.uuid())?, room.role()));
        }
        parts.push(format!("lifetime={}", grant.lifetime().as_secs()));
        parts.extend(grant.publish_lifetime().map(|publish| format!("publish_lifetime={}", publish.as_secs())));
        Ok(format!("Grant({})", parts.join(", ")))
    }
}

fn grant_for(user: Arg<'_, '_>) -> Outcome<Grant<'static>> {
    static ANY_USER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    // To ask for the name takes longer than to tell a number.
    if !is_int(user) && user.is(ANY_USER.import(user.py(), "agora_token.issuing", "ANY_USER")?) {
        return Ok(Grant::new(User::Any));
    }
    Ok(Grant::new(match user_of(user)? {
        User::Uid(uid) => User::uid(uid)?,
        User::Account(account) => User::account(account.to_owned())?,
    }))
}

fn grant_in_channel(channel: Arg<'_, '_>, user: Arg<'_, '_>, role: Arg<'_, '_>) -> Outcome<Grant<'static>> {
    let channel = channel_of(channel)?;
    Ok(grant_for(user)?.and_rtc(channel, role_of(role)?))
}

/// How long everything lives, and what is allowed by name.
fn with_terms(
    grant: Grant<'static>,
    lifetime: Optional<'_, '_>,
    publish_lifetime: Option<Arg<'_, '_>>,
    longer_than_a_day: bool,
    long_token: bool,
) -> Outcome<PyGrant> {
    let limit = if longer_than_a_day { Lifetime::longer_than_a_day } else { Lifetime::from_secs };
    let mut grant = grant.with_lifetime(limit(lifetime_or_default(lifetime, "lifetime")?)?);
    if let Some(publish) = publish_lifetime {
        const FIELD: &str = "publish_lifetime";
        grant = grant.with_publish_lifetime(limit(seconds(publish, FIELD)?).map_err(|error| error.in_field(FIELD))?);
    }
    Ok(PyGrant(if long_token { grant.allow_long_token() } else { grant }))
}

fn channel_of(value: Arg<'_, '_>) -> Outcome<Channel<'static>> {
    static ANY_CHANNEL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    const FIELD: &str = "channel_name";
    if !value.is_instance_of::<PyString>() {
        let is_any = value.is(ANY_CHANNEL.import(value.py(), "agora_token.issuing", "ANY_CHANNEL")?);
        let refuse = || wrong_type(ErrorCode::InvalidChannelName, FIELD, "a str or ANY_CHANNEL", value);
        return if is_any { Ok(Channel::Any) } else { Err(refuse()) };
    }
    Ok(Channel::named(text(value, ErrorCode::InvalidChannelName, FIELD)?.to_owned())?)
}
