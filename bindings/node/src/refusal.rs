//! A refusal as JavaScript is told it, with the names its arguments have there.

use std::borrow::Cow;
use std::fmt::Display;

use agora_token::{Error, ErrorCode};

/// Boxed, for what a call seldom gives should cost it nothing on the way.
#[derive(Debug)]
pub(crate) struct Refusal(Box<Named>);

#[derive(Debug)]
struct Named {
    error: Error,
    /// The field as it is called in JavaScript.
    name: Cow<'static, str>,
}

impl Refusal {
    /// `reason` continues the name, as in "has 64 bytes, at most 63 expected".
    #[cold]
    pub(crate) fn new(code: ErrorCode, name: &'static str, reason: impl Into<Cow<'static, str>>) -> Refusal {
        code.of(name, reason).into()
    }

    #[cold]
    pub(crate) fn misfit(code: ErrorCode, name: &'static str, found: &str, expected: impl Display) -> Refusal {
        // What speaks of a token is a sentence of its own.
        let subject = if code.is_of_argument() { String::new() } else { format!("{name} ") };
        Refusal::new(code, name, format!("{subject}is {found}; {expected} expected"))
    }

    /// The same of an argument that has another name where it was given.
    #[cold]
    pub(crate) fn named(error: Error, name: &'static str) -> Refusal {
        Refusal(Box::new(Named { error, name: name.into() }))
    }

    /// The code, the field and the reason.
    pub(crate) fn told(&self) -> [String; 3] {
        let Named { error, name } = &*self.0;
        [error.code().name().to_owned(), name.to_string(), error.reason().to_owned()]
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Refusal {
        code.into_error().into()
    }
}

impl From<Error> for Refusal {
    #[cold]
    fn from(error: Error) -> Refusal {
        Refusal(Box::new(Named { name: camel_case(error.field()), error }))
    }
}

/// `channel_name` is `channelName` in JavaScript. A variable of the environment stays as it is.
fn camel_case(name: &'static str) -> Cow<'static, str> {
    if !name.contains('_') || name.starts_with(|first: char| first.is_ascii_uppercase()) {
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
