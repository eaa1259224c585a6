//! Messages: a tag and a value, one after the other. `Request` and `Reply` in Java have the other end.

use agora_token::describe::Value;
use agora_token::{Error, ErrorCode, Text, UnixTime};

// The tags.
const NULL: u8 = 0;
const INTEGER: u8 = 1;
const TEXT: u8 = 2;
const BYTES: u8 = 3;
const LIST: u8 = 4;
/// What stands there instead of a value, in words.
const MISFIT: u8 = 5;
/// A text with half a surrogate pair at this place, counted from 1.
const LONE_SURROGATE: u8 = 6;

/// A value that Java gave.
#[derive(Debug)]
pub(crate) enum Item<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
    List(Vec<Item<'a>>),
    Misfit(&'a str),
    /// Why a text is none.
    NoText(String),
}

/// The values of a request that are left to read.
pub(crate) struct Request<'a>(&'a [u8]);

impl<'a> Request<'a> {
    pub(crate) fn new(message: &'a [u8]) -> Request<'a> {
        Request(message)
    }

    /// The next value. There is one, or the other end is wrong.
    pub(crate) fn next(&mut self) -> Result<Item<'a>, Error> {
        self.read().ok_or_else(|| ErrorCode::Internal.into())
    }

    /// All that are left.
    pub(crate) fn rest(mut self) -> Result<Vec<Item<'a>>, Error> {
        let mut rest = Vec::with_capacity(12);
        while !self.0.is_empty() {
            rest.push(self.next()?);
        }
        Ok(rest)
    }

    fn read(&mut self) -> Option<Item<'a>> {
        Some(match self.chunk::<1>()? {
            [NULL] => Item::Null,
            [INTEGER] => Item::Integer(i64::from_le_bytes(self.chunk()?)),
            [TEXT] => Item::Text(std::str::from_utf8(self.bytes()?).ok()?),
            [BYTES] => Item::Bytes(self.bytes()?),
            [LIST] => {
                let count = u32::from_le_bytes(self.chunk()?);
                Item::List((0..count).map(|_| self.read()).collect::<Option<_>>()?)
            }
            [MISFIT] => Item::Misfit(std::str::from_utf8(self.bytes()?).ok()?),
            [LONE_SURROGATE] => {
                let position = u32::from_le_bytes(self.chunk()?);
                Item::NoText(format!("holds half a surrogate pair at position {position}, which no UTF-8 can hold"))
            }
            _ => return None,
        })
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let size = u32::from_le_bytes(self.chunk()?);
        let (bytes, rest) = self.0.split_at_checked(size as usize)?;
        self.0 = rest;
        Some(bytes)
    }

    fn chunk<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (chunk, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*chunk)
    }
}

