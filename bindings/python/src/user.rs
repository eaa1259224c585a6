//! Who joins, and where.

use agora_token::{Channel, ErrorCode, User};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyString};

use crate::arguments::{Arg, Keywords, Maybe, NoNumber, all_known, in_words, integer, is_int, text, wrong_type};
use crate::refusal::Outcome;
use crate::values::hash_of;

/// Every channel of the project, by name: Channel.ANY in place of a channel's name.
#[pyclass(name = "Channel", module = "agora_token", frozen)]
pub(crate) struct PyChannel;

#[pymethods]
impl PyChannel {
    /// Channel.ANY.
    #[staticmethod]
    fn any(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        py.get_type::<PyChannel>().getattr("ANY")
    }

    fn __repr__(&self) -> &'static str {
        "Channel.ANY"
    }
}

/// Who joins: a uid, an account, or whoever holds the token (User.ANY). Frozen; equal when both are the same.
///
/// Args:
///     uid: 1 to 4294967295
///     account: 1 to 255 bytes without control characters
///
/// Raises:
///     InputError: INVALID_UID, INVALID_USER_ACCOUNT, INVALID_UTF8; INVALID_USER_ID when neither or both are given
#[pyclass(name = "User", module = "agora_token", frozen, eq, hash)]
#[derive(PartialEq)]
pub(crate) struct PyUser(pub(crate) User<'static>);

impl std::hash::Hash for PyUser {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        hash_of(&self.0, state);
    }
}

#[pymethods]
impl PyUser {
    #[new]
    #[pyo3(
        signature = (*, uid=Maybe::Missing, account=Maybe::Missing, **unknown),
        text_signature = "(*, uid=..., account=...)"
    )]
    fn new(uid: Maybe<'_, '_>, account: Maybe<'_, '_>, unknown: Option<Keywords<'_, '_>>) -> Outcome<PyUser> {
        all_known(unknown, "User")?;
        match asked::<OF_TOKENS>(&uid, &account, &Maybe::Missing)? {
            Some(asked) => asked.into_user().map(PyUser),
            None => Err(ErrorCode::InvalidUserId.of("user", "is missing; uid or account expected").into()),
        }
    }

    /// User.ANY.
    #[staticmethod]
    fn any(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        py.get_type::<PyUser>().getattr("ANY")
    }

    /// A user as a JSON document or a form holds it: a number is a uid, and a str is read as from_text does.
    ///
    /// Args:
    ///     value: what json.loads made of it; anything but an int and a str is refused, None and bool too
    ///
    /// Raises:
    ///     InputError: INVALID_UID, also of what only looks like a uid, as "042", " 42" and 4294967296;
    ///         INVALID_USER_ACCOUNT, also of "undefined", "None" and the like; INVALID_UTF8
    #[staticmethod]
    fn from_json(value: Arg<'_, '_>) -> Outcome<PyUser> {
        if value.is_instance_of::<PyString>() {
            return PyUser::from_text(value);
        }
        if is_int(value) {
            return of_uid::<OF_TOKENS>(value).and_then(Asked::into_user).map_err(|error| error.of("user")).map(PyUser);
        }
        let code =
            if value.is_instance_of::<PyFloat>() { ErrorCode::InvalidUid } else { ErrorCode::InvalidUserAccount };
        Err(wrong_type(code, "user", "an int or a str", value))
    }

    /// A user as a text holds it, such as a query: decimal digits are a uid, anything else is an account.
    ///
    /// Args:
    ///     text: what only looks like a uid, as "042", " 42" or "4294967296", would name another user than meant
    ///
    /// Raises:
    ///     InputError: INVALID_UID, INVALID_USER_ACCOUNT, INVALID_UTF8
    #[staticmethod]
    fn from_text(text: Arg<'_, '_>) -> Outcome<PyUser> {
        let text = crate::arguments::text(text, ErrorCode::InvalidUserAccount, "user")?;
        Ok(PyUser(User::from_text(text)?.into_owned()))
    }

    /// The uid; None where it is none.
    #[getter]
    fn uid(&self) -> Option<u32> {
        match &self.0 {
            User::Uid(uid) => Some(uid.get()),
            User::Account(_) | User::Any => None,
        }
    }

    /// The account; None where it is none.
    #[getter]
    fn account(&self) -> Option<&str> {
        match &self.0 {
            User::Account(account) => Some(account.as_str()),
            User::Uid(_) | User::Any => None,
        }
    }

    pub(crate) fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(match &self.0 {
            User::Uid(uid) => format!("User(uid={uid})"),
            User::Account(account) => format!("User(account={})", PyString::new(py, account.as_str()).repr()?),
            User::Any => "User.ANY".to_owned(),
        })
    }
}

/// The values that stand for all, as attributes of their classes.
pub(crate) fn add_any(py: Python<'_>) -> PyResult<()> {
    py.get_type::<PyChannel>().setattr("ANY", Bound::new(py, PyChannel)?)?;
    py.get_type::<PyUser>().setattr("ANY", Bound::new(py, PyUser(User::Any))?)
}

