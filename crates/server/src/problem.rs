//! Why a request was refused: a stable code, a status, words for people, and the field at fault.

use std::borrow::Cow;

use agora_token::{Error, ErrorCode};
use axum::http::StatusCode;

/// The codes that are the server's own; the others are those of [`ErrorCode`].
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $status:ident, $message:literal;)+) => {
        /// The server's own reasons. A code stays; its words may become better.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// The whole table.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Code] = &[$(Code::$variant,)+];

            pub(crate) const fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            pub(crate) const fn status(self) -> StatusCode {
                match self { $(Code::$variant => StatusCode::$status,)+ }
            }

            /// One sentence, where a request tells no more.
            pub(crate) const fn message(self) -> &'static str {
                match self { $(Code::$variant => $message,)+ }
            }
        }
    };
}

codes! {
    /// The body is no JSON object.
    InvalidJson = "INVALID_JSON", BAD_REQUEST, "the body must be one JSON object";
    /// A field that must be there is not.
    MissingField = "MISSING_FIELD", BAD_REQUEST, "a field is missing";
    /// A field that the route does not have, or has twice.
    UnknownField = "UNKNOWN_FIELD", BAD_REQUEST, "the route has no such field";
    /// A field of a wrong type, or of a value that it cannot have.
    InvalidField = "INVALID_FIELD", BAD_REQUEST, "a field has a value that it cannot have";
    /// What was sent is not HTTP. The connection is closed.
    BadHttp = "BAD_HTTP", BAD_REQUEST, "what was sent is not HTTP/1.1";
    /// No credentials, or none that count.
    Unauthenticated = "UNAUTHENTICATED", UNAUTHORIZED, "an API key or a JWT is needed: Authorization: Bearer ...";
    /// A channel outside of the caller's policy.
    ForbiddenChannel = "FORBIDDEN_CHANNEL", FORBIDDEN, "the caller may not have this channel";
    /// A user outside of the caller's policy.
    ForbiddenUser = "FORBIDDEN_USER", FORBIDDEN, "the caller may not have tokens for this user";
    /// A role outside of the caller's policy.
    ForbiddenRole = "FORBIDDEN_ROLE", FORBIDDEN, "the caller may not have this role";
    /// A service outside of the caller's policy; the app token of Chat unless allowed.
    ForbiddenService = "FORBIDDEN_SERVICE", FORBIDDEN, "the caller may not have this service";
    /// A lifetime longer than the caller's policy or the server allows.
    ForbiddenLifetime = "FORBIDDEN_LIFETIME", FORBIDDEN, "the caller may not have so long a lifetime";
    /// Any user or any channel, unless allowed.
    ForbiddenWildcard = "FORBIDDEN_WILDCARD", FORBIDDEN, "the caller may not have tokens for any user or any channel";
    /// No such route.
    NotFound = "NOT_FOUND", NOT_FOUND, "there is no such route; GET /openapi.json lists them";
    /// The route does not take this method.
    MethodNotAllowed = "METHOD_NOT_ALLOWED", METHOD_NOT_ALLOWED, "the route does not take this method";
    /// The head of a request did not arrive in time. The connection is closed.
    HeaderTimeout = "HEADER_TIMEOUT", REQUEST_TIMEOUT, "the request's head did not arrive in time";
    /// The body did not arrive in time.
    RequestTimeout = "REQUEST_TIMEOUT", REQUEST_TIMEOUT, "the request did not arrive in time";
    /// More than 64 KiB.
    BodyTooLarge = "BODY_TOO_LARGE", PAYLOAD_TOO_LARGE, "the body is larger than 65536 bytes";
    /// Too many requests from the caller or the address.
    RateLimited = "RATE_LIMITED", TOO_MANY_REQUESTS, "too many requests; Retry-After says when to come back";
    /// The server is about to stop.
    ShuttingDown = "SHUTTING_DOWN", SERVICE_UNAVAILABLE, "the server is about to stop";
}

/// A refusal. Nothing in it is secret; of the caller's own text, `detail` may show the name of an unknown field and a
/// single escaped character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) detail: Cow<'static, str>,
    /// The field as the route names it.
    pub(crate) field: Option<&'static str>,
    /// Seconds until the caller may come back.
    pub(crate) retry_after: Option<u64>,
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Problem {
        Problem { status: code.status(), code: code.name(), detail: detail.into(), field: None, retry_after: None }
    }

    pub(crate) fn in_field(mut self, field: &'static str) -> Problem {
        self.field = Some(field);
        self
    }

    /// What the library refused. `field` is the route's name for what was at fault.
    pub(crate) fn of_library(error: &Error, field: Option<&'static str>) -> Problem {
        let status = match error.code() {
            ErrorCode::Internal | ErrorCode::RandomSourceFailed | ErrorCode::ClockOutOfRange => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            _ => StatusCode::BAD_REQUEST,
        };
        let detail = error.sentence(field.unwrap_or(error.field()));
        Problem { status, code: error.code().name(), detail: detail.into(), field, retry_after: None }
    }

    /// A field whose value the library's code `code` stands for.
    pub(crate) fn of_code(code: ErrorCode, field: &'static str, expected: impl Into<Cow<'static, str>>) -> Problem {
        Problem {
            status: StatusCode::BAD_REQUEST,
            code: code.name(),
            detail: expected.into(),
            field: Some(field),
            retry_after: None,
        }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Problem {
        Problem::new(code, code.message())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_documented_with_its_status() {
        let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/server.md");
        let guide = std::fs::read_to_string(guide).unwrap();
        for code in Code::ALL {
            let name = format!("`{}`", code.name());
            let row = guide.lines().find(|line| line.starts_with('|') && line.contains(&name));
            let row = row.unwrap_or_else(|| panic!("docs/server.md has no row for {name}"));
            let unanswered = *code == Code::HeaderTimeout;
            assert!(unanswered || row.contains(code.status().as_str()), "{row}");
        }
    }
}
