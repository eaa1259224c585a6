//! AccessToken (006): to build, and as read.

use agora_token::{
    AccessToken, AppCertificate, Credentials, ErrorCode, Stamp, Unverified, UnverifiedToken,
    source::{Clock, SaltSource, SystemClock, SystemSalt},
};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::arguments::{
    Arg, any_credentials, app_certificate as certificate_of, privilege as privilege_of, privileges as privileges_of,
    salt as salt_of, timestamp, wire_account, wire_text,
};
use crate::reading::{bytes_to_python, parse_detached};
use crate::refusal::Outcome;
use crate::values::{json_to_python, privileges_to_python, text_to_python};

/// The mechanism of AccessToken (006): any channel and user with any privileges, until absolute times.
///
/// Args:
///     app_id: the project; 32 hexadecimal digits; letter case counts
///     app_certificate: signs the token; 32 hexadecimal digits; letter case counts; secret
///     channel_name: the channel; the user ID in a real-time messaging token; empty for any channel
///     account: the user, as a text or a uid; 0 and empty for any user
///     salt: any number; a random one unless given
///     expires_at: when the token ends, Unix seconds or a datetime with a time zone; a day from now unless given
///     privileges: what it grants until when, by number; 0 for as long as the token
///
/// Raises:
///     InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_UTF8
///     ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, INVALID_TIMESTAMP, INVALID_SALT,
///         INDEX_OUT_OF_RANGE
#[pyclass(name = "AccessToken", module = "agora_token.access_token_006")]
pub(crate) struct PyAccessToken {
    token: AccessToken<'static>,
    certificate: AppCertificate,
}

#[pymethods]
impl PyAccessToken {
    #[new]
    #[pyo3(signature = (
        app_id, app_certificate, channel_name, account, *, salt=None, expires_at=None, privileges=None
    ))]
    fn new(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        account: Arg<'_, '_>,
        salt: Option<Arg<'_, '_>>,
        expires_at: Option<Arg<'_, '_>>,
        privileges: Option<Arg<'_, '_>>,
    ) -> Outcome<PyAccessToken> {
        let Credentials { app_id, app_certificate } = any_credentials(app_id, app_certificate)?;
        let channel_name = wire_text(channel_name, ErrorCode::InvalidChannelName, "channel_name")?;
        let stamp =
            Stamp { issue_ts: SystemClock.now()?, salt: salt.map_or_else(|| Ok(SystemSalt.next_salt()?), salt_of)? };
        let mut token = AccessToken::new(app_id, channel_name, wire_account(account)?, stamp);
        if let Some(expires_at) = expires_at {
            token.expires_at = timestamp(expires_at, "expires_at")?;
        }
        token.privileges = privileges_of(privileges, timestamp)?;
        Ok(PyAccessToken { token, certificate: app_certificate })
    }

    /// Reads a token without checking who signed it.
    ///
    /// Args:
    ///     token: the token as received
    ///
    /// Raises:
    ///     TokenParseError: as agora_token.inspect does
    #[staticmethod]
    fn parse(py: Python<'_>, token: Arg<'_, '_>) -> Outcome<PyUnverifiedToken> {
        parse_detached(py, token, UnverifiedToken::parse).map(PyUnverifiedToken)
    }

    /// The App ID.
    #[getter]
    fn app_id(&self) -> &str {
        self.token.app_id.as_str()
    }

    /// The channel; the user ID in a real-time messaging token; empty for any channel.
    #[getter]
    fn channel_name<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        text_to_python(py, &self.token.channel_name)
    }

    /// The user account or the uid's digits; empty for any user, and in a real-time messaging token.
    #[getter]
    fn account<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        text_to_python(py, &self.token.account)
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

    /// When the token ends, Unix seconds; a datetime may be set.
    #[getter]
    fn expires_at(&self) -> u32 {
        self.token.expires_at
    }

    #[setter]
    fn set_expires_at(&mut self, value: Arg<'_, '_>) -> Outcome<()> {
        self.token.expires_at = timestamp(value, "expires_at")?;
        Ok(())
    }

    /// What it grants until when, Unix seconds; 0 for as long as the token. A new dict each time.
    #[getter]
    fn privileges<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        privileges_to_python(py, &self.token.privileges)
    }

    /// Grants a privilege until an absolute time, replacing an earlier grant of the same.
    ///
    /// Args:
    ///     privilege: a Privilege
    ///     expired_ts: Unix seconds or a datetime with a time zone; 0 for as long as the token
    ///
    /// Raises:
    ///     ConfigurationError: INDEX_OUT_OF_RANGE, INVALID_TIMESTAMP
    fn add_privilege(&mut self, privilege: Arg<'_, '_>, expired_ts: Arg<'_, '_>) -> Outcome<()> {
        self.token.privileges.set(privilege_of(privilege, "privileges")?, timestamp(expired_ts, "privileges")?);
        Ok(())
    }

    /// Signs and encodes the token.
    ///
    /// Raises:
    ///     ConfigurationError: TOO_MANY_ENTRIES
    fn build(&self) -> Outcome<String> {
        Ok(self.token.build(&self.certificate)?)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!(
            "AccessToken(app_id='{}', channel_name={}, account={}, expires_at={}, privileges={})",
            self.token.app_id,
            self.channel_name(py).repr()?,
            self.account(py).repr()?,
            self.token.expires_at,
            self.privileges(py)?.repr()?
        ))
    }
}

