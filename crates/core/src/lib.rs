#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(
    // Tokens come from strangers: nothing here may panic on any input.
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::todo,
    clippy::indexing_slicing,
    clippy::string_slice,
    // A wrapped length or time is a wrong token.
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    // A library does not print.
    clippy::print_stdout,
    clippy::print_stderr
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::panic,
        clippy::arithmetic_side_effects
    )
)]

mod access_token;
mod access_token2;
mod bounds;
pub mod builder;
mod credentials;
#[doc(hidden)]
pub mod describe;
pub mod doctor;
mod error;
mod expected;
mod grant;
mod hex;
pub mod identity;
pub mod inspect;
mod issue_key;
mod issuer;
mod role;
mod service;
mod signature;
pub mod source;
#[cfg(feature = "stages")]
#[doc(hidden)]
pub mod stages;
mod text;
mod time;
mod verdict;
mod verifier;
mod wire;
mod zlib;

pub use access_token::{AccessToken, Privilege006, UnverifiedToken};
pub use access_token2::{AccessToken2, PackedService, UnknownService, UnverifiedToken2};
pub use bounds::{Bounds, MAX_PAYLOAD_SIZE};
pub use credentials::{AppCertificate, AppId, Credentials};
#[doc(hidden)]
pub use credentials::{MAX_CREDENTIAL_FILE_SIZE, may_be_secret, without_newline};
pub use doctor::{Attempt, JoinedAs, diagnose};
pub use error::{Error, ErrorCode, Fault};
pub use expected::Expected;
pub use grant::Grant;
#[doc(hidden)]
pub use hex::hex;
pub use identity::{Channel, ChannelName, Room, User, UserAccount};
pub use inspect::{Unverified, inspect};
pub use issuer::{IssuedToken, Issuer};
pub use role::{Role, Role006};
pub use service::{Permissions, Privileges, RtcLifetimes, Service, ServiceKind, ServiceSet, ServiceType};
pub use signature::SIGNATURE_SIZE;
pub use source::Stamp;
pub use text::Text;
#[doc(hidden)]
pub use text::UidText;
#[doc(hidden)]
pub use time::{DAY, parse_seconds};
pub use time::{Lifetime, UnixTime, refresh_after};
pub use verdict::{Refused, Verdict};
pub use verifier::Verifier;
pub use wire::MAX_TEXT_SIZE;
