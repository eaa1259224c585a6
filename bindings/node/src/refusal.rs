//! A refusal as JavaScript is told it, with the names its arguments have there.

use std::borrow::Cow;
use std::fmt::Display;

use agora_token::{Error, ErrorCode};

#[derive(Debug)]
pub(crate) struct Refusal {
    error: Error,
    /// The field as it is called in JavaScript.
    name: Cow<'static, str>,
}

impl Refusal {
    /// `reason` continues the name, as in "has 64 bytes, at most 63 expected".
    pub(crate) fn new(code: ErrorCode, name: &'static str, reason: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal { error: code.of(name, reason), name: camel_case(name) }
    }

    pub(crate) fn misfit(code: ErrorCode, name: &'static str, found: &str, expected: impl Display) -> Refusal {
        // What speaks of a token is a sentence of its own.
        let subject = if code.is_of_argument() { String::new() } else { format!("{name} ") };
        Refusal::new(code, name, format!("{subject}is {found}; {expected} expected"))
    }

    /// The same of an argument that has another name where it was given.
    pub(crate) fn named(error: Error, name: &'static str) -> Refusal {
        Refusal { error, name: name.into() }
    }

    /// The same of one grant of many.
    pub(crate) fn of_grant(self, index: f64) -> Refusal {
        let dot = if self.name.is_empty() { "" } else { "." };
        Refusal { name: format!("grants[{index}]{dot}{}", self.name).into(), ..self }
    }

    pub(crate) fn code(&self) -> ErrorCode {
        self.error.code()
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn sentence(&self) -> String {
        self.error.sentence(&self.name)
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Refusal {
        code.into_error().into()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal { name: camel_case(error.field()), error }
    }
}

/// `channel_name` is `channelName` in JavaScript.
fn camel_case(name: &'static str) -> Cow<'static, str> {
    if !name.contains('_') {
        return name.into();
    }
    let mut parts = name.split('_');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (first, rest) = part.split_at(usize::from(!part.is_empty()));
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    camel.into()
}
