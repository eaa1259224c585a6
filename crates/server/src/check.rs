//! The effective settings as `serve --check` prints them: a settings file without its secrets.

use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::configuration::Configuration;
use crate::error::Error;
use crate::settings::{NOT_SHOWN, ServeArgs, Settings};
use crate::traces::Traces;

#[skip_serializing_none]
#[derive(Serialize)]
struct Shown {
    app_certificate: Option<&'static str>,
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
