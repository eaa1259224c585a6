//! A route: its path, what it reads, what it does and how it refuses.

use axum::http::{HeaderValue, Method};
use axum::response::Response;
use serde_json::Value;

use crate::ask::Ask;
use crate::configuration::Configuration;
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::{Code, Problem};
use crate::shared::Shared;

/// One route.
pub(crate) struct Endpoint {
    pub(crate) path: &'static str,
    pub(crate) verb: Verb,
    pub(crate) errors: ErrorFormat,
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
    Consult(fn(&Input, &Configuration) -> Result<String, Problem>),
    /// Shows something public.
    Show(fn(&Shared) -> Response),
    /// Always refuses.
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
