//! What a verifier found.

use agora_token::Verdict;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::inspect::token_to_python;
use crate::refusal::as_values;
use crate::values::json_to_python;

/// What a Verifier found. Frozen, and true only when the token is valid.
#[pyclass(name = "Verdict", module = "agora_token", frozen, eq, hash)]
pub(crate) struct PyVerdict(pub(crate) Verdict);

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
        as_values(py, &self.0)
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
