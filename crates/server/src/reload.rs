//! Taking new settings, certificates and keys while requests run: on SIGHUP, and when a file changes. Whatever the files
//! do, requests and signals do not wait for them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::mpsc::Receiver;
use tracing::{error, info};

use crate::configuration::Configuration;
use crate::error::Error;
use crate::settings::{ServeArgs, Settings};
use crate::shared::Shared;
use crate::{small_file, systemd};

/// A reload at a signal looks twice at the files, so long apart, for one that is being written.
const BETWEEN: Duration = Duration::from_millis(100);

/// A file that changes all the time is refused after so many looks.
const MOST_LOOKS: usize = 50;

/// After so long a look is reported that has not ended, as over a network that is gone.
const SLOW: Duration = Duration::from_secs(10);

/// Reloads at every SIGHUP, and whenever the files have said something new twice. `every` zero is never.
///
/// It compares what is in the files: a mounted secret changes by a link in its folder, which no watch on the file itself
/// would see.
pub(crate) async fn run(shared: Shared, args: ServeArgs, mut hangup: Receiver<()>, every: Duration) {
    let mut taken = look(&shared, &args).await;
    let mut before = taken.clone();
    loop {
        tokio::select! {
            Some(()) = hangup.recv() => {
                systemd::reloading();
                let mut found = look(&shared, &args).await;
                for _ in 0..MOST_LOOKS {
                    tokio::time::sleep(BETWEEN).await;
                    let earlier = std::mem::replace(&mut found, look(&shared, &args).await);
                    if earlier == found {
                        break;
                    }
                }
                reload(&shared, &args, &found).await;
                (taken, before) = (found.clone(), found);
                systemd::ready();
            }
            () = tokio::time::sleep(every), if !every.is_zero() => {
                let found = look(&shared, &args).await;
                if found != taken && found == before {
                    // What changes meanwhile differs again in the next round.
                    reload(&shared, &args, &found).await;
                    taken.clone_from(&found);
                }
                before = found;
            }
            else => return,
        }
    }
}

/// What each file holds, by a hash.
type Seen = Vec<(PathBuf, Option<[u8; 32]>)>;

/// Takes what the files say, if it is what was `seen`. What is not good is refused, and the old stays.
async fn reload(shared: &Shared, args: &ServeArgs, seen: &Seen) {
    let (of_load, of_args) = (shared.clone(), args.clone());
    let (was_seen, now) = (seen.clone(), shared.clone());
    let loaded = off_thread(move || {
        let loaded = load(&of_args, &of_load.configuration.load());
        let is_same = fingerprints(&now, &of_args) == was_seen;
        if is_same { loaded } else { Err(Error::setting("config", "a file changed while it was read")) }
    })
    .await;
    match loaded.unwrap_or_else(|| Err(Error::setting("config", "reading it ended in a bug"))) {
        Ok(configuration) => {
            configuration.callers.start();
            shared.replace(configuration);
            shared.metrics.reloads.get_or_create(&[("outcome", "taken")]).inc();
            info!("reloaded");
        }
        Err(error) => {
            shared.metrics.reloads.get_or_create(&[("outcome", "refused")]).inc();
            error!(field = error.field(), reason = error.reason(), "not reloaded, the old settings stay");
        }
    }
}

fn load(args: &ServeArgs, before: &Configuration) -> Result<Configuration, Error> {
    let is_pipe = |path: &&Path| !is_plain(path);
    let refuse = |path: &Path| Err(Error::setting("config", format!("{} is not a plain file", path.display())));
    if let Some(path) = args.config.as_deref().filter(is_pipe) {
        return refuse(path);
    }
    let settings = Settings::load(args)?;
    settings.check_fixed(&before.settings)?;
    // A file that is being written is empty for a moment.
    if settings.is_open() && !before.settings.is_open() {
        let reason =
            "neither callers nor a policy for anybody are named any more, so that anybody could have everything";
        return Err(Error::setting("anonymous", reason));
    }
    if let Some(path) = settings.files().map(AsRef::as_ref).find(is_pipe) {
        return refuse(path);
    }
    Configuration::load(&settings, Some(before))
}

/// Opening a pipe waits for its other end.
fn is_plain(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| found.is_file()) || !path.exists()
}

async fn look(shared: &Shared, args: &ServeArgs) -> Seen {
    let (shared, args) = (shared.clone(), args.clone());
    off_thread(move || fingerprints(&shared, &args)).await.unwrap_or_default()
}

fn fingerprints(shared: &Shared, args: &ServeArgs) -> Seen {
    let hash = |path: &Path| {
        let content = if is_plain(path) { small_file::read(path, "").ok() } else { None };
        (path.to_owned(), content.map(|content| Sha256::digest(content.as_slice()).into()))
    };
    let configuration = shared.configuration.load();
    let named = configuration.settings.files().map(AsRef::as_ref);
    args.config.as_deref().into_iter().chain(named).map(hash).collect()
}

/// Runs what reads files where it may wait; none if it panicked.
async fn off_thread<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let mut reading = tokio::task::spawn_blocking(read);
    match tokio::time::timeout(SLOW, &mut reading).await {
        Ok(read) => read.ok(),
        Err(_) => {
            error!("the files of the settings cannot be read in time; the old settings stay until they can");
            reading.await.ok()
        }
    }
}
