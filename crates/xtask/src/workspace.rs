//! Where things are: the checkout, cargo's target folder, the version.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::platform::System;
use crate::shell;

/// This checkout.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever the environment puts it.
    pub(crate) target: PathBuf,
    /// The one version of every package.
    pub(crate) version: String,
}

impl Workspace {
    pub(crate) fn open() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
        let metadata = shell::capture(Command::new("cargo").current_dir(&root).args([
            "metadata",
            "--format-version=1",
            "--no-deps",
            "--offline",
        ]))?;
        let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata gave no JSON")?;
        let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
        Ok(Self { root, target: PathBuf::from(target), version: env!("CARGO_PKG_VERSION").to_owned() })
    }

    /// A folder of xtask's own under target/.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        self.target.join("xtask").join(name)
    }

    /// By what name a program asks for the shared library; the number is the major version. See ARCHITECTURE.md,
    /// "Versions".
    pub(crate) fn soname(&self, system: System) -> String {
        let major = self.version.split('.').next().unwrap_or("0");
        match system {
            System::LinuxGnu | System::LinuxMusl => format!("libagora_token.so.{major}"),
            System::Mac => format!("libagora_token.{major}.dylib"),
            System::WindowsGnu | System::WindowsMsvc => "agora_token.dll".to_owned(),
        }
    }
}

/// `path` as an empty folder.
pub(crate) fn empty_folder(path: &Path) -> Result<()> {
    if path.exists() {
        std::fs::remove_dir_all(path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    std::fs::create_dir_all(path).with_context(|| format!("cannot create {}", path.display()))
}

/// A link at `at` to `target`, in place of one that is there.
pub(crate) fn symlink(target: &Path, at: &Path) -> Result<()> {
    if at.symlink_metadata().is_ok() {
        std::fs::remove_file(at)?;
    }
    #[cfg(unix)]
    let linked = std::os::unix::fs::symlink(target, at);
    // The right to make links is the administrator's there, and nothing needs them: see import_library.rs.
    #[cfg(not(unix))]
    let linked: std::io::Result<()> = Err(std::io::ErrorKind::Unsupported.into());
    linked.with_context(|| format!("cannot link {} to {}", at.display(), target.display()))
}

/// Every file under `folder` and its folders, sorted.
pub(crate) fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_under(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Every file of ours under `folder` that is wanted, sorted: none of what git, npm or cargo keeps there.
pub(crate) fn sources_under(folder: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    const NOT_OURS: [&str; 5] = [".git", "node_modules", "target", "__pycache__", "build"];
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if !path.is_dir() {
            sources.extend(is_wanted(&path).then_some(path));
        } else if !NOT_OURS.contains(&file_name(&path).as_str()) {
            sources.extend(sources_under(&path, is_wanted)?);
        }
    }
    sources.sort();
    Ok(sources)
}

/// Whether a file has one of these endings.
pub(crate) fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending))
}

/// The files straight under `folder` with this extension, sorted.
pub(crate) fn files_in(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let straight_under = |path: &PathBuf| path.parent() == Some(folder);
    let mut files = files_under(folder)?;
    files.retain(|path| straight_under(path) && path.extension().is_some_and(|found| found == extension));
    Ok(files)
}

/// The last part of a path, for people.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
