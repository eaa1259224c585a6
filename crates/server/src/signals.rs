//! The signals that end the server or make it reload.

use std::io;
use std::pin::Pin;

/// The signals, caught from now on.
pub(crate) struct Signals {
    /// Completes at SIGTERM or SIGINT.
    pub(crate) stop: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// Every SIGHUP.
    pub(crate) hangup: Hangup,
}

#[cfg(unix)]
pub(crate) struct Hangup(tokio::signal::unix::Signal);

#[cfg(unix)]
impl Signals {
    pub(crate) fn catch() -> io::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};

        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let stop = Box::pin(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        });
        Ok(Signals { stop, hangup: Hangup(signal(SignalKind::hangup())?) })
    }
}

#[cfg(unix)]
impl Hangup {
    pub(crate) async fn next(&mut self) -> Option<()> {
        self.0.recv().await
    }
}

/// Where there is no such signal.
#[cfg(not(unix))]
pub(crate) struct Hangup;

#[cfg(not(unix))]
impl Signals {
    pub(crate) fn catch() -> io::Result<Signals> {
        let stop = Box::pin(async {
            // Without it, only the end of the process stops the server.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        });
        Ok(Signals { stop, hangup: Hangup })
    }
}

#[cfg(not(unix))]
impl Hangup {
    pub(crate) async fn next(&mut self) -> Option<()> {
        None
    }
}
