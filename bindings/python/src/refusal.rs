//! Why a call was refused, on its way to becoming a Python exception.

use agora_token::{Error, ErrorCode};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple};

/// What a bridge function returns.
pub(crate) type Outcome<T> = Result<T, Refusal>;

/// A refusal by the core or by this bridge, or an exception that Python raised on the way.
pub(crate) enum Refusal {
    Ours(Error),
    /// Of the grant at this place.
    OfGrant(usize, Error),
    Python(PyErr),
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
        let (code, field, sentence) = match refusal {
            Refusal::Python(error) => return error,
            Refusal::Ours(error) => (error.code(), error.field(), error.to_string()),
            Refusal::OfGrant(index, error) => (error.code(), error.field(), format!("grants[{index}]: {error}")),
        };
        Python::attach(|py| {
            exception(py, code, |class, code| class.call1((code, field, sentence))).unwrap_or_else(|error| error)
        })
    }
}

/// The first refusal of a verdict as an exception that carries them all.
pub(crate) fn with_all(py: Python<'_>, first: &Error, refusals: &Bound<'_, PyTuple>) -> PyResult<PyErr> {
    exception(py, first.code(), |class, code| class.call1((code, first.field(), first.to_string(), refusals)))
}

/// A refusal as a value, `agora_token.Refusal`.
pub(crate) fn as_value<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    static REFUSAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let code = code_member(py, error.code())?;
    REFUSAL.import(py, "agora_token.errors", "Refusal")?.call1((code, error.field(), error.to_string()))
}

/// Which class it is stands in Python, beside the classes.
fn exception<'py>(
    py: Python<'py>,
    code: ErrorCode,
    make: impl FnOnce(&Bound<'py, PyAny>, &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<PyErr> {
    static CLASS_OF: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let code = code_member(py, code)?;
    let class = CLASS_OF.import(py, "agora_token.errors", "class_of")?.call1((&code,))?;
    make(&class, &code).map(PyErr::from_value)
}

fn code_member<'py>(py: Python<'py>, code: ErrorCode) -> PyResult<Bound<'py, PyAny>> {
    static ERROR_CODE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    ERROR_CODE.import(py, "agora_token.errors", "ErrorCode")?.get_item(PyString::new(py, code.name()))
}
