//! The C and C++ tests again, watched: AddressSanitizer, UndefinedBehaviorSanitizer, ThreadSanitizer, valgrind.

use std::process::Command;

use anyhow::{Result, ensure};

use super::c_family::{self, C, CXX, Family, Program};
use super::setup::Setup;
use crate::compile::{Compile, Language};
use crate::report::Step;
use crate::{cargo, elf, tools};

const SANITIZERS: [&str; 3] = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"];

pub(super) fn sanitizers(setup: &Setup, step: &mut Step) -> Result<()> {
    for family in [C, CXX] {
        for program in programs(setup, step, family, "sanitizers", &SANITIZERS)? {
            let mut command = Command::new(&program.path);
            command.env("ASAN_OPTIONS", "detect_leaks=1:abort_on_error=0");
            command.env("UBSAN_OPTIONS", "print_stacktrace=1:halt_on_error=1");
            let outcome = proven(&program).and_then(|()| c_family::run(setup, &mut command));
            step.count_under("sanitizers", &program.name, outcome);
        }
    }
    Ok(())
}

pub(super) fn valgrind(setup: &Setup, step: &mut Step) -> Result<()> {
    if let Err(missing) = tools::VALGRIND.check() {
        step.not_run("tests/c and tests/cpp under valgrind", missing);
        return Ok(());
    }
    for family in [C, CXX] {
        for program in programs(setup, step, family, "valgrind", &[])? {
            let mut command = Command::new("valgrind");
            command.args([
                "--quiet",
                "--error-exitcode=99",
                "--leak-check=full",
                "--errors-for-leak-kinds=definite,indirect,possible",
            ]);
            let outcome = c_family::run(setup, command.arg(&program.path));
            step.count_under("valgrind", &program.name, outcome);
        }
    }
    Ok(())
}

/// The test of the threads, with a library that ThreadSanitizer watches as well.
pub(super) fn threads(setup: &Setup, step: &mut Step) -> Result<()> {
    const SANITIZER: &str = "-fsanitize=thread";
    let flags = "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer";
    let words = ["--package", "agora-token-ffi", "--lib", "--crate-type", "staticlib"];
    let library = cargo::sanitized(setup.workspace, flags, "rustc", &words)?.folder.join("libagora_token_ffi.a");
    let program = setup.folder("threads")?.join("threads_test");
    let mut compile = Compile::new(Language::C, "c99", setup.prefix()?).library(&library);
    let memory = setup.source("tests/c/tsan_memory.h").into_os_string();
    compile = compile.arguments([SANITIZER.into(), "-include".into(), memory]);
    compile.program(&setup.source("tests/c/threads_test.c"), &program)?;
    let is_watched = elf::mentions(&program)?.iter().any(|name| name.starts_with("__tsan_read"));
    let outcome = match is_watched {
        true => c_family::run(setup, Command::new(&program).env("TSAN_OPTIONS", "halt_on_error=1")),
        false => Err(anyhow::anyhow!("__tsan_read is not in the program")),
    };
    step.count_under("threads", "threads_test", outcome);
    Ok(())
}

fn programs(setup: &Setup, step: &mut Step, family: Family, watcher: &str, flags: &[&str]) -> Result<Vec<Program>> {
    let folder = setup.folder(&format!("{}-{watcher}", family.folder.replace('/', "-")))?;
    let standard = family.standards.first().copied().unwrap_or_default();
    c_family::compile(setup, step, family, standard, flags, &folder)
}

/// Both sanitizers are in the program: a flag that a compiler ignored would pass every test.
fn proven(program: &Program) -> Result<()> {
    let symbols = elf::mentions(&program.path)?;
    for symbol in ["__asan_init", "__ubsan_handle"] {
        ensure!(symbols.iter().any(|name| name.starts_with(symbol)), "{symbol} is not in the program");
    }
    Ok(())
}
