//! A million rows through `agora-token mint --batch`: the time, and the most memory it held.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::cargo;
use crate::languages::{APP_CERTIFICATE, APP_ID};
use crate::workspace::Workspace;

const ROWS: u32 = 1_000_000;

/// The best of so many runs, as the races give the minimum.
const RUNS: usize = 5;

pub(super) struct Batch {
    pub(super) wall: Duration,
    /// All cores together.
    pub(super) processor: Duration,
    pub(super) peak_kib: u64,
}

impl Batch {
    pub(super) fn rows() -> u32 {
        ROWS
    }

    /// What a row takes a core, nanoseconds.
    pub(super) fn core_ns_a_row(&self) -> f64 {
        self.processor.as_secs_f64() * 1e9 / f64::from(ROWS)
    }

    pub(super) fn rows_a_second(&self) -> f64 {
        f64::from(ROWS) / self.wall.as_secs_f64()
    }
}

pub(super) fn run(workspace: &Workspace) -> Result<Batch> {
    let tool = cargo::Build::of_host(workspace)?.command_line_tool()?;
    let folder = workspace.scratch("bench");
    let input = folder.join("users.csv");
    let mut rows = String::from("channel,uid\n");
    for row in 1..=ROWS {
        let noise = row.wrapping_mul(2_654_435_761);
        let (two, three, four) = (noise.rotate_left(7), noise.rotate_left(13), noise.rotate_left(19));
        writeln!(rows, "{noise:08x}{two:08x}{three:08x}{four:08x},{}", 1_000_000_000 + row)?;
    }
    fs::write(&input, rows)?;
    let mut best: Option<Batch> = None;
    for _ in 0..RUNS {
        let batch = once(Command::new(&tool).args(["mint", "--batch"]).arg(&input))?;
        if best.as_ref().is_none_or(|best| batch.processor < best.processor) {
            best = Some(batch);
        }
    }
    best.context("no run")
}

/// Runs it as the only child that is waited for meanwhile, and reads what /usr/bin/time would show.
fn once(command: &mut Command) -> Result<Batch> {
    command.env("AGORA_APP_ID", APP_ID).env("AGORA_APP_CERTIFICATE", APP_CERTIFICATE);
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let usage = format!("/proc/{}", child.id());
    let (mut peak_kib, mut ticks) = (0, 0);
    // What a process used stays readable until it is waited for, its memory only while it runs.
    loop {
        if let Some(peak) = fs::read_to_string(format!("{usage}/status")).ok().and_then(|status| peak(&status)) {
            peak_kib = peak;
        }
        let stat = fs::read_to_string(format!("{usage}/stat")).unwrap_or_default();
        // After the name in parentheses: state, ten others, then user and system time.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        if let [Ok(user), Ok(system)] = [11, 12].map(|at| fields.get(at).unwrap_or(&"").parse::<u32>()) {
            ticks = user + system;
        }
        if fields.first() == Some(&"Z") {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let wall = start.elapsed();
    ensure!(child.wait()?.success(), "mint --batch failed");
    /// What Linux shows times in, whatever its clock.
    const TICKS_A_SECOND: u32 = 100;
    Ok(Batch { wall, processor: Duration::from_secs(1) * ticks / TICKS_A_SECOND, peak_kib })
}

fn peak(status: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
