//! The effective settings: flag before environment before settings file before default.

use agora_token::DAY;

use super::duration::Seconds;
use super::file;
use super::table::{ServeArgs, Settings};
use super::values::{FilePath, Listen};
use crate::error::Error;

impl Settings {
    pub(crate) fn load(args: &ServeArgs) -> Result<Settings, Error> {
        let file = args.config.as_deref().map_or_else(|| Ok(ServeArgs::default()), file::read)?;
        let settings = Settings::merge(args.clone(), file);
        settings.validate()?;
        Ok(settings)
    }

    #[cfg(test)]
    pub(crate) fn of_file(text: &str) -> Result<Settings, Error> {
        Ok(Settings::merge(ServeArgs::default(), file::parse(text.as_bytes())?))
    }

    pub(crate) fn knows_callers(&self) -> bool {
        !self.api_keys.is_empty() || !self.jwt_issuers.is_empty()
    }

    /// Whether there is a project beside those of `[projects]`.
    pub(crate) fn has_own_project(&self) -> bool {
        self.app_id.is_some() || self.projects.is_empty()
    }

    /// Whether callers who present nothing may have everything, because nothing says what they may have.
    pub(crate) fn is_open(&self) -> bool {
        self.anonymous.is_none() && (self.demo || !self.knows_callers())
    }

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
        let (has_certificate, has_key) = (self.tls_certificate.is_some(), self.tls_key.is_some());
        let is_public = !self.listen.is_local();
        let is_beyond = |lifetime: Seconds, longest: u32| lifetime.0 == 0 || lifetime.0 > longest;
        let expected = |longest: u32| format!("1 to {longest} seconds expected");
        let at_least_a_second = "at least a second expected";
        Error::of_rules(&[
            (has_certificate && !has_key, "tls_key", "a certificate for TLS needs its key"),
            (has_key && !has_certificate, "tls_certificate", "a key for TLS needs its certificate"),
            (self.listen == Listen::Nowhere, "listen", "none is for admin_listen"),
            (is_public && self.demo, "listen", "a demo listens on loopback only, as 127.0.0.1"),
            (
                is_public && self.anonymous.is_some(),
                "anonymous",
                "callers who present nothing are served on loopback only",
            ),
            (
                is_public && !self.knows_callers(),
                "listen",
                "without api_keys or jwt_issuers anybody could have tokens: it listens on loopback only, as 127.0.0.1",
            ),
            (is_beyond(self.max_lifetime, DAY), "max_lifetime", &expected(DAY)),
            (is_beyond(self.lifetime, self.max_lifetime.0), "lifetime", &expected(self.max_lifetime.0)),
            (self.header_timeout.0 == 0, "header_timeout", at_least_a_second),
            (self.idle_timeout.0 == 0, "idle_timeout", at_least_a_second),
            (self.request_timeout.0 == 0, "request_timeout", at_least_a_second),
            (self.max_connections == 0, "max_connections", "at least 1 expected"),
            (
                !self.allowed_origins.iter().all(|origin| is_origin(origin)),
                "allowed_origins",
                "an origin as https://app.example.com, or * for all, expected; * stands in no other way",
            ),
        ])
    }
}

/// As browsers send it, or `*` for all.
fn is_origin(text: &str) -> bool {
    let has_scheme = text.contains("://") && !text.ends_with('/') && !text.contains('*');
    ["*", "null"].contains(&text) || has_scheme && text.bytes().all(|byte| byte.is_ascii_graphic())
}
