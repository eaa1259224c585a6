//! Starts and runs the server.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use listenfd::ListenFd;
use tokio::sync::oneshot;
use tracing::{info, warn};

use crate::configuration::Configuration;
use crate::connections::{self, Service};
use crate::error::Error;
use crate::listener::Listener;
use crate::settings::{Listen, ServeArgs, Settings};
use crate::shared::State;
use crate::signals::Signals;
use crate::traces::Traces;
use crate::{logs, openapi, reload, routes, systemd};

/// At the end, how long to wait for the reader of the log, and for threads that read files.
const PATIENCE: Duration = Duration::from_secs(1);

/// At the end, how long to wait until the last spans are sent.
const PATIENCE_FOR_TRACES: Duration = Duration::from_secs(3);

/// Serves until SIGTERM or SIGINT, then finishes what it began. Logs go to standard error.
///
/// # Errors
/// Invalid settings; an address that cannot be bound.
pub fn run(args: ServeArgs) -> Result<(), Error> {
    let settings = Settings::load(&args)?;
    let configuration = Configuration::load(&settings, None)?;
    let logs = logs::start(&settings);
    let traces = Traces::start()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::io("", "cannot start", &error))?;
    let outcome = runtime.block_on(async {
        // Before it says that it listens: whoever reads that may send one.
        let signals = Signals::catch().map_err(|error| Error::io("", "cannot wait for signals", &error))?;
        serve(configuration, args, traces.clone(), signals).await
    });
    runtime.shutdown_timeout(PATIENCE);
    traces.flush(PATIENCE_FOR_TRACES);
    logs.flush(PATIENCE);
    outcome
}

async fn serve(configuration: Configuration, args: ServeArgs, traces: Traces, signals: Signals) -> Result<(), Error> {
    let settings = configuration.settings.clone();
    let mut inherited = ListenFd::from_env();
    let listener = Listener::bind(&settings.listen, "listen", &mut inherited, 0).await?;
    let listener = listener.ok_or_else(|| Error::setting("listen", "there is nowhere to listen"))?;
    let number = usize::from(settings.listen == Listen::Systemd);
    let admin = Listener::bind(&settings.admin_listen, "admin_listen", &mut inherited, number).await?;
    let contract = openapi::document(routes::of_server(&settings));
    let shared = Arc::new(State::new(configuration, contract, traces));
    announce(&shared.configuration.load(), &listener, admin.as_ref());
    let Signals { stop, hangup } = signals;
    shared.configuration.load().callers.start();
    let reloads = tokio::spawn(reload::run(shared.clone(), args, hangup, settings.reload_interval.duration()));
    let (ended, has_ended) = oneshot::channel::<()>();
    if let Some(listener) = admin {
        let service = Service { listener, router: routes::router(shared.clone(), routes::of_admin()), is_admin: true };
        let stop = async { has_ended.await.unwrap_or_default() };
        tokio::spawn(connections::serve(service, shared.clone(), stop));
    }
    let router = routes::router(shared.clone(), routes::of_server(&settings));
    let stopping = shared.clone();
    let stop = async move {
        stop.await;
        stopping.is_stopping.store(true, Ordering::Relaxed);
        systemd::stopping();
        info!("stopping");
        tokio::time::sleep(settings.drain_delay.duration()).await;
    };
    systemd::ready();
    connections::serve(Service { listener, router, is_admin: false }, shared, stop).await;
    reloads.abort();
    drop(ended);
    Ok(())
}

/// Logs where it listens, and warns where callers need no key.
fn announce(configuration: &Configuration, listener: &Listener, admin: Option<&Listener>) {
    let scheme = if configuration.tls.is_some() { "https" } else { "http" };
    let app_id = configuration.projects.own.as_ref().map(|own| tracing::field::display(own.app_id()));
    let admin = admin.map(|admin| admin.url("http"));
    info!(url = listener.url(scheme), admin, app_id, "listening");
    if configuration.settings.serves_anybody() {
        warn!(
            "whoever reaches this address gets tokens without a key; it is a loopback address, so that is this machine"
        );
    }
    if configuration.projects.own.as_ref().is_some_and(|own| own.generated) {
        warn!(
            "App ID and App Certificate are made up for the demo: its tokens are well-formed, and Agora refuses them"
        );
    }
    if configuration.tls.is_none() && listener.is_public() {
        warn!("no TLS: keys and tokens pass in clear text unless a proxy in front has it");
    }
    for issuer in &configuration.settings.jwt_issuers {
        if issuer.issuer == "*" || issuer.audience.is_any() {
            warn!(
                issuer = issuer.name,
                "any iss or any aud will do: whoever has a JWT signed with these keys is let in"
            );
        }
    }
}
