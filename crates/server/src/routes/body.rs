//! Reading JSON by types, strictly: what is of a wrong type is refused, never converted. Each type carries the code that
//! refuses it, and the error names the field.

use std::fmt;
use std::num::NonZeroU32;

use agora_token::{Channel, ErrorCode, Lifetime, Role, User};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::about::{ACCOUNT, CHANNEL};
use crate::ask::{Wanted, role_named};
use crate::problem::{Code, Problem};

pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    of_value(Value::Object(object(body)?))
}

/// The same of a body whose rows are read by themselves.
pub(super) fn read_rows<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    typed(Value::Object(object(body)?))
}

/// The same, where fields match in any letter case and others are ignored. `fields` are those of `T`.
pub(super) fn read_in_any_case<T: DeserializeOwned>(body: &[u8], fields: &[&'static str]) -> Result<T, Problem> {
    let mut known = Map::new();
    for (name, value) in object(body)? {
        if let Some(field) = fields.iter().find(|field| field.eq_ignore_ascii_case(&name))
            && known.insert((*field).to_owned(), value).is_some()
        {
            return Err(Problem::in_field(Code::UnknownField, *field, format!("{field} stands more than once")));
        }
    }
    of_value(Value::Object(known))
}

/// The JSON object of a body, no object of which names a field twice.
fn object(body: &[u8]) -> Result<Map<String, Value>, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let read = Once.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    match read {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Code::InvalidJson.into()),
        Err(error) => Err(match error.to_string().strip_prefix(TWICE).and_then(|rest| rest.split_once('\n')) {
            Some((name, _)) => refuse_name(name, "stands more than once"),
            None => Code::InvalidJson.into(),
        }),
    }
}

pub(super) fn of_value<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    // A field that is left out is no null: null is of a wrong type everywhere.
    if let Some(field) = path_of_null(&value) {
        let is_known = field.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        let field = if is_known { field } else { String::new() };
        return Err(Problem::invalid(field.clone(), format!("{field} must not be null")));
    }
    typed(value)
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| refuse(&error.path().to_string(), &error.inner().to_string()))
}

fn path_of_null(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => fields.iter().find_map(|(name, value)| match value {
            Value::Null => Some(name.clone()),
            value => path_of_null(value).map(|rest| format!("{name}.{rest}")),
        }),
        Value::Array(values) => values.iter().find_map(|value| match value {
            Value::Null => Some("0".to_owned()),
            value => path_of_null(value),
        }),
        _ => None,
    }
}

/// serde's words as a refusal. None of them quotes a value of the caller's.
fn refuse(path: &str, message: &str) -> Problem {
    let path = if path == "." { "" } else { path };
    let within = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let quoted = |prefix: &str| message.strip_prefix(prefix)?.split_once('`').map(|(name, _)| name);
    if let Some(name) = quoted("missing field `") {
        let name = within(name);
        let detail = format!("{name} is missing");
        return Problem::in_field(Code::MissingField, name, detail);
    }
    if let Some(rest) = message.strip_prefix("unknown field `") {
        let end = rest.rfind("`, expected ").or_else(|| rest.rfind("`, "));
        let name = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
        return refuse_name(name, "is no field of this route");
    }
    let field = path.split('[').next().unwrap_or_default().to_owned();
    let is_code = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    if let Some((code, reason)) = message.split_once(": ").filter(|(code, _)| is_code(code)) {
        let problem = Problem::invalid(field, format!("{path} {reason}"));
        return match ErrorCode::ALL.iter().find(|known| known.name() == code) {
            Some(code) => Problem { code: code.name(), ..problem },
            None => problem,
        };
    }
    let expected = message.rsplit_once("expected ").map_or("another value", |(_, expected)| expected);
    Problem::invalid(field, format!("{path} must be {expected}"))
}

/// An unknown or repeated field. The name comes from the caller, so it is cut and escaped.
fn refuse_name(name: &str, reason: &str) -> Problem {
    let name: String = name.chars().take(40).collect();
    Problem::new(Code::UnknownField, format!("{name:?} {reason}"))
}

const TWICE: &str = "twice: ";

