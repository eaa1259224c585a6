//! Tables of which every row becomes a token: the columns that mean something, their rules, and the errors of rows.
//!
//! Whatever a table is written in (CSV, JSON lines, Arrow), it brings [`Cell`]s; what they mean is said here alone.
#![forbid(unsafe_code)]

#[cfg(feature = "arrow")]
pub mod arrow;
mod cell;
mod column;
#[cfg(feature = "csv")]
pub mod csv;
mod error;
mod header;
#[cfg(feature = "json")]
pub mod json;
mod minter;
pub mod numbers;

pub use cell::{Cell, default_services, lifetime, role};
pub use column::Column;
pub use error::RowError;
pub use header::Header;
pub use minter::{Defaults, Minter, Row};
