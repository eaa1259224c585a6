//! Arguments as JavaScript gives them, read where they are wanted.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Display;
use std::hint::black_box;
use std::mem::{MaybeUninit, take};
use std::slice;

use agora_token::{AppCertificate, ErrorCode, Text, UnixTime};

pub(crate) use crate::host::{Argument, Kind};
use crate::refusal::Refusal;

/// Bytes for the ASCII texts of an ordinary call. A text that finds no room, or is not ASCII, goes to the heap.
const ROOM: usize = 1024;

/// Entries of an array: more than a token carries of anything, and JavaScript makes longer ones of nothing.
pub(crate) const LONGEST: u32 = 1 << 20;

/// Memory for the texts of one call. What was used is wiped at the end: an App Certificate may be among them.
pub(crate) struct Memory {
    bytes: [MaybeUninit<u8>; ROOM],
    used: Cell<usize>,
}

/// What is free of a [`Memory`].
pub(crate) struct Room<'r> {
    free: &'r mut [MaybeUninit<u8>],
    used: &'r Cell<usize>,
}

impl Memory {
    pub(crate) fn new() -> Memory {
        Memory { bytes: [MaybeUninit::uninit(); ROOM], used: Cell::new(0) }
    }

    pub(crate) fn room(&mut self) -> Room<'_> {
        Room { free: &mut self.bytes, used: &self.used }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        let used = self.used.get();
        wipe(&mut self.bytes[..used]);
    }
}

/// Writes zeros that the compiler does not leave out, though nobody reads them.
pub(crate) fn wipe<T: Copy + Default>(memory: &mut [MaybeUninit<T>]) {
    memory.fill(MaybeUninit::new(T::default()));
    black_box(memory);
}

impl<'r> Room<'r> {
    /// So many bytes of it, if they are free.
    fn take(&mut self, size: usize) -> Option<&'r mut [MaybeUninit<u8>]> {
        if size > self.free.len() {
            return None;
        }
        let (mine, rest) = take(&mut self.free).split_at_mut(size);
        self.free = rest;
        self.used.set(self.used.get() + size);
        Some(mine)
    }

    /// Keeps a text, if it is ASCII and there is room.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn keep_ascii(&mut self, units: &[u16]) -> Option<&'r str> {
        let mine = self.take(units.len())?;
        let mut all = 0;
        for (byte, unit) in mine.iter_mut().zip(units) {
            all |= unit;
            byte.write(*unit as u8);
        }
        // SAFETY: every byte was written just now; where no unit was above 0x7f they are ASCII, which is UTF-8.
        (all < 0x80).then(|| unsafe { std::str::from_utf8_unchecked(initialized(mine)) })
    }

    /// Keeps a text, if there is room.
    #[cfg(target_family = "wasm")]
    pub(crate) fn keep(&mut self, text: &str) -> Option<&'r str> {
        let mine = self.take(text.len())?;
        for (place, byte) in mine.iter_mut().zip(text.bytes()) {
            place.write(byte);
        }
        // SAFETY: every byte was written just now, of a text.
        Some(unsafe { std::str::from_utf8_unchecked(initialized(mine)) })
    }
}

/// What was written to memory.
///
/// # Safety
/// All of it was written.
pub(crate) unsafe fn initialized<T: Copy>(memory: &[MaybeUninit<T>]) -> &[T] {
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts(memory.as_ptr().cast(), memory.len()) }
}

