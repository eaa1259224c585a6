//! The typed way to mint: an issuer for one project, and what it makes a token of.
#![allow(clippy::too_many_arguments, reason = "keywords, all but three")]

use agora_token::{
    Channel, Credentials, Error, ErrorCode, Grant, IssuedToken, Issuer, Lifetime, Permissions, Role, UserId,
};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyString};

use crate::arguments::{
    Arg, Optional, User as Joined, credentials, lifetime as seconds, lifetime_or_default, role2, text, user as user_of,
    wrong_type,
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
        as_value(py, self.0.issue(&grant.as_grant()?)?)
    }

    /// Mints a token for each grant, in their order, with other threads running meanwhile.
    ///
    /// Where a grant is refused, so is the call, and the exception says which grant it was.
    fn issue_all<'py>(&self, py: Python<'py>, grants: Bound<'py, PyAny>) -> Outcome<Bound<'py, PyList>> {
        let all = PyList::empty(py);
        let mut grants =
            grants.try_iter()?.map(|grant| PyResult::Ok(grant?.cast_into::<PyGrant>()?.unbind())).enumerate();
        loop {
            let batch: Vec<(usize, Py<PyGrant>)> =
                grants.by_ref().take(BATCH).map(|(index, grant)| Ok((index, grant?))).collect::<PyResult<_>>()?;
            if batch.is_empty() {
                return Ok(all);
            }
            let issued: Result<Vec<IssuedToken>, Refusal> = py.detach(|| {
                let issue = |grant: &PyGrant| self.0.issue(&grant.as_grant()?);
                batch.iter().map(|(index, grant)| issue(grant.get()).map_err(|error| of(*index, &error))).collect()
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

fn as_value(py: Python<'_>, issued: IssuedToken) -> Outcome<Bound<'_, PyAny>> {
    static ISSUED_TOKEN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let [issued_at, expires_at, refresh_after] =
        [issued.issued_at, issued.expires_at, issued.refresh_after].map(agora_token::UnixTime::as_secs);
    let class = ISSUED_TOKEN.import(py, "agora_token.issuing", "IssuedToken")?;
    Ok(class.call1((issued.token, issued_at, expires_at, refresh_after))?)
}

/// A refusal of one grant of many.
fn of(index: usize, error: &Error) -> Refusal {
    Refusal::new(error.code(), error.field(), format!("grants[{index}]: {}", error.reason()))
}

/// Whom to let in where, as what, for how long: what an Issuer makes a token of. Frozen; equal when all of it is.
///
/// A user is a uid (an int from 1 on), an account (a str) or ANY_USER; a channel is a str or ANY_CHANNEL. Everything
/// lives for lifetime, an int of seconds or a timedelta of at most 24 hours; more has to be allowed by name, and so has
/// a token of more than 2047 characters, which no browser takes.
#[pyclass(name = "Grant", module = "agora_token", frozen, eq, hash)]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PyGrant {
    user: User,
    /// No name stands for any channel.
    rtc: Option<(Option<String>, Role)>,
    rtm: bool,
    rtm2: Option<Permissions<'static>>,
    chat: bool,
    terms: Terms,
}

#[derive(Debug, Clone, PartialEq)]
enum User {
    Uid(u32),
    Account(String),
    Any,
}

#[derive(Debug, Clone, PartialEq)]
struct Terms {
    lifetime: Lifetime,
    publish_lifetime: Option<Lifetime>,
    long_token: bool,
}

impl std::hash::Hash for PyGrant {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        hash_of(self, state);
    }
}

#[pymethods]
impl PyGrant {
    /// Joining a channel.
    ///
    /// A publish_lifetime ends the right to publish before the right to stay.
    #[staticmethod]
    #[pyo3(
        signature = (
            channel, user, role, *, lifetime=Optional::Default(3600), publish_lifetime=None,
            allow_longer_than_a_day=false, allow_long_token=false
        ),
        text_signature = "(channel, user, role, *, lifetime=3600, publish_lifetime=None, \
                          allow_longer_than_a_day=False, allow_long_token=False)"
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
        let rtc = Some((channel_of(channel)?, role2(role)?));
        let terms = Terms::new(lifetime, publish_lifetime, allow_longer_than_a_day, allow_long_token)?;
        Ok(PyGrant { rtc, ..PyGrant::new(user, terms)? })
    }

    /// Logging in to real-time messaging. A uid is its own digits there.
    #[staticmethod]
    #[pyo3(
        signature = (
            user, *, lifetime=Optional::Default(3600), allow_longer_than_a_day=false, allow_long_token=false
        ),
        text_signature = "(user, *, lifetime=3600, allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtm(
        user: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let terms = Terms::new(lifetime, None, allow_longer_than_a_day, allow_long_token)?;
        Ok(PyGrant::new(user, terms)?.and_rtm())
    }

    /// Logging in to real-time messaging, with permissions on single resources.
    #[staticmethod]
    #[pyo3(
        signature = (
            user, permissions, *, lifetime=Optional::Default(3600), allow_longer_than_a_day=false,
            allow_long_token=false
        ),
        text_signature = "(user, permissions, *, lifetime=3600, allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn rtm2(
        user: Arg<'_, '_>,
        permissions: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let terms = Terms::new(lifetime, None, allow_longer_than_a_day, allow_long_token)?;
        PyGrant::new(user, terms)?.and_rtm2(permissions)
    }

    /// Chatting as a user. A uid is its own digits there.
    #[staticmethod]
    #[pyo3(
        signature = (
            user, *, lifetime=Optional::Default(3600), allow_longer_than_a_day=false, allow_long_token=false
        ),
        text_signature = "(user, *, lifetime=3600, allow_longer_than_a_day=False, allow_long_token=False)"
    )]
    fn chat(
        user: Arg<'_, '_>,
        lifetime: Optional<'_, '_>,
        allow_longer_than_a_day: bool,
        allow_long_token: bool,
    ) -> Outcome<PyGrant> {
        let terms = Terms::new(lifetime, None, allow_longer_than_a_day, allow_long_token)?;
        Ok(PyGrant::new(user, terms)?.and_chat())
    }

    /// Joining a channel, and messaging as the same user.
    #[staticmethod]
    #[pyo3(
        signature = (
            channel, user, role, *, lifetime=Optional::Default(3600), publish_lifetime=None,
            allow_longer_than_a_day=false, allow_long_token=false
        ),
        text_signature = "(channel, user, role, *, lifetime=3600, publish_lifetime=None, \
                          allow_longer_than_a_day=False, allow_long_token=False)"
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
        let longer = allow_longer_than_a_day;
        let rtc = PyGrant::rtc(channel, user, role, lifetime, publish_lifetime, longer, allow_long_token)?;
        Ok(rtc.and_rtm())
    }

    /// Joining a channel, messaging and Chat as the same user.
    #[staticmethod]
    #[pyo3(
        signature = (
            channel, user, role, *, lifetime=Optional::Default(3600), publish_lifetime=None,
            allow_longer_than_a_day=false, allow_long_token=false
        ),
        text_signature = "(channel, user, role, *, lifetime=3600, publish_lifetime=None, \
                          allow_longer_than_a_day=False, allow_long_token=False)"
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
        let longer = allow_longer_than_a_day;
        let rtc = PyGrant::rtc(channel, user, role, lifetime, publish_lifetime, longer, allow_long_token)?;
        Ok(rtc.and_rtm().and_chat())
    }

    /// The same, and messaging as the same user.
    fn and_rtm(&self) -> PyGrant {
        PyGrant { rtm: true, ..self.clone() }
    }

    /// The same, and messaging as the same user with permissions on single resources.
    fn and_rtm2(&self, permissions: Arg<'_, '_>) -> Outcome<PyGrant> {
        Ok(PyGrant { rtm2: Some(permissions_of(permissions)?), ..self.clone() })
    }

    /// The same, and Chat as the same user.
    fn and_chat(&self) -> PyGrant {
        PyGrant { chat: true, ..self.clone() }
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let quoted = |text: &str| Ok::<_, PyErr>(PyString::new(py, text).repr()?.to_string());
        let user = match &self.user {
            User::Uid(uid) => uid.to_string(),
            User::Account(account) => quoted(account)?,
            User::Any => "ANY_USER".to_owned(),
        };
        let mut parts = vec![format!("user={user}")];
        if let Some((channel, role)) = &self.rtc {
            let channel = channel.as_deref().map_or_else(|| Ok("ANY_CHANNEL".to_owned()), quoted)?;
            parts.push(format!("channel={channel}, role={}", u32::from(*role)));
        }
        let messaging = [("rtm", self.rtm), ("rtm2", self.rtm2.is_some()), ("chat", self.chat)];
        parts.extend(messaging.iter().filter(|(_, granted)| *granted).map(|(name, _)| format!("{name}=True")));
        parts.push(format!("lifetime={}", self.terms.lifetime.as_secs()));
        parts.extend(self.terms.publish_lifetime.map(|publish| format!("publish_lifetime={}", publish.as_secs())));
        Ok(format!("Grant({})", parts.join(", ")))
    }
}

