//! The core as one WebAssembly module, for languages that run it without native code. It is committed where they embed
//! it, beside a note of what it was made from.
//!
//! A module needs the standard library for its target. Always it is built here, with this compiler, so that the same
//! toolchain gives the same bytes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::rust_src::Library;
use crate::workspace::{Workspace, files_under, symlink};
use crate::{cargo, shell};

/// Where the module is committed.
const MODULE: &str = "bindings/go/internal/core/agora_token.wasm";
/// What it was made from.
const NOTE: &str = "bindings/go/internal/core/agora_token.wasm.txt";
/// More than this no package should carry.
const LARGEST: usize = 700_000;
const TARGET: &str = "wasm32-unknown-unknown";
/// Small, since a module that panics is thrown away: no texts of panics. A stack that holds eight times what the deepest
/// call takes, and that can be wiped after each. And no path of a checkout, which would change the bytes.
const FLAGS: &str = "-Zlocation-detail=none -Zunstable-options -Cpanic=immediate-abort -Clink-arg=-zstack-size=65536";

/// Builds the module and commits it to its place.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    let library = Library::get(workspace)?;
    let module = build(workspace, &library)?;
    fs::write(workspace.root.join(MODULE), &module)?;
    fs::write(workspace.root.join(NOTE), note(&library.toolchain()?, &sources(workspace)?, &module))?;
    println!("wrote {MODULE}: {} bytes", module.len());
    Ok(())
}

/// Builds the module again where the toolchain is the one that built the committed one, and compares the bytes.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    check_sources(workspace)?;
    let note = read_note(workspace)?;
    let library = Library::get(workspace)?;
    let (here, there) = (library.toolchain()?, line(&note, "toolchain")?);
    if here != there {
        println!("not compared: the module was built by {there}, here is {here}");
        return Ok(());
    }
    ensure!(build(workspace, &library)? == fs::read(workspace.root.join(MODULE))?, "{MODULE} has other bytes now");
    println!("{MODULE} is what {here} builds");
    Ok(())
}

/// Fails when the committed module was not made from the sources as they are now.
pub(crate) fn check_sources(workspace: &Workspace) -> Result<()> {
    let note = read_note(workspace)?;
    let module = fs::read(workspace.root.join(MODULE)).context(MODULE)?;
    ensure!(
        line(&note, "sources")? == sources(workspace)?,
        "core, ffi or what they need has changed: run cargo xtask wasm"
    );
    ensure!(line(&note, "module")? == hash(&module), "{MODULE} is not the module of {NOTE}: run cargo xtask wasm");
    ensure!(module.len() <= LARGEST, "{MODULE} has {} bytes, at most {LARGEST} are wanted", module.len());
    Ok(())
}

fn note(toolchain: &str, sources: &str, module: &[u8]) -> String {
    format!(
        "What cargo xtask wasm made agora_token.wasm from.\ntoolchain: {toolchain}\nsources: {sources}\nmodule: {}\n",
        hash(module)
    )
}

fn read_note(workspace: &Workspace) -> Result<String> {
    fs::read_to_string(workspace.root.join(NOTE)).context(NOTE)
}

fn line<'a>(note: &'a str, name: &str) -> Result<&'a str> {
    let found = note.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    found.with_context(|| format!("{NOTE} does not name its {name}"))
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of everything that the module is made of: two crates, their dependencies by version, and how it is built.
fn sources(workspace: &Workspace) -> Result<String> {
    let mut all = Sha256::new();
    for folder in ["crates/core", "crates/ffi"] {
        let folder = workspace.root.join(folder);
        let mut files = files_under(&folder.join("src"))?;
        files.push(folder.join("Cargo.toml"));
        for file in files {
            all.update(file.strip_prefix(&workspace.root)?.to_string_lossy().as_bytes());
            all.update(fs::read(&file)?);
        }
    }
    let mut tree = cargo::cargo(workspace, "tree");
    tree.args(["--package", "agora-token-ffi", "--no-default-features", "--target", TARGET]);
    tree.args(["--edges", "normal,build", "--prefix", "none", "--format", "{p} {f}"]);
    // A path is that of this checkout, and a star says that a package was there before.
    let mut packages: Vec<String> = shell::capture(&mut tree)?
        .lines()
        .filter(|line| !line.contains(" (/"))
        .map(|line| line.trim_end_matches("(*)").trim().to_owned())
        .collect();
    packages.sort();
    packages.dedup();
    all.update(packages.join("\n"));
    all.update(FLAGS);
    let manifest = fs::read_to_string(workspace.root.join("Cargo.toml"))?;
    let profiles =
        manifest.split("\n[").filter(|table| table.starts_with("profile.wasm") || table.starts_with("profile.release"));
    profiles.for_each(|table| all.update(table.trim_end()));
    Ok(hex(&all.finalize()))
}

/// The module, from the sources as they are.
pub(crate) fn build(workspace: &Workspace, library: &Library) -> Result<Vec<u8>> {
    let folder = workspace.scratch("wasm").join("build");
    let mut cargo = cargo::cargo(workspace, "rustc");
    cargo.args(["--package", "agora-token-ffi", "--no-default-features", "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--profile", "wasm", "--target", TARGET, "-Zbuild-std=std,panic_abort", "--target-dir"]).arg(&folder);
    // A stable compiler takes -Z, and looks for the library beside itself, unless told otherwise.
    cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", FLAGS).env_remove("CARGO_ENCODED_RUSTFLAGS");
    cargo.env("__CARGO_TESTS_ONLY_SRC_ROOT", linked(library)?);
    shell::run(&mut cargo)?;
    let module = fs::read(folder.join(TARGET).join("wasm/agora_token_ffi.wasm"))?;
    ensure!(module.len() <= LARGEST, "the module has {} bytes, at most {LARGEST} are wanted", module.len());
    Ok(module)
}

/// The source of the standard library by a path that is the same for every checkout: it goes into the names of symbols,
/// whose order makes the bytes of the module.
fn linked(library: &Library) -> Result<PathBuf> {
    let link = Path::new("/tmp/agora-token-rust-library");
    symlink(&library.folder, link)?;
    Ok(link.to_owned())
}
