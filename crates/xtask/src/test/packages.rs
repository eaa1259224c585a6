//! The tests of the Python and the Node package, which build and install them from nothing.

use std::process::Command;

use anyhow::Result;

use super::Bench;
use super::interop::last_count;
use super::rust::number_before;
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
    let said = shell::capture(&mut tests);
    let again =
        said.as_ref().ok().and_then(|said| number_before(said, " of them were run again, as built from the sdist"));
    step.count(name, said.and_then(|said| last_count(&said)));
    if let Some(again) = again.filter(|&cases| cases > 0) {
        step.ran_again("sdist", again);
    }
    Ok(())
}
