//! The web client and the pages of the server, in Chromium against a running server, and the doctor's page: tests/web says
//! how.

use std::process::Command;

use anyhow::Result;

use super::interop::last_count;
use super::setup::Setup;
use crate::report::Step;
use crate::shell::{node_tests, npm};
use crate::{shell, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let client = setup.source("examples/web");
    let tests = setup.source("tests/web");
    println!("   npm ci in examples/web and tests/web");
    npm(&client, &["ci"])?;
    npm(&tests, &["ci"])?;

    let mut types = Command::new("npx");
    types.current_dir(&tests).args(["--no", "--", "tsc", "--project", "jsconfig.json"]);
    step.case("the types of the client", shell::capture(&mut types).map(drop));

    let tool = setup.prefix()?.join("bin/agora-token");
    let package = &setup.packages()?.node;
    let node = |files: &[&str]| {
        let mut node = node_tests(&tests);
        node.args(files);
        node.env("AGORA_TOKEN", &tool).env("PYTHON", tools::python()).env("NODE_PACKAGE", package);
        node.env("SCREENSHOTS", setup.workspace.target.join("artifacts/screenshots"));
        shell::capture(&mut node).and_then(|said| last_count(&said))
    };
    let modules = ["token-renewer.test.mjs", "token-server.test.mjs", "faces.test.mjs", "declarations.test.mjs"];
    step.count("the client's modules", node(&modules));
    match tools::CHROMIUM.check() {
        Ok(_) => step.count("in Chromium", node(&["client.test.mjs", "demo-page.test.mjs", "doctor-page.test.mjs"])),
        Err(missing) => step.not_run("the web client, the server's pages and the doctor's in a browser", missing),
    }
    Ok(())
}
