//! What examples/deploy shows, as far as a machine without Docker or Kubernetes can tell: schemas, linters, and three
//! replicas behind HAProxy.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use super::interop::last_count;
use super::setup::Setup;
use crate::report::Step;
use crate::shell::npm;
use crate::{shell, tools};

/// The most that `systemd-analyze security` may find, of 100.
const MOST_EXPOSURE: u8 = 15;

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let tests = setup.source("tests/deploy");
    let python = tools::python_environment(setup.workspace, "deploy", &tests.join("requirements.txt"))?;
    let tool = setup.prefix()?.join("bin/agora-token");

    let mut hadolint = Command::new(python.join("bin/hadolint"));
    hadolint.arg(setup.source("examples/deploy/Dockerfile"));
    step.case("Dockerfile, by hadolint", shell::capture(&mut hadolint).map(drop));

    let mut manifests = Command::new(python.join("bin/python"));
    manifests.arg(tests.join("manifests.py")).arg(&tool);
    step.count("Kubernetes manifests", shell::capture(&mut manifests).and_then(|said| last_count(&said)));

    match tools::SYSTEMD.check() {
        Ok(_) => systemd(setup, step, &tool)?,
        Err(missing) => step.not_run("the systemd unit", missing),
    }
    match tools::HAPROXY.check() {
        Ok(_) => step.count("three replicas behind HAProxy", replicas(setup, &tests, &tool)),
        Err(missing) => step.not_run("three replicas behind HAProxy", missing),
    }
    Ok(())
}

/// The unit is right, with the program where it was installed here, and holds the server tightly.
fn systemd(setup: &Setup, step: &mut Step, tool: &Path) -> Result<()> {
    const PROGRAM: &str = "/usr/bin/agora-token";
    let text = fs::read_to_string(setup.source("examples/deploy/agora-token.service"))?;
    ensure!(text.matches(PROGRAM).count() == 1, "the unit starts {PROGRAM}");
    let unit = setup.folder("deploy")?.join("agora-token.service");
    fs::write(&unit, text.replace(PROGRAM, &tool.to_string_lossy()))?;

    let analyze = |words: &[&str]| {
        let mut analyze = Command::new("systemd-analyze");
        analyze.args(words).arg(&unit);
        shell::output(&mut analyze)
    };
    let verified = analyze(&["verify", "--man=no"])?;
    let said = shell::both(&verified);
    let right = if verified.status.success() && said.is_empty() { Ok(()) } else { Err(anyhow::anyhow!(said)) };
    step.case("the systemd unit, by systemd-analyze verify", right);

    let judged = analyze(&["security", "--offline=true", &format!("--threshold={MOST_EXPOSURE}")])?;
    let tight = if judged.status.success() { Ok(()) } else { Err(anyhow::anyhow!(shell::both(&judged))) };
    step.case("the systemd unit, by systemd-analyze security", tight);
    Ok(())
}

fn replicas(setup: &Setup, tests: &Path, tool: &Path) -> Result<u64> {
    npm(&setup.source("tests/contract"), &["ci"])?; // whose oracle it asks
    let mut suite = Command::new("node");
    suite.current_dir(tests).args(["--test", "--test-reporter=../../bindings/node/test/reporter.mjs"]);
    suite.arg("replicas.test.mjs").env("AGORA_TOKEN", tool).env("HAPROXY", tools::haproxy());
    shell::capture(&mut suite).and_then(|said| last_count(&said))
}
