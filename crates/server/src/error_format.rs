//! The JSON in which a family of routes refuses. The JSON of an answer is made by each route.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_with::skip_serializing_none;
use utoipa::ToSchema;

use crate::problem::Problem;

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

/// A refusal as RFC 9457 has it.
#[skip_serializing_none]
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemDetails {
    /// RFC 9457
    #[schema(pattern = "^about:blank$")]
    r#type: &'static str,
    /// The status in words
    title: &'static str,
    /// The status
    status: u16,
    /// What is wrong, for people; may become better
    detail: String,
    /// What is wrong, for programs; stays
    code: &'static str,
    /// The field at fault
    field: Option<String>,
}

impl ProblemDetails {
    pub(crate) fn of(problem: &Problem) -> ProblemDetails {
        ProblemDetails {
            r#type: "about:blank",
            title: problem.status.canonical_reason().unwrap_or_default(),
            status: problem.status.as_u16(),
            detail: problem.detail.clone().into_owned(),
            code: problem.code,
            field: problem.field.clone().map(Into::into),
        }
    }
}

/// A refusal as the guide's server has it.
#[derive(Serialize, ToSchema)]
pub(crate) struct GuideError {
    /// What is wrong, naming the field; never a token
    token: String,
    /// The status
    code: String,
}

/// A refusal of the routes of agora-token-service and its kin.
#[derive(Serialize, ToSchema)]
pub(crate) struct PeerError {
    /// What is wrong
    error: String,
    /// The status
    status: u16,
}

/// A refusal of the official Docker sample.
#[derive(Serialize, ToSchema)]
pub(crate) struct GenerateError {
    /// -1
    code: i32,
    /// What is wrong
    message: String,
    /// Empty
    data: &'static str,
}

impl ErrorFormat {
    pub(crate) fn refuse(self, problem: &Problem) -> Response {
        let Problem { status, detail, retry_after, .. } = problem;
        let mut response = match self {
            ErrorFormat::ProblemDetails => {
                let mut response = Json(ProblemDetails::of(problem)).into_response();
                response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
                response
            }
            ErrorFormat::Guide => {
                Json(GuideError { token: detail.to_string(), code: status.as_str().to_owned() }).into_response()
            }
            ErrorFormat::ErrorAndStatus => {
                Json(PeerError { error: detail.to_string(), status: status.as_u16() }).into_response()
            }
            ErrorFormat::CodeAndMessage => {
                Json(GenerateError { code: -1, message: detail.to_string(), data: "" }).into_response()
            }
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
}
