//! The effective settings as `serve --check` prints them: a settings file without its secrets.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use crate::configuration::Configuration;
use crate::error::Error;
use crate::settings::{IssuerSettings, LogFormat, LogLevel, PolicySettings, Seconds, ServeArgs, Settings, SignWith};

const SECRET: &str = "(set, not shown)";

/// The effective settings as TOML, secrets hidden, if a server could start with them.
///
/// # Errors
/// Whatever keeps it from starting.
pub fn check(args: &ServeArgs) -> Result<String, Error> {
    let settings = Settings::load(args)?;
    let configuration = Configuration::load(&settings, None)?;
    Ok(toml(&settings, &configuration))
}

fn toml(settings: &Settings, configuration: &Configuration) -> String {
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let shown = Shown {
        listen: settings.listen.to_string(),
        demo: settings.demo,
        compat: settings.compat,
        app_id: configuration.credentials.app_id().to_string(),
        app_certificate: SECRET,
        app_certificate_file: path(&settings.app_certificate_file),
        app_certificate_secondary: configuration.credentials.has_secondary().then_some(SECRET),
        app_certificate_secondary_file: path(&settings.app_certificate_secondary_file),
        sign_with: settings.sign_with,
        lifetime: settings.lifetime,
        max_lifetime: settings.max_lifetime,
        limit_per_address: settings.limit_per_address,
        limit_per_caller: settings.limit_per_caller,
        max_connections: settings.max_connections,
        header_timeout: settings.header_timeout,
        request_timeout: settings.request_timeout,
        shutdown_timeout: settings.shutdown_timeout,
        drain_delay: settings.drain_delay,
        allowed_origins: &settings.allowed_origins,
        trusted_proxies: settings.trusted_proxies.iter().map(ToString::to_string).collect(),
        tls_certificate: settings.tls.as_ref().map(|tls| tls.certificate.display().to_string()),
        tls_key: settings.tls.as_ref().map(|tls| tls.key.display().to_string()),
        log_format: settings.log_format,
        log_level: settings.log_level,
        reload_interval: settings.reload_interval,
        anonymous: settings.anonymous.as_deref(),
        policies: &settings.policies,
        api_keys: settings
            .api_keys
            .iter()
            .map(|key| Key { name: &key.name, sha256: SECRET, policy: &key.policy })
            .collect(),
        jwt_issuers: &settings.jwt_issuers,
    };
    // Plain data with its tables last has no error to give.
    toml::to_string(&shown).unwrap_or_default()
}

#[derive(Serialize)]
struct Shown<'a> {
    listen: String,
    demo: bool,
    compat: bool,
    app_id: String,
    app_certificate: &'static str,
    app_certificate_file: Option<String>,
    app_certificate_secondary: Option<&'static str>,
    app_certificate_secondary_file: Option<String>,
    sign_with: SignWith,
    lifetime: Seconds,
    max_lifetime: Seconds,
    limit_per_address: u32,
    limit_per_caller: u32,
    max_connections: u32,
    header_timeout: Seconds,
    request_timeout: Seconds,
    shutdown_timeout: Seconds,
    drain_delay: Seconds,
    allowed_origins: &'a [String],
    trusted_proxies: Vec<String>,
    tls_certificate: Option<String>,
    tls_key: Option<String>,
    log_format: Option<LogFormat>,
    log_level: LogLevel,
    reload_interval: Seconds,
    anonymous: Option<&'a str>,
    policies: &'a BTreeMap<String, PolicySettings>,
    api_keys: Vec<Key<'a>>,
    jwt_issuers: &'a [IssuerSettings],
}

/// A hash is no key, but nobody needs to see it either.
#[derive(Serialize)]
struct Key<'a> {
    name: &'a str,
    sha256: &'static str,
    policy: &'a str,
}
