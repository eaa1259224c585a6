//! A server from its settings to its end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwap;
use tokio::net::TcpListener;
use tracing::{info, warn};

use crate::error::Error;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::settings::Settings;
use crate::settings::args::ServeArgs;
use crate::{connections, logs, reload, routes};

/// What all requests share.
pub(crate) type Shared = Arc<State>;

pub(crate) struct State {
    pub(crate) live: ArcSwap<Live>,
    pub(crate) metrics: Metrics,
    stopping: AtomicBool,
}

impl State {
    /// Whether the server was told to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// Serves until SIGTERM or SIGINT, then finishes what it began. Logs go to standard error.
///
/// # Errors
/// Settings that cannot be right; an address that cannot be had.
pub fn run(args: ServeArgs) -> Result<(), Error> {
    let settings = Settings::load(&args)?;
    let live = Live::build(&settings, None)?;
    logs::start(&settings);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::io("", "cannot start", &error))?;
    runtime.block_on(async {
        let server = Server::bind(settings, live, args).await?;
        let stop = signals::stop().map_err(|error| Error::io("", "cannot wait for signals", &error))?;
        server.serve(stop).await;
        Ok(())
    })
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shared: Shared,
    args: ServeArgs,
}

impl Server {
    async fn bind(settings: Settings, live: Live, args: ServeArgs) -> Result<Server, Error> {
        let cannot = |error| Error::io("listen", "cannot listen there", &error);
        let listener = TcpListener::bind(settings.listen).await.map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        let shared = Arc::new(State {
            live: ArcSwap::from_pointee(live),
            metrics: Metrics::new(),
            stopping: AtomicBool::new(false),
        });
        let server = Server { listener, address, shared, args };
        server.announce();
        Ok(server)
    }

    /// Says where it listens and who may ask, above all where that is everybody.
    fn announce(&self) {
        let live = self.shared.live.load();
        let scheme = if live.tls.is_some() { "https" } else { "http" };
        info!(url = format!("{scheme}://{}", self.address), app_id = %live.credentials.app_id(), "listening");
        if live.callers.has_anonymous() {
            warn!(
                "whoever reaches this address gets tokens without a key; it is a loopback address, so that is this machine"
            );
        }
        if live.credentials.made_up {
            warn!("App ID and App Certificate are made up: the tokens are well-formed and open no door of Agora's");
        }
        if live.settings.tls.is_none() && !self.address.ip().is_loopback() {
            warn!("no TLS: keys and tokens pass in clear text unless a proxy in front has it");
        }
    }

    /// Serves until `stop` ends.
    async fn serve(self, stop: impl Future<Output = ()>) {
        let Server { listener, shared, args, .. } = self;
        let settings = shared.live.load().settings.clone();
        let every = settings.reload_interval.duration();
        let reloads = tokio::spawn(signals::reload(shared.clone(), args.clone()));
        let watch = (!every.is_zero()).then(|| tokio::spawn(reload::watch(shared.clone(), args, every)));
        let router = routes::router(shared.clone(), settings.compat, settings.demo);
        let stopping = shared.clone();
        let stop = async move {
            stop.await;
            stopping.stopping.store(true, Ordering::Relaxed);
            info!("stopping");
            tokio::time::sleep(settings.drain_delay.duration()).await;
        };
        connections::serve(listener, router, shared, stop).await;
        reloads.abort();
        if let Some(watch) = watch {
            watch.abort();
        }
    }
}

#[cfg(unix)]
mod signals {
    use std::io;

    use tokio::signal::unix::{SignalKind, signal};
    use tracing::warn;

    use super::Shared;
    use crate::reload;
    use crate::settings::args::ServeArgs;

    /// Ends at SIGTERM or SIGINT.
    pub(super) fn stop() -> io::Result<impl Future<Output = ()>> {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        })
    }

    /// Reloads at every SIGHUP.
    pub(super) async fn reload(shared: Shared, args: ServeArgs) {
        match signal(SignalKind::hangup()) {
            Ok(mut hangup) => {
                while hangup.recv().await.is_some() {
                    reload::reload(&shared, &args);
                }
            }
            Err(error) => warn!(%error, "SIGHUP does not reload"),
        }
    }
}

#[cfg(not(unix))]
mod signals {
    use std::io;

    use super::Shared;
    use crate::settings::args::ServeArgs;

    /// Ends at Ctrl-C.
    pub(super) fn stop() -> io::Result<impl Future<Output = ()>> {
        Ok(async {
            let _ = tokio::signal::ctrl_c().await;
        })
    }

    /// There is no such signal here.
    pub(super) async fn reload(_: Shared, _: ServeArgs) {}
}
