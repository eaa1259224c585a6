//! The routes. Each says what it reads and what its answer looks like, and nothing else.

mod body;
mod compat;
mod doctor;
mod fetch_rtc_token;
mod health;
mod inspect;
mod openapi;
mod pages;
mod tokens;

use axum::Router;
use axum::extract::{Request, State};
use axum::routing::any;

use crate::endpoint::{Action, Endpoint, Verb};
use crate::error_format::ErrorFormat;
use crate::handler;
use crate::problem::Code;
use crate::shared::Shared;

/// Where no route is.
static NOWHERE: Endpoint = Endpoint {
    path: "none",
    verb: Verb::Get,
    errors: ErrorFormat::ProblemDetails,
    action: Action::Refuse(Code::NotFound),
};

static ALWAYS: &[Endpoint] = &[
    fetch_rtc_token::ENDPOINT,
    tokens::ENDPOINT,
    doctor::ENDPOINT,
    inspect::ENDPOINT,
    health::HEALTHZ,
    health::READYZ,
    health::METRICS,
    openapi::ENDPOINT,
    pages::DOCS,
    pages::DOCS_SCRIPT,
    pages::STYLE,
];

/// The routes of a server with these settings. Those are not changed by a reload.
pub(crate) fn router(shared: Shared, compat: bool, demo: bool) -> Router {
    let endpoints = ALWAYS
        .iter()
        .chain(pages::ENDPOINTS.iter().filter(|_| demo))
        .chain(compat::ENDPOINTS.iter().filter(|_| compat));
    let mut router = Router::new();
    for endpoint in endpoints {
        let handle = |State(shared): State<Shared>, request: Request| handler::handle(shared, endpoint, request);
        router = router.route(endpoint.path, any(handle));
    }
    let nowhere = |State(shared): State<Shared>, request: Request| handler::handle(shared, &NOWHERE, request);
    router.fallback(nowhere).with_state(shared)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::openapi::DOCUMENT;
    use super::*;

    #[test]
    fn every_route_is_in_the_document_and_no_other() {
        let document: Value = serde_json::from_str(DOCUMENT).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let documented: BTreeSet<(&str, &str)> = paths
            .iter()
            .flat_map(|(path, verbs)| verbs.as_object().unwrap().keys().map(move |verb| (path.as_str(), verb.as_str())))
            .collect();
        let served: BTreeSet<(&str, &str)> = [ALWAYS, pages::ENDPOINTS, compat::ENDPOINTS]
            .into_iter()
            .flatten()
            .map(|endpoint| {
                let verb = match endpoint.verb {
                    Verb::Get => "get",
                    Verb::Post => "post",
                };
                (endpoint.path, verb)
            })
            .collect();
        assert_eq!(documented, served);
    }

    #[test]
    fn what_the_document_refers_to_is_in_it() {
        fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
            match value {
                Value::Object(fields) => {
                    found.extend(fields.get("$ref").and_then(Value::as_str));
                    fields.values().for_each(|value| references(value, found));
                }
                Value::Array(values) => values.iter().for_each(|value| references(value, found)),
                _ => {}
            }
        }
        let document: Value = serde_json::from_str(DOCUMENT).unwrap();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 50);
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }
}
