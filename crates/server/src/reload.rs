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
    let seen = seen.clone();
    let loaded = off_thread(shared, args, move |shared, args| {
        let loaded = load(args, &shared.configuration.load());
        let is_same = fingerprints(shared, args) == seen;
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
    let check = |path: &Path| {
        Error::of_rules(&[(!is_plain(path), "config", &format!("{} is not a plain file", path.display()))])
    };
    args.config.as_deref().map_or(Ok(()), check)?;
    let settings = Settings::load(args)?;
    settings.check_fixed(&before.settings)?;
    // A file that is being written is empty for a moment.
    let opens = settings.is_open() && !before.settings.is_open();
    let reason = "neither callers nor a policy for anybody are named any more, so that anybody could have everything";
    Error::of_rules(&[(opens, "anonymous", reason)])?;
    settings.files().map(AsRef::as_ref).try_for_each(check)?;
    Configuration::load(&settings, Some(before))
}

/// Opening a pipe waits for its other end.
fn is_plain(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| found.is_file()) || !path.exists()
}

async fn look(shared: &Shared, args: &ServeArgs) -> Seen {
    off_thread(shared, args, fingerprints).await.unwrap_or_default()
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
async fn off_thread<T, F>(shared: &Shared, args: &ServeArgs, read: F) -> Option<T>
where
    T: Send + 'static,
    F: FnOnce(&Shared, &ServeArgs) -> T + Send + 'static,
{
    let (shared, args) = (shared.clone(), args.clone());
    let mut reading = tokio::task::spawn_blocking(move || read(&shared, &args));
    match tokio::time::timeout(SLOW, &mut reading).await {
        Ok(read) => read.ok(),
        Err(_) => {
            error!("the files of the settings cannot be read in time; the old settings stay until they can");
            reading.await.ok()
        }
    }
}
