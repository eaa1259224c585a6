//! What ends the program early: an exit code, and an error with code, field and reason.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use agora_token::{Error, ErrorCode};

use crate::output::{self, Paint};

pub(crate) const REFUSED: u8 = 1;
const BAD_INPUT: u8 = 2;
const UNREADABLE_TOKEN: u8 = 3;
const SYSTEM: u8 = 4;
pub(crate) const SURPRISING: u8 = 5;

/// The text never holds a certificate or a token.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: u8,
    code: &'static str,
    field: Cow<'static, str>,
    reason: String,
}

impl Failure {
    /// An argument that the library would refuse with this code.
    pub(crate) fn argument(code: ErrorCode, field: &'static str, reason: impl Into<String>) -> Failure {
        Failure { exit: exit_code(code), code: code.name(), field: field.into(), reason: reason.into() }
    }

    /// Something given as a token that is none.
    pub(crate) fn token(code: ErrorCode, reason: impl Into<String>) -> Failure {
        Failure { exit: UNREADABLE_TOKEN, ..Failure::argument(code, "token", reason) }
    }

    /// A command line that asks for what does not exist.
    pub(crate) fn usage(reason: impl Into<String>) -> Failure {
        Failure { exit: BAD_INPUT, code: "USAGE", field: Cow::Borrowed(""), reason: reason.into() }
    }

    /// A file or stream that failed; `what` says what was tried.
    pub(crate) fn io(what: &str, error: &io::Error) -> Failure {
        Failure { exit: SYSTEM, code: "IO", field: Cow::Borrowed(""), reason: format!("{what}: {error}") }
    }

    /// Says where the refused value came from.
    pub(crate) fn found_in(mut self, source: &str) -> Failure {
        self.reason = format!("{} (from {source})", self.reason);
        self
    }

    /// Prints the error and gives the exit code.
    pub(crate) fn report(&self, json: bool) -> ExitCode {
        let line = if json {
            let error = serde_json::json!({ "code": self.code, "field": self.field, "reason": self.reason });
            serde_json::json!({ "error": error }).to_string()
        } else {
            let paint = Paint::of(io::stderr().is_terminal());
            // Many reasons name the field themselves.
            let named = self.field.is_empty() || self.reason.starts_with(&*self.field);
            let field = if named { String::new() } else { format!("{}: ", self.field) };
            format!("{}: {field}{}", paint.bad(format!("error[{}]", self.code)), output::printable(&self.reason))
        };
        // Nobody is left to tell when standard error fails.
        let _ = writeln!(io::stderr(), "{line}");
        ExitCode::from(self.exit)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::argument(error.code(), error.field(), error.reason())
    }
}

#[cfg(feature = "serve")]
impl From<agora_token_server::Error> for Failure {
    fn from(error: agora_token_server::Error) -> Failure {
        let exit = if error.code() == "IO" { SYSTEM } else { BAD_INPUT };
        Failure { exit, code: error.code(), field: error.field().to_owned().into(), reason: error.reason().to_owned() }
    }
}

fn exit_code(code: ErrorCode) -> u8 {
    match code {
        ErrorCode::TokenVersion
        | ErrorCode::TokenBase64
        | ErrorCode::TokenCompression
        | ErrorCode::TokenTooLarge
        | ErrorCode::TokenTruncated
        | ErrorCode::TokenDuplicateKey
        | ErrorCode::TokenTrailingBytes => UNREADABLE_TOKEN,
        ErrorCode::Internal | ErrorCode::RandomSourceFailed | ErrorCode::ClockOutOfRange => SYSTEM,
        _ => BAD_INPUT,
    }
}
