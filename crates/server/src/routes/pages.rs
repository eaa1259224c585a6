//! The pages: `/docs` shows the contract, `/` of a demo lets a person mint, inspect and diagnose by hand. They are plain
//! files that load nothing from elsewhere. `/openapi.json` is the contract for programs.

use axum::response::Response;

use crate::answers;
use crate::endpoint::Endpoint;

pub(super) const DOCUMENT: &str = include_str!("../../openapi.json");

pub(super) const OPENAPI: Endpoint = Endpoint::show("/openapi.json", |_| answers::json(DOCUMENT));
pub(super) const DOCS: Endpoint = Endpoint::show("/docs", |_| answers::page(include_str!("../../pages/docs.html")));
pub(super) const DOCS_SCRIPT: Endpoint =
    Endpoint::show("/pages/docs.js", |_| script(include_str!("../../pages/docs.js")));
pub(super) const STYLE: Endpoint = Endpoint::show("/pages/page.css", |_| {
    answers::with_type(include_str!("../../pages/page.css"), "text/css; charset=utf-8")
});

/// Those of a demo.
pub(super) static ENDPOINTS: &[Endpoint] = &[
    Endpoint::show("/", |_| answers::page(include_str!("../../pages/demo.html"))),
    Endpoint::show("/pages/demo.js", |_| script(include_str!("../../pages/demo.js"))),
];

fn script(text: &'static str) -> Response {
    answers::with_type(text, "text/javascript; charset=utf-8")
}
