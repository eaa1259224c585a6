//! What a verifier found.

use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::error::{Error, ErrorCode};
use crate::inspect::Unverified;
use crate::service::ServiceType;

/// What a [`Verifier`] found.
#[derive(Debug, Clone)]
pub struct Verdict {
    token: Option<Unverified>,
    certificate: Option<usize>,
    refusals: Vec<Error>,
}

impl Verdict {
    pub(crate) fn new(token: Option<Unverified>, certificate: Option<usize>, refusals: Vec<Error>) -> Verdict {
        Verdict { token, certificate, refusals }
    }

    /// Of a token that nobody is known to have signed.
    #[doc(hidden)]
    pub fn refused(refusals: Vec<Error>) -> Verdict {
        Verdict::new(None, None, refusals)
    }

    /// Whether nothing at all is wrong.
    pub fn is_valid(&self) -> bool {
        self.refusals.is_empty()
    }

    /// All that is wrong.
    pub fn refusals(&self) -> &[Error] {
        &self.refusals
    }

    /// Which of the verifier's certificates signed the token, counted from 0.
    pub fn certificate(&self) -> Option<usize> {
        self.certificate
    }

    /// What the token says; to be believed as far as the verdict goes. Nothing when no certificate of the verifier signed
    /// it.
    pub fn token(&self) -> Option<&Unverified> {
        self.token.as_ref()
    }

    /// The JSON document of the verdict, in one line:
    /// `{"valid":…,"certificate":…,"refusals":[{"code":…,"field":…,"reason":…,"service":…}],"token":{…}}`.
    pub fn to_json(&self) -> String {
        // Serializing plain data to a String has no error to give.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("valid", &self.is_valid())?;
        map.serialize_entry("certificate", &self.certificate)?;
        map.serialize_entry("refusals", &self.refusals)?;
        map.serialize_entry("token", &self.token)?;
        map.end()
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code().name())?;
        map.serialize_entry("field", self.field())?;
        map.serialize_entry("reason", self.reason())?;
        if let Some(service) = self.service().and_then(ServiceType::from_number) {
            map.serialize_entry("service", service.name())?;
        }
        map.end()
    }
}

/// Why a token was refused: everything that is wrong with it. Its text is that of the first refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    first: Error,
    all: Vec<Error>,
}

impl Refused {
    pub(crate) fn new(verdict: Verdict) -> Refused {
        let all = verdict.refusals;
        Refused { first: all.first().cloned().unwrap_or(ErrorCode::Internal.into()), all }
    }

    /// All that is wrong.
    pub fn refusals(&self) -> &[Error] {
        &self.all
    }
}

/// The first refusal.
impl std::ops::Deref for Refused {
    type Target = Error;

    fn deref(&self) -> &Error {
        &self.first
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Error {
        refused.first
    }
}
