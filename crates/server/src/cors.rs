//! Which pages of other origins may ask. Credentials are bearer tokens, which no browser sends by itself.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue};

/// Adds what a page of an allowed origin needs to read the answer.
pub(crate) fn allow(request: &HeaderMap, origins: &[String], methods: HeaderValue, response: &mut HeaderMap) {
    if origins.iter().any(|origin| origin == "*") {
        response.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    } else {
        response.append(VARY, HeaderValue::from_static("Origin"));
        match request.get(ORIGIN).filter(|origin| origins.iter().any(|allowed| origin.as_bytes() == allowed.as_bytes()))
        {
            Some(origin) => response.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()),
            None => return,
        };
    }
    response.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    response
        .insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type, authorization, x-request-id"));
    response.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after, x-request-id"));
    response.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
}
