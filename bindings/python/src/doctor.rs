//! Why a token does not let its user in.

use agora_token::ErrorCode;
use agora_token::doctor::{Attempt, Diagnosis, Finding, JoinedAs, diagnose as diagnose_token};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple};
use zeroize::Zeroizing;

use crate::arguments::{
    Arg, Keywords, LONE_SURROGATE, Maybe, NoNumber, all_known, integer, moment, must_be, one_or_more, role as role_of,
    service as service_of, text,
};
use crate::reading::token_text;
use crate::refusal::Outcome;
use crate::user::{Asked, AskedChannel, OF_QUESTIONS, asked, asked_channel};
use crate::values::{hash_of, json_to_python};

/// Says why a token, damaged or not, does not let its user in. It raises for wrong arguments only.
///
/// Tell what the client joined with: the more, the more is found. What is not known is left out; None is
/// refused.
///
/// Args:
///     token: the token as the client has it
///     app_id: the App ID that the client joined with
///     app_certificate: the App Certificate as it is configured, a wrong one too; it never shows
///     certificate: the same, or another
///     certificates: more of them, a str or several
///     channel: the channel that the client joined
///     uid: the uid that it joined with; 0 asks the service for one
///     account: the account that it joined with
///     user: either of them, an int for a uid and a str for an account, or a User
///     service: the service that it used the token for, a ServiceType
///     role: what it meant to do: "publisher" or "subscriber", or a Role
///     at: when, as Unix seconds or a datetime; now unless given
///     sdk: its SDK and version, as "web 4.20.0"
///     error: what the client saw, as 110
///     redact: whether to mask App ID, channel and user in what is found, for a report to post
///
/// Raises:
///     InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_USER_ID, INVALID_ROLE,
///         INVALID_UTF8
///     ConfigurationError: INVALID_APP_ID and INVALID_APP_CERTIFICATE of what is no str, INVALID_TIMESTAMP,
///         INDEX_OUT_OF_RANGE
///     TokenParseError: TOKEN_VERSION of a token that is no str
///     UnknownOption: with the nearest argument
#[pyfunction]
#[pyo3(
    signature = (
        token, *, app_id=Maybe::Missing, app_certificate=Maybe::Missing, certificate=Maybe::Missing,
        certificates=Maybe::Missing, channel=Maybe::Missing, uid=Maybe::Missing, account=Maybe::Missing,
        user=Maybe::Missing, service=Maybe::Missing, role=Maybe::Missing, at=Maybe::Missing, sdk=Maybe::Missing, error=Maybe::Missing,
        redact=false, **unknown
    ),
    text_signature = "(token, *, app_id=..., app_certificate=..., certificate=..., certificates=..., channel=..., \
                      uid=..., account=..., user=..., service=..., role=..., at=..., sdk=..., error=..., redact=False)"
)]
#[allow(clippy::too_many_arguments, reason = "keywords, all but one")]
pub(crate) fn diagnose(
    py: Python<'_>,
    token: Arg<'_, '_>,
    app_id: Maybe<'_, '_>,
    app_certificate: Maybe<'_, '_>,
    certificate: Maybe<'_, '_>,
    certificates: Maybe<'_, '_>,
    channel: Maybe<'_, '_>,
    uid: Maybe<'_, '_>,
    account: Maybe<'_, '_>,
    user: Maybe<'_, '_>,
    service: Maybe<'_, '_>,
    role: Maybe<'_, '_>,
    at: Maybe<'_, '_>,
    sdk: Maybe<'_, '_>,
    error: Maybe<'_, '_>,
    redact: bool,
    unknown: Option<Keywords<'_, '_>>,
) -> Outcome<PyDiagnosis> {
    all_known(unknown, "diagnose")?;
    let mut all = Vec::new();
    for (given, field) in
        [(&app_certificate, "app_certificate"), (&certificate, "certificate"), (&certificates, "certificates")]
    {
        if let Some(given) = given.given() {
            let read = |value: Arg<'_, '_>| {
                text(value, ErrorCode::InvalidAppCertificate, field).map(|text| Zeroizing::new(text.to_owned()))
            };
            all.extend(one_or_more(given, read)?);
        }
    }
    let certificates: Vec<&str> = all.iter().map(|text| text.as_str()).collect();
    let error = error.given().map(reported).transpose()?;
    let token = token_text(token)?;
    let attempt = Attempt {
        app_id: app_id.given().map(|app_id| text(app_id, ErrorCode::InvalidAppId, "app_id")).transpose()?,
        channel: channel.given().map(joined_channel).transpose()?,
        user: asked::<OF_QUESTIONS>(&uid, &account, &user)?.map(joined_as),
        service: service.given().map(|service| service_of(service, "service")).transpose()?,
        role: role.given().map(role_of).transpose()?,
        at: at.given().map(|at| moment(at, "at")).transpose()?,
        sdk: sdk.given().map(|sdk| plain_text(sdk, "sdk", "a str")).transpose()?,
        error: error.as_deref(),
        certificates: &certificates,
        redact,
    };
    Ok(PyDiagnosis(py.detach(|| diagnose_token(token, &attempt))?))
}

