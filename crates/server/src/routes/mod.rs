//! The routes. Each says what it reads, what its answer looks like and what it is for, and nothing else.

mod body;
mod compat;
mod doctor;
mod fetch_rtc_token;
mod health;
mod inspect;
mod pages;
mod tokens;

use axum::Router;
use axum::extract::{Request, State};
use axum::routing::any;

use crate::about::{About, Body};
use crate::endpoint::{Action, Endpoint};
use crate::error_format::ErrorFormat;
use crate::handler;
use crate::problem::Code;
use crate::settings::{Listen, Settings};
use crate::shared::Shared;

static NOWHERE: Endpoint = Endpoint {
    path: "none",
    errors: ErrorFormat::ProblemDetails,
    action: Action::Refuse(Code::NotFound),
    largest_body: 0,
    about: About::new("", "", "", Body::text("", "")),
};

static ALWAYS: &[Endpoint] = &[
    fetch_rtc_token::ENDPOINT,
    tokens::ENDPOINT,
    tokens::BATCH,
    doctor::ENDPOINT,
    inspect::ENDPOINT,
    pages::OPENAPI,
    pages::DOCS,
    pages::DOCS_SCRIPT,
    pages::STYLE,
];

static HEALTH: &[Endpoint] = &[health::HEALTHZ, health::READYZ];

static METRICS: &[Endpoint] = &[health::METRICS];

/// The routes of a server with these settings, which a reload does not change.
pub(crate) fn of_server(settings: &Settings) -> impl Iterator<Item = &'static Endpoint> + use<> {
    let when = |condition: bool, endpoints: &'static [Endpoint]| if condition { endpoints } else { &[] };
    let metrics = when(settings.admin_listen == Listen::Nowhere, METRICS);
    let (demo, compat) = (when(settings.demo, pages::ENDPOINTS), when(settings.compat, compat::ENDPOINTS));
    [ALWAYS, HEALTH, metrics, demo, compat].into_iter().flatten()
}

/// Those for who watches the server.
pub(crate) fn of_admin() -> impl Iterator<Item = &'static Endpoint> {
    HEALTH.iter().chain(METRICS)
}

pub(crate) fn router(shared: Shared, endpoints: impl Iterator<Item = &'static Endpoint>) -> Router {
    let route = |endpoint: &'static Endpoint| {
        any(move |State(shared): State<Shared>, request: Request| handler::handle(shared, endpoint, request))
    };
    let mut router = Router::new().fallback(route(&NOWHERE));
    for endpoint in endpoints {
        if matches!(endpoint.action, Action::Mint { .. } | Action::Batch { .. }) {
            // A counter at zero until the first token.
            let _ = shared.metrics.tokens.get_or_create(&[("route", endpoint.path)]);
        }
        router = router.route(endpoint.path, route(endpoint));
    }
    router.with_state(shared)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::openapi::document;

    fn all() -> impl Iterator<Item = &'static Endpoint> {
        of_server(&Settings::of_file("demo = true\ncompat = true").unwrap())
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
        let document: Value = serde_json::from_str(&document(all())).unwrap();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 50);
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn examples_are_json_and_ids_are_their_routes_own() {
        let mut ids = std::collections::BTreeSet::new();
        for endpoint in all() {
            let bodies = endpoint.about.request.iter().chain([&endpoint.about.answer]);
            for body in bodies.filter(|body| !body.example.is_empty()) {
                let read: Result<Value, _> = serde_json::from_str(body.example);
                assert!(read.is_ok(), "{}", endpoint.path);
            }
            assert!(ids.insert(endpoint.about.id), "{}", endpoint.about.id);
        }
    }
}
