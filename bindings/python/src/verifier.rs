//! One verdict on a token.

use agora_token::{AppCertificate, ErrorCode, UnixTime, Verdict, Verifier};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::arguments::{
    Arg, Optional, User, app_certificate, app_id as app_id_of, lifetime_or_default, moment, one_or_more,
    privilege as privilege_of, service as service_of, text, user as user_of,
};
use crate::inspect::token_to_python;
use crate::reading::parse_detached;
use crate::refusal::{Outcome, as_value, with_all};
use crate::values::json_to_python;

/// Checks tokens: the signature always, the time unless told not to, and App ID, channel, user, service and
/// privilege where given.
///
/// Give two certificates while they are rotated: a token signed with either is good. A user is a uid (an int, where 0
/// asks for a token for any user) or an account (a str). With a service, all else is looked for in it alone; without a
/// privilege, those that let in at all have to be running. Without a service, a channel means RTC. An AccessToken (006)
/// needs channel and user. A leeway of more than an hour counts as an hour, and past 24 hours an
/// AccessToken2 is over.
#[pyclass(name = "Verifier", module = "agora_token", frozen)]
pub(crate) struct PyVerifier {
    verifier: Verifier,
    certificates: usize,
}

#[pymethods]
impl PyVerifier {
    #[new]
    #[pyo3(
        signature = (
            certificate, *, now=None, leeway=Optional::Default(0), app_id=None, channel=None, user=None, service=None,
            privilege=None, ignore_time=false
        ),
        text_signature = "(certificate, *, now=None, leeway=0, app_id=None, channel=None, user=None, service=None, \
                          privilege=None, ignore_time=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "keywords, all but one")]
    fn new(
        certificate: Arg<'_, '_>,
        now: Option<Arg<'_, '_>>,
        leeway: Optional<'_, '_>,
        app_id: Option<Arg<'_, '_>>,
        channel: Option<Arg<'_, '_>>,
        user: Option<Arg<'_, '_>>,
        service: Option<Arg<'_, '_>>,
        privilege: Option<Arg<'_, '_>>,
        ignore_time: bool,
    ) -> Outcome<PyVerifier> {
        // Boxed and copied, so that each is wiped where it stands: what is moved out of a list stays in it too.
        let certificates = one_or_more(certificate, |value| app_certificate(value).map(Box::new))?;
        let (first, more) = certificates.split_first().ok_or_else(|| {
            ErrorCode::InvalidAppCertificate.of("app_certificate", "is missing; at least one is needed to verify with")
        })?;
        let mut verifier = Verifier::new(AppCertificate::clone(first)).leeway(lifetime_or_default(leeway, "leeway")?);
        for certificate in more {
            verifier = verifier.or_certificate(AppCertificate::clone(certificate));
        }
        if let Some(now) = now {
            verifier = verifier.at(UnixTime::from_secs(moment(now, "now")?));
        }
        if ignore_time {
            verifier = verifier.ignore_time();
        }
        if let Some(app_id) = app_id {
            verifier = verifier.app_id(app_id_of(app_id)?);
        }
        if let Some(channel) = channel {
            let name = text(channel, ErrorCode::InvalidChannelName, "channel_name")?;
            verifier = verifier.channel_name(name.to_owned());
        }
        if let Some(user) = user {
            verifier = match user_of(user)? {
                User::Uid(uid) => verifier.uid(uid),
                User::Account(account) => verifier.user_account(account.to_owned()),
            };
        }
        if let Some(service) = service {
            verifier = verifier.service(service_of(service)?);
        }
        if let Some(privilege) = privilege {
            verifier = verifier.privilege(privilege_of(privilege)?);
        }
        Ok(PyVerifier { verifier, certificates: certificates.len() })
    }

    /// Judges a token, with all that is wrong with it. Raises only when it cannot be read.
    fn check(&self, py: Python<'_>, token: Arg<'_, '_>) -> Outcome<PyVerdict> {
        parse_detached(py, token, |token| self.verifier.verify(token)).map(PyVerdict)
    }

    /// Judges a token and raises unless it is valid: the first refusal, with all of them attached.
    fn verify(&self, py: Python<'_>, token: Arg<'_, '_>) -> Outcome<PyVerdict> {
        let verdict = self.check(py, token)?;
        match verdict.0.refusals().first() {
            None => Ok(verdict),
            Some(first) => Err(with_all(py, first, &verdict.refusals(py)?)?.into()),
        }
    }

    fn __repr__(&self) -> String {
        format!("Verifier(certificates={})", self.certificates)
    }
}

/// Judges one token and raises unless it is valid: the first refusal, with all of them attached.
///
/// The arguments are those of Verifier, which is the better choice for many tokens and tells without raising.
#[pyfunction]
#[pyo3(
    signature = (
        token, certificate, *,
        now=None, leeway=Optional::Default(0), app_id=None, channel=None, user=None, service=None, privilege=None,
        ignore_time=false
    ),
    text_signature = "(token, certificate, *, now=None, leeway=0, app_id=None, channel=None, user=None, service=None, \
                      privilege=None, ignore_time=False)"
)]
#[allow(clippy::too_many_arguments, reason = "keywords, all but two")]
pub(crate) fn verify(
    py: Python<'_>,
    token: Arg<'_, '_>,
    certificate: Arg<'_, '_>,
    now: Option<Arg<'_, '_>>,
    leeway: Optional<'_, '_>,
    app_id: Option<Arg<'_, '_>>,
    channel: Option<Arg<'_, '_>>,
    user: Option<Arg<'_, '_>>,
    service: Option<Arg<'_, '_>>,
    privilege: Option<Arg<'_, '_>>,
    ignore_time: bool,
) -> Outcome<PyVerdict> {
    PyVerifier::new(certificate, now, leeway, app_id, channel, user, service, privilege, ignore_time)?.verify(py, token)
}

/// What a Verifier found. Frozen, and true only when the token is valid.
#[pyclass(name = "Verdict", module = "agora_token", frozen, eq, hash)]
pub(crate) struct PyVerdict(Verdict);

impl PartialEq for PyVerdict {
    fn eq(&self, other: &PyVerdict) -> bool {
        self.0.to_json() == other.0.to_json()
    }
}

impl std::hash::Hash for PyVerdict {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_json().hash(state);
    }
}

#[pymethods]
impl PyVerdict {
    /// Whether nothing at all is wrong.
    #[getter]
    fn valid(&self) -> bool {
        self.0.is_valid()
    }

    /// All that is wrong.
    #[getter]
    fn refusals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let refusals = self.0.refusals().iter().map(|error| as_value(py, error)).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, refusals)
    }

    /// Which of the certificates signed the token, counted from 0; None when none did.
    #[getter]
    fn certificate(&self) -> Option<usize> {
        self.0.certificate()
    }

    /// What the token says; to be believed as far as the verdict goes. None when no certificate signed it.
    #[getter]
    fn token<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.token().map(|token| token_to_python(py, token.clone())).transpose()
    }

    /// The JSON document of the verdict as Python objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json_to_python(py, &self.to_json())
    }

    /// The JSON document of the verdict, in one line.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    fn __bool__(&self) -> bool {
        self.valid()
    }

    fn __repr__(&self) -> String {
        let codes: Vec<_> = self.0.refusals().iter().map(|error| error.code().name()).collect();
        match codes.as_slice() {
            [] => "Verdict(valid=True)".to_owned(),
            codes => format!("Verdict(valid=False, refusals=[{}])", codes.join(", ")),
        }
    }
}