fn joined_as(asked: Asked<'_>) -> JoinedAs<'_> {
    match asked {
        Asked::Uid(uid) => JoinedAs::Uid(uid),
        Asked::Account(account) => JoinedAs::Account(account),
        Asked::Any => JoinedAs::Uid(0),
    }
}

/// Nobody joins every channel.
fn joined_channel<'a>(channel: Arg<'a, '_>) -> Outcome<&'a str> {
    match asked_channel(channel)? {
        AskedChannel::Named(name) => Ok(name),
        AskedChannel::Any => Err(ErrorCode::InvalidChannelName.of("channel", "is Channel.ANY; a str expected").into()),
    }
}

/// What a client reports is a number or a text.
fn reported(error: Arg<'_, '_>) -> Outcome<String> {
    match integer(error) {
        Ok(number) => Ok(number.to_string()),
        Err(NoNumber::Because(reason)) => Err(PyTypeError::new_err(format!("error {reason}")).into()),
        Err(_) => plain_text(error, "error", "a str or an int").map(str::to_owned),
    }
}

/// A text that no code of the table speaks of.
fn plain_text<'a>(value: Arg<'a, '_>, what: &'static str, expected: &str) -> Outcome<&'a str> {
    let text = value.cast::<PyString>().map_err(|_| must_be(what, expected, value))?;
    Ok(text.to_str().map_err(|_| ErrorCode::InvalidUtf8.of(what, LONE_SURROGATE))?)
}

/// All that diagnose found, the surest explanation first. Frozen.
#[pyclass(name = "Diagnosis", module = "agora_token", frozen, eq, hash)]
#[derive(PartialEq)]
pub(crate) struct PyDiagnosis(Diagnosis);

impl std::hash::Hash for PyDiagnosis {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        hash_of(&self.0, state);
    }
}

#[pymethods]
impl PyDiagnosis {
    /// The findings, ranked.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let findings = self.0.findings.iter().map(|finding| as_value(py, finding)).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, findings)
    }

    /// The worst severity; None when nothing was found.
    #[getter]
    fn severity<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.severity().map(|severity| severity_member(py, severity.name())).transpose()
    }

    /// The JSON document of the diagnosis as Python objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json_to_python(py, &self.to_json())
    }

    /// The JSON document of the diagnosis, in one line.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    fn __repr__(&self) -> String {
        let codes: Vec<_> = self.0.findings.iter().map(|finding| finding.code.name()).collect();
        format!("Diagnosis(findings=[{}])", codes.join(", "))
    }
}

/// A finding as a value, `agora_token.Finding`.
fn as_value<'py>(py: Python<'py>, finding: &Finding) -> PyResult<Bound<'py, PyAny>> {
    static FINDING: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static FINDING_CODE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let code = FINDING_CODE.import(py, "agora_token.doctor", "FindingCode")?.call1((finding.code.name(),))?;
    let severity = severity_member(py, finding.severity.name())?;
    FINDING.import(py, "agora_token.doctor", "Finding")?.call1((code, severity, &finding.cause, finding.fix))
}

fn severity_member<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static SEVERITY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    SEVERITY.import(py, "agora_token.doctor", "Severity")?.call1((name,))
}
