//! The C and C++ programs: compiled without a warning in each standard, linked with the installed static library, run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::rust::number_before;
use super::setup::Setup;
use crate::compile::{Compile, Language};
use crate::parallel;
use crate::report::Step;
use crate::shell;
use crate::workspace::{file_name, files_in};

/// A folder of programs, each a single file with a `main`.
#[derive(Clone, Copy)]
pub(super) struct Family {
    pub(super) folder: &'static str,
    pub(super) extension: &'static str,
    pub(super) language: Language,
    pub(super) standards: &'static [&'static str],
}

pub(super) const C: Family =
    Family { folder: "tests/c", extension: "c", language: Language::C, standards: &["c99", "c11", "c17"] };
pub(super) const CXX: Family =
    Family { folder: "tests/cpp", extension: "cpp", language: Language::Cxx, standards: &["c++17", "c++20"] };

/// The program that makes the library panic, and so needs one that can.
const PANIC_TEST: &str = "panic_test.c";

/// A compiled program.
pub(super) struct Program {
    pub(super) name: String,
    pub(super) path: PathBuf,
}

pub(super) fn c(setup: &Setup, step: &mut Step) -> Result<()> {
    family(setup, step, C)
}

pub(super) fn cpp(setup: &Setup, step: &mut Step) -> Result<()> {
    family(setup, step, CXX)
}

fn family(setup: &Setup, step: &mut Step, family: Family) -> Result<()> {
    for standard in family.standards {
        let folder = setup.folder(&format!("{}-{standard}", family.folder.replace('/', "-")))?;
        for program in compile(setup, step, family, standard, &[], &folder)? {
            let cases = run(setup, &mut Command::new(&program.path));
            step.count_under(standard, &program.name, cases);
        }
    }
    Ok(())
}

/// Compiles every program of the family; those that do not compile are failed cases and left out.
pub(super) fn compile(
    setup: &Setup,
    step: &mut Step,
    family: Family,
    standard: &str,
    flags: &[&str],
    folder: &Path,
) -> Result<Vec<Program>> {
    let prefix = setup.prefix()?;
    let sources = files_in(&setup.source(family.folder), family.extension)?;
    ensure!(!sources.is_empty(), "{} holds no .{} file", family.folder, family.extension);
    let panics = |source: &PathBuf| file_name(source) == PANIC_TEST;
    let library_that_panics = if sources.iter().any(panics) { Some(setup.library_that_panics()?) } else { None };
    let outcomes = parallel::map(&sources, |source| {
        let program = folder.join(source.file_stem().context("a file without a name")?);
        let mut compile = Compile::new(family.language, standard, prefix).arguments(flags);
        if let Some(library) = library_that_panics.filter(|_| panics(source)) {
            compile = compile.library(library);
        }
        compile.program(source, &program)?;
        Ok(program)
    });
    let mut programs = Vec::new();
    for (source, outcome) in sources.iter().zip(outcomes) {
        let name = file_name(source);
        match outcome {
            Ok(path) => programs.push(Program { name, path }),
            Err(error) => step.case(format!("{name} as {standard}"), Err(error)),
        }
    }
    Ok(programs)
}

/// Runs a test program in the checkout; its last line is `N passed`, and it is believed.
pub(super) fn run(setup: &Setup, command: &mut Command) -> Result<u64> {
    let said = shell::capture(command.current_dir(&setup.workspace.root))?;
    let last = said.lines().next_back().unwrap_or_default();
    number_before(last, " passed").with_context(|| format!("it does not end with a count: {last}"))
}
