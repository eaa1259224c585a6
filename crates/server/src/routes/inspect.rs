//! `POST /v1/inspect`: what a token says, without checking who signed it, as `agora-token inspect --json` prints it.

use agora_token::{Bounds, Unverified};

use super::body::{self, Fields, missing};
use crate::configuration::Configuration;
use crate::endpoint::{Action, Endpoint, Input, Verb};
use crate::error_format::ErrorFormat;
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/v1/inspect",
    verb: Verb::Post,
    errors: ErrorFormat::ProblemDetails,
    action: Action::Consult(consult),
};

fn consult(input: &Input, _: &Configuration) -> Result<String, Problem> {
    let mut fields = Fields::parse(&input.body)?;
    let token = fields.take("token").ok_or_else(|| missing("token"))?;
    let token = body::text(&token, "token")?;
    fields.finish()?;
    Unverified::parse_within(&token, &Bounds::STRANGER)
        .map(|decoded| decoded.to_json())
        .map_err(|error| Problem::of_library(&error, Some("token")))
}
