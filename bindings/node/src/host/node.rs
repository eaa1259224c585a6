//! Node, by Node-API.
//!
//! The functions go without the wrapper that napi's attribute writes: it keeps account of the objects that a call
//! borrows, which allocates and locks, and takes as long as a twelfth of a token.

// The attribute of napi writes unsafe code where it stands.
#![deny(clippy::undocumented_unsafe_blocks)]

use std::borrow::Cow;
use std::mem::MaybeUninit;
use std::ptr;

use agora_token::{Error, ErrorCode, Stamp, UnixTime};
use napi::bindgen_prelude::{
    Array, AsyncTask, BufferSlice, CallbackInfo, ClassInstance, Float64ArraySlice, FromNapiValue, JsObjectValue, Null,
    Object, Task, ToNapiValue, TypeName, Uint8ArraySlice, Unknown, Utf16String,
};
use napi::{Env, sys};
pub(crate) use napi::{Result, ValueType as Kind};

use crate::call::Call;
use crate::kept::Kept;
use crate::memory::{NoText, Room, decode, initialized, wipe};
use crate::refusal::Refusal;
use crate::reply::{Reply, Work, guarded};

/// UTF-16 units in the longest text that is read in one step, and one for a NUL.
const SHORT: usize = 512;

/// A value that JavaScript gave, for as long as the call lasts. It is looked at when it is read.
///
/// It is a pair of pointers, so that nothing of a text is moved and left behind: the certificate is one.
#[derive(Clone, Copy)]
pub(crate) struct Argument {
    env: sys::napi_env,
    value: sys::napi_value,
}

/// An object of the interface that a call was given.
pub(crate) type Held<'a> = ClassInstance<'a, Handle>;

/// What JavaScript keeps.
#[napi_derive::napi]
pub(crate) struct Handle {
    pub(crate) kept: Kept,
}

impl Argument {
    /// The value as a type of napi has it, if it is of that type.
    fn read<T: FromNapiValue>(self) -> Option<T> {
        // SAFETY: `env` and `value` are those of a running call.
        unsafe { T::from_napi_value(self.env, self.value) }.ok()
    }

    pub(crate) fn kind(self) -> Kind {
        self.read::<Unknown<'_>>().and_then(|value| value.get_type().ok()).unwrap_or(Kind::Unknown)
    }

    /// Without the error that napi would make for what is no number.
    pub(crate) fn number(self) -> Option<f64> {
        let mut number = 0.0;
        // SAFETY: `env` and `value` are those of a running call.
        let status = unsafe { sys::napi_get_value_double(self.env, self.value, &mut number) };
        (status == sys::Status::napi_ok).then_some(number)
    }

    pub(crate) fn boolean(self) -> Option<bool> {
        if self.kind() == Kind::Boolean { self.read() } else { None }
    }

    /// The text that it is, in `room` where it fits.
    ///
    /// It is read in UTF-16, which loses nothing: in UTF-8 V8 would replace half a surrogate pair silently.
    pub(crate) fn text<'r>(self, room: &mut Room<'r>) -> std::result::Result<Cow<'r, str>, NoText> {
        let mut units = [MaybeUninit::<u16>::uninit(); SHORT];
        let mut size = 0;
        // SAFETY: `env` and `value` are those of a running call; at most SHORT units are written, the NUL included.
        let status = unsafe {
            sys::napi_get_value_string_utf16(self.env, self.value, units.as_mut_ptr().cast(), SHORT, &mut size)
        };
        if status != sys::Status::napi_ok {
            return Err(NoText::Misfit);
        }
        // A text that fills the room may be longer.
        if size + 1 >= SHORT {
            let long = self.read::<Utf16String>().ok_or(NoText::Misfit)?;
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
    pub(crate) fn write(self, numbers: &[f64]) -> std::result::Result<(), Refusal> {
        let mut array = self.read::<Float64ArraySlice<'_>>().ok_or(ErrorCode::Internal)?;
        // SAFETY: `lib/` keeps the array for this alone, and no JavaScript runs before the call is over.
        let room = unsafe { array.as_mut() };
        room.iter_mut().zip(numbers).for_each(|(place, number)| *place = *number);
        Ok(())
    }

    /// How many entries an array has, if it is one.
    pub(crate) fn count(self) -> Option<u32> {
        self.read::<Array<'_>>().map(|array| array.len())
    }

    /// The entries of an array.
    pub(crate) fn entries(self) -> Option<Vec<Argument>> {
        let array = self.read::<Array<'_>>()?;
        (0..array.len()).map(|at| array.get(at).ok().flatten()).collect()
    }

    pub(crate) fn held<'a>(self) -> std::result::Result<Held<'a>, Refusal> {
        self.read().ok_or_else(|| ErrorCode::Internal.into())
    }
}

