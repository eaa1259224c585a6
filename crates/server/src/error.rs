//! Why the server does not start, or does not take a new configuration.

use derive_more::{Display, Error};

/// What was wrong, naming the setting. The text never holds a secret.
#[derive(Debug, Display, Error, Clone, PartialEq, Eq)]
#[display("{field}{}{reason}", if field.is_empty() { "" } else { ": " })]
pub struct Error {
    code: &'static str,
    field: String,
    reason: String,
}

impl Error {
    /// A setting that cannot be right.
    pub(crate) fn setting(field: impl Into<String>, reason: impl Into<String>) -> Error {
        Error { code: "INVALID_SETTING", field: field.into(), reason: reason.into() }
    }

    /// Refuses by the first rule that is broken: whether it is, the field, the reason.
    pub(crate) fn of_rules(rules: &[(bool, &str, &str)]) -> Result<(), Error> {
        let broken = rules.iter().find(|(is_broken, ..)| *is_broken);
        broken.map_or(Ok(()), |(_, field, reason)| Err(Error::setting(*field, *reason)))
    }

    /// A setting that the library refused.
    pub(crate) fn of_library(field: &str, error: &agora_token::Error) -> Error {
        Error::setting(field, error.sentence("it"))
    }

    /// A file, a socket or another thing of the system that failed.
    pub(crate) fn io(field: impl Into<String>, what: &str, error: &std::io::Error) -> Error {
        Error { code: "IO", field: field.into(), reason: format!("{what}: {error}") }
    }

    /// `INVALID_SETTING` or `IO`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The setting at fault, as the settings file spells it.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}
