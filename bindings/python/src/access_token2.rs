//! AccessToken2 (007): to build, and as read.

use agora_token::describe::{Field, FieldValue};
use agora_token::{
    AccessToken2, AppCertificate, Credentials, Service, Stamp, Text, Unverified, UnverifiedToken2, User,
    source::{Clock, SaltSource, SystemClock, SystemSalt},
};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::arguments::{
    Arg, Optional, any_credentials, app_certificate as certificate_of, each_of, lifetime, lifetime_or_default,
    salt as salt_of, timestamp,
};
use crate::generated::services::service_to_python;
use crate::reading::{bytes_to_python, parse_detached};
use crate::refusal::Outcome;
use crate::services::{PyUnknownService, service_of};
use crate::values::{json_to_python, text_to_python};

/// The mechanism of AccessToken2: any services with any privileges.
///
/// It expresses every token that exists, also ones that let in more than meant; the builders check their arguments.
///
/// Args:
///     app_id: the project; 32 hexadecimal digits; letter case counts
///     app_certificate: signs the token; 32 hexadecimal digits; letter case counts; secret
///     issue_ts: when the token is made, Unix seconds or a datetime with a time zone; now unless given
///     expire: how long it lives, seconds or a timedelta
///     salt: any number; a random one unless given
///     services: the services, to which add_service adds
///
/// Raises:
///     ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, INVALID_LIFETIME, INVALID_TIMESTAMP, INVALID_SALT
#[pyclass(name = "AccessToken2", module = "agora_token")]
pub(crate) struct PyAccessToken2 {
    token: AccessToken2<'static>,
    certificate: AppCertificate,
}

#[pymethods]
impl PyAccessToken2 {
    #[new]
    #[pyo3(
        signature = (app_id, app_certificate, issue_ts=None, expire=Optional::Default(900), *, salt=None, services=None),
        text_signature = "(app_id, app_certificate, issue_ts=None, expire=900, *, salt=None, services=None)"
    )]
    fn new(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        issue_ts: Option<Arg<'_, '_>>,
        expire: Optional<'_, '_>,
        salt: Option<Arg<'_, '_>>,
        services: Option<Arg<'_, '_>>,
    ) -> Outcome<PyAccessToken2> {
        let Credentials { app_id, app_certificate } = any_credentials(app_id, app_certificate)?;
        let stamp = Stamp {
            issue_ts: issue_ts.map_or_else(|| Ok(SystemClock.now()?), |value| timestamp(value, "issue_ts"))?,
            salt: salt.map_or_else(|| Ok(SystemSalt.next_salt()?), salt_of)?,
        };
        let mut token = AccessToken2::new(app_id, lifetime_or_default(expire, "expire")?, stamp);
        if let Some(services) = services {
            for service in each_of("services", "Service", services)? {
                token.services.push(service_of(&service?)?);
            }
        }
        Ok(PyAccessToken2 { token, certificate: app_certificate })
    }

    /// Reads a token without checking who signed it.
    ///
    /// Args:
    ///     token: the token as received
    ///
    /// Raises:
    ///     TokenParseError: as agora_token.inspect does
    #[staticmethod]
    fn parse(py: Python<'_>, token: Arg<'_, '_>) -> Outcome<PyUnverifiedToken2> {
        parse_detached(py, token, UnverifiedToken2::parse).map(PyUnverifiedToken2)
    }

    /// The App ID.
    #[getter]
    fn app_id(&self) -> &str {
        self.token.app_id.as_str()
    }

    /// When the token is made, Unix seconds; a datetime may be set. All lifetimes count from here.
    #[getter]
    fn issue_ts(&self) -> u32 {
        self.token.issue_ts
    }

    #[setter]
    fn set_issue_ts(&mut self, value: Arg<'_, '_>) -> Outcome<()> {
        self.token.issue_ts = timestamp(value, "issue_ts")?;
        Ok(())
    }

    /// How long the whole token lives, seconds; a timedelta may be set.
    #[getter]
    fn expire(&self) -> u32 {
        self.token.expire
    }

    #[setter]
    fn set_expire(&mut self, value: Arg<'_, '_>) -> Outcome<()> {
        self.token.expire = lifetime(value, "expire")?;
        Ok(())
    }

    /// Any number; two tokens that are otherwise equal differ by it.
    #[getter]
    fn salt(&self) -> u32 {
        self.token.salt
    }

    #[setter]
    fn set_salt(&mut self, value: Arg<'_, '_>) -> Outcome<()> {
        self.token.salt = salt_of(value)?;
        Ok(())
    }

    /// The services added so far.
    #[getter]
    fn services<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        services_to_python(py, &self.token.services)
    }

    /// Adds a service. Several of one type are legal.
    ///
    /// Args:
    ///     service: a ServiceRtc or another of them
    fn add_service(&mut self, service: Arg<'_, '_>) -> Outcome<()> {
        self.token.services.push(service_of(service)?);
        Ok(())
    }

    /// Signs and encodes the token.
    ///
    /// Raises:
    ///     InputError: with the code of its field, a text of more than 65535 bytes
    ///     ConfigurationError: NO_SERVICES, TOO_MANY_ENTRIES, INVALID_PERMISSIONS, PAYLOAD_TOO_LARGE
    fn build(&self) -> Outcome<String> {
        Ok(self.token.build(&self.certificate)?)
    }

    fn __repr__(&self) -> String {
        let AccessToken2 { app_id, issue_ts, expire, services, .. } = &self.token;
        format!("AccessToken2(app_id='{app_id}', issue_ts={issue_ts}, expire={expire}, services={})", services.len())
    }
}

