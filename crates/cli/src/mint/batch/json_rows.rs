//! Rows in JSON lines.

use std::borrow::Cow;
use std::fmt;

use agora_token::{ErrorCode, IssuedToken, ServiceSet};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::blocks::{Block, write_number};
use super::column::{self, Column};
use super::row::{Minter, Row};
use crate::failure::Failure;
use crate::numbers;

const ADDED: [&str; 4] = ["token", "expiresAt", "refreshAfter", "error"];

pub(super) fn mint(minter: &Minter, block: &mut Block) -> Result<(), Failure> {
    let Block { input, done, first_line, .. } = block;
    for (line, text) in (*first_line..).zip(input.split_inclusive(|byte| *byte == b'\n')) {
        // The byte order mark that some editors write.
        let text = if line == 1 { text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text) } else { text };
        let text = text.trim_ascii();
        if text.is_empty() {
            continue;
        }
        let (object, issued) = match Object::read(text) {
            Ok(object) => (Some(text), object.row().and_then(|row| minter.issue(row))),
            Err(failure) => (None, Err(failure)),
        };
        match issued {
            Ok(issued) => {
                write_start(&mut done.output, text);
                write_token(&mut done.output, &issued);
                done.minted += 1;
            }
            Err(failure) => {
                let failure = failure.of_a_row()?;
                let error = failure.document();
                match object {
                    Some(object) => {
                        write_start(&mut done.output, object);
                        done.output.extend_from_slice(format!("\"error\":{error}}}").as_bytes());
                    }
                    None => done.output.extend_from_slice(unread(line, text, &error).as_bytes()),
                }
                done.refuse(line, failure);
            }
        }
        done.output.push(b'\n');
    }
    Ok(())
}

/// The object as it came, open for more keys.
fn write_start(output: &mut Vec<u8>, object: &[u8]) {
    let open = object.strip_suffix(b"}").unwrap_or(object);
    output.extend_from_slice(open);
    if open.trim_ascii() != b"{" {
        output.push(b',');
    }
}

/// A token is base64, which JSON takes as it is.
fn write_token(output: &mut Vec<u8>, issued: &IssuedToken) {
    output.extend_from_slice(b"\"token\":\"");
    output.extend_from_slice(issued.token.as_bytes());
    output.extend_from_slice(b"\",\"expiresAt\":");
    write_number(output, issued.expires_at.as_secs());
    output.extend_from_slice(b",\"refreshAfter\":");
    write_number(output, issued.refresh_after.as_secs());
    output.push(b'}');
}

