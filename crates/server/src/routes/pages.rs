//! The pages: `/docs` shows the contract, `/` of a demo lets a person mint, inspect and diagnose by hand. They are plain
//! files that load nothing from elsewhere. `/openapi.json` is the contract for programs.

use axum::response::Response;

use crate::about::{About, Body, Content};
use crate::endpoint::Endpoint;
use crate::{answers, shared::Shared};

pub(super) const OPENAPI: Endpoint = Endpoint::show(
    "/openapi.json",
    |shared| answers::json(shared.contract.clone()),
    About::new(
        "openapi",
        "Contract",
        "This document",
        Body { about: "The document", content: Content::AnyJson, example: "" },
    ),
);
pub(super) const DOCS: Endpoint = page("/docs", "docs", "Contract", "This document as a page", |_| {
    answers::page(include_str!("../../pages/docs.html"))
});
pub(super) const DOCS_SCRIPT: Endpoint =
    script("/pages/docs.js", "docsScript", "Contract", "The script of /docs", |_| {
        js(include_str!("../../pages/docs.js"))
    });
pub(super) const STYLE: Endpoint = Endpoint::show(
    "/pages/page.css",
    |_| answers::with_type(STYLE_SHEET, "text/css; charset=utf-8"),
    About::new("pageStyle", "Contract", "The style of the pages", Body::text("The style", "text/css; charset=utf-8")),
);

/// Those of a demo.
pub(super) static ENDPOINTS: &[Endpoint] = &[
    page("/", "demo", "Demo", "In a demo: a page to mint, inspect and diagnose by hand", |_| {
        answers::page(include_str!("../../pages/demo.html"))
    }),
    script("/pages/demo.js", "demoScript", "Demo", "In a demo: its script", |_| {
        js(include_str!("../../pages/demo.js"))
    }),
];

/// Pico CSS, and what the pages have beside it.
const STYLE_SHEET: &str = concat!(include_str!("../../pages/pico.css"), include_str!("../../pages/page.css"));
const HTML: &str = "text/html; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

type Show = fn(&Shared) -> Response;

const fn page(path: &'static str, id: &'static str, tag: &'static str, summary: &'static str, show: Show) -> Endpoint {
    Endpoint::show(path, show, About::new(id, tag, summary, Body::text("The page", HTML)))
}

const fn script(
    path: &'static str,
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    show: Show,
) -> Endpoint {
    Endpoint::show(path, show, About::new(id, tag, summary, Body::text("The script", JAVASCRIPT)))
}

fn js(text: &'static str) -> Response {
    answers::with_type(text, JAVASCRIPT)
}
