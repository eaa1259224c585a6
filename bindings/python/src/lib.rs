//! The native half of the Python package `agora_token`: it turns Python arguments into what the core takes, and what
//! the core gives into Python values. Its names are not for users; `python/agora_token` is.

mod access_token;
mod access_token2;
mod arguments;
mod builders;
mod builders_006;
mod doctor;
mod inspect;
mod issuer;
mod permissions;
mod refusal;
mod services;
mod table;
mod values;
mod verifier;

use pyo3::prelude::*;

/// The native half of agora_token.
#[pymodule(gil_used = false)]
mod _native {
    use super::*;

    #[pymodule_export]
    use super::access_token2::{PyAccessToken2, PyUnverifiedToken2};
    #[pymodule_export]
    use super::builders::{
        ApaasTokenBuilder, ChatTokenBuilder, ConvoAITokenBuilder, EducationTokenBuilder, FpaTokenBuilder,
        RtcTokenBuilder, RtmTokenBuilder, SttTokenBuilder,
    };
    #[pymodule_export]
    use super::doctor::{PyDiagnosis, diagnose};
    #[pymodule_export]
    use super::inspect::{inspect, stamp};
    #[pymodule_export]
    use super::issuer::{PyGrant, PyIssuer};
    #[pymodule_export]
    use super::permissions::PyPermissions;
    #[pymodule_export]
    use super::services::{
        PyService, PyUnknownService, ServiceApaas, ServiceChat, ServiceConvoAI, ServiceFCdn, ServiceFpa, ServiceRtc,
        ServiceRtm, ServiceRtm2, ServiceStreaming, ServiceStt,
    };
    #[pymodule_export]
    use super::table::{constants, error_codes, finding_codes};
    #[pymodule_export]
    use super::verifier::{PyVerdict, PyVerifier, verify};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        add_006(module)
    }

    /// The older generation has the same class names, so here they are told apart by a number.
    fn add_006(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let py = module.py();
        let rtc = py.get_type::<builders_006::RtcTokenBuilder006>();
        let rtm = py.get_type::<builders_006::RtmTokenBuilder006>();
        // The official spelling of this generation, for the same functions.
        rtc.setattr("buildTokenWithUid", rtc.getattr("build_token_with_uid")?)?;
        rtc.setattr("buildTokenWithAccount", rtc.getattr("build_token_with_user_account")?)?;
        rtm.setattr("buildToken", rtm.getattr("build_token")?)?;
        module.add("RtcTokenBuilder006", rtc)?;
        module.add("RtmTokenBuilder006", rtm)?;
        module.add("AccessToken006", py.get_type::<access_token::PyAccessToken>())?;
        module.add("UnverifiedToken006", py.get_type::<access_token::PyUnverifiedToken>())
    }
}
