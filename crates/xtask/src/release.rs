//! What a release is made of: for each platform its archive, wheel, Debian packages and what Node and Java load; then,
//! from what all platforms brought together, the packages for npm, the jar, the checksums and the notes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::cargo::Build;
use crate::platform::{Platform, RELEASED, System};
use crate::shell::{self, npm};
use crate::workspace::{Workspace, empty_folder, file_name};
use crate::{archive, deb, jar, tools};

/// The parts for one platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// The archive with libraries, headers and the command-line tool
    Archive,
    /// The Debian packages of both, made from the same tree
    Deb,
    /// The Python wheel
    Wheel,
    /// The binary for the Node package
    Addon,
    /// The library for the jar
    Java,
}

impl Part {
    /// Whether there is such a thing for the platform.
    fn exists(self, build: &Build) -> Result<bool> {
        Ok(match self {
            Self::Archive => true,
            Self::Deb => build.platform.system == System::LinuxGnu,
            // Python, Node and Java on Windows are of MSVC.
            Self::Wheel | Self::Java => build.platform.system != System::WindowsGnu,
            Self::Addon => addon_name(build)?.is_some(),
        })
    }
}

/// Makes the named parts for a platform, or all that there are, in `out`.
pub(crate) fn platform(build: &Build, parts: &[Part], out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
    let out = out.canonicalize()?;
    let all = [Part::Archive, Part::Deb, Part::Wheel, Part::Addon, Part::Java];
    let wanted: Vec<Part> = all.into_iter().filter(|part| parts.is_empty() || parts.contains(part)).collect();
    let mut tree = None;
    for part in wanted {
        if !part.exists(build)? {
            ensure!(parts.is_empty(), "there is no {part:?} for {}", build.platform.target);
            continue;
        }
        match part {
            Part::Archive => tree = Some(archive::write(build, &out)?),
            Part::Deb => {
                let tree = match tree.take() {
                    Some(tree) => tree,
                    None => archive::tree(build)?,
                };
                deb::write(build, &tree, &out)?;
            }
            Part::Wheel => wheel(build, &out)?,
            Part::Addon => addon(build, &out)?,
            Part::Java => java_library(build, &out)?,
        }
    }
    archive::checksums(&out)
}

/// For every Python since 3.10, and for a C library as old as the platform's tag says.
fn wheel(build: &Build, out: &Path) -> Result<()> {
    let mut maturin = tools::Cross::get(build.workspace)?.maturin();
    maturin.current_dir(build.workspace.root.join("bindings/python")).args(["build", "--locked", "--profile"]);
    maturin.args([build.profile, "--target", &build.platform.target, "--out"]).arg(out);
    match build.platform.system {
        System::LinuxGnu => maturin.args(["--compatibility", "manylinux2014"]),
        System::LinuxMusl => maturin.args(["--compatibility", "musllinux_1_2"]),
        _ => &mut maturin,
    };
    if build.platform.needs_zig() {
        maturin.arg("--zig");
    }
    build.set_up(&mut maturin, true)?;
    shell::run(&mut maturin)
}

/// What Node loads, under its name for the platform.
pub(crate) fn addon(build: &Build, out: &Path) -> Result<()> {
    let name = addon_name(build)?.context("Node has no package for it")?;
    let file = out.join(name);
    fs::copy(build.library("agora-token-node")?, &file)?;
    println!("wrote {}", file.display());
    Ok(())
}

/// What the jar loads, under a name for the platform.
fn java_library(build: &Build, out: &Path) -> Result<()> {
    let file = out.join(java_name(&build.platform));
    fs::copy(build.library("agora-token-java")?, &file)?;
    println!("wrote {}", file.display());
    Ok(())
}

fn java_name(platform: &Platform) -> String {
    format!("agora-token-java.{}.{}", platform.java(), platform.library_ending())
}

/// What the Node package calls the binary of a platform, where it has one.
fn addon_name(build: &Build) -> Result<Option<String>> {
    let platforms = platforms(build.workspace)?;
    let found = platforms.into_iter().find(|(_, target)| *target == build.platform.target);
    Ok(found.map(|(platform, _)| format!("agora-token-native.{platform}.node")))
}

/// The platforms of the Node package, with their targets.
fn platforms(workspace: &Workspace) -> Result<Vec<(String, String)>> {
    let text = fs::read_to_string(workspace.root.join("bindings/node/lib/platforms.json"))?;
    let platforms: Value = serde_json::from_str(&text)?;
    let platforms = platforms.as_object().context("platforms.json is no object")?;
    Ok(platforms
        .iter()
        .map(|(name, of)| (name.clone(), of["target"].as_str().unwrap_or_default().to_owned()))
        .collect())
}

