//! A route: its path, what it reads, what it does, how it refuses, and what its documentation says.

use axum::extract::RawPathParams;
use axum::response::Response;
use serde_json::Value;

use crate::about::About;
use crate::ask::Ask;
use crate::callers::Caller;
use crate::configuration::Configuration;
use crate::error_format::ErrorFormat;
use crate::mint::Minted;
use crate::problem::{Code, Problem};
use crate::shared::Shared;

pub(crate) struct Endpoint {
    pub(crate) path: &'static str,
    pub(crate) errors: ErrorFormat,
    pub(crate) action: Action,
    pub(crate) largest_body: usize,
    pub(crate) about: About,
}

impl Endpoint {
    /// The largest body of a single request.
    pub(crate) const LARGEST_BODY: usize = 64 * 1024;

    const fn new(path: &'static str, errors: ErrorFormat, action: Action, about: About) -> Endpoint {
        Endpoint { path, errors, action, largest_body: Endpoint::LARGEST_BODY, about }
    }

    pub(crate) const fn show(path: &'static str, show: fn(&Shared) -> Response, about: About) -> Endpoint {
        Endpoint::new(path, ErrorFormat::ProblemDetails, Action::Show(show), about)
    }

    pub(crate) const fn consult(path: &'static str, consult: Consult, about: About) -> Endpoint {
        Endpoint::new(path, ErrorFormat::ProblemDetails, Action::Consult(consult), about)
    }

    pub(crate) const fn mint(
        path: &'static str,
        errors: ErrorFormat,
        read: Read,
        answer: Answer,
        about: About,
    ) -> Endpoint {
        Endpoint::new(path, errors, Action::Mint { read, answer }, about)
    }

    pub(crate) const fn batch(path: &'static str, read: ReadBatch, answer: Answer, about: About) -> Endpoint {
        let action = Action::Batch { read, answer };
        let endpoint = Endpoint::new(path, ErrorFormat::ProblemDetails, action, about);
        Endpoint { largest_body: 1024 * 1024, ..endpoint }
    }

    pub(crate) const fn reads_body(&self) -> bool {
        self.about.request.is_some()
    }

    pub(crate) const fn methods(&self) -> &'static str {
        if self.reads_body() { "POST, OPTIONS" } else { "GET, HEAD, OPTIONS" }
    }
}

pub(crate) type Read = fn(&Input, &Caller) -> Result<Ask, Problem>;
pub(crate) type ReadBatch = fn(&Input) -> Result<Vec<Row>, Problem>;
/// One row of a batch, which is read when its turn comes.
pub(crate) type Row = Box<dyn FnOnce(&Caller) -> Result<Ask, Problem> + Send>;
pub(crate) type Answer = fn(&Ask, &Minted) -> Value;
type Consult = fn(&Input, &Caller, &Configuration) -> Result<String, Problem>;

pub(crate) enum Action {
    Mint {
        read: Read,
        answer: Answer,
    },
    Batch {
        read: ReadBatch,
        answer: Answer,
    },
    /// Answers a known caller's question about a token. The answer is JSON.
    Consult(Consult),
    Show(fn(&Shared) -> Response),
    Refuse(Code),
}

pub(crate) struct Input {
    pub(crate) path: RawPathParams,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Input {
    /// The part of the path that the route calls `name`, decoded.
    pub(crate) fn in_path(&self, name: &str) -> &str {
        self.path.iter().find(|(key, _)| *key == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// A parameter of the query, if it is there once.
    pub(crate) fn in_query(&self, name: &'static str) -> Result<Option<&str>, Problem> {
        let mut found = self.query.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match (found.next(), found.next()) {
            (value, None) => Ok(value),
            _ => Err(Problem::in_field(Code::UnknownField, name, format!("{name} stands twice in the query"))),
        }
    }
}
