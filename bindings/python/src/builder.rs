//! The one entry of all builders: Python arguments on their way into the core, which checks them.

use std::cell::OnceCell;

use agora_token::describe::{BUILDERS, Builder, CREDENTIALS, Kind, Manner, Shape, Value};
use agora_token::{ErrorCode, Permissions, Stamp};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyInt, PyString, PyTuple};

use crate::arguments::{Arg, LONE_SURROGATE, NoNumber, Optional, duration, in_words, integer, unix_seconds};
use crate::permissions::permissions as permissions_of;
use crate::refusal::{Outcome, Refusal};

/// Builds by the row of this number. What has a default and was left out is the core's to fill in.
pub(crate) fn build(number: u16, required: &[Arg<'_, '_>], optional: &[Optional<'_, '_>]) -> Outcome<String> {
    let given = optional.iter().filter_map(|argument| match argument {
        Optional::Given(value) => Some(&**value),
        Optional::Default(_) => None,
    });
    call(number, required.iter().copied().chain(given), Manner::Strict)
}

/// A token by the rules of the official libraries, or '' where they make none. The number is that of the C ABI.
#[pyfunction]
#[pyo3(signature = (number, /, *arguments))]
pub(crate) fn build_official(number: u16, arguments: &Bound<'_, PyTuple>) -> PyResult<String> {
    let given: Vec<_> = arguments.iter().collect();
    match call(number, given.iter(), Manner::Official) {
        // An interrupt, or the end of the program, is no wrong argument.
        Err(Refusal::Python(error)) if !error.is_instance_of::<PyException>(arguments.py()) => Err(error),
        outcome => Ok(outcome.unwrap_or_default()),
    }
}

/// As many arguments as any builder takes.
const MOST_ARGUMENTS: usize = {
    let (mut index, mut most) = (0, 0);
    while index < BUILDERS.len() {
        if BUILDERS[index].arguments.len() > most {
            most = BUILDERS[index].arguments.len();
        }
        index += 1;
    }
    CREDENTIALS.len() + most
};

fn call<'a, 'py: 'a>(number: u16, arguments: impl Iterator<Item = Arg<'a, 'py>>, manner: Manner) -> Outcome<String> {
    let builder = Builder::from_number(number).ok_or(ErrorCode::IndexOutOfRange)?;
    let room = Room::default();
    let mut values = [Value::Misfit("missing"); MOST_ARGUMENTS];
    let mut count = 0;
    for ((argument, given), value) in builder.all_arguments().zip(arguments).zip(&mut values) {
        *value = value_of(given, argument.kind, manner, &room)?;
        count += 1;
    }
    Ok(builder.build(&values[..count], manner, Stamp::now)?)
}

/// What the values of one call borrow.
#[derive(Default)]
struct Room {
    permissions: OnceCell<Permissions<'static>>,
    /// Of the first argument that is refused. The core looks at them in their order and at none after it.
    reason: OnceCell<String>,
}

fn value_of<'a>(value: Arg<'a, '_>, kind: Kind, manner: Manner, room: &'a Room) -> Outcome<Value<'a>> {
    let code = kind.row().code;
    let is_official = manner == Manner::Official;
    let number = match kind {
        Kind::Permissions => return permissions(value, is_official, room),
        Kind::AppId | Kind::AppCertificate => return text(value, false, room),
        // In the official manner a uid and an account may stand in each other's place.
        Kind::Uid if !is_official => integer(value),
        Kind::Uid | Kind::UserAccount if is_official && value.is_instance_of::<PyInt>() => integer(value),
        _ if kind.row().shape == Shape::Text || kind == Kind::Uid => return text(value, is_official, room),
        Kind::Role | Kind::Role006 => integer(value),
        // The official libraries cut fractions, and take digits in a str.
        _ if is_official => integer(&value.py().get_type::<PyInt>().call1((value,))?),
        Kind::TokenExpire | Kind::PrivilegeExpire => duration(value),
        Kind::PrivilegeExpiredTs => unix_seconds(value),
        _ => integer(value),
    };
    match number {
        Ok(number) => Ok(Value::Integer(number)),
        Err(NoNumber::Because(reason)) => Ok(Value::Refused(code, reason)),
        Err(NoNumber::OfAnotherType) => Ok(misfit(value, room)),
        Err(NoNumber::Python(error)) => Err(error.into()),
    }
}

fn text<'a>(value: Arg<'a, '_>, takes_bytes: bool, room: &'a Room) -> Outcome<Value<'a>> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text.to_str().map_or(Value::Refused(ErrorCode::InvalidUtf8, LONE_SURROGATE), Value::Text));
    }
    match value.cast::<PyBytes>() {
        Ok(bytes) if takes_bytes => Ok(Value::Bytes(bytes.as_bytes())),
        _ => Ok(misfit(value, room)),
    }
}

/// The official libraries have a class for them, which holds them as `details`.
fn permissions<'a>(value: Arg<'_, '_>, is_official: bool, room: &'a Room) -> Outcome<Value<'a>> {
    let permissions = if is_official { permissions_of(&value.getattr("details")?) } else { permissions_of(value) };
    match permissions {
        Ok(permissions) => Ok(Value::Permissions(room.permissions.get_or_init(|| permissions))),
        Err(Refusal::Ours(error)) => {
            Ok(Value::Refused(error.code(), room.reason.get_or_init(|| error.reason().to_owned())))
        }
        Err(python) => Err(python),
    }
}

fn misfit<'a>(value: Arg<'_, '_>, room: &'a Room) -> Value<'a> {
    // The core has its own words for a text.
    match value.cast::<PyString>() {
        Ok(_) => Value::Text(""),
        Err(_) => Value::Misfit(room.reason.get_or_init(|| in_words(value))),
    }
}
