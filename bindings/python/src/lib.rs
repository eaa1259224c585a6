//! The native half of the Python package `agora_token`: it turns Python arguments into what the core takes, and what
//! the core gives into Python values. Its names are not for users; `python/agora_token` is.

mod access_token;
mod access_token2;
mod arguments;
mod builder;
mod doctor;
mod inspect;
mod issuer;
mod official;
mod packed;
mod permissions;
mod reading;
mod refusal;
mod services;
mod table;
mod values;
mod verifier;

/// What `cargo xtask gen` writes.
mod generated {
    pub(crate) mod builders;
    pub(crate) mod services;
}

use pyo3::prelude::*;

/// The native half of agora_token.
#[pymodule(gil_used = false)]
mod _native {
    use super::*;

    #[pymodule_export]
    use super::access_token2::{PyAccessToken2, PyUnverifiedToken2};
    #[pymodule_export]
    use super::doctor::{PyDiagnosis, diagnose};
    #[pymodule_export]
    use super::inspect::inspect;
    #[pymodule_export]
    use super::issuer::{PyGrant, PyIssuer};
    #[pymodule_export]
    use super::official::{build_official, chat_user_id, stamp};
    #[pymodule_export]
    use super::packed::build_packed;
    #[pymodule_export]
    use super::permissions::PyPermissions;
    #[pymodule_export]
    use super::services::{PyService, PyUnknownService};
    #[pymodule_export]
    use super::table::{constants, error_codes, finding_codes};
    #[pymodule_export]
    use super::verifier::{PyVerdict, PyVerifier, verify};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        // The older generation has the same class names, so here they are told apart by a number.
        module.add("AccessToken006", module.py().get_type::<access_token::PyAccessToken>())?;
        module.add("UnverifiedToken006", module.py().get_type::<access_token::PyUnverifiedToken>())?;
        generated::builders::add_to(module)?;
        generated::services::add_to(module)?;
        // Nobody imports everything from here, and the stub cannot list what it takes from generated ones.
        module.delattr("__all__")
    }
}
