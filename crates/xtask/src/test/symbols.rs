//! What the libraries show the world: the functions of the header and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::setup::Setup;
use crate::platform::System;
use crate::report::Step;
use crate::{elf, prelink, shell, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let prefix = setup.prefix()?;
    let header = prefix.join("include/agora_token.h");
    let archive = prefix.join("lib/libagora_token.a");
    let shared = prefix.join("lib/libagora_token.so");
    let declared = declared_functions(&header)?;

    step.case(
        format!("libagora_token.so exports the {} functions of the header, nothing else", declared.len()),
        same(&declared, &elf::exports(&shared)?),
    );
    let shown = elf::globals(&archive)?;
    let ours: BTreeSet<String> = shown.iter().filter(|name| name.starts_with(prelink::PREFIX)).cloned().collect();
    step.case("libagora_token.a defines the functions of the header", same(&declared, &ours));
    let others: Vec<&String> = shown.difference(&ours).filter(|name| *name != prelink::PERSONALITY).collect();
    let outcome = if others.is_empty() { Ok(()) } else { Err(anyhow::anyhow!("it also shows {others:?}")) };
    step.case("libagora_token.a shows nothing else", outcome);

    let soname = elf::soname(&shared)?.context("no SONAME")?;
    step.case(format!("SONAME {soname}"), equal(&soname, &setup.workspace.soname(System::LinuxGnu)));
    for (link, target) in [
        ("lib/libagora_token.so".to_owned(), soname.clone()),
        (format!("lib/{soname}"), format!("libagora_token.so.{}", setup.workspace.version)),
    ] {
        let found = fs::read_link(prefix.join(&link)).with_context(|| format!("{link} is no link"))?;
        step.case(format!("{link} -> {target}"), equal(&found.to_string_lossy(), &target));
    }

    let needed = elf::needed(&shared)?;
    let foreign: Vec<&String> = needed.iter().filter(|name| is_foreign(name)).collect();
    let outcome = if foreign.is_empty() { Ok(()) } else { Err(anyhow::anyhow!("it needs {foreign:?}")) };
    step.case(format!("libagora_token.so needs only {}", needed.join(", ")), outcome);

    for (file, limit) in [(&archive, 4_800_000), (&shared, 2_500_000)] {
        let size = fs::metadata(file)?.len();
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let outcome = if size < limit { Ok(()) } else { Err(anyhow::anyhow!("{limit} at most: is LTO off?")) };
        step.case(format!("{name} has {size} bytes"), outcome);
    }
    Ok(())
}

/// Whether a library is one that a bare system lacks.
pub(super) fn is_foreign(library: &str) -> bool {
    let system = [
        "libc.so",
        "libm.so",
        "libgcc_s.so",
        "ld-linux",
        "libstdc++.so",
        "libpthread.so",
        "libdl.so",
        "librt.so",
        "libutil.so",
    ];
    !system.iter().any(|name| library.starts_with(name))
}

/// The functions a header declares, read from what the preprocessor leaves of it.
fn declared_functions(header: &Path) -> Result<BTreeSet<String>> {
    let text = shell::capture(Command::new(tools::cc()).args(["-E", "-P"]).arg(header))?;
    let functions = function_names(&text);
    ensure!(!functions.is_empty(), "{} declares no function", header.display());
    Ok(functions)
}

/// Every `agora_…` that an opening parenthesis follows.
fn function_names(text: &str) -> BTreeSet<String> {
    let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let mut names = BTreeSet::new();
    for (place, _) in text.match_indices('(') {
        let before = text.get(..place).unwrap_or_default().trim_end();
        let name = before.rsplit(|character| !is_word(character)).next().unwrap_or_default();
        if name.starts_with(prelink::PREFIX) {
            names.insert(name.to_owned());
        }
    }
    names
}

fn same(wanted: &BTreeSet<String>, found: &BTreeSet<String>) -> Result<()> {
    let missing: Vec<&String> = wanted.difference(found).collect();
    let extra: Vec<&String> = found.difference(wanted).collect();
    ensure!(missing.is_empty() && extra.is_empty(), "missing {missing:?}, too many {extra:?}");
    Ok(())
}

fn equal(found: &str, wanted: &str) -> Result<()> {
    ensure!(found == wanted, "it is {found}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_in_preprocessed_c() {
        let text = "typedef int agora_status;\nagora_status agora_mint(const char *agora_id,\n char **out);\nvoid agora_free (char *);int puts(const char*);";
        assert_eq!(function_names(text).into_iter().collect::<Vec<_>>(), ["agora_free", "agora_mint"]);
    }

    #[test]
    fn system_libraries_are_not_foreign() {
        assert!(!is_foreign("libc.so.6") && !is_foreign("ld-linux-x86-64.so.2"));
        assert!(is_foreign("libcrypto.so.3") && is_foreign("libz.so.1"));
    }
}
