//! The settings: what flags, environment and the settings file can say, and what they say together.

mod args;
mod callers;
mod duration;
mod effective;
mod file;
mod policy;
mod values;

pub use self::args::ServeArgs;
pub(crate) use self::callers::{AlgorithmSetting, IssuerSettings, KeySettings, NOT_SHOWN};
pub(crate) use self::effective::Settings;
pub(crate) use self::policy::{PolicySettings, UidSetting};
pub(crate) use self::values::{LogFormat, LogLevel, SignWith, TlsFiles};
