//! The settings: what flags, environment and the settings file can say, and what they say together.

mod callers;
mod duration;
mod effective;
mod file;
mod policy;
mod project;
mod table;
mod values;

pub(crate) use self::callers::{IssuerSettings, KeySettings, NOT_SHOWN};
pub(crate) use self::duration::Seconds;
pub(crate) use self::policy::{PolicySettings, UidSetting};
pub use self::table::ServeArgs;
pub(crate) use self::table::Settings;
pub(crate) use self::values::{Audit, FilePath, Listen, LogFormat, SignWith, network};
