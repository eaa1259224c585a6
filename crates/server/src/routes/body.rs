//! Reading JSON fields strictly: what is of a wrong type is refused, never converted.

use std::fmt;
use std::num::NonZeroU32;

use agora_token::{Channel, ErrorCode, Lifetime, Role, UserId};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::ask::role_named;
use crate::problem::{Code, Problem};

/// The fields of a JSON object, taken out one by one.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) fn parse(body: &[u8]) -> Result<Fields, Problem> {
        let Entries(entries) = serde_json::from_slice(body).map_err(|_| Problem::from(Code::InvalidJson))?;
        let mut fields = Map::new();
        for (name, value) in entries {
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

    /// The field of this name in whatever letter case.
    pub(super) fn take_in_any_case(&mut self, name: &'static str) -> Result<Value, Problem> {
        let names: Vec<String> = self.0.keys().filter(|key| key.eq_ignore_ascii_case(name)).cloned().collect();
        match names.as_slice() {
            [] => Err(missing(name)),
            [only] => Ok(self.0.remove(only).unwrap_or_default()),
            _ => Err(Problem::new(Code::UnknownField, format!("{name} stands more than once")).in_field(name)),
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
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

pub(super) fn missing(name: &'static str) -> Problem {
    Problem::new(Code::MissingField, format!("{name} is missing")).in_field(name)
}

pub(super) fn text(value: &Value, field: &'static str) -> Result<String, Problem> {
    match value {
        Value::String(text) => Ok(text.clone()),
        _ => Err(Problem::new(Code::InvalidField, format!("{field} must be a text")).in_field(field)),
    }
}

pub(super) fn truth(value: &Value, field: &'static str) -> Result<bool, Problem> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        _ => Err(Problem::new(Code::InvalidField, format!("{field} must be true or false")).in_field(field)),
    }
}

/// A uid; `None` for 0, which each route reads in its own way.
pub(super) fn uid(value: &Value, field: &'static str) -> Result<Option<NonZeroU32>, Problem> {
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    let refuse = || {
        Problem::of_code(ErrorCode::InvalidUid, field, format!("{field} must be a whole number from 1 to 4294967295"))
    };
    number.map(NonZeroU32::new).ok_or_else(refuse)
}

/// The name of one channel.
pub(super) fn channel(value: &Value, field: &'static str) -> Result<Channel<'static>, Problem> {
    match value {
        Value::String(name) => named_channel(name, field),
        _ => Err(Problem::of_code(ErrorCode::InvalidChannelName, field, format!("{field} must be a text"))),
    }
}

pub(super) fn named_channel(name: &str, field: &'static str) -> Result<Channel<'static>, Problem> {
    Channel::named(name.to_owned()).map_err(|error| Problem::of_library(&error, Some(field)))
}

pub(super) fn account(value: &Value, field: &'static str) -> Result<UserId<'static>, Problem> {
    match value {
        Value::String(account) => named_account(account, field),
        _ => Err(Problem::of_code(ErrorCode::InvalidUserAccount, field, format!("{field} must be a text"))),
    }
}

pub(super) fn named_account(account: &str, field: &'static str) -> Result<UserId<'static>, Problem> {
    UserId::account(account.to_owned()).map_err(|error| Problem::of_library(&error, Some(field)))
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
