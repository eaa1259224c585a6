//! What continuous integration checks besides `demo` and `test`, after both.

use std::process::Command;

use anyhow::{Result, anyhow, ensure};

use crate::report::{Report, Step};
use crate::workspace::Workspace;
use crate::{doctor, shell};

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let mut report = Report::new(true);
    report.step("tools", |step| {
        step.case("every tool is here, so nothing was left out", doctor::run(true));
        Ok(())
    });
    if workspace.root.join(".git").exists() {
        report.step("checkout", |step| unchanged(workspace, step));
        report.step("lockfiles", |step| lockfiles(workspace, step));
    } else {
        println!("\nno git checkout: nothing to compare with");
    }
    report.finish()
}

/// Neither the build nor the tests write into committed files.
fn unchanged(workspace: &Workspace, step: &mut Step) -> Result<()> {
    let status = git(workspace, &["status", "--porcelain", "--untracked-files=no"])?;
    let outcome = if status.is_empty() { Ok(()) } else { Err(anyhow!("changed:\n{status}")) };
    step.case("no committed file changed", outcome);
    Ok(())
}

/// A lockfile pins versions and hashes, never where to fetch them: that is for each machine's own configuration.
fn lockfiles(workspace: &Workspace, step: &mut Step) -> Result<()> {
    let listed = git(workspace, &["ls-files", "*package-lock.json"])?;
    for file in listed.lines() {
        let text = std::fs::read_to_string(workspace.root.join(file))?;
        let outcome = if text.contains("\"resolved\": \"http") { Err(anyhow!("it records addresses")) } else { Ok(()) };
        step.case(format!("{file} records no address"), outcome);
    }
    ensure!(!listed.is_empty(), "no package-lock.json is committed");
    Ok(())
}

fn git(workspace: &Workspace, words: &[&str]) -> Result<String> {
    // A container often runs as another user than the one who made the checkout.
    let mut git = Command::new("git");
    shell::capture(git.current_dir(&workspace.root).args(["-c", "safe.directory=*"]).args(words))
}
