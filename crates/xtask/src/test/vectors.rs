//! The shared vectors check themselves: schema, ids, counts, and that their generator still makes them.

use std::process::Command;

use anyhow::Result;

use super::Bench;
use crate::report::Step;
use crate::{shell, tools};

pub(super) fn run(bench: &Bench, step: &mut Step) -> Result<()> {
    for words in [&["check.py"][..], &["generate.py", "--check"]] {
        let mut python = Command::new(tools::python());
        python.current_dir(bench.source("tests/vectors")).args(words);
        let outcome = shell::capture(&mut python).map(|said| println!("   {}", said.trim_end().replace('\n', "\n   ")));
        step.case(words.join(" "), outcome);
    }
    Ok(())
}
