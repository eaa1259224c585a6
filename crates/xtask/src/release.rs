//! What a release is made of: for each platform its archive, wheel, Debian packages and what Node and Java load; then,
//! from what all platforms brought together, the packages for npm, the jar, the checksums and the notes.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::cargo::Build;
use crate::parts::{self, Found, Part};
use crate::platform::{self, Platform, System};
use crate::sbom::{self, Papers};
use crate::shell::{self, npm};
use crate::workspace::{Workspace, empty_folder, file_name};
use crate::{archive, deb, jar, licences, tools};

/// The wheel's document.
const PYTHON: &str = "agora-token-python";

/// Makes the named parts for a platform, or all that there are, in `out`.
pub(crate) fn platform(build: &Build, parts: &[Part], out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
    let out = out.canonicalize()?;
    let wanted: Vec<Part> = Part::ALL.into_iter().filter(|part| parts.is_empty() || parts.contains(part)).collect();
    let mut tree = None;
    for part in wanted {
        if !part.exists(build.workspace, &build.platform)? {
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
            Part::Addon => {
                let name = parts::addon(build.workspace, &build.platform)?.context("Node has no package for it")?;
                copy_library(build, "agora-token-node", &out.join(name))?;
            }
            Part::Java => {
                copy_library(build, "agora-token-java", &out.join(parts::java(build.workspace, &build.platform)))?;
            }
        }
    }
    archive::checksums(&out)
}

/// For every Python since 3.10, and for a C library as old as the platform's tag says.
fn wheel(build: &Build, out: &Path) -> Result<()> {
    let papers = papers(build.workspace, &build.platform.target)?;
    let mut maturin = tools::Cross::get(build.workspace)?.maturin();
    maturin.current_dir(build.workspace.root.join("bindings/python")).args(["build", "--locked", "--profile"]);
    maturin.args([build.profile, "--target", &build.platform.target, "--out"]).arg(out);
    maturin.arg("--sbom-include").arg(papers.contents(PYTHON));
    match build.platform.system {
        System::LinuxGnu => maturin.args(["--compatibility", "manylinux2014"]),
        System::LinuxMusl => maturin.args(["--compatibility", "musllinux_1_2"]),
        _ => &mut maturin,
    };
    if build.platform.needs_zig() {
        maturin.arg("--zig");
    }
    build.set_up(&mut maturin, true)?;
    // It takes licences from its own folder alone.
    let licences = build.workspace.root.join("bindings/python").join(licences::NAME);
    fs::copy(papers.licences(PYTHON), &licences)?;
    let built = shell::run(&mut maturin);
    fs::remove_file(licences)?;
    built?;
    let wheel = parts::one(build.workspace, &build.platform, Part::Wheel, out)?;
    check_wheel(build.workspace, &wheel).with_context(|| file_name(&wheel))
}

/// Fails unless the wheel has our document of what is in it, no other, and the licences of that.
fn check_wheel(workspace: &Workspace, wheel: &Path) -> Result<()> {
    let mut wheel = zip::ZipArchive::new(File::open(wheel)?)?;
    let names: Vec<String> = wheel.file_names().map(str::to_owned).collect();
    let of = |wanted: &str| names.iter().filter(|name| name.contains(wanted)).collect::<Vec<_>>();
    let document = match *of("/sboms/") {
        [document] if document.ends_with(&format!("/{PYTHON}.cdx.json")) => document,
        ref others => bail!("its documents are {others:?}"),
    };
    ensure!(of(&format!("/licenses/{}", licences::NAME)).len() == 1, "it lacks the licences of what is linked into it");
    let folder = workspace.scratch("release/wheel");
    empty_folder(&folder)?;
    let file = folder.join(file_name(Path::new(document)));
    io::copy(&mut wheel.by_name(document)?, &mut File::create(&file)?)?;
    sbom::check(workspace, &file)
}

/// What Node loads, under its name for the platform.
pub(crate) fn addon(build: &Build, out: &Path) -> Result<()> {
    copy_library(build, "agora-token-node", &out.join(node_file(build.workspace, &build.platform)?))
}

/// By what name the Node package loads its binary.
fn node_file(workspace: &Workspace, platform: &Platform) -> Result<String> {
    let node = parts::node(workspace, platform)?.context("Node has no package for it")?;
    Ok(format!("agora-token-native.{node}.node"))
}

fn copy_library(build: &Build, package: &str, file: &Path) -> Result<()> {
    fs::copy(build.library(package)?, file)?;
    println!("wrote {}", file.display());
    Ok(())
}

