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
    ("agora-token-rust", "crates/core"),
];

/// Writes a document for every artefact into `folder`.
pub(crate) fn write(workspace: &Workspace, folder: &Path) -> Result<Vec<PathBuf>> {
    tools::CYCLONEDX.check()?;
    let folder = std::path::absolute(folder)?;
    fs::create_dir_all(&folder)?;
    // It writes beside each Cargo.toml, so it gets a checkout of its own to write into.
    let copy = workspace.scratch("sbom");
    empty_folder(&copy)?;
    crate::checkout::copy(workspace, &copy)?;
    let mut written = Vec::new();
    for (name, subfolder) in ARTEFACTS {
        let place = copy.join(subfolder);
        let mut cyclonedx = Command::new("cargo");
        cyclonedx.current_dir(&place).args(["cyclonedx", "--quiet", "--format", "json", "--spec-version", "1.5"]);
        cyclonedx.args(["--no-build-deps", "--override-filename", name]);
        shell::capture(&mut cyclonedx)?;
        let document = folder.join(format!("{name}.cdx.json"));
        fs::rename(place.join(format!("{name}.json")), &document).context("cargo cyclonedx wrote no document")?;
        written.push(document);
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
    ensure!(!text.contains("/root/") && !text.contains("/home/"), "it names a folder of this machine");
    Ok(())
}
