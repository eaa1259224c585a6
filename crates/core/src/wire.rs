//! Little-endian reading and writing, bounded on both sides, and the base64 around it.

use base64_simd::{Out, STANDARD};

use crate::error::{Error, ErrorCode};

/// The longest text the format carries: its length stands in 16 bits.
pub const MAX_TEXT_SIZE: usize = u16::MAX as usize;

/// Writes a payload on the stack as long as it is of token size, on the heap beyond.
pub(crate) struct Writer {
    small: [u8; SMALL],
    size: usize,
    /// All of it, once it no longer fits.
    large: Vec<u8>,
}

const SMALL: usize = 512;

impl Writer {
    #[inline]
    pub(crate) fn new() -> Writer {
        Writer { small: [0; SMALL], size: 0, large: Vec::new() }
    }

    #[inline]
    pub(crate) fn u16(&mut self, value: u16) {
        self.raw(&value.to_le_bytes());
    }

    #[inline]
    pub(crate) fn u32(&mut self, value: u32) {
        self.raw(&value.to_le_bytes());
    }

    #[inline]
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        let end = self.size.saturating_add(bytes.len());
        match self.small.get_mut(self.size..end) {
            Some(room) => room.copy_from_slice(bytes),
            None => self.raw_large(bytes),
        }
        self.size = end;
    }

    #[cold]
    fn raw_large(&mut self, bytes: &[u8]) {
        if self.large.is_empty() {
            self.large.extend_from_slice(self.small.get(..self.size).unwrap_or_default());
        }
        self.large.extend_from_slice(bytes);
    }

    /// A number of entries; `what` names them.
    #[inline]
    pub(crate) fn count(&mut self, count: usize, what: &'static str) -> Result<(), Error> {
        let Ok(count) = u16::try_from(count) else {
            let reason = format!("are {count}; the format counts at most 65535");
            return Err(ErrorCode::TooManyEntries.of(what, reason));
        };
        self.u16(count);
        Ok(())
    }

    /// A text, refused with `code` when the format cannot carry it.
    #[inline]
    pub(crate) fn text(&mut self, text: &[u8], code: ErrorCode) -> Result<(), Error> {
        let Ok(size) = u16::try_from(text.len()) else {
            return Err(too_long(text.len(), code));
        };
        self.u16(size);
        self.raw(text);
        Ok(())
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        if self.size > SMALL { &self.large } else { self.small.get(..self.size).unwrap_or_default() }
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [u8] {
        if self.size > SMALL { &mut self.large } else { self.small.get_mut(..self.size).unwrap_or_default() }
    }
}

pub(crate) fn too_long(size: usize, code: ErrorCode) -> Error {
    code.because(format!("has {size} bytes, the format carries at most 65535"))
}

pub(crate) fn too_many_characters(token: &str) -> Error {
    ErrorCode::TokenTooLarge.because(format!("the token has {} characters, far more than any token", token.len()))
}

/// Reads fields one after the other; every one says what it was meant to be when the content ends too early.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    entries_left: usize,
}

