//! `POST /v1/inspect`: what a token says, without checking who signed it, as `agora-token inspect --json` prints it.

use agora_token::{Bounds, Unverified};
use serde::Deserialize;
use utoipa::ToSchema;

use super::body;
use crate::about::{About, Body};
use crate::endpoint::Endpoint;
use crate::problem::Problem;

pub(super) const ENDPOINT: Endpoint = Endpoint::consult(
    "/v1/inspect",
    |input, _, _| {
        let InspectRequest { token } = body::read(&input.body)?;
        Unverified::parse_within(&token, &Bounds::STRANGER)
            .map(|decoded| decoded.to_json())
            .map_err(|error| Problem::of_library(&error, Some("token")).unprocessable())
    },
    About {
        description: "The answer is the document that `agora-token inspect --json` prints.",
        request: Some(Body::json::<InspectRequest>("The token", r#"{"token": "007eJxTYHg…"}"#)),
        ..About::new(
            "inspectToken",
            "Diagnosis",
            "What a token says, without checking who signed it",
            Body::any_json("The decoded token"),
        )
    },
);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct InspectRequest {
    /// The token
    token: String,
}