/// What an AccessToken (006) says, which anybody could have written: believe it after a verdict. Frozen.
///
/// Channel and user are not in it, only their CRC-32.
#[pyclass(name = "UnverifiedToken", module = "agora_token.access_token_006", frozen, eq, hash)]
pub(crate) struct PyUnverifiedToken(pub(crate) UnverifiedToken);

impl PyUnverifiedToken {
    /// All that a token is made of.
    fn content(&self) -> (&[u8], &[u8], u32, u32, &[u8]) {
        let token = &self.0;
        (token.app_id(), token.signature(), token.channel_crc(), token.user_crc(), token.message())
    }
}

impl PartialEq for PyUnverifiedToken {
    fn eq(&self, other: &PyUnverifiedToken) -> bool {
        self.content() == other.content()
    }
}

impl std::hash::Hash for PyUnverifiedToken {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.content().hash(state);
    }
}

#[pymethods]
impl PyUnverifiedToken {
    /// Whether the holder of this certificate signed this token for this channel and user. Time is not looked at.
    ///
    /// Gives False for a wrong signature and does not raise, so look at what it gives; Verifier.verify raises.
    ///
    /// A real-time messaging token has its user ID for a channel name, and an empty account.
    ///
    /// Args:
    ///     app_certificate: 32 hexadecimal digits; letter case counts
    ///     channel_name: the channel that it should be for
    ///     account: the user that it should be for, as a text or a uid
    ///
    /// Raises:
    ///     InputError: INVALID_CHANNEL_NAME, INVALID_UID, INVALID_USER_ACCOUNT, INVALID_UTF8
    ///     ConfigurationError: INVALID_APP_CERTIFICATE
    fn verify_signature(
        &self,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        account: Arg<'_, '_>,
    ) -> Outcome<bool> {
        let certificate = certificate_of(app_certificate)?;
        let channel_name = wire_text(channel_name, ErrorCode::InvalidChannelName, "channel_name")?;
        let account = wire_account(account)?;
        Ok(self.0.verify(&certificate, channel_name.as_bytes(), account.as_bytes()).is_ok())
    }

    /// The App ID as received: a str, or bytes where it is no UTF-8.
    #[getter]
    fn app_id<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        bytes_to_python(py, self.0.app_id())
    }

    /// The signature as received; 32 bytes in a token that can be valid.
    #[getter]
    fn signature<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.signature())
    }

    /// None, as the three that follow: an AccessToken (006) carries its channel and its user as checksums only.
    #[getter]
    fn channel(&self) -> Option<u32> {
        None
    }

    /// None.
    #[getter]
    fn account(&self) -> Option<u32> {
        None
    }

    /// None.
    #[getter]
    fn uid(&self) -> Option<u32> {
        None
    }

    /// None.
    #[getter]
    fn user(&self) -> Option<u32> {
        None
    }

    /// CRC-32 of the channel name; 0 for the empty name.
    #[getter]
    fn channel_crc(&self) -> u32 {
        self.0.channel_crc()
    }

    /// CRC-32 of the user account; 0 for the empty account, which means any user.
    #[getter]
    fn user_crc(&self) -> u32 {
        self.0.user_crc()
    }

    /// The signed message as received: salt, expiry, privileges.
    #[getter]
    fn message<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.message())
    }

    /// The salt.
    #[getter]
    fn salt(&self) -> u32 {
        self.0.salt()
    }

    /// When the token says it ends, Unix seconds.
    #[getter]
    fn expires_at(&self) -> u64 {
        self.0.expires_at().as_secs()
    }

    /// What it grants until when, Unix seconds; 0 for as long as the token. A new dict each time.
    #[getter]
    fn privileges<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        privileges_to_python(py, self.0.privileges())
    }

    /// The JSON document of the token as Python objects.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json_to_python(py, &self.to_json())
    }

    /// The JSON document of the token, in one line.
    fn to_json(&self) -> String {
        Unverified::AccessToken(self.0.clone()).to_json()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!(
            "UnverifiedToken(app_id={}, expires_at={}, privileges={})",
            self.app_id(py).repr()?,
            self.0.expires_at().as_secs(),
            self.privileges(py)?.repr()?
        ))
    }
}
