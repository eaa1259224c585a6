//! The settings file.

use std::net::SocketAddr;
use std::path::PathBuf;

use agora_token::may_be_secret;
use serde::Deserialize;

use super::callers::{IssuerSettings, KeySettings};
use super::duration::Seconds;
use super::policy::PolicySettings;
use super::values::{LogFormat, LogLevel, SignWith};
use crate::error::Error;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct File {
    pub(crate) listen: Option<SocketAddr>,
    pub(crate) demo: Option<bool>,
    pub(crate) compat: Option<bool>,
    pub(crate) app_id: Option<String>,
    pub(crate) app_certificate_file: Option<PathBuf>,
    pub(crate) app_certificate_secondary_file: Option<PathBuf>,
    pub(crate) sign_with: Option<SignWith>,
    pub(crate) lifetime: Option<Seconds>,
    pub(crate) max_lifetime: Option<Seconds>,
    pub(crate) limit_per_address: Option<u32>,
    pub(crate) limit_per_caller: Option<u32>,
    pub(crate) max_connections: Option<u32>,
    pub(crate) header_timeout: Option<Seconds>,
    pub(crate) request_timeout: Option<Seconds>,
    pub(crate) shutdown_timeout: Option<Seconds>,
    pub(crate) drain_delay: Option<Seconds>,
    pub(crate) allowed_origins: Option<Vec<String>>,
    pub(crate) trusted_proxies: Option<Vec<String>>,
    pub(crate) tls_certificate: Option<PathBuf>,
    pub(crate) tls_key: Option<PathBuf>,
    pub(crate) log_format: Option<LogFormat>,
    pub(crate) log_level: Option<LogLevel>,
    pub(crate) reload_interval: Option<Seconds>,
    /// The policy of callers who present nothing; on loopback only.
    pub(crate) anonymous: Option<String>,
    pub(crate) policies: std::collections::BTreeMap<String, PolicySettings>,
    pub(crate) api_keys: Vec<KeySettings>,
    pub(crate) jwt_issuers: Vec<IssuerSettings>,
}

impl File {
    pub(crate) fn parse(content: &[u8]) -> Result<File, Error> {
        let text = std::str::from_utf8(content).map_err(|_| Error::setting("config", "the file is not UTF-8"))?;
        // The error's own text quotes the line, which may hold a secret that somebody put there.
        toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| {
                let before = text.as_bytes().get(..span.start).unwrap_or_default();
                before.iter().filter(|byte| **byte == b'\n').count() + 1
            });
            let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
            Error::setting("config", format!("{place}{}", without_values(error.message())))
        })
    }
}

/// serde names unknown keys, which helps, and quotes wrong values, which may be secret.
fn without_values(message: &str) -> String {
    for (quoted, end) in [("string \"", "\", expected"), ("unknown variant `", "`, expected")] {
        if let Some((before, rest)) = message.split_once(quoted) {
            let expected = rest.rsplit_once(end).map(|(_, expected)| expected).unwrap_or_default();
            return format!("{before}a text that is not shown, expected{expected}");
        }
    }
    let words = message.split(' ').map(|word| if may_be_secret(word) { "(not shown)" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_line_and_not_the_value() {
        const SECRET: &str = "5CFd2fd1755d40ecb72977518be15d3b";
        for (line, names) in [
            (format!("app_certificate = \"{SECRET}\""), "app_certificate"),
            (format!("demo = \"{SECRET}\""), "boolean"),
            (format!("limit_per_address = \"{SECRET}\""), "u32"),
            (format!("listen = \"{SECRET}\""), "socket address"),
            (format!("lifetime = \"{SECRET}\""), "seconds"),
            (format!("app_id = {SECRET}"), "line 2"),
            (format!("log_level = \"{SECRET}\""), "debug"),
            (format!("{SECRET} = 1"), "unknown field"),
        ] {
            let error = File::parse(format!("compat = true\n{line}\n").as_bytes()).unwrap_err();
            let text = error.to_string();
            assert!(text.contains("line 2") && text.contains(names), "{text}");
            assert!(!text.contains("5CFd"), "{text}");
        }
    }
}