impl FromNapiValue for Argument {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Argument> {
        Ok(Argument { env, value })
    }
}

/// The system's time and a random salt.
#[inline]
pub(crate) fn stamp() -> std::result::Result<Stamp, Error> {
    Stamp::now()
}

/// `None`: the core reads the system's clock by itself.
pub(crate) fn now() -> Option<UnixTime> {
    None
}

/// What the module exports.
pub(crate) struct Exports<'e>(Object<'e>, Env);

impl<'e> Exports<'e> {
    pub(crate) fn new(exports: Object<'e>, env: Env) -> Exports<'e> {
        Exports(exports, env)
    }

    pub(crate) fn add<C: Call<Argument, COUNT>, const COUNT: usize>(&mut self, name: &str, _: C) -> Result<()> {
        self.0.set_named_property(name, self.1.create_function::<(), ()>(name, called::<C, COUNT>)?)
    }
}

/// What Node calls.
unsafe extern "C" fn called<C: Call<Argument, COUNT>, const COUNT: usize>(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    let reply = match CallbackInfo::<COUNT>::new(env, info, None, false) {
        Ok(info) => C::call(info.args.map(|value| Argument { env, value })),
        Err(_) => Refusal::from(ErrorCode::Internal).into(),
    };
    // SAFETY: `env` is that of this call. Where Node has no memory for the reply it is NULL, `undefined` to JavaScript.
    unsafe { Reply::to_napi_value(env, reply) }.unwrap_or(ptr::null_mut())
}

impl TypeName for Reply {
    fn type_name() -> &'static str {
        "unknown"
    }

    fn value_type() -> Kind {
        Kind::Unknown
    }
}

impl ToNapiValue for Reply {
    unsafe fn to_napi_value(env: sys::napi_env, reply: Reply) -> Result<sys::napi_value> {
        let this = Env::from_raw(env);
        // SAFETY: `env` is that of a running call, which is all that the conversions ask for.
        unsafe {
            match reply {
                Reply::Null => Null::to_napi_value(env, Null),
                Reply::Flag(flag) => bool::to_napi_value(env, flag),
                Reply::Number(number) => f64::to_napi_value(env, number),
                Reply::Ascii(text) => ascii(env, &text),
                Reply::Text(text) => String::to_napi_value(env, text),
                Reply::Bytes(bytes) => ToNapiValue::to_napi_value(env, &BufferSlice::copy_from(&this, bytes)?),
                Reply::List(list) => Vec::to_napi_value(env, list),
                Reply::Issued(issued) => issued_tokens(env, &this, issued),
                Reply::Refused(refusal) => ToNapiValue::to_napi_value(env, &refusal.told()),
                Reply::Kept(kept) => Handle::to_napi_value(env, Handle { kept }),
                Reply::Later(work) => AsyncTask::to_napi_value(env, AsyncTask::new(Later(Some(work)))),
            }
        }
    }
}

/// As Latin-1 Node copies a string and looks at nothing.
fn ascii(env: sys::napi_env, text: &str) -> Result<sys::napi_value> {
    let mut value = ptr::null_mut();
    // SAFETY: `env` is that of a running call; ASCII is Latin-1, and on failure the value stays NULL.
    let status =
        unsafe { sys::napi_create_string_latin1(env, text.as_ptr().cast(), text.len().cast_signed(), &mut value) };
    napi::check_status!(status)?;
    Ok(value)
}

/// One array of all, which costs less than a list of replies.
fn issued_tokens(env: sys::napi_env, this: &Env, rows: Vec<crate::reply::Issued>) -> Result<sys::napi_value> {
    let mut array = this.create_array(0)?;
    for row in rows {
        for reply in Reply::of_row(row) {
            array.insert(reply)?;
        }
    }
    // SAFETY: `env` is that of a running call.
    unsafe { Array::to_napi_value(env, array) }
}

/// Work on a thread of Node's pool, of which JavaScript gets a promise.
pub(crate) struct Later(Option<Work>);

impl Task for Later {
    type Output = Reply;
    type JsValue = Reply;

    fn compute(&mut self) -> Result<Reply> {
        Ok(guarded(|| self.0.take().ok_or(ErrorCode::Internal)?()).unwrap_or_else(Reply::from))
    }

    fn resolve(&mut self, _: Env, reply: Reply) -> Result<Reply> {
        Ok(reply)
    }
}
