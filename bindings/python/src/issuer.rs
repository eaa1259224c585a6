//! The typed way to mint: an issuer for one project.

use agora_token::{Credentials, Error, Grant, IssuedToken, Issuer, Stamp, User};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyIterator, PyList, PyTuple};

use crate::arguments::{Arg, Keywords, Maybe, all_known, each_of, type_name};
use crate::credentials::credentials_of;
use crate::grant::PyGrant;
use crate::refusal::{Outcome, Refusal, exception};
use crate::sources::Sources;
use crate::user::user_of;

/// Mints AccessToken2 tokens for one project, whose credentials are checked once. Frozen; threads may share it.
///
/// Args:
///     credentials: Credentials, or app_id and app_certificate by name
///     app_id: the project; 32 hexadecimal digits; letter case counts
///     app_certificate: signs the tokens; 32 hexadecimal digits; letter case counts; secret
///     clock: for tests: the time of every token, as Unix seconds or a datetime, or a function that gives it,
///         as time.time
///     salt: for tests: the salt of every token, or a function that gives it; the system's random source unless
///         given
///
/// Raises:
///     ConfigurationError: INVALID_APP_ID, INVALID_APP_CERTIFICATE, INVALID_TIMESTAMP, INVALID_SALT
///     UnknownOption: with the nearest argument
#[pyclass(name = "Issuer", module = "agora_token", frozen)]
pub(crate) struct PyIssuer {
    issuer: Issuer,
    /// Nothing where both are the system's, which the core asks by itself.
    sources: Option<Sources>,
}

#[pymethods]
impl PyIssuer {
    #[new]
    #[pyo3(
        signature = (
            credentials=Maybe::Missing, *more, app_id=Maybe::Missing, app_certificate=Maybe::Missing, clock=None,
            salt=None, **unknown
        ),
        text_signature = "(credentials=..., *, app_id=..., app_certificate=..., clock=None, salt=None)"
    )]
    fn new(
        credentials: Maybe<'_, '_>,
        more: &Bound<'_, PyTuple>,
        app_id: Maybe<'_, '_>,
        app_certificate: Maybe<'_, '_>,
        clock: Option<Arg<'_, '_>>,
        salt: Option<Arg<'_, '_>>,
        unknown: Option<Keywords<'_, '_>>,
    ) -> Outcome<PyIssuer> {
        const CALL: &str = "Issuer";
        all_known(unknown, CALL)?;
        let credentials = credentials_of(CALL, &credentials, more, &app_id, &app_certificate)?;
        Ok(PyIssuer { issuer: Issuer::new(credentials), sources: Sources::new(clock, salt)? })
    }

    /// An issuer for the project that the environment names: AGORA_APP_ID and AGORA_APP_CERTIFICATE.
    ///
    /// Args:
    ///     clock: as for Issuer
    ///     salt: as for Issuer
    ///
    /// Raises:
    ///     ConfigurationError: as Issuer does, with the variable as its field
    #[staticmethod]
    #[pyo3(signature = (*, clock=None, salt=None))]
    fn from_env(clock: Option<Arg<'_, '_>>, salt: Option<Arg<'_, '_>>) -> Outcome<PyIssuer> {
        Ok(PyIssuer { issuer: Issuer::from_env()?, sources: Sources::new(clock, salt)? })
    }

    /// The project it mints for.
    #[getter]
    fn app_id(&self) -> &str {
        let Credentials { app_id, .. } = self.issuer.credentials();
        app_id.as_str()
    }

    /// Mints a token. The same grant gives a new one each time.
    ///
    /// Args:
    ///     grant: whom to let in where, as what, for how long
    ///
    /// Raises:
    ///     InputError: INVALID_USER_ID where messaging, Chat or a classroom lacks a user of its own, or the grant a
    ///         user; INVALID_CHANNEL_NAME and INVALID_ROLE where a service needs what the grant does not say
    ///     ConfigurationError: NO_SERVICES, TOO_MANY_ENTRIES, INVALID_PERMISSIONS, PAYLOAD_TOO_LARGE,
    ///         TOKEN_TOO_LONG
    ///     SystemFailure: CLOCK_OUT_OF_RANGE, RANDOM_SOURCE_FAILED
    fn issue<'py>(&self, py: Python<'py>, grant: &PyGrant) -> Outcome<Bound<'py, PyAny>> {
        let grant = grant.whole()?;
        let issued = match &self.sources {
            None => self.issuer.issue(grant)?,
            Some(sources) => self.issuer.issue_at(grant, sources.stamp(py)?)?,
        };
        as_value(py, issued)
    }

    /// Mints a token for each grant, or of one grant for each user, in their order, with other threads running
    /// meanwhile.
    ///
    /// A row that is refused has a RefusedGrant in its place, and the others have their tokens: each row has error,
    /// which is None or the exception that issue would raise.
    ///
    /// Args:
    ///     grants: the grants, or one grant of which every user gets a token
    ///     users: the users of that one grant, each as the argument user of a Grant
    #[pyo3(signature = (grants, users=Maybe::Missing), text_signature = "($self, grants, users=...)")]
    fn issue_many<'py>(
        &self,
        py: Python<'py>,
        grants: Bound<'py, PyAny>,
        users: Maybe<'_, 'py>,
    ) -> Outcome<Bound<'py, PyList>> {
        let issue = |grant: &Grant<'static>, stamp: Option<Stamp>| match stamp {
            None => self.issuer.issue(grant),
            Some(stamp) => self.issuer.issue_at(grant, stamp),
        };
        match (grants.cast::<PyGrant>(), users.given()) {
            (Ok(template), Some(users)) => {
                let template = template.get();
                let read = |_: usize, user: Bound<'py, PyAny>| match user_of(&user) {
                    Ok(user) => Ok(Ok(user)),
                    Err(Refusal::Ours(error)) => Ok(Err(error)),
                    Err(Refusal::Python(error)) => Err(error),
                };
                self.issue_rows(
                    py,
                    each_of("users", "users", users)?,
                    read,
                    |user: &Result<User<'static>, Error>, stamp| issue(&template.for_user(user.clone()?), stamp),
                )
            }
            (Ok(_), None) => Err(wrong("one Grant is a template for users, which are missing".to_owned())),
            (Err(_), Some(_)) => Err(wrong(format!("users are of one Grant, not of {}", type_name(&grants)))),
            (Err(_), None) => {
                let read = |index: usize, grant: Bound<'py, PyAny>| {
                    let no_grant = |value: Arg<'_, '_>| {
                        PyTypeError::new_err(format!("grants[{index}] must be a Grant, not {}", type_name(value)))
                    };
                    let grant = grant.cast_into::<PyGrant>().map_err(|error| no_grant(&error.into_inner()))?;
                    Ok(grant.unbind())
                };
                let grants = each_of("grants", "Grant", &grants)?;
                self.issue_rows(py, grants, read, |grant: &Py<PyGrant>, stamp| issue(grant.get().whole()?, stamp))
            }
        }
    }

    fn __repr__(&self) -> String {
        format!("Issuer(app_id='{}')", self.app_id())
    }
}

