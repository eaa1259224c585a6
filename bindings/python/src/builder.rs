//! The one entry of all builders: Python arguments on their way into the core, which checks them.

use std::cell::{Cell, OnceCell};

use agora_token::describe::{BUILDERS, Builder, Kind, Manner, Value};
use agora_token::source::{Clock, SaltSource, SystemClock, SystemSalt};
use agora_token::{Error, ErrorCode, Permissions, Stamp};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyInt, PyString};

use crate::arguments::{
    Arg, LONE_SURROGATE, NoNumber, Optional, any_credentials, credentials as credentials_of, duration, in_words,
    integer, is_int, salt as salt_of, timestamp, unix_seconds,
};
use crate::generated::builders::argument_name;
use crate::permissions::permissions as permissions_of;
use crate::refusal::{Outcome, Refusal};

/// Builds by the row of this number. It is known at compile time, so that the checks of the row are compiled in line.
#[inline]
pub(crate) fn build<const NUMBER: usize, const REQUIRED: usize, const OPTIONAL: usize>(
    credentials: [Arg<'_, '_>; 2],
    required: [Arg<'_, '_>; REQUIRED],
    optional: [Optional<'_, '_>; OPTIONAL],
    stamp: [Option<Arg<'_, '_>>; 2],
) -> Outcome<String> {
    let builder = const { &BUILDERS[NUMBER - 1] };
    let given = |index: usize| match required.get(index) {
        Some(value) => Ok(*value),
        None => match &optional[index - REQUIRED] {
            Optional::Given(value) => Ok(&**value),
            Optional::Default(number) => Err(*number),
        },
    };
    let count = REQUIRED + OPTIONAL;
    match stamp {
        [None, None] => call(builder, credentials, count, given, Manner::Strict, Stamp::now),
        [issue_ts, salt] => build_at(
            builder,
            credentials,
            &std::array::from_fn::<_, MOST_ARGUMENTS, _>(|index| if index < count { given(index) } else { Err(0) })
                [..count],
            issue_ts,
            salt,
        ),
    }
    .map_err(|refusal| in_python(builder.number, refusal))
}

/// Builds at a time, or with a salt, that a test wants.
#[cold]
fn build_at(
    builder: &'static Builder,
    credentials: [Arg<'_, '_>; 2],
    given: &[Result<Arg<'_, '_>, u32>],
    issue_ts: Option<Arg<'_, '_>>,
    salt: Option<Arg<'_, '_>>,
) -> Outcome<String> {
    let issue_ts = issue_ts.map(|value| timestamp(value, "issue_ts")).transpose()?;
    let salt = salt.map(salt_of).transpose()?;
    let stamp = || {
        Ok(Stamp {
            issue_ts: issue_ts.map_or_else(|| SystemClock.now(), Ok)?,
            salt: salt.map_or_else(|| SystemSalt.next_salt(), Ok)?,
        })
    };
    call(builder, credentials, given.len(), |index| given[index], Manner::Strict, stamp)
}

/// The refusal of an argument that has another name here.
#[cold]
fn in_python(builder: u16, refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Ours(error) => {
            let name = argument_name(builder, error.field());
            Refusal::Ours(error.in_field(name))
        }
        Refusal::Python(error) => Refusal::Python(error),
    }
}

/// As many arguments as any builder takes after the credentials.
const MOST_ARGUMENTS: usize = {
    let (mut index, mut most) = (0, 0);
    while index < BUILDERS.len() {
        if BUILDERS[index].arguments.len() > most {
            most = BUILDERS[index].arguments.len();
        }
        index += 1;
    }
    most
};

/// Builds by a row from so many arguments, which `given` gives for each index, or the default of one.
#[inline(always)]
pub(crate) fn call<'a, 'py: 'a>(
    builder: &'static Builder,
    [app_id, app_certificate]: [Arg<'_, '_>; 2],
    count: usize,
    given: impl Fn(usize) -> Result<Arg<'a, 'py>, u32>,
    manner: Manner,
    stamp: impl FnOnce() -> Result<Stamp, Error>,
) -> Outcome<String> {
    let credentials = match manner {
        Manner::Strict => credentials_of(app_id, app_certificate)?,
        Manner::Official => any_credentials(app_id, app_certificate)?,
    };
    let owned = Owned::default();
    let mut values = [Value::Misfit("missing"); MOST_ARGUMENTS];
    let count = count.min(builder.arguments.len());
    for (index, (argument, value)) in builder.arguments.iter().zip(&mut values).take(count).enumerate() {
        *value = given(index).map_or_else(Value::from, |given| value_of(given, argument.kind, manner, &owned));
    }
    match owned.raised.take() {
        Some(error) => Err(error.into()),
        None => Ok(builder.build_for(&credentials, &values[..count], manner, stamp)?),
    }
}

