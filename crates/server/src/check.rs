//! The effective settings as `serve --check` prints them: a settings file without its secrets.

use serde::Serialize;

use crate::configuration::Configuration;
use crate::error::Error;
use crate::settings::{NOT_SHOWN, ServeArgs, Settings};

#[derive(Serialize)]
struct Shown {
    app_certificate: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_certificate_secondary: Option<&'static str>,
    #[serde(flatten)]
    settings: Settings,
}

/// The effective settings as TOML, secrets hidden, if a server could start with them.
///
/// # Errors
/// Whatever keeps it from starting.
pub fn check(args: &ServeArgs) -> Result<String, Error> {
    let settings = Settings::load(args)?;
    let Configuration { credentials, .. } = Configuration::load(&settings, None)?;
    let shown = Shown {
        app_certificate: NOT_SHOWN,
        app_certificate_secondary: credentials.has_secondary().then_some(NOT_SHOWN),
        // A demo may have generated one.
        settings: Settings { app_id: Some(credentials.app_id().to_string()), ..settings },
    };
    toml::to_string(&shown).map_err(|_| Error::setting("", "a setting cannot be shown: it is no UTF-8"))
}