/// Why an argument is no text.
pub(crate) enum NoText {
    /// It is something else, in words.
    Misfit(Cow<'static, str>),
    /// It holds half a surrogate pair at this position, counted from 1 in UTF-16 units.
    LoneSurrogate(usize),
}

impl NoText {
    pub(crate) fn lone_surrogate(position: usize) -> String {
        format!("holds half a surrogate pair at position {position}, which no UTF-8 can hold")
    }
}

impl Argument {
    /// The whole number that it is.
    pub(crate) fn whole_number(self) -> Option<i64> {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "what a cast changes is refused"
        )]
        self.number()
            .filter(|number| (*number as i64) as f64 == *number && number.abs() < 1e18)
            .map(|number| number as i64)
    }

    /// What it is, in words. A text is not shown: it may be a secret that stands in the wrong place.
    #[cold]
    pub(crate) fn found(self) -> Cow<'static, str> {
        Cow::Borrowed(match self.kind() {
            Kind::Undefined => "undefined",
            Kind::Null => "null",
            Kind::Boolean => "a boolean",
            Kind::Number => return Cow::Owned(as_written(self.number().unwrap_or(f64::NAN))),
            Kind::String => "a string",
            Kind::Symbol => "a symbol",
            Kind::Object => "an object",
            Kind::Function => "a function",
            Kind::BigInt => "a BigInt",
            _ => "of an unknown type",
        })
    }

    /// What refuses it: it has another type than `expected`, or is out of range.
    #[cold]
    pub(crate) fn misfit(self, code: ErrorCode, name: &'static str, expected: impl Display) -> Refusal {
        Refusal::misfit(code, name, &self.found(), expected)
    }

    /// A whole number of this range.
    pub(crate) fn integer<N>(self, code: ErrorCode, name: &'static str, least: N, most: N) -> Result<N, Refusal>
    where
        N: TryFrom<i64> + PartialOrd + Display,
    {
        self.whole_number()
            .and_then(|number| N::try_from(number).ok())
            .filter(|number| (&least..=&most).contains(&number))
            .ok_or_else(|| self.misfit(code, name, format_args!("an integer from {least} to {most}")))
    }

    pub(crate) fn u32(self, code: ErrorCode, name: &'static str) -> Result<u32, Refusal> {
        self.integer(code, name, u32::MIN, u32::MAX)
    }

    /// The number of a service, a privilege or a permission.
    pub(crate) fn u16(self, name: &'static str) -> Result<u16, Refusal> {
        self.integer(ErrorCode::IndexOutOfRange, name, u16::MIN, u16::MAX)
    }

    /// Seconds since 1970; what looks like milliseconds, as `Date.now()` gives, is refused.
    pub(crate) fn unix_time(self, name: &'static str) -> Result<UnixTime, Refusal> {
        let seconds = self.integer(ErrorCode::InvalidTimestamp, name, 0, (1 << 53) - 1)?;
        UnixTime::from_outside(seconds).map_err(|error| Refusal::named(error, name))
    }

    pub(crate) fn flag(self, name: &'static str) -> Result<bool, Refusal> {
        self.boolean().ok_or_else(|| self.misfit(ErrorCode::IndexOutOfRange, name, "true or false"))
    }

    pub(crate) fn list(self, code: ErrorCode, name: &'static str) -> Result<Vec<Argument>, Refusal> {
        let count = self.count().ok_or_else(|| self.misfit(code, name, "an array"))?;
        if count > LONGEST {
            return Err(Refusal::new(code, name, format!("holds {count} entries, at most {LONGEST} expected")));
        }
        self.entries().ok_or_else(|| ErrorCode::Internal.into())
    }

    pub(crate) fn is_undefined(self) -> bool {
        self.kind() == Kind::Undefined
    }

    pub(crate) fn string<'r>(
        self,
        room: &mut Room<'r>,
        code: ErrorCode,
        name: &'static str,
    ) -> Result<Cow<'r, str>, Refusal> {
        self.text(room).map_err(|refused| match refused {
            NoText::Misfit(found) => Refusal::misfit(code, name, &found, "a string"),
            NoText::LoneSurrogate(position) => {
                Refusal::new(ErrorCode::InvalidUtf8, name, NoText::lone_surrogate(position))
            }
        })
    }

    /// What the formats carry as text: a string, or any bytes.
    pub(crate) fn any_text(self, code: ErrorCode, name: &'static str) -> Result<Text<'static>, Refusal> {
        if let Some(bytes) = self.bytes() {
            return Ok(bytes.into());
        }
        match self.text(&mut Memory::new().room()) {
            Ok(text) => Ok(text.into_owned().into()),
            Err(NoText::Misfit(found)) => Err(Refusal::misfit(code, name, &found, "a string or a Uint8Array")),
            Err(NoText::LoneSurrogate(position)) => {
                Err(Refusal::new(ErrorCode::InvalidUtf8, name, NoText::lone_surrogate(position)))
            }
        }
    }

    pub(crate) fn token<'r>(self, room: &mut Room<'r>) -> Result<Cow<'r, str>, Refusal> {
        self.string(room, ErrorCode::TokenVersion, "token")
    }

    pub(crate) fn certificate(self) -> Result<AppCertificate, Refusal> {
        self.certificate_called("appCertificate")
    }

    pub(crate) fn certificate_called(self, name: &'static str) -> Result<AppCertificate, Refusal> {
        let mut memory = Memory::new();
        let text = self.string(&mut memory.room(), ErrorCode::InvalidAppCertificate, name)?;
        AppCertificate::new(&text).map_err(|error| Refusal::named(error, name))
    }
}

pub(crate) fn decode(units: &[u16]) -> Result<String, NoText> {
    let mut text = String::with_capacity(units.len());
    let mut position = 1;
    for character in char::decode_utf16(units.iter().copied()) {
        let character = character.map_err(|_| NoText::LoneSurrogate(position))?;
        position += character.len_utf16();
        text.push(character);
    }
    Ok(text)
}

/// A number as JavaScript shows it, or nearly so.
fn as_written(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number.abs() >= 1e21 { format!("{number:e}") } else { number.to_string() }
}
