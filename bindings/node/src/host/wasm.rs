//! WebAssembly, in whatever runs that.
//!
//! A call crosses as one message each way, in memory that belongs to this side: `bindings/wasm/src` has the other end.
//! What a handle was made of stays in JavaScript and comes along with every call that uses it, so that nothing of a call
//! outlives it here: not a certificate, and not what a panic has left half done.

use std::alloc::System;
use std::borrow::Cow;
use std::cell::RefCell;
use std::convert::Infallible;

use agora_token::source::salt_of;
use agora_token::{Error, ErrorCode, Stamp, UnixTime};
use zeroize::Zeroize;
use zeroizing_alloc::ZeroAlloc;

use crate::call::Call;
use crate::kept::Kept;
use crate::memory::{LONGEST, NoText, Room, decode};
use crate::refusal::Refusal;
use crate::reply::Reply;

pub(crate) type Result<T> = std::result::Result<T, Infallible>;

/// What kind of value JavaScript gave.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Undefined,
    Null,
    Boolean,
    Number,
    String,
    Symbol,
    Object,
    Function,
    BigInt,
    Unknown,
}

// What stands in front of a value, as in `bindings/wasm/src/message.cjs`. Those up to BigInt have nothing behind them but
// a number, which is one, and a boolean.
const UNDEFINED: u8 = 0;
const NULL: u8 = 1;
const BOOLEAN: u8 = 2;
const NUMBER: u8 = 3;
/// A size and so many bytes of UTF-8.
const TEXT: u8 = 4;
const SYMBOL: u8 = 5;
const OBJECT: u8 = 6;
const FUNCTION: u8 = 7;
const BIG_INT: u8 = 8;
/// The same of UTF-16, for what is no Unicode.
const UNITS: u8 = 9;
/// The same of any bytes.
const BYTES: u8 = 10;
/// The size of all entries and their number, and the entries.
const ARRAY: u8 = 11;
/// The same with the number of a function in front: what a handle was made of.
const HELD: u8 = 12;

thread_local! {
    static MESSAGE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static REPLY: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// What [`Argument::write`] wrote.
    static WRITTEN: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    static FUNCTIONS: RefCell<Vec<(String, Function)>> = const { RefCell::new(Vec::new()) };
}

type Function = fn(&[Argument]) -> Reply;

/// Wipes what is freed. A certificate that is refused, or stands where a token belongs, may be in texts that nobody else
/// wipes: this memory lasts as long as the module.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

#[link(wasm_import_module = "agora_token")]
unsafe extern "C" {
    /// Unix seconds.
    safe fn now_seconds() -> f64;
    /// 32 random bits, or NaN where there are none.
    safe fn random_bits() -> f64;
}

/// The system's time and a random salt.
pub(crate) fn stamp() -> std::result::Result<Stamp, Error> {
    Ok(Stamp { issue_ts: seconds().ok_or(ErrorCode::ClockOutOfRange)?, salt: salt()? })
}