/// What stands for a line that is no row. JSON cannot hold every byte.
fn unread(line: u64, text: &[u8], error: &Value) -> String {
    match std::str::from_utf8(text) {
        Ok(text) => format!(r#"{{"line":{line},"input":{},"error":{error}}}"#, Value::from(text)),
        Err(_) => format!(r#"{{"line":{line},"inputBase64":"{}","error":{error}}}"#, STANDARD.encode(text)),
    }
}

/// The values of the keys that mean something, as JSON. A null is left out.
#[derive(Default)]
struct Object<'a> {
    values: [Option<&'a RawValue>; Column::COUNT],
    twice: Option<Column>,
    added: Option<&'static str>,
    misspelt: Option<String>,
}

impl<'a> Object<'a> {
    fn read(line: &'a [u8]) -> Result<Object<'a>, Failure> {
        let line = std::str::from_utf8(line)
            .map_err(|_| Failure::from(ErrorCode::InvalidUtf8.of("", "the line is no UTF-8 text")))?;
        // What serde_json says of a wrong type quotes the value, which may be a secret.
        let object: Object = serde_json::from_str(line).map_err(|error| match error.classify() {
            Category::Data => Failure::row("", "the line is no JSON object"),
            _ => Failure::row("", format!("the line is no JSON from column {} on", error.column())),
        })?;
        if let Some(column) = object.twice {
            return Err(Failure::row(column.name(), format!("{} is given twice", column.name())));
        }
        if let Some(reason) = object.misspelt {
            return Err(Failure::row("", reason));
        }
        if let Some(key) = object.added {
            return Err(Failure::row(key, format!("{key} is a key of the output: rename or remove it")));
        }
        Ok(object)
    }

    fn row(&self) -> Result<Row<'a>, Failure> {
        let value = |column: Column| self.values[column as usize];
        let lifetime = |column: Column| {
            let text = value(column).map(text_or_number);
            text.map(|text| column::lifetime(text, column.name(), column.name())).transpose()
        };
        let text = |column, code| value(column).map(|value| text(value, column, code)).transpose();
        Ok(Row {
            channel: text(Column::Channel, ErrorCode::InvalidChannelName)?,
            uid: value(Column::Uid).map(uid).transpose()?,
            account: text(Column::Account, ErrorCode::InvalidUserAccount)?,
            role: value(Column::Role)
                .map(|value| column::role(text_or_number(value), Column::Role.name()))
                .transpose()?,
            services: value(Column::Services).map(services).transpose()?,
            lifetime: lifetime(Column::Lifetime)?,
            publish_lifetime: lifetime(Column::PublishLifetime)?,
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object<'a>, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut object = Object::default();
                while let Some(key) = map.next_key()? {
                    let column = match key {
                        Key::Column(column) => column,
                        Key::Added(name) => {
                            object.added = Some(name);
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                        Key::Misspelt(reason) => {
                            object.misspelt = Some(reason);
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                        Key::Other => {
                            map.next_value::<IgnoredAny>()?;
                            continue;
                        }
                    };
                    let value: Option<&RawValue> = map.next_value()?;
                    let slot = &mut object.values[column as usize];
                    if slot.is_some() {
                        object.twice = Some(column);
                    }
                    *slot = value;
                }
                Ok(object)
            }
        }

        deserializer.deserialize_map(Keys)
    }
}

enum Key {
    Column(Column),
    Added(&'static str),
    Misspelt(String),
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        struct Name;

        impl Visitor<'_> for Name {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Key, E> {
                if let Some(column) = Column::named(name) {
                    return Ok(Key::Column(column));
                }
                if let Some(added) = ADDED.into_iter().find(|added| *added == name) {
                    return Ok(Key::Added(added));
                }
                Ok(Column::misspelt(name).map_or(Key::Other, |column| Key::Misspelt(column.meant_by(name))))
            }
        }

        deserializer.deserialize_str(Name)
    }
}

/// The text in quotes of a column whose values `code` refuses.
fn text(value: &RawValue, column: Column, code: ErrorCode) -> Result<Cow<'_, str>, Failure> {
    let refuse = |code: ErrorCode, field, reason| Failure::naming(column.name())(code.of(field, reason));
    let Some(quoted) = value.get().strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
        return Err(refuse(code, column.name(), "is no text in quotes"));
    };
    if !quoted.contains('\\') {
        return Ok(Cow::Borrowed(quoted));
    }
    serde_json::from_str(value.get())
        .map(Cow::Owned)
        .map_err(|_| refuse(ErrorCode::InvalidUtf8, column.name(), "escapes a character that does not exist"))
}

/// As in CSV, with or without quotes.
fn text_or_number(value: &RawValue) -> &str {
    value.get().strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(value.get())
}

fn uid(value: &RawValue) -> Result<u32, Failure> {
    if value.get().starts_with('"') {
        let reason = "is a text in quotes, a number expected; account takes texts";
        return Err(ErrorCode::InvalidUid.of("uid", reason).into());
    }
    Ok(numbers::uid(value.get())?)
}

fn services(value: &RawValue) -> Result<ServiceSet, Failure> {
    let names: Vec<String> = serde_json::from_str(value.get())
        .map_err(|_| Failure::row("services", "services is no list of texts, as [\"rtc\",\"rtm\"]"))?;
    names.iter().map(|name| column::service(name)).collect()
}
