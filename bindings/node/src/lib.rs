//! What crosses between JavaScript and the core, and nothing else. It is private to the npm packages: `lib/` turns it
//! into an interface. [`host`] has what differs between a native module of Node and WebAssembly.
//!
//! Arguments are read by this crate's own [`argument`]: a text goes into memory on the stack, which makes a
//! call cheaper than an owned `String` an argument, and nothing is coerced or replaced silently. Results are strings,
//! numbers, bytes and arrays of them. A refusal is a result too, an array of its code, its field and its reason,
//! which `lib/` throws: so the error is of the interface's own class, with a stack of its own. Nothing else is an array
//! of three.

#![deny(clippy::undocumented_unsafe_blocks)]

mod argument;
mod builders;
mod call;
mod credentials;
mod doctor;
mod exports;
#[path = "generated/builders.rs"]
mod generated;
mod grant;
mod host;
mod issuer;
mod kept;
mod memory;
mod options;
mod packed;
mod refusal;
mod reply;
mod services;
mod tokens;
mod verifier;

/// Adds to what the module exports.
#[cfg(not(target_family = "wasm"))]
#[napi_derive::napi(module_exports)]
pub fn module_exports(exports: napi::bindgen_prelude::Object<'_>, env: napi::Env) -> napi::Result<()> {
    exports::all(&mut host::Exports::new(exports, env))
}

/// Has to be called before any function, whose names it gives.
#[cfg(target_family = "wasm")]
#[unsafe(no_mangle)]
extern "C" fn bridge_start() -> *const u8 {
    host::start(exports::all)
}
