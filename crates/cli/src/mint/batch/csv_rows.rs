//! Rows in CSV.

use std::borrow::Cow;

use agora_token::{ErrorCode, IssuedToken, ServiceType};
use csv::{ByteRecord, ReaderBuilder};

use super::args::Defaults;
use super::blocks::{Block, write_number};
use super::column::{self, Column};
use super::row::{Minter, Row};
use crate::failure::Failure;
use crate::numbers;

const ADDED: [&str; 4] = ["token", "expires_at", "refresh_after", "error"];
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What the header says.
pub(super) struct Table {
    columns: [Option<usize>; Column::COUNT],
    width: usize,
    /// Lines end as the header does.
    newline: &'static [u8],
}

impl Table {
    pub(super) fn new(header: &[u8], defaults: &Defaults) -> Result<Table, Failure> {
        let refuse = |reason: &str| Err(Failure::row("", reason));
        let names = header.strip_prefix(BYTE_ORDER_MARK).unwrap_or(header);
        let mut records = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(names).into_records();
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
        let mut columns = [None; Column::COUNT];
        for (index, name) in names.iter().enumerate() {
            if let Some(name) = ADDED.into_iter().find(|added| name.trim().eq_ignore_ascii_case(added)) {
                return refuse(&format!(
                    "the header has a column {name}, which is for the output: rename or remove it"
                ));
            }
            match Column::named(name) {
                Some(column) if columns[column as usize].replace(index).is_some() => {
                    return refuse(&format!("the header names the column {} twice", column.name()));
                }
                Some(_) => {}
                None => {
                    if let Some(column) = Column::misspelt(name) {
                        return refuse(&format!("in the header {}", column.meant_by(name)));
                    }
                }
            }
        }
        let lacks = |column: Column| columns[column as usize].is_none();
        if lacks(Column::Uid) && lacks(Column::Account) {
            if names.iter().next().is_some_and(|name| name.trim_start().starts_with('{')) {
                return refuse("the first line is JSON, not a header; --format jsonl takes JSON lines");
            }
            return refuse(
                "the header names neither uid nor account; the first line names the columns, with commas between them",
            );
        }
        let joins = lacks(Column::Services) && defaults.services.contains(ServiceType::Rtc);
        if lacks(Column::Channel) && defaults.channel.is_none() && joins {
            return refuse("the header names no column channel, and there is no --channel for all rows");
        }
        let newline = if header.ends_with(b"\r\n") { b"\r\n".as_slice() } else { b"\n" };
        Ok(Table { columns, width: names.len(), newline })
    }

    /// The header with the columns that are added.
    pub(super) fn header(&self, header: &[u8]) -> Vec<u8> {
        let added = ADDED.map(|name| format!(",{name}")).concat();
        [without_newlines(header), added.as_bytes(), self.newline].concat()
    }

    pub(super) fn mint(&self, minter: &Minter, block: &mut Block) -> Result<(), Failure> {
        let Block { input, done, first_line, .. } = block;
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(input.as_slice());
        let mut record = ByteRecord::new();
        let mut start = reader.position().clone();
        while reader
            .read_byte_record(&mut record)
            .map_err(|error| Failure::io("cannot read a row from memory", &error.into()))?
        {
            let end = reader.position();
            // Blank lines before the row, and its own newline.
            let text: &[u8] = input[start.byte() as usize..end.byte() as usize].as_ref();
            let blanks = text.iter().take_while(|byte| is_newline(**byte));
            let line = *first_line + start.line() - 1 + blanks.filter(|byte| **byte == b'\n').count() as u64;
            let text = without_newlines(text);
            start = end.clone();

            let is_table_row = record.len() == self.width;
            let issued = if text.starts_with(BYTE_ORDER_MARK) {
                Err(Failure::row("", "the row starts with a byte order mark, as the start of another file"))
            } else if is_table_row {
                self.row(&record).and_then(|row| minter.issue(row))
            } else {
                Err(Failure::row("", format!("the row has {} columns, the header {}", record.len(), self.width)))
            };
            let output = &mut done.output;
            if is_table_row {
                output.extend_from_slice(text);
            } else {
                write_quoted(output, text);
                output.extend((1..self.width).map(|_| b','));
            }
            match issued {
                Ok(issued) => {
                    write_token(output, &issued);
                    done.minted += 1;
                }
                Err(failure) => {
                    let failure = failure.of_a_row()?;
                    output.extend_from_slice(b",,,,");
                    write_quoted(output, format!("{}: {}", failure.code(), failure.reason()).as_bytes());
                    done.refuse(line, failure);
                }
            }
            done.output.extend_from_slice(self.newline);
        }
        Ok(())
    }

    fn row<'a>(&self, record: &'a ByteRecord) -> Result<Row<'a>, Failure> {
        let cell = |column: Column| match self.columns[column as usize].and_then(|index| record.get(index)) {
            None | Some(b"") => Ok(None),
            Some(bytes) => std::str::from_utf8(bytes)
                .map(Some)
                .map_err(|_| Failure::from(ErrorCode::InvalidUtf8.of(column.name(), "is no UTF-8 text"))),
        };
        let lifetime =
            |column: Column| cell(column)?.map(|text| column::lifetime(text, column.name(), column.name())).transpose();
        Ok(Row {
            channel: cell(Column::Channel)?.map(Cow::Borrowed),
            uid: cell(Column::Uid)?.map(numbers::uid).transpose()?,
            account: cell(Column::Account)?.map(Cow::Borrowed),
            role: cell(Column::Role)?.map(|text| column::role(text, Column::Role.name())).transpose()?,
            services: cell(Column::Services)?.map(column::services).transpose()?,
            lifetime: lifetime(Column::Lifetime)?,
            publish_lifetime: lifetime(Column::PublishLifetime)?,
        })
    }
}

fn write_token(output: &mut Vec<u8>, issued: &IssuedToken) {
    output.push(b',');
    output.extend_from_slice(issued.token.as_bytes());
    for time in [issued.expires_at, issued.refresh_after] {
        output.push(b',');
        write_number(output, time.as_secs());
    }
    output.push(b',');
}

fn write_quoted(output: &mut Vec<u8>, text: &[u8]) {
    output.push(b'"');
    for byte in text {
        output.push(*byte);
        if *byte == b'"' {
            output.push(*byte);
        }
    }
    output.push(b'"');
}

fn is_newline(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// The record alone: what stands in quotes is not at its ends.
fn without_newlines(record: &[u8]) -> &[u8] {
    let start = record.iter().take_while(|byte| is_newline(**byte)).count();
    let record = &record[start..];
    let end = record.iter().rev().take_while(|byte| is_newline(**byte)).count();
    &record[..record.len() - end]
}
