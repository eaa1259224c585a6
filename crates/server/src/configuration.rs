//! The settings with all that is loaded for them. A reload replaces it as a whole.

use std::sync::Arc;

use ipnet::IpNet;

use crate::callers::Callers;
use crate::credentials::Projects;
use crate::error::Error;
use crate::limits::Limits;
use crate::settings::{Settings, network};
use crate::tls::Tls;

pub(crate) struct Configuration {
    pub(crate) settings: Settings,
    pub(crate) projects: Projects,
    pub(crate) callers: Callers,
    pub(crate) limits: Arc<Limits>,
    pub(crate) tls: Option<Tls>,
    pub(crate) trusted_proxies: Vec<IpNet>,
}

impl Configuration {
    /// Reads every file that the settings name. Rate limits that stay go on counting from `before`, and keys of providers
    /// stay fetched.
    pub(crate) fn load(settings: &Settings, before: Option<&Configuration>) -> Result<Configuration, Error> {
        let projects = Projects::load(settings, before.map(|configuration| &configuration.projects))?;
        let limits = match before {
            Some(before) if before.limits.are_of(settings) => before.limits.clone(),
            _ => Arc::new(Limits::new(settings)),
        };
        let trusted_proxies = settings.trusted_proxies.iter().map(|text| network(text)).collect::<Result<_, _>>();
        let trusted_proxies = trusted_proxies.map_err(|reason| Error::setting("trusted_proxies", reason))?;
        Ok(Configuration {
            projects,
            callers: Callers::load(settings, before.map(|configuration| &configuration.callers))?,
            limits,
            tls: Tls::load(settings)?,
            trusted_proxies,
            settings: settings.clone(),
        })
    }
}
