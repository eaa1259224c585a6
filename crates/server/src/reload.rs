//! Taking new settings, certificates and keys while requests run: on SIGHUP, and when a file changes.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tracing::{error, info};

use crate::configuration::Configuration;
use crate::error::Error;
use crate::settings::{ServeArgs, Settings};
use crate::shared::Shared;
use crate::signals::Hangup;

/// Reloads at every SIGHUP.
pub(crate) async fn at_signals(shared: Shared, args: ServeArgs, mut hangup: Hangup) {
    while hangup.next().await.is_some() {
        reload(&shared, &args);
    }
}

/// Takes what the files say now. What is not good is refused, and the old stays.
fn reload(shared: &Shared, args: &ServeArgs) {
    // One reload at a time, or an older read could be stored last. The mutex guards no data that a panic could spoil.
    let _turn = shared.reloading.lock().unwrap_or_else(PoisonError::into_inner);
    let before = shared.configuration.load_full();
    match load(args, &before) {
        Ok(configuration) => {
            shared.configuration.store(Arc::new(configuration));
            shared.metrics.configuration_loaded();
            shared.metrics.reloaded("taken");
            info!("reloaded");
        }
        Err(error) => {
            shared.metrics.reloaded("refused");
            error!(field = error.field(), reason = error.reason(), "not reloaded, the old settings stay");
        }
    }
}

fn load(args: &ServeArgs, before: &Configuration) -> Result<Configuration, Error> {
    let settings = Settings::load(args)?;
    unchangeable(&settings, &before.settings)?;
    // A file that is being written is empty for a moment.
    if settings.is_open() && !before.settings.is_open() {
        let reason =
            "neither callers nor a policy for anybody are named any more, so that anybody could have everything";
        return Err(Error::setting("anonymous", reason));
    }
    Configuration::load(&settings, Some(before))
}

/// Refuses changes of what is fixed when the process starts. Whether callers need keys depends on the address, which is
/// among it.
fn unchangeable(new: &Settings, old: &Settings) -> Result<(), Error> {
    let fixed = [
        ("listen", new.listen == old.listen),
        ("demo", new.demo == old.demo),
        ("compat", new.compat == old.compat),
        ("max_connections", new.max_connections == old.max_connections),
        ("log_format", new.log_format == old.log_format),
        ("log_level", new.log_level == old.log_level),
        ("shutdown_timeout", new.shutdown_timeout == old.shutdown_timeout),
        ("drain_delay", new.drain_delay == old.drain_delay),
        ("reload_interval", new.reload_interval == old.reload_interval),
        ("tls_certificate", new.tls.is_some() == old.tls.is_some()),
    ];
    match fixed.into_iter().find(|(_, same)| !same) {
        Some((field, _)) => Err(Error::setting(field, "it cannot change while the server runs; restart it")),
        None => Ok(()),
    }
}

/// Reloads whenever what the files hold has changed. It compares what is in them: a mounted secret changes by a link in
/// its folder, which no watch on the file itself would see. `every` zero is never.
pub(crate) async fn at_changes(shared: Shared, args: ServeArgs, every: Duration) {
    let mut seen = fingerprints(&shared, &args);
    while !every.is_zero() {
        tokio::time::sleep(every).await;
        let found = fingerprints(&shared, &args);
        if found != seen {
            reload(&shared, &args);
            // The fingerprints from before the reload: a file that changed during it differs again in the next round.
            seen = found;
        }
    }
}

fn fingerprints(shared: &Shared, args: &ServeArgs) -> Vec<(PathBuf, Option<[u8; 32]>)> {
    let hash = |path: PathBuf| {
        let content = crate::small_file::read(&path, "").ok();
        (path, content.map(|content| Sha256::digest(content.as_slice()).into()))
    };
    args.config.clone().into_iter().chain(shared.configuration.load().settings.files()).map(hash).collect()
}
