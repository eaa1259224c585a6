//! The one entry of all builders: Python arguments on their way into the core, which checks them.

use std::cell::OnceCell;

use agora_token::describe::{BUILDERS, Builder, Kind, Manner, Value};
use agora_token::{ErrorCode, Permissions, Stamp};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyInt, PyString};

use crate::arguments::{
    Arg, LONE_SURROGATE, NoNumber, Optional, credentials as credentials_of, duration, in_words, integer, unix_seconds,
};
use crate::permissions::permissions as permissions_of;
use crate::refusal::{Outcome, Refusal};

/// Builds by the row of this number, which stands here at compile time for the loop to be unrolled.
#[inline]
pub(crate) fn build<const NUMBER: usize, const REQUIRED: usize, const OPTIONAL: usize>(
    credentials: [Arg<'_, '_>; 2],
    required: [Arg<'_, '_>; REQUIRED],
    optional: [Optional<'_, '_>; OPTIONAL],
) -> Outcome<String> {
    let builder = const { &BUILDERS[NUMBER - 1] };
    let given = |index: usize| match required.get(index) {
        Some(value) => Some(*value),
        None => match optional.get(index - REQUIRED) {
            Some(Optional::Given(value)) => Some(&**value),
            // The core has the same default.
            _ => None,
        },
    };
    call(builder, credentials, given, Manner::Strict)
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

/// Builds by a row from what `given` gives for each index.
#[inline(always)]
pub(crate) fn call<'a, 'py: 'a>(
    builder: &'static Builder,
    [app_id, app_certificate]: [Arg<'_, '_>; 2],
    given: impl Fn(usize) -> Option<Arg<'a, 'py>>,
    manner: Manner,
) -> Outcome<String> {
    let credentials = credentials_of(app_id, app_certificate)?;
    let room = Room::default();
    let mut values = [Value::Misfit("missing"); MOST_ARGUMENTS];
    let mut count = 0;
    for (argument, value) in builder.arguments.iter().zip(&mut values) {
        let Some(given) = given(count) else { break };
        *value = value_of(given, argument.kind, manner, &room)?;
        count += 1;
    }
    Ok(builder.build_for(&credentials, &values[..count], manner, Stamp::now)?)
}

/// What the values of one call borrow.
#[derive(Default)]
struct Room {
    permissions: OnceCell<Permissions<'static>>,
    /// Of the first argument that is refused. The core looks at them in their order and at none after it.
    reason: OnceCell<String>,
}

#[inline(always)]
fn value_of<'a>(value: Arg<'a, '_>, kind: Kind, manner: Manner, room: &'a Room) -> Outcome<Value<'a>> {
    let is_official = manner == Manner::Official;
    // In the official manner a uid and an account may stand in each other's place.
    let is_uid = |strictly: bool| if is_official { value.is_instance_of::<PyInt>() } else { strictly };
    let number = match kind {
        Kind::UserAccount if is_uid(false) => integer(value),
        Kind::Uid if is_uid(true) => integer(value),
        Kind::Role | Kind::Role006 => integer(value),
        Kind::RoomRole if !is_official => integer(value),
        Kind::TokenExpire | Kind::PrivilegeExpire if !is_official => duration(value),
        Kind::PrivilegeExpiredTs if !is_official => unix_seconds(value),
        Kind::RoomRole | Kind::TokenExpire | Kind::PrivilegeExpire | Kind::PrivilegeExpiredTs => {
            // The official libraries cut fractions, and take digits in a str.
            integer(&value.py().get_type::<PyInt>().call1((value,))?)
        }
        Kind::Permissions => return permissions(value, is_official, room),
        Kind::AppId | Kind::AppCertificate => return Ok(text(value, false, room)),
        Kind::ChannelName | Kind::Uid | Kind::UserAccount | Kind::UserId | Kind::RoomUuid | Kind::UserUuid => {
            return Ok(text(value, is_official, room));
        }
    };
    match number {
        Ok(number) => Ok(Value::Integer(number)),
        Err(NoNumber::Because(reason)) => Ok(Value::Refused(kind.row().code, reason)),
        Err(NoNumber::OfAnotherType) => Ok(misfit(value, room)),
        Err(NoNumber::Python(error)) => Err(error.into()),
    }
}

fn text<'a>(value: Arg<'a, '_>, takes_bytes: bool, room: &'a Room) -> Value<'a> {
    if let Ok(text) = value.cast::<PyString>() {
        return text.to_str().map_or(Value::Refused(ErrorCode::InvalidUtf8, LONE_SURROGATE), Value::Text);
    }
    match value.cast::<PyBytes>() {
        Ok(bytes) if takes_bytes => Value::Bytes(bytes.as_bytes()),
        _ => misfit(value, room),
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

#[cold]
fn misfit<'a>(value: Arg<'_, '_>, room: &'a Room) -> Value<'a> {
    // The core has its own words for a text.
    match value.cast::<PyString>() {
        Ok(_) => Value::Text(""),
        Err(_) => Value::Misfit(room.reason.get_or_init(|| in_words(value))),
    }
}
