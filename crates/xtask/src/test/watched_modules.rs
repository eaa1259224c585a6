//! The modules of Python and Node under AddressSanitizer: their own tests, with a module that it watches.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::Value;

use super::interop::last_count;
use super::rust::number_before;
use super::setup::Setup;
use crate::report::Step;
use crate::workspace::{empty_folder, file_name, files_in};
use crate::{cargo, elf, shell, tools};

/// Tests of Python that look at texts, types and other packages, or run for long: no more of the module is reached there.
const LEFT_OUT_OF_PYTHON: &[&str] =
    &["test_backends.py", "test_examples.py", "test_interop.py", "test_readme.py", "test_stubs.py", "test_surface.py"];

/// The same of Node, and the test of a module that is made to panic.
const LEFT_OUT_OF_NODE: &[&str] = &[
    "backends.test.mjs",
    "compat.test.mjs",
    "declarations.test.mjs",
    "examples.test.mjs",
    "interop.test.mjs",
    "package.test.mjs",
    "panic.test.mjs",
    "readme.test.mjs",
    "tools.test.mjs",
    "wasm.test.mjs", // which a sanitizer of native code does not watch
];

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    if !cfg!(target_os = "linux") {
        step.not_run("the modules of Python and Node under AddressSanitizer", "it is loaded ahead as on Linux");
        return Ok(());
    }
    let runtime = runtime()?;
    let words = ["--package", "agora-token-python", "--package", "agora-token-node"];
    let built = cargo::sanitized(setup.workspace, "-Zsanitizer=address", "build", &words)?;
    let module = |name: &str| -> Result<PathBuf> {
        let module = built.folder.join(name);
        let is_watched = elf::mentions(&module)?.iter().any(|name| name.starts_with("__asan_report_load"));
        ensure!(is_watched, "__asan_report_load is not in {name}");
        Ok(module)
    };
    let outcome = module("libagora_token_python.so").and_then(|module| python(setup, &module, &runtime));
    again(step, "Python under AddressSanitizer", outcome);
    let outcome = module("libagora_token_node.so").and_then(|module| node(setup, &module, &built.host, &runtime));
    again(step, "Node under AddressSanitizer", outcome);
    Ok(())
}

/// The suites of the packages count the same tests.
fn again(step: &mut Step, setting: &str, outcome: Result<u64>) {
    match outcome {
        Ok(cases @ 1..) => {
            println!("   ok {setting}: {cases} again");
            step.ran_again(setting, cases);
        }
        Ok(0) => step.case(setting, Err(anyhow!("it ran nothing"))),
        Err(error) => step.case(setting, Err(error)),
    }
}

/// An interpreter has no sanitizer of its own, so the runtime is loaded ahead of it.
fn runtime() -> Result<PathBuf> {
    let said = shell::capture(Command::new(tools::cc()).arg("-print-file-name=libasan.so"))?;
    let path = PathBuf::from(said.trim());
    ensure!(path.is_absolute(), "the C compiler has no libasan.so to load ahead of an interpreter: gcc has");
    Ok(path)
}

/// What an interpreter keeps until it ends is no leak.
fn watched(program: &Path, runtime: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("LD_PRELOAD", runtime).env("ASAN_OPTIONS", "detect_leaks=0");
    command
}

fn python(setup: &Setup, module: &Path, runtime: &Path) -> Result<u64> {
    let home = setup.source("bindings/python");
    let interpreter = tools::python_environment(setup.workspace, "python-tests", &home.join("requirements/test.txt"))?
        .join("bin/python");
    let folder = setup.folder("watched-python")?;
    copy(&home.join("python/agora_token"), &folder)?;
    fs::copy(module, folder.join("agora_token/_native.abi3.so"))?;
    let mut tests = watched(&interpreter, runtime);
    // Python's own allocator would hide what is written past the end of an object.
    tests.env("PYTHONMALLOC", "malloc").env("PYTHONPATH", &folder).env("PYTHONDONTWRITEBYTECODE", "1");
    tests.current_dir(&home).args(["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]);
    tests.args(LEFT_OUT_OF_PYTHON.iter().map(|name| format!("--ignore=tests/{name}")));
    let said = shell::capture(&mut tests)?;
    let last = said.lines().next_back().unwrap_or_default();
    ensure!(!last.contains("skipped"), "tests were skipped: {last}");
    number_before(last, " passed").with_context(|| format!("it does not end with a count: {last}"))
}

fn node(setup: &Setup, module: &Path, host: &str, runtime: &Path) -> Result<u64> {
    let home = setup.source("bindings/node");
    // The official packages, to compare with.
    if !home.join("node_modules/agora-token").exists() {
        shell::npm(&home, &["ci"])?;
    }
    let folder = setup.folder("watched-node")?;
    let package = folder.join("node_modules/agora-token-native");
    empty_folder(&package)?;
    for part in ["package.json", "index.cjs", "index.mjs", "lib", "compat"] {
        copy(&home.join(part), &package)?;
    }
    fs::copy(module, package.join(format!("agora-token-native.{}.node", platform(&home, host)?)))?;
    // Beside the package, so that it is what they import.
    copy(&home.join("test"), &folder)?;
    let tests = folder.join("test");
    let files = files_in(&tests, "mjs")?;
    let files = files.iter().filter(|file| {
        let name = file_name(file);
        name.ends_with(".test.mjs") && !LEFT_OUT_OF_NODE.contains(&name.as_str())
    });
    let mut command = watched(Path::new("node"), runtime);
    command.current_dir(&folder).env("AGORA_TOKEN_NODE_HOME", &home);
    command.args(["--test".into(), format!("--test-reporter={}", tests.join("reporter.mjs").display())]);
    last_count(&shell::capture(command.args(files))?)
}

/// What the package calls this machine.
fn platform(home: &Path, host: &str) -> Result<String> {
    let platforms: Value = serde_json::from_str(&fs::read_to_string(home.join("lib/platforms.json"))?)?;
    let platforms = platforms.as_object().context("lib/platforms.json holds no platforms")?;
    match platforms.iter().find(|(_, platform)| platform["target"] == host) {
        Some((name, _)) => Ok(name.clone()),
        None => bail!("lib/platforms.json has no platform for {host}"),
    }
}

/// A file or a folder with all that is in it, into a folder.
fn copy(from: &Path, to: &Path) -> Result<()> {
    shell::capture(Command::new("cp").arg("-R").args([from, to])).map(drop)
}
