//! What crosses between JavaScript and the core, and nothing else. It is private to the npm package: `lib/` turns it
//! into an interface.
//!
//! Arguments are read by this crate's own [`argument::Argument`]: a text goes into memory on the stack, which makes a
//! call cheaper than an owned `String` an argument, and nothing is coerced or replaced silently. Results are strings,
//! numbers, bytes and arrays of them. A refusal is a result too, an array of its code, its field and its reason,
//! which `lib/` throws: so the error is of the interface's own class, with a stack of its own. Nothing else is an array
//! of three.

// The attribute of napi writes unsafe code wherever it stands; what is written by hand is in `argument`, `call`
// and `reply`.
#![deny(clippy::undocumented_unsafe_blocks)]

mod argument;
mod builders;
mod call;
mod credentials;
mod doctor;
#[path = "generated/builders.rs"]
mod generated;
mod grant;
mod issuer;
mod options;
mod packed;
mod refusal;
mod reply;
mod services;
mod tokens;
mod verifier;

use napi::Env;
use napi::bindgen_prelude::Object;

/// Adds to what the module exports what napi's attribute does not.
#[napi_derive::napi(module_exports)]
pub fn exports(exports: Object<'_>, env: Env) -> napi::Result<()> {
    let mut exports = call::Exports(exports, env);
    exports.add("checkGrant", grant::CheckGrant)?;
    exports.add("issue", issuer::Issue)?;
    exports.add("issueAt", issuer::IssueAt)?;
    exports.add("verdict", verifier::Judge)?;
    exports.add("verdictOn", verifier::JudgeBy)?;
    generated::builders(&mut exports)
}

/// For the test of the guard.
#[cfg(feature = "inject-panic")]
#[napi_derive::napi]
pub(crate) fn inject_panic() -> reply::Reply {
    reply::answer(|| panic!("injected"))
}