impl PyGrant {
    fn new(user: Arg<'_, '_>, terms: Terms) -> Outcome<PyGrant> {
        Ok(PyGrant { user: User::new(user)?, rtc: None, rtm: false, rtm2: None, chat: false, terms })
    }

    fn as_grant(&self) -> Result<Grant<'_>, Error> {
        let user = match &self.user {
            User::Uid(uid) => UserId::uid(*uid)?,
            User::Account(account) => UserId::account(account)?,
            User::Any => UserId::Any,
        };
        let mut grant = Grant::new(user).lifetime(self.terms.lifetime);
        if let Some((channel, role)) = &self.rtc {
            grant = grant.and_rtc(channel.as_deref().map_or(Ok(Channel::Any), Channel::named)?, *role);
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
        if let Some(publish) = self.terms.publish_lifetime {
            grant = grant.publish_lifetime(publish);
        }
        Ok(if self.terms.long_token { grant.allow_long_token() } else { grant })
    }
}

impl User {
    fn new(value: Arg<'_, '_>) -> Outcome<User> {
        static ANY_USER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        if value.is(ANY_USER.import(value.py(), "agora_token.issuing", "ANY_USER")?) {
            return Ok(User::Any);
        }
        Ok(match user_of(value)? {
            Joined::Uid(uid) => UserId::uid(uid).map(|_| User::Uid(uid))?,
            Joined::Account(account) => UserId::account(account).map(|_| User::Account(account.to_owned()))?,
        })
    }
}

