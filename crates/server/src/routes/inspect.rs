//! `POST /v1/inspect`: what a token says, without checking who signed it, as `agora-token inspect --json` prints it.

use agora_token::{Bounds, Unverified};

use super::body::{self, Fields};
use crate::configuration::Configuration;
use crate::endpoint::{Endpoint, Input};
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint::consult("/v1/inspect", consult);

fn consult(input: &Input, _: &Configuration) -> Result<String, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let token = fields.required("token", body::text)?;
    fields.finish()?;
    Unverified::parse_within(&token, &Bounds::STRANGER)
        .map(|decoded| decoded.to_json())
        .map_err(|error| Problem::of_library(&error, Some("token")))
}
