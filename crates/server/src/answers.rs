//! Responses with the headers for their content.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

pub(crate) fn json(text: impl Into<axum::body::Body>) -> Response {
    with_type(text, "application/json")
}

pub(crate) fn with_type(text: impl Into<axum::body::Body>, content_type: &'static str) -> Response {
    let mut response = text.into().into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// A page with a policy that allows only the server's own files, no inline script and no frame.
pub(crate) fn page(html: &'static str) -> Response {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' \
                          data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let mut response = with_type(html, "text/html; charset=utf-8");
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}