impl<'a> Item<'a> {
    /// The value for an argument of a builder; not for permissions, which have a type of their own.
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Item::Null => Value::Misfit("null"),
            Item::Integer(number) => Value::Integer((*number).into()),
            Item::Text(text) => Value::Text(text),
            Item::Bytes(bytes) => Value::Bytes(bytes),
            Item::List(_) => Value::Misfit("a list"),
            Item::Misfit(found) => Value::Misfit(found),
            Item::NoText(reason) => Value::Refused(ErrorCode::InvalidUtf8, reason),
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Item::Null)
    }

    /// What `read` makes of the value, unless it is null.
    pub(crate) fn optional<T>(&self, read: impl FnOnce(&Self) -> Result<T, Error>) -> Result<Option<T>, Error> {
        if self.is_null() { Ok(None) } else { read(self).map(Some) }
    }

    pub(crate) fn text(&self, code: ErrorCode, field: &'static str) -> Result<&'a str, Error> {
        match self {
            Item::Text(text) => Ok(text),
            _ => Err(self.misfit(code, field, "a string")),
        }
    }

    /// What the formats carry as text: a string, or any bytes.
    pub(crate) fn any_text(&self, code: ErrorCode, field: &'static str) -> Result<Text<'a>, Error> {
        match *self {
            Item::Text(text) => Ok(text.into()),
            Item::Bytes(bytes) => Ok(bytes.into()),
            _ => Err(self.misfit(code, field, "a string")),
        }
    }

    /// A whole number that fits `N`.
    pub(crate) fn number<N: TryFrom<i64>>(&self, code: ErrorCode, field: &'static str) -> Result<N, Error> {
        match *self {
            Item::Integer(number) => N::try_from(number)
                .map_err(|_| code.of(field, format!("is {number}; {} expected", range(size_of::<N>())))),
            _ => Err(self.misfit(code, field, range(size_of::<N>()))),
        }
    }

    /// Seconds since 1970, as somebody else gives them.
    pub(crate) fn time(&self, field: &'static str) -> Result<UnixTime, Error> {
        let seconds = self.number::<u64>(ErrorCode::InvalidTimestamp, field)?;
        UnixTime::from_outside(seconds).map_err(|error| error.in_field(field))
    }

    pub(crate) fn flag(&self) -> bool {
        matches!(self, Item::Integer(1))
    }

    pub(crate) fn list(&self) -> Result<&[Item<'a>], Error> {
        match self {
            Item::List(items) => Ok(items),
            _ => Err(ErrorCode::Internal.into()),
        }
    }

    #[cold]
    pub(crate) fn misfit(&self, code: ErrorCode, field: &'static str, expected: &str) -> Error {
        let found = match self {
            Item::NoText(reason) => return ErrorCode::InvalidUtf8.of(field, reason.clone()),
            Item::Null => "null",
            Item::Integer(_) => "a number",
            Item::Text(_) => "a string",
            Item::Bytes(_) => "bytes",
            Item::List(_) => "a list",
            Item::Misfit(found) => found,
        };
        // What speaks of a token is a sentence of its own.
        let subject = if code.is_of_argument() { String::new() } else { format!("{field} ") };
        code.of(field, format!("{subject}is {found}; {expected} expected"))
    }
}

/// The range of the numbers that are this many bytes wide, for people.
fn range(size: usize) -> &'static str {
    match size {
        2 => "an integer of 16 bits",
        4 => "an integer from 0 to 4294967295",
        _ => "an integer from 0 on",
    }
}

/// The answer to a request: 0 and its values, or 1 and a refusal.
pub(crate) struct Reply(Vec<u8>);

/// Bytes that most answers stay below.
const ORDINARY: usize = 768;

impl Reply {
    pub(crate) fn new() -> Reply {
        let mut bytes = Vec::with_capacity(ORDINARY);
        bytes.push(0);
        Reply(bytes)
    }

    /// The number of the code, the field, the reason, and the service or 0.
    #[cold]
    pub(crate) fn refused(error: &Error) -> Vec<u8> {
        let mut reply = Reply(vec![1]);
        reply.error(error);
        reply.0
    }

    pub(crate) fn error(&mut self, error: &Error) {
        self.integer(error.code().number());
        self.text(error.field());
        self.text(error.reason());
        self.integer(error.service().unwrap_or_default());
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn null(&mut self) {
        self.0.push(NULL);
    }

    pub(crate) fn integer(&mut self, number: impl Into<i64>) {
        self.0.push(INTEGER);
        self.0.extend_from_slice(&number.into().to_le_bytes());
    }

    /// Seconds since 1970, which fit.
    pub(crate) fn time(&mut self, time: UnixTime) {
        self.integer(i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.tagged(TEXT, text.as_bytes());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.tagged(BYTES, bytes);
    }

    /// The head of a list of so many values, which follow.
    pub(crate) fn list(&mut self, count: usize) {
        self.0.push(LIST);
        self.size(count);
    }

    fn tagged(&mut self, tag: u8, bytes: &[u8]) {
        self.0.push(tag);
        self.size(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// No token holds more than 32 bits of anything.
    fn size(&mut self, size: usize) {
        self.0.extend_from_slice(&u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
    }
}
