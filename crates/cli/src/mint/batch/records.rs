//! Where records end, so that a file can be cut between them.

use memchr::{memchr, memrchr};

/// What a part of a file that starts with a record holds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Ends {
    /// Behind the newline of the first record.
    pub(super) first: Option<usize>,
    /// Behind the newline of the last whole record.
    pub(super) last: Option<usize>,
    /// The last record stops inside of quotes.
    pub(super) in_quotes: bool,
}

/// Every newline ends a record.
pub(super) fn of_lines(bytes: &[u8]) -> Ends {
    let behind = |newline| newline + 1;
    Ends { first: memchr(b'\n', bytes).map(behind), last: memrchr(b'\n', bytes).map(behind), in_quotes: false }
}

/// Every newline outside of quotes does. A quote counts as such where a field starts, and is text elsewhere.
pub(super) fn of_csv(bytes: &[u8]) -> Ends {
    enum At {
        Start,
        Text,
        Quoted,
        Quote,
    }
    if memchr(b'"', bytes).is_none() {
        return of_lines(bytes);
    }
    let mut ends = Ends::default();
    let mut at = At::Start;
    for (index, byte) in bytes.iter().enumerate() {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Quote,
            (At::Quoted, _) | (At::Start | At::Quote, b'"') => At::Quoted,
            (_, b'\n') => {
                ends.first.get_or_insert(index + 1);
                ends.last = Some(index + 1);
                At::Start
            }
            (_, b',' | b'\r') => At::Start,
            _ => At::Text,
        };
    }
    ends.in_quotes = matches!(at, At::Quoted);
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<csv::ByteRecord> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        reader.into_byte_records().collect::<Result<_, _>>().unwrap()
    }

    /// Every text of up to five of the characters that matter.
    #[test]
    fn a_cut_changes_nothing_of_what_csv_reads() {
        const ALPHABET: &[u8] = b"a,\"\n\r";
        for length in 0..=5 {
            for mut number in 0..ALPHABET.len().pow(length) {
                let mut text = Vec::new();
                for _ in 0..length {
                    text.push(ALPHABET[number % ALPHABET.len()]);
                    number /= ALPHABET.len();
                }
                let ends = of_csv(&text);
                assert_eq!(ends.first.is_some(), ends.last.is_some());
                for end in ends.first.into_iter().chain(ends.last) {
                    let (head, tail) = text.split_at(end);
                    assert_eq!(head.last(), Some(&b'\n'));
                    assert_eq!([read(head), read(tail)].concat(), read(&text), "{:?}", text.escape_ascii());
                }
                // A record more shows unless it lands inside of the quotes.
                let more = [text.as_slice(), b"\nx"].concat();
                let is_read = read(&more).last().is_some_and(|record| record.as_slice() == b"x");
                assert_eq!(is_read, !ends.in_quotes, "{:?}", text.escape_ascii());
                assert_eq!(of_csv(&more).last == Some(text.len() + 1), is_read, "{:?}", text.escape_ascii());
            }
        }
    }

    #[test]
    fn lines_end_at_newlines() {
        assert_eq!(of_lines(b""), Ends::default());
        assert_eq!(of_lines(b"a\"\nb\nc"), Ends { first: Some(3), last: Some(5), in_quotes: false });
    }
}
