//! Why a call was refused, on its way to becoming a Python exception.

use agora_token::{Error, ErrorCode, ServiceType, Verdict, may_be_secret};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple};

/// What a bridge function returns.
pub(crate) type Outcome<T> = Result<T, Refusal>;

/// A refusal by the core or by this bridge, or an exception that Python raised on the way.
pub(crate) enum Refusal {
    Ours(Error),
    Python(PyErr),
}

impl Refusal {
    /// The same of another argument.
    pub(crate) fn of(self, field: &'static str) -> Refusal {
        match self {
            Refusal::Ours(error) => Refusal::Ours(error.in_field(field)),
            Refusal::Python(error) => Refusal::Python(error),
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::Ours(error)
    }
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Refusal {
        Refusal::Ours(code.into())
    }
}

impl From<PyErr> for Refusal {
    fn from(error: PyErr) -> Refusal {
        Refusal::Python(error)
    }
}

impl From<Refusal> for PyErr {
    fn from(refusal: Refusal) -> PyErr {
        match refusal {
            Refusal::Python(error) => error,
            Refusal::Ours(error) => Python::attach(|py| match exception(py, &error) {
                Ok(exception) => PyErr::from_value(exception),
                Err(error) => error,
            }),
        }
    }
}

/// A refusal as an exception that nobody raised yet. Which class it is of stands in Python, beside the classes.
pub(crate) fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let code = code_member(py, error.code())?;
    class_of(py, &code)?.call1((code, error.field(), error.reason()))
}

/// The first refusal of a verdict, with all of them attached where it is about the token.
pub(crate) fn refused(py: Python<'_>, verdict: &Verdict) -> PyResult<PyErr> {
    let first = match verdict.refusals().first() {
        Some(first) if !first.code().is_of_argument() => first,
        first => return Ok(Refusal::from(first.cloned().unwrap_or(ErrorCode::Internal.into())).into()),
    };
    let code = code_member(py, first.code())?;
    let all = as_values(py, verdict)?;
    class_of(py, &code)?.call1((code, first.field(), first.reason(), all)).map(PyErr::from_value)
}

/// All refusals of a verdict, each an `agora_token.Refusal`.
pub(crate) fn as_values<'py>(py: Python<'py>, verdict: &Verdict) -> PyResult<Bound<'py, PyTuple>> {
    let refusals = verdict.refusals().iter().map(|error| as_value(py, error)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, refusals)
}

fn as_value<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    static REFUSAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static SERVICE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let code = code_member(py, error.code())?;
    let service = match error.service().and_then(ServiceType::from_number) {
        Some(service) => Some(SERVICE.import(py, "agora_token.constants", "ServiceType")?.call1((service.number(),))?),
        None => None,
    };
    REFUSAL.import(py, "agora_token.errors", "Refusal")?.call1((code, error.field(), error.reason(), service))
}

/// The refusal of a keyword that a call has not.
#[cold]
pub(crate) fn unknown_option(name: &Bound<'_, PyAny>, call: &str) -> Refusal {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let exception = || {
        let shown = name.to_string();
        let shown = if is_name(&shown) && !may_be_secret(&shown) { &shown } else { "an option" };
        MAKE.import(name.py(), "agora_token.errors", "unknown_option")?.call1((shown, call))
    };
    exception().map_or_else(|error| error, PyErr::from_value).into()
}

/// Whether a keyword looks like an argument's name. One that came from outside may be of any length, and hold newlines.
fn is_name(keyword: &str) -> bool {
    (1..=40).contains(&keyword.len()) && keyword.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn class_of<'py>(py: Python<'py>, code: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static CLASS_OF: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    CLASS_OF.import(py, "agora_token.errors", "class_of")?.call1((code,))
}

fn code_member<'py>(py: Python<'py>, code: ErrorCode) -> PyResult<Bound<'py, PyAny>> {
    static ERROR_CODE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    ERROR_CODE.import(py, "agora_token.errors", "ErrorCode")?.get_item(PyString::new(py, code.name()))
}
