//! What agora_token.compat needs for services of a program's own.

use agora_token::{AccessToken2, Credentials, PackedService, Stamp};
use pyo3::prelude::*;

use crate::arguments::{Arg, any_credentials};
use crate::refusal::Outcome;

/// An AccessToken2 of services as they stand in a token: the number of each, and what follows it.
#[pyfunction]
#[pyo3(signature = (app_id, app_certificate, issue_ts, expire, salt, services, /))]
pub(crate) fn build_packed(
    app_id: Arg<'_, '_>,
    app_certificate: Arg<'_, '_>,
    issue_ts: u32,
    expire: u32,
    salt: u32,
    services: Vec<(u16, Vec<u8>)>,
) -> Outcome<String> {
    let Credentials { app_id, app_certificate } = any_credentials(app_id, app_certificate)?;
    let mut token = AccessToken2::new(app_id, expire, Stamp { issue_ts, salt });
    token.packed_services =
        services.into_iter().map(|(service_type, content)| PackedService { service_type, content }).collect();
    Ok(token.build(&app_certificate)?)
}
