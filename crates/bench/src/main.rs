//! The Rust racer: reads `TASK COUNT` from standard input, does the task so often, prints the nanoseconds it took.
//!
//! `cargo xtask bench` runs it in turns with those of the other languages, which speak the same.

mod tasks;

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::tasks::Tasks;

fn main() -> Result<()> {
    let tasks = Tasks::new()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", Tasks::NAMES.join(" "))?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (task, count) = line.split_once(' ').context("TASK COUNT expected")?;
        let count = count.parse()?;
        let start = Instant::now();
        black_box(tasks.run(task, count)?);
        writeln!(out, "{}", start.elapsed().as_nanos())?;
        out.flush()?;
    }
    Ok(())
}
