//! Reading a token of either generation, unverified.

use agora_token::{Error, ErrorCode, Stamp, Text, Unverified};
use pyo3::prelude::*;

use crate::access_token::PyUnverifiedToken;
use crate::access_token2::PyUnverifiedToken2;
use crate::arguments::{Arg, text};
use crate::refusal::{Outcome, Refusal};
use crate::values::text_to_python;

/// From here on a token takes so long to read that other threads should not wait for it. Handing the lock over and
/// back costs more than an ordinary token, of some 200 characters, does as a whole.
const LONG_TOKEN: usize = 16 * 1024;

/// Reads a token of either generation without checking who signed it.
#[pyfunction]
pub(crate) fn inspect<'py>(py: Python<'py>, token: Arg<'_, 'py>) -> Outcome<Bound<'py, PyAny>> {
    Ok(token_to_python(py, parse_detached(py, token, Unverified::parse)?)?)
}

/// The time and a salt for agora_token.compat, whose objects show both before they build.
#[pyfunction]
pub(crate) fn stamp() -> Outcome<(u32, u32)> {
    let Stamp { issue_ts, salt } = Stamp::now()?;
    Ok((issue_ts, salt))
}

/// A parsed token as the Python value of its generation.
pub(crate) fn token_to_python(py: Python<'_>, token: Unverified) -> PyResult<Bound<'_, PyAny>> {
    match token {
        Unverified::AccessToken(token) => Ok(Bound::new(py, PyUnverifiedToken(token))?.into_any()),
        Unverified::AccessToken2(token) => Ok(Bound::new(py, PyUnverifiedToken2(token))?.into_any()),
        _ => Err(Refusal::from(ErrorCode::Internal.into_error()).into()),
    }
}

/// Reads a token, without holding up other Python threads when it is long.
pub(crate) fn parse_detached<T: Send>(
    py: Python<'_>,
    token: Arg<'_, '_>,
    parse: impl Fn(&str) -> Result<T, Error> + Send + Sync,
) -> Outcome<T> {
    let token = token_text(token)?;
    let read = if token.len() < LONG_TOKEN { parse(token) } else { py.detach(|| parse(token)) };
    Ok(read?)
}

/// What is no text can be no token; no code of the table is nearer.
pub(crate) fn token_text<'a>(token: Arg<'a, '_>) -> Outcome<&'a str> {
    text(token, ErrorCode::TokenVersion, "token")
}

/// Received bytes as a str, or as they are where they are no UTF-8.
pub(crate) fn bytes_to_python<'py>(py: Python<'py>, bytes: &[u8]) -> Bound<'py, PyAny> {
    text_to_python(py, &Text::from(bytes))
}
