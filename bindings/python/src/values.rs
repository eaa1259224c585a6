//! What the core holds, as Python values.

use agora_token::{Privileges, Text};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyString};

/// A str, or the bytes where they are no UTF-8: nothing is ever replaced.
pub(crate) fn text_to_python<'py>(py: Python<'py>, text: &Text<'_>) -> Bound<'py, PyAny> {
    match text.to_str() {
        Ok(text) => PyString::new(py, text).into_any(),
        Err(_) => PyBytes::new(py, text.as_bytes()).into_any(),
    }
}

pub(crate) fn privileges_to_python<'py>(py: Python<'py>, privileges: &Privileges) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (privilege, value) in privileges.iter() {
        dict.set_item(privilege, value)?;
    }
    Ok(dict)
}

/// A JSON document as Python objects.
pub(crate) fn json_to_python<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    LOADS.import(py, "json", "loads")?.call1((json,))
}

/// Hashes a value by what it shows of itself, which for the core's types is all of it.
pub(crate) fn hash_of<H: std::hash::Hasher>(value: &impl std::fmt::Debug, state: &mut H) {
    std::hash::Hash::hash(&format!("{value:?}"), state);
}