impl<'a> Reader<'a> {
    /// Reads at most so many entries of maps and lists.
    pub(crate) fn new(content: &'a [u8], entries: usize) -> Reader<'a> {
        Reader { rest: content, entries_left: entries }
    }

    /// A number of entries that follow. Nothing is set aside for them before.
    pub(crate) fn count(&mut self, what: &'static str) -> Result<u16, Error> {
        let count = self.u16(what)?;
        match self.entries_left.checked_sub(usize::from(count)) {
            Some(left) => self.entries_left = left,
            None => return Err(ErrorCode::TokenTooLarge.because("the token holds more entries than are read")),
        }
        Ok(count)
    }

    pub(crate) fn entries_left(&self) -> usize {
        self.entries_left
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn u16(&mut self, what: &'static str) -> Result<u16, Error> {
        self.array(what).map(u16::from_le_bytes)
    }

    pub(crate) fn i16(&mut self, what: &'static str) -> Result<i16, Error> {
        self.array(what).map(i16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self, what: &'static str) -> Result<u32, Error> {
        self.array(what).map(u32::from_le_bytes)
    }

    pub(crate) fn bytes(&mut self, what: &'static str) -> Result<&'a [u8], Error> {
        let size = usize::from(self.u16(what)?);
        let (bytes, rest) = self.rest.split_at_checked(size).ok_or_else(|| truncated(what))?;
        self.rest = rest;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], Error> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or_else(|| truncated(what))?;
        self.rest = rest;
        Ok(*bytes)
    }
}

fn truncated(what: &'static str) -> Error {
    ErrorCode::TokenTruncated.because(format!("the token's content ends inside the {what}"))
}

/// A version and a text in strict standard base64, in one string.
pub(crate) fn encode_base64(prefix: &[&str], content: &[u8]) -> String {
    // One more than needed, since C ends a text with a NUL and would else allocate it anew.
    let size = STANDARD.encoded_length(content.len()).saturating_add(1);
    let mut text = String::with_capacity(prefix.iter().fold(size, |sum, part| sum.saturating_add(part.len())));
    prefix.iter().for_each(|part| text.push_str(part));
    STANDARD.encode_append(content, &mut text);
    text
}

/// Strict: standard alphabet, canonical padding, no blanks, no bits left over. `offset` is where the text starts in
/// the token, for the reason. What a text of token size holds is handed on from the stack.
pub(crate) fn decode_base64<T>(
    text: &[u8],
    offset: usize,
    hand_on: impl FnOnce(&[u8]) -> Result<T, Error>,
) -> Result<T, Error> {
    let refused = |_| ErrorCode::TokenBase64.because(what_is_wrong(&String::from_utf8_lossy(text), offset));
    let mut small = [0; SMALL_TEXT / 4 * 3];
    if text.len() <= SMALL_TEXT {
        hand_on(STANDARD.decode(text, Out::from_slice(&mut small)).map_err(refused)?)
    } else {
        hand_on(&STANDARD.decode_to_vec(text).map_err(refused)?)
    }
}

/// Characters in the longest text that is decoded on the stack.
const SMALL_TEXT: usize = 1024;

fn what_is_wrong(text: &str, offset: usize) -> String {
    let stranger = text.char_indices().find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')));
    let Some((index, stranger)) = stranger else {
        return match text.find('=') {
            Some(index) if text.bytes().skip(index).any(|byte| byte != b'=') => {
                "the token goes on after its base64 padding".into()
            }
            _ if !text.len().is_multiple_of(4) => {
                format!(
                    "the token has {} characters, which is no whole base64 text: some are missing or added",
                    offset.saturating_add(text.len())
                )
            }
            _ => "the token's base64 padding is not canonical: characters were lost or changed at its end".into(),
        };
    };
    let kind = match stranger {
        '\n' | '\r' => "a newline",
        c if c.is_whitespace() => "a blank",
        '-' | '_' => "a character of the URL-safe alphabet",
        '%' => "a percent sign, as URL-encoding leaves",
        '"' | '\'' | '`' => "a quote",
        _ => "a character that base64 does not have",
    };
    format!("the token has {kind} at position {}", offset.saturating_add(index).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD as ORACLE;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_the_base64_crate(
            content in prop::collection::vec(any::<u8>(), 0..1000),
            at in any::<prop::sample::Index>(),
            to in prop::sample::select(b"AQgw/+=-_ \n\0\xff".as_slice()),
            end in any::<prop::sample::Index>(),
        ) {
            let whole = encode_base64(&[], &content);
            prop_assert_eq!(&whole, &ORACLE.encode(&content));
            let mut changed = whole.into_bytes();
            for _ in 0..2 {
                let decoded = decode_base64(&changed, 0, |content| Ok(content.to_vec()));
                prop_assert_eq!(decoded.ok(), ORACLE.decode(&changed).ok());
                changed.truncate(end.index(changed.len() + 1));
                if !changed.is_empty() {
                    let at = at.index(changed.len());
                    changed[at] = to;
                }
            }
        }

        #[test]
        fn agrees_on_every_ending(text in "[A-Za-z0-9+/]{0,6}[AQgwBCDE=]{0,4}") {
            let decoded = decode_base64(text.as_bytes(), 0, |content| Ok(content.to_vec()));
            prop_assert_eq!(decoded.ok(), ORACLE.decode(&text).ok());
        }
    }
}
