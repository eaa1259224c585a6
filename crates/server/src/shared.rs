//! What all requests share.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;

use crate::configuration::Configuration;
use crate::metrics::Metrics;

/// What all requests share.
pub(crate) type Shared = Arc<State>;

pub(crate) struct State {
    pub(crate) configuration: ArcSwap<Configuration>,
    pub(crate) metrics: Metrics,
    /// Held while new settings are taken.
    pub(crate) reloading: Mutex<()>,
    stopping: AtomicBool,
}

impl State {
    pub(crate) fn new(configuration: Configuration) -> State {
        State {
            configuration: ArcSwap::from_pointee(configuration),
            metrics: Metrics::new(),
            reloading: Mutex::new(()),
            stopping: AtomicBool::new(false),
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
