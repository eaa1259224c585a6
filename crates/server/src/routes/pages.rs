//! The pages: `/docs` shows the contract, `/` of a demo lets a person mint, inspect and diagnose by hand. They are plain
//! files that load nothing from elsewhere. `/openapi.json` is the contract for programs.

use axum::response::Response;

use crate::about::{About, Body};
use crate::endpoint::Endpoint;
use crate::{answers, shared::Shared};

pub(super) const OPENAPI: Endpoint = Endpoint::show(
    "/openapi.json",
    |shared| answers::json(shared.contract.clone()),
    About::new("openapi", "Contract", "This document", Body::any_json("The document")),
);
pub(super) const DOCS: Endpoint = file("/docs", "docs", "Contract", "This document as a page", HTML, |_| {
    answers::page(include_str!("../../pages/docs.html"))
});
pub(super) const DOCS_SCRIPT: Endpoint =
    file("/pages/docs.js", "docsScript", "Contract", "The script of /docs", JAVASCRIPT, |_| {
        answers::with_type(include_str!("../../pages/docs.js"), JAVASCRIPT)
    });
pub(super) const STYLE: Endpoint =
    file("/pages/page.css", "pageStyle", "Contract", "The style of the pages", CSS, |_| {
        let styles = concat!(include_str!("../../pages/pico.css"), include_str!("../../pages/page.css"));
        answers::with_type(styles, CSS)
    });

/// Those of a demo.
pub(super) static ENDPOINTS: &[Endpoint] = &[
    file("/", "demo", "Demo", "In a demo: a page to mint, inspect and diagnose by hand", HTML, |_| {
        answers::page(include_str!("../../pages/demo.html"))
    }),
    file("/pages/demo.js", "demoScript", "Demo", "In a demo: its script", JAVASCRIPT, |_| {
        answers::with_type(include_str!("../../pages/demo.js"), JAVASCRIPT)
    }),
];

const HTML: &str = "text/html; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

const fn file(
    path: &'static str,
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    media_type: &'static str,
    show: fn(&Shared) -> Response,
) -> Endpoint {
    Endpoint::show(path, show, About::new(id, tag, summary, Body::text("The file", media_type)))
}