/// Reads any JSON, and no object that names a field twice: readers differ in which one counts, so what was checked on the
/// way here may be the other.
struct Once;

impl<'de> DeserializeSeed<'de> for Once {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! scalars {
    ($($visit:ident: $type:ty),+) => {$(
        fn $visit<E>(self, value: $type) -> Result<Value, E> {
            Ok(value.into())
        }
    )+};
}

impl<'de> Visitor<'de> for Once {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    scalars! { visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        std::iter::from_fn(|| values.next_element_seed(Once).transpose()).collect()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(Once)?;
            if fields.insert(name.clone(), value).is_some() {
                return Err(A::Error::custom(format!("{TWICE}{name}\n")));
            }
        }
        Ok(Value::Object(fields))
    }
}

/// Types of fields: what they make of JSON, the code and words of what they refuse, and their schema.
macro_rules! fields {
    ($($(#[doc = $about:literal])+ $name:ident($type:ty) { $($schema:tt)* } = $read:expr;)+) => {$(
        $(#[doc = $about])+
        #[derive(Debug, Clone)]
        pub(super) struct $name(pub(super) $type);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let read: fn(&Value) -> Result<$type, Problem> = $read;
                let value = Value::deserialize(deserializer)?;
                read(&value).map($name).map_err(|problem| D::Error::custom(format!("{}: {}", problem.code, problem.detail)))
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let schema = json!({ "description": concat!($($about),+).trim(), $($schema)* });
                serde_json::from_value(schema).unwrap_or_default()
            }
        }

        impl ToSchema for $name {}
    )+};
}

pub(super) use fields;

fields! {
    /// 1 to 4294967295
    Uid(NonZeroU32) { "type": "integer", "minimum": 1, "maximum": u32::MAX } = |value| {
        uid_of(value.as_u64(), "")?.ok_or_else(|| Problem::of_code(
            ErrorCode::InvalidUid, "", "is 0, which means any user; ask for any user with \"anyUser\": true",
        ))
    };
    /// 0 (any user) to 4294967295
    UidOrZero(Option<NonZeroU32>) { "type": "integer", "minimum": 0, "maximum": u32::MAX } = |value| {
        uid_of(value.as_u64(), "")
    };
    /// 1 to 63 bytes: letters, digits, space and !#$%&()+-:;<=.>?@[]^_{}|~,
    ChannelName(Channel<'static>) { "type": "string", "minLength": 1, "maxLength": 63, "pattern": CHANNEL } = |value| {
        named_channel(text(value, ErrorCode::InvalidChannelName)?, "")
    };
    /// The channel name, or * for any
    ChannelOrStar(Channel<'static>) {
        "type": "string", "minLength": 1, "maxLength": 63, "pattern": format!("{CHANNEL}|^[*]$")
    } = |value| match value.as_str() {
        Some("*") => Ok(Channel::Any),
        _ => named_channel(text(value, ErrorCode::InvalidChannelName)?, ""),
    };
    /// 1 to 255 bytes without control characters
    Account(User<'static>) { "type": "string", "minLength": 1, "maxLength": 255, "pattern": ACCOUNT } = |value| {
        named_account(text(value, ErrorCode::InvalidUserAccount)?, "")
    };
    /// What the user may do in the channel
    RoleName(Role) { "type": "string", "enum": ["publisher", "subscriber"] } = |value| role(value.as_str(), "");
    /// 1 publisher, 2 subscriber
    RoleNumber(Role) { "type": "integer", "enum": [1, 2] } = |value| match value.as_u64() {
        Some(1) => Ok(Role::Publisher),
        Some(2) => Ok(Role::Subscriber),
        _ => Err(Problem::of_code(ErrorCode::InvalidRole, "", "must be 1 (publisher) or 2 (subscriber)")),
    };
    /// The user's role there, which the classroom gives its meaning
    RoomRole(i16) { "type": "integer", "minimum": i16::MIN, "maximum": i16::MAX } = |value| {
        let role = value.as_i64().and_then(|role| i16::try_from(role).ok());
        role.ok_or_else(|| Problem::of_code(ErrorCode::InvalidRole, "", "must be a whole number from -32768 to 32767"))
    };
    /// Seconds
    Seconds(Lifetime) { "type": "integer", "minimum": 1, "maximum": 86400 } = |value| seconds(value.as_u64(), "");
    /// Seconds; 0 leaves it to the server
    SecondsOrZero(Option<Lifetime>) { "type": "integer", "minimum": 0, "maximum": 86400 } = |value| match value.as_u64() {
        Some(0) => Ok(None),
        number => seconds(number, "").map(Some),
    };
    /// What a token is for; those that end with App make an administrator, and stand alone
    WantedName(Wanted) { "type": "string", "enum": Wanted::all().map(|wanted| wanted.to_string()).collect::<Vec<_>>() } = |value| {
        value.as_str().and_then(|name| name.parse().ok()).ok_or_else(|| {
            Problem::invalid("", format!("must be one of {}", Wanted::names()))
        })
    };
}

