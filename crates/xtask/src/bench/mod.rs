//! `cargo xtask bench`: ours and the peers in turns, with the aims checked against what was measured.

mod batch;
mod chart;
mod racers;
mod report;
mod results;
mod targets;

use std::io::IsTerminal;

use anyhow::{Result, ensure};

use crate::bench::racers::Racers;
use crate::bench::results::{Measured, Results};
use crate::style::Style;
use crate::tools;
use crate::workspace::Workspace;

/// At least this long is measured at once, so that reading the clock and the pipe do not count; longer where garbage is
/// collected, which is a part of the work, and where threads share rows.
fn slice_ns(racer: &str) -> u64 {
    match racer {
        "node" | "java" | "java-peer" => 25_000_000,
        "python-columns" => 50_000_000,
        _ => 2_000_000,
    }
}

pub(crate) fn run(workspace: &Workspace, rounds: usize, write: bool) -> Result<()> {
    ensure!(rounds > 0, "at least one round is needed");
    tools::require(&[
        tools::RUST,
        tools::CXX,
        tools::BINUTILS,
        tools::PYTHON,
        tools::NODE,
        tools::JAVA,
        tools::ZLIB_AND_OPENSSL,
    ])?;
    let style = Style::of_stdout();
    println!("{}", style.faint("building the racers; the packages as they are installed"));
    let mut racers = Racers::prepare(workspace)?;
    println!("{}", style.faint("racing: everything in turns, round by round, each turn with other inputs"));
    let results = race(&mut racers, rounds)?;
    drop(racers);
    println!("{}", style.faint("a million rows through the command-line tool"));
    let batch = batch::run(workspace)?;

    print!("{}", report::terminal(&results, &batch, style));
    let missed = targets::check(&results, &batch, style);
    let folder = workspace.scratch("bench");
    report::save(workspace, &folder, &results, &batch, rounds, write)?;
    println!("\nwritten: {}", if write { "docs/performance.md, docs/performance.svg" } else { "target/xtask/bench" });
    ensure!(missed == 0, "{missed} of the aims missed");
    Ok(())
}

fn race(racers: &mut Racers, rounds: usize) -> Result<Results> {
    let races = racers.races();
    let mut counts = Vec::new();
    for race in &races {
        let mut count = 32;
        while racers.run(race, count)? < slice_ns(race.0) {
            count *= 2;
        }
        counts.push(count);
    }
    let mut samples = vec![Vec::with_capacity(rounds); races.len()];
    let shows = std::io::stderr().is_terminal();
    for round in 0..rounds {
        if shows {
            eprint!("\r{} of {rounds} rounds", round + 1);
        }
        // Everybody starts a round as often as the others, and follows others.
        for turn in 0..races.len() {
            let at = (turn + round) % races.len();
            #[allow(clippy::cast_precision_loss, reason = "nanoseconds of a few milliseconds")]
            samples[at].push(racers.run(&races[at], counts[at])? as f64 / counts[at] as f64);
        }
    }
    if shows {
        eprintln!();
    }
    Ok(races.into_iter().zip(samples.into_iter().map(measured)).collect())
}

fn measured(mut samples: Vec<f64>) -> Measured {
    samples.sort_by(f64::total_cmp);
    Measured { min: samples[0], median: samples[samples.len() / 2] }
}
