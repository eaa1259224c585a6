//! Python arguments as what the core takes. Nothing is coerced: what is not of the right kind is refused with the code
//! and the field it belongs to.

use agora_token::{AppCertificate, AppId, Credentials, ErrorCode, Privileges, Role, ServiceType, Text, UnixTime};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyBytes, PyDateTime, PyDelta, PyDeltaAccess, PyDict, PyFloat, PyInt, PyIterator, PyMapping, PyString,
};

use crate::refusal::{Outcome, Refusal, unknown_option};

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

impl<'py> Optional<'_, 'py> {
    pub(crate) fn given(&self) -> Option<Arg<'_, 'py>> {
        match self {
            Optional::Default(_) => None,
            Optional::Given(value) => Some(value),
        }
    }
}

/// An argument that may be left out. None is not left out: it is refused, as a variable that was never set.
pub(crate) enum Maybe<'a, 'py> {
    Missing,
    Given(Borrowed<'a, 'py, PyAny>),
}

impl<'a, 'py> FromPyObject<'a, 'py> for Maybe<'a, 'py> {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        Ok(Maybe::Given(value))
    }
}

impl<'py> Maybe<'_, 'py> {
    pub(crate) fn given(&self) -> Option<Arg<'_, 'py>> {
        match self {
            Maybe::Missing => None,
            Maybe::Given(value) => Some(value),
        }
    }
}

/// What Python found no parameter for.
pub(crate) type Keywords<'a, 'py> = &'a Bound<'py, PyDict>;

/// Refuses a keyword that the call has not, with the nearest that it has.
#[inline]
pub(crate) fn all_known(unknown: Option<Keywords<'_, '_>>, call: &str) -> Outcome<()> {
    match unknown.and_then(|unknown| unknown.keys().get_item(0).ok()) {
        None => Ok(()),
        Some(name) => Err(unknown_option(&name, call)),
    }
}

/// Of builders and issuers, to which the two may not be the same.
pub(crate) fn credentials(id: Arg<'_, '_>, certificate: Arg<'_, '_>) -> Outcome<Credentials> {
    let id = text(id, ErrorCode::InvalidAppId, "app_id")?;
    Ok(Credentials::new(id, text(certificate, ErrorCode::InvalidAppCertificate, "app_certificate")?)?)
}

/// Of the mechanism and the official manner, which sign with any certificate.
pub(crate) fn any_credentials(id: Arg<'_, '_>, certificate: Arg<'_, '_>) -> Outcome<Credentials> {
    Ok(Credentials { app_id: app_id(id)?, app_certificate: app_certificate(certificate)? })
}

pub(crate) fn app_id(value: Arg<'_, '_>) -> Outcome<AppId> {
    Ok(AppId::new(text(value, ErrorCode::InvalidAppId, "app_id")?)?)
}

pub(crate) fn app_certificate(value: Arg<'_, '_>) -> Outcome<AppCertificate> {
    Ok(AppCertificate::new(text(value, ErrorCode::InvalidAppCertificate, "app_certificate")?)?)
}

/// Continues the name of a text that Python cannot give as UTF-8. Python's own reason would show the text.
pub(crate) const LONE_SURROGATE: &str = "holds a lone surrogate, which no UTF-8 can carry";

/// A str, borrowed from Python.
pub(crate) fn text<'a>(value: Arg<'a, '_>, code: ErrorCode, field: &'static str) -> Outcome<&'a str> {
    let text = value.cast::<PyString>().map_err(|_| wrong_type(code, field, "a str", value))?;
    Ok(text.to_str().map_err(|_| ErrorCode::InvalidUtf8.of(field, LONE_SURROGATE))?)
}

/// What goes on the wire: the UTF-8 of a str, or bytes as they are.
pub(crate) fn wire_text(value: Arg<'_, '_>, code: ErrorCode, field: &'static str) -> Outcome<Text<'static>> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(Text::from(bytes.as_bytes().to_vec()));
    }
    if !value.is_instance_of::<PyString>() {
        return Err(wrong_type(code, field, "a str or bytes", value));
    }
    text(value, code, field).map(|text| Text::from(text.to_owned()))
}

/// A user on the wire: a uid as an int, where 0 is any user, or the text itself.
pub(crate) fn wire_account(value: Arg<'_, '_>) -> Outcome<Text<'static>> {
    if is_int(value) {
        return uid(value).map(Text::from_uid);
    }
    wire_text(value, ErrorCode::InvalidUserAccount, "user_account")
}

fn uid(value: Arg<'_, '_>) -> Outcome<u32> {
    in_range(integer(value), value, ErrorCode::InvalidUid, "uid", "an int")
}

