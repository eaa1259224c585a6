//! Arguments by what they mean: each is checked, and refused under its own name.

use std::borrow::Cow;

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
        let (least, most) = (f64::from(i16::MIN), f64::from(i16::MAX));
        #[allow(clippy::cast_possible_truncation, reason = "the number is within these limits")]
        self.named_integer("role", ErrorCode::InvalidRole, least, most).map(|role| role as i16)
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
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is within the limits")]
        self.named_integer(name, code, 0.0, f64::from(u32::MAX)).map(|number| number as u32)
    }

    fn named_integer(&self, name: &'static str, code: ErrorCode, least: f64, most: f64) -> Result<f64, Refusal> {
        let found = match self.number() {
            // NaN is in no range.
            Ok(number) if (least..=most).contains(&number) && number.trunc() == number => return Ok(number),
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
