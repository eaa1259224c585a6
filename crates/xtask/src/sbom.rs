//! What is in what we ship: for each artefact a CycloneDX document, and the licences of what is linked into it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::licences::Crate;
use crate::workspace::{Workspace, empty_folder, file_name};
use crate::{cargo, licences, shell, tools};

/// The document's name, and the folder of the crate that the artefact is built from.
const ARTEFACTS: &[(&str, &str)] = &[
    ("libagora_token", "crates/ffi"),
    ("agora-token", "crates/cli"),
    ("agora-token-native", "bindings/node"),
    ("agora-token-java", "bindings/java"),
    ("agora-token-python", "bindings/python"),
    ("agora-token-rust", "crates/core"),
];

/// The same for what is built for WebAssembly.
const MODULES: &[(&str, &str)] = &[("agora-token-wasm", "bindings/node"), (GO, "crates/ffi")];

/// What Go embeds.
const GO: &str = "agora-token-go";

const WASM: &str = "wasm32-unknown-unknown";

/// The documents of every artefact, in a folder.
pub(crate) struct Papers {
    folder: PathBuf,
}

impl Papers {
    /// The CycloneDX document.
    pub(crate) fn contents(&self, artefact: &str) -> PathBuf {
        self.folder.join(format!("{artefact}.cdx.json"))
    }

    /// The licences of what is linked into it.
    pub(crate) fn licences(&self, artefact: &str) -> PathBuf {
        self.folder.join(format!("{artefact}.licenses.txt"))
    }

    /// Both beside what is shipped.
    pub(crate) fn put(&self, artefact: &str, folder: &Path) -> Result<()> {
        let contents = self.contents(artefact);
        fs::copy(&contents, folder.join(file_name(&contents)))?;
        fs::copy(self.licences(artefact), folder.join(licences::NAME))?;
        Ok(())
    }

    /// The CycloneDX documents of all artefacts.
    pub(crate) fn documents(&self) -> Vec<PathBuf> {
        ARTEFACTS.iter().chain(MODULES).map(|(name, _)| self.contents(name)).collect()
    }
}

/// Writes both for every artefact into `folder`, as it is built for a target of the compiler, and checks them.
pub(crate) fn checked(workspace: &Workspace, target: &str, folder: &Path) -> Result<Papers> {
    let papers = write(workspace, target, folder)?;
    for document in papers.documents() {
        check(workspace, &document).with_context(|| file_name(&document))?;
    }
    Ok(papers)
}

/// Writes both for every artefact into `folder`.
pub(crate) fn write(workspace: &Workspace, target: &str, folder: &Path) -> Result<Papers> {
    tools::CYCLONEDX.check()?;
    let papers = Papers { folder: std::path::absolute(folder)? };
    fs::create_dir_all(&papers.folder)?;
    // It writes beside each Cargo.toml, so it gets a checkout of its own to write into.
    let copy = workspace.scratch("sbom");
    empty_folder(&copy)?;
    let copy = copy.canonicalize()?;
    crate::checkout::copy(workspace, &copy)?;
    for (target, artefacts) in [(target, ARTEFACTS), (WASM, MODULES)] {
        let mut cyclonedx = Command::new("cargo");
        cyclonedx.current_dir(&copy).args(["cyclonedx", "--quiet", "--format", "json", "--spec-version", "1.5"]);
        cyclonedx.args(["--no-build-deps", "--override-filename", "sbom", "--target", target]);
        shell::capture(&mut cyclonedx)?;
        for (name, subfolder) in artefacts {
            let text = fs::read_to_string(copy.join(subfolder).join("sbom.json"));
            let text = text.context("cargo cyclonedx wrote no document")?;
            let mut document = serde_json::from_str(&without_folder(&text, &copy.to_string_lossy()))?;
            let linked = linked(workspace, subfolder, target)?;
            keep(&mut document, &linked);
            fs::write(papers.contents(name), format!("{document:#}\n"))?;
            fs::write(papers.licences(name), licences::text(workspace, name, target, &linked)?)?;
        }
    }
    Ok(papers)
}

