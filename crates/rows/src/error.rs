//! Why a row got no token.

use std::fmt;

use agora_token::{Error, ErrorCode};

/// What was refused of a row, or of the names of the columns. The text never holds a certificate or a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    field: &'static str,
    reason: String,
    error: Option<Error>,
}

impl RowError {
    /// A row that is none, or the names of the columns of all: `INVALID_ROW`.
    pub fn new(field: &'static str, reason: impl Into<String>) -> RowError {
        RowError { field, reason: reason.into(), error: None }
    }

    /// What the library refused, with the field under the name by which it was given.
    pub fn naming(name: &str) -> impl Fn(Error) -> RowError {
        move |error| RowError { field: error.field(), reason: error.sentence(name), error: Some(error) }
    }

    /// The library's code; none for `INVALID_ROW`, which tables alone know.
    pub fn error_code(&self) -> Option<ErrorCode> {
        self.error.as_ref().map(Error::code)
    }

    /// The library's error, or the reason of `INVALID_ROW`.
    ///
    /// # Errors
    /// That reason.
    pub fn into_error(self) -> Result<Error, String> {
        self.error.ok_or(self.reason)
    }

    /// The stable name of the code.
    pub fn code(&self) -> &'static str {
        self.error_code().map_or("INVALID_ROW", ErrorCode::name)
    }

    /// The field that it speaks of, by its name in the API; empty when there is none.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// A whole sentence, which names the column.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the system failed and not the row: it would repeat for every row.
    pub fn is_of_system(&self) -> bool {
        let of_system = [ErrorCode::Internal, ErrorCode::RandomSourceFailed, ErrorCode::ClockOutOfRange];
        self.error_code().is_some_and(|code| of_system.contains(&code))
    }
}

/// As it stands in a column of errors: `INVALID_UID: uid is 0, …`.
impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.reason)
    }
}

impl std::error::Error for RowError {}

impl From<Error> for RowError {
    fn from(error: Error) -> RowError {
        RowError::naming(error.field())(error)
    }
}
