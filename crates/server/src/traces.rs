//! Traces for OpenTelemetry, where the environment names a collector: a span for each request, sent over OTLP/HTTP. A thread of the library's own sends them in batches from a queue of
//! bounded length: when that is full, spans are lost and requests go on.

use std::collections::BTreeSet;
use std::time::Duration;

use async_trait::async_trait;
use axum::extract::Request;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{Span as _, SpanBuilder, SpanKind, Status, Tracer, TracerProvider};
use opentelemetry::{Array, Context, InstrumentationScope, Key, KeyValue, StringValue, Value};
use opentelemetry_http::{Bytes, HeaderExtractor, HttpClient, HttpError};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use ureq::http;

use crate::ask::{Ask, Holder, Wanted};
use crate::callers::Caller;
use crate::error::Error;
use crate::problem::Problem;

/// How long a batch may take, unless the environment says.
const PATIENCE: Duration = Duration::from_secs(10);

/// A collector's answer has a few bytes.
const LARGEST_ANSWER: u64 = 64 * 1024;

const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Where spans go to; nowhere unless the environment names a collector.
#[derive(Clone)]
pub(crate) struct Traces(Option<(SdkTracerProvider, SdkTracer)>);

impl Traces {
    /// Reads the environment by OpenTelemetry's names.
    pub(crate) fn start() -> Result<Traces, Error> {
        let is_disabled = setting("OTEL_SDK_DISABLED").is_some_and(|(_, value)| value.eq_ignore_ascii_case("true"));
        let goes_nowhere = setting("OTEL_TRACES_EXPORTER").is_some_and(|(_, value)| value == "none");
        let Some((name, endpoint)) = of_traces("ENDPOINT").filter(|_| !is_disabled && !goes_nowhere) else {
            return Ok(Traces(None));
        };
        if !(endpoint.starts_with("http://") || endpoint.starts_with("https://")) {
            return Err(Error::setting(name, "a URL that begins with http:// or https:// expected"));
        }
        if endpoint.contains('@') {
            return Err(Error::setting(name, "no password belongs in it: OTEL_EXPORTER_OTLP_HEADERS takes it"));
        }
        if let Some((name, _)) = of_traces("PROTOCOL").filter(|(_, protocol)| protocol != "http/protobuf") {
            return Err(Error::setting(name, "http/protobuf expected, which is the only one spoken"));
        }
        if let Some((name, _)) = of_traces("CERTIFICATE").or_else(|| of_traces("CLIENT_CERTIFICATE")) {
            return Err(Error::setting(name, "only the public authorities are known: it has to go"));
        }
        let timeout = of_traces("TIMEOUT").map_or(Ok(PATIENCE), |(name, value)| {
            let milliseconds = value.parse().ok().filter(|value| *value > 0).map(Duration::from_millis);
            milliseconds.ok_or_else(|| Error::setting(name, "milliseconds expected"))
        })?;
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client(config.into()))
            .with_protocol(Protocol::HttpBinary)
            .with_timeout(timeout)
            .build()
            .map_err(|error| Error::setting("OTEL_EXPORTER_OTLP", error.to_string()))?;
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource()).build();
        let scope = InstrumentationScope::builder("agora-token-server").with_version(env!("CARGO_PKG_VERSION")).build();
        let tracer = provider.tracer_with_scope(scope);
        Ok(Traces(Some((provider, tracer))))
    }

    /// Begins the span of a request, as part of the caller's trace if the request names one. The path is left out: on
    /// some routes it holds a channel and a user.
    pub(crate) fn begin(&self, request: &Request, route: &'static str, request_id: &str) -> Span {
        let Some((_, tracer)) = &self.0 else {
            return Span(None);
        };
        let parent =
            TraceContextPropagator::new().extract_with_context(&Context::new(), &HeaderExtractor(request.headers()));
        // A method that nobody knows is a stranger's text.
        let method = METHODS.into_iter().find(|known| request.method() == known).unwrap_or("_OTHER");
        let mut attributes = vec![
            KeyValue::new("http.request.method", method),
            KeyValue::new("agora_token.request_id", request_id.to_owned()),
        ];
        let mut name = if method == "_OTHER" { "HTTP" } else { method }.to_owned();
        if route.starts_with('/') {
            attributes.push(KeyValue::new("http.route", route));
            name = format!("{name} {route}");
        }
        let span = SpanBuilder::from_name(name).with_kind(SpanKind::Server).with_attributes(attributes);
        Span(Some(Begun { span: tracer.build_with_context(span, &parent), services: BTreeSet::new(), tokens: 0 }))
    }

    /// Sends what waits, within so long. Later spans are lost.
    pub(crate) fn flush(&self, patience: Duration) {
        if let Some((provider, _)) = &self.0 {
            // The library logs what went wrong.
            let _ = provider.shutdown_with_timeout(patience);
        }
    }
}

