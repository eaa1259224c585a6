//! What all requests share.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arc_swap::ArcSwap;
use axum::body::Bytes;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use nonzero_ext::nonzero;

use crate::configuration::Configuration;
use crate::metrics::Metrics;
use crate::traces::Traces;

const ONCE_IN_TEN_SECONDS: Quota = Quota::per_minute(nonzero!(6u32)).allow_burst(nonzero!(1u32));

pub(crate) type Shared = Arc<State>;

pub(crate) struct State {
    pub(crate) configuration: ArcSwap<Configuration>,
    pub(crate) metrics: Metrics,
    pub(crate) traces: Traces,
    /// Bounds what can happen a thousand times a second.
    warnings: DefaultDirectRateLimiter,
    /// The routes as a document.
    pub(crate) contract: Bytes,
    pub(crate) is_stopping: AtomicBool,
}

impl State {
    pub(crate) fn new(configuration: Configuration, contract: String, traces: Traces) -> State {
        let state = State {
            metrics: Metrics::new(&configuration.settings),
            configuration: ArcSwap::from_pointee(configuration),
            traces,
            warnings: RateLimiter::direct(ONCE_IN_TEN_SECONDS),
            contract: contract.into(),
            is_stopping: AtomicBool::new(false),
        };
        state.configuration_loaded();
        state
    }

    pub(crate) fn replace(&self, configuration: Configuration) {
        self.configuration.store(Arc::new(configuration));
        self.configuration_loaded();
    }

    fn configuration_loaded(&self) {
        self.metrics.configuration_loaded();
        if let Some(tls) = &self.configuration.load().tls {
            self.metrics.tls_ends_at.get_or_create(&[("listener", "main")]).set(tls.ends_at);
        }
    }

    /// Says it, once in ten seconds at most.
    pub(crate) fn warn(&self, say: impl FnOnce()) {
        if self.warnings.check().is_ok() {
            say();
        }
    }
}
