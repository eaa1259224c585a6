//! The installed headers: each compiles alone, twice in a row, in every language standard it promises.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use anyhow::{Result, anyhow, ensure};

use super::setup::Setup;
use crate::compile::{Compile, Language};
use crate::parallel;
use crate::report::Step;
use crate::tools;
use crate::workspace::{file_name, files_in, files_under};

const C_STANDARDS: [&str; 3] = ["c99", "c11", "c17"];
const CXX_STANDARDS: [&str; 2] = ["c++17", "c++20"];
/// The official C++ is C++11; programs written for it keep their standard.
const COMPAT_STANDARDS: [&str; 2] = ["c++11", "c++14"];

/// A text to compile.
struct Unit {
    name: String,
    text: String,
    language: Language,
    standard: &'static str,
}

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let prefix = setup.prefix()?;
    let folder = setup.folder("headers")?;
    let units = units(prefix)?;
    let outcomes = parallel::map(&units, |unit| check(prefix, &folder, unit, unit.language.compiler()));
    for (unit, outcome) in units.iter().zip(outcomes) {
        step.count_under(unit.standard, &unit.name, outcome.map(|()| 1));
    }
    if let Err(missing) = tools::CLANG.check() {
        step.not_run("the headers under Clang", missing);
        return Ok(());
    }
    let cxx: Vec<&Unit> = units.iter().filter(|unit| unit.language == Language::Cxx).collect();
    let outcomes = parallel::map(&cxx, |unit| check(prefix, &folder, unit, tools::clangxx()));
    for (unit, outcome) in cxx.iter().zip(outcomes) {
        step.count_under(unit.standard, &format!("{} under Clang", unit.name), outcome.map(|()| 1));
    }
    Ok(())
}

fn units(prefix: &Path) -> Result<Vec<Unit>> {
    let include = prefix.join("include");
    let headers = files_under(&include)?;
    let cxx: Vec<String> = headers
        .iter()
        .map(|header| Ok(header.strip_prefix(&include)?.to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    let unit = |headers: &[String], language, standard| {
        let lines: Vec<String> = headers.iter().map(|header| format!("#include <{header}>\n")).collect();
        let name = match (headers, language) {
            ([alone], Language::C) => format!("{alone} in C"),
            ([alone], Language::Cxx) => alone.clone(),
            _ => format!("all {} together", headers.len()),
        };
        // Twice, so that a missing include guard shows.
        Unit { name, text: lines.concat().repeat(2), language, standard }
    };
    let mut units = Vec::new();
    for standard in C_STANDARDS {
        units.push(unit(&["agora_token.h".to_owned()], Language::C, standard));
    }
    for standard in CXX_STANDARDS {
        units.extend(cxx.iter().map(|header| unit(std::slice::from_ref(header), Language::Cxx, standard)));
        units.push(unit(&cxx, Language::Cxx, standard));
    }
    let compat: Vec<String> = cxx.iter().filter(|header| header.contains("/compat/")).cloned().collect();
    ensure!(!compat.is_empty(), "no header for programs written for the official C++");
    for standard in COMPAT_STANDARDS {
        units.extend(compat.iter().map(|header| unit(std::slice::from_ref(header), Language::Cxx, standard)));
        units.push(unit(&compat, Language::Cxx, standard));
    }
    Ok(units)
}

fn check(prefix: &Path, folder: &Path, unit: &Unit, compiler: OsString) -> Result<()> {
    let source = folder.join(format!("{} {}", unit.name, unit.standard).replace(['/', ' '], "_"));
    fs::write(&source, &unit.text)?;
    Compile::new(unit.language, unit.standard, prefix).compiler(compiler).check(&source)
}

/// Each file of these folders compiles as it stands, and stops compiling once MUST_NOT_COMPILE is defined, with the
/// message that its `expect:` line names: so it fails for its own reason.
pub(super) fn must_not_compile(setup: &Setup, step: &mut Step) -> Result<()> {
    let prefix = setup.prefix()?;
    for (folder, extension, language, standard) in [
        ("tests/c/must_not_compile", "c", Language::C, "c11"),
        ("tests/cpp/must_not_compile", "cpp", Language::Cxx, "c++17"),
    ] {
        let sources = files_in(&setup.source(folder), extension)?;
        let outcomes = parallel::map(&sources, |source| {
            let compile = Compile::new(language, standard, prefix);
            compile.check(source).map_err(|error| error.context("it should compile as it stands"))?;
            let text = fs::read_to_string(source)?;
            let expected = text.lines().find_map(|line| line.split_once(" expect: ")).map(|(_, words)| words);
            let expected = expected.ok_or_else(|| anyhow!("it has no `expect:` line"))?.trim_end_matches(" */");
            match compile.arguments(["-DMUST_NOT_COMPILE"]).check(source) {
                Ok(()) => Err(anyhow!("it compiles")),
                Err(error) => {
                    ensure!(error.to_string().contains(expected), "refused, but not for `{expected}`: {error}");
                    Ok(())
                }
            }
        });
        for (source, outcome) in sources.iter().zip(outcomes) {
            step.case(file_name(source), outcome);
        }
    }
    Ok(())
}
