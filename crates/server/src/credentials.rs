//! Whom the server mints for, and what it signs with.

use std::path::Path;

use agora_token::{AppCertificate, AppId, Credentials, Issuer};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::settings::{Settings, SignWith};
use crate::small_file;

const APP_CERTIFICATE: &str = "AGORA_APP_CERTIFICATE";
const APP_CERTIFICATE_SECONDARY: &str = "AGORA_APP_CERTIFICATE_SECONDARY";

/// A project and its certificates.
#[derive(Clone)]
pub(crate) struct ProjectCredentials {
    pub(crate) issuer: Issuer,
    /// The certificates that may have signed a token, as texts, for the doctor.
    certificates: Vec<Zeroizing<String>>,
    /// Whether nothing was given and these were made up.
    pub(crate) made_up: bool,
}

impl ProjectCredentials {
    /// From files and the environment. A demo that is given nothing keeps what `before` it made up.
    pub(crate) fn load(settings: &Settings, before: Option<&ProjectCredentials>) -> Result<ProjectCredentials, Error> {
        let primary =
            certificate_text(settings.app_certificate_file.as_deref(), "app_certificate_file", APP_CERTIFICATE)?;
        let secondary = certificate_text(
            settings.app_certificate_secondary_file.as_deref(),
            "app_certificate_secondary_file",
            APP_CERTIFICATE_SECONDARY,
        )?;
        let nothing_given = settings.app_id.is_none() && primary.is_none() && secondary.is_none();
        if settings.demo && nothing_given {
            return match before {
                Some(before) if before.made_up => Ok(before.clone()),
                _ => ProjectCredentials::make_up(),
            };
        }
        let app_id = settings.app_id.as_deref().ok_or_else(|| {
            Error::setting("app_id", "no App ID is given: set AGORA_APP_ID, or app_id in the settings file")
        })?;
        let app_id = AppId::new(app_id).map_err(|error| Error::setting("app_id", error.reason()))?;
        let (field, variable, signing) = match settings.sign_with {
            SignWith::Primary => ("app_certificate_file", APP_CERTIFICATE, &primary),
            SignWith::Secondary => ("app_certificate_secondary_file", APP_CERTIFICATE_SECONDARY, &secondary),
        };
        let Some(signing) = signing else {
            let reason = format!("no App Certificate is given: name its file, or set {variable} in the environment");
            return Err(Error::setting(field, reason));
        };
        let certificates: Vec<_> = [primary.clone(), secondary.clone()].into_iter().flatten().collect();
        for text in &certificates {
            check(text)?;
        }
        let issuer = Issuer::new(Credentials { app_id, app_certificate: check(signing)? });
        Ok(ProjectCredentials { issuer, certificates, made_up: false })
    }

    fn make_up() -> Result<ProjectCredentials, Error> {
        let app_id = Zeroizing::new(random_hex::<16>()?);
        let certificate = Zeroizing::new(random_hex::<16>()?);
        let credentials =
            Credentials::new(&app_id, &certificate).map_err(|error| Error::setting("app_id", error.reason()))?;
        Ok(ProjectCredentials { issuer: Issuer::new(credentials), certificates: vec![certificate], made_up: true })
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

fn check(text: &str) -> Result<AppCertificate, Error> {
    AppCertificate::new(text).map_err(|error| Error::setting("app_certificate", error.reason()))
}

/// The file's, else that of the environment.
fn certificate_text(file: Option<&Path>, setting: &str, variable: &str) -> Result<Option<Zeroizing<String>>, Error> {
    if let Some(file) = file {
        return small_file::read_line(file, setting).map(Some);
    }
    match std::env::var(variable) {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Error::setting(variable, "it is not text")),
    }
}

/// That many random bytes, as twice as many hexadecimal digits.
pub(crate) fn random_hex<const BYTES: usize>() -> Result<String, Error> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    getrandom::fill(bytes.as_mut_slice())
        .map_err(|_| Error::setting("", "the operating system's random source failed"))?;
    Ok(hex(bytes.as_slice()))
}

/// Two lower-case digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String has no error to give.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
