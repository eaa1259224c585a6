//! Node-API: the only unsafe code of the package.
//!
//! Called directly rather than through a derive: a text argument is read into room on the stack, which makes a call
//! several times cheaper than an owned `String` an argument, and what V8 would replace silently is found.
#![allow(unsafe_code)]

mod kept;
mod work;

use std::borrow::Cow;
use std::cell::{Cell, UnsafeCell};
use std::ffi::{CStr, c_char, c_void};
use std::hint::black_box;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use agora_token::{ErrorCode, IssuedToken};
use napi_sys::{
    Status, ValueType, napi_callback_info, napi_create_array_with_length, napi_create_double, napi_create_function,
    napi_create_string_latin1, napi_create_string_utf8, napi_env, napi_get_cb_info, napi_get_value_double,
    napi_get_value_string_utf16, napi_set_element, napi_set_named_property, napi_status, napi_typeof, napi_value,
};

use crate::FUNCTIONS;
use crate::refusal::Refusal;

/// The longest official signature has 12.
const MAX_ARGUMENTS: usize = 12;

/// Holds the ASCII texts of an ordinary call. A text that finds no room, or is none, goes to the heap.
const ROOM: usize = 1024;

/// UTF-16 units in the longest text that is read in one step, and one for a NUL.
const SHORT: usize = 512;

pub(crate) use kept::Kept;
pub(crate) use work::Work;

/// What a function gives to JavaScript.
pub(crate) enum Reply {
    /// ASCII alone; a string.
    Token(String),
    /// JSON; a string.
    Document(String),
    /// An array: the token, when it was made, when it ends, when to fetch the next.
    Issued(IssuedToken),
    /// Something that JavaScript can hold and hand back, but not look into.
    Kept(Kept),
    /// A promise of many of the third kind, run together in one array; rejected with a refusal.
    Work(Work),
}

/// A function of the module.
pub(crate) struct Function {
    name: &'static CStr,
    call: fn(&Arguments) -> Result<Reply, Refusal>,
}

impl Function {
    pub(crate) const fn new(name: &'static CStr, call: fn(&Arguments) -> Result<Reply, Refusal>) -> Function {
        Function { name, call }
    }
}

/// Why an argument is not what was asked for.
pub(crate) enum Mismatch {
    /// It is of this other type.
    Type(&'static str),
    /// The text holds half a surrogate pair at this position, counted from 1 in UTF-16 units.
    LoneSurrogate(usize),
}

/// The arguments of one call, read one after the other.
pub(crate) struct Arguments {
    env: napi_env,
    values: [napi_value; MAX_ARGUMENTS],
    count: usize,
    next: Cell<usize>,
    room: UnsafeCell<[MaybeUninit<u8>; ROOM]>,
    used: Cell<usize>,
}

impl Arguments {
    /// Whether one is left.
    pub(crate) fn is_left(&self) -> bool {
        self.next.get() < self.count.min(MAX_ARGUMENTS)
    }

    /// The next argument, a number.
    pub(crate) fn number(&self) -> Result<f64, Mismatch> {
        let value = self.value();
        let mut number = 0.0;
        // SAFETY: `env` and `value` are of this call, which has not returned.
        let status = unsafe { napi_get_value_double(self.env, value, &mut number) };
        if status == Status::napi_ok { Ok(number) } else { Err(self.mismatch(value)) }
    }

    /// The next argument, a text.
    ///
    /// It is read in UTF-16, which loses nothing: in UTF-8 V8 would replace half a surrogate pair silently.
    pub(crate) fn text(&self) -> Result<Cow<'_, str>, Mismatch> {
        let value = self.value();
        let mut units = [MaybeUninit::<u16>::uninit(); SHORT];
        let mut size = 0;
        // SAFETY: `env` and `value` are of this call; at most `units.len()` units are written, the closing NUL included.
        let status =
            unsafe { napi_get_value_string_utf16(self.env, value, units.as_mut_ptr().cast(), units.len(), &mut size) };
        if status != Status::napi_ok {
            return Err(self.mismatch(value));
        }
        // A text that fills the room may be longer.
        if size + 1 >= units.len() {
            return decode(&self.long_text(value)?).map(Cow::Owned);
        }
        // SAFETY: Node has written `size` units.
        let text = unsafe { std::slice::from_raw_parts(units.as_ptr().cast::<u16>(), size) };
        let outcome = match self.keep_ascii(text) {
            Some(ascii) => Ok(Cow::Borrowed(ascii)),
            None => decode(text).map(Cow::Owned),
        };
        wipe(&mut units[..size]);
        outcome
    }

