//! What is generated and committed, and how it is formatted. `--check` compares instead of writing.

mod c;
mod c_functions;
mod core;
mod cpp;
mod docs;
mod findings;
mod format;
mod node;
mod prose;
mod python;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use self::c_functions::Functions;
use self::format::Formatters;
use crate::shell;
use crate::workspace::{Workspace, empty_folder, file_name};

/// Writes every generated file that has changed.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    for (file, text) in generated(workspace)? {
        if fs::read_to_string(&file).is_ok_and(|committed| committed == text) {
            continue;
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        println!("wrote {}", file.display());
    }
    // The header, and what the tool says of findings, come of files that were written just now.
    for (file, text) in generated_from_code(workspace)? {
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        println!("wrote {}", file.display());
    }
    Ok(())
}

/// Fails with a diff when a committed file is not what would be generated now. Returns how many were compared.
pub(crate) fn check(workspace: &Workspace) -> Result<u64> {
    let mut compared = 0;
    for (file, text) in generated(workspace)?.into_iter().chain(generated_from_code(workspace)?) {
        let committed = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        if committed != text {
            bail!("{} is stale: run cargo xtask gen\n{}", file.display(), diff(workspace, &file, &text)?);
        }
        compared += 1;
    }
    Ok(compared)
}

/// What comes of the description of the API: each file with its text.
fn generated(workspace: &Workspace) -> Result<Vec<(PathBuf, String)>> {
    let formatters = Formatters::get(workspace)?;
    let functions = Functions::read(workspace)?;
    let files =
        [core::files(), c::files(&functions), cpp::files(), python::files(), node::files(), docs::files()].concat();
    let files = files.into_iter().map(|(name, text)| (name.to_owned(), text));
    files
        .chain(functions.files())
        .map(|(name, text)| {
            let file = workspace.root.join(name);
            let text = formatters.format(&file, text)?;
            Ok((file, text))
        })
        .collect()
}

/// What comes of the code itself.
fn generated_from_code(workspace: &Workspace) -> Result<Vec<(PathBuf, String)>> {
    Ok(vec![
        (workspace.root.join("include/agora_token.h"), header(workspace)?),
        (workspace.root.join("docs/findings.md"), findings::reference(workspace)?),
    ])
}

fn header(workspace: &Workspace) -> Result<String> {
    let library = workspace.root.join("crates/ffi");
    let config = cbindgen::Config::from_file(library.join("cbindgen.toml"))
        .map_err(|error| anyhow!("cbindgen.toml: {error}"))?;
    let bindings = cbindgen::Builder::new().with_crate(&library).with_config(config).generate()?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    Ok(String::from_utf8(text)?)
}

/// What differs between the committed `file` and `text`, as the diff program shows it.
fn diff(workspace: &Workspace, file: &Path, text: &str) -> Result<String> {
    let folder = workspace.scratch("gen");
    empty_folder(&folder)?;
    let fresh = folder.join(file_name(file));
    fs::write(&fresh, text)?;
    Ok(shell::both(&shell::output(Command::new("diff").arg("-u").args([file, &fresh]))?))
}
