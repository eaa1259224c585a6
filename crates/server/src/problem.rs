//! Why a request was refused: a stable code, a status, words for people, and the field at fault.

use std::borrow::Cow;

use agora_token::{Error, ErrorCode};
use axum::http::StatusCode;

/// The codes that are the server's own; the others are those of [`ErrorCode`].
macro_rules! codes {
    ($($variant:ident = $name:literal, $status:ident, $message:literal;)+) => {
        /// The server's own reasons. A code stays; its words may become better.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Code {
            $(#[doc = $message] $variant,)+
        }

        impl Code {
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
    InvalidJson = "INVALID_JSON", BAD_REQUEST, "the body must be one JSON object";
    MissingField = "MISSING_FIELD", BAD_REQUEST, "a field is missing";
    UnknownField = "UNKNOWN_FIELD", BAD_REQUEST, "the route has no such field";
    InvalidField = "INVALID_FIELD", BAD_REQUEST, "a field has a value that it cannot have";
    BadHttp = "BAD_HTTP", BAD_REQUEST, "what was sent is not HTTP/1.1";
    Unauthenticated = "UNAUTHENTICATED", UNAUTHORIZED, "an API key or a JWT is needed: Authorization: Bearer ...";
    ProviderUnavailable = "PROVIDER_UNAVAILABLE", SERVICE_UNAVAILABLE, "the keys of the JWT's issuer are not at hand";
    ForbiddenCaller = "FORBIDDEN_CALLER", FORBIDDEN, "no policy is for a caller with these claims";
    ForbiddenOrigin = "FORBIDDEN_ORIGIN", FORBIDDEN, "pages of this origin may not ask";
    ForbiddenDiagnosis = "FORBIDDEN_DIAGNOSIS", FORBIDDEN, "the caller may not have tokens diagnosed";
    ForbiddenProject = "FORBIDDEN_PROJECT", FORBIDDEN, "the caller may not have tokens of this project";
    ForbiddenChannel = "FORBIDDEN_CHANNEL", FORBIDDEN, "the caller may not have this channel";
    ForbiddenUser = "FORBIDDEN_USER", FORBIDDEN, "the caller may not have tokens for this user";
    ForbiddenRole = "FORBIDDEN_ROLE", FORBIDDEN, "the caller may not have this role";
    ForbiddenService = "FORBIDDEN_SERVICE", FORBIDDEN, "the caller may not have this service";
    ForbiddenRoom = "FORBIDDEN_ROOM", FORBIDDEN, "the caller may not have this room";
    ForbiddenPermission = "FORBIDDEN_PERMISSION", FORBIDDEN, "the caller may not have permissions on this resource";
    ForbiddenLifetime = "FORBIDDEN_LIFETIME", FORBIDDEN, "the caller may not have so long a lifetime";
    ForbiddenWildcard = "FORBIDDEN_WILDCARD", FORBIDDEN, "the caller may not have tokens for any user or any channel";
    NotFound = "NOT_FOUND", NOT_FOUND, "there is no such route; GET /openapi.json lists them";
    MethodNotAllowed = "METHOD_NOT_ALLOWED", METHOD_NOT_ALLOWED, "the route does not take this method";
    HeaderTimeout = "HEADER_TIMEOUT", REQUEST_TIMEOUT, "the request's head did not arrive in time";
    RequestTimeout = "REQUEST_TIMEOUT", REQUEST_TIMEOUT, "the request did not arrive in time";
    BodyTooLarge = "BODY_TOO_LARGE", PAYLOAD_TOO_LARGE, "the body is too large";
    RateLimited = "RATE_LIMITED", TOO_MANY_REQUESTS, "too many requests; Retry-After says when to come back";
    WrongHost = "WRONG_HOST", MISDIRECTED_REQUEST, "the server has another name than Host says; see allowed_hosts";
    AuditFailed = "AUDIT_FAILED", SERVICE_UNAVAILABLE, "the audit line cannot be written, so there is no token";
    ShuttingDown = "SHUTTING_DOWN", SERVICE_UNAVAILABLE, "the server is about to stop";
}

type Words = Cow<'static, str>;

/// A refusal. Nothing in it is secret; of the caller's own text, `detail` may show the name of an unknown field and a
/// single escaped character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) detail: Words,
    /// The field as the route names it.
    pub(crate) field: Option<Words>,
    /// Seconds until the caller may come back.
    pub(crate) retry_after: Option<u64>,
    /// Why a caller is not known, as the metrics and the audit log name it.
    pub(crate) reason: Option<&'static str>,
    /// The issuer that a JWT was held against, by our name, and the key that it names.
    pub(crate) jwt: Option<Box<(String, Option<String>)>>,
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<Words>) -> Problem {
        let (status, code, detail) = (code.status(), code.name(), detail.into());
        Problem { status, code, detail, field: None, retry_after: None, reason: None, jwt: None }
    }

    pub(crate) fn invalid(field: impl Into<Words>, expected: impl Into<Words>) -> Problem {
        Problem::in_field(Code::InvalidField, field, expected)
    }

    pub(crate) fn in_field(code: Code, field: impl Into<Words>, detail: impl Into<Words>) -> Problem {
        Problem { field: Some(field.into()), ..Problem::new(code, detail) }
    }

    /// The same of fields that are each as they should be, but not together, or not by the rules of tokens.
    pub(crate) fn unprocessable(self) -> Problem {
        let is_bad = self.status == StatusCode::BAD_REQUEST;
        Problem { status: if is_bad { StatusCode::UNPROCESSABLE_ENTITY } else { self.status }, ..self }
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
        let (code, field) = (error.code().name(), field.map(Cow::Borrowed));
        Problem { status, code, field, ..Problem::new(Code::InvalidField, detail) }
    }

    /// A field whose value the library's code `code` stands for.
    pub(crate) fn of_code(code: ErrorCode, field: impl Into<Words>, expected: impl Into<Words>) -> Problem {
        Problem { code: code.name(), ..Problem::invalid(field, expected) }
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
