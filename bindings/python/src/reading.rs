//! What reading a token needs, whatever its generation.

use agora_token::{Error, ErrorCode, Text};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::arguments::{Arg, in_words};
use crate::refusal::Outcome;
use crate::values::text_to_python;

/// From here on a token takes so long to read that other threads should not wait for it. Handing the lock over and
/// back costs more than an ordinary token, of some 200 characters, does as a whole.
const LONG_TOKEN: usize = 16 * 1024;

/// Reads a token, without holding up other Python threads when it is long.
pub(crate) fn parse_detached<T: Send>(
    py: Python<'_>,
    token: Arg<'_, '_>,
    parse: impl Fn(&str) -> Result<T, Error> + Send + Sync,
) -> Outcome<T> {
    let token = token_text(token)?;
    Ok(detached(py, token, parse)?)
}

/// Does what takes long where a token is long, without holding up other Python threads then.
#[inline]
pub(crate) fn detached<T: Send>(py: Python<'_>, token: &str, read: impl Fn(&str) -> T + Send + Sync) -> T {
    if token.len() < LONG_TOKEN { read(token) } else { py.detach(|| read(token)) }
}

/// What is no text can be no token; no code of the table is nearer.
pub(crate) fn token_text<'a>(token: Arg<'a, '_>) -> Outcome<&'a str> {
    const FIELD: &str = "token";
    if !token.is_instance_of::<PyString>() {
        let reason = format!("the token is {}; a str expected", in_words(token));
        return Err(ErrorCode::TokenVersion.of(FIELD, reason).into());
    }
    // A lone surrogate, which no UTF-8 can carry. Python's own reason would show the text.
    let token = token.cast::<PyString>().map_err(PyErr::from)?.to_str();
    Ok(token.map_err(|_| ErrorCode::TokenBase64.of(FIELD, "the token holds a lone surrogate, which is no text"))?)
}

/// Received bytes as a str, or as they are where they are no UTF-8.
pub(crate) fn bytes_to_python<'py>(py: Python<'py>, bytes: &[u8]) -> Bound<'py, PyAny> {
    text_to_python(py, &Text::from(bytes))
}
