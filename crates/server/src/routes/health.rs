//! `/healthz`: liveness. `/readyz`: readiness. `/metrics`: for Prometheus.

use std::sync::atomic::Ordering;

use agora_token::Stamp;
use axum::http::StatusCode;
use axum::response::Response;

use crate::about::{About, Body, Status};
use crate::answers;
use crate::endpoint::Endpoint;
use crate::error_format::ErrorFormat;
use crate::problem::{Code, Problem};
use crate::shared::Shared;

const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(super) const HEALTHZ: Endpoint = Endpoint::show(
    "/healthz",
    |_| answers::json(r#"{"status":"ok"}"#),
    About::new("healthz", "Operation", "The process lives", Body::json::<Status>("It does", "")),
);
pub(super) const READYZ: Endpoint = Endpoint::show(
    "/readyz",
    ready,
    About::new("readyz", "Operation", "The server wants requests", Body::json::<Status>("It does", "")),
);
pub(super) const METRICS: Endpoint = Endpoint::show(
    "/metrics",
    |shared| answers::with_type(shared.metrics.to_text(), OPENMETRICS),
    About::new(
        "metrics",
        "Operation",
        "What Prometheus reads; where admin_listen is set, only there",
        Body::text("Metrics in the OpenMetrics text format", OPENMETRICS),
    ),
);

fn ready(shared: &Shared) -> Response {
    let problem = match Stamp::now() {
        _ if shared.is_stopping.load(Ordering::Relaxed) => Code::ShuttingDown.into(),
        Ok(_) => return answers::json(r#"{"status":"ready"}"#),
        // A server that cannot mint wants no requests.
        Err(error) => Problem { status: StatusCode::SERVICE_UNAVAILABLE, ..Problem::of_library(&error, None) },
    };
    ErrorFormat::ProblemDetails.refuse(&problem)
}
