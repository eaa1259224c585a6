//! Every source is formatted as the formatter of its language leaves it, at the version that is pinned here.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use super::setup::Setup;
use crate::report::Step;
use crate::workspace::{ends_in, sources_under};
use crate::{java, shell, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let mut fmt = Command::new("cargo");
    fmt.current_dir(&setup.workspace.root).args(["fmt", "--all", "--check"]);
    step.case("cargo fmt --all --check", shell::capture(&mut fmt).map(drop));

    let fetched = setup.fetched()?;
    let mut clang_format = fetched.clang_format();
    clang_format.args(["--dry-run", "-Werror"]);
    // The generator of the header lays it out by itself.
    let is_c = |path: &Path| ends_in(path, &["c", "h", "cpp", "hpp"]) && !path.ends_with("include/agora_token.h");
    step.case("clang-format", check(setup, clang_format, &is_c));

    let mut ruff = fetched.ruff();
    ruff.args(["format", "--check", "--quiet"]);
    step.case("ruff format", check(setup, ruff, &|path| ends_in(path, &["py", "pyi"])));

    let mut prettier = Command::new("node");
    prettier.arg(tools::prettier(setup.workspace)?).args(["--check", "--log-level", "warn"]);
    let is_javascript = |path: &Path| ends_in(path, &["js", "cjs", "mjs", "ts", "cts", "mts"]);
    step.case("prettier", check(setup, prettier, &is_javascript));

    match tools::GO.check() {
        Ok(_) => step.case("gofmt", gofmt(setup)),
        Err(missing) => step.not_run("gofmt", missing),
    }
    match java::Formatter::get(setup.workspace)? {
        Some(formatter) => {
            let mut command = formatter.command();
            command.args(["--dry-run", "--set-exit-if-changed"]);
            step.case("google-java-format", check(setup, command, &|path| ends_in(path, &["java"])));
        }
        None => step.not_run("google-java-format", "no Java or no Maven"),
    }
    Ok(())
}

/// It succeeds also where it would change something, and names that.
fn gofmt(setup: &Setup) -> Result<()> {
    let sources = sources_under(&setup.workspace.root, &|path| ends_in(path, &["go"]))?;
    ensure!(!sources.is_empty(), "no source to check");
    let said = shell::capture(Command::new("gofmt").arg("-l").args(sources))?;
    ensure!(said.is_empty(), "gofmt would change\n{said}");
    Ok(())
}

fn check(setup: &Setup, mut formatter: Command, is_wanted: &dyn Fn(&Path) -> bool) -> Result<()> {
    let sources = sources_under(&setup.workspace.root, is_wanted)?;
    ensure!(!sources.is_empty(), "no source to check");
    shell::capture(formatter.current_dir(&setup.workspace.root).args(sources)).map(drop)
}
