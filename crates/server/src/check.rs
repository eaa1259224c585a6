//! The effective settings as `serve --check` prints them: a settings file without its secrets.

use serde::Serialize;

use crate::configuration::Configuration;
use crate::error::Error;
use crate::settings::{NOT_SHOWN, ServeArgs, Settings};
use crate::traces::Traces;

#[derive(Serialize)]
struct Shown {
    #[serde(skip_serializing_if = "Option::is_none")]
    app_certificate: Option<&'static str>,
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
    let Configuration { projects, .. } = Configuration::load(&settings, None)?;
    Traces::start()?;
    let own = projects.own.as_ref();
    let [primary, secondary] = own.map_or([false; 2], |own| own.given).map(|given| given.then_some(NOT_SHOWN));
    let shown = Shown {
        app_certificate: primary,
        app_certificate_secondary: secondary,
        // A demo may have generated one.
        settings: Settings { app_id: own.map(|own| own.app_id().to_string()), ..settings },
    };
    toml::to_string(&shown).map_err(|_| Error::setting("", "a setting cannot be shown: it is no UTF-8"))
}
