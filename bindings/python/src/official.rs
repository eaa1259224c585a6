//! What agora_token.compat needs of the core: the ways of the official libraries.

use agora_token::describe::{Builder, Manner, apaas_chat_user_id};
use agora_token::{DAY, ErrorCode, Stamp};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::arguments::{Arg, text};
use crate::builder::call;
use crate::refusal::{Outcome, Refusal};

/// A token by the rules of the official libraries, or '' where they make none. The number is that of the C ABI.
#[pyfunction]
#[pyo3(signature = (number, /, *arguments))]
pub(crate) fn build_official(number: u16, arguments: &Bound<'_, PyTuple>) -> PyResult<String> {
    let arguments_given: Vec<_> = arguments.iter().collect();
    let (Some(builder), [app_id, app_certificate, given @ ..]) = (Builder::from_number(number), &*arguments_given)
    else {
        return Ok(String::new());
    };
    match call(builder, [app_id, app_certificate], given.len(), |index| Ok(&given[index]), Manner::Official, Stamp::now)
    {
        // An interrupt, or the end of the program, is no wrong argument.
        Err(Refusal::Python(error)) if !error.is_instance_of::<PyException>(arguments.py()) => Err(error),
        outcome => Ok(outcome.unwrap_or_default()),
    }
}

/// The Chat user ID that belongs to a classroom user.
#[pyfunction]
pub(crate) fn chat_user_id(user_uuid: Arg<'_, '_>) -> Outcome<String> {
    let user_uuid = text(user_uuid, ErrorCode::InvalidUserUuid, "user_uuid")?;
    Ok(apaas_chat_user_id(user_uuid.as_bytes()))
}

/// The time, a salt, and when an AccessToken (006) of now ends: the official objects show them before they build.
#[pyfunction]
pub(crate) fn stamp() -> Outcome<(u32, u32, u32)> {
    let Stamp { issue_ts, salt } = Stamp::now()?;
    Ok((issue_ts, salt, issue_ts.saturating_add(DAY)))
}
