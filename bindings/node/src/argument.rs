//! Arguments as JavaScript gives them, read where they are wanted.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Display;
use std::hint::black_box;
use std::mem::{MaybeUninit, take};
use std::slice;

use agora_token::{AppCertificate, ErrorCode, Text, UnixTime};
use napi::bindgen_prelude::{
    Array, Float64ArraySlice, FromNapiValue, TypeName, Uint8ArraySlice, Unknown, Utf16String, ValidateNapiValue,
};
use napi::{ValueType, sys};

use crate::refusal::Refusal;

/// Bytes for the ASCII texts of an ordinary call. A text that finds no room, or is not ASCII, goes to the heap.
const ROOM: usize = 1024;

/// UTF-16 units in the longest text that is read in one step, and one for a NUL.
const SHORT: usize = 512;

/// Entries of an array: more than a token carries of anything, and JavaScript makes longer ones of nothing.
const LONGEST: u32 = 1 << 20;

/// A value that JavaScript gave, for as long as the call lasts. It is looked at when it is read.
///
/// It is a pair of pointers, so that nothing of a text is moved and left behind: the certificate is one.
#[derive(Clone, Copy)]
pub(crate) struct Argument {
    env: sys::napi_env,
    value: sys::napi_value,
}

impl FromNapiValue for Argument {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> napi::Result<Argument> {
        Ok(Argument { env, value })
    }
}

impl ValidateNapiValue for Argument {}

impl TypeName for Argument {
    fn type_name() -> &'static str {
        "unknown"
    }

    fn value_type() -> ValueType {
        ValueType::Unknown
    }
}

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
fn wipe<T: Copy + Default>(memory: &mut [MaybeUninit<T>]) {
    memory.fill(MaybeUninit::new(T::default()));
    black_box(memory);
}

impl<'r> Room<'r> {
    /// Keeps a text, if it is ASCII and there is room.
    fn keep_ascii(&mut self, units: &[u16]) -> Option<&'r str> {
        if units.len() > self.free.len() {
            return None;
        }
        let (mine, rest) = take(&mut self.free).split_at_mut(units.len());
        self.free = rest;
        self.used.set(self.used.get() + units.len());
        let mut all = 0;
        for (byte, unit) in mine.iter_mut().zip(units) {
            all |= unit;
            byte.write(*unit as u8);
        }
        // SAFETY: every byte was written just now; where no unit was above 0x7f they are ASCII, which is UTF-8.
        (all < 0x80).then(|| unsafe { std::str::from_utf8_unchecked(initialized(mine)) })
    }
}

/// What was written to memory.
///
/// # Safety
/// All of it was written.
unsafe fn initialized<T: Copy>(memory: &[MaybeUninit<T>]) -> &[T] {
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
    /// A value of this call.
    pub(crate) fn new(env: sys::napi_env, value: sys::napi_value) -> Argument {
        Argument { env, value }
    }

    /// The value as a type of napi has it, if it is of that type.
    pub(crate) fn read<T: FromNapiValue>(self) -> Option<T> {
        // SAFETY: `env` and `value` are those of a running call.
        unsafe { T::from_napi_value(self.env, self.value) }.ok()
    }

    pub(crate) fn kind(self) -> ValueType {
        self.read::<Unknown<'_>>().and_then(|value| value.get_type().ok()).unwrap_or(ValueType::Unknown)
    }

    /// Without the error that napi would make for what is no number.
    pub(crate) fn number(self) -> Option<f64> {
        let mut number = 0.0;
        // SAFETY: `env` and `value` are those of a running call.
        let status = unsafe { sys::napi_get_value_double(self.env, self.value, &mut number) };
        (status == sys::Status::napi_ok).then_some(number)
    }

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

    /// The text that it is, in `room` where it fits.
    ///
    /// It is read in UTF-16, which loses nothing: in UTF-8 V8 would replace half a surrogate pair silently.
    pub(crate) fn text<'r>(self, room: &mut Room<'r>) -> Result<Cow<'r, str>, NoText> {
        let mut units = [MaybeUninit::<u16>::uninit(); SHORT];
        let mut size = 0;
        // SAFETY: `env` and `value` are those of a running call; at most SHORT units are written, the NUL included.
        let status = unsafe {
            sys::napi_get_value_string_utf16(self.env, self.value, units.as_mut_ptr().cast(), SHORT, &mut size)
        };
        if status != sys::Status::napi_ok {
            return Err(NoText::Misfit(self.found()));
        }
        // A text that fills the room may be longer.
        if size + 1 >= SHORT {
            let long = self.read::<Utf16String>().ok_or(NoText::Misfit(self.found()))?;
            return decode(&long).map(Cow::Owned);
        }
        let written = &mut units[..size];
        // SAFETY: Node has written that many.
        let text = unsafe { initialized(written) };
        let outcome = match room.keep_ascii(text) {
            Some(ascii) => Ok(Cow::Borrowed(ascii)),
            None => decode(text).map(Cow::Owned),
        };
        wipe(written);
        outcome
    }

    /// The bytes of a Uint8Array.
    pub(crate) fn bytes(self) -> Option<Vec<u8>> {
        self.read::<Uint8ArraySlice<'_>>().map(|bytes| bytes.to_vec())
    }

    /// Writes over the numbers of a Float64Array, which costs less than an array to give.
    pub(crate) fn write(self, numbers: &[f64]) -> Result<(), Refusal> {
        let mut array = self.read::<Float64ArraySlice<'_>>().ok_or(ErrorCode::Internal)?;
        // SAFETY: `lib/` keeps the array for this alone, and no JavaScript runs before the call is over.
        let room = unsafe { array.as_mut() };
        room.iter_mut().zip(numbers).for_each(|(place, number)| *place = *number);
        Ok(())
    }

    /// What it is, in words. A text is not shown: it may be a secret that stands in the wrong place.
    #[cold]
    pub(crate) fn found(self) -> Cow<'static, str> {
        Cow::Borrowed(match self.kind() {
            ValueType::Undefined => "undefined",
            ValueType::Null => "null",
            ValueType::Boolean => "a boolean",
            ValueType::Number => return Cow::Owned(as_written(self.number().unwrap_or(f64::NAN))),
            ValueType::String => "a string",
            ValueType::Symbol => "a symbol",
            ValueType::Object => "an object",
            ValueType::Function => "a function",
            ValueType::BigInt => "a BigInt",
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
        let is_flag = self.kind() == ValueType::Boolean;
        let value = if is_flag { self.read() } else { None };
        value.ok_or_else(|| self.misfit(ErrorCode::IndexOutOfRange, name, "true or false"))
    }

    pub(crate) fn list(self, code: ErrorCode, name: &'static str) -> Result<Vec<Argument>, Refusal> {
        let array = self.read::<Array<'_>>().ok_or_else(|| self.misfit(code, name, "an array"))?;
        if array.len() > LONGEST {
            return Err(Refusal::new(code, name, format!("holds {} entries, at most {LONGEST} expected", array.len())));
        }
        (0..array.len()).map(|at| array.get(at).ok().flatten().ok_or_else(|| ErrorCode::Internal.into())).collect()
    }

    pub(crate) fn is_undefined(self) -> bool {
        self.kind() == ValueType::Undefined
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

fn decode(units: &[u16]) -> Result<String, NoText> {
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
