//! The settings with all that is loaded for them. A reload replaces it as a whole.

use std::sync::Arc;

use tokio_rustls::TlsAcceptor;

use crate::callers::Callers;
use crate::credentials::ProjectCredentials;
use crate::error::Error;
use crate::limits::Limits;
use crate::settings::Settings;
use crate::tls;

pub(crate) struct Configuration {
    pub(crate) settings: Settings,
    pub(crate) credentials: ProjectCredentials,
    pub(crate) callers: Callers,
    pub(crate) limits: Arc<Limits>,
    pub(crate) tls: Option<TlsAcceptor>,
}

impl Configuration {
    /// Reads every file that the settings name. Rate limits that stay go on counting from `before`.
    pub(crate) fn load(settings: &Settings, before: Option<&Configuration>) -> Result<Configuration, Error> {
        let credentials = ProjectCredentials::load(settings, before.map(|configuration| &configuration.credentials))?;
        let limits = match before {
            Some(before) if before.limits.are_of(settings) => before.limits.clone(),
            _ => Arc::new(Limits::new(settings)),
        };
        Ok(Configuration {
            credentials,
            callers: Callers::load(settings)?,
            limits,
            tls: settings.tls.as_ref().map(tls::acceptor).transpose()?,
            settings: settings.clone(),
        })
    }
}
