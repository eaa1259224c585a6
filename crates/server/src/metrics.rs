//! What Prometheus reads. No label is a caller's text, so that nobody can make series without end.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    durations: Family<RouteLabels, Histogram>,
    tokens: Family<RouteLabels, Counter>,
    refusals: Family<CodeLabels, Counter>,
    reloads: Family<OutcomeLabels, Counter>,
    /// Connections that are open.
    pub(crate) connections: Gauge,
    /// When the configuration in use was loaded, Unix seconds.
    pub(crate) loaded_at: Gauge<i64, std::sync::atomic::AtomicI64>,
    started: Gauge<f64, AtomicU64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    route: &'static str,
    status: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CodeLabels {
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabels {
    outcome: &'static str,
}

impl Metrics {
    pub(crate) fn new() -> Metrics {
        fn histogram() -> Histogram {
            Histogram::new([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0])
        }
        let mut metrics = Metrics {
            registry: Registry::with_prefix("agora_token"),
            requests: Family::default(),
            durations: Family::new_with_constructor(histogram),
            tokens: Family::default(),
            refusals: Family::default(),
            reloads: Family::default(),
            connections: Gauge::default(),
            loaded_at: Gauge::default(),
            started: Gauge::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("requests", "Requests answered", metrics.requests.clone());
        registry.register("request_duration_seconds", "From the head to the answer", metrics.durations.clone());
        registry.register("tokens_minted", "Tokens minted", metrics.tokens.clone());
        registry.register("refusals", "Requests refused, by code", metrics.refusals.clone());
        registry.register("reloads", "Configurations taken or refused", metrics.reloads.clone());
        registry.register("connections", "Connections open", metrics.connections.clone());
        registry.register(
            "configuration_loaded_seconds",
            "When the configuration was loaded",
            metrics.loaded_at.clone(),
        );
        registry.register("start_time_seconds", "When the server started", metrics.started.clone());
        metrics.started.set(now().as_secs_f64());
        metrics.configuration_loaded();
        metrics
    }

    pub(crate) fn answered(&self, route: &'static str, status: u16, took: Duration) {
        self.requests.get_or_create(&RequestLabels { route, status: status.into() }).inc();
        self.durations.get_or_create(&RouteLabels { route }).observe(took.as_secs_f64());
    }

    pub(crate) fn minted(&self, route: &'static str) {
        self.tokens.get_or_create(&RouteLabels { route }).inc();
    }

    pub(crate) fn refused(&self, code: &'static str) {
        self.refusals.get_or_create(&CodeLabels { code }).inc();
    }

    pub(crate) fn reloaded(&self, outcome: &'static str) {
        self.reloads.get_or_create(&OutcomeLabels { outcome }).inc();
    }

    pub(crate) fn configuration_loaded(&self) {
        self.loaded_at.set(i64::try_from(now().as_secs()).unwrap_or(i64::MAX));
    }

    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        // Writing to a String has no error to give.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

fn now() -> Duration {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
}
