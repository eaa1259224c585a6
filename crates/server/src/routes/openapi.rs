//! `/openapi.json`: the contract, for programs.

use crate::answers;
use crate::endpoint::{Action, Endpoint, Verb};
use crate::error_format::ErrorFormat;

pub(super) const DOCUMENT: &str = include_str!("../../openapi.json");

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/openapi.json",
    verb: Verb::Get,
    errors: ErrorFormat::ProblemDetails,
    action: Action::Show(|_| answers::json(DOCUMENT)),
};
