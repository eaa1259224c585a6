//! No two files take from each other, directly or by way of others: each can be read on what it builds on alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail, ensure};

use super::setup::Setup;
use crate::report::Step;
use crate::workspace::{ends_in, sources_under};

/// Which file takes from which others.
type Arrows = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// The sources of one language, and how to find what a file takes from.
struct Language {
    name: &'static str,
    endings: &'static [&'static str],
    folders: &'static [&'static str],
    takes: fn(&Path, &str) -> Vec<PathBuf>,
}

const LANGUAGES: [Language; 4] = [
    Language { name: "Rust", endings: &["rs"], folders: &["crates", "bindings"], takes: rust },
    Language { name: "C++", endings: &["h", "hpp"], folders: &["include"], takes: includes },
    Language {
        name: "JavaScript",
        endings: &["js", "cjs", "mjs"],
        folders: &["bindings/node", "examples/web", "crates/server/pages"],
        takes: javascript,
    },
    Language { name: "Python", endings: &["py"], folders: &["bindings/python/python"], takes: python },
];

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    for language in LANGUAGES {
        let mut arrows = Arrows::new();
        for folder in language.folders {
            let is_source = |path: &Path| {
                let is_test = path.iter().any(|part| part == "tests" || part == "test");
                ends_in(path, language.endings) && (!is_test || path.iter().any(|part| part == "src"))
            };
            for file in sources_under(&setup.source(folder), &is_source)? {
                let taken = (language.takes)(&file, &fs::read_to_string(&file)?);
                arrows.insert(file.clone(), taken.into_iter().filter(|taken| *taken != file).collect());
            }
        }
        ensure!(!arrows.is_empty(), "no source in {}", language.name);
        let count = arrows.len();
        step.case(format!("{count} files of {}", language.name), no_circle(&setup.workspace.root, arrows));
    }
    Ok(())
}

/// Takes away what is in no circle, from both ends, until nothing is left or only circles and what joins them.
fn no_circle(root: &Path, mut arrows: Arrows) -> Result<()> {
    loop {
        let taken: BTreeSet<PathBuf> = arrows.values().flatten().cloned().collect();
        let before = arrows.len();
        let known: BTreeSet<PathBuf> = arrows.keys().cloned().collect();
        arrows.retain(|file, takes| {
            takes.retain(|taken| known.contains(taken));
            !takes.is_empty() && taken.contains(file)
        });
        if arrows.len() == before {
            break;
        }
    }
    if arrows.is_empty() {
        return Ok(());
    }
    let name = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    let rows: Vec<String> = arrows
        .iter()
        .map(|(file, takes)| {
            let takes: Vec<String> = takes.iter().map(|taken| name(taken)).collect();
            format!("  {} takes from {}", name(file), takes.join(", "))
        })
        .collect();
    bail!("these files take from each other:\n{}", rows.join("\n"))
}

