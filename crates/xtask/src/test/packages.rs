//! The tests of the Python and the Node package, which build and install them from nothing.

use std::process::Command;

use anyhow::Result;

use super::Bench;
use super::interop::last_count;
use crate::report::Step;
use crate::{shell, tools};

pub(super) fn python(bench: &Bench, step: &mut Step) -> Result<()> {
    let mut tests = Command::new(tools::python());
    tests.arg(bench.source("bindings/python/test.py"));
    run(bench, step, tests, "python")
}

pub(super) fn node(bench: &Bench, step: &mut Step) -> Result<()> {
    let mut tests = Command::new("node");
    tests.arg(bench.source("bindings/node/test.mjs"));
    run(bench, step, tests, "node")
}

fn run(bench: &Bench, step: &mut Step, mut tests: Command, name: &str) -> Result<()> {
    tests.arg("--tools").arg(bench.workspace.target.join(name));
    step.count(name, shell::capture(&mut tests).and_then(|said| last_count(&said)));
    Ok(())
}
