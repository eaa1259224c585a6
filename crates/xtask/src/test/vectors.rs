//! The shared vectors check themselves: schema, ids, counts, and that their generator still makes them.

use std::process::Command;

use anyhow::{Context, Result};

use super::rust::number_before;
use super::setup::Setup;
use crate::report::Step;
use crate::{shell, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let python = |words: &[&str]| {
        let mut python = Command::new(tools::python());
        shell::capture(python.current_dir(setup.source("tests/vectors")).args(words))
    };
    let agreed = python(&["check.py"]).and_then(|said| {
        let last = said.lines().next_back().unwrap_or_default();
        number_before(last, " vector cases").with_context(|| format!("it does not end with a count: {last}"))
    });
    step.count("cases that check.py agrees with", agreed);
    step.case("generate.py --check", python(&["generate.py", "--check"]).map(drop));
    Ok(())
}
