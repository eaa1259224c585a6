//! What only a clean checkout can show, after `demo` and `test`: that they left it as it was.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::report::{Report, Step};
use crate::workspace::Workspace;
use crate::{doctor, shell};

/// The checks that continuous integration adds to the demo and the tests.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let mut report = Report::new(true);
    report.step("tools", |step| {
        step.case("every tool is here, so nothing was left out", doctor::run(true));
        Ok(())
    });
    report.step("checkout", |step| checkout(workspace, step));
    report.step("lockfiles", |step| lockfiles(workspace, step));
    report.finish()
}

fn checkout(workspace: &Workspace, step: &mut Step) -> Result<()> {
    let status = git(workspace, &["status", "--porcelain"])?;
    let outcome = if status.is_empty() { Ok(()) } else { Err(anyhow::anyhow!("changed:\n{status}")) };
    step.case("no committed file changed, no stray file appeared", outcome);
    Ok(())
}

/// A lockfile pins versions and hashes, never where to fetch them: that is for each machine's own configuration.
fn lockfiles(workspace: &Workspace, step: &mut Step) -> Result<()> {
    let listed = git(workspace, &["ls-files", "*package-lock.json"])?;
    for file in listed.lines() {
        let text = std::fs::read_to_string(workspace.root.join(file))?;
        let outcome =
            if text.contains("\"resolved\": \"http") { Err(anyhow::anyhow!("it records addresses")) } else { Ok(()) };
        step.case(format!("{file} records no address"), outcome);
    }
    ensure!(!listed.is_empty(), "no package-lock.json is committed");
    Ok(())
}

fn git(workspace: &Workspace, words: &[&str]) -> Result<String> {
    shell::capture(Command::new("git").current_dir(&workspace.root).args(words))
}