impl Terms {
    fn new(
        lifetime: Optional<'_, '_>,
        publish_lifetime: Option<Arg<'_, '_>>,
        longer_than_a_day: bool,
        long_token: bool,
    ) -> Outcome<Terms> {
        let limit = if longer_than_a_day { Lifetime::longer_than_a_day } else { Lifetime::from_secs };
        let lifetime = limit(lifetime_or_default(lifetime, "lifetime")?)?;
        let publish_lifetime = match publish_lifetime {
            Some(publish) => Some(limit(seconds(publish, "lifetime")?)?),
            None => None,
        };
        Ok(Terms { lifetime, publish_lifetime, long_token })
    }
}

/// The name of a channel, or nothing for any.
fn channel_of(value: Arg<'_, '_>) -> Outcome<Option<String>> {
    static ANY_CHANNEL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    const FIELD: &str = "channel_name";
    if value.is(ANY_CHANNEL.import(value.py(), "agora_token.issuing", "ANY_CHANNEL")?) {
        return Ok(None);
    }
    if !value.is_instance_of::<PyString>() {
        return Err(wrong_type(ErrorCode::InvalidChannelName, FIELD, "a str or ANY_CHANNEL", value));
    }
    let name = text(value, ErrorCode::InvalidChannelName, FIELD)?;
    Ok(Channel::named(name).map(|_| Some(name.to_owned()))?)
}
