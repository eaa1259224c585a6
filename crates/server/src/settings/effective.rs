//! The effective settings: flag before environment before settings file before default.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use agora_token::DAY;
use ipnet::IpNet;
use serde::Serialize;

use super::args::ServeArgs;
use super::callers::{IssuerSettings, KeySettings};
use super::duration::Seconds;
use super::file::File;
use super::policy::PolicySettings;
use super::values::{LogFormat, LogLevel, SignWith, TlsFiles, network};
use crate::error::Error;
use crate::small_file;

/// Where a server listens that is told nothing, as in Agora's guide.
const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8082);

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Settings {
    pub(crate) listen: SocketAddr,
    pub(crate) demo: bool,
    pub(crate) compat: bool,
    pub(crate) app_id: Option<String>,
    pub(crate) app_certificate_file: Option<PathBuf>,
    pub(crate) app_certificate_secondary_file: Option<PathBuf>,
    pub(crate) sign_with: SignWith,
    pub(crate) lifetime: Seconds,
    pub(crate) max_lifetime: Seconds,
    pub(crate) limit_per_address: u32,
    pub(crate) limit_per_caller: u32,
    pub(crate) max_connections: u32,
    pub(crate) header_timeout: Seconds,
    pub(crate) request_timeout: Seconds,
    pub(crate) shutdown_timeout: Seconds,
    pub(crate) drain_delay: Seconds,
    pub(crate) allowed_origins: Vec<String>,
    pub(crate) trusted_proxies: Vec<IpNet>,
    #[serde(flatten)]
    pub(crate) tls: Option<TlsFiles>,
    pub(crate) log_format: Option<LogFormat>,
    pub(crate) log_level: LogLevel,
    pub(crate) reload_interval: Seconds,
    pub(crate) anonymous: Option<String>,
    pub(crate) policies: BTreeMap<String, PolicySettings>,
    pub(crate) api_keys: Vec<KeySettings>,
    pub(crate) jwt_issuers: Vec<IssuerSettings>,
}

impl Settings {
    /// What flags, environment and file say together.
    pub(crate) fn load(args: &ServeArgs) -> Result<Settings, Error> {
        let file = match &args.config {
            Some(path) => File::parse(&small_file::read(path, "config")?)?,
            None => File::default(),
        };
        let settings = merge(args.clone(), file)?;
        settings.validate()?;
        Ok(settings)
    }

    /// What a settings file says alone.
    #[cfg(test)]
    pub(crate) fn of_file(text: &str) -> Result<Settings, Error> {
        merge(ServeArgs::default(), File::parse(text.as_bytes())?)
    }

    /// Whether callers can be told apart.
    pub(crate) fn knows_callers(&self) -> bool {
        !self.api_keys.is_empty() || !self.jwt_issuers.is_empty()
    }

    /// Whether callers who present nothing may have everything, because nothing says what they may have.
    pub(crate) fn is_open(&self) -> bool {
        self.anonymous.is_none() && (self.demo || !self.knows_callers())
    }

    /// The files that these settings name, whose change is a change of settings.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let credentials = [&self.app_certificate_file, &self.app_certificate_secondary_file];
        let tls = self.tls.iter().flat_map(|tls| [&tls.certificate, &tls.key]);
        let issuers = self.jwt_issuers.iter().filter_map(IssuerSettings::file);
        credentials.into_iter().flatten().chain(tls).chain(issuers).cloned().collect()
    }

    fn validate(&self) -> Result<(), Error> {
        if !self.listen.ip().to_canonical().is_loopback() {
            if self.demo {
                return Err(Error::setting("listen", "a demo listens on loopback only, as 127.0.0.1"));
            }
            if self.anonymous.is_some() {
                return Err(Error::setting("anonymous", "callers who present nothing are served on loopback only"));
            }
            if !self.knows_callers() {
                return Err(Error::setting(
                    "listen",
                    "without api_keys or jwt_issuers anybody could have tokens: it listens on loopback only, as 127.0.0.1",
                ));
            }
        }
        for (field, lifetime, longest) in
            [("max_lifetime", self.max_lifetime, DAY), ("lifetime", self.lifetime, self.max_lifetime.0)]
        {
            if lifetime.0 == 0 || lifetime.0 > longest {
                return Err(Error::setting(field, format!("1 to {longest} seconds expected")));
            }
        }
        for (field, seconds) in [("header_timeout", self.header_timeout), ("request_timeout", self.request_timeout)] {
            if seconds.0 == 0 {
                return Err(Error::setting(field, "at least a second expected"));
            }
        }
        if self.max_connections == 0 {
            return Err(Error::setting("max_connections", "at least 1 expected"));
        }
        for origin in &self.allowed_origins {
            let is_origin = origin == "*" || origin == "null" || origin.contains("://") && !origin.ends_with('/');
            if !is_origin || !origin.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(Error::setting("allowed_origins", "an origin as https://app.example.com, or *, expected"));
            }
        }
        Ok(())
    }
}