fn text(value: &Value, code: ErrorCode) -> Result<&str, Problem> {
    value.as_str().ok_or_else(|| Problem::of_code(code, "", "must be a text"))
}

/// A uid of a number; `None` is refused, 0 each route reads in its own way.
pub(super) fn uid_of(number: Option<u64>, field: &'static str) -> Result<Option<NonZeroU32>, Problem> {
    let number = number.and_then(|number| u32::try_from(number).ok());
    let expected = "must be a whole number from 1 to 4294967295";
    number.map(NonZeroU32::new).ok_or_else(|| refused(ErrorCode::InvalidUid, field, expected))
}

/// A field's name before what is said of it. Types of fields leave the name to who knows it.
fn sentence(field: &str, words: &str) -> String {
    format!("{field} {words}").trim_start().to_owned()
}

fn refused(code: ErrorCode, field: &'static str, words: &str) -> Problem {
    Problem::of_code(code, field, sentence(field, words))
}

fn of_library(error: &agora_token::Error, field: &'static str) -> Problem {
    let problem = Problem::of_library(error, Some(field));
    Problem { detail: sentence(field, error.reason()).into(), ..problem }
}

pub(super) fn named_channel(name: &str, field: &'static str) -> Result<Channel<'static>, Problem> {
    Channel::named(name.to_owned()).map_err(|error| of_library(&error, field))
}

pub(super) fn named_account(account: &str, field: &'static str) -> Result<User<'static>, Problem> {
    User::account(account.to_owned()).map_err(|error| of_library(&error, field))
}

/// A number in plain digits: no sign, which Rust would take.
pub(super) fn number(text: &str) -> Option<u64> {
    // Zeros before them change nothing, but a name of a kilobyte is no number.
    let is_number = text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// A uid in a path or a query; 0 is any user.
pub(super) fn uid_text(text: &str, field: &'static str) -> Result<User<'static>, Problem> {
    Ok(uid_of(number(text), field)?.map_or(User::Any, User::Uid))
}

/// Digits are a uid, anything else is an account, as the original tells them apart.
pub(super) fn uid_or_account(text: &str, field: &'static str) -> Result<User<'static>, Problem> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { uid_text(text, field) } else { named_account(text, field) }
}

pub(super) fn role(word: Option<&str>, field: &'static str) -> Result<Role, Problem> {
    let expected = "must be \"publisher\" or \"subscriber\"";
    word.and_then(role_named).ok_or_else(|| refused(ErrorCode::InvalidRole, field, expected))
}

/// Seconds from now, a day at most; `None` is refused.
pub(super) fn seconds(number: Option<u64>, field: &'static str) -> Result<Lifetime, Problem> {
    let expected = "must be a whole number of seconds from now, 1 to 86400";
    let number = number.and_then(|number| u32::try_from(number).ok());
    let number = number.ok_or_else(|| refused(ErrorCode::InvalidLifetime, field, expected))?;
    Lifetime::from_secs(number).map_err(|error| of_library(&error, field))
}

pub(super) fn missing(name: &'static str) -> Problem {
    Problem::in_field(Code::MissingField, name, format!("{name} is missing"))
}

pub(super) fn answer(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or_default()
}
