//! What is in what we ship, as CycloneDX documents. The Python wheel carries its own, which maturin writes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::workspace::{Workspace, empty_folder};
use crate::{shell, tools};

/// The document's name, and the folder of the crate that the artefact is built from.
const ARTEFACTS: &[(&str, &str)] = &[
    ("libagora_token", "crates/ffi"),
    ("agora-token", "crates/cli"),
    ("agora-token-native", "bindings/node"),
    ("agora-token-java", "bindings/java"),
    ("agora-token-rust", "crates/core"),
];

/// The same for what is built for WebAssembly; Go embeds a part of it.
const MODULES: &[(&str, &str)] = &[("agora-token-wasm", "bindings/node")];

/// Writes a document for every artefact into `folder`, as it is built for a target of the compiler.
pub(crate) fn write(workspace: &Workspace, target: &str, folder: &Path) -> Result<Vec<PathBuf>> {
    tools::CYCLONEDX.check()?;
    let folder = std::path::absolute(folder)?;
    fs::create_dir_all(&folder)?;
    // It writes beside each Cargo.toml, so it gets a checkout of its own to write into.
    let copy = workspace.scratch("sbom");
    empty_folder(&copy)?;
    let copy = copy.canonicalize()?;
    crate::checkout::copy(workspace, &copy)?;
    let mut written = Vec::new();
    for (target, artefacts) in [(target, ARTEFACTS), ("wasm32-unknown-unknown", MODULES)] {
        let mut cyclonedx = Command::new("cargo");
        cyclonedx.current_dir(&copy).args(["cyclonedx", "--quiet", "--format", "json", "--spec-version", "1.5"]);
        cyclonedx.args(["--no-build-deps", "--override-filename", "sbom", "--target", target]);
        shell::capture(&mut cyclonedx)?;
        for (name, subfolder) in artefacts {
            let text = fs::read_to_string(copy.join(subfolder).join("sbom.json"));
            // Crates of this repository are named by their folders: in the repository, not on this machine.
            let text = text.context("cargo cyclonedx wrote no document")?.replace(&*copy.to_string_lossy(), "");
            let document = folder.join(format!("{name}.cdx.json"));
            fs::write(&document, text)?;
            written.push(document);
        }
    }
    Ok(written)
}

/// Fails unless the document names the core, and something else that is in the artefact, each with its licence.
pub(crate) fn check(document: &Path) -> Result<()> {
    let document: Value = serde_json::from_str(&fs::read_to_string(document)?)?;
    ensure!(document["bomFormat"] == "CycloneDX", "it is no CycloneDX document");
    let components = document["components"].as_array().context("it has no components")?;
    let names: BTreeSet<&str> = components.iter().filter_map(|component| component["name"].as_str()).collect();
    for wanted in ["sha2", "subtle", "zeroize"] {
        ensure!(names.contains(wanted), "it does not name {wanted}");
    }
    for component in components {
        ensure!(component.get("licenses").is_some(), "{} has no licence in it", component["name"]);
    }
    let text = document.to_string();
    names_no_folder(&text)
}

/// Fails when a path is not one in the repository.
fn names_no_folder(text: &str) -> Result<()> {
    for path in text.split("file:///").skip(1) {
        let is_ours = ["crates/", "bindings/"].iter().any(|folder| path.starts_with(folder));
        ensure!(is_ours, "it names a folder of this machine: {}", path.split('"').next().unwrap_or_default());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_a_machine_is_found_wherever_it_is() {
        assert!(names_no_folder("\"path+file:///crates/core#agora-token@0.1.0\"").is_ok());
        for folder in ["home/someone", "work/agora-token", "C:/agora-token"] {
            let error = names_no_folder(&format!("\"path+file:///{folder}/crates/core#a@1\"")).unwrap_err().to_string();
            assert!(error.ends_with(&format!("{folder}/crates/core#a@1")), "{error}");
        }
    }
}
