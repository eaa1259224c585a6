//! Arguments by what they mean: each is checked, and refused under its own name.

use std::borrow::Cow;
use std::fmt::Display;

use agora_token::{Credentials, ErrorCode, ServiceType};

use crate::node::{Arguments, Mismatch};
use crate::refusal::Refusal;

impl Arguments {
    /// App ID and App Certificate, which come first everywhere.
    pub(crate) fn credentials(&self) -> Result<Credentials, Refusal> {
        let app_id = self.named_text("appId", ErrorCode::InvalidAppId)?;
        let app_certificate = self.named_text("appCertificate", ErrorCode::InvalidAppCertificate)?;
        Ok(Credentials::new(&app_id, &app_certificate)?)
    }

    pub(crate) fn channel_name(&self) -> Result<Cow<'_, str>, Refusal> {
        self.named_text("channelName", ErrorCode::InvalidChannelName)
    }

    pub(crate) fn account(&self, name: &'static str) -> Result<Cow<'_, str>, Refusal> {
        self.named_text(name, ErrorCode::InvalidUserAccount)
    }

    pub(crate) fn user_id(&self, name: &'static str) -> Result<Cow<'_, str>, Refusal> {
        self.named_text(name, ErrorCode::InvalidUserId)
    }

    pub(crate) fn token(&self) -> Result<Cow<'_, str>, Refusal> {
        self.named_text("token", ErrorCode::TokenVersion)
    }

    /// A number here, never a text: "0" would be a user of that name, and 0 means any user.
    pub(crate) fn uid(&self) -> Result<u32, Refusal> {
        self.named_u32("uid", ErrorCode::InvalidUid)
    }

    pub(crate) fn role(&self, name: &'static str) -> Result<u32, Refusal> {
        self.named_u32(name, ErrorCode::InvalidRole)
    }

    /// A role of aPaaS: any number the format carries.
    pub(crate) fn apaas_role(&self) -> Result<i16, Refusal> {
        #[allow(clippy::cast_possible_truncation, reason = "a cast saturates, and what it changed is refused")]
        let cast = |number: f64| number as i16;
        self.named_integer("role", ErrorCode::InvalidRole, cast, i16::MIN, i16::MAX)
    }

    /// Seconds from now.
    pub(crate) fn lifetime(&self, name: &'static str) -> Result<u32, Refusal> {
        self.named_u32(name, ErrorCode::InvalidLifetime)
    }

    /// Seconds since 1970.
    pub(crate) fn timestamp(&self, name: &'static str) -> Result<u32, Refusal> {
        self.named_u32(name, ErrorCode::InvalidTimestamp)
    }

    pub(crate) fn named_text(&self, name: &'static str, code: ErrorCode) -> Result<Cow<'_, str>, Refusal> {
        self.text().map_err(|mismatch| match mismatch {
            Mismatch::Type(found) => Refusal::new(code, name, format!("{name} is {found}; a string expected")),
            Mismatch::LoneSurrogate(position) => Refusal::new(
                ErrorCode::InvalidUtf8,
                name,
                format!("{name} holds half a surrogate pair at position {position}, which no UTF-8 can hold"),
            ),
        })
    }

    fn named_u32(&self, name: &'static str, code: ErrorCode) -> Result<u32, Refusal> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as above")]
        let cast = |number: f64| number as u32;
        self.named_integer(name, code, cast, u32::MIN, u32::MAX)
    }

    #[inline]
    fn named_integer<N: Copy + Into<f64> + Display>(
        &self,
        name: &'static str,
        code: ErrorCode,
        cast: impl FnOnce(f64) -> N,
        least: N,
        most: N,
    ) -> Result<N, Refusal> {
        let number = self.number();
        if let Ok(number) = number {
            let integer = cast(number);
            // NaN equals nothing.
            if integer.into() == number {
                return Ok(integer);
            }
        }
        let found = match number {
            Ok(number) => as_written(number),
            // The text itself is not shown: it may be a secret that stands in the wrong place.
            Err(Mismatch::Type(found)) => found.to_owned(),
            Err(Mismatch::LoneSurrogate(_)) => "a string".to_owned(),
        };
        Err(Refusal::new(code, name, format!("{name} is {found}; an integer from {least} to {most} expected")))
    }
}

/// The service of a number that an option holds.
pub(crate) fn service_type(number: u16) -> Result<ServiceType, Refusal> {
    ServiceType::from_number(number).ok_or_else(|| {
        Refusal::new(ErrorCode::IndexOutOfRange, "service", format!("service is {number}, which no service has"))
    })
}

/// A number as JavaScript shows it, or nearly so.
fn as_written(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number.abs() >= 1e21 { format!("{number:e}") } else { number.to_string() }
}
