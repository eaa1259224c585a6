//! `/openapi.json`: the contract, for programs.

use super::{Action, Endpoint, Verb, answers};
use crate::shape::Shape;

pub(super) const DOCUMENT: &str = include_str!("../../openapi.json");

pub(super) const ENDPOINT: Endpoint = Endpoint {
    path: "/openapi.json",
    verb: Verb::Get,
    shape: Shape::ProblemDetails,
    action: Action::Show(|_| answers::json(DOCUMENT)),
};
