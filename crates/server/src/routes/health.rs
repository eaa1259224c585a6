//! `/healthz`: liveness. `/readyz`: readiness. `/metrics`: for Prometheus.

use axum::response::Response;

use crate::answers;
use crate::endpoint::{Action, Endpoint, Verb};
use crate::error_format::ErrorFormat;
use crate::problem::{Code, Problem};
use crate::shared::Shared;

pub(super) const HEALTHZ: Endpoint = show("/healthz", |_| answers::json(r#"{"status":"ok"}"#));
pub(super) const READYZ: Endpoint = show("/readyz", ready);
pub(super) const METRICS: Endpoint = show("/metrics", |shared| {
    answers::with_type(shared.metrics.to_text(), "application/openmetrics-text; version=1.0.0; charset=utf-8")
});

const fn show(path: &'static str, show: fn(&Shared) -> Response) -> Endpoint {
    Endpoint { path, verb: Verb::Get, errors: ErrorFormat::ProblemDetails, action: Action::Show(show) }
}

fn ready(shared: &Shared) -> Response {
    if shared.is_stopping() {
        return ErrorFormat::ProblemDetails.refuse(&Problem::from(Code::ShuttingDown));
    }
    answers::json(r#"{"status":"ready"}"#)
}
