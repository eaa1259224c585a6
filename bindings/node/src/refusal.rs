//! A refusal as JavaScript is told it, with the names its arguments have there.

use std::borrow::Cow;

use agora_token::{Error, ErrorCode};

#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: ErrorCode,
    pub(crate) field: Cow<'static, str>,
    pub(crate) reason: Cow<'static, str>,
}

impl Refusal {
    pub(crate) fn new(code: ErrorCode, field: &'static str, reason: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal { code, field: field.into(), reason: reason.into() }
    }

    /// The same of an argument that has another name where it was given.
    pub(crate) fn renamed(self, name: &'static str) -> Refusal {
        let reason = self.reason.replacen(&*self.field, name, 1);
        Refusal { code: self.code, field: name.into(), reason: reason.into() }
    }
}

impl Refusal {
    /// The same of one grant of many.
    pub(crate) fn of(self, index: f64) -> Refusal {
        let dot = if self.field.is_empty() { "" } else { "." };
        let field = format!("grants[{index}]{dot}{}", self.field).into();
        Refusal { code: self.code, field, reason: format!("grants[{index}]: {}", self.reason).into() }
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Refusal {
        code.into_error().into()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::from(&error)
    }
}

impl From<&Error> for Refusal {
    fn from(error: &Error) -> Refusal {
        let field = error.field();
        if !field.contains('_') {
            return Refusal { code: error.code(), field: field.into(), reason: error.reason().to_owned().into() };
        }
        let camel = camel_case(field);
        let reason = error.reason().replace(field, &camel);
        Refusal { code: error.code(), field: camel.into(), reason: reason.into() }
    }
}

/// `channel_name` is `channelName` in JavaScript.
fn camel_case(name: &str) -> String {
    let mut upper = false;
    name.chars().fold(String::with_capacity(name.len()), |mut camel, character| {
        if character != '_' {
            camel.push(if upper { character.to_ascii_uppercase() } else { character });
        }
        upper = character == '_';
        camel
    })
}