    /// Keeps a text in the room for as long as the call lasts, if it is ASCII and there is room.
    fn keep_ascii(&self, text: &[u16]) -> Option<&str> {
        let used = self.used.get();
        if text.len() > ROOM - used {
            return None;
        }
        // SAFETY: bytes before `used` are lent out and never written again; those from there on are nobody's yet.
        let free = unsafe {
            let start = self.room.get().cast::<MaybeUninit<u8>>().add(used);
            std::slice::from_raw_parts_mut(start, text.len())
        };
        let mut all = 0;
        for (byte, unit) in free.iter_mut().zip(text) {
            all |= unit;
            byte.write(*unit as u8);
        }
        self.used.set(used + text.len());
        // SAFETY: all of them were written, and nothing writes to them from now on.
        let bytes = unsafe { std::slice::from_raw_parts(free.as_ptr().cast::<u8>(), free.len()) };
        // SAFETY: ASCII is UTF-8, and every unit was below 0x80.
        if all < 0x80 { Some(unsafe { std::str::from_utf8_unchecked(bytes) }) } else { None }
    }

    fn long_text(&self, value: napi_value) -> Result<Vec<u16>, Mismatch> {
        let mut size = 0;
        // SAFETY: without a buffer Node only tells the size.
        let status = unsafe { napi_get_value_string_utf16(self.env, value, ptr::null_mut(), 0, &mut size) };
        if status != Status::napi_ok {
            return Err(self.mismatch(value));
        }
        let mut units = vec![0u16; size + 1];
        // SAFETY: at most `units.len()` units are written, the closing NUL included.
        let status =
            unsafe { napi_get_value_string_utf16(self.env, value, units.as_mut_ptr(), units.len(), &mut size) };
        if status != Status::napi_ok {
            return Err(self.mismatch(value));
        }
        units.truncate(size);
        Ok(units)
    }

    /// An argument that was left out is there as `undefined`.
    fn value(&self) -> napi_value {
        let index = self.next.replace(self.next.get() + 1);
        self.values.get(index).copied().unwrap_or(ptr::null_mut())
    }

    fn mismatch(&self, value: napi_value) -> Mismatch {
        let mut kind = ValueType::napi_undefined;
        // SAFETY: `env` and `value` are of this call; on failure `kind` stays as it is.
        unsafe { napi_typeof(self.env, value, &mut kind) };
        Mismatch::Type(match kind {
            ValueType::napi_undefined => "undefined",
            ValueType::napi_null => "null",
            ValueType::napi_boolean => "a boolean",
            ValueType::napi_number => "a number",
            ValueType::napi_string => "a string",
            ValueType::napi_symbol => "a symbol",
            ValueType::napi_object => "an object",
            ValueType::napi_function => "a function",
            ValueType::napi_bigint => "a BigInt",
            _ => "of an unknown type",
        })
    }
}

impl Drop for Arguments {
    /// An App Certificate may have been among the texts.
    fn drop(&mut self) {
        let used = self.used.get();
        wipe(&mut self.room.get_mut()[..used]);
    }
}

/// Writes zeros that the compiler does not leave out, though nobody reads them.
fn wipe<T: Copy + Default>(memory: &mut [MaybeUninit<T>]) {
    memory.fill(MaybeUninit::new(T::default()));
    black_box(memory);
}

fn decode(units: &[u16]) -> Result<String, Mismatch> {
    let mut text = String::with_capacity(units.len());
    let mut position = 1;
    for character in char::decode_utf16(units.iter().copied()) {
        let character = character.map_err(|_| Mismatch::LoneSurrogate(position))?;
        position += character.len_utf16();
        text.push(character);
    }
    Ok(text)
}

/// What Node calls for every function: `data` says which. A panic ends here.
unsafe extern "C" fn dispatch(env: napi_env, info: napi_callback_info) -> napi_value {
    let mut arguments = Arguments {
        env,
        values: [ptr::null_mut(); MAX_ARGUMENTS],
        count: MAX_ARGUMENTS,
        next: Cell::new(0),
        room: UnsafeCell::new([MaybeUninit::uninit(); ROOM]),
        used: Cell::new(0),
    };
    let mut data: *mut c_void = ptr::null_mut();
    let values = arguments.values.as_mut_ptr();
    // SAFETY: `env` and `info` are those of the call; `count` says how many values there is room for, and then how
    // many came.
    let status = unsafe { napi_get_cb_info(env, info, &mut arguments.count, values, ptr::null_mut(), &mut data) };
    // SAFETY: `napi_register_module_v1` gave every function a pointer into FUNCTIONS for its data.
    let function = unsafe { data.cast::<Function>().as_ref() };
    let outcome = match function {
        Some(function) if status == Status::napi_ok => {
            // Nothing of a call outlives it, so nothing is left half done.
            catch_unwind(AssertUnwindSafe(|| (function.call)(&arguments)))
                .unwrap_or_else(|_| Err(ErrorCode::Internal.into()))
        }
        _ => Err(ErrorCode::Internal.into()),
    };
    // SAFETY: `env` is that of the call.
    unsafe {
        match outcome {
            Ok(Reply::Token(text)) => token(env, &text),
            Ok(Reply::Document(text)) => string(env, &text, napi_create_string_utf8),
            Ok(Reply::Issued(issued)) => issued_tokens(env, &[issued]),
            Ok(Reply::Kept(kept)) => kept::give(env, kept),
            Ok(Reply::Work(work)) => work::start(env, work),
            Err(refusal) => refused(env, &refusal),
        }
    }
}

