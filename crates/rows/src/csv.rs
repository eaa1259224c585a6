//! Rows in CSV.

use agora_token::ErrorCode;
use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::{Cell, Column, Defaults, Header, Row, RowError};

/// The columns that an output adds.
pub const ADDED: [&str; 4] = ["token", "expires_at", "refresh_after", "error"];

/// What some editors write at the start of a file.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads records, which may have any width.
pub fn reader(text: &[u8]) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text)
}

/// What the header says.
#[derive(Debug, Clone)]
pub struct Table {
    header: Header,
    /// How many columns a row has.
    pub width: usize,
    /// What its line ends in, which is what all lines should.
    pub newline: &'static [u8],
}

impl Table {
    /// Reads the line with the names.
    ///
    /// # Errors
    /// A line that is no header, and what [`Header::new`] refuses.
    pub fn new(header: &[u8], defaults: &Defaults) -> Result<Table, RowError> {
        let refuse = |reason| Err(RowError::new("", reason));
        let text = header.strip_prefix(BYTE_ORDER_MARK).unwrap_or(header);
        let mut records = reader(text).into_records();
        let names = match records.next() {
            Some(Ok(names)) => names,
            Some(Err(_)) => return refuse("the header is no UTF-8 text"),
            None => return refuse("the file is empty; a header expected, as channel,uid"),
        };
        if records.next().is_some() {
            return refuse(
                "a carriage return alone ends the header; a newline expected, with one before it or without",
            );
        }
        if text.trim_ascii_start().starts_with(b"{") {
            return refuse("the first line is JSON, not a header; --format jsonl takes JSON lines");
        }
        let newline: &[u8] = if header.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
        Ok(Table { header: Header::new("the header", &names, &ADDED, defaults)?, width: names.len(), newline })
    }

    /// What a record asks for, whose text is given too. A cell without text is left out.
    ///
    /// # Errors
    /// A record that is no row of this table.
    pub fn row<'a>(&self, record: &'a ByteRecord, text: &[u8]) -> Result<Row<'a>, RowError> {
        if text.starts_with(BYTE_ORDER_MARK) {
            return Err(RowError::new("", "the row starts with a byte order mark, as the start of another file"));
        }
        if record.len() != self.width {
            return Err(RowError::new("", format!("the row has {} columns, the header {}", record.len(), self.width)));
        }
        let mut row = Row::default();
        for column in Column::ALL {
            match self.header.position(column).and_then(|index| record.get(index)) {
                None | Some(b"") => {}
                Some(bytes) => {
                    let text = std::str::from_utf8(bytes)
                        .map_err(|_| ErrorCode::InvalidUtf8.of(column.name(), "is no UTF-8 text"))?;
                    row.set(column, Cell::Plain(text));
                }
            }
        }
        Ok(row)
    }
}
