//! What Prometheus reads. No label is a caller's text, so that nobody can make series without end.

use std::time::Duration;

use agora_token::ErrorCode;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::callers::{PROVIDER_METRICS, REASONS};
use crate::problem::{Code, Problem};
use crate::settings::Settings;
use crate::{logs, process};

/// What requests and connections change. A line is a field, its type, how it begins, name and help.
macro_rules! metrics {
    ($($field:ident: $type:ty = $new:expr, $name:literal, $help:literal;)+) => {
        pub(crate) struct Metrics {
            registry: Registry,
            $(pub(crate) $field: $type,)+
        }

        impl Metrics {
            fn registered(mut registry: Registry) -> Metrics {
                let all = registry.sub_registry_with_prefix(PREFIX);
                $(
                    let $field: $type = $new;
                    all.register($name, $help, $field.clone());
                )+
                Metrics { registry, $($field,)+ }
            }
        }
    };
}

metrics! {
    requests: Family<(Label, Label<u16>), Counter> = Family::default(), "requests", "Requests answered";
    durations: Family<Label, Histogram> =
        Family::new_with_constructor(|| Histogram::new([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0])),
        "request_duration_seconds", "From the head to the answer";
    tokens: Family<Label, Counter> = Family::default(), "tokens_minted", "Tokens minted";
    refusals: Family<Label, Counter> = Family::default(), "refusals", "Requests refused, by code";
    unauthenticated: Family<Label, Counter> = Family::default(), "unauthenticated", "Callers not known, by reason";
    reloads: Family<Label, Counter> = Family::default(), "reloads", "Configurations taken or refused";
    connections: Gauge = Gauge::default(), "connections", "Connections open";
    connections_refused: Family<Label, Counter> = Family::default(), "connections_refused", "Connections refused";
    connections_evicted: Counter = Counter::default(),
        "connections_evicted", "Connections that were closed to make room while they waited for a request";
    loaded_at: Gauge = Gauge::default(), "configuration_loaded_seconds", "When the configuration was loaded";
    tls_ends_at: Family<Label, Gauge> = Family::default(),
        "tls_certificate_expires_seconds", "When the certificate of TLS ends";
}

const PREFIX: &str = "agora_token";

type Label<V = &'static str> = [(&'static str, V); 1];

impl Metrics {
    pub(crate) fn new(settings: &Settings) -> Metrics {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(OfProcess));
        let all = registry.sub_registry_with_prefix(PREFIX);
        let started = ConstGauge::new(now().as_secs_f64());
        let build = Family::<Label, Gauge>::default();
        build.get_or_create(&[("version", env!("CARGO_PKG_VERSION"))]).set(1);
        all.register("start_time_seconds", "When the server started", started);
        all.register("build_info", "Which version runs", build);
        let most = ConstGauge::new(i64::from(settings.max_connections));
        all.register("connections_max", "Connections that may be open", most);
        all.register("log_lines_lost", "Lines that the reader of the log did not take", logs::LOST.clone());
        let providers = PROVIDER_METRICS.clone();
        all.register("provider_fetches", "Fetches of a provider's keys", providers.fetches);
        all.register("provider_keys", "Keys of a provider that can be used", providers.keys);
        all.register("provider_fetched_seconds", "When a provider's keys were fetched last", providers.fetched_at);
        let metrics = Metrics::registered(registry);
        metrics.begin_at_zero();
        metrics
    }

    /// A counter that is not there until something happens cannot be watched for its first growth.
    fn begin_at_zero(&self) {
        let of_library = [ErrorCode::Internal, ErrorCode::RandomSourceFailed, ErrorCode::ClockOutOfRange];
        let codes = Code::ALL.iter().map(|code| code.name()).chain(of_library.map(ErrorCode::name));
        let all: [(&Family<Label, Counter>, _, &[_]); 5] = [
            (&self.refusals, "code", &codes.collect::<Vec<_>>()),
            (&self.unauthenticated, "reason", REASONS),
            (&self.reloads, "outcome", &["taken", "refused"]),
            (&logs::LOST, "kind", &["audit", "log"]),
            (&self.connections_refused, "reason", &["address", "full"]),
        ];
        for (family, label, values) in all {
            values.iter().for_each(|value| drop(family.get_or_create(&[(label, *value)])));
        }
    }

    pub(crate) fn answered(&self, route: &'static str, status: u16, took: Duration) {
        let route = [("route", route)];
        self.requests.get_or_create(&(route, [("status", status)])).inc();
        self.durations.get_or_create(&route).observe(took.as_secs_f64());
    }

    pub(crate) fn refused(&self, problem: &Problem) {
        self.refusals.get_or_create(&[("code", problem.code)]).inc();
        if let Some(reason) = problem.reason {
            self.unauthenticated.get_or_create(&[("reason", reason)]).inc();
        }
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

/// What the system knows of the process, read when it is asked for.
#[derive(Debug)]
struct OfProcess;

impl Collector for OfProcess {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let Some((cpu_seconds, gauges)) = process::usage() else {
            return Ok(());
        };
        let cpu = ConstCounter::new(cpu_seconds);
        cpu.encode(encoder.encode_descriptor("process_cpu_seconds", "Processor time", None, cpu.metric_type())?)?;
        for (name, help, value) in gauges {
            let gauge = ConstGauge::new(value);
            gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)?;
        }
        Ok(())
    }
}

fn now() -> Duration {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
}
