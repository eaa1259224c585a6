//! What examples/deploy shows, as far as a machine without Docker or Kubernetes can tell: schemas, linters, the unit as
//! systemd would start it, and three replicas behind HAProxy and nginx.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use super::interop::last_count;
use super::setup::Setup;
use crate::report::Step;
use crate::shell::{node_tests, npm};
use crate::workspace::sources_under;
use crate::{shell, tools};

/// The most that `systemd-analyze security` may find, of 100.
const MOST_EXPOSURE: u8 = 15;

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let tests = setup.source("tests/deploy");
    let python = tools::python_environment(setup.workspace, "deploy", &tests.join("requirements.txt"))?;
    let tool = setup.prefix()?.join("bin/agora-token");

    let images = sources_under(&setup.source("examples"), &|path| path.ends_with("Dockerfile"))?;
    ensure!(!images.is_empty(), "no Dockerfile anywhere");
    for image in images {
        let name = image.strip_prefix(&setup.workspace.root).unwrap_or(&image).display().to_string();
        let mut hadolint = Command::new(python.join("bin/hadolint"));
        step.case(format!("{name}, by hadolint"), shell::capture(hadolint.arg(image)).map(drop));
    }

    let mut manifests = Command::new(python.join("bin/python"));
    manifests.arg(tests.join("manifests.py")).arg(&tool);
    step.count("Kubernetes manifests", shell::capture(&mut manifests).and_then(|said| last_count(&said)));

    match tools::SYSTEMD.check() {
        Ok(_) => systemd(setup, step, &python.join("bin/python"), &tool)?,
        Err(missing) => step.not_run("the systemd unit", missing),
    }
    npm(&setup.source("tests/contract"), &["ci"])?; // whose oracle it asks
    npm(&tests, &["ci", "--ignore-scripts"])?;
    let node = |file: &str, proxy: &str| {
        let mut suite = node_tests(&tests);
        suite.arg(file);
        suite.env("AGORA_TOKEN", &tool).env("PROXY", proxy);
        suite.env("HAPROXY", tools::haproxy()).env("NGINX", tools::nginx()).env("PROMTOOL", tools::promtool());
        shell::capture(&mut suite).and_then(|said| last_count(&said))
    };
    for (tool, what, file, proxy) in [
        (tools::PROMTOOL, "alerts, dashboard and ServiceMonitor", "monitoring.test.mjs", ""),
        (tools::HAPROXY, "three replicas behind HAProxy", "replicas.test.mjs", "HAProxy"),
        (tools::NGINX, "three replicas behind nginx", "replicas.test.mjs", "nginx"),
        (tools::NGINX, "nginx after idle pauses", "idle.test.mjs", ""),
    ] {
        match tool.check() {
            Ok(_) => step.count(what, node(file, proxy)),
            Err(missing) => step.not_run(what, missing),
        }
    }
    Ok(())
}

/// The unit is right, with the program where it was installed here, holds the server tightly, and starts it.
fn systemd(setup: &Setup, step: &mut Step, python: &Path, tool: &Path) -> Result<()> {
    const PROGRAM: &str = "/usr/bin/agora-token";
    let text = fs::read_to_string(setup.source("examples/deploy/agora-token.service"))?;
    ensure!(text.matches(PROGRAM).count() == 1, "the unit starts {PROGRAM}");
    let folder = setup.folder("deploy")?;
    let (unit, socket) = (folder.join("agora-token.service"), folder.join("agora-token.socket"));
    fs::write(&unit, text.replace(PROGRAM, &tool.to_string_lossy()))?;
    fs::copy(setup.source("examples/deploy/agora-token.socket"), &socket)?;

    let mut verify = Command::new("systemd-analyze");
    let verified = shell::output(verify.arg("verify").args([&unit, &socket]))?;
    let said = shell::both(&verified);
    let right = if verified.status.success() && said.is_empty() { Ok(()) } else { Err(anyhow::anyhow!(said)) };
    step.case("the systemd units, by systemd-analyze verify", right);

    let mut security = Command::new("systemd-analyze");
    security.args(["security", "--offline=true", &format!("--threshold={MOST_EXPOSURE}")]).arg(&unit);
    step.case("the systemd unit, by systemd-analyze security", shell::capture(&mut security).map(drop));

    let mut started = Command::new(python);
    started.arg(setup.source("tests/deploy/unit.py")).arg(tool);
    step.count("the systemd unit, started", shell::capture(&mut started).and_then(|said| last_count(&said)));
    Ok(())
}