fn services_to_python<'py>(py: Python<'py>, services: &[Service<'static>]) -> PyResult<Bound<'py, PyTuple>> {
    let values = services.iter().map(|service| service_to_python(py, service)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, values)
}

/// What an AccessToken2 says, which anybody could have written: believe it after a verdict. Frozen.
#[pyclass(name = "UnverifiedToken2", module = "agora_token", frozen, eq, hash)]
pub(crate) struct PyUnverifiedToken2(pub(crate) UnverifiedToken2);

impl PartialEq for PyUnverifiedToken2 {
    fn eq(&self, other: &PyUnverifiedToken2) -> bool {
        self.0.payload() == other.0.payload()
    }
}

impl std::hash::Hash for PyUnverifiedToken2 {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.payload().hash(state);
    }
}

impl PyUnverifiedToken2 {
    fn first_user(&self) -> Option<&Text<'static>> {
        self.0.services().iter().find_map(user_of)
    }
}

fn user_of<'s>(service: &'s Service<'static>) -> Option<&'s Text<'static>> {
    let mut found = service.account().or(service.user_id());
    let of_classroom = |field, value: FieldValue<'s, 'static>| {
        if let (Field::UserUuid, FieldValue::Text(user)) = (field, value) {
            found = Some(user);
        }
        Ok::<_, std::convert::Infallible>(())
    };
    let Ok(()) = service.kind.try_each(of_classroom);
    found
}

#[pymethods]
impl PyUnverifiedToken2 {
    /// Whether the holder of this certificate signed what was read. Time, channel and user are not looked at.
    ///
    /// Gives False for a wrong signature and does not raise, so look at what it gives; Verifier.verify raises.
    ///
    /// Args:
    ///     app_certificate: 32 hexadecimal digits; letter case counts
    ///
    /// Raises:
    ///     ConfigurationError: INVALID_APP_CERTIFICATE
    fn verify_signature(&self, app_certificate: Arg<'_, '_>) -> Outcome<bool> {
        Ok(self.0.verify_signature(&certificate_of(app_certificate)?).is_ok())
    }

    /// The App ID as received: a str, or bytes where it is no UTF-8.
    #[getter]
    fn app_id<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        bytes_to_python(py, self.0.app_id())
    }

    /// The channel of the first service that has one; empty or "*" for every channel. None where no service has
    /// one.
    #[getter]
    fn channel<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        let channel = self.0.services().iter().find_map(Service::channel_name)?;
        Some(text_to_python(py, channel))
    }

    /// The user of the first service that has one, as it stands there, where a uid is its digits; empty or "*" for
    /// any.
    #[getter]
    fn account<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        self.first_user().map(|user| text_to_python(py, user))
    }

    /// The same as a uid; None where it is none.
    #[getter]
    fn uid(&self) -> Option<u32> {
        match User::from_text(self.first_user()?.to_str().ok()?) {
            Ok(User::Uid(uid)) => Some(uid.get()),
            _ => None,
        }
    }

    /// The same as a uid where it is one, else as an account.
    #[getter]
    fn user<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match self.uid() {
            Some(uid) => Ok(Some(uid.into_pyobject(py)?.into_any())),
            None => Ok(self.account(py)),
        }
    }

    /// When the token says it was made, Unix seconds.
    #[getter]
    fn issue_ts(&self) -> u32 {
        self.0.issue_ts()
    }

    /// How long it says it lives, seconds.
    #[getter]
    fn expire(&self) -> u32 {
        self.0.expire()
    }

    /// Issue timestamp plus expire, Unix seconds.
    #[getter]
    fn expires_at(&self) -> u64 {
        self.0.expires_at().as_secs()
    }

    /// The salt.
    #[getter]
    fn salt(&self) -> u32 {
        self.0.salt()
    }

    /// The signature as received; 32 bytes in a token that can be valid.
    #[getter]
    fn signature<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.signature())
    }

    /// The signed bytes as received, which are all after the signature.
    #[getter]
    fn signing_info<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.signing_info())
    }

    /// Everything that the token packs: signature and signing info.
    #[getter]
    fn payload<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.payload())
    }

    /// The services that could be read, in the order of the token.
    #[getter]
    fn services<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        services_to_python(py, self.0.services())
    }

    /// The service that ended the reading, if one did.
    #[getter]
    fn unknown_service(&self) -> Option<PyUnknownService> {
        self.0.unknown_service().cloned().map(PyUnknownService)
    }

    /// Whether every service could be read.
    #[getter]
    fn complete(&self) -> bool {
        self.0.is_complete()
    }

    /// Signed bytes that were not understood.
    #[getter]
    fn unread_bytes(&self) -> usize {
        self.0.unread_bytes()
    }

    /// The JSON document of the token as Python objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json_to_python(py, &self.to_json())
    }

    /// The JSON document of the token, in one line.
    fn to_json(&self) -> String {
        Unverified::AccessToken2(self.0.clone()).to_json()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let token = &self.0;
        Ok(format!(
            "UnverifiedToken2(app_id={}, issue_ts={}, expire={}, services={})",
            self.app_id(py).repr()?,
            token.issue_ts(),
            token.expire(),
            token.services().len()
        ))
    }
}
