//! The signals that end the server or make it reload.

use std::io;
use std::pin::Pin;

use tokio::sync::mpsc::{Receiver, channel};

pub(crate) struct Signals {
    /// Completes at SIGTERM or SIGINT.
    pub(crate) stop: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// Every SIGHUP, where there is such a signal; one may wait while another is obeyed.
    pub(crate) hangup: Receiver<()>,
}

impl Signals {
    pub(crate) fn catch() -> io::Result<Signals> {
        let (sender, hangup) = channel(1);
        #[cfg(unix)]
        let stop = {
            use tokio::signal::unix::{SignalKind, signal};

            let mut hangups = signal(SignalKind::hangup())?;
            tokio::spawn(async move {
                while hangups.recv().await.is_some() {
                    let _ = sender.try_send(());
                }
            });
            let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
            async move {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            }
        };
        #[cfg(not(unix))]
        let stop = async move {
            // Without it, only the end of the process stops the server.
            if tokio::signal::ctrl_c().await.is_err() {
                sender.closed().await;
            }
        };
        Ok(Signals { stop: Box::pin(stop), hangup })
    }
}
