//! The types of single settings.

use std::cell::RefCell;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;
use derive_more::{AsRef, Display};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};

/// Which of a project's two certificates signs; both are good while both are enabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SignWith {
    #[default]
    Primary,
    Secondary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Json,
    Text,
}

/// By the names of tracing's own.
#[derive(Debug, Display, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

/// What becomes of a token whose audit line cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Audit {
    /// It is given away, and the line is counted as lost.
    BestEffort,
    /// It is not.
    Required,
}

pub(crate) fn network(text: &str) -> Result<IpNet, String> {
    text.parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "an address or a network as 10.0.0.0/8 expected".to_owned())
}

#[derive(Debug, Display, Clone, PartialEq, Eq, DeserializeFromStr, SerializeDisplay)]
pub(crate) enum Listen {
    Address(SocketAddr),
    #[display("unix:{}", _0.display())]
    Unix(PathBuf),
    /// The socket that systemd has opened: its first one, for the admin listener its second.
    #[display("systemd")]
    Systemd,
    #[display("none")]
    Nowhere,
}

impl Listen {
    pub(crate) const fn loopback(port: u16) -> Listen {
        Listen::Address(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port))
    }

    /// Whether nobody but this machine reaches it. What systemd has opened may be anything.
    pub(crate) fn is_local(&self) -> bool {
        match self {
            Listen::Address(address) => address.ip().to_canonical().is_loopback(),
            Listen::Unix(_) | Listen::Nowhere => true,
            Listen::Systemd => false,
        }
    }
}

impl FromStr for Listen {
    type Err = String;

    fn from_str(text: &str) -> Result<Listen, String> {
        match (text, text.strip_prefix("unix:")) {
            ("none", _) => Ok(Listen::Nowhere),
            ("systemd", _) => Ok(Listen::Systemd),
            (_, Some(path)) if path.starts_with('/') => Ok(Listen::Unix(path.into())),
            _ => text
                .parse()
                .map(Listen::Address)
                .map_err(|_| "a socket address as 127.0.0.1:8082, unix:/path or systemd expected".to_owned()),
        }
    }
}

thread_local! {
    /// The folder of the settings file that is being read.
    static FOLDER: RefCell<PathBuf> = RefCell::default();
}

/// Reads settings whose files are named from the settings file's own folder.
pub(super) fn in_folder_of<T>(settings_file: &Path, read: impl FnOnce() -> T) -> T {
    let before = FOLDER.replace(settings_file.parent().map(Path::to_owned).unwrap_or_default());
    let result = read();
    FOLDER.set(before);
    result
}

/// A file that a setting names: from the folder of the settings file where that names it, from the working directory
/// where a flag or a variable does. `credential:NAME` is one of systemd's credentials.
#[derive(Debug, Display, AsRef, Clone, PartialEq, Eq, PartialOrd, Ord, DeserializeFromStr, SerializeDisplay)]
#[as_ref(Path)]
#[display("{}", _0.display())]
pub(crate) struct FilePath(PathBuf);

impl FromStr for FilePath {
    type Err = String;

    fn from_str(text: &str) -> Result<FilePath, String> {
        let Some(name) = text.strip_prefix("credential:") else {
            return Ok(FilePath(FOLDER.with_borrow(|folder| folder.join(text))));
        };
        let folder = std::env::var_os("CREDENTIALS_DIRECTORY")
            .ok_or("credential: is for a service that systemd starts with LoadCredential")?;
        Ok(FilePath(Path::new(&folder).join(name)))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum Texts {
    One(String),
    Many(Vec<String>),
}

impl Texts {
    pub(crate) fn as_slice(&self) -> &[String] {
        match self {
            Texts::One(text) => std::slice::from_ref(text),
            Texts::Many(texts) => texts,
        }
    }

    pub(crate) fn is_any(&self) -> bool {
        self.as_slice() == ["*"]
    }
}
