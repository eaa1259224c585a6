//! Logs on standard error, as JSON for machines or as text for people. A thread of its own writes them: whoever reads
//! them may stall, and then lines are lost and counted, and requests go on.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use tokio::sync::oneshot;
use tracing::{Metadata, error};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::settings::{LogFormat, Settings};

pub(crate) const AUDIT: &str = "agora_token_server::audit";

/// Lines that wait to be written, most of which have half a kilobyte, and all their bytes.
const MOST_WAITING: usize = 8192;
const MOST_BYTES: usize = 16 * 1024 * 1024;

static BYTES: AtomicUsize = AtomicUsize::new(0);

const LARGEST_WRITE: usize = 64 * 1024;

/// Between two writes that nobody waits for: to wake a thread for each line costs as much as the request that the line
/// is about.
const PAUSE: Duration = Duration::from_millis(1);

pub(crate) static LOST: LazyLock<Family<[(&'static str, &'static str); 1], Counter>> = LazyLock::new(Family::default);

/// Starts logging. A program that logs in its own way keeps it.
pub(crate) fn start(settings: &Settings) -> Lines {
    let level = settings.log_level.to_string().parse().unwrap_or(LevelFilter::INFO);
    let filter = Targets::new().with_default(level).with_target(AUDIT, LevelFilter::INFO.max(level));
    let is_terminal = io::stderr().is_terminal();
    let default = if is_terminal { LogFormat::Text } else { LogFormat::Json };
    let (sender, waiting) = sync_channel(MOST_WAITING);
    let lines = Lines(sender);
    std::thread::spawn(|| write_all(waiting, io::stderr()));
    let layer = fmt::layer().with_writer(lines.clone());
    let layer = match settings.log_format.unwrap_or(default) {
        LogFormat::Json => layer.json().flatten_event(true).boxed(),
        LogFormat::Text => layer.with_ansi(is_terminal && std::env::var_os("NO_COLOR").is_none()).boxed(),
    };
    let _ = tracing_subscriber::registry().with(layer.with_filter(filter)).try_init();
    // The message of a panic is not logged: it may quote a request.
    std::panic::set_hook(Box::new(|panic| {
        error!(location = panic.location().map(tracing::field::display), "a bug: the server panicked");
    }));
    lines
}

/// Where the subscriber writes to.
#[derive(Clone)]
pub(crate) struct Lines(SyncSender<Line>);

impl Lines {
    /// Waits until what was logged is written, or for so long.
    pub(crate) fn flush(self, patience: Duration) {
        let (written, is_written) = sync_channel(1);
        let all = Line {
            text: Vec::new(),
            kind: "log",
            written: Some(Box::new(move || written.send(()).unwrap_or_default())),
        };
        if self.0.try_send(all).is_ok() {
            let _ = is_written.recv_timeout(patience);
        }
    }
}

struct Line {
    text: Vec<u8>,
    kind: &'static str,
    written: Option<Written>,
}

/// Tells who waits for a line.
type Written = Box<dyn FnOnce() + Send>;

fn write_all(waiting: Receiver<Line>, mut to: impl Write) {
    while let Ok(line) = waiting.recv() {
        let mut text = line.text;
        let mut rest = vec![(line.kind, line.written)];
        while text.len() < LARGEST_WRITE
            && let Ok(line) = waiting.try_recv()
        {
            text.extend_from_slice(&line.text);
            rest.push((line.kind, line.written));
        }
        let is_awaited = rest.iter().any(|(_, written)| written.is_some());
        let outcome = to.write_all(&text);
        BYTES.fetch_sub(text.len(), Ordering::Relaxed);
        for (kind, written) in rest {
            match written {
                _ if outcome.is_err() => {
                    LOST.get_or_create(&[("kind", kind)]).inc();
                }
                Some(tell) => tell(),
                None => {}
            }
        }
        if !is_awaited {
            std::thread::sleep(PAUSE);
        }
    }
}

thread_local! {
    /// Waits for the audit line that this thread logs next.
    static AWAITED: RefCell<Option<oneshot::Sender<()>>> = const { RefCell::new(None) };
}

/// Tells when the audit line that `log` logs is written; an error if it never will be.
pub(crate) fn receipt(log: impl FnOnce()) -> oneshot::Receiver<()> {
    let (sender, receiver) = oneshot::channel();
    AWAITED.set(Some(sender));
    log();
    AWAITED.take();
    receiver
}

pub(crate) struct LineWriter<'a> {
    lines: &'a SyncSender<Line>,
    is_audit: bool,
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = LineWriter<'a>;

    fn make_writer(&'a self) -> LineWriter<'a> {
        LineWriter { lines: &self.0, is_audit: false }
    }

    fn make_writer_for(&'a self, metadata: &Metadata<'_>) -> LineWriter<'a> {
        LineWriter { lines: &self.0, is_audit: metadata.target() == AUDIT }
    }
}

/// A line comes in one piece.
impl Write for LineWriter<'_> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let (kind, written) = match self.is_audit {
            true => (
                "audit",
                AWAITED.take().map(|sender| -> Written { Box::new(move || sender.send(()).unwrap_or_default()) }),
            ),
            false => ("log", None),
        };
        let is_full = BYTES.fetch_add(text.len(), Ordering::Relaxed) > MOST_BYTES;
        if is_full || self.lines.try_send(Line { text: text.to_vec(), kind, written }).is_err() {
            BYTES.fetch_sub(text.len(), Ordering::Relaxed);
            LOST.get_or_create(&[("kind", kind)]).inc();
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
