//! App ID and App Certificate, from options, files or the environment.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use agora_token::{AppCertificate, AppId, Credentials, Error, ErrorCode, MAX_CREDENTIAL_FILE_SIZE, without_newline};
use clap::Args;

use crate::failure::Failure;
use crate::output;

const APP_ID: &str = "AGORA_APP_ID";
const APP_CERTIFICATE: &str = "AGORA_APP_CERTIFICATE";
const APP_CERTIFICATE_SECONDARY: &str = "AGORA_APP_CERTIFICATE_SECONDARY";

#[derive(Args)]
#[command(next_help_heading = "Credentials")]
pub(crate) struct CredentialArgs {
    /// App ID [default: AGORA_APP_ID of the environment]
    #[arg(long, global = true, value_name = "ID", conflicts_with = "app_id_file")]
    app_id: Option<String>,
    /// File that holds the App ID; one newline at its end is ignored
    #[arg(long, global = true, value_name = "FILE")]
    app_id_file: Option<PathBuf>,
    /// App Certificate; shows in the process list, so better in the environment or a file
    #[arg(
        long,
        global = true,
        value_name = "CERTIFICATE",
        alias = "certificate",
        conflicts_with = "app_certificate_file"
    )]
    app_certificate: Vec<String>,
    /// File that holds the App Certificate [default: AGORA_APP_CERTIFICATE of the environment]
    ///
    /// One newline at its end is ignored, but for doctor, which judges the file as it is. For verify and doctor both options
    /// may be given more than once: any of the certificates will do.
    #[arg(long, global = true, value_name = "FILE")]
    app_certificate_file: Vec<PathBuf>,
}

/// A certificate and where it was found.
pub(crate) struct Found {
    pub(crate) certificate: AppCertificate,
    pub(crate) source: String,
}

impl CredentialArgs {
    /// What a token is signed with.
    pub(crate) fn for_signing(&self) -> Result<Credentials, Failure> {
        if self.app_certificate_file.len().max(self.app_certificate.len()) > 1 {
            return Err(Failure::usage("the App Certificate is given more than once; one certificate signs a token"));
        }
        let app_id = self.app_id()?.ok_or_else(|| missing(ErrorCode::InvalidAppId, "App ID", "app-id", APP_ID))?;
        let app_certificate = primary(&self.certificates()?)?.certificate()?.certificate;
        Ok(Credentials::of(app_id, app_certificate)?)
    }

    /// The certificates that may have signed a token: those of the options, else those of the environment.
    pub(crate) fn for_verifying(&self) -> Result<Vec<Found>, Failure> {
        let certificates = self.certificates()?;
        primary(&certificates)?;
        certificates.iter().map(Value::certificate).collect()
    }

    /// The App ID, if one was given.
    pub(crate) fn app_id(&self) -> Result<Option<AppId>, Failure> {
        self.given_app_id()?.map(|value| value.check(AppId::new, AppId::from_file_content)).transpose()
    }

    /// The App ID, be it one or not, if one was given.
    pub(crate) fn app_id_as_given(&self) -> Result<Option<String>, Failure> {
        Ok(self.given_app_id()?.map(|mut value| {
            value.bytes.truncate(without_newline(&value.bytes).len());
            value.text()
        }))
    }

    /// The certificates that a server may have signed with, be they certificates or not, as a program gets them that
    /// reads a file whole: with the newline at its end, for the doctor to judge.
    pub(crate) fn as_configured(&self) -> Result<Vec<String>, Failure> {
        Ok(self.certificates()?.into_iter().map(Value::text).collect())
    }

    fn given_app_id(&self) -> Result<Option<Value>, Failure> {
        Ok(match (&self.app_id, &self.app_id_file) {
            (Some(text), _) => Some(Value::in_option(text, "--app-id")),
            (None, Some(file)) => Some(Value::in_file(file, "--app-id-file")?),
            (None, None) => Value::in_environment(APP_ID),
        })
    }

    fn certificates(&self) -> Result<Vec<Value>, Failure> {
        if !self.app_certificate.is_empty() {
            output::note(
                "warning",
                "every user of this machine can read --app-certificate in the process list; \
                 use AGORA_APP_CERTIFICATE or --app-certificate-file",
            );
            let option = |text: &String| Value::in_option(text, "--app-certificate");
            return Ok(numbered(self.app_certificate.iter().map(option)));
        }
        if self.app_certificate_file.is_empty() {
            let variables = [APP_CERTIFICATE, APP_CERTIFICATE_SECONDARY];
            return Ok(variables.into_iter().filter_map(Value::in_environment).collect());
        }
        let file = |file: &PathBuf| Value::in_file(file, "--app-certificate-file");
        Ok(numbered(self.app_certificate_file.iter().map(file).collect::<Result<Vec<_>, _>>()?))
    }
}

/// Tells values of one option apart, from the second on.
fn numbered(values: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let number = |(number, mut value): (usize, Value)| {
        if number > 1 {
            value.source += &format!(" {number}");
        }
        value
    };
    (1..).zip(values).map(number).collect()
}

/// The first one, unless the environment has only the secondary.
fn primary(certificates: &[Value]) -> Result<&Value, Failure> {
    certificates
        .first()
        .filter(|value| value.source != APP_CERTIFICATE_SECONDARY)
        .ok_or_else(|| missing(ErrorCode::InvalidAppCertificate, "App Certificate", "app-certificate", APP_CERTIFICATE))
}

/// A value as found, unchecked.
struct Value {
    bytes: Vec<u8>,
    /// The option or the variable.
    source: String,
    in_file: bool,
}

impl Value {
    fn in_option(text: &str, option: &str) -> Value {
        Value { bytes: text.as_bytes().to_vec(), source: option.to_owned(), in_file: false }
    }

    fn in_environment(variable: &str) -> Option<Value> {
        let value = std::env::var_os(variable)?;
        Some(Value { bytes: value.into_encoded_bytes(), source: variable.to_owned(), in_file: false })
    }

    /// The path stays out of errors: it may be the certificate itself, given to the wrong option.
    fn in_file(path: &Path, option: &str) -> Result<Value, Failure> {
        let mut bytes = Vec::new();
        // A byte more than the largest: the library refuses what is larger.
        File::open(path)
            .and_then(|file| file.take(MAX_CREDENTIAL_FILE_SIZE as u64 + 1).read_to_end(&mut bytes))
            .map_err(|error| Failure::io(&format!("cannot read the file of {option}"), &error))?;
        Ok(Value { bytes, source: option.to_owned(), in_file: true })
    }

    /// Bytes that are no text are no certificate either, and stay none.
    fn text(self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    fn certificate(&self) -> Result<Found, Failure> {
        let certificate = self.check(AppCertificate::new, AppCertificate::from_file_content)?;
        Ok(Found { certificate, source: self.source.clone() })
    }

    fn check<T>(
        &self,
        from_text: fn(&str) -> Result<T, Error>,
        from_file_content: fn(&[u8]) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let checked = match std::str::from_utf8(&self.bytes) {
            Ok(text) if !self.in_file => from_text(text),
            // It also says of a variable that it is not text.
            _ => from_file_content(&self.bytes),
        };
        checked.map_err(Failure::naming(&self.source))
    }
}

fn missing(code: ErrorCode, what: &str, option: &str, variable: &str) -> Failure {
    let reason = format!("is not given: set {variable} in the environment, or name a file with --{option}-file");
    Failure::naming(what)(code.of(code.field(), reason))
}
