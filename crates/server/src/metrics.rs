//! What Prometheus reads. No label is a caller's text, so that nobody can make series without end.

use std::sync::atomic::{AtomicI64, AtomicU64};
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry};

pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<(Label, Label<u16>), Counter>,
    durations: Family<Label, Histogram>,
    tokens: Family<Label, Counter>,
    refusals: Family<Label, Counter>,
    reloads: Family<Label, Counter>,
    pub(crate) connections: Gauge,
    loaded_at: Gauge<i64, AtomicI64>,
}

/// Name and value.
type Label<V = &'static str> = [(&'static str, V); 1];

impl Metrics {
    pub(crate) fn new() -> Metrics {
        fn registered<M: Metric + Clone>(registry: &mut Registry, name: &str, help: &str, metric: M) -> M {
            registry.register(name, help, metric.clone());
            metric
        }
        let histogram: fn() -> Histogram =
            || Histogram::new([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0]);
        let durations = Family::new_with_constructor(histogram);
        let started = Gauge::<f64, AtomicU64>::default();
        started.set(now().as_secs_f64());
        let mut all = Registry::with_prefix("agora_token");
        all.register("start_time_seconds", "When the server started", started);
        let registry = &mut all;
        let metrics = Metrics {
            requests: registered(registry, "requests", "Requests answered", Family::default()),
            durations: registered(registry, "request_duration_seconds", "From the head to the answer", durations),
            tokens: registered(registry, "tokens_minted", "Tokens minted", Family::default()),
            refusals: registered(registry, "refusals", "Requests refused, by code", Family::default()),
            reloads: registered(registry, "reloads", "Configurations taken or refused", Family::default()),
            connections: registered(registry, "connections", "Connections open", Gauge::default()),
            loaded_at: registered(
                registry,
                "configuration_loaded_seconds",
                "When the configuration was loaded",
                Gauge::default(),
            ),
            registry: all,
        };
        metrics.configuration_loaded();
        metrics
    }

    pub(crate) fn answered(&self, route: &'static str, status: u16, took: Duration) {
        let route = [("route", route)];
        self.requests.get_or_create(&(route, [("status", status)])).inc();
        self.durations.get_or_create(&route).observe(took.as_secs_f64());
    }

    pub(crate) fn minted(&self, route: &'static str) {
        self.tokens.get_or_create(&[("route", route)]).inc();
    }

    pub(crate) fn refused(&self, code: &'static str) {
        self.refusals.get_or_create(&[("code", code)]).inc();
    }

    pub(crate) fn reloaded(&self, outcome: &'static str) {
        self.reloads.get_or_create(&[("outcome", outcome)]).inc();
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
