//! API keys and issuers of JWTs as the settings file has them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize, Serializer};

use super::duration::Seconds;

/// What stands for a secret where the settings are shown.
pub(crate) const NOT_SHOWN: &str = "(set, not shown)";

fn hidden<S: Serializer>(_: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(NOT_SHOWN)
}

/// A key as the settings file has it.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeySettings {
    pub(crate) name: String,
    /// 64 hexadecimal digits. A hash is no key, but nobody needs to see it either.
    #[serde(serialize_with = "hidden")]
    pub(crate) sha256: String,
    pub(crate) policy: String,
}

/// An issuer as the settings file has it.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IssuerSettings {
    pub(crate) name: String,
    pub(crate) policy: String,
    /// With `key_file`: the only algorithm of that key.
    pub(crate) algorithm: Option<AlgorithmSetting>,
    /// A PEM public key, or the secret of HS256.
    pub(crate) key_file: Option<PathBuf>,
    /// A JWKS document; each key has its own algorithm.
    pub(crate) jwks_file: Option<PathBuf>,
    /// The required `iss`.
    pub(crate) issuer: Option<String>,
    /// The required `aud`.
    pub(crate) audience: Option<String>,
    /// By how much clocks may differ, 30 s by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) leeway: Option<Seconds>,
}

impl IssuerSettings {
    /// The file that its keys stand in.
    pub(crate) fn file(&self) -> Option<&PathBuf> {
        self.key_file.as_ref().or(self.jwks_file.as_ref())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum AlgorithmSetting {
    HS256,
    RS256,
    ES256,
    EdDSA,
}
