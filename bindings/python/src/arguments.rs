//! Python arguments as what the core takes. Nothing is coerced: what is not of the right kind is refused with the code
//! and the field it belongs to.

use agora_token::{AppCertificate, AppId, Credentials, ErrorCode, Privileges, Role, ServiceType, Text};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDateTime, PyDelta, PyDeltaAccess, PyInt, PyMapping, PyString};

use crate::refusal::{Outcome, Refusal};

/// An argument as given.
pub(crate) type Arg<'a, 'py> = &'a Bound<'py, PyAny>;

/// A number with a default, which is not the same as None.
pub(crate) enum Optional<'a, 'py> {
    Default(u32),
    Given(Borrowed<'a, 'py, PyAny>),
}

impl<'a, 'py> FromPyObject<'a, 'py> for Optional<'a, 'py> {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        Ok(Optional::Given(value))
    }
}

pub(crate) fn credentials(id: Arg<'_, '_>, certificate: Arg<'_, '_>) -> Outcome<Credentials> {
    Ok(Credentials { app_id: app_id(id)?, app_certificate: app_certificate(certificate)? })
}

pub(crate) fn app_id(value: Arg<'_, '_>) -> Outcome<AppId> {
    Ok(AppId::new(text(value, ErrorCode::InvalidAppId, "app_id")?)?)
}

pub(crate) fn app_certificate(value: Arg<'_, '_>) -> Outcome<AppCertificate> {
    Ok(AppCertificate::new(text(value, ErrorCode::InvalidAppCertificate, "app_certificate")?)?)
}

/// A str, borrowed from Python. Its own reason goes no further: it would show the text.
pub(crate) fn text<'a>(value: Arg<'a, '_>, code: ErrorCode, field: &'static str) -> Outcome<&'a str> {
    let text = value.cast::<PyString>().map_err(|_| wrong_type(code, field, "a str", value))?;
    text.to_str().map_err(|_| no_text(field))
}

/// What goes on the wire: the UTF-8 of a str, or bytes as they are.
pub(crate) fn wire_text(value: Arg<'_, '_>, code: ErrorCode, field: &'static str) -> Outcome<Text<'static>> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(Text::from(bytes.as_bytes().to_vec()));
    }
    let text = value.cast::<PyString>().map_err(|_| wrong_type(code, field, "a str or bytes", value))?;
    Ok(Text::from(text.to_str().map_err(|_| no_text(field))?.to_owned()))
}

/// A user on the wire: a uid as an int, where 0 is any user, or the text itself.
pub(crate) fn wire_account(value: Arg<'_, '_>) -> Outcome<Text<'static>> {
    if is_int(value) {
        return uid(value).map(Text::from_uid);
    }
    wire_text(value, ErrorCode::InvalidUserAccount, "user_account")
}

pub(crate) fn uid(value: Arg<'_, '_>) -> Outcome<u32> {
    if value.is_instance_of::<PyString>() {
        let reason = "uid must be an int, not str; user accounts have builders of their own";
        return Err(Refusal::new(ErrorCode::InvalidUid, "uid", reason));
    }
    u32_of(value, ErrorCode::InvalidUid, "uid", "an int")
}

/// Who joins: an int or a str, which are never turned into one another.
pub(crate) enum User<'a> {
    Uid(u32),
    Account(&'a str),
}

pub(crate) fn user<'a>(value: Arg<'a, '_>) -> Outcome<User<'a>> {
    if is_int(value) {
        return uid(value).map(User::Uid);
    }
    if !value.is_instance_of::<PyString>() {
        let reason = format!("user must be an int (a uid) or a str (an account), not {}", type_name(value));
        return Err(Refusal::new(ErrorCode::InvalidUid, "uid", reason));
    }
    text(value, ErrorCode::InvalidUserAccount, "user_account").map(User::Account)
}

