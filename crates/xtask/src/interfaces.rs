//! What others build on, as it was last agreed to: the C ABI in `crates/ffi/abi.xml`, the Rust API of the core in
//! `crates/core/api.txt`. A change that nobody meant shows as a difference.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::workspace::{Workspace, empty_folder};
use crate::{cargo, shell, tools};

/// What to do about a difference.
const IF_MEANT: &str = "If it is meant: cargo xtask interfaces --write, commit the snapshot with the change, and say it \
                        in CHANGELOG.md. What goes or changes in the C ABI takes a new AGORA_ABI_VERSION besides \
                        (ARCHITECTURE.md, Versions).";

const ABI: &str = "crates/ffi/abi.xml";
const API: &str = "crates/core/api.txt";

/// Writes both snapshots.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    tools::ABIGAIL.check()?;
    fs::copy(abi(workspace)?, workspace.root.join(ABI))?;
    fs::write(workspace.root.join(API), api(workspace)?)?;
    println!("wrote {ABI} and {API}");
    Ok(())
}

/// Fails when the C ABI is not the committed one.
pub(crate) fn check_abi(workspace: &Workspace) -> Result<()> {
    let now = abi(workspace)?;
    let done = shell::output(Command::new("abidiff").arg(workspace.root.join(ABI)).arg(now))?;
    // Its code is made of bits: 4 is a change, and 8 one that breaks programs; 1 and 2 say that it could not tell.
    match done.status.code() {
        Some(0) => Ok(()),
        Some(code) if code & 3 == 0 => {
            let breaks = if code & 8 == 0 { "" } else { " in a way that breaks programs" };
            bail!("the C ABI changed{breaks}. {IF_MEANT}\n{}", shell::both(&done))
        }
        _ => bail!("abidiff failed ({})\n{}", done.status, shell::both(&done)),
    }
}

/// Fails when the Rust API is not the committed one.
pub(crate) fn check_api(workspace: &Workspace) -> Result<()> {
    let committed = fs::read_to_string(workspace.root.join(API)).with_context(|| format!("cannot read {API}"))?;
    let now = api(workspace)?;
    let only_in = |one: &str, other: &str, sign: &str| -> Vec<String> {
        one.lines().filter(|line| !other.lines().any(|it| it == *line)).map(|line| format!("{sign} {line}")).collect()
    };
    let changes = [only_in(&committed, &now, "-"), only_in(&now, &committed, "+")].concat();
    ensure!(changes.is_empty(), "the Rust API changed. {IF_MEANT}\n{}", changes.join("\n"));
    Ok(())
}

/// The C ABI as libabigail writes it, of a library that has every function of the header and nothing behind it: what a
/// handle holds is no part of the ABI, and the suite `symbols` sees that the real one exports the same functions.
fn abi(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.scratch("interfaces");
    empty_folder(&folder)?;
    let include = workspace.root.join("include");
    let (source, library, abi) = (folder.join("stubs.c"), folder.join("libagora_token.so"), folder.join("abi.xml"));
    // Without the attributes of a compiler, which stand before the names.
    let mut preprocess = Command::new(tools::cc());
    preprocess.args(["-std=c99", "-E", "-P", "-U__GNUC__", "-x", "c"]).arg(include.join("agora_token.h"));
    fs::write(&source, stubs(&shell::capture(&mut preprocess)?)?)?;
    let mut compile = Command::new(tools::cc());
    compile.args(["-std=c99", "-g", "-O0", "-w", "-shared", "-fPIC", "-fno-eliminate-unused-debug-types", "-I"]);
    // The snapshot holds the path of what is compiled: from here it is the same in every checkout.
    compile.arg(&include).arg("stubs.c").arg("-o").arg(&library).current_dir(&folder);
    shell::capture(&mut compile)?;
    let mut abidw = Command::new("abidw");
    abidw.args([
        "--no-corpus-path",
        "--no-comp-dir-path",
        "--no-show-locs",
        "--no-elf-needed",
        "--type-id-style",
        "hash",
    ]);
    shell::capture(abidw.arg("--out-file").arg(&abi).arg(&library))?;
    ensure!(fs::read_to_string(&abi)?.contains("function-decl"), "abidw found no function");
    Ok(abi)
}

/// A definition for every function of ours that a preprocessed header declares.
fn stubs(header: &str) -> Result<String> {
    let mut text = "#include <agora_token.h>\n".to_owned();
    let mut functions = 0;
    for statement in header.split_inclusive(';') {
        let declaration = statement.trim();
        let before_parameters = declaration.split('(').next().unwrap_or_default();
        let name = before_parameters.split([' ', '*', '\n']).next_back().unwrap_or_default();
        if declaration.ends_with(");") && name.starts_with("agora_") && !declaration.starts_with("typedef") {
            text.push_str(declaration.trim_end_matches(';'));
            text.push_str(" { __builtin_trap(); }\n");
            functions += 1;
        }
    }
    ensure!(functions > 100, "only {functions} functions were found in the header");
    Ok(text)
}

/// The public items of the core, one a line. rustdoc's JSON is not stable yet, so a stable toolchain has to be told that
/// this is known.
fn api(workspace: &Workspace) -> Result<String> {
    let mut rustdoc = cargo::cargo(workspace, "rustdoc");
    rustdoc.env("RUSTC_BOOTSTRAP", "1").args(["--quiet", "--package", "agora-token", "--lib", "--all-features", "--"]);
    shell::capture(rustdoc.args(["-Z", "unstable-options", "--output-format", "json", "--cap-lints", "allow"]))?;
    let json: &Path = &workspace.target.join("doc/agora_token.json");
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .context("the public-api crate does not read what this rustdoc writes; another version of it may")?;
    Ok(api.items().map(|item| format!("{item}\n")).collect())
}
