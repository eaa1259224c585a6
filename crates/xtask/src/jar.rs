//! The jar, with the native libraries in it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cargo::Build;
use crate::workspace::{Workspace, empty_folder};
use crate::{cargo, java, shell};

/// The native library, and `mvn package` with it; gives the jar, in a folder of its own.
pub(crate) fn package(workspace: &Workspace) -> Result<PathBuf> {
    native_library(workspace)?;
    packaged(workspace, &[native_folder(workspace)])
}

/// The same for a look.
pub(crate) fn quick(build: &Build) -> Result<PathBuf> {
    let library = build.library("agora-token-java")?;
    let folder = library.parent().context("a library without a folder")?;
    packaged(build.workspace, &[format!("-Dnative.folder={}", folder.display())])
}

/// The jar with the libraries of a folder, which has one folder for each platform.
pub(crate) fn of_all_platforms(workspace: &Workspace, libraries: &Path) -> Result<PathBuf> {
    packaged(workspace, &["-Dnative.folder=none".to_owned(), format!("-Dnative.all={}", libraries.display())])
}

fn packaged(workspace: &Workspace, libraries: &[String]) -> Result<PathBuf> {
    let source = workspace.root.join("bindings/java");
    // A library of an earlier build stays among the classes otherwise.
    empty_folder(&source.join("target/classes/io/agora/token/native"))?;
    let mut maven = java::maven(&source);
    shell::capture(maven.args(["-Dmaven.test.skip=true", "package"]).args(libraries))?;
    let folder = workspace.scratch("packages/java");
    empty_folder(&folder)?;
    let name = format!("agora-token-{}.jar", workspace.version);
    let jar = folder.join(&name);
    std::fs::copy(source.join("target").join(&name), &jar).context("Maven left no jar")?;
    Ok(jar)
}

/// What Maven packs into the jar.
pub(crate) fn native_library(workspace: &Workspace) -> Result<()> {
    let mut build = cargo::cargo(workspace, "build");
    shell::run(build.args(["--quiet", "--release", "--package", "agora-token-java"]))
}

/// Tells Maven where it is.
pub(crate) fn native_folder(workspace: &Workspace) -> String {
    format!("-Dnative.folder={}", workspace.target.join("release").display())
}