/// What the values of one call borrow, and what Python raised instead of giving one.
#[derive(Default)]
struct Owned {
    permissions: OnceCell<Permissions<'static>>,
    /// Of the first argument that is refused. The core looks at them in their order and at none after it.
    reason: OnceCell<String>,
    raised: Cell<Option<PyErr>>,
}

#[inline(always)]
fn value_of<'a>(value: Arg<'a, '_>, kind: Kind, manner: Manner, owned: &'a Owned) -> Value<'a> {
    let is_official = manner == Manner::Official;
    let is_number = match kind {
        // In the official manner a uid and an account may stand in each other's place.
        Kind::Uid | Kind::UserAccount if is_official => value.is_instance_of::<PyInt>(),
        Kind::Uid | Kind::Role | Kind::Role006 | Kind::RoomRole => true,
        Kind::TokenExpire | Kind::PrivilegeExpire | Kind::PrivilegeExpiredTs => true,
        Kind::ChannelName | Kind::UserAccount | Kind::UserId | Kind::RoomUuid | Kind::UserUuid => false,
        Kind::AppId | Kind::AppCertificate => false,
        Kind::Permissions => return permissions(value, is_official, owned),
    };
    if !is_number {
        return text(value, is_official, owned);
    }
    // Nearly every caller gives an int, and this is the fast way to it.
    if is_int(value)
        && let Ok(number) = value.extract::<i64>()
    {
        return Value::Integer(number.into());
    }
    number_of(value, kind, is_official, owned)
}

#[cold]
fn number_of<'a>(value: Arg<'_, '_>, kind: Kind, is_official: bool, owned: &'a Owned) -> Value<'a> {
    let number = match kind {
        Kind::Uid | Kind::UserAccount | Kind::Role | Kind::Role006 => integer(value),
        // The official libraries cut fractions, and take digits in a str.
        _ if is_official => {
            let whole = value.py().get_type::<PyInt>().call1((value,));
            whole.map_err(NoNumber::Python).and_then(|whole| integer(&whole))
        }
        Kind::TokenExpire | Kind::PrivilegeExpire => duration(value),
        Kind::PrivilegeExpiredTs => unix_seconds(value),
        _ => integer(value),
    };
    match number {
        Ok(number) => Value::Integer(number),
        Err(NoNumber::Because(reason)) => Value::Refused(kind.row().code, reason),
        Err(NoNumber::OfAnotherType) => misfit(value, owned),
        Err(NoNumber::Python(error)) => raised(error, owned),
    }
}

fn text<'a>(value: Arg<'a, '_>, takes_bytes: bool, owned: &'a Owned) -> Value<'a> {
    if let Ok(text) = value.cast::<PyString>() {
        return text.to_str().map_or(Value::Refused(ErrorCode::InvalidUtf8, LONE_SURROGATE), Value::Text);
    }
    match value.cast::<PyBytes>() {
        Ok(bytes) if takes_bytes => Value::Bytes(bytes.as_bytes()),
        _ => misfit(value, owned),
    }
}

/// The official libraries have a class for them, which holds them as `details`.
fn permissions<'a>(value: Arg<'_, '_>, is_official: bool, owned: &'a Owned) -> Value<'a> {
    let permissions = match is_official {
        true => value.getattr("details").map_err(Refusal::from).and_then(|details| permissions_of(&details)),
        false => permissions_of(value),
    };
    match permissions {
        Ok(permissions) => Value::Permissions(owned.permissions.get_or_init(|| permissions)),
        Err(Refusal::Ours(error)) => {
            Value::Refused(error.code(), owned.reason.get_or_init(|| error.reason().to_owned()))
        }
        Err(python) => raised(python.into(), owned),
    }
}

#[cold]
fn misfit<'a>(value: Arg<'_, '_>, owned: &'a Owned) -> Value<'a> {
    // The core has its own words for a text.
    match value.cast::<PyString>() {
        Ok(_) => Value::Text(""),
        Err(_) => Value::Misfit(owned.reason.get_or_init(|| in_words(value))),
    }
}

/// The call ends with the first exception, whatever value stands in the place of the argument.
fn raised<'a>(error: PyErr, owned: &'a Owned) -> Value<'a> {
    owned.raised.set(owned.raised.take().or(Some(error)));
    Value::Misfit("no value")
}
