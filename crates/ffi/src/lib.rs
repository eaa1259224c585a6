//! The C ABI of `agora-token`, and nothing else: each function checks its pointers, calls the core, and turns what
//! comes back into a status. What is done with handles is safe Rust here, from which `cargo xtask gen` writes those
//! functions to `generated`. The comments here become those of `include/agora_token.h`.
#![allow(non_camel_case_types, reason = "the names are C's")]
#![allow(clippy::too_many_arguments, reason = "the official signatures")]
#![allow(clippy::missing_safety_doc, reason = "the head of the header states what every function needs")]
#![deny(unsafe_op_in_unsafe_fn)]

// The header has them in this order; the empty line keeps it.
mod constants;
mod status;

mod access_token;
mod access_token2;
mod call;
mod doctor;
mod generated;
mod guard;
mod issuer;
mod permissions;
mod refusal;
mod unverified_token;
mod unverified_token2;
mod verifier;

// Behind the issuer that it needs.
#[cfg(feature = "arrow")]
mod arrow;

/// Wipes what is freed, since this memory serves the next caller: tokens, and a certificate that stands where a token
/// belongs, are in texts that nobody else wipes.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

pub use access_token::*;
pub use access_token2::*;
#[cfg(feature = "arrow")]
pub use arrow::*;
pub use call::*;
pub use constants::*;
pub use doctor::*;
pub use generated::*;
pub use issuer::*;
pub use permissions::*;
pub use refusal::*;
pub use status::*;
pub use unverified_token::*;
pub use unverified_token2::*;
pub use verifier::*;