/// The files of the modules that `use` names. What a test module takes does not count.
fn rust(file: &Path, text: &str) -> Vec<PathBuf> {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    let Some(source) = file.ancestors().find(|folder| folder.ends_with("src")) else { return Vec::new() };
    let mut taken = Vec::new();
    for statement in text.split(';') {
        let Some((_, paths)) = statement.rsplit_once("use ") else { continue };
        let is_statement = statement.lines().any(|line| {
            let line = line.trim_start();
            line.starts_with("use ") || (line.starts_with("pub") && line.contains(" use "))
        });
        if is_statement {
            for path in expanded(&paths.split_whitespace().collect::<String>()) {
                taken.extend(rust_module(file, source, &path));
            }
        }
    }
    // A call of a module by its path takes from it as well.
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for word in code.split(|character: char| !(character.is_alphanumeric() || character == '_' || character == ':')) {
        let Some((first, rest)) = word.split_once("::") else { continue };
        if ["crate", "super"].contains(&first) && !rest.is_empty() && !rest.ends_with("::") {
            taken.extend(rust_module(file, source, word));
        } else if text.contains(&format!("mod {first};")) {
            taken.extend(rust_module(file, source, first));
        }
    }
    taken
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn expanded(path: &str) -> Vec<String> {
    let Some((head, rest)) = path.split_once('{') else { return vec![path.to_owned()] };
    let mut depth = 0;
    let mut items = vec![String::new()];
    for character in rest.chars() {
        match character {
            ',' if depth == 0 => items.push(String::new()),
            '}' if depth == 0 => break,
            _ => {
                depth += i32::from(character == '{') - i32::from(character == '}');
                items.last_mut().into_iter().for_each(|item| item.push(character));
            }
        }
    }
    items.iter().filter(|item| !item.is_empty()).flat_map(|item| expanded(&format!("{head}{item}"))).collect()
}

/// The file of the module that a path of this crate names, as far as it names modules.
fn rust_module(file: &Path, source: &Path, path: &str) -> Option<PathBuf> {
    let stem = file.file_stem()?;
    let is_root_of_folder = ["mod", "lib", "main"].iter().any(|name| stem == *name);
    let own_folder = if is_root_of_folder { file.parent()?.to_owned() } else { file.with_extension("") };
    let mut parts = path.split("::").peekable();
    let mut folder = match parts.peek().copied()? {
        "crate" => {
            parts.next();
            source.to_owned()
        }
        "self" => {
            parts.next();
            own_folder
        }
        "super" => {
            let mut folder = own_folder;
            while parts.next_if_eq(&"super").is_some() {
                folder.pop();
            }
            folder
        }
        _ => own_folder,
    };
    let mut found = None;
    let start = folder.clone();
    for part in parts {
        let next = folder.join(part);
        let candidates = [next.with_extension("rs"), next.join("mod.rs")];
        let Some(module) = candidates.into_iter().find(|candidate| candidate.is_file()) else { break };
        found = Some(module);
        folder = next;
    }
    // An item of the parent itself.
    found.or_else(|| {
        let is_own = path.starts_with("super") || path.starts_with("crate");
        let parents = [start.join("mod.rs"), start.with_extension("rs")];
        parents.into_iter().find(|parent| is_own && parent.is_file())
    })
}

fn includes(file: &Path, text: &str) -> Vec<PathBuf> {
    let quoted = |line: &str| Some(line.trim().strip_prefix("#include \"")?.split_once('"')?.0.to_owned());
    let folders: Vec<&Path> = file.ancestors().skip(1).collect();
    let resolve = |name: String| folders.iter().map(|folder| normal(&folder.join(&name))).find(|path| path.is_file());
    text.lines().filter_map(quoted).filter_map(resolve).collect()
}

fn javascript(file: &Path, text: &str) -> Vec<PathBuf> {
    let mut taken = Vec::new();
    for line in text.lines().filter(|line| line.contains("require(") || line.contains("from ")) {
        for name in line.split(['\'', '"']).filter(|name| name.starts_with("./") || name.starts_with("../")) {
            taken.extend(file.parent().map(|folder| normal(&folder.join(name))));
        }
    }
    taken
}

fn python(file: &Path, text: &str) -> Vec<PathBuf> {
    let mut taken = Vec::new();
    for line in text.lines().map(str::trim_start) {
        let Some((module, names)) = line.strip_prefix("from .").and_then(|rest| rest.split_once(" import ")) else {
            continue;
        };
        let rest = module.trim_start_matches('.');
        let up = module.len() - rest.len();
        let Some(folder) = file.ancestors().nth(up + 1) else { continue };
        let folder = rest.split('.').filter(|part| !part.is_empty()).fold(folder.to_owned(), |at, part| at.join(part));
        if rest.is_empty() {
            let names = names.trim_matches(['(', ')']).split(',').map(str::trim);
            taken.extend(names.map(|name| folder.join(name).with_extension("py")));
        } else {
            taken.extend([folder.with_extension("py"), folder.join("__init__.py")]);
        }
    }
    taken.retain(|path| path.is_file());
    taken
}

/// Without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut normal, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            part => normal.push(part),
        }
        normal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(rows: &[(&str, &[&str])]) -> Arrows {
        let to = |files: &[&str]| files.iter().map(PathBuf::from).collect();
        rows.iter().map(|(file, taken)| (PathBuf::from(file), to(taken))).collect()
    }

    #[test]
    fn a_circle_is_found_and_a_chain_is_none() {
        let chain = arrows(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])]);
        assert!(no_circle(Path::new("/"), chain).is_ok());
        let circle = arrows(&[("a", &["b"]), ("b", &["c"]), ("c", &["b", "d"]), ("d", &[])]);
        let error = no_circle(Path::new("/"), circle).unwrap_err().to_string();
        assert!(error.contains("b takes from c") && error.contains("c takes from b"), "{error}");
        assert!(!error.contains('d'), "{error}");
    }

    #[test]
    fn a_path_takes_from_its_module_without_a_use() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let taken = |text: &str| rust(&source.join("tools.rs"), text);
        assert_eq!(taken("fn a() { crate::shell::npm() }"), [source.join("shell.rs")]);
        assert_eq!(taken("// crate::shell::npm()"), [] as [PathBuf; 0]);
    }

    #[test]
    fn nested_paths_are_expanded() {
        assert_eq!(expanded("a::{b,c::{d,e},f}"), ["a::b", "a::c::d", "a::c::e", "a::f"]);
        assert_eq!(expanded("a::b"), ["a::b"]);
    }
}
