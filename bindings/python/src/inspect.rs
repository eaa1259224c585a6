//! Reading a token of either generation, unverified.

use agora_token::{ErrorCode, Unverified};
use pyo3::prelude::*;

use crate::access_token::PyUnverifiedToken;
use crate::access_token2::PyUnverifiedToken2;
use crate::arguments::Arg;
use crate::reading::parse_detached;
use crate::refusal::{Outcome, Refusal};

/// Reads a token of either generation without checking who signed it.
///
/// Args:
///     token: the token as received
///
/// Raises:
///     TokenParseError: TOKEN_VERSION, TOKEN_BASE64, TOKEN_COMPRESSION, TOKEN_TOO_LARGE, TOKEN_TRUNCATED,
///         TOKEN_DUPLICATE_KEY, TOKEN_TRAILING_BYTES
#[pyfunction]
pub(crate) fn inspect<'py>(py: Python<'py>, token: Arg<'_, 'py>) -> Outcome<Bound<'py, PyAny>> {
    Ok(token_to_python(py, parse_detached(py, token, Unverified::parse)?)?)
}

/// A parsed token as the Python value of its generation.
pub(crate) fn token_to_python(py: Python<'_>, token: Unverified) -> PyResult<Bound<'_, PyAny>> {
    match token {
        Unverified::AccessToken(token) => Ok(Bound::new(py, PyUnverifiedToken(token))?.into_any()),
        Unverified::AccessToken2(token) => Ok(Bound::new(py, PyUnverifiedToken2(token))?.into_any()),
        _ => Err(Refusal::from(ErrorCode::Internal).into()),
    }
}