/// The span of a request. It ends when it is dropped, so also for a client that has gone.
pub(crate) struct Span(Option<Begun>);

struct Begun {
    span: opentelemetry_sdk::trace::Span,
    services: BTreeSet<String>,
    tokens: i64,
}

impl Span {
    pub(crate) fn caller(&mut self, caller: &Caller) {
        if let Some(Begun { span, .. }) = &mut self.0 {
            span.set_attribute(KeyValue::new("agora_token.caller", caller.name.clone()));
            if let Some(policy) = caller.policy.name.as_deref() {
                span.set_attribute(KeyValue::new("agora_token.policy", policy.to_owned()));
            }
        }
    }

    /// One token; a batch has many.
    pub(crate) fn minted(&mut self, ask: &Ask) {
        if let Some(begun) = &mut self.0 {
            begun.tokens += 1;
            match &ask.holder {
                Holder::App(service) => begun.services.extend([Wanted::App(*service).to_string()]),
                Holder::User(grant, _) => {
                    begun.services.extend(grant.get_services().iter().map(|service| service.name().to_owned()));
                }
            }
        }
    }

    pub(crate) fn refused(&mut self, problem: &Problem) {
        if let Some(Begun { span, .. }) = &mut self.0 {
            span.set_attribute(KeyValue::new("agora_token.code", problem.code));
            if problem.status.is_server_error() {
                span.set_attribute(KeyValue::new("error.type", problem.code));
                span.set_status(Status::error(""));
            }
        }
    }

    pub(crate) fn answered(self, status: u16) {
        let Some(Begun { mut span, services, tokens }) = self.0 else {
            return;
        };
        span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status)));
        if tokens > 0 {
            span.set_attribute(KeyValue::new("agora_token.tokens", tokens));
            let services = services.into_iter().map(StringValue::from).collect();
            span.set_attribute(KeyValue::new("agora_token.services", Value::Array(Array::String(services))));
        }
    }
}

/// What the environment says of us, under the name agora-token unless it has another.
fn resource() -> Resource {
    let of_environment = Resource::builder().build();
    let is_named = of_environment
        .get(&Key::from_static_str("service.name"))
        .is_some_and(|name| !name.as_str().is_empty() && !name.as_str().starts_with("unknown_service"));
    let resource = Resource::builder().with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
    if is_named { resource } else { resource.with_service_name("agora-token") }.build()
}

/// A variable that is set, and not to nothing.
fn setting(name: &str) -> Option<(String, String)> {
    let value = std::env::var(name).ok().filter(|value| !value.is_empty())?;
    Some((name.to_owned(), value))
}

/// The variable for traces, or else the one for all that is sent.
fn of_traces(what: &str) -> Option<(String, String)> {
    setting(&format!("OTEL_EXPORTER_OTLP_TRACES_{what}")).or_else(|| setting(&format!("OTEL_EXPORTER_OTLP_{what}")))
}

/// The server's one HTTP client, and with it its one TLS. It blocks, on a thread that does nothing else.
#[derive(Debug)]
struct Client(ureq::Agent);

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let (parts, mut body) = self.0.run(http::Request::from_parts(parts, body.as_ref()))?.into_parts();
        // The exporter logs the answer of a collector that refuses, whatever stands in it.
        let content = match parts.status.is_success() {
            true => body.with_config().limit(LARGEST_ANSWER).read_to_vec()?,
            false => Vec::new(),
        };
        Ok(http::Response::from_parts(parts, content.into()))
    }
}
