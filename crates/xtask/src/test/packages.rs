//! The tests of the Python and the Node package, which build and install them from nothing.

use std::process::Command;

use anyhow::Result;

use super::interop::last_count;
use super::rust::number_before;
use super::setup::Setup;
use crate::report::Step;
use crate::{shell, tools};

pub(super) fn python(setup: &Setup, step: &mut Step) -> Result<()> {
    let mut tests = Command::new(tools::python());
    tests.arg(setup.source("bindings/python/test.py"));
    run(setup, step, tests, "python", ("sdist", "as built from the sdist"))
}

pub(super) fn node(setup: &Setup, step: &mut Step) -> Result<()> {
    let mut tests = Command::new("node");
    tests.arg(setup.source("bindings/node/test.mjs"));
    run(setup, step, tests, "node", ("wasm", "on WebAssembly"))
}

/// Some of the tests run twice, and say how many.
fn run(setup: &Setup, step: &mut Step, mut tests: Command, name: &str, again: (&'static str, &str)) -> Result<()> {
    tests.arg("--tools").arg(setup.workspace.target.join(name));
    let said = shell::capture(&mut tests);
    let (manner, words) = again;
    let again = said.as_ref().ok().and_then(|said| number_before(said, &format!(" of them were run again, {words}")));
    step.count(name, said.and_then(|said| last_count(&said)));
    if let Some(again) = again.filter(|&cases| cases > 0) {
        step.ran_again(manner, again);
    }
    Ok(())
}
