//! Arguments as JavaScript gives them, read where they are wanted.

use std::borrow::Cow;
use std::fmt::Display;

use agora_token::{AppCertificate, ErrorCode, Text, UnixTime};

pub(crate) use crate::host::{Argument, Kind};
use crate::memory::LONGEST;
pub(crate) use crate::memory::{Memory, NoText, Room};
use crate::refusal::Refusal;

impl Argument {
    /// The whole number that it is.
    pub(crate) fn whole_number(self) -> Option<i64> {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "what a cast changes is refused"
        )]
        self.number()
            .filter(|number| (*number as i64) as f64 == *number && number.abs() < 1e18)
            .map(|number| number as i64)
    }

    /// What it is, in words. A text is not shown: it may be a secret that stands in the wrong place.
    #[cold]
    pub(crate) fn found(self) -> Cow<'static, str> {
        Cow::Borrowed(match self.kind() {
            Kind::Undefined => "undefined",
            Kind::Null => "null",
            Kind::Boolean => "a boolean",
            Kind::Number => return Cow::Owned(as_written(self.number().unwrap_or(f64::NAN))),
            Kind::String => "a string",
            Kind::Symbol => "a symbol",
            Kind::Object => "an object",
            Kind::Function => "a function",
            Kind::BigInt => "a BigInt",
            _ => "of an unknown type",
        })
    }

    /// What refuses it: it has another type than `expected`, or is out of range.
    #[cold]
    pub(crate) fn misfit(self, code: ErrorCode, name: &'static str, expected: impl Display) -> Refusal {
        Refusal::misfit(code, name, &self.found(), expected)
    }

    /// A whole number of this range.
    pub(crate) fn integer<N>(self, code: ErrorCode, name: &'static str, least: N, most: N) -> Result<N, Refusal>
    where
        N: TryFrom<i64> + PartialOrd + Display,
    {
        self.whole_number()
            .and_then(|number| N::try_from(number).ok())
            .filter(|number| (&least..=&most).contains(&number))
            .ok_or_else(|| self.misfit(code, name, format_args!("an integer from {least} to {most}")))
    }

    pub(crate) fn u32(self, code: ErrorCode, name: &'static str) -> Result<u32, Refusal> {
        self.integer(code, name, u32::MIN, u32::MAX)
    }

    /// The number of a service, a privilege or a permission.
    pub(crate) fn u16(self, name: &'static str) -> Result<u16, Refusal> {
        self.integer(ErrorCode::IndexOutOfRange, name, u16::MIN, u16::MAX)
    }

    /// Seconds since 1970; what looks like milliseconds, as `Date.now()` gives, is refused.
    pub(crate) fn unix_time(self, name: &'static str) -> Result<UnixTime, Refusal> {
        let seconds = self.integer(ErrorCode::InvalidTimestamp, name, 0, (1 << 53) - 1)?;
        UnixTime::from_outside(seconds).map_err(|error| Refusal::named(error, name))
    }

    pub(crate) fn flag(self, name: &'static str) -> Result<bool, Refusal> {
        self.boolean().ok_or_else(|| self.misfit(ErrorCode::IndexOutOfRange, name, "true or false"))
    }

    pub(crate) fn list(self, code: ErrorCode, name: &'static str) -> Result<Vec<Argument>, Refusal> {
        let count = self.count().ok_or_else(|| self.misfit(code, name, "an array"))?;
        if count > LONGEST {
            return Err(Refusal::new(code, name, format!("holds {count} entries, at most {LONGEST} expected")));
        }
        self.entries().ok_or_else(|| ErrorCode::Internal.into())
    }

    pub(crate) fn is_undefined(self) -> bool {
        self.kind() == Kind::Undefined
    }

    pub(crate) fn string<'r>(
        self,
        room: &mut Room<'r>,
        code: ErrorCode,
        name: &'static str,
    ) -> Result<Cow<'r, str>, Refusal> {
        self.text(room).map_err(|refused| match refused {
            NoText::Misfit => self.misfit(code, name, "a string"),
            NoText::LoneSurrogate(position) => {
                Refusal::new(ErrorCode::InvalidUtf8, name, NoText::lone_surrogate(position))
            }
        })
    }

    /// What the formats carry as text: a string, or any bytes.
    pub(crate) fn any_text(self, code: ErrorCode, name: &'static str) -> Result<Text<'static>, Refusal> {
        if let Some(bytes) = self.bytes() {
            return Ok(bytes.into());
        }
        match self.text(&mut Memory::new().room()) {
            Ok(text) => Ok(text.into_owned().into()),
            Err(NoText::Misfit) => Err(self.misfit(code, name, "a string or a Uint8Array")),
            Err(NoText::LoneSurrogate(position)) => {
                Err(Refusal::new(ErrorCode::InvalidUtf8, name, NoText::lone_surrogate(position)))
            }
        }
    }

    pub(crate) fn token<'r>(self, room: &mut Room<'r>) -> Result<Cow<'r, str>, Refusal> {
        self.string(room, ErrorCode::TokenVersion, "token")
    }

    pub(crate) fn certificate(self) -> Result<AppCertificate, Refusal> {
        self.certificate_called("appCertificate")
    }

    pub(crate) fn certificate_called(self, name: &'static str) -> Result<AppCertificate, Refusal> {
        let mut memory = Memory::new();
        let text = self.string(&mut memory.room(), ErrorCode::InvalidAppCertificate, name)?;
        AppCertificate::new(&text).map_err(|error| Refusal::named(error, name))
    }
}

/// A number as JavaScript shows it, or nearly so.
fn as_written(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number.abs() >= 1e21 { format!("{number:e}") } else { number.to_string() }
}
