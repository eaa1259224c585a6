//! What systemd wants to know of a service of Type=notify. Elsewhere nobody is told.

#[cfg(unix)]
use sd_notify::{NotifyState, notify};

/// It listens, or has reloaded.
pub(crate) fn ready() {
    #[cfg(unix)]
    tell(&[NotifyState::Ready]);
}

pub(crate) fn reloading() {
    #[cfg(unix)]
    if let Ok(now) = NotifyState::monotonic_usec_now() {
        tell(&[NotifyState::Reloading, now]);
    }
}

pub(crate) fn stopping() {
    #[cfg(unix)]
    tell(&[NotifyState::Stopping]);
}

#[cfg(unix)]
fn tell(state: &[NotifyState<'_>]) {
    if let Err(error) = notify(false, state) {
        tracing::warn!(%error, "cannot tell systemd");
    }
}
