//! The pages: `/docs` shows the contract, `/` of a demo lets a person mint, inspect and diagnose by hand. They are plain
//! files that load nothing from elsewhere.

use axum::response::Response;

use crate::answers;
use crate::endpoint::{Action, Endpoint, Verb};
use crate::error_format::ErrorFormat;
use crate::shared::Shared;

pub(super) const DOCS: Endpoint = page("/docs", |_| answers::page(include_str!("../../pages/docs.html")));
pub(super) const DOCS_SCRIPT: Endpoint = page("/pages/docs.js", |_| script(include_str!("../../pages/docs.js")));
pub(super) const STYLE: Endpoint =
    page("/pages/page.css", |_| answers::with_type(include_str!("../../pages/page.css"), "text/css; charset=utf-8"));

/// Those of a demo.
pub(super) static ENDPOINTS: &[Endpoint] = &[
    page("/", |_| answers::page(include_str!("../../pages/demo.html"))),
    page("/pages/demo.js", |_| script(include_str!("../../pages/demo.js"))),
];

const fn page(path: &'static str, show: fn(&Shared) -> Response) -> Endpoint {
    Endpoint { path, verb: Verb::Get, errors: ErrorFormat::ProblemDetails, action: Action::Show(show) }
}

fn script(text: &'static str) -> Response {
    answers::with_type(text, "text/javascript; charset=utf-8")
}
