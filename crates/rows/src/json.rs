//! A row that is an object of JSON.

use std::borrow::Cow;
use std::fmt;

use agora_token::ErrorCode;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::{Cell, Column, Row, RowError};

/// The keys that an output adds.
pub const ADDED: [&str; 4] = ["token", "expiresAt", "refreshAfter", "error"];

/// An object whose keys can be told to be of a row. A null is left out.
pub struct Object<'a> {
    values: [Option<&'a RawValue>; Column::COUNT],
}

impl<'a> Object<'a> {
    /// Reads a line.
    ///
    /// # Errors
    /// A line that is no object, and one with a key that is none of a row.
    pub fn read(line: &'a [u8]) -> Result<Object<'a>, RowError> {
        let line = std::str::from_utf8(line)
            .map_err(|_| RowError::from(ErrorCode::InvalidUtf8.of("", "the line is no UTF-8 text")))?;
        // What serde_json says of a wrong type quotes the value, which may be a secret.
        let Pairs(pairs) = serde_json::from_str(line).map_err(|error| match error.classify() {
            Category::Data => RowError::new("", "the line is no JSON object"),
            _ => RowError::new("", format!("the line is no JSON from column {} on", error.column())),
        })?;
        let mut values = [None; Column::COUNT];
        for (key, value) in pairs {
            if let Some(column) = Column::named(&key) {
                if values[column as usize].replace(value).is_some() {
                    return Err(RowError::new(column.name(), format!("{} is given twice", column.name())));
                }
            } else if let Some(added) = ADDED.into_iter().find(|added| *added == key) {
                return Err(RowError::new(added, format!("{added} is a key of the output: rename or remove it")));
            } else if let Some(column) = Column::misspelt(&key) {
                return Err(RowError::new("", column.meant_by(&key)));
            }
        }
        Ok(Object { values })
    }

    /// What it asks for.
    ///
    /// # Errors
    /// A text that escapes a character that does not exist.
    pub fn row(&self) -> Result<Row<'a>, RowError> {
        let mut row = Row::default();
        for column in Column::ALL {
            if let Some(value) = self.values[column as usize] {
                row.set(column, cell(value.get(), column)?);
            }
        }
        Ok(row)
    }
}

fn cell(value: &str, column: Column) -> Result<Cell<'_>, RowError> {
    Ok(match value.as_bytes() {
        b"null" => Cell::Empty,
        [b'"', .., b'"'] if !value.contains('\\') => Cell::Quoted(Cow::Borrowed(&value[1..value.len() - 1])),
        [b'"', ..] => Cell::Quoted(serde_json::from_str(value).map_err(|_| {
            let reason = "escapes a character that does not exist";
            RowError::naming(column.name())(ErrorCode::InvalidUtf8.of(column.name(), reason))
        })?),
        [b'[', ..] => serde_json::from_str(value).map_or(Cell::Literal(value), Cell::Names),
        _ => Cell::Literal(value),
    })
}

/// The keys of an object in their order, the same one as often as it is there.
struct Pairs<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs<'a>, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::with_capacity(Column::COUNT);
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(Keys)
    }
}
