//! What a project is known by and signs with.

use agora_token::{AppCertificate, AppId, Credentials, ErrorCode};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::arguments::{Arg, Keywords, Maybe, all_known, app_certificate as certificate_of, app_id as app_id_of};
use crate::refusal::{Outcome, Refusal};

/// The App ID of a project and an App Certificate of it. Frozen, and shows no certificate.
///
/// Both are given by name: swapped, every token would show the certificate. That the two are the same is refused.
///
/// Args:
///     app_id: 32 hexadecimal digits; letter case counts
///     app_certificate: 32 hexadecimal digits; letter case counts; secret
///
/// Raises:
///     ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE
#[pyclass(name = "Credentials", module = "agora_token", frozen)]
pub(crate) struct PyCredentials(pub(crate) Credentials);

#[pymethods]
impl PyCredentials {
    #[new]
    #[pyo3(
        signature = (*positional, app_id=Maybe::Missing, app_certificate=Maybe::Missing, **unknown),
        text_signature = "(*, app_id, app_certificate)"
    )]
    fn new(
        positional: &Bound<'_, PyTuple>,
        app_id: Maybe<'_, '_>,
        app_certificate: Maybe<'_, '_>,
        unknown: Option<Keywords<'_, '_>>,
    ) -> Outcome<PyCredentials> {
        all_known(unknown, "Credentials")?;
        if !positional.is_empty() {
            return Err(by_name("Credentials"));
        }
        named(&app_id, &app_certificate).map(PyCredentials)
    }

    /// What the environment says: AGORA_APP_ID and AGORA_APP_CERTIFICATE.
    ///
    /// Raises:
    ///     ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, with the variable as its field
    #[staticmethod]
    fn from_env() -> Outcome<PyCredentials> {
        Ok(PyCredentials(Credentials::from_env()?))
    }

    /// The project.
    #[getter]
    fn app_id(&self) -> &str {
        self.0.app_id.as_str()
    }

    fn __repr__(&self) -> String {
        format!("Credentials(app_id='{}', app_certificate=[redacted])", self.0.app_id)
    }
}

/// The credentials of an issuer, as one value or by name.
pub(crate) fn credentials_of(
    call: &str,
    credentials: &Maybe<'_, '_>,
    more: &Bound<'_, PyTuple>,
    app_id: &Maybe<'_, '_>,
    app_certificate: &Maybe<'_, '_>,
) -> Outcome<Credentials> {
    match as_value(call, credentials, more, [app_id, app_certificate])? {
        Some(credentials) => Ok(credentials),
        None => named(app_id, app_certificate),
    }
}

/// What a verifier is given of them: the App ID, if it is told, and the certificate, if it is not among others.
pub(crate) fn parts_of(
    call: &str,
    credentials: &Maybe<'_, '_>,
    more: &Bound<'_, PyTuple>,
    app_id: &Maybe<'_, '_>,
    app_certificate: &Maybe<'_, '_>,
) -> Outcome<(Option<AppId>, Option<AppCertificate>)> {
    if let Some(Credentials { app_id, app_certificate }) = as_value(call, credentials, more, [app_id, app_certificate])?
    {
        return Ok((Some(app_id), Some(app_certificate)));
    }
    Ok((app_id.given().map(app_id_of).transpose()?, app_certificate.given().map(certificate_of).transpose()?))
}

fn as_value(
    call: &str,
    credentials: &Maybe<'_, '_>,
    more: &Bound<'_, PyTuple>,
    named: [&Maybe<'_, '_>; 2],
) -> Outcome<Option<Credentials>> {
    let Some(given) = credentials.given() else { return Ok(None) };
    if !more.is_empty() || given.is_instance_of::<PyString>() {
        return Err(by_name(call));
    }
    let Ok(credentials) = given.cast::<PyCredentials>() else {
        return Err(wrong(format!("credentials must be Credentials, not {}", crate::arguments::type_name(given))));
    };
    if named.iter().any(|one| one.given().is_some()) {
        return Err(wrong(format!("{call} takes Credentials, or app_id and app_certificate, not both")));
    }
    Ok(Some(credentials.get().0.clone()))
}

fn named(app_id: &Maybe<'_, '_>, app_certificate: &Maybe<'_, '_>) -> Outcome<Credentials> {
    let missing = |code: ErrorCode, field| code.of(field, "is missing; 32 hexadecimal digits expected");
    let app_id = app_id.given().ok_or_else(|| missing(ErrorCode::InvalidAppId, "app_id"))?;
    let certificate =
        app_certificate.given().ok_or_else(|| missing(ErrorCode::InvalidAppCertificate, "app_certificate"))?;
    crate::arguments::credentials(app_id, certificate)
}

fn by_name(call: &str) -> Refusal {
    wrong(format!(
        "{call} takes app_id= and app_certificate= by name: were they swapped, every token would show the certificate"
    ))
}

fn wrong(message: String) -> Refusal {
    PyTypeError::new_err(message).into()
}

/// Refuses a certificate that is the App ID.
pub(crate) fn apart(app_id: AppId, certificate: &AppCertificate) -> Outcome<()> {
    Ok(Credentials::of(app_id, certificate.clone()).map(drop)?)
}

/// Certificates, of which several are good while they are rotated.
/// Each in a place of its own, which is wiped: what is moved out of a list stays in it too.
#[expect(clippy::vec_box, reason = "a list that grows would leave copies of the certificates behind")]
pub(crate) fn certificates_of(value: Arg<'_, '_>) -> Outcome<Vec<Box<AppCertificate>>> {
    crate::arguments::one_or_more(value, |value| certificate_of(value).map(Box::new))
}
