//! Build, read and verify the access tokens that let a user into Agora's voice, video and messaging services.
//!
//! Two generations exist. [`AccessToken2`] ("007") carries its services and lifetimes in seconds from its issue
//! timestamp; [`AccessToken`] ("006") carries absolute Unix times. [`builder`] has every official one-call builder of
//! both, [`Verifier`] gives one verdict on a token of either, and [`inspect`] shows what a token says without
//! believing it.
//!
//! ```
//! use agora_token::{builder, Credentials, Role, Stamp, UnixTime, Verifier};
//!
//! let credentials = Credentials::new("970CA35de60c44645bbae8a215061b33", "5CFd2fd1755d40ecb72977518be15d3b")?;
//! let stamp = Stamp { issue_ts: 1_700_000_000, salt: 12_345_678 }; // Stamp::now()? outside of tests
//! let token = builder::build_token2_with_uid(&credentials, "room", 42, Role::Publisher, 3600, 3600, stamp)?;
//! assert!(token.starts_with("007"));
//!
//! let verdict = Verifier::new(credentials.app_certificate)
//!     .at(UnixTime::from_secs(1_700_000_060))
//!     .channel_name("room")
//!     .uid(42)
//!     .verify(&token)?;
//! assert!(verdict.is_valid());
//! # Ok::<(), agora_token::Error>(())
//! ```
//!
//! The library performs no I/O but for the clock and the random source of the operating system, which
//! [`source`] lets a caller replace; it prints nothing, keeps no state but random numbers drawn ahead for salts, and returns an [`Error`] with a stable
//! [`ErrorCode`], a field and a reason wherever it refuses something.

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
mod verifier;
mod wire;
mod zlib;

pub use access_token::{AccessToken, Privilege006, UnverifiedToken};
pub use access_token2::{AccessToken2, PackedService, UnknownService, UnverifiedToken2};
pub use bounds::{Bounds, MAX_PAYLOAD_SIZE};
pub use credentials::{AppCertificate, AppId, Credentials};
#[doc(hidden)]
pub use credentials::{MAX_CREDENTIAL_FILE_SIZE, may_be_secret, without_newline};
pub use error::{Error, ErrorCode};
pub use grant::Grant;
#[doc(hidden)]
pub use hex::hex;
pub use identity::{Channel, ChannelName, Room, UserAccount, UserId};
pub use inspect::Unverified;
pub use issuer::{IssuedToken, Issuer};
pub use role::{Role, Role006};
pub use service::{Permissions, Privileges, RtcLifetimes, Service, ServiceKind, ServiceSet, ServiceType};
pub use signature::SIGNATURE_SIZE;
pub use source::Stamp;
pub use text::Text;
#[doc(hidden)]
pub use time::{DAY, parse_seconds};
pub use time::{Lifetime, UnixTime, refresh_after};
pub use verifier::{Verdict, Verifier};
pub use wire::MAX_TEXT_SIZE;