pub(crate) fn salt(value: Arg<'_, '_>) -> Outcome<u32> {
    u32_of(value, ErrorCode::InvalidSalt, "salt", "an int")
}

pub(crate) fn role(value: Arg<'_, '_>, field: &'static str) -> Outcome<u32> {
    u32_of(value, ErrorCode::InvalidRole, field, "a Role or an int")
}

/// A role of AccessToken2.
pub(crate) fn role2(value: Arg<'_, '_>) -> Outcome<Role> {
    Ok(Role::from_number(role(value, "role")?)?)
}

/// The role of aPaaS, which has its own meanings and a sign.
pub(crate) fn apaas_role(value: Arg<'_, '_>) -> Outcome<i16> {
    const FIELD: &str = "role";
    if !is_int(value) {
        return Err(wrong_type(ErrorCode::InvalidRole, FIELD, "an int", value));
    }
    value.extract().map_err(|_| Refusal::new(ErrorCode::InvalidRole, FIELD, "role must be from -32768 to 32767"))
}

/// Seconds from now: an int or a timedelta.
pub(crate) fn lifetime(value: Arg<'_, '_>, field: &'static str) -> Outcome<u32> {
    // To tell a timedelta takes longer than to tell an int, which nearly all callers give.
    let delta = if is_int(value) { None } else { value.cast::<PyDelta>().ok() };
    let Some(delta) = delta else {
        return u32_of(value, ErrorCode::InvalidLifetime, field, "an int or a timedelta");
    };
    let refuse = |reason: &str| Refusal::new(ErrorCode::InvalidLifetime, field, format!("{field} {reason}"));
    if delta.get_microseconds() != 0 {
        return Err(refuse("is a timedelta with a fraction of a second; whole seconds expected"));
    }
    let seconds = i64::from(delta.get_days()) * 86_400 + i64::from(delta.get_seconds());
    u32::try_from(seconds).map_err(|_| refuse("is a timedelta outside of 0 to 4294967295 seconds"))
}

/// As [`lifetime`], with a default.
pub(crate) fn lifetime_or_default(value: Optional<'_, '_>, field: &'static str) -> Outcome<u32> {
    match value {
        Optional::Default(seconds) => Ok(seconds),
        Optional::Given(value) => lifetime(&value, field),
    }
}

/// A moment that the formats carry: Unix seconds as an int, or an aware datetime, whose fraction is dropped.
pub(crate) fn timestamp(value: Arg<'_, '_>, field: &'static str) -> Outcome<u32> {
    match seconds_of_datetime(value, field)? {
        Some(seconds) => u32::try_from(seconds).map_err(|_| {
            Refusal::new(ErrorCode::InvalidTimestamp, field, format!("{field} is a datetime before 1970 or after 2106"))
        }),
        None => u32_of(value, ErrorCode::InvalidTimestamp, field, "an int (Unix seconds) or a datetime"),
    }
}

/// A moment to judge a token at, which may lie past what the formats carry.
pub(crate) fn moment(value: Arg<'_, '_>, field: &'static str) -> Outcome<u64> {
    let refuse = || {
        let reason = format!("{field} must be a moment from 1970 on: an int (Unix seconds) or a datetime");
        Refusal::new(ErrorCode::InvalidTimestamp, field, reason)
    };
    match seconds_of_datetime(value, field)? {
        Some(seconds) => u64::try_from(seconds).map_err(|_| refuse()),
        None if is_int(value) => value.extract().map_err(|_| refuse()),
        None => Err(wrong_type(ErrorCode::InvalidTimestamp, field, "an int (Unix seconds) or a datetime", value)),
    }
}

