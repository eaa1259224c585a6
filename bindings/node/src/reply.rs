//! What a call gives to JavaScript.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use agora_token::{ErrorCode, IssuedToken};
use napi::bindgen_prelude::{Array, BufferSlice, Null, ToNapiValue, TypeName};
use napi::{Env, ValueType, sys};

use crate::refusal::Refusal;

/// A value for JavaScript.
pub(crate) enum Reply {
    /// `null`.
    Null,
    /// A boolean.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A string of ASCII alone, as tokens are.
    Ascii(String),
    /// A string.
    Text(String),
    /// A Buffer.
    Bytes(Vec<u8>),
    /// An array, of anything but three.
    List(Vec<Reply>),
    /// Four for each row: the token, when it was made, when it ends, when to fetch the next; or `null` and a refusal.
    Issued(Vec<Result<IssuedToken, Refusal>>),
    /// An array of three strings: the code, the field, the reason.
    Refused(Refusal),
    /// What napi makes of it: an object of a native class, or a promise.
    Other(Box<dyn FnOnce(sys::napi_env) -> napi::Result<sys::napi_value>>),
}

/// The outcome of a call. A panic ends here: nothing of a call outlives it, so nothing is left half done.
pub(crate) fn answer(work: impl FnOnce() -> Result<Reply, Refusal>) -> Reply {
    guarded(work).unwrap_or_else(Reply::from)
}

/// The same where there is no reply yet.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(ErrorCode::Internal.into()))
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Reply {
        Reply::Refused(refusal)
    }
}

impl<N: Into<f64>> From<N> for Reply {
    fn from(number: N) -> Reply {
        Reply::Number(number.into())
    }
}

impl Reply {
    /// A value of a type of napi's.
    pub(crate) fn of<T: ToNapiValue + 'static>(value: T) -> Reply {
        // SAFETY: `env` will be that of a running call.
        Reply::Other(Box::new(|env| unsafe { T::to_napi_value(env, value) }))
    }

    /// A whole number below 2^53, as Unix seconds are.
    pub(crate) fn of_u64(number: u64) -> Reply {
        #[allow(clippy::cast_precision_loss, reason = "it is below 2^53")]
        Reply::Number(number as f64)
    }
}

impl TypeName for Reply {
    fn type_name() -> &'static str {
        "unknown"
    }

    fn value_type() -> ValueType {
        ValueType::Unknown
    }
}

impl ToNapiValue for Reply {
    unsafe fn to_napi_value(env: sys::napi_env, reply: Reply) -> napi::Result<sys::napi_value> {
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
                Reply::Issued(issued) => Array::to_napi_value(env, issued_tokens(&this, issued)?),
                Reply::Refused(refusal) => ToNapiValue::to_napi_value(env, &refusal.told()),
                Reply::Other(make) => make(env),
            }
        }
    }
}

/// As Latin-1 Node copies a string and looks at nothing.
fn ascii(env: sys::napi_env, text: &str) -> napi::Result<sys::napi_value> {
    let mut value = ptr::null_mut();
    // SAFETY: `env` is that of a running call; ASCII is Latin-1, and on failure the value stays NULL.
    let status =
        unsafe { sys::napi_create_string_latin1(env, text.as_ptr().cast(), text.len().cast_signed(), &mut value) };
    napi::check_status!(status)?;
    Ok(value)
}

fn issued_tokens(env: &Env, rows: Vec<Result<IssuedToken, Refusal>>) -> napi::Result<Array<'_>> {
    let mut array = env.create_array(0)?;
    for row in rows {
        match row {
            Ok(IssuedToken { token, issued_at, expires_at, refresh_after, .. }) => {
                array.insert(Reply::Ascii(token))?;
                for time in [issued_at, expires_at, refresh_after] {
                    array.insert(Reply::of_u64(time.as_secs()))?;
                }
            }
            Err(refusal) => {
                array.insert(Reply::Null)?;
                for text in refusal.told() {
                    array.insert(Reply::Text(text))?;
                }
            }
        }
    }
    Ok(array)
}
