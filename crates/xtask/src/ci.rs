//! What continuous integration checks besides `demo` and `test`, before both.

use std::fs;

use anyhow::{Result, anyhow, ensure};

use crate::missing_tools;
use crate::report::{Report, Step};
use crate::workspace::{Workspace, file_name, sources_under};

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let mut report = Report::new(true);
    report.step("tools", |step| {
        step.case("every tool is here, so nothing will be left out", missing_tools::run(true));
        Ok(())
    });
    report.step("lockfiles", |step| lockfiles(workspace, step));
    report.finish()
}

/// A lockfile pins versions and hashes, never where to fetch them: that is for each machine's own configuration.
fn lockfiles(workspace: &Workspace, step: &mut Step) -> Result<()> {
    let found = sources_under(&workspace.root, &|path| file_name(path) == "package-lock.json")?;
    ensure!(!found.is_empty(), "no package-lock.json anywhere");
    for file in found {
        let recorded = fs::read_to_string(&file)?.contains("\"resolved\": \"http");
        let name = file.strip_prefix(&workspace.root).unwrap_or(&file).display();
        step.case(name, if recorded { Err(anyhow!("it records addresses")) } else { Ok(()) });
    }
    Ok(())
}
