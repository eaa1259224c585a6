//! The native half of the Python package `agora_token`: it turns Python arguments into what the core takes, and what
//! the core gives into Python values. Its names are not for users; `python/agora_token` is.

mod access_token;
mod access_token2;
mod arguments;
mod arrow;
mod builder;
mod credentials;
mod doctor;
mod grant;
mod inspect;
mod issuer;
mod official;
mod packed;
mod permissions;
mod reading;
mod refusal;
mod services;
mod sources;
mod table;
mod user;
mod values;
mod verdict;
mod verifier;

/// What `cargo xtask gen` writes.
mod generated {
    pub(crate) mod builders;
    pub(crate) mod services;
}

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::{ffi, wrap_pyfunction};

/// The native half of agora_token.
#[pymodule(gil_used = false)]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    // Before anything else: a class that another interpreter made would be everybody's.
    refuse_other_interpreters()?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<access_token2::PyAccessToken2>()?;
    module.add_class::<access_token2::PyUnverifiedToken2>()?;
    // The older generation has the same class names, so here they are told apart by a number.
    module.add("AccessToken006", module.py().get_type::<access_token::PyAccessToken>())?;
    module.add("UnverifiedToken006", module.py().get_type::<access_token::PyUnverifiedToken>())?;
    module.add_class::<credentials::PyCredentials>()?;
    module.add_class::<doctor::PyDiagnosis>()?;
    module.add_class::<grant::PyGrant>()?;
    module.add_class::<issuer::PyIssuer>()?;
    module.add_class::<permissions::PyPermissions>()?;
    module.add_class::<services::PyService>()?;
    module.add_class::<services::PyUnknownService>()?;
    module.add_class::<user::PyChannel>()?;
    module.add_class::<user::PyUser>()?;
    module.add_class::<verdict::PyVerdict>()?;
    module.add_class::<verifier::PyVerifier>()?;
    module.add_class::<arrow::IssuedBatch>()?;
    module.add_class::<arrow::IssuedRows>()?;
    module.add_function(wrap_pyfunction!(arrow::issue_arrow, module)?)?;
    module.add_function(wrap_pyfunction!(doctor::diagnose, module)?)?;
    module.add_function(wrap_pyfunction!(inspect::inspect, module)?)?;
    module.add_function(wrap_pyfunction!(official::build_official, module)?)?;
    module.add_function(wrap_pyfunction!(official::chat_user_id, module)?)?;
    module.add_function(wrap_pyfunction!(official::stamp, module)?)?;
    module.add_function(wrap_pyfunction!(packed::build_packed, module)?)?;
    module.add_function(wrap_pyfunction!(table::constants, module)?)?;
    module.add_function(wrap_pyfunction!(table::error_codes, module)?)?;
    module.add_function(wrap_pyfunction!(table::finding_codes, module)?)?;
    generated::builders::add_to(module)?;
    generated::services::add_to(module)?;
    user::add_any(module.py())?;
    // Nobody imports everything from here, and the stub cannot list what it takes from generated ones.
    module.delattr("__all__")
}

/// Classes and caches of this module are the process's, and Python objects are an interpreter's: what one interpreter
/// made would outlive it in the others. So the first has it alone.
fn refuse_other_interpreters() -> PyResult<()> {
    // SAFETY: the interpreter that imports this module is running.
    let interpreter = unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) };
    if interpreter == 0 {
        return Ok(());
    }
    Err(PyImportError::new_err(
        "agora_token works in the first interpreter of a process only, and this is another one; under mod_wsgi, \
         WSGIApplicationGroup %{GLOBAL} makes a program run in the first",
    ))
}
