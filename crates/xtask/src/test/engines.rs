//! Tables of real engines, in an environment with all of them: tests/engines says how. And docs/bulk.md, which shows them.

use std::process::Command;

use anyhow::{Context, Result};

use super::interop::last_count;
use super::setup::Setup;
use super::snippets;
use crate::report::Step;
use crate::shell::npm;
use crate::{cargo, shell, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    // Spark runs on it.
    if let Err(missing) = tools::JAVA.check() {
        step.not_run("the engines", missing);
        return Ok(());
    }
    let tool = cargo::Build::of_host(setup.workspace)?.command_line_tool()?;
    let folder = setup.source("tests/engines");
    npm(&setup.source("tests/interop"), &["ci"])?;
    let environment = tools::python_environment(setup.workspace, "engines", &folder.join("requirements.txt"))?;
    let python = environment.join("bin/python");
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--force-reinstall"]);
    install.arg(setup.source("bindings/python")).env("CARGO_TARGET_DIR", setup.workspace.target.join("python/cargo"));
    shell::capture(&mut install)?;

    let mut tests = Command::new(&python);
    tests.arg(folder.join("run.py")).env("AGORA_TOKEN_TOOL", &tool);
    step.count("engines", shell::capture(&mut tests).and_then(|said| last_count(&said)));
    let tool_folder = tool.parent().context("the tool is in no folder")?;
    snippets::document(setup, step, "docs/bulk.md", &[&environment.join("bin"), tool_folder])
}
