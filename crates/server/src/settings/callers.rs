//! API keys and issuers of JWTs as the settings file has them; `docs/server.md` says what each setting means.

use std::time::SystemTime;

use axum::http::Uri;
use derive_more::Display;
use jsonwebtoken::Algorithm;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_with::{SerializeDisplay, skip_serializing_none};

use super::duration::Seconds;
use super::values::{FilePath, Texts};
use crate::error::Error;

/// What stands for a secret where the settings are shown.
pub(crate) const NOT_SHOWN: &str = "(set, not shown)";

fn hidden<S: Serializer>(_: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(NOT_SHOWN)
}

/// Without what may be a password or a key: the user before the host, and the query.
fn shown_url<S: Serializer>(url: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    let shown = url.as_deref().and_then(|url| url.parse::<Uri>().ok()).and_then(|url| {
        let authority = url.authority()?;
        let host = authority.as_str().rsplit('@').next().unwrap_or_default();
        Some(format!("{}://{host}{}", url.scheme_str()?, url.path()))
    });
    serializer.serialize_str(shown.as_deref().unwrap_or(NOT_SHOWN))
}

#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeySettings {
    pub(crate) name: String,
    /// 64 hexadecimal digits. A hash is no key, but nobody needs to see it either.
    #[serde(serialize_with = "hidden")]
    pub(crate) sha256: String,
    pub(crate) policy: String,
    pub(crate) expires_at: Option<Moment>,
}

/// A moment as RFC 3339 has it: `2027-01-31T12:00:00Z`.
#[derive(Debug, Display, Clone, Copy, PartialEq, Eq, SerializeDisplay)]
#[display("{}", humantime::format_rfc3339_seconds(*_0))]
pub(crate) struct Moment(pub(crate) SystemTime);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(moment) => moment.to_string(),
            toml::Value::String(text) => text,
            _ => String::new(),
        };
        humantime::parse_rfc3339(&text)
            .map(Moment)
            .map_err(|_| serde::de::Error::custom("a moment as 2027-01-31T12:00:00Z expected"))
    }
}

#[serde_with::apply(Vec<_> => #[serde(default)], bool => #[serde(default)])]
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IssuerSettings {
    pub(crate) name: String,
    pub(crate) policy: Option<String>,
    pub(crate) algorithm: Option<Algorithm>,
    pub(crate) key_file: Option<FilePath>,
    pub(crate) jwks_file: Option<FilePath>,
    #[serde(default, serialize_with = "shown_url")]
    pub(crate) jwks_url: Option<String>,
    pub(crate) discover: bool,
    pub(crate) ca_file: Option<FilePath>,
    #[serde(default, serialize_with = "shown_url")]
    pub(crate) proxy: Option<String>,
    pub(crate) refresh: Option<Seconds>,
    pub(crate) issuer: String,
    pub(crate) audience: Texts,
    pub(crate) leeway: Option<Seconds>,
    pub(crate) uid: Option<String>,
    pub(crate) account: Option<String>,
    pub(crate) channels: Vec<String>,
    pub(crate) rules: Vec<RuleSettings>,
}

impl IssuerSettings {
    pub(crate) fn field(&self, part: &str) -> String {
        format!("jwt_issuers.{}.{part}", self.name)
    }

    pub(crate) fn refuse(&self, part: &str, reason: &str) -> Error {
        Error::setting(self.field(part), reason)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleSettings {
    pub(crate) claim: String,
    pub(crate) has: String,
    pub(crate) policy: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_url_has_no_secret() {
        #[derive(Serialize)]
        struct Shown(#[serde(serialize_with = "shown_url")] Option<String>);
        let shown = |url: &str| serde_json::to_value(Shown(Some(url.to_owned()))).unwrap();
        assert_eq!(shown("https://user:SECRET@id.example:8443/keys?token=SECRET"), "https://id.example:8443/keys");
        assert_eq!(shown("http://bob:SECRET@proxy:3128"), "http://proxy:3128/");
        assert_eq!(shown("SECRET"), NOT_SHOWN);
    }
}
