//! Which pages of other origins may ask. Credentials are bearer tokens, which no browser sends by itself.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HOST, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue};

use crate::host;
use crate::problem::{Code, Problem};
use crate::settings::Settings;

/// Whether the origin is among those that the settings allow. Where nobody needs a key, pages of this machine are.
fn is_allowed(origin: &HeaderValue, settings: &Settings) -> bool {
    let is_named = settings.allowed_origins.iter().any(|allowed| origin.as_bytes() == allowed.as_bytes());
    is_named || settings.serves_anybody() && authority(origin).is_some_and(host::is_loopback)
}

fn allows_all(settings: &Settings) -> bool {
    settings.allowed_origins.iter().any(|origin| origin == "*")
}

/// Adds what a page of an allowed origin needs to read the answer.
pub(crate) fn allow(request: &HeaderMap, settings: &Settings, methods: HeaderValue, response: &mut HeaderMap) {
    if allows_all(settings) {
        response.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    } else {
        response.append(VARY, HeaderValue::from_static("Origin"));
        match request.get(ORIGIN).filter(|origin| is_allowed(origin, settings)) {
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

/// Refuses, where nobody needs a key, what a page of somebody else had sent: by the name that it called us, which DNS may
/// lead here, and by its origin.
pub(crate) fn judge_page(request: &HeaderMap, settings: &Settings) -> Result<(), Problem> {
    if !settings.serves_anybody() {
        return Ok(());
    }
    let host = request.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_ours = |allowed: &String| allowed == "*" || host::name(host) == allowed.to_ascii_lowercase();
    if !host.is_empty() && !host::is_loopback(host) && !settings.allowed_hosts.iter().any(is_ours) {
        return Err(Code::WrongHost.into());
    }
    match request.get(ORIGIN) {
        Some(origin) if allows_all(settings) || is_allowed(origin, settings) || authority(origin) == Some(host) => {
            Ok(())
        }
        Some(_) => Err(Code::ForbiddenOrigin.into()),
        None => Ok(()),
    }
}

fn authority(origin: &HeaderValue) -> Option<&str> {
    origin.to_str().ok()?.split_once("://").map(|(_, authority)| authority)
}
