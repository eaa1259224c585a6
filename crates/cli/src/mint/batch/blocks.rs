//! The input in blocks of whole records.

use std::io::{BufRead, BufReader, Read};

use agora_token_rows::RowError;

use crate::failure::Failure;

/// Bytes in a block: some milliseconds of minting, so that all cores get work soon.
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
    pub(super) output: Vec<u8>,
    pub(super) minted: u64,
    pub(super) refused: u64,
    /// The first refusals, with their lines.
    pub(super) refusals: Vec<(u64, Failure)>,
}

impl Block {
    /// A failure of the system would repeat for every row: it ends everything.
    pub(super) fn refuse(&mut self, line: u64, error: RowError) -> Result<(), Failure> {
        if error.is_of_system() {
            return Err(error.into());
        }
        self.refused += 1;
        if self.refusals.len() < SHOWN {
            self.refusals.push((line, error.into()));
        }
        Ok(())
    }
}

/// Cuts an input where records end.
pub(super) struct Blocks<R> {
    input: BufReader<R>,
    name: String,
    has_quotes: bool,
    line: u64,
    read: u64,
    /// What follows the block that was given out.
    failed: Option<Failure>,
}

impl<R: Read> Blocks<R> {
    /// `name` is for errors; with quotes, newlines may stand in them.
    pub(super) fn new(input: R, name: &str, has_quotes: bool) -> Blocks<R> {
        let (input, name) = (BufReader::with_capacity(BLOCK, input), name.to_owned());
        Blocks { input, name, has_quotes, line: 1, read: 0, failed: None }
    }

    /// The first record that is not blank, with its newline; empty if there is none.
    pub(super) fn header(&mut self) -> Result<Vec<u8>, Failure> {
        loop {
            let mut record = Vec::new();
            let more = self.record(&mut record)?;
            if !more || record.iter().any(|byte| !matches!(byte, b'\r' | b'\n')) {
                return Ok(record);
            }
        }
    }

    /// Fills a block with the records that come next; without any there are no more. Rows of a slow pipe come
    /// out as they come in: it ends where the next line is not whole yet, which might wait.
    pub(super) fn fill(&mut self, block: &mut Block) -> Result<bool, Failure> {
        let Block { mut input, mut output, .. } = std::mem::take(block);
        input.clear();
        output.clear();
        *block = Block { input, output, first_line: self.line, ..Block::default() };
        let mut whole = 0;
        while self.failed.is_none() && (whole == 0 || (whole < BLOCK && self.input.buffer().contains(&b'\n'))) {
            match self.record(&mut block.input) {
                Ok(true) => whole = block.input.len(),
                Ok(false) => break,
                Err(failure) => self.failed = Some(failure),
            }
        }
        block.input.truncate(whole);
        self.read += whole as u64;
        block.read = self.read;
        if whole > 0 { Ok(true) } else { self.failed.take().map_or(Ok(false), Err) }
    }

    /// Appends one record; `false` if there is none.
    fn record(&mut self, into: &mut Vec<u8>) -> Result<bool, Failure> {
        let (start, line) = (into.len(), self.line);
        let broken = |reason| Failure::from(RowError::new("", reason)).at(&format!("{} line {line}", self.name));
        let mut quotes = Quotes::Start;
        loop {
            let before = into.len();
            let rest = (start + LARGEST_RECORD + 2 - before) as u64;
            let read = self.input.by_ref().take(rest).read_until(b'\n', into);
            let read = read.map_err(|error| Failure::io(&format!("cannot read {}", self.name), &error))?;
            if self.has_quotes {
                quotes = quotes.after(&into[before..]);
            }
            let is_open = matches!(quotes, Quotes::Quoted);
            if into.len() - start > LARGEST_RECORD + 1 {
                return Err(broken("the record is longer than 1 MiB; it looks as if a quote is opened and not closed"));
            }
            if read == 0 && is_open {
                return Err(broken("a quote is opened and not closed before the end of the file"));
            }
            self.line += u64::from(into.ends_with(b"\n") && read > 0);
            if !is_open || read == 0 {
                return Ok(into.len() > start);
            }
        }
    }
}

/// Where in a record of CSV a text ends. A quote counts as such where a field starts, and is text elsewhere.
#[derive(Clone, Copy)]
enum Quotes {
    Start,
    Text,
    Quoted,
    Quote,
}

impl Quotes {
    fn after(self, text: &[u8]) -> Quotes {
        if !matches!(self, Quotes::Quoted) && memchr::memchr(b'"', text).is_none() {
            return Quotes::Start;
        }
        text.iter().fold(self, |at, byte| match (at, byte) {
            (Quotes::Quoted, b'"') => Quotes::Quote,
            (Quotes::Quoted, _) | (Quotes::Start | Quotes::Quote, b'"') => Quotes::Quoted,
            (_, b',' | b'\r' | b'\n') => Quotes::Start,
            _ => Quotes::Text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of up to five of the characters that matter, in pieces of several sizes: csv reads the same from its
    /// blocks, and each block knows its line.
    #[test]
    fn a_cut_changes_nothing_of_what_csv_reads() {
        let read = |bytes: &[u8]| -> Vec<_> {
            agora_token_rows::csv::reader(bytes).into_byte_records().collect::<Result<_, _>>().unwrap()
        };
        const ALPHABET: &[u8] = b"a,\"\n\r";
        for (length, size) in (0..=5).flat_map(|length| [(length, 1), (length, 2), (length, 9)]) {
            for number in 0..ALPHABET.len().pow(length) {
                let text: Vec<u8> =
                    (0..length).map(|at| ALPHABET[number / ALPHABET.len().pow(at) % ALPHABET.len()]).collect();
                let mut blocks = Blocks::new(text.as_slice(), "it", true);
                blocks.input = BufReader::with_capacity(size, &text);
                let (mut seen, mut records, mut block) = (Vec::new(), Vec::new(), Block::default());
                while blocks.fill(&mut block).is_ok_and(|more| more) {
                    assert_eq!(block.first_line as usize, 1 + memchr::memchr_iter(b'\n', &seen).count());
                    seen.extend_from_slice(&block.input);
                    records.extend(read(&block.input));
                }
                // A record more shows unless it lands inside of quotes that are open.
                let is_closed = read(&[&text, b"\nx".as_slice()].concat()).pop().unwrap().as_slice() == b"x";
                assert_eq!(seen == text && records == read(&text), is_closed || text.is_empty(), "{text:?}");
                assert!(text.starts_with(&seen) && block.read as usize == seen.len());
            }
        }
    }
}
