//! The core as WebAssembly, for languages that run it without native code: a module of the C ABI, and one of the bridge of
//! the npm packages. They are committed where they are embedded, each beside a note of what it was made from.
//!
//! A module needs the standard library for its target. Always it is built here, with this compiler, so that the same
//! toolchain gives the same bytes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::rust_src::Library;
use crate::workspace::{Workspace, files_under, symlink};
use crate::{cargo, licences, sbom, shell};

/// A module that is committed.
struct Module {
    package: &'static str,
    /// What Cargo calls it.
    made: &'static str,
    /// Whose sources go into it, the core's besides.
    folder: &'static str,
    /// Where it is committed; its note has `.txt` behind.
    path: &'static str,
}

const MODULES: [Module; 2] = [
    Module {
        package: "agora-token-ffi",
        made: "agora_token_ffi.wasm",
        folder: "crates/ffi",
        path: "bindings/go/internal/core/agora_token.wasm",
    },
    Module {
        package: "agora-token-node",
        made: "agora_token_node.wasm",
        folder: "bindings/node",
        path: "bindings/wasm/agora_token.wasm",
    },
];

/// The folder of Go's module.
const GO: &str = "bindings/go";

/// More than this no package should carry.
const LARGEST: usize = 700_000;
const TARGET: &str = "wasm32-unknown-unknown";
/// Small, since a module that panics is thrown away: no texts of panics. A stack that is small enough to be wiped after each
/// call. And no path of a checkout, which would change the bytes.
const FLAGS: &str = "-Zlocation-detail=none -Zunstable-options -Cpanic=immediate-abort -Clink-arg=-zstack-size=65536";

/// Builds the modules and writes them to their places.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    let library = Library::get(workspace)?;
    let toolchain = library.toolchain()?;
    for module in &MODULES {
        let bytes = module.build(workspace, &library)?;
        fs::write(workspace.root.join(module.path), &bytes)?;
        let (sources, hash, path) = (module.sources(workspace)?, hash(&bytes), module.path);
        fs::write(
            workspace.root.join(module.note()),
            format!(
                "What cargo xtask wasm made agora_token.wasm from.\n\
                 toolchain: {toolchain}\nsources: {sources}\nmodule: {hash}\n"
            ),
        )?;
        println!("wrote {path}: {} bytes", bytes.len());
    }
    for (name, text) in licences(workspace)? {
        fs::write(workspace.root.join(GO).join(name), text)?;
    }
    Ok(())
}

/// Go fetches the folder of its module alone, so the licences are in it: ours, and those of what the module is made of.
fn licences(workspace: &Workspace) -> Result<[(&'static str, String); 3]> {
    let ours = |name| fs::read_to_string(workspace.root.join(name)).map(|text| (name, text));
    Ok([ours("LICENSE-MIT")?, ours("LICENSE-APACHE")?, (licences::NAME, sbom::licences_of_go(workspace)?)])
}

/// Builds the modules again where the toolchain is the one that built the committed ones, and compares the bytes.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    check_sources(workspace)?;
    let library = Library::get(workspace)?;
    let here = library.toolchain()?;
    for module in &MODULES {
        let path = module.path;
        let there = module.noted(workspace, "toolchain")?;
        if here != there {
            println!("not compared: {path} was built by {there}, here is {here}");
            continue;
        }
        ensure!(
            module.build(workspace, &library)? == fs::read(workspace.root.join(path))?,
            "{path} has other bytes now"
        );
        println!("{path} is what {here} builds");
    }
    Ok(())
}

/// Fails when a committed module was not made from the sources as they are now.
pub(crate) fn check_sources(workspace: &Workspace) -> Result<()> {
    for module in &MODULES {
        let (path, folder) = (module.path, module.folder);
        let bytes = fs::read(workspace.root.join(path)).context(path)?;
        ensure!(
            module.noted(workspace, "sources")? == module.sources(workspace)?,
            "core, {folder} or what they need has changed: run cargo xtask wasm"
        );
        ensure!(
            module.noted(workspace, "module")? == hash(&bytes),
            "{path} is not the module of its note: run cargo xtask wasm"
        );
        ensure!(bytes.len() <= LARGEST, "{path} has {} bytes, at most {LARGEST} are wanted", bytes.len());
    }
    for (name, text) in licences(workspace)? {
        let there = fs::read_to_string(workspace.root.join(GO).join(name)).context(name)?;
        ensure!(there == text, "{GO}/{name} is another now: run cargo xtask wasm");
    }
    Ok(())
}

/// The module of the C ABI, from the sources as they are.
pub(crate) fn build(workspace: &Workspace, library: &Library) -> Result<Vec<u8>> {
    let [of_c_abi, _] = &MODULES;
    of_c_abi.build(workspace, library)
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Module {
    fn note(&self) -> String {
        format!("{}.txt", self.path)
    }

    /// What the note says of this name.
    fn noted(&self, workspace: &Workspace, name: &str) -> Result<String> {
        let note = self.note();
        let text = fs::read_to_string(workspace.root.join(&note)).context(note.clone())?;
        let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        Ok(found.with_context(|| format!("{note} does not name its {name}"))?.to_owned())
    }

    /// The hash of everything that the module is made of: two crates, their dependencies by version, and how it is built.
    fn sources(&self, workspace: &Workspace) -> Result<String> {
        let mut all = Sha256::new();
        for folder in ["crates/core", self.folder] {
            let folder = workspace.root.join(folder);
            let mut files = files_under(&folder.join("src"))?;
            files.push(folder.join("Cargo.toml"));
            for file in files {
                all.update(file.strip_prefix(&workspace.root)?.to_string_lossy().as_bytes());
                all.update(fs::read(&file)?);
            }
        }
        let mut tree = cargo::cargo(workspace, "tree");
        tree.args(["--package", self.package, "--no-default-features", "--target", TARGET]);
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
        let profiles = manifest
            .split("\n[")
            .filter(|table| table.starts_with("profile.wasm") || table.starts_with("profile.release"));
        profiles.for_each(|table| all.update(table.trim_end()));
        Ok(hex(&all.finalize()))
    }

    fn build(&self, workspace: &Workspace, library: &Library) -> Result<Vec<u8>> {
        let folder = workspace.scratch("wasm").join("build");
        let mut cargo = cargo::cargo(workspace, "rustc");
        cargo.args(["--package", self.package, "--no-default-features", "--lib", "--crate-type", "cdylib"]);
        cargo
            .args(["--profile", "wasm", "--target", TARGET, "-Zbuild-std=std,panic_abort", "--target-dir"])
            .arg(&folder);
        // A stable compiler takes -Z, and looks for the library beside itself, unless told otherwise.
        cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", FLAGS).env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo.env("__CARGO_TESTS_ONLY_SRC_ROOT", linked(library)?);
        shell::run(&mut cargo)?;
        let module = fs::read(folder.join(TARGET).join("wasm").join(self.made))?;
        ensure!(module.len() <= LARGEST, "the module has {} bytes, at most {LARGEST} are wanted", module.len());
        Ok(module)
    }
}

/// The source of the standard library by a path that is the same for every checkout: it goes into the names of symbols,
/// whose order makes the bytes of the module.
fn linked(library: &Library) -> Result<PathBuf> {
    let link = Path::new("/tmp/agora-token-rust-library");
    symlink(&library.folder, link)?;
    Ok(link.to_owned())
}
