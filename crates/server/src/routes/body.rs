//! Reading JSON fields strictly: what is of a wrong type is refused, never converted.

use std::fmt;
use std::num::NonZeroU32;

use agora_token::{Channel, ErrorCode, Lifetime, Role, User};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::ask::role_named;
use crate::problem::{Code, Problem};

/// The fields of a JSON object, taken out one by one.
#[derive(Default)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) fn parse(body: &[u8]) -> Result<Fields, Problem> {
        let mut reader = serde_json::Deserializer::from_slice(body);
        let entries = reader.deserialize_map(Entries).and_then(|entries| reader.end().map(|()| entries));
        let mut fields = Map::new();
        for (name, value) in entries.map_err(|_| Problem::from(Code::InvalidJson))? {
            // Readers differ in which one counts, so what was checked on the way here may be the other.
            if fields.insert(name.clone(), value).is_some() {
                return Err(refuse_name(&name, "stands more than once"));
            }
        }
        Ok(Fields(fields))
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }

    /// A field as `read` reads it, if it is there.
    pub(super) fn optional<T>(&mut self, name: &'static str, read: Reader<T>) -> Result<Option<T>, Problem> {
        self.take(name).map(|value| read(&value, name)).transpose()
    }

    pub(super) fn required<T>(&mut self, name: &'static str, read: Reader<T>) -> Result<T, Problem> {
        self.optional(name, read)?.ok_or_else(|| missing(name))
    }

    /// The field of this name in whatever letter case.
    pub(super) fn take_in_any_case(&mut self, name: &'static str) -> Result<Value, Problem> {
        let names: Vec<String> = self.0.keys().filter(|key| key.eq_ignore_ascii_case(name)).cloned().collect();
        match names.as_slice() {
            [] => Err(missing(name)),
            [only] => Ok(self.0.remove(only).unwrap_or_default()),
            _ => Err(Problem::in_field(Code::UnknownField, name, format!("{name} stands more than once"))),
        }
    }

    /// Refuses the fields that were not taken.
    pub(super) fn finish(self) -> Result<(), Problem> {
        match self.0.keys().next() {
            Some(name) => Err(refuse_name(name, "is no field of this route")),
            None => Ok(()),
        }
    }
}

/// An unknown or repeated field. The name comes from the caller, so it is cut and escaped.
fn refuse_name(name: &str, reason: &str) -> Problem {
    let name: String = name.chars().take(40).collect();
    Problem::new(Code::UnknownField, format!("{name:?} {reason}"))
}

/// A JSON object as it stands there, which may name a field twice.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        std::iter::from_fn(|| map.next_entry().transpose()).collect()
    }
}

/// Reads the value of the field of this name.
type Reader<T> = fn(&Value, &'static str) -> Result<T, Problem>;

pub(super) fn missing(name: &'static str) -> Problem {
    Problem::in_field(Code::MissingField, name, format!("{name} is missing"))
}

pub(super) fn text(value: &Value, field: &'static str) -> Result<String, Problem> {
    value.as_str().map(str::to_owned).ok_or_else(|| Problem::invalid(field, format!("{field} must be a text")))
}

pub(super) fn object(value: &Value, field: &'static str) -> Result<Fields, Problem> {
    let fields = value.as_object().cloned().map(Fields);
    fields.ok_or_else(|| Problem::invalid(field, format!("{field} must be an object")))
}

pub(super) fn truth(value: &Value, field: &'static str) -> Result<bool, Problem> {
    value.as_bool().ok_or_else(|| Problem::invalid(field, format!("{field} must be true or false")))
}

/// A uid; `None` for 0, which each route reads in its own way.
pub(super) fn uid(value: &Value, field: &'static str) -> Result<Option<NonZeroU32>, Problem> {
    uid_of(value.as_u64(), field)
}

/// As [`uid`], of a number; `None` is refused.
pub(super) fn uid_of(number: Option<u64>, field: &'static str) -> Result<Option<NonZeroU32>, Problem> {
    let number = number.and_then(|number| u32::try_from(number).ok());
    let refuse = || {
        Problem::of_code(ErrorCode::InvalidUid, field, format!("{field} must be a whole number from 1 to 4294967295"))
    };
    number.map(NonZeroU32::new).ok_or_else(refuse)
}

/// The name of one channel.
pub(super) fn channel(value: &Value, field: &'static str) -> Result<Channel<'static>, Problem> {
    named_channel(text_or(ErrorCode::InvalidChannelName, value, field)?, field)
}

pub(super) fn named_channel(name: &str, field: &'static str) -> Result<Channel<'static>, Problem> {
    Channel::named(name.to_owned()).map_err(|error| Problem::of_library(&error, Some(field)))
}

pub(super) fn account(value: &Value, field: &'static str) -> Result<User<'static>, Problem> {
    named_account(text_or(ErrorCode::InvalidUserAccount, value, field)?, field)
}

pub(super) fn named_account(account: &str, field: &'static str) -> Result<User<'static>, Problem> {
    User::account(account.to_owned()).map_err(|error| Problem::of_library(&error, Some(field)))
}

fn text_or<'v>(code: ErrorCode, value: &'v Value, field: &'static str) -> Result<&'v str, Problem> {
    value.as_str().ok_or_else(|| Problem::of_code(code, field, format!("{field} must be a text")))
}

/// 1 or 2.
pub(super) fn role_numbered(value: &Value, field: &'static str) -> Result<Role, Problem> {
    match value.as_u64() {
        Some(1) => Ok(Role::Publisher),
        Some(2) => Ok(Role::Subscriber),
        _ => {
            let expected = format!("{field} must be 1 (publisher) or 2 (subscriber)");
            Err(Problem::of_code(ErrorCode::InvalidRole, field, expected))
        }
    }
}

/// A number in plain digits: no sign, which Rust would take.
pub(super) fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A uid in a path or a query; 0 is any user.
pub(super) fn uid_text(text: &str, field: &'static str) -> Result<User<'static>, Problem> {
    Ok(uid_of(number(text), field)?.map_or(User::Any, User::Uid))
}

/// Digits are a uid, anything else is an account, as the original tells them apart.
pub(super) fn uid_or_account(text: &str, field: &'static str) -> Result<User<'static>, Problem> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { uid_text(text, field) } else { named_account(text, field) }
}

/// `publisher` or `subscriber`.
pub(super) fn role(word: Option<&str>, field: &'static str) -> Result<Role, Problem> {
    word.and_then(role_named).ok_or_else(|| {
        Problem::of_code(ErrorCode::InvalidRole, field, format!("{field} must be \"publisher\" or \"subscriber\""))
    })
}

/// Seconds from now, a day at most.
pub(super) fn lifetime(value: &Value, field: &'static str) -> Result<Lifetime, Problem> {
    seconds(value.as_u64(), field)
}

/// As [`lifetime`], of a number; `None` is refused.
pub(super) fn seconds(number: Option<u64>, field: &'static str) -> Result<Lifetime, Problem> {
    let number = number.and_then(|number| u32::try_from(number).ok()).ok_or_else(|| {
        let expected = format!("{field} must be a whole number of seconds from now, 1 to 86400");
        Problem::of_code(ErrorCode::InvalidLifetime, field, expected)
    })?;
    Lifetime::from_secs(number).map_err(|error| Problem::of_library(&error, Some(field)))
}