fn merge(args: ServeArgs, file: File) -> Result<Settings, Error> {
    let proxies = file.trusted_proxies.unwrap_or_default();
    let proxies = proxies.iter().map(|text| network(text)).collect::<Result<Vec<_>, _>>();
    let proxies = proxies.map_err(|reason| Error::setting("trusted_proxies", reason))?;
    let tls = match (args.tls_certificate.or(file.tls_certificate), args.tls_key.or(file.tls_key)) {
        (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
        (None, None) => None,
        (Some(_), None) => return Err(Error::setting("tls_key", "a certificate for TLS needs its key")),
        (None, Some(_)) => return Err(Error::setting("tls_certificate", "a key for TLS needs its certificate")),
    };
    let demo = args.demo.or(file.demo).unwrap_or(false);
    let knows_callers = !file.api_keys.is_empty() || !file.jwt_issuers.is_empty();
    // Where nobody has to present anything, any page that a person opens could fetch tokens.
    let origins = if demo || knows_callers { vec!["*".to_owned()] } else { Vec::new() };
    // All clients of a demo share the loopback address.
    let (per_address, per_caller) = if demo { (0, 0) } else { (50, 500) };
    let max_lifetime = args.max_lifetime.or(file.max_lifetime).unwrap_or(Seconds(DAY));
    Ok(Settings {
        listen: args.listen.or(file.listen).unwrap_or(DEFAULT_LISTEN),
        demo,
        compat: args.compat.or(file.compat).unwrap_or(false),
        app_id: args.app_id.or(file.app_id),
        app_certificate_file: args.app_certificate_file.or(file.app_certificate_file),
        app_certificate_secondary_file: args.app_certificate_secondary_file.or(file.app_certificate_secondary_file),
        sign_with: args.sign_with.or(file.sign_with).unwrap_or(SignWith::Primary),
        lifetime: args.lifetime.or(file.lifetime).unwrap_or(Seconds(max_lifetime.0.min(3600))),
        max_lifetime,
        limit_per_address: args.limit_per_address.or(file.limit_per_address).unwrap_or(per_address),
        limit_per_caller: args.limit_per_caller.or(file.limit_per_caller).unwrap_or(per_caller),
        max_connections: args.max_connections.or(file.max_connections).unwrap_or(1000),
        header_timeout: args.header_timeout.or(file.header_timeout).unwrap_or(Seconds(10)),
        request_timeout: args.request_timeout.or(file.request_timeout).unwrap_or(Seconds(10)),
        shutdown_timeout: args.shutdown_timeout.or(file.shutdown_timeout).unwrap_or(Seconds(30)),
        drain_delay: args.drain_delay.or(file.drain_delay).unwrap_or(Seconds(0)),
        allowed_origins: args.allowed_origin.or(file.allowed_origins).unwrap_or(origins),
        trusted_proxies: args.trusted_proxy.unwrap_or(proxies),
        tls,
        log_format: args.log_format.or(file.log_format),
        log_level: args.log_level.or(file.log_level).unwrap_or(LogLevel::Info),
        reload_interval: args.reload_interval.or(file.reload_interval).unwrap_or(Seconds(2)),
        anonymous: file.anonymous,
        policies: file.policies,
        api_keys: file.api_keys,
        jwt_issuers: file.jwt_issuers,
    })
}
