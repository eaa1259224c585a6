//! What continuous integration checks besides `demo` and `test`, before both.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, ensure};

use crate::doctor;
use crate::report::{Report, Step};
use crate::workspace::{Workspace, file_name};

/// Folders that hold nothing of ours.
const NOT_OURS: [&str; 3] = [".git", "node_modules", "target"];

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let mut report = Report::new(true);
    report.step("tools", |step| {
        step.case("every tool is here, so nothing will be left out", doctor::run(true));
        Ok(())
    });
    report.step("lockfiles", |step| lockfiles(workspace, step));
    report.finish()
}

/// A lockfile pins versions and hashes, never where to fetch them: that is for each machine's own configuration.
fn lockfiles(workspace: &Workspace, step: &mut Step) -> Result<()> {
    let mut found = Vec::new();
    find(&workspace.root, "package-lock.json", &mut found)?;
    ensure!(!found.is_empty(), "no package-lock.json anywhere");
    for file in found {
        let recorded = fs::read_to_string(&file)?.contains("\"resolved\": \"http");
        let name = file.strip_prefix(&workspace.root).unwrap_or(&file).display();
        step.case(name, if recorded { Err(anyhow!("it records addresses")) } else { Ok(()) });
    }
    Ok(())
}

fn find(folder: &Path, wanted: &str, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = file_name(&path);
        if path.is_dir() && !NOT_OURS.contains(&name.as_str()) {
            find(&path, wanted, found)?;
        } else if name == wanted {
            found.push(path);
        }
    }
    Ok(())
}
