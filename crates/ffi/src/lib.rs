//! The C ABI of `agora-token`, and nothing else: each function checks its pointers, calls the core, and turns what
//! comes back into a status. The comments here become those of `include/agora_token.h`.
#![allow(non_camel_case_types, reason = "the names are C's")]
#![allow(clippy::too_many_arguments, reason = "the official signatures")]
#![allow(clippy::missing_safety_doc, reason = "the head of the header states what every function needs")]
#![deny(unsafe_op_in_unsafe_fn)]

// The header has them in this order; the empty lines keep it.
mod constants;

#[path = "generated/constants.rs"]
mod numbers;

mod status;

mod refusal;

#[path = "generated/builders.rs"]
mod builders;

mod call;

mod permissions;

mod access_token2;

#[path = "generated/services.rs"]
mod services;

mod access_token;

mod unverified_token2;

mod unverified_token;

mod verifier;

mod issuer;

mod doctor;

mod guard;

#[path = "generated/fields.rs"]
mod fields;

pub use access_token::*;
pub use access_token2::*;
pub use builders::*;
pub use call::*;
pub use constants::*;
pub use doctor::*;
pub use issuer::*;
pub use numbers::*;
pub use permissions::*;
pub use refusal::*;
pub use services::*;
pub use status::*;
pub use unverified_token::*;
pub use unverified_token2::*;
pub use verifier::*;
