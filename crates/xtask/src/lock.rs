//! The Python packages that tools and tests need: what is wanted stands in `.in` files, and beside each what that comes
//! to, every package with its hashes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::shell;
use crate::tools::Fetched;
use crate::workspace::{Workspace, ends_in, sources_under};

/// Writes every list anew.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    let tools = Fetched::get(workspace)?;
    for wanted in lists(workspace)? {
        let folder = wanted.parent().context("a list without a folder")?;
        let mut uv = tools.uv();
        uv.current_dir(folder).args(["pip", "compile", "--quiet", "--generate-hashes", "--universal"]);
        // The engines are of their newest versions, which need a newer Python than ours does.
        let python = if folder.ends_with("tests/engines") { "3.11" } else { "3.10" };
        uv.args(["--python-version", python, "--no-annotate", "--no-emit-index-url"]);
        uv.args(["--custom-compile-command", "cargo xtask lock", "--output-file"]);
        shell::capture(uv.arg(wanted.with_extension("txt")).arg(&wanted))?;
        println!("wrote {}", wanted.with_extension("txt").display());
    }
    Ok(())
}

/// What somebody wants, by file. A locked list without its wishes is an error: nobody could renew it.
pub(crate) fn lists(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    // The templates of CMake and pkg-config end alike.
    let is_wanted = |path: &Path| ends_in(path, &["in"]) && path.with_extension("txt").exists();
    let is_locked = |path: &Path| {
        ends_in(path, &["txt"]) && fs::read_to_string(path).is_ok_and(|text| text.contains("--hash=sha256:"))
    };
    for locked in sources_under(&workspace.root, &is_locked)? {
        let wanted = locked.with_extension("in");
        ensure!(wanted.exists(), "{} is missing: it says what {} is made of", wanted.display(), locked.display());
    }
    let lists = sources_under(&workspace.root, &is_wanted)?;
    ensure!(!lists.is_empty(), "no list of Python packages anywhere");
    Ok(lists)
}

/// Fails when a list is not what its wishes come to, or names a package without a hash.
pub(crate) fn check(wanted: &Path) -> Result<()> {
    let locked = fs::read_to_string(wanted.with_extension("txt"))?;
    let entries: Vec<&str> = locked.split("\n").filter(|line| line.contains("==")).collect();
    for entry in &entries {
        ensure!(entry.ends_with('\\'), "{entry} has no hash: cargo xtask lock");
    }
    ensure!(locked.matches("--hash=sha256:").count() >= entries.len(), "a package has no hash: cargo xtask lock");
    for wish in fs::read_to_string(wanted)?.lines().filter(|line| !line.trim().is_empty()) {
        ensure!(wish.contains("=="), "{wish} names no version");
        ensure!(entries.iter().any(|entry| entry.starts_with(wish)), "{wish} is not locked: cargo xtask lock");
    }
    Ok(())
}
