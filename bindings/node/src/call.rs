//! Calls that are made for every token that is minted or judged.
//!
//! The wrapper that napi's attribute writes around a function keeps account of the objects that a call borrows. That
//! allocates and locks, and takes as long as a twelfth of a token. These functions go without it.

use std::ptr;

use agora_token::ErrorCode;
use napi::bindgen_prelude::{CallbackInfo, JsObjectValue, Object, ToNapiValue};
use napi::{Env, sys};

use crate::argument::Argument;
use crate::refusal::Refusal;
use crate::reply::Reply;

/// A function of so many arguments. What JavaScript left out is `undefined`.
pub(crate) trait Call<const COUNT: usize> {
    fn call(arguments: [Argument; COUNT]) -> Reply;
}

/// What the module exports.
pub(crate) struct Exports<'e>(pub(crate) Object<'e>, pub(crate) Env);

impl Exports<'_> {
    pub(crate) fn add<C: Call<COUNT>, const COUNT: usize>(&mut self, name: &str, _: C) -> napi::Result<()> {
        self.0.set_named_property(name, self.1.create_function::<(), ()>(name, called::<C, COUNT>)?)
    }
}

/// What Node calls.
unsafe extern "C" fn called<C: Call<COUNT>, const COUNT: usize>(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    let reply = match CallbackInfo::<COUNT>::new(env, info, None, false) {
        Ok(info) => C::call(info.args.map(|value| Argument::new(env, value))),
        Err(_) => Refusal::from(ErrorCode::Internal).into(),
    };
    // SAFETY: `env` is that of this call. Where Node has no memory for the reply it is NULL, `undefined` to JavaScript.
    unsafe { Reply::to_napi_value(env, reply) }.unwrap_or(ptr::null_mut())
}
