//! What ends the program early: an exit code, and an error with code, field, reason and fault.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use agora_token::{Error, ErrorCode, Fault};
use agora_token_rows::RowError;
use serde_json::Value;

use crate::paint::{Paint, printable};

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
    fault: Fault,
    /// By its name in the API.
    field: Cow<'static, str>,
    /// A whole sentence, which names the field as the user does.
    reason: String,
}

impl Failure {
    /// What the library refused, with the field under the name by which the user gave it: an option, a variable, a
    /// column.
    pub(crate) fn naming(name: &str) -> impl Fn(Error) -> Failure {
        move |error| Failure {
            exit: exit_code(error.code()),
            code: error.code().name(),
            fault: error.fault(),
            field: error.field().into(),
            reason: error.sentence(name),
        }
    }

    /// Something given as a token that is none.
    pub(crate) fn token(code: ErrorCode, reason: impl Into<String>) -> Failure {
        Failure {
            exit: UNREADABLE_TOKEN,
            code: code.name(),
            fault: code.fault(),
            field: Cow::Borrowed("token"),
            reason: reason.into(),
        }
    }

    /// A command line that asks for what does not exist.
    pub(crate) fn usage(reason: impl Into<String>) -> Failure {
        let fault = Fault::Configuration;
        Failure { exit: BAD_INPUT, code: "USAGE", fault, field: Cow::Borrowed(""), reason: reason.into() }
    }

    /// A file or stream that failed; `what` says what was tried.
    pub(crate) fn io(what: &str, error: &io::Error) -> Failure {
        let reason = format!("{what}: {error}");
        Failure { exit: SYSTEM, code: "IO", fault: Fault::System, field: Cow::Borrowed(""), reason }
    }

    /// Says in which file it is.
    pub(crate) fn at(self, place: &str) -> Failure {
        Failure { reason: format!("{place}: {}", self.reason), ..self }
    }

    /// Prints the error and gives the exit code.
    pub(crate) fn report(&self, json: bool) -> ExitCode {
        let line = if json { serde_json::json!({ "error": self.document() }).to_string() } else { self.shown(None) };
        // Nobody is left to tell when standard error fails.
        let _ = writeln!(io::stderr(), "{line}");
        ExitCode::from(self.exit)
    }

    /// The line that people read, with the place that it speaks of.
    pub(crate) fn shown(&self, place: Option<&str>) -> String {
        let paint = Paint::of(io::stderr().is_terminal());
        let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
        format!("{}: {place}{}", paint.bad(format!("error[{}]", self.code)), printable(&self.reason))
    }

    /// What programs read.
    pub(crate) fn document(&self) -> Value {
        serde_json::json!({
            "code": self.code, "field": self.field, "reason": self.reason, "fault": self.fault.name()
        })
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::naming(error.field())(error)
    }
}

impl From<RowError> for Failure {
    fn from(error: RowError) -> Failure {
        let (exit, fault) =
            error.error_code().map_or((BAD_INPUT, Fault::Caller), |code| (exit_code(code), code.fault()));
        Failure { exit, code: error.code(), fault, field: error.field().into(), reason: error.reason().to_owned() }
    }
}

#[cfg(feature = "serve")]
impl From<agora_token_server::Error> for Failure {
    fn from(error: agora_token_server::Error) -> Failure {
        let (exit, fault) =
            if error.code() == "IO" { (SYSTEM, Fault::System) } else { (BAD_INPUT, Fault::Configuration) };
        Failure { exit, code: error.code(), fault, field: error.field().to_owned().into(), reason: error.to_string() }
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
