//! The input in blocks of whole records.

use std::io::{ErrorKind, Read};

use super::records::Ends;
use crate::failure::Failure;

/// Bytes read at a time: some milliseconds of minting, so that all cores get work soon.
const BLOCK: usize = 64 << 10;

/// Bytes in the longest record. Without a limit, a quote that is never closed would read the whole file into memory.
const LARGEST_RECORD: usize = 1 << 20;

/// How many refusals are told one by one.
pub(super) const SHOWN: usize = 20;

/// Some rows on their way through the program.
#[derive(Default)]
pub(super) struct Block {
    pub(super) input: Vec<u8>,
    /// The line of its first byte, counted from 1.
    pub(super) first_line: u64,
    /// Bytes of the whole input up to its end.
    pub(super) read: u64,
    pub(super) done: Done,
}

/// What became of the rows.
#[derive(Default)]
pub(super) struct Done {
    pub(super) output: Vec<u8>,
    pub(super) minted: u64,
    pub(super) refused: u64,
    /// The first refusals, with their lines.
    pub(super) refusals: Vec<(u64, Failure)>,
}

impl Done {
    pub(super) fn refuse(&mut self, line: u64, failure: Failure) {
        self.refused += 1;
        if self.refusals.len() < SHOWN {
            self.refusals.push((line, failure));
        }
    }

    fn clear(&mut self) {
        self.output.clear();
        self.refusals.clear();
        (self.minted, self.refused) = (0, 0);
    }
}

/// Cuts an input where records end.
pub(super) struct Blocks<R> {
    input: R,
    name: String,
    ends: fn(&[u8]) -> Ends,
    /// What was read and not handed out.
    rest: Vec<u8>,
    line: u64,
    read: u64,
}

impl<R: Read> Blocks<R> {
    /// `name` is for errors.
    pub(super) fn new(input: R, name: &str, ends: fn(&[u8]) -> Ends) -> Blocks<R> {
        Blocks { input, name: name.to_owned(), ends, rest: Vec::new(), line: 1, read: 0 }
    }

    /// The first record that is not blank, with its newline; empty if there is none.
    pub(super) fn header(&mut self) -> Result<Vec<u8>, Failure> {
        let mut record = Vec::new();
        loop {
            if let Some(end) = (self.ends)(&self.rest).first {
                record.extend(self.rest.drain(..end));
                self.line += newlines(&record);
                if record.iter().any(|byte| !matches!(byte, b'\r' | b'\n')) {
                    return Ok(record);
                }
                record.clear();
            } else if !self.read_more()? {
                return Ok(std::mem::take(&mut self.rest));
            }
        }
    }

    /// Fills the block with the records that come next; without any there are no more.
    pub(super) fn fill(&mut self, block: &mut Block) -> Result<bool, Failure> {
        block.done.clear();
        let end = loop {
            if let Some(end) = (self.ends)(&self.rest).last {
                break end;
            }
            if !self.read_more()? {
                break self.rest.len();
            }
        };
        std::mem::swap(&mut block.input, &mut self.rest);
        self.rest.clear();
        self.rest.extend_from_slice(&block.input[end..]);
        block.input.truncate(end);
        block.first_line = self.line;
        self.line += newlines(&block.input);
        self.read += end as u64;
        block.read = self.read;
        Ok(end > 0)
    }

    /// Reads once, so that rows from a slow pipe come out as they come in; `false` at the end of the input.
    fn read_more(&mut self) -> Result<bool, Failure> {
        let length = self.rest.len();
        if length > LARGEST_RECORD {
            let reason = "the record is longer than 1 MiB; it looks as if a quote is opened and not closed";
            return Err(self.broken(reason));
        }
        self.rest.resize(BLOCK.max(2 * length).min(LARGEST_RECORD + 1), 0);
        let read = loop {
            match self.input.read(&mut self.rest[length..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Failure::io(&format!("cannot read {}", self.name), &error)),
                Ok(read) => break read,
            }
        };
        self.rest.truncate(length + read);
        if read == 0 && (self.ends)(&self.rest).in_quotes {
            return Err(self.broken("a quote is opened and not closed before the end of the file"));
        }
        Ok(read > 0)
    }

    /// The record that is being read is none.
    fn broken(&self, reason: &str) -> Failure {
        Failure::row("", format!("{} line {}: {reason}", self.name, self.line))
    }
}

/// In digits.
pub(super) fn write_number(output: &mut Vec<u8>, number: u64) {
    output.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    use super::super::records::{of_csv, of_lines};
    use super::*;

    /// Gives so many bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let size = self.1.min(buffer.len());
            self.0.read(&mut buffer[..size])
        }
    }

    #[test]
    fn blocks_hold_whole_records_and_know_their_line() {
        let text = b"\r\nhead\n\"a\nb\",1\nc,2\n\n\"d\n\n\",3\ne";
        for size in 1..=text.len() {
            let mut blocks = Blocks::new(Slow(text, size), "it", of_csv);
            assert_eq!(blocks.header().unwrap(), b"head\n");
            let (mut seen, mut block) = (b"\r\nhead\n".to_vec(), Block::default());
            while blocks.fill(&mut block).unwrap() {
                assert_eq!(block.first_line, 1 + newlines(&seen), "{size}");
                seen.extend_from_slice(&block.input);
                assert!(of_csv(&block.input).last == Some(block.input.len()) || seen.len() == text.len());
                assert_eq!(block.read as usize, seen.len() - b"\r\nhead\n".len());
            }
            assert_eq!(seen, text, "{size}");
        }
    }

    #[test]
    fn records_have_a_largest_size() {
        for (size, fits) in [(LARGEST_RECORD, true), (LARGEST_RECORD + 2, false)] {
            let mut text = b"a\n".to_vec();
            text.resize(2 + size, b'x');
            text.push(b'\n');
            let mut blocks = Blocks::new(text.as_slice(), "it", of_lines);
            let mut block = Block::default();
            assert!(blocks.fill(&mut block).unwrap());
            match blocks.fill(&mut block) {
                Ok(more) => assert!(more && fits && block.input.len() == size + 1),
                Err(failure) => assert!(!fits && format!("{failure:?}").contains("it line 2: "), "{failure:?}"),
            }
        }
    }
}
