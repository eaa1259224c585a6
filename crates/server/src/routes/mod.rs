//! The routes. Each says what it reads and what its answer looks like, and nothing else.

mod answers;
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
use axum::http::{HeaderValue, Method};
use axum::response::Response;
use axum::routing::any;
use serde_json::Value;

pub(crate) use self::answers::json;
use crate::ask::Ask;
use crate::edge;
use crate::live::Live;
use crate::mint::Minted;
use crate::problem::{Code, Problem};
use crate::serve::Shared;
use crate::shape::Shape;

/// One route.
pub(crate) struct Endpoint {
    pub(crate) path: &'static str,
    pub(crate) verb: Verb,
    pub(crate) shape: Shape,
    pub(crate) action: Action,
}

/// The one method that a route takes beside OPTIONS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
}

impl Verb {
    pub(crate) fn takes(self, method: &Method) -> bool {
        match self {
            Verb::Get => method == Method::GET || method == Method::HEAD,
            Verb::Post => method == Method::POST,
        }
    }

    pub(crate) fn allow(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Verb::Get => "GET, HEAD, OPTIONS",
            Verb::Post => "POST, OPTIONS",
        })
    }
}

/// What a route does.
pub(crate) enum Action {
    /// Mints what the request asks for, if the caller's policy allows it.
    Mint { read: fn(&Input) -> Result<Ask, Problem>, answer: fn(&Ask, &Minted) -> Value },
    /// Answers a known caller's question about a token. The answer is JSON.
    Consult(fn(&Input, &Live) -> Result<String, Problem>),
    /// Shows something that is everybody's to see.
    Show(fn(&Shared) -> Response),
    /// There is nothing here.
    Refuse(Code),
}

/// A request as routes see it.
pub(crate) struct Input {
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Input {
    /// The part of the path that the route calls `name`, decoded.
    pub(crate) fn in_path(&self, name: &str) -> &str {
        self.path.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// A parameter of the query, if it is there once.
    pub(crate) fn in_query(&self, name: &'static str) -> Result<Option<&str>, Problem> {
        let mut found = self.query.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match (found.next(), found.next()) {
            (value, None) => Ok(value),
            _ => Err(Problem::new(Code::UnknownField, format!("{name} stands twice in the query")).in_field(name)),
        }
    }
}

/// Where no route is.
static NOWHERE: Endpoint =
    Endpoint { path: "none", verb: Verb::Get, shape: Shape::ProblemDetails, action: Action::Refuse(Code::NotFound) };

/// Every route there can be.
#[cfg(test)]
fn every_endpoint() -> impl Iterator<Item = &'static Endpoint> {
    [ALWAYS, pages::ENDPOINTS, compat::ENDPOINTS].into_iter().flatten()
}

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
        let handle = |State(shared): State<Shared>, request: Request| edge::handle(shared, endpoint, request);
        router = router.route(endpoint.path, any(handle));
    }
    let nowhere = |State(shared): State<Shared>, request: Request| edge::handle(shared, &NOWHERE, request);
    router.fallback(nowhere).with_state(shared)
}
