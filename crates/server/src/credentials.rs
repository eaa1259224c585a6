//! Whom the server mints for, and what it signs with.

use std::path::Path;

use agora_token::{AppCertificate, AppId, Credentials, Issuer, without_newline};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::random::random_hex;
use crate::settings::{Settings, SignWith};
use crate::small_file;

/// The setting of a certificate's file, and the variable of its text.
const PRIMARY: [&str; 2] = ["app_certificate_file", "AGORA_APP_CERTIFICATE"];
const SECONDARY: [&str; 2] = ["app_certificate_secondary_file", "AGORA_APP_CERTIFICATE_SECONDARY"];

/// A project and its certificates.
#[derive(Clone)]
pub(crate) struct ProjectCredentials {
    pub(crate) issuer: Issuer,
    /// The certificates that may have signed a token, as texts, for the doctor.
    certificates: Vec<Zeroizing<String>>,
    /// Whether they were generated for a demo.
    pub(crate) generated: bool,
}

impl ProjectCredentials {
    /// From files and the environment. A demo that is given nothing generates them, once.
    pub(crate) fn load(settings: &Settings, before: Option<&ProjectCredentials>) -> Result<ProjectCredentials, Error> {
        let primary = certificate(settings.app_certificate_file.as_deref(), PRIMARY)?;
        let secondary = certificate(settings.app_certificate_secondary_file.as_deref(), SECONDARY)?;
        let nothing_given = settings.app_id.is_none() && primary.is_none() && secondary.is_none();
        if settings.demo && nothing_given {
            return match before {
                Some(before) if before.generated => Ok(before.clone()),
                _ => ProjectCredentials::generate(),
            };
        }
        let app_id = settings.app_id.as_deref().ok_or_else(|| {
            Error::setting("app_id", "no App ID is given: set AGORA_APP_ID, or app_id in the settings file")
        })?;
        let app_id = AppId::new(app_id).map_err(|error| Error::of_library("app_id", &error))?;
        let ([field, variable], signing) = match settings.sign_with {
            SignWith::Primary => (PRIMARY, &primary),
            SignWith::Secondary => (SECONDARY, &secondary),
        };
        let Some(signing) = signing else {
            let reason = format!("no App Certificate is given: name its file, or set {variable} in the environment");
            return Err(Error::setting(field, reason));
        };
        let credentials = Credentials::of(app_id, signing.certificate.clone())
            .map_err(|error| Error::setting(field, error.reason()))?;
        let issuer = Issuer::new(credentials);
        let certificates = [primary, secondary].into_iter().flatten().map(|given| given.text).collect();
        Ok(ProjectCredentials { issuer, certificates, generated: false })
    }

    fn generate() -> Result<ProjectCredentials, Error> {
        let app_id = Zeroizing::new(random_hex::<16>()?);
        let certificate = Zeroizing::new(random_hex::<16>()?);
        let credentials =
            Credentials::new(&app_id, &certificate).map_err(|error| Error::of_library(error.field(), &error))?;
        Ok(ProjectCredentials { issuer: Issuer::new(credentials), certificates: vec![certificate], generated: true })
    }

    pub(crate) fn app_id(&self) -> AppId {
        self.issuer.credentials().app_id
    }

    pub(crate) fn certificates(&self) -> Vec<&str> {
        self.certificates.iter().map(|text| text.as_str()).collect()
    }

    pub(crate) fn has_secondary(&self) -> bool {
        self.certificates.len() > 1
    }
}

/// A certificate, and its text for the doctor.
struct Given {
    certificate: AppCertificate,
    text: Zeroizing<String>,
}

/// The file's, else that of the environment.
fn certificate(file: Option<&Path>, [setting, variable]: [&str; 2]) -> Result<Option<Given>, Error> {
    let (name, certificate, text) = if let Some(file) = file {
        let content = small_file::read(file, setting)?;
        let text = Zeroizing::new(String::from_utf8_lossy(without_newline(&content)).into_owned());
        (setting, AppCertificate::from_file_content(&content), text)
    } else if let Some(value) = std::env::var_os(variable) {
        let text = Zeroizing::new(value.to_string_lossy().into_owned());
        (variable, AppCertificate::new(&text), text)
    } else {
        return Ok(None);
    };
    let certificate = certificate.map_err(|error| Error::of_library(name, &error))?;
    Ok(Some(Given { certificate, text }))
}