/// So many tokens are minted between two looks at what else Python has to do.
const BATCH: usize = 4096;

impl PyIssuer {
    pub(crate) fn core(&self) -> &Issuer {
        &self.issuer
    }

    /// Time and salt of so many tokens, unless both are the system's.
    pub(crate) fn stamps(&self, py: Python<'_>, rows: usize) -> Outcome<Option<Vec<Stamp>>> {
        self.sources.as_ref().map(|sources| (0..rows).map(|_| sources.stamp(py)).collect()).transpose()
    }

    /// Mints a token for each row, which `read` makes of what Python gives and `issue` makes a token of.
    fn issue_rows<'py, R: Send + Sync>(
        &self,
        py: Python<'py>,
        rows: Bound<'py, PyIterator>,
        read: impl Fn(usize, Bound<'py, PyAny>) -> PyResult<R>,
        issue: impl Fn(&R, Option<Stamp>) -> Result<IssuedToken, Error> + Send + Sync,
    ) -> Outcome<Bound<'py, PyList>> {
        let all = PyList::empty(py);
        let mut rows = rows.enumerate();
        loop {
            let batch: Vec<R> =
                rows.by_ref().take(BATCH).map(|(index, row)| read(index, row?)).collect::<PyResult<_>>()?;
            if batch.is_empty() {
                return Ok(all);
            }
            let issued: Vec<_> = match self.stamps(py, batch.len())? {
                None => py.detach(|| batch.iter().map(|row| issue(row, None)).collect()),
                Some(stamps) => {
                    py.detach(|| batch.iter().zip(stamps).map(|(row, stamp)| issue(row, Some(stamp))).collect())
                }
            };
            for token in issued {
                all.append(match token {
                    Ok(token) => as_value(py, token)?,
                    Err(error) => refused_row(py, &error)?,
                })?;
            }
            py.check_signals()?;
        }
    }
}

/// The constructor of a frozen dataclass takes a quarter of the time of a token, so its members are set past it.
fn as_value(py: Python<'_>, issued: IssuedToken) -> Outcome<Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static NEW: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = CLASS.import(py, "agora_token.issuing", "IssuedToken")?;
    let new = NEW.get_or_try_init(py, || Ok::<_, PyErr>(py.get_type::<PyAny>().getattr("__new__")?.unbind()))?;
    let value = new.bind(py).call1((class,))?;
    let members = value.getattr(intern!(py, "__dict__"))?.cast_into::<PyDict>().map_err(PyErr::from)?;
    members.set_item(intern!(py, "token"), issued.token)?;
    members.set_item(intern!(py, "issued_at"), issued.issued_at.as_secs())?;
    members.set_item(intern!(py, "expires_at"), issued.expires_at.as_secs())?;
    members.set_item(intern!(py, "refresh_after"), issued.refresh_after.as_secs())?;
    Ok(value)
}

#[cold]
fn refused_row<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    CLASS.import(py, "agora_token.issuing", "RefusedGrant")?.call1((exception(py, error)?,))
}

fn wrong(message: String) -> Refusal {
    PyTypeError::new_err(message).into()
}
