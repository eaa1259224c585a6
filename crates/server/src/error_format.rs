//! The JSON in which a family of routes refuses. The JSON of an answer is made by each route.

use axum::Json;
use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::problem::Problem;

/// How a refusal is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorFormat {
    /// RFC 9457.
    ProblemDetails,
    /// The guide's: the message stands in `token`, the status in `code`.
    Guide,
    /// `{error, status}`, as agora-token-service and its kin.
    ErrorAndStatus,
    /// `{code, message, data}`, as the official Docker sample.
    CodeAndMessage,
}

impl ErrorFormat {
    pub(crate) fn refuse(self, problem: &Problem) -> Response {
        let Problem { status, code, detail, field, retry_after } = problem;
        let mut response = match self {
            ErrorFormat::ProblemDetails => {
                let title = status.canonical_reason().unwrap_or_default();
                let mut body = json!({
                    "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail, "code": code,
                });
                if let (Some(field), Some(body)) = (field, body.as_object_mut()) {
                    body.insert("field".to_owned(), Value::from(*field));
                }
                let mut response = Json(body).into_response();
                response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
                response
            }
            ErrorFormat::Guide => Json(json!({ "token": detail, "code": status.as_str() })).into_response(),
            ErrorFormat::ErrorAndStatus => Json(json!({ "error": detail, "status": status.as_u16() })).into_response(),
            ErrorFormat::CodeAndMessage => Json(json!({ "code": -1, "message": detail, "data": "" })).into_response(),
        };
        *response.status_mut() = *status;
        let headers = response.headers_mut();
        if *status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(*seconds));
        }
        response
    }

    /// As [`ErrorFormat::refuse`], naming the methods that the route takes.
    pub(crate) fn refuse_method(self, problem: &Problem, allowed: HeaderValue) -> Response {
        let mut response = self.refuse(problem);
        response.headers_mut().insert(ALLOW, allowed);
        response
    }
}