/// A user as a question names one: uid 0 asks for a token for any user.
#[derive(Clone, Copy)]
pub(crate) enum Asked<'a> {
    Uid(u32),
    Account(&'a str),
    Any,
}

impl Asked<'_> {
    /// As a token names one, where uid 0 is refused.
    pub(crate) fn into_user(self) -> Outcome<User<'static>> {
        Ok(match self {
            Asked::Uid(uid) => User::uid(uid)?,
            Asked::Account(account) => User::account(account.to_owned())?,
            Asked::Any => User::Any,
        })
    }
}

/// The one of the three that is given.
#[inline]
pub(crate) fn asked<'a, const LEAST: u32>(
    uid: &'a Maybe<'_, '_>,
    account: &'a Maybe<'_, '_>,
    user: &'a Maybe<'_, '_>,
) -> Outcome<Option<Asked<'a>>> {
    match (uid.given(), account.given(), user.given()) {
        (None, None, None) => Ok(None),
        (Some(uid), None, None) => of_uid::<LEAST>(uid).map(Some),
        (None, Some(account), None) => {
            text(account, ErrorCode::InvalidUserAccount, "account").map(|account| Some(Asked::Account(account)))
        }
        (None, None, Some(user)) => asked_user::<LEAST>(user).map(Some),
        _ => Err(ErrorCode::InvalidUserId.of("user", "is given twice; one of uid, account and user expected").into()),
    }
}

/// What stands for a user: a uid as an int, an account as a str, or a User. None is turned into another.
fn asked_user<'a, const LEAST: u32>(value: Arg<'a, '_>) -> Outcome<Asked<'a>> {
    if is_int(value) {
        return of_uid::<LEAST>(value).map_err(|error| error.of("user"));
    }
    if value.is_instance_of::<PyString>() {
        return text(value, ErrorCode::InvalidUserAccount, "user").map(Asked::Account);
    }
    match value.cast::<PyUser>() {
        Ok(user) => Ok(match &user.get().0 {
            User::Uid(uid) => Asked::Uid(uid.get()),
            User::Account(account) => Asked::Account(account.as_str()),
            User::Any => Asked::Any,
        }),
        Err(_) => {
            let most = u32::MAX;
            let reason = format!(
                "is {}; an int from {LEAST} to {most} (a uid), a str (an account) or a User expected",
                in_words(value)
            );
            Err(ErrorCode::InvalidUid.of("user", reason).into())
        }
    }
}

/// A user for a token, by the argument `user`.
pub(crate) fn user_of(value: Arg<'_, '_>) -> Outcome<User<'static>> {
    asked_user::<OF_TOKENS>(value)?.into_user().map_err(|error| error.of("user"))
}

#[inline]
fn of_uid<'a, const LEAST: u32>(value: Arg<'_, '_>) -> Outcome<Asked<'a>> {
    // Nearly every caller gives an int that fits, and this is the fast way to it. The core has its own words for 0.
    if is_int(value)
        && let Ok(uid) = value.extract::<u32>()
    {
        return Ok(Asked::Uid(uid));
    }
    let number = match integer(value) {
        Ok(number) => number.to_string(),
        Err(NoNumber::Because(reason)) => return Err(ErrorCode::InvalidUid.of("uid", reason).into()),
        Err(NoNumber::OfAnotherType) => in_words(value),
        Err(NoNumber::Python(error)) => return Err(error.into()),
    };
    let expected = format!("an int from {LEAST} to {} expected", u32::MAX);
    Err(ErrorCode::InvalidUid.of("uid", format!("is {number}; {expected}")).into())
}

/// The least uid that a question may be about: 0 asks for a token for any user.
pub(crate) const OF_QUESTIONS: u32 = 0;

/// The least uid that a token is for.
pub(crate) const OF_TOKENS: u32 = 1;

/// A channel's name, or Channel.ANY, which no name is.
pub(crate) enum AskedChannel<'a> {
    Named(&'a str),
    Any,
}

#[inline]
pub(crate) fn asked_channel<'a>(value: Arg<'a, '_>) -> Outcome<AskedChannel<'a>> {
    const FIELD: &str = "channel";
    if value.is_instance_of::<PyString>() {
        return text(value, ErrorCode::InvalidChannelName, FIELD).map(AskedChannel::Named);
    }
    match value.cast::<PyChannel>() {
        Ok(_) => Ok(AskedChannel::Any),
        Err(_) => Err(wrong_type(ErrorCode::InvalidChannelName, FIELD, "a str or Channel.ANY", value)),
    }
}

/// A channel for a token.
pub(crate) fn channel_of(value: Arg<'_, '_>) -> Outcome<Channel<'static>> {
    match asked_channel(value)? {
        AskedChannel::Named(name) => Ok(Channel::named(name.to_owned())?),
        AskedChannel::Any => Ok(Channel::Any),
    }
}