/// Makes a release of a folder with the parts of all platforms, which stays unchanged. Archives, Debian packages and wheels
/// are copied; the source distribution for Python, the packages for npm, the jar, the notes and the checksums are made.
/// `out` appears when everything is in it.
pub(crate) fn gather(workspace: &Workspace, folder: &Path, is_partial: bool, out: &Path) -> Result<()> {
    let out = std::path::absolute(out)?;
    ensure!(fs::read_dir(&out).map_or(true, |mut files| files.next().is_none()), "{} is not empty", out.display());
    let notes = notes(&fs::read_to_string(workspace.root.join("CHANGELOG.md"))?, &workspace.version)?;
    let folder = folder.canonicalize().with_context(|| format!("cannot read {}", folder.display()))?;
    let parts = parts::find(workspace, &folder, is_partial)?;
    let new = out.with_file_name(format!(".{}.new", file_name(&out)));
    empty_folder(&new)?;

    for Found { part, path, .. } in &parts {
        if [Part::Archive, Part::Deb, Part::Wheel].contains(part) {
            fs::copy(path, new.join(file_name(path)))?;
        }
        if *part == Part::Wheel {
            check_wheel(workspace, path).with_context(|| file_name(path))?;
        }
    }
    let mut sdist = tools::Cross::get(workspace)?.maturin();
    sdist.current_dir(workspace.root.join("bindings/python")).args(["sdist", "--out"]).arg(&new);
    shell::capture(&mut sdist)?;
    for package in npm_packages_with_papers(workspace, &parts, is_partial)? {
        npm(&package, &["pack", "--pack-destination", &new.to_string_lossy()])?;
    }
    let jar = jar(workspace, &parts)?;
    fs::copy(&jar, new.join(file_name(&jar)))?;
    archive::checksums(&new)?;
    fs::write(new.join("NOTES.md"), notes)?;

    if out.exists() {
        fs::remove_dir(&out)?;
    }
    fs::rename(&new, &out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut names: Vec<String> = fs::read_dir(&out)?.filter_map(|file| Some(file_name(&file.ok()?.path()))).collect();
    names.sort();
    println!("{}", names.join("\n"));
    Ok(())
}

/// What is linked into what is built for a target, and its licences.
fn papers(workspace: &Workspace, target: &str) -> Result<Papers> {
    sbom::checked(workspace, target, &workspace.scratch("release/papers").join(target))
}

/// The folders of the packages for npm, each that has something compiled with its papers.
fn npm_packages_with_papers(workspace: &Workspace, parts: &[Found], is_partial: bool) -> Result<Vec<PathBuf>> {
    let binaries = workspace.scratch("release/binaries");
    empty_folder(&binaries)?;
    let addons = || parts.iter().filter(|found| found.part == Part::Addon);
    for Found { platform, path, .. } in addons() {
        fs::copy(path, binaries.join(node_file(workspace, platform)?))?;
    }
    let packages = npm_packages(workspace, &binaries, is_partial)?;
    let put = |papers: Papers, artefact: &str, package: &str| -> Result<()> {
        let folder = packages.iter().find(|folder| file_name(folder) == package);
        papers.put(artefact, folder.with_context(|| format!("there is no package {package}"))?)
    };
    for Found { platform, .. } in addons() {
        let node = parts::node(workspace, platform)?.context("Node has no package for it")?;
        put(papers(workspace, &platform.target)?, "agora-token-native", &format!("agora-token-native-{node}"))?;
    }
    put(papers(workspace, &platform::host()?)?, "agora-token-wasm", "agora-token-wasm")?;
    Ok(packages)
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

/// The jar, with the library of each platform and its papers.
fn jar(workspace: &Workspace, parts: &[Found]) -> Result<PathBuf> {
    let libraries = workspace.scratch("release/java");
    empty_folder(&libraries)?;
    for Found { platform, path, .. } in parts.iter().filter(|found| found.part == Part::Java) {
        let place = libraries.join(platform.java());
        fs::create_dir_all(&place)?;
        let prefix = if platform.is_windows() { "" } else { "lib" };
        fs::copy(path, place.join(format!("{prefix}agora_token_java.{}", platform.library_ending())))?;
        papers(workspace, &platform.target)?.put("agora-token-java", &place)?;
    }
    jar::of_all_platforms(workspace, &libraries)
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
    use crate::workspace::{ends_in, sources_under};

    #[test]
    fn the_notes_are_those_of_the_version() {
        let changelog =
            "# Changelog\n\n## Unreleased\n\n- new\n\n## 0.2.0 - 2026-11-01\n\n- old\n\n## 0.1.0\n\n- first\n";
        assert_eq!(notes(changelog, "0.2.0").unwrap(), "- old\n");
        assert_eq!(notes(changelog, "0.1.0").unwrap(), "- first\n");
        assert_eq!(notes(changelog, "0.3.0").unwrap(), "- new\n");
        assert!(notes("# Changelog\n", "0.1.0").is_err());
    }

    #[test]
    fn pages_and_examples_name_packages_of_this_version() {
        const NAMES: [&str; 5] =
            ["agora-token-", "agora-token-native-", "agora-token-wasm-", "agora-token_", "agora-token:"];
        let workspace = Workspace::open().unwrap();
        let mut found = 0;
        let is_page =
            |path: &Path| ends_in(path, &["md", "java", "mjs", "ts", "yaml"]) && !path.ends_with("CHANGELOG.md");
        for folder in ["docs", "examples", "bindings"] {
            for file in sources_under(&workspace.root.join(folder), &is_page).unwrap() {
                let text = fs::read_to_string(&file).unwrap();
                for name in NAMES {
                    for rest in
                        text.split(name).skip(1).filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
                    {
                        let is_it = rest.strip_prefix(&*workspace.version);
                        let is_it = is_it.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()));
                        assert!(is_it, "{}: {name}{}", file.display(), rest.lines().next().unwrap_or_default());
                        found += 1;
                    }
                }
            }
        }
        assert!(found > 10, "{found} names of packages");
        let readme = fs::read_to_string(workspace.root.join("bindings/java/README.md")).unwrap();
        assert!(readme.contains(&format!("<version>{}</version>", workspace.version)), "the README of Java");
    }
}
