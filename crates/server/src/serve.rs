//! Starts and runs the server.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tracing::{info, warn};

use crate::configuration::Configuration;
use crate::error::Error;
use crate::settings::{ServeArgs, Settings};
use crate::shared::{Shared, State};
use crate::signals::Signals;
use crate::{connections, logs, reload, routes};

/// Serves until SIGTERM or SIGINT, then finishes what it began. Logs go to standard error.
///
/// # Errors
/// Invalid settings; an address that cannot be bound.
pub fn run(args: ServeArgs) -> Result<(), Error> {
    let settings = Settings::load(&args)?;
    let configuration = Configuration::load(&settings, None)?;
    logs::start(&settings);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::io("", "cannot start", &error))?;
    runtime.block_on(async {
        // Before it says that it listens: whoever reads that may send one.
        let signals = Signals::catch().map_err(|error| Error::io("", "cannot wait for signals", &error))?;
        Server::bind(settings, configuration, args).await?.serve(signals).await;
        Ok(())
    })
}

/// A server that listens.
struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shared: Shared,
    args: ServeArgs,
}

impl Server {
    async fn bind(settings: Settings, configuration: Configuration, args: ServeArgs) -> Result<Server, Error> {
        let cannot = |error| Error::io("listen", "cannot listen there", &error);
        let listener = TcpListener::bind(settings.listen).await.map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        let server = Server { listener, address, shared: Arc::new(State::new(configuration)), args };
        server.announce();
        Ok(server)
    }

    /// Logs where it listens, and warns where callers need no key.
    fn announce(&self) {
        let configuration = self.shared.configuration.load();
        let scheme = if configuration.tls.is_some() { "https" } else { "http" };
        info!(url = format!("{scheme}://{}", self.address), app_id = %configuration.credentials.app_id(), "listening");
        if configuration.callers.has_anonymous() {
            warn!(
                "whoever reaches this address gets tokens without a key; it is a loopback address, so that is this machine"
            );
        }
        if configuration.credentials.generated {
            warn!(
                "App ID and App Certificate are made up for the demo: its tokens are well-formed, and Agora refuses them"
            );
        }
        if configuration.settings.tls.is_none() && !self.address.ip().to_canonical().is_loopback() {
            warn!("no TLS: keys and tokens pass in clear text unless a proxy in front has it");
        }
    }

    /// Serves until it is told to stop.
    async fn serve(self, signals: Signals) {
        let Server { listener, shared, args, .. } = self;
        let Signals { stop, hangup } = signals;
        let settings = shared.configuration.load().settings.clone();
        let reloads = tokio::spawn(reload::at_signals(shared.clone(), args.clone(), hangup));
        let watch = tokio::spawn(reload::at_changes(shared.clone(), args, settings.reload_interval.duration()));
        let router = routes::router(shared.clone(), settings.compat, settings.demo);
        let stopping = shared.clone();
        let stop = async move {
            stop.await;
            stopping.stop();
            info!("stopping");
            tokio::time::sleep(settings.drain_delay.duration()).await;
        };
        connections::serve(listener, router, shared, stop).await;
        reloads.abort();
        watch.abort();
    }
}
