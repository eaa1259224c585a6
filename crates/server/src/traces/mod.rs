//! Traces of requests for OpenTelemetry: with the feature `otel`, and where the environment names a collector.

#[cfg(not(feature = "otel"))]
mod none;
#[cfg(feature = "otel")]
mod otlp;

#[cfg(not(feature = "otel"))]
pub(crate) use none::{Span, Traces};
#[cfg(feature = "otel")]
pub(crate) use otlp::{Span, Traces};
