//! What standard error is told: progress, refusals, how it ended.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use super::blocks::{Block, SHOWN};
use crate::output;

/// How often the progress is shown, and the columns that it may take.
const PERIOD: Duration = Duration::from_millis(200);
const WIDTH: usize = 70;

pub(super) struct Report {
    input: String,
    minted: u64,
    pub(super) refused: u64,
    started: Instant,
    progress: Option<Progress>,
}

/// One line of a terminal, written again and again.
struct Progress {
    /// Bytes to read, where that is known.
    size: Option<u64>,
    shown: Instant,
}

impl Report {
    /// `input` is the name of what is read, `size` its bytes. A terminal that shows the rows shows no progress.
    pub(super) fn new(input: &str, size: Option<u64>, shows_rows: bool) -> Report {
        let is_for_people = io::stderr().is_terminal() && !shows_rows;
        let now = Instant::now();
        let progress = is_for_people.then_some(Progress { size, shown: now });
        Report { input: input.to_owned(), minted: 0, refused: 0, started: now, progress }
    }

    pub(super) fn add(&mut self, block: &Block) {
        let refusals = block.refusals.iter().zip(self.refused..SHOWN as u64);
        for ((line, failure), _) in refusals {
            self.clear_line();
            let place = format!("{} line {line}", self.input);
            // Nobody is left to tell when standard error fails.
            let _ = writeln!(io::stderr(), "{}", failure.shown(Some(&place)));
        }
        self.minted += block.minted;
        self.refused += block.refused;
        if self.progress.as_ref().is_some_and(|progress| progress.shown.elapsed() >= PERIOD) {
            self.show_progress(block.read);
        }
    }

    /// `as_json` adds what a program reads.
    pub(super) fn finish(self, as_json: bool) {
        self.clear_line();
        let Report { minted, refused, .. } = self;
        let (rows, seconds) = (minted + refused, self.started.elapsed().as_secs_f64());
        if refused > 0 {
            output::note("warning", &format!("{refused} of {rows} rows were refused; the output says why for each"));
        }
        if self.progress.is_some() {
            let _ = writeln!(io::stderr(), "{rows} rows in {seconds:.1} s");
        }
        if as_json {
            let summary = serde_json::json!({ "rows": rows, "minted": minted, "refused": refused, "seconds": seconds });
            let _ = writeln!(io::stderr(), "{summary}");
        }
    }

    fn show_progress(&mut self, read: u64) {
        let Some(progress) = &mut self.progress else { return };
        let rows = self.minted + self.refused;
        let rate = rows as f64 / self.started.elapsed().as_secs_f64();
        let mut line = format!("{rows} rows, {rate:.0} a second");
        if let Some(size) = progress.size.filter(|size| *size > 0) {
            line += &format!(", {} %", 100 * read.min(size) / size);
        }
        progress.shown = Instant::now();
        let _ = write!(io::stderr(), "\r{line:<WIDTH$}");
    }

    /// Takes the progress away, for a line that stays.
    pub(super) fn clear_line(&self) {
        if self.progress.is_some() {
            let _ = write!(io::stderr(), "\r{:<WIDTH$}\r", "");
        }
    }
}
