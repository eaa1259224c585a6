//! `cargo xtask load`: tests/load against the command-line tool as it is shipped.

use std::process::Command;

use anyhow::Result;

use crate::shell::npm;
use crate::workspace::Workspace;
use crate::{cargo, shell, tools};

pub(crate) fn run(workspace: &Workspace, seconds: u32, callers: u32) -> Result<()> {
    tools::require(&[tools::RUST, tools::NODE])?;
    let tool = cargo::Build::of_host(workspace)?.command_line_tool()?;
    let tests = workspace.root.join("tests");
    npm(&tests.join("contract"), &["ci"])?; // whose oracle it asks
    let mut load = Command::new("node");
    load.arg(tests.join("load/load.mjs")).env("AGORA_TOKEN", tool);
    load.env("LOAD_SECONDS", seconds.to_string()).env("LOAD_CALLERS", callers.to_string());
    shell::run(&mut load)
}
