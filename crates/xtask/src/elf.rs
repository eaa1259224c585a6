//! What a library or program exports, needs and calls itself, as binutils read it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::shell;

/// The global symbols a static library or object file defines.
pub(crate) fn globals(file: &Path) -> Result<BTreeSet<String>> {
    symbols(Command::new("nm").args(["--defined-only", "--extern-only", "--format=posix"]).arg(file))
}

/// The symbols a shared library exports.
pub(crate) fn exports(file: &Path) -> Result<BTreeSet<String>> {
    symbols(Command::new("nm").args(["--dynamic", "--defined-only", "--format=posix"]).arg(file))
}

/// Every symbol a program mentions, defined or not.
pub(crate) fn mentions(file: &Path) -> Result<BTreeSet<String>> {
    symbols(Command::new("nm").args(["--format=posix"]).arg(file))
}

/// The shared libraries a program or library asks for.
pub(crate) fn needed(file: &Path) -> Result<Vec<String>> {
    dynamic(file, "(NEEDED)")
}

/// The SONAME, when there is one.
pub(crate) fn soname(file: &Path) -> Result<Option<String>> {
    Ok(dynamic(file, "(SONAME)")?.pop())
}

fn symbols(nm: &mut Command) -> Result<BTreeSet<String>> {
    let listing = shell::capture(nm)?;
    // Lines are `name type value size`; a line of one word names a member of an archive.
    let names = listing.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let name = words.next()?;
        words.next().map(|_| name.to_owned())
    });
    Ok(names.collect())
}

fn dynamic(file: &Path, tag: &str) -> Result<Vec<String>> {
    let listing = shell::capture(Command::new("readelf").args(["--dynamic", "--wide"]).arg(file))?;
    let lines = listing.lines().filter(|line| line.contains(tag));
    Ok(lines.filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned())).collect())
}
