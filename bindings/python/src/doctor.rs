//! Why a token does not let its user in.

use agora_token::doctor::{Attempt, Diagnosis, Finding, JoinedAs, diagnose as diagnose_token};
use agora_token::{ErrorCode, UnixTime};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple};
use zeroize::Zeroizing;

use crate::arguments::{
    Arg, LONE_SURROGATE, User, is_int, moment, must_be, one_or_more, role as role_of, service as service_of, text,
    user as user_of,
};
use crate::reading::token_text;
use crate::refusal::Outcome;
use crate::values::{hash_of, json_to_python};

/// Says why a token, damaged or not, does not let its user in. It raises for wrong arguments only.
///
/// Tell what the client joined with: the more, the more is found. A user is a uid (an int) or an account (a str), at is
/// now unless given, sdk is as in "web 4.20.0", error what the client saw, such as 110. Certificates are taken as they
/// are configured, wrong ones too, and never show. With redact App ID, channel and user are masked in what is found.
#[pyfunction]
#[pyo3(
    signature = (
        token, *, app_id=None, channel=None, user=None, service=None, role=None, at=None, sdk=None, error=None,
        certificates=None, redact=false
    )
)]
#[allow(clippy::too_many_arguments, reason = "keywords, all but one")]
pub(crate) fn diagnose(
    py: Python<'_>,
    token: Arg<'_, '_>,
    app_id: Option<Arg<'_, '_>>,
    channel: Option<Arg<'_, '_>>,
    user: Option<Arg<'_, '_>>,
    service: Option<Arg<'_, '_>>,
    role: Option<Arg<'_, '_>>,
    at: Option<Arg<'_, '_>>,
    sdk: Option<Arg<'_, '_>>,
    error: Option<Arg<'_, '_>>,
    certificates: Option<Arg<'_, '_>>,
    redact: bool,
) -> Outcome<PyDiagnosis> {
    let certificate = |value: Arg<'_, '_>| {
        text(value, ErrorCode::InvalidAppCertificate, "app_certificate").map(|text| Zeroizing::new(text.to_owned()))
    };
    let certificates = certificates.map(|given| one_or_more(given, certificate)).transpose()?.unwrap_or_default();
    let certificates: Vec<&str> = certificates.iter().map(|text| text.as_str()).collect();
    let error = error.map(reported).transpose()?;
    let token = token_text(token)?;
    let attempt = Attempt {
        app_id: app_id.map(|app_id| text(app_id, ErrorCode::InvalidAppId, "app_id")).transpose()?,
        channel_name: channel.map(|name| text(name, ErrorCode::InvalidChannelName, "channel_name")).transpose()?,
        user: user.map(joined_as).transpose()?,
        service: service.map(service_of).transpose()?,
        role: role.map(role_of).transpose()?,
        at: at.map(|at| moment(at, "at")).transpose()?.map(UnixTime::from_secs),
        sdk: sdk.map(|sdk| plain_text(sdk, "sdk", "a str")).transpose()?,
        error: error.as_deref(),
        certificates: &certificates,
        redact,
    };
    Ok(PyDiagnosis(py.detach(|| diagnose_token(token, &attempt))?))
}

fn joined_as<'a>(user: Arg<'a, '_>) -> Outcome<JoinedAs<'a>> {
    Ok(match user_of(user)? {
        User::Uid(uid) => JoinedAs::Uid(uid),
        User::Account(account) => JoinedAs::Account(account),
    })
}

/// What a client reports is a number or a text.
fn reported(error: Arg<'_, '_>) -> Outcome<String> {
    if is_int(error) {
        return Ok(error.str()?.to_string());
    }
    plain_text(error, "error", "a str or an int").map(str::to_owned)
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
