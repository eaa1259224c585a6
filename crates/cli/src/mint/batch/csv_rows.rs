//! Rows in CSV.

use agora_token::IssuedToken;
use agora_token_rows::Minter;
use agora_token_rows::csv::{ADDED, Table, reader};
use csv::ByteRecord;

use super::blocks::Block;
use crate::failure::Failure;

/// The header with the columns that are added.
pub(super) fn header(table: &Table, header: &[u8]) -> Vec<u8> {
    [without_newlines(header), b",", ADDED.join(",").as_bytes(), table.newline].concat()
}

/// A row's own text is copied, never written anew. Reading from memory fails at nothing.
pub(super) fn mint(minter: &Minter, table: &Table, block: &mut Block) -> Result<(), Failure> {
    let input = std::mem::take(&mut block.input);
    let mut reader = reader(&input);
    let mut record = ByteRecord::new();
    let mut start = reader.position().clone();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let end = reader.position().clone();
        // Blank lines before the row, and its own newline.
        let text = &input[start.byte() as usize..end.byte() as usize];
        let blanks = text.iter().take_while(|byte| is_newline(**byte)).filter(|byte| **byte == b'\n').count();
        let line = block.first_line + start.line() - 1 + blanks as u64;
        let text = without_newlines(text);
        start = end;

        let issued = table.row(&record, text).and_then(|row| minter.issue(row));
        if record.len() == table.width {
            block.output.extend_from_slice(text);
        } else {
            write_quoted(&mut block.output, text);
            block.output.extend((1..table.width).map(|_| b','));
        }
        match issued {
            Ok(issued) => {
                write_token(&mut block.output, &issued);
                block.minted += 1;
            }
            Err(error) => {
                block.output.extend_from_slice(b",,,,");
                write_quoted(&mut block.output, error.to_string().as_bytes());
                block.refuse(line, error)?;
            }
        }
        block.output.extend_from_slice(table.newline);
    }
    block.input = input;
    Ok(())
}

fn write_token(output: &mut Vec<u8>, issued: &IssuedToken) {
    output.push(b',');
    output.extend_from_slice(issued.token.as_bytes());
    for time in [issued.expires_at, issued.refresh_after] {
        output.push(b',');
        output.extend_from_slice(itoa::Buffer::new().format(time.as_secs()).as_bytes());
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
    let start = record.iter().position(|byte| !is_newline(*byte)).unwrap_or(record.len());
    let end = record.iter().rposition(|byte| !is_newline(*byte)).map_or(start, |last| last + 1);
    &record[start..end]
}