/// Crates of this repository are named by their folders: in the repository, not on this machine. They stand there as paths
/// and as URLs.
fn without_folder(text: &str, folder: &str) -> String {
    let path = folder.strip_prefix(r"\\?\").unwrap_or(folder);
    let slashes = path.replace('\\', "/");
    let of_url = if slashes.starts_with('/') { slashes } else { format!("/{slashes}") };
    text.replace(&of_url, "").replace(&path.replace('\\', r"\\"), "")
}

/// The licences of what Go embeds, which is committed with its module.
pub(crate) fn licences_of_go(workspace: &Workspace) -> Result<String> {
    licences::text(workspace, GO, WASM, &linked(workspace, "crates/ffi", WASM)?)
}

/// The crates that are linked into what is built of a folder, the folder's own among them.
fn linked(workspace: &Workspace, folder: &str, target: &str) -> Result<BTreeSet<Crate>> {
    let mut tree = cargo::cargo(workspace, "tree");
    tree.current_dir(workspace.root.join(folder));
    tree.args(["--target", target, "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]);
    if target == WASM {
        tree.arg("--no-default-features"); // as wasm.rs builds it
    }
    let said = shell::capture(&mut tree)?;
    let crates = said.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
    });
    Ok(crates.collect())
}

/// The document is of the whole workspace's features, and of macros too: what is not linked goes.
fn keep(document: &mut Value, linked: &BTreeSet<Crate>) {
    if let Some(components) = document["components"].as_array_mut() {
        components.retain(|component| linked.contains(&named(component)));
    }
    let references = references(document);
    let is_there = |name: &Value| name.as_str().is_some_and(|name| references.contains(name));
    if let Some(dependencies) = document["dependencies"].as_array_mut() {
        dependencies.retain(|dependency| is_there(&dependency["ref"]));
        for dependency in dependencies {
            if let Some(on) = dependency["dependsOn"].as_array_mut() {
                on.retain(is_there);
            }
        }
    }
}

fn named(component: &Value) -> Crate {
    let of = |name: &str| component[name].as_str().unwrap_or_default().to_owned();
    (of("name"), of("version"))
}

fn components(document: &Value) -> impl Iterator<Item = &Value> {
    document["components"].as_array().into_iter().flatten().chain([&document["metadata"]["component"]])
}

/// By what names the document's components are referred to.
fn references(document: &Value) -> BTreeSet<String> {
    components(document).filter_map(|component| component["bom-ref"].as_str().map(str::to_owned)).collect()
}

/// Fails unless the document names what is linked into the artefact that it is named after and nothing else, each with its
/// licence.
pub(crate) fn check(workspace: &Workspace, path: &Path) -> Result<()> {
    let document: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let name = file_name(path);
    let artefact = ARTEFACTS.iter().chain(MODULES).find(|(artefact, _)| name == format!("{artefact}.cdx.json"));
    let (_, folder) = artefact.context("it is of no artefact")?;
    let properties = document["metadata"]["properties"].as_array();
    let target = properties.into_iter().flatten().find(|property| property["name"] == "cdx:rustc:sbom:target:triple");
    let target = target.and_then(|target| target["value"].as_str()).context("it names no target")?;
    check_against(&document, &linked(workspace, folder, target)?)
}

fn check_against(document: &Value, linked: &BTreeSet<Crate>) -> Result<()> {
    ensure!(document["bomFormat"] == "CycloneDX", "it is no CycloneDX document");
    let named: BTreeSet<Crate> = components(document).map(named).collect();
    let lacking: Vec<&Crate> = linked.difference(&named).collect();
    ensure!(lacking.is_empty(), "it does not name {lacking:?}");
    let strange: Vec<&Crate> = named.difference(linked).collect();
    ensure!(strange.is_empty(), "it names what is not linked: {strange:?}");
    for component in components(document) {
        ensure!(component.get("licenses").is_some(), "{} has no licence in it", component["name"]);
    }
    let references = references(document);
    for dependency in document["dependencies"].as_array().context("it has no dependencies")? {
        let on = dependency["dependsOn"].as_array().into_iter().flatten();
        for name in on.chain([&dependency["ref"]]).filter_map(Value::as_str) {
            ensure!(references.contains(name), "{name} is none of its components");
        }
    }
    names_no_folder(&document.to_string())
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
    use serde_json::json;

    use super::*;

    #[test]
    fn a_folder_of_a_machine_is_found_wherever_it_is() {
        assert!(names_no_folder("\"path+file:///crates/core#agora-token@0.1.0\"").is_ok());
        for folder in ["home/someone", "work/agora-token", "C:/agora-token"] {
            let error = names_no_folder(&format!("\"path+file:///{folder}/crates/core#a@1\"")).unwrap_err().to_string();
            assert!(error.ends_with(&format!("{folder}/crates/core#a@1")), "{error}");
        }
    }

    #[test]
    fn the_folder_of_a_machine_goes_on_every_system() {
        for (folder, text) in [
            ("/home/me/sbom", r#""path+file:///home/me/sbom/crates/ffi#a@1 /home/me/sbom/crates/ffi""#),
            (r"\\?\D:\a\sbom", r#""path+file:///D:/a/sbom/crates/ffi#a@1 D:\\a\\sbom/crates/ffi""#),
            (r"D:\a\sbom", r#""path+file:///D:/a/sbom/crates/ffi#a@1 D:\\a\\sbom/crates/ffi""#),
        ] {
            assert_eq!(without_folder(text, folder), r#""path+file:///crates/ffi#a@1 /crates/ffi""#, "{folder}");
        }
    }

    #[test]
    fn a_document_names_what_is_linked_and_nothing_else() {
        let component = |name: &str| json!({"name": name, "version": "1.0.0", "bom-ref": name, "licenses": []});
        let mut document = json!({
            "bomFormat": "CycloneDX",
            "metadata": {"component": component("ours")},
            "components": [component("linked"), component("of another member")],
            "dependencies": [
                {"ref": "ours", "dependsOn": ["linked", "of another member"]},
                {"ref": "of another member"},
            ],
        });
        let linked = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), "1.0.0".to_owned())).collect();
        let both = linked(&["ours", "linked"]);
        let error = check_against(&document, &both).unwrap_err().to_string();
        assert!(error.contains("not linked") && error.contains("of another member"), "{error}");
        keep(&mut document, &both);
        check_against(&document, &both).unwrap();
        assert_eq!(document["dependencies"], json!([{"ref": "ours", "dependsOn": ["linked"]}]));
        let error = check_against(&document, &linked(&["ours", "linked", "more"])).unwrap_err().to_string();
        assert!(error.contains("does not name") && error.contains("more"), "{error}");
    }
}
