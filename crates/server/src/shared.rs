//! What all requests share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use arc_swap::ArcSwap;
use axum::body::Bytes;

use crate::configuration::Configuration;
use crate::metrics::Metrics;
use crate::traces::Traces;

/// What all requests share.
pub(crate) type Shared = Arc<State>;

pub(crate) struct State {
    pub(crate) configuration: ArcSwap<Configuration>,
    pub(crate) metrics: Metrics,
    pub(crate) traces: Traces,
    pub(crate) now_and_then: NowAndThen,
    /// The routes as a document.
    pub(crate) contract: Bytes,
    stopping: AtomicBool,
}

impl State {
    pub(crate) fn new(configuration: Configuration, contract: String, traces: Traces) -> State {
        let metrics = Metrics::new(&configuration.settings);
        let state = State {
            configuration: ArcSwap::from_pointee(configuration),
            metrics,
            traces,
            now_and_then: NowAndThen::new(),
            contract: contract.into(),
            stopping: AtomicBool::new(false),
        };
        state.configuration_loaded();
        state
    }

    /// Takes another configuration.
    pub(crate) fn replace(&self, configuration: Configuration) {
        self.configuration.store(Arc::new(configuration));
        self.configuration_loaded();
    }

    fn configuration_loaded(&self) {
        self.metrics.configuration_loaded();
        if let Some(tls) = &self.configuration.load().tls {
            self.metrics.tls_ends_at(tls.ends_at);
        }
    }

    /// Marks the server as stopping.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server was told to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// Says what can happen a thousand times a second once in ten.
pub(crate) struct NowAndThen {
    began: Instant,
    /// Seconds from `began`, and ten.
    next: AtomicU64,
}

impl NowAndThen {
    fn new() -> NowAndThen {
        NowAndThen { began: Instant::now(), next: AtomicU64::new(0) }
    }

    pub(crate) fn warn(&self, say: impl FnOnce()) {
        let (now, next) = (self.began.elapsed().as_secs(), self.next.load(Ordering::Relaxed));
        if now >= next && self.next.compare_exchange(next, now + 10, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            say();
        }
    }
}
