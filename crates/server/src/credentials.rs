//! The projects that the server mints for, and what it signs with.

use std::collections::BTreeMap;

use agora_token::{AppCertificate, AppId, Credentials, Issuer, without_newline};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::policy::Policy;
use crate::problem::{Code, Problem};
use crate::random::random_hex;
use crate::settings::{FilePath, Settings, SignWith};
use crate::small_file;

/// The setting of a certificate's file, and the variable of its text.
const PRIMARY: [&str; 2] = ["app_certificate_file", "AGORA_APP_CERTIFICATE"];
const SECONDARY: [&str; 2] = ["app_certificate_secondary_file", "AGORA_APP_CERTIFICATE_SECONDARY"];

/// Every project: the one of `app_id`, and those of `[projects]`.
pub(crate) struct Projects {
    pub(crate) own: Option<Project>,
    named: BTreeMap<String, Project>,
}

impl Projects {
    pub(crate) fn load(settings: &Settings, before: Option<&Projects>) -> Result<Projects, Error> {
        let own =
            settings.has_own_project().then(|| Project::load(settings, before.and_then(|before| before.own.as_ref())));
        let named = settings.projects.iter().map(|(name, project)| {
            let prefix = format!("projects.{name}.");
            let read = |file: &FilePath, [part, _]: [&str; 2]| of_file(file, &format!("{prefix}{part}"));
            let primary = read(&project.app_certificate_file, PRIMARY)?;
            let secondary =
                project.app_certificate_secondary_file.as_ref().map(|file| read(file, SECONDARY)).transpose()?;
            let given = [Some(primary), secondary];
            Ok((name.clone(), Project::of(&project.app_id, project.sign_with, given, &prefix)?))
        });
        Ok(Projects { own: own.transpose()?, named: named.collect::<Result<_, Error>>()? })
    }

    /// Those that callers under the policy may have, the one first that they get unless they ask for another.
    pub(crate) fn of_policy<'p>(&'p self, policy: &'p Policy) -> impl Iterator<Item = &'p Project> + Clone {
        let names = &policy.settings.projects;
        names.iter().filter_map(|name| self.named.get(name)).chain(self.own.as_ref().filter(|_| names.is_empty()))
    }

    /// The project of this name, or the first, of those that the policy allows.
    pub(crate) fn pick<'p>(&'p self, policy: &'p Policy, name: Option<&str>) -> Result<&'p Project, Problem> {
        let found = match name {
            Some(name) => {
                policy.settings.projects.iter().find(|allowed| *allowed == name).and_then(|name| self.named.get(name))
            }
            None => self.of_policy(policy).next(),
        };
        found.ok_or_else(|| Code::ForbiddenProject.into())
    }
}

#[derive(Clone)]
pub(crate) struct Project {
    pub(crate) issuer: Issuer,
    /// The certificates that may have signed a token, as texts, for the doctor.
    certificates: Vec<Zeroizing<String>>,
    /// Which of the two certificates were given.
    pub(crate) given: [bool; 2],
    /// Whether they were generated for a demo.
    pub(crate) generated: bool,
}

impl Project {
    /// From files and the environment. A demo that is given nothing generates them, once.
    fn load(settings: &Settings, before: Option<&Project>) -> Result<Project, Error> {
        let primary = of_file_or_environment(settings.app_certificate_file.as_ref(), PRIMARY)?;
        let secondary = of_file_or_environment(settings.app_certificate_secondary_file.as_ref(), SECONDARY)?;
        let nothing_given = settings.app_id.is_none() && primary.is_none() && secondary.is_none();
        if settings.demo && nothing_given {
            return match before {
                Some(before) if before.generated => Ok(before.clone()),
                _ => Project::generate(),
            };
        }
        let app_id = settings.app_id.as_deref().ok_or_else(|| {
            Error::setting("app_id", "no App ID is given: set AGORA_APP_ID, or app_id in the settings file")
        })?;
        Project::of(app_id, settings.sign_with, [primary, secondary], "")
    }

    /// `prefix` is what stands before the names of their settings.
    fn of(app_id: &str, sign_with: SignWith, given: [Option<Given>; 2], prefix: &str) -> Result<Project, Error> {
        let field = |part: &str| format!("{prefix}{part}");
        let app_id = AppId::new(app_id).map_err(|error| Error::of_library(&field("app_id"), &error))?;
        let [primary, secondary] = &given;
        let ([part, variable], signing) = match sign_with {
            SignWith::Primary => (PRIMARY, primary),
            SignWith::Secondary => (SECONDARY, secondary),
        };
        let Some(signing) = signing else {
            let reason = format!("no App Certificate is given: name its file, or set {variable} in the environment");
            return Err(Error::setting(field(part), reason));
        };
        let credentials = Credentials::of(app_id, signing.certificate.clone())
            .map_err(|error| Error::setting(field(part), error.reason()))?;
        Ok(Project {
            issuer: Issuer::new(credentials),
            given: given.each_ref().map(Option::is_some),
            certificates: given.into_iter().flatten().map(|given| given.text).collect(),
            generated: false,
        })
    }

    fn generate() -> Result<Project, Error> {
        let app_id = Zeroizing::new(random_hex::<16>()?);
        let certificate = Zeroizing::new(random_hex::<16>()?);
        let credentials =
            Credentials::new(&app_id, &certificate).map_err(|error| Error::of_library(error.field(), &error))?;
        let (issuer, certificates) = (Issuer::new(credentials), vec![certificate]);
        Ok(Project { issuer, certificates, given: [true, false], generated: true })
    }

    pub(crate) fn app_id(&self) -> AppId {
        self.issuer.credentials().app_id
    }

    pub(crate) fn certificates(&self) -> impl Iterator<Item = &str> {
        self.certificates.iter().map(|text| text.as_str())
    }
}

/// A certificate, and its text for the doctor.
struct Given {
    certificate: AppCertificate,
    text: Zeroizing<String>,
}

fn of_file(file: &FilePath, field: &str) -> Result<Given, Error> {
    let content = small_file::read(file, field)?;
    let text = Zeroizing::new(String::from_utf8_lossy(without_newline(&content)).into_owned());
    let certificate = AppCertificate::from_file_content(&content).map_err(|error| Error::of_library(field, &error))?;
    Ok(Given { certificate, text })
}

/// The file's, else that of the environment.
fn of_file_or_environment(file: Option<&FilePath>, [setting, variable]: [&str; 2]) -> Result<Option<Given>, Error> {
    if let Some(file) = file {
        return of_file(file, setting).map(Some);
    }
    let Some(value) = std::env::var_os(variable) else {
        return Ok(None);
    };
    let text = Zeroizing::new(value.to_string_lossy().into_owned());
    let certificate = AppCertificate::new(&text).map_err(|error| Error::of_library(variable, &error))?;
    Ok(Some(Given { certificate, text }))
}