pub(crate) fn salt(value: Arg<'_, '_>) -> Outcome<u32> {
    in_range(integer(value), value, ErrorCode::InvalidSalt, "salt", "an int")
}

/// A role of AccessToken2: a Role, its number or its name. The core has its own words for other numbers.
pub(crate) fn role(value: Arg<'_, '_>) -> Outcome<Role> {
    const FIELD: &str = "role";
    if let Ok(number) = integer(value)
        && let Ok(number) = u32::try_from(number)
    {
        return Ok(Role::from_number(number)?);
    }
    let what = if value.is_instance_of::<PyString>() {
        let name = text(value, ErrorCode::InvalidRole, FIELD)?;
        if let Some(role) = [Role::Publisher, Role::Subscriber].into_iter().find(|role| role.name() == name) {
            return Ok(role);
        }
        "another str".to_owned()
    } else if is_int(value) {
        "another int".to_owned()
    } else {
        in_words(value)
    };
    let reason = format!(r#"is {what}; "publisher" or "subscriber", or a Role expected"#);
    Err(ErrorCode::InvalidRole.of(FIELD, reason).into())
}

/// Seconds from now: an int or a timedelta.
pub(crate) fn lifetime(value: Arg<'_, '_>, field: &'static str) -> Outcome<u32> {
    in_range(duration(value), value, ErrorCode::InvalidLifetime, field, "an int or a timedelta")
}

/// As [`lifetime`], with a default.
pub(crate) fn lifetime_or_default(value: Optional<'_, '_>, field: &'static str) -> Outcome<u32> {
    match value {
        Optional::Default(seconds) => Ok(seconds),
        Optional::Given(value) => lifetime(&value, field),
    }
}

const A_MOMENT: &str = "an int (Unix seconds) or a datetime";

/// A moment that the formats carry: Unix seconds as an int, or an aware datetime, whose fraction is dropped.
pub(crate) fn timestamp(value: Arg<'_, '_>, field: &'static str) -> Outcome<u32> {
    in_range(unix_seconds(value), value, ErrorCode::InvalidTimestamp, field, A_MOMENT)
}

/// A moment to judge a token at, which may lie past what the formats carry.
pub(crate) fn moment(value: Arg<'_, '_>, field: &'static str) -> Outcome<UnixTime> {
    let seconds = in_range(unix_seconds(value), value, ErrorCode::InvalidTimestamp, field, A_MOMENT)?;
    if is_int(value) {
        return Ok(UnixTime::from_outside(seconds).map_err(|error| error.in_field(field))?);
    }
    Ok(UnixTime::from_secs(seconds))
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
        privileges.set(privilege(&number, "privileges")?, value_of(&value, "privileges")?);
    }
    Ok(privileges)
}

pub(crate) fn privilege(value: Arg<'_, '_>, field: &'static str) -> Outcome<u16> {
    if !is_int(value) {
        return Err(must_be("a privilege", "an int", value));
    }
    in_range(integer(value), value, ErrorCode::IndexOutOfRange, field, "numbers")
}

pub(crate) fn service(value: Arg<'_, '_>, field: &'static str) -> Outcome<ServiceType> {
    if !is_int(value) {
        return Err(must_be("service", "a ServiceType or an int", value));
    }
    let number: u16 = in_range(integer(value), value, ErrorCode::IndexOutOfRange, field, "a ServiceType")?;
    let unknown = || ErrorCode::IndexOutOfRange.of(field, format!("is {number}, which is of no ServiceType"));
    Ok(ServiceType::from_number(number).ok_or_else(unknown)?)
}

/// What an iterable gives; None of what is no iterable, and of a str and bytes, whose single characters nobody means.
pub(crate) fn several<'py>(value: Arg<'_, 'py>) -> Outcome<Option<Bound<'py, PyIterator>>> {
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() {
        return Ok(None);
    }
    match value.try_iter() {
        Ok(values) => Ok(Some(values)),
        Err(error) if error.is_instance_of::<PyTypeError>(value.py()) => Ok(None),
        // A query, for one, may fail when it is gone through.
        Err(error) => Err(error.into()),
    }
}

/// As [`several`], with a plain TypeError.
pub(crate) fn each_of<'py>(what: &str, expected: &str, value: Arg<'_, 'py>) -> Outcome<Bound<'py, PyIterator>> {
    several(value)?.ok_or_else(|| must_be(what, &format!("an iterable of {expected}"), value))
}

/// One str, or several.
pub(crate) fn one_or_more<'py, T>(value: Arg<'_, 'py>, read: impl Fn(Arg<'_, 'py>) -> Outcome<T>) -> Outcome<Vec<T>> {
    match several(value)? {
        Some(values) => values.map(|value| read(&value?)).collect(),
        None => Ok(vec![read(value)?]),
    }
}