/// Makes what all platforms are needed for, of the folder that holds their parts: the source distribution for Python, the
/// packages for npm, the notes, the checksums. Fails when a platform's part is missing, unless they may be partial.
pub(crate) fn gather(workspace: &Workspace, folder: &Path, is_partial: bool) -> Result<()> {
    let folder = folder.canonicalize().with_context(|| format!("cannot read {}", folder.display()))?;
    let notes = notes(&fs::read_to_string(workspace.root.join("CHANGELOG.md"))?, &workspace.version)?;
    let mut sdist = tools::Cross::get(workspace)?.maturin();
    sdist.current_dir(workspace.root.join("bindings/python")).args(["sdist", "--out"]).arg(&folder);
    shell::capture(&mut sdist)?;

    for package in npm_packages(workspace, &folder, is_partial)? {
        npm(&package, &["pack", "--pack-destination", &folder.to_string_lossy()])?;
    }
    for (platform, _) in platforms(workspace)? {
        let addon = folder.join(format!("agora-token-native.{platform}.node"));
        if addon.exists() {
            fs::remove_file(addon)?; // it is in its package now
        }
    }
    jar(workspace, &folder, is_partial)?;
    archive::checksums(&folder)?;
    fs::write(folder.join("NOTES.md"), notes)?; // which is no file of the release
    let mut names: Vec<String> =
        fs::read_dir(&folder)?.filter_map(|file| Some(file_name(&file.ok()?.path()))).collect();
    names.sort();
    println!("{}", names.join("\n"));
    Ok(())
}

/// The folders of the packages for npm, of the binaries in a folder, and of agora-token-wasm.
pub(crate) fn npm_packages(workspace: &Workspace, binaries: &Path, is_partial: bool) -> Result<Vec<PathBuf>> {
    let packages = workspace.scratch("release/npm");
    empty_folder(&packages)?;
    let mut fill = Command::new("node");
    fill.arg(workspace.root.join("bindings/node/scripts/release.mjs")).arg(&packages).arg("--from").arg(binaries);
    shell::capture(fill.args(is_partial.then_some("--built")))?;
    let wasm = workspace.root.join("bindings/wasm");
    shell::npm(&wasm, &["ci"])?;
    shell::npm(&wasm, &["run", "build"])?;
    shell::capture(Command::new("cp").arg("-r").arg(wasm.join("build")).arg(packages.join("agora-token-wasm")))?;
    Ok(fs::read_dir(&packages)?.map(|package| Ok(package?.path())).collect::<Result<_, std::io::Error>>()?)
}

/// The jar, in place of the libraries that are in it.
fn jar(workspace: &Workspace, folder: &Path, is_partial: bool) -> Result<()> {
    let libraries = workspace.scratch("release/java");
    empty_folder(&libraries)?;
    for target in RELEASED {
        let platform = Platform::named(target)?;
        let library = folder.join(java_name(&platform));
        if platform.system == System::WindowsGnu || (is_partial && !library.exists()) {
            continue;
        }
        let place = libraries.join(platform.java());
        fs::create_dir_all(&place)?;
        let prefix = if platform.is_windows() { "" } else { "lib" };
        let name = format!("{prefix}agora_token_java.{}", platform.library_ending());
        fs::copy(&library, place.join(name)).with_context(|| format!("there is no {}", library.display()))?;
        fs::remove_file(&library)?; // it is in the jar now
    }
    let jar = jar::of_all_platforms(workspace, &libraries)?;
    fs::copy(&jar, folder.join(file_name(&jar)))?;
    Ok(())
}

/// What the changelog says of a version; before it has one, what is unreleased.
fn notes(changelog: &str, version: &str) -> Result<String> {
    let of = |name: &str| changelog.split("\n## ").find(|section| section.starts_with(name)).map(str::to_owned);
    let Some(section) = of(&format!("[{version}]")).or_else(|| of(version)).or_else(|| of("Unreleased")) else {
        bail!("CHANGELOG.md says nothing of {version}");
    };
    let (_, text) = section.split_once('\n').context("an empty section of CHANGELOG.md")?;
    ensure!(!text.trim().is_empty(), "CHANGELOG.md says nothing of {version}");
    Ok(format!("{}\n", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notes_are_those_of_the_version() {
        let changelog =
            "# Changelog\n\n## Unreleased\n\n- new\n\n## 0.2.0 - 2026-11-01\n\n- old\n\n## 0.1.0\n\n- first\n";
        assert_eq!(notes(changelog, "0.2.0").unwrap(), "- old\n");
        assert_eq!(notes(changelog, "0.1.0").unwrap(), "- first\n");
        assert_eq!(notes(changelog, "0.3.0").unwrap(), "- new\n");
        assert!(notes("# Changelog\n", "0.1.0").is_err());
    }
}
