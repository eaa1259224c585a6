//! The effective settings: flag before environment before settings file before default.

use agora_token::DAY;

use super::file;
use super::table::{ServeArgs, Settings};
use super::values::{FilePath, Listen};
use crate::error::Error;

impl Settings {
    /// What flags, environment and file say together.
    pub(crate) fn load(args: &ServeArgs) -> Result<Settings, Error> {
        let file = args.config.as_deref().map_or_else(|| Ok(ServeArgs::default()), file::read)?;
        let settings = Settings::merge(args.clone(), file);
        settings.validate()?;
        Ok(settings)
    }

    /// What a settings file says alone.
    #[cfg(test)]
    pub(crate) fn of_file(text: &str) -> Result<Settings, Error> {
        Ok(Settings::merge(ServeArgs::default(), file::parse(text.as_bytes())?))
    }

    /// Whether callers can be told apart.
    pub(crate) fn knows_callers(&self) -> bool {
        !self.api_keys.is_empty() || !self.jwt_issuers.is_empty()
    }

    /// Whether callers who present nothing may have everything, because nothing says what they may have.
    pub(crate) fn is_open(&self) -> bool {
        self.anonymous.is_none() && (self.demo || !self.knows_callers())
    }

    /// Whether callers who present nothing are served.
    pub(crate) fn serves_anybody(&self) -> bool {
        self.anonymous.is_some() || self.is_open()
    }

    /// The files that these settings name, whose change is a change of settings.
    pub(crate) fn files(&self) -> impl Iterator<Item = &FilePath> {
        let certificates = [&self.app_certificate_file, &self.app_certificate_secondary_file];
        let own = certificates.into_iter().chain([&self.tls_certificate, &self.tls_key, &self.denylist_file]);
        let of_issuers =
            self.jwt_issuers.iter().flat_map(|issuer| [&issuer.key_file, &issuer.jwks_file, &issuer.ca_file]);
        let of_projects = self.projects.values().flat_map(|project| {
            std::iter::once(&project.app_certificate_file).chain(&project.app_certificate_secondary_file)
        });
        own.chain(of_issuers).flatten().chain(of_projects)
    }

    fn validate(&self) -> Result<(), Error> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(_), None) => return Err(Error::setting("tls_key", "a certificate for TLS needs its key")),
            (None, Some(_)) => return Err(Error::setting("tls_certificate", "a key for TLS needs its certificate")),
            _ => {}
        }
        if self.listen == Listen::Nowhere {
            return Err(Error::setting("listen", "none is for admin_listen"));
        }
        if !self.listen.is_local() {
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
        for (field, seconds) in [
            ("header_timeout", self.header_timeout),
            ("idle_timeout", self.idle_timeout),
            ("request_timeout", self.request_timeout),
        ] {
            if seconds.0 == 0 {
                return Err(Error::setting(field, "at least a second expected"));
            }
        }
        if self.max_connections == 0 {
            return Err(Error::setting("max_connections", "at least 1 expected"));
        }
        for origin in &self.allowed_origins {
            let is_origin =
                origin == "null" || origin.contains("://") && !origin.ends_with('/') && !origin.contains('*');
            if origin != "*" && !(is_origin && origin.bytes().all(|byte| byte.is_ascii_graphic())) {
                return Err(Error::setting(
                    "allowed_origins",
                    "an origin as https://app.example.com, or * for all, expected; * stands in no other way",
                ));
            }
        }
        Ok(())
    }
}
