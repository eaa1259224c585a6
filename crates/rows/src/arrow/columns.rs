//! The cells of an Arrow column.

use std::borrow::Cow;

use agora_token::ErrorCode;
use arrow_array::cast::AsArray;
use arrow_array::types::Decimal128Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, downcast_integer_array, make_array,
};
use arrow_schema::{ArrowError, DataType};

use crate::{Cell, Column, RowError};

/// Whether cells of this type can stand under the column.
///
/// # Errors
/// A type that it cannot be read from.
pub(super) fn check(column: Column, found: &DataType) -> Result<(), RowError> {
    let (fits, expected) = match column {
        Column::Channel | Column::Account => (is_text(found), "texts"),
        Column::Uid => (is_integer(found) || is_text(found), "integers"),
        Column::Role => (is_integer(found) || is_text(found), "texts, publisher or subscriber"),
        Column::Lifetime | Column::PublishLifetime => {
            (is_integer(found) || is_text(found), "integers of seconds, or texts as 90m")
        }
        Column::Services => (is_text(found) || is_list_of_texts(found), "lists of texts, or texts as rtc+rtm"),
    };
    if fits || *found == DataType::Null {
        return Ok(());
    }
    let name = column.name();
    let hint = match (column, found) {
        (Column::Uid, DataType::Float16 | DataType::Float32 | DataType::Float64) => {
            "; pandas makes floating-point numbers of integers beside missing ones, unless their type is Int64"
        }
        _ => "",
    };
    Err(RowError::new(name, format!("the column {name} is of type {found}; {expected} expected{hint}")))
}

fn is_text(found: &DataType) -> bool {
    match found {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

fn is_integer(found: &DataType) -> bool {
    match found {
        // What DuckDB has for sums of integers, and Spark for long ones.
        DataType::Decimal128(_, 0) => true,
        DataType::Dictionary(_, values) => is_integer(values),
        _ => found.is_integer(),
    }
}

fn is_list_of_texts(found: &DataType) -> bool {
    match found {
        DataType::List(item) | DataType::LargeList(item) => is_text(item.data_type()),
        _ => false,
    }
}

/// The cells of some rows.
pub(super) enum Cells<'a> {
    Empty,
    /// Texts as bytes, since nobody has checked yet that they are UTF-8.
    Texts(BinaryArray),
    LargeTexts(LargeBinaryArray),
    TextViews(BinaryViewArray),
    Integers(&'a dyn Array, Box<dyn Fn(usize) -> i128 + 'a>),
    /// For each row the number of its value, if there is one of this number, and the values.
    Dictionary(&'a dyn Array, Box<dyn Fn(usize) -> Option<usize> + 'a>, Box<Cells<'a>>),
    /// For each row where its items start and end, and the items.
    Lists(&'a dyn Array, Box<dyn Fn(usize) -> (usize, usize) + 'a>, Box<Cells<'a>>),
}

impl<'a> Cells<'a> {
    /// The type is one that [`check`] took.
    ///
    /// # Errors
    /// Offsets that leave their buffer.
    pub(super) fn of(array: &'a ArrayRef) -> Result<Cells<'a>, ArrowError> {
        let bytes =
            |of: DataType| Ok::<_, ArrowError>(make_array(array.to_data().into_builder().data_type(of).build()?));
        Ok(match array.data_type() {
            DataType::Utf8 => Cells::Texts(bytes(DataType::Binary)?.as_binary().clone()),
            DataType::LargeUtf8 => Cells::LargeTexts(bytes(DataType::LargeBinary)?.as_binary().clone()),
            DataType::Utf8View => Cells::TextViews(bytes(DataType::BinaryView)?.as_binary_view().clone()),
            DataType::Decimal128(..) => {
                let numbers = array.as_primitive::<Decimal128Type>();
                Cells::Integers(array, Box::new(|row| numbers.value(row)))
            }
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary();
                let (keys, count) = (dictionary.keys(), dictionary.values().len());
                let number = move |key| usize::try_from(key).ok().filter(|key| *key < count);
                let key: Box<dyn Fn(usize) -> Option<usize> + 'a> = downcast_integer_array!(
                    keys => Box::new(move |row| number(i128::from(keys.value(row)))),
                    _ => Box::new(|_| None),
                );
                Cells::Dictionary(array, key, Box::new(Cells::of(dictionary.values())?))
            }
            DataType::List(_) => {
                let list = array.as_list::<i32>();
                let ends = |row: usize| (list.value_offsets()[row] as usize, list.value_offsets()[row + 1] as usize);
                Cells::Lists(array, Box::new(ends), Box::new(Cells::of(list.values())?))
            }
            DataType::LargeList(_) => {
                let list = array.as_list::<i64>();
                let ends = |row: usize| (list.value_offsets()[row] as usize, list.value_offsets()[row + 1] as usize);
                Cells::Lists(array, Box::new(ends), Box::new(Cells::of(list.values())?))
            }
            _ => downcast_integer_array!(
                array => Cells::Integers(array, Box::new(|row| i128::from(array.value(row)))),
                _ => Cells::Empty,
            ),
        })
    }

    /// # Errors
    /// Bytes that are no text.
    pub(super) fn cell(&self, column: Column, row: usize) -> Result<Cell<'_>, RowError> {
        let plain = |bytes| text(column, bytes).map(Cell::Plain);
        match self {
            Cells::Texts(texts) if texts.is_valid(row) => plain(texts.value(row)),
            Cells::LargeTexts(texts) if texts.is_valid(row) => plain(texts.value(row)),
            Cells::TextViews(texts) if texts.is_valid(row) => plain(texts.value(row)),
            Cells::Integers(array, value) if array.is_valid(row) => Ok(Cell::Integer(value(row))),
            Cells::Dictionary(array, key, values) if array.is_valid(row) => match key(row) {
                Some(key) => values.cell(column, key),
                None => Err(RowError::new(column.name(), format!("{} is not in its dictionary", column.name()))),
            },
            Cells::Lists(array, ends, items) if array.is_valid(row) => {
                let (start, end) = ends(row);
                let item = |at| match items.cell(column, at)? {
                    Cell::Plain(text) => Ok(Cow::Borrowed(text)),
                    _ => Err(RowError::new(column.name(), format!("{} holds a null", column.name()))),
                };
                (start..end).map(item).collect::<Result<_, _>>().map(Cell::Names)
            }
            _ => Ok(Cell::Empty),
        }
    }
}

fn text(column: Column, bytes: &[u8]) -> Result<&str, RowError> {
    let name = column.name();
    std::str::from_utf8(bytes).map_err(|_| RowError::naming(name)(ErrorCode::InvalidUtf8.of(name, "is no UTF-8 text")))
}