/// An int that is no bool, which Python counts among the ints.
pub(crate) fn is_int(value: Arg<'_, '_>) -> bool {
    value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>()
}

/// Why there is no number.
pub(crate) enum NoNumber {
    OfAnotherType,
    /// Continues the name of the argument.
    Because(&'static str),
    /// What Python raised on the way.
    Python(PyErr),
}

impl From<PyErr> for NoNumber {
    fn from(error: PyErr) -> NoNumber {
        NoNumber::Python(error)
    }
}

pub(crate) fn integer(value: Arg<'_, '_>) -> Result<i128, NoNumber> {
    if is_int(value) { of_int(value) } else { Err(NoNumber::OfAnotherType) }
}

#[inline]
fn of_int(int: Arg<'_, '_>) -> Result<i128, NoNumber> {
    // The conversion into 128 bits is the slow one.
    let number = int.extract::<i64>().map(i128::from).or_else(|_| int.extract());
    number.map_err(|_| NoNumber::Because("is an int of more than 128 bits"))
}

/// An int of seconds or a timedelta.
pub(crate) fn duration(value: Arg<'_, '_>) -> Result<i128, NoNumber> {
    // To tell a timedelta takes longer than to tell an int, which nearly all callers give.
    if is_int(value) {
        return of_int(value);
    }
    let delta = value.cast::<PyDelta>().map_err(|_| NoNumber::OfAnotherType)?;
    if delta.get_microseconds() != 0 {
        return Err(NoNumber::Because("is a timedelta with a fraction of a second; whole seconds expected"));
    }
    Ok(i128::from(delta.get_days()) * 86_400 + i128::from(delta.get_seconds()))
}

/// An int of Unix seconds or an aware datetime.
pub(crate) fn unix_seconds(value: Arg<'_, '_>) -> Result<i128, NoNumber> {
    if is_int(value) {
        return of_int(value);
    }
    let datetime = value.cast::<PyDateTime>().map_err(|_| NoNumber::OfAnotherType)?;
    if datetime.call_method0("utcoffset")?.is_none() {
        return Err(NoNumber::Because("is a datetime without a time zone; datetime.now(timezone.utc) has one"));
    }
    let seconds: f64 = datetime.call_method0("timestamp")?.extract()?;
    // A datetime ends with the year 9999, far inside of both types.
    #[allow(clippy::cast_possible_truncation)]
    Ok(seconds.floor() as i128)
}

/// A number of the type that is asked for; `expected` says what else than a number is taken.
pub(crate) fn in_range<N: TryFrom<i128> + Bounded>(
    number: Result<i128, NoNumber>,
    value: Arg<'_, '_>,
    code: ErrorCode,
    field: &'static str,
    expected: &str,
) -> Outcome<N> {
    let expected = || format!("{expected} from {} to {} expected", N::LEAST, N::MOST);
    match number {
        Ok(number) => Ok(N::try_from(number).map_err(|_| code.of(field, format!("is {number}; {}", expected())))?),
        Err(NoNumber::OfAnotherType) => Err(code.of(field, format!("is {}; {}", in_words(value), expected())).into()),
        Err(NoNumber::Because(reason)) => Err(code.of(field, reason).into()),
        Err(NoNumber::Python(error)) => Err(error.into()),
    }
}

/// The ends of a type's range.
pub(crate) trait Bounded {
    const LEAST: i128;
    const MOST: i128;
}

macro_rules! bounded {
    ($($integer:ty)+) => {
        $(impl Bounded for $integer {
            const LEAST: i128 = <$integer>::MIN as i128;
            const MOST: i128 = <$integer>::MAX as i128;
        })+
    };
}

bounded!(i16 u16 u32 u64);

/// A plain TypeError, where no code of the table speaks of the argument.
pub(crate) fn must_be(what: &str, expected: &str, value: Arg<'_, '_>) -> Refusal {
    Refusal::Python(PyTypeError::new_err(format!("{what} must be {expected}, not {}", type_name(value))))
}

pub(crate) fn wrong_type(code: ErrorCode, field: &'static str, expected: &str, value: Arg<'_, '_>) -> Refusal {
    code.of(field, format!("is {}; {expected} expected", in_words(value))).into()
}

/// What stands in the wrong place, in words. Nothing that could be a secret is shown.
pub(crate) fn in_words(value: Arg<'_, '_>) -> String {
    let is_shown = value.is_none() || value.is_exact_instance_of::<PyBool>() || value.is_exact_instance_of::<PyFloat>();
    if is_shown { value.to_string() } else { format!("of type {}", type_name(value)) }
}

pub(crate) fn type_name(value: Arg<'_, '_>) -> String {
    value.get_type().name().map_or_else(|_| "another type".to_owned(), |name| name.to_string())
}