/// Privileges by number, their values read by `value_of`.
pub(crate) fn privileges(
    mapping: Option<Arg<'_, '_>>,
    value_of: fn(Arg<'_, '_>, &'static str) -> Outcome<u32>,
) -> Outcome<Privileges> {
    let mut privileges = Privileges::new();
    let Some(mapping) = mapping else { return Ok(privileges) };
    let mapping = mapping.cast::<PyMapping>().map_err(|_| must_be("privileges", "a mapping of int", mapping))?;
    for entry in mapping.items()?.iter() {
        let (number, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
        privileges.set(privilege(&number)?, value_of(&value, "privileges")?);
    }
    Ok(privileges)
}

pub(crate) fn privilege(value: Arg<'_, '_>) -> Outcome<u16> {
    if !is_int(value) {
        return Err(must_be("a privilege", "an int", value));
    }
    let reason = "the number of a privilege must be from 0 to 65535";
    value.extract().map_err(|_| Refusal::new(ErrorCode::IndexOutOfRange, "privileges", reason))
}

pub(crate) fn service(value: Arg<'_, '_>) -> Outcome<ServiceType> {
    if !is_int(value) {
        return Err(must_be("service", "a ServiceType or an int", value));
    }
    let reason = "service must be a ServiceType, or the number of one";
    let unknown = || Refusal::new(ErrorCode::IndexOutOfRange, "services", reason);
    ServiceType::from_number(value.extract().map_err(|_| unknown())?).ok_or_else(unknown)
}

/// One str, or several. Bytes are iterable too, and refused as what they are.
pub(crate) fn one_or_more<'py, T>(value: Arg<'_, 'py>, read: impl Fn(Arg<'_, 'py>) -> Outcome<T>) -> Outcome<Vec<T>> {
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() {
        return Ok(vec![read(value)?]);
    }
    match value.try_iter() {
        Ok(values) => values.map(|value| read(&value?)).collect(),
        Err(_) => Ok(vec![read(value)?]),
    }
}

/// An int that is no bool, which Python counts among the ints.
pub(crate) fn is_int(value: Arg<'_, '_>) -> bool {
    value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>()
}

/// A plain TypeError, where no code of the table speaks of the argument.
pub(crate) fn must_be(what: &str, expected: &str, value: Arg<'_, '_>) -> Refusal {
    Refusal::Python(PyTypeError::new_err(format!("{what} must be {expected}, not {}", type_name(value))))
}

pub(crate) fn wrong_type(code: ErrorCode, field: &'static str, expected: &str, value: Arg<'_, '_>) -> Refusal {
    Refusal::new(code, field, format!("{field} must be {expected}, not {}", type_name(value)))
}

fn u32_of(value: Arg<'_, '_>, code: ErrorCode, field: &'static str, expected: &str) -> Outcome<u32> {
    if !is_int(value) {
        return Err(wrong_type(code, field, expected, value));
    }
    value.extract().map_err(|_| Refusal::new(code, field, format!("{field} must be from 0 to 4294967295")))
}

/// None when it is no datetime at all.
fn seconds_of_datetime(value: Arg<'_, '_>, field: &'static str) -> Outcome<Option<i64>> {
    if is_int(value) {
        return Ok(None);
    }
    let Ok(datetime) = value.cast::<PyDateTime>() else { return Ok(None) };
    if datetime.call_method0("utcoffset")?.is_none() {
        let reason = format!("{field} is a datetime without a time zone; datetime.now(timezone.utc) has one");
        return Err(Refusal::new(ErrorCode::InvalidTimestamp, field, reason));
    }
    let seconds: f64 = datetime.call_method0("timestamp")?.extract()?;
    // A datetime ends with the year 9999, far inside of both types.
    #[allow(clippy::cast_possible_truncation)]
    Ok(Some(seconds.floor() as i64))
}

pub(crate) fn no_text(field: &'static str) -> Refusal {
    Refusal::new(ErrorCode::InvalidUtf8, field, format!("{field} holds a lone surrogate, which no UTF-8 can carry"))
}

pub(crate) fn type_name(value: Arg<'_, '_>) -> String {
    value.get_type().name().map_or_else(|_| "another type".to_owned(), |name| name.to_string())
}
