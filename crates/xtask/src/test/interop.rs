//! Both ways against the official packages: tests/interop says how, here it gets its peers.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::rust::number_before;
use super::setup::Setup;
use crate::report::Step;
use crate::shell::npm;
use crate::{go, shell, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let folder = setup.source("tests/interop");
    let prefix = setup.prefix()?;

    println!("   npm ci in tests/interop");
    npm(&folder, &["ci"])?;
    let python = tools::python_environment(setup.workspace, "interop", &folder.join("requirements.txt"))?;

    for (name, mut program) in
        [("npm", peer("node", "run.mjs")), ("PyPI", peer(&python.join("bin/python").to_string_lossy(), "run.py"))]
    {
        program.current_dir(&folder);
        program.env("AGORA_TOKEN_LIBRARY", prefix.join("lib/libagora_token.so"));
        program.env("PYTHON", python.join("bin/python"));
        step.count(name, shell::capture(&mut program).and_then(|said| last_count(&said)));
    }
    match tools::GO.check() {
        Ok(_) => step.count("npm, by the Go package", golang(setup, &folder)),
        Err(missing) => step.not_run("the Go package against npm", missing),
    }
    Ok(())
}

/// The tests of the Go package speak as bridge.py does when they are told to.
fn golang(setup: &Setup, folder: &Path) -> Result<u64> {
    let program = setup.folder("interop")?.join("bridge");
    shell::capture(go::go(&setup.source("bindings/go"), &["test", "-c", "-o"]).arg(&program).arg("."))?;
    let mut peer = peer("node", "run.mjs");
    peer.current_dir(folder).env("AGORA_TOKEN_BRIDGE_PROGRAM", program);
    peer.env("AGORA_TOKEN_BRIDGE", setup.source("include/agora_token.h"));
    shell::capture(&mut peer).and_then(|said| last_count(&said))
}

fn peer(interpreter: &str, script: &str) -> Command {
    let mut command = Command::new(interpreter);
    command.arg(script);
    command
}

/// Shows what a runner said, whose last line is `N passed, N failed`.
pub(super) fn last_count(said: &str) -> Result<u64> {
    println!("   {}", said.trim_end().replace('\n', "\n   "));
    let last = said.lines().next_back().unwrap_or_default();
    number_before(last, " passed").with_context(|| format!("it does not end with a count: {last}"))
}
