//! An HTTP server that mints Agora tokens: for callers it knows, by a policy that says what each may have.
//!
//! `agora-token serve` runs it. It keeps no state, so any number of them can share the work.
//!
//! A request becomes an `Ask`, whatever the route; the caller's policy judges the ask; the issuer makes the token; the
//! route writes the answer. No route mints in any other way.

#![forbid(unsafe_code)]
#![deny(
    // Requests come from strangers: nothing here may panic on any input.
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::todo,
    clippy::indexing_slicing,
    clippy::string_slice,
    // Logs are the only thing the server prints.
    clippy::print_stdout,
    clippy::print_stderr
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic))]

mod about;
mod address;
mod answers;
mod ask;
mod audit;
mod callers;
mod check;
mod configuration;
mod connections;
mod cors;
mod credentials;
mod endpoint;
mod error;
mod error_format;
mod handler;
mod host;
mod limits;
mod listener;
mod logs;
mod metrics;
mod mint;
mod openapi;
mod pattern;
mod places;
mod policy;
mod problem;
mod process;
mod random;
mod reload;
mod routes;
mod serve;
mod settings;
mod shared;
mod signals;
mod small_file;
mod systemd;
mod tls;
#[cfg(feature = "otel")]
mod traces;
#[cfg(not(feature = "otel"))]
#[path = "no_traces.rs"]
mod traces;

pub use crate::callers::NewKey;
pub use crate::check::check;
pub use crate::error::Error;
pub use crate::serve::run;
pub use crate::settings::ServeArgs;