fn salt() -> std::result::Result<u32, Error> {
    loop {
        let bits = random_bits();
        if bits.is_nan() {
            return Err(ErrorCode::RandomSourceFailed.into());
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it has 32 bits")]
        if let Some(salt) = salt_of(bits as u32) {
            return Ok(salt);
        }
    }
}

/// The time, which the core has no clock for; `None`, which the core refuses, where there is none that a token can have.
pub(crate) fn now() -> Option<UnixTime> {
    seconds().map(|now| UnixTime::from_secs(u64::from(now)))
}

fn seconds() -> Option<u32> {
    let now = now_seconds();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was just compared")]
    (0.0..=f64::from(u32::MAX)).contains(&now).then_some(now as u32)
}

/// A value that JavaScript gave: where it stands in the message.
#[derive(Clone, Copy)]
pub(crate) struct Argument(usize);

/// An object of the interface that a call was given.
pub(crate) struct Held {
    pub(crate) kept: Kept,
}

impl Argument {
    /// The mark in front of the value.
    fn mark(self) -> u8 {
        MESSAGE.with_borrow(|message| message.get(self.0).copied().unwrap_or(UNDEFINED))
    }

    /// The `n`-th number of four bytes behind the mark.
    fn word(self, n: usize) -> usize {
        let bytes = self.behind(1 + 4 * n, 4, |bytes| bytes.try_into().map(u32::from_le_bytes));
        bytes.and_then(|word| word.ok()).map_or(0, |word| word as usize)
    }

    fn behind<T>(self, start: usize, size: usize, read: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let start = self.0.checked_add(start)?;
        MESSAGE.with_borrow(|message| message.get(start..start.checked_add(size)?).map(read))
    }

    /// The bytes behind a mark and their size.
    fn content<T>(self, read: impl FnOnce(&[u8]) -> T) -> Option<T> {
        self.behind(5, self.word(0), read)
    }

    /// Where the next value stands.
    fn end(self) -> usize {
        let size = match self.mark() {
            BOOLEAN => 1,
            NUMBER => 8,
            TEXT | UNITS | BYTES => 4 + self.word(0),
            ARRAY => 8 + self.word(0),
            HELD => 12 + self.word(0),
            _ => 0,
        };
        self.0 + 1 + size
    }

    pub(crate) fn kind(self) -> Kind {
        match self.mark() {
            UNDEFINED => Kind::Undefined,
            NULL => Kind::Null,
            BOOLEAN => Kind::Boolean,
            NUMBER => Kind::Number,
            TEXT | UNITS => Kind::String,
            SYMBOL => Kind::Symbol,
            OBJECT | BYTES | ARRAY | HELD => Kind::Object,
            FUNCTION => Kind::Function,
            BIG_INT => Kind::BigInt,
            _ => Kind::Unknown,
        }
    }

    pub(crate) fn number(self) -> Option<f64> {
        (self.mark() == NUMBER).then(|| self.behind(1, 8, |bytes| bytes.try_into().map(f64::from_le_bytes)))??.ok()
    }

    pub(crate) fn boolean(self) -> Option<bool> {
        (self.mark() == BOOLEAN).then(|| self.behind(1, 1, |bytes| bytes != [0]))?
    }

    /// The text that it is, in `room` where it fits.
    pub(crate) fn text<'r>(self, room: &mut Room<'r>) -> std::result::Result<Cow<'r, str>, NoText> {
        match self.mark() {
            TEXT => self
                .content(|bytes| {
                    let text = std::str::from_utf8(bytes).ok()?;
                    Some(room.keep(text).map_or_else(|| Cow::Owned(text.to_owned()), Cow::Borrowed))
                })
                .flatten()
                .ok_or(NoText::Misfit),
            UNITS => {
                let units = |bytes: &[u8]| bytes.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
                let units: Vec<u16> = self.content(units).ok_or(NoText::Misfit)?;
                decode(&units).map(Cow::Owned)
            }
            _ => Err(NoText::Misfit),
        }
    }

    /// The bytes of a Uint8Array.
    pub(crate) fn bytes(self) -> Option<Vec<u8>> {
        if self.mark() == BYTES { self.content(<[u8]>::to_vec) } else { None }
    }

    /// Writes over the numbers of a Float64Array: JavaScript finds them in the reply.
    #[allow(clippy::unnecessary_wraps, reason = "Node may refuse")]
    pub(crate) fn write(self, numbers: &[f64]) -> std::result::Result<(), Refusal> {
        WRITTEN.set(numbers.to_vec());
        Ok(())
    }

    /// How many entries an array has, if it is one.
    pub(crate) fn count(self) -> Option<u32> {
        (self.mark() == ARRAY).then(|| u32::try_from(self.word(1)).unwrap_or(u32::MAX))
    }

    /// The entries of an array.
    pub(crate) fn entries(self) -> Option<Vec<Argument>> {
        self.entries_behind(9, self.count()?)
    }

    fn entries_behind(self, start: usize, count: u32) -> Option<Vec<Argument>> {
        let mut next = Argument(self.0 + start);
        let mut entries = Vec::with_capacity(count.min(LONGEST) as usize);
        for _ in 0..count {
            self.behind(next.0 - self.0, 1, |_| ())?;
            entries.push(next);
            next = Argument(next.end());
        }
        Some(entries)
    }

    /// Makes again what JavaScript keeps.
    pub(crate) fn held(self) -> std::result::Result<Held, Refusal> {
        if self.mark() != HELD {
            return Err(ErrorCode::Internal.into());
        }
        let arguments = self.entries_behind(13, u32::try_from(self.word(1)).map_err(|_| ErrorCode::Internal)?);
        match run(self.word(2), &arguments.ok_or(ErrorCode::Internal)?) {
            Reply::Kept(kept) => Ok(Held { kept }),
            Reply::Refused(refusal) => Err(refusal),
            _ => Err(ErrorCode::Internal.into()),
        }
    }
}

