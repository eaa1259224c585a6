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

/// SIGHUP, where there is such a signal.
pub(crate) struct Hangup(#[cfg(unix)] tokio::signal::unix::Signal);

impl Signals {
    #[cfg(unix)]
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

    #[cfg(not(unix))]
    pub(crate) fn catch() -> io::Result<Signals> {
        let stop = Box::pin(async {
            // Without it, only the end of the process stops the server.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        });
        Ok(Signals { stop, hangup: Hangup() })
    }
}

impl Hangup {
    pub(crate) async fn next(&mut self) -> Option<()> {
        #[cfg(unix)]
        let next = self.0.recv().await;
        #[cfg(not(unix))]
        let next = None;
        next
    }
}