type CreateString = unsafe extern "C" fn(napi_env, *const c_char, isize, *mut napi_value) -> napi_status;

/// A string, or NULL, which is `undefined` to JavaScript, when Node has no memory for it or is shutting down.
///
/// # Safety
/// `env` is that of a running call; `text` is in the encoding that `create` takes.
unsafe fn string(env: napi_env, text: &str, create: CreateString) -> napi_value {
    let mut value = ptr::null_mut();
    // SAFETY: no text is longer than isize::MAX; on failure `value` stays NULL.
    unsafe { create(env, text.as_ptr().cast(), text.len().cast_signed(), &mut value) };
    value
}

/// A text that is ASCII in all likelihood; as [`string`].
///
/// # Safety
/// As there.
unsafe fn token(env: napi_env, text: &str) -> napi_value {
    // SAFETY: the caller's promise; ASCII is Latin-1.
    unsafe { string(env, text, if text.is_ascii() { napi_create_string_latin1 } else { napi_create_string_utf8 }) }
}

/// All tokens with their times, in one array; as [`string`].
///
/// # Safety
/// `env` is that of a running call.
unsafe fn issued_tokens(env: napi_env, issued: &[IssuedToken]) -> napi_value {
    let mut array = ptr::null_mut();
    // SAFETY: on failure a value stays NULL, which the next calls refuse.
    unsafe { napi_create_array_with_length(env, issued.len() * 4, &mut array) };
    let mut at = 0;
    let mut push = |value| {
        // SAFETY: as above.
        unsafe { napi_set_element(env, array, at, value) };
        at += 1;
    };
    for IssuedToken { token: text, issued_at, expires_at, refresh_after, .. } in issued {
        // SAFETY: as above.
        push(unsafe { token(env, text) });
        for time in [issued_at, expires_at, refresh_after] {
            let mut value = ptr::null_mut();
            #[allow(clippy::cast_precision_loss, reason = "Unix seconds of 32 bits and a lifetime")]
            // SAFETY: as above.
            unsafe {
                napi_create_double(env, time.as_secs() as f64, &mut value)
            };
            push(value);
        }
    }
    array
}

/// The code, the field and the reason; as [`string`].
///
/// # Safety
/// `env` is that of a running call.
unsafe fn refused(env: napi_env, refusal: &Refusal) -> napi_value {
    // SAFETY: the caller's promise.
    unsafe { strings(env, &[refusal.code.name(), &refusal.field, &refusal.reason]) }
}

/// An array of strings; as [`string`].
///
/// # Safety
/// `env` is that of a running call.
unsafe fn strings(env: napi_env, texts: &[&str]) -> napi_value {
    let mut array = ptr::null_mut();
    // SAFETY: on failure `array` stays NULL, which the next calls refuse.
    unsafe { napi_create_array_with_length(env, texts.len(), &mut array) };
    for (index, text) in (0..).zip(texts) {
        // SAFETY: as above.
        unsafe { napi_set_element(env, array, index, string(env, text, napi_create_string_utf8)) };
    }
    array
}

/// What Node calls when it loads the module, once for every thread.
#[unsafe(no_mangle)]
unsafe extern "C" fn napi_register_module_v1(env: napi_env, exports: napi_value) -> napi_value {
    // On Windows there is no linking to the program that loads a library: its functions are looked up.
    #[cfg(target_env = "msvc")]
    // SAFETY: the program that loads this is Node; the library handle is kept for ever.
    std::mem::forget(unsafe { napi_sys::setup() });
    for function in FUNCTIONS {
        let mut value = ptr::null_mut();
        let name = function.name.as_ptr();
        let data = ptr::from_ref(function).cast_mut().cast();
        // SAFETY: `env` and `exports` are those of the load; `name` ends in NUL, and `data` lives for ever and is
        // only read. A function that could not be made is missing, and calling it throws.
        unsafe {
            napi_create_function(
                env,
                name,
                function.name.count_bytes().cast_signed(),
                Some(dispatch),
                data,
                &mut value,
            );
            napi_set_named_property(env, exports, name, value);
        }
    }
    exports
}