fn run(function: usize, arguments: &[Argument]) -> Reply {
    let found = FUNCTIONS.with_borrow(|functions| functions.get(function).map(|(_, function)| *function));
    found.map_or_else(|| Refusal::from(ErrorCode::Internal).into(), |function| function(arguments))
}

/// What the module exports.
pub(crate) struct Exports<'e>(&'e mut Vec<(String, Function)>);

impl Exports<'_> {
    #[allow(clippy::unnecessary_wraps, reason = "Node may refuse")]
    pub(crate) fn add<C: Call<Argument, COUNT>, const COUNT: usize>(&mut self, name: &str, _: C) -> Result<()> {
        self.0.push((name.to_owned(), |given| {
            // Behind the message is nothing, which is undefined.
            let mut arguments = [Argument(usize::MAX); COUNT];
            arguments.iter_mut().zip(given).for_each(|(place, argument)| *place = *argument);
            C::call(arguments)
        }));
        Ok(())
    }
}

impl Reply {
    /// A mark and what it says, as in `bindings/wasm/src/reply.cjs`.
    fn write(self, to: &mut Vec<u8>) {
        fn sized(mark: u8, bytes: &[u8], to: &mut Vec<u8>) {
            to.push(mark);
            put_size(to, bytes.len());
            to.extend_from_slice(bytes);
        }

        match self {
            Reply::Null => to.push(0),
            Reply::Flag(flag) => to.push(if flag { 2 } else { 1 }),
            Reply::Number(number) => {
                to.push(3);
                to.extend_from_slice(&number.to_le_bytes());
            }
            Reply::Ascii(text) | Reply::Text(text) => sized(4, text.as_bytes(), to),
            Reply::Bytes(bytes) => sized(5, &bytes, to),
            Reply::List(list) => write_list(list.len(), list, to),
            Reply::Issued(rows) => write_list(4 * rows.len(), rows.into_iter().flat_map(Reply::of_row), to),
            Reply::Refused(refusal) => write_list(3, refusal.told().map(Reply::Text), to),
            Reply::Kept(_) => to.push(7),
            Reply::Later(work) => work().unwrap_or_else(Reply::from).write(to),
        }
    }
}

fn write_list(count: usize, replies: impl IntoIterator<Item = Reply>, to: &mut Vec<u8>) {
    to.push(6);
    put_size(to, count);
    replies.into_iter().for_each(|reply| reply.write(to));
}

/// Nothing here has four gigabytes.
fn put_size(to: &mut Vec<u8>, size: usize) {
    to.extend_from_slice(&u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
}

/// Keeps what the bridge exports, and gives the names in the order of their numbers, as a reply.
pub(crate) fn start(export: impl FnOnce(&mut Exports<'_>) -> Result<()>) -> *const u8 {
    let mut functions = Vec::new();
    let Ok(()) = export(&mut Exports(&mut functions));
    let names = functions.iter().map(|(name, _)| Reply::Text(name.clone())).collect();
    FUNCTIONS.set(functions);
    answer(Reply::List(names))
}

/// Where to write a message of this size.
#[unsafe(no_mangle)]
pub(super) extern "C" fn bridge_room(size: usize) -> *mut u8 {
    MESSAGE.with_borrow_mut(|message| {
        message.clear();
        message.resize(size, 0);
        message.as_mut_ptr()
    })
}

/// Calls a function with the arguments of the message, which is wiped then, and gives the reply: its size, how many
/// numbers were written, those, and what the function gave.
#[unsafe(no_mangle)]
pub(super) extern "C" fn bridge_call(function: usize, count: u32) -> *const u8 {
    let arguments = Argument(0).entries_behind(0, count);
    let reply = arguments.map_or_else(|| Refusal::from(ErrorCode::Internal).into(), |all| run(function, &all));
    let address = answer(reply);
    MESSAGE.with_borrow_mut(|message| message.zeroize());
    address
}

fn answer(reply: Reply) -> *const u8 {
    REPLY.with_borrow_mut(|to| {
        to.clear();
        put_size(to, 0);
        let written = WRITTEN.take();
        put_size(to, written.len());
        written.iter().for_each(|number| to.extend_from_slice(&number.to_le_bytes()));
        reply.write(to);
        let size = u32::try_from(to.len()).unwrap_or_default().to_le_bytes();
        to.iter_mut().zip(size).for_each(|(place, byte)| *place = byte);
        to.as_ptr()
    })
}
