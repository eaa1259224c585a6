//! The licences of what is linked into what we ship: they ask for it, each with its copyright notice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::platform::{Platform, System};
use crate::workspace::{Workspace, file_name};
use crate::{cargo, shell, tools};

/// A crate's name and version.
pub(crate) type Crate = (String, String);

/// What the file is called in packages, beside our own two.
pub(crate) const NAME: &str = "LICENSE-THIRD-PARTY";

/// All that an artefact's licences want told of the crates that are linked into it, of Rust's own library, of the C library
/// where it is linked too, and of what the pages of the token server are made with.
pub(crate) fn text(workspace: &Workspace, artefact: &str, target: &str, linked: &BTreeSet<Crate>) -> Result<String> {
    let mut all = Licences::default();
    let mit = fs::read_to_string(workspace.root.join("LICENSE-MIT"))?;
    let metadata = shell::capture(cargo::cargo(workspace, "metadata").args(["--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata gave no JSON")?;
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let of = |name: &str| package[name].as_str().unwrap_or_default();
        let is_linked = linked.contains(&(of("name").to_owned(), of("version").to_owned()));
        if !is_linked || package["source"].is_null() {
            continue;
        }
        let (name, licence) = (format!("{} {}", of("name"), of("version")), of("license"));
        let mut files = files(Path::new(of("manifest_path")).parent().context("a package without a folder")?)?;
        let has = |file: &PathBuf, words: &[&str]| {
            let name = file_name(file).to_lowercase();
            words.iter().any(|word| name.contains(word))
        };
        // Of those that it leaves the choice between, the short one.
        if !licence.contains("AND") && files.iter().any(|file| has(file, &["mit"])) {
            files.retain(|file| has(file, &["mit", "notice", "copyright"]));
        }
        let texts: Vec<String> = if files.is_empty() {
            // Its archive holds none; then it is what the licence says everywhere.
            ensure!(licence.contains("MIT"), "{name} comes without the text of its licence, {licence}");
            let authors: Vec<&str> =
                package["authors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let whose =
                if authors.is_empty() { format!("the authors of {}", of("repository")) } else { authors.join(", ") };
            vec![mit_of(&mit, &whose)]
        } else {
            files.iter().map(fs::read_to_string).collect::<Result<_, _>>()?
        };
        all.add(&name, licence, &texts);
    }
    let whose = "The Rust Project contributors (see https://thanks.rust-lang.org)";
    all.add("Rust's standard library", "MIT OR Apache-2.0", &[mit_of(&mit, whose)]);
    if linked.iter().any(|(name, _)| name == "agora-token-server") {
        let pico = workspace.root.join("crates/server/pages/pico.LICENSE.md");
        all.add("Pico CSS", "MIT", &[fs::read_to_string(pico)?]);
    }
    let system = Platform::named(target).ok().map(|platform| platform.system);
    for (name, wanted, file) in
        [("musl", System::LinuxMusl, "musl/COPYRIGHT"), ("mingw-w64", System::WindowsGnu, "mingw/COPYING")]
    {
        // musl is in programs alone: a shared library takes it from them.
        if system == Some(wanted) && (wanted != System::LinuxMusl || artefact == "agora-token") {
            let file = tools::Cross::get(workspace)?.c_library()?.join(file);
            all.add(name, "as told below", &[fs::read_to_string(&file).with_context(|| file_name(&file))?]);
        }
    }
    Ok(all.written(artefact))
}

/// The files of a package that speak of licences.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|file| {
        let name = file_name(file).to_lowercase();
        let starts = ["license", "licence", "copying", "copyright", "notice", "unlicense"];
        file.is_file() && starts.iter().any(|start| name.starts_with(start))
    });
    files.sort();
    Ok(files)
}

/// The MIT licence as these people give it.
fn mit_of(ours: &str, whose: &str) -> String {
    let line =
        |line: &str| if line.starts_with("Copyright ") { format!("Copyright (c) {whose}") } else { line.to_owned() };
    ours.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[derive(Default)]
struct Licences {
    /// Whose is what.
    names: Vec<String>,
    /// Each text once, by its words, with the names that it is of.
    texts: BTreeMap<String, (String, Vec<String>)>,
}

impl Licences {
    fn add(&mut self, name: &str, licence: &str, texts: &[String]) {
        self.names.push(format!("- {name}: {licence}"));
        for text in texts {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (_, of) = self.texts.entry(words).or_insert_with(|| (text.trim().replace("\r\n", "\n"), Vec::new()));
            of.push(name.to_owned());
        }
    }

    fn written(mut self, artefact: &str) -> String {
        self.names.sort();
        let names = self.names.join("\n");
        let mut all =
            format!("What is linked into {artefact} beside code of its own, and under which licences:\n\n{names}\n");
        for (text, of) in self.texts.values() {
            all += &format!("\n{}\nOf {}:\n\n{text}\n", "=".repeat(80), of.join(", "));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_stands_once_with_all_whose_it_is() {
        let mut all = Licences::default();
        let mit = "Copyright (c) somebody\n\nPermission is granted";
        all.add("b 1.0.0", "MIT", &[mit_of(mit, "me")]);
        all.add("a 1.0.0", "MIT", &[mit_of(mit, "me").replace('\n', "\r\n")]);
        let text = all.written("it");
        assert!(text.contains("\n- a 1.0.0: MIT\n- b 1.0.0: MIT\n"), "{text}");
        assert!(text.ends_with("Of b 1.0.0, a 1.0.0:\n\nCopyright (c) me\n\nPermission is granted\n"), "{text}");
        assert_eq!(text.matches("Permission").count(), 1, "{text}");
    }
}
