//! The Rust side: lints, tests, generated files. Tests are those of the default members: what another package manager
//! builds is tested with that one.

use anyhow::{Context, Result, ensure};

use super::setup::Setup;
use crate::cargo::cargo;
use crate::report::Step;
use crate::{generate, shell, tools, wasm};

pub(super) fn lints(setup: &Setup, step: &mut Step) -> Result<()> {
    let mut clippy = cargo(setup.workspace, "clippy");
    clippy.args(["--workspace", "--all-targets", "--", "-D", "warnings"]);
    step.case("cargo clippy", shell::run(&mut clippy));
    let mut traces = cargo(setup.workspace, "clippy");
    traces.args(["--package", "agora-token-cli", "--package", "agora-token-server"]);
    traces.args(["--features", "agora-token-cli/otel"]);
    step.case("cargo clippy with traces", shell::run(traces.args(["--all-targets", "--", "-D", "warnings"])));
    let mut bare = cargo(setup.workspace, "clippy");
    bare.args(["--package", "agora-token", "--package", "agora-token-ffi", "--no-default-features"]);
    step.case("cargo clippy without an operating system", shell::run(bare.args(["--", "-D", "warnings"])));
    Ok(())
}

pub(super) fn generated(setup: &Setup, step: &mut Step) -> Result<()> {
    step.count("committed files that equal what is generated", generate::check(setup.workspace));
    step.case("the WebAssembly module is of these sources", wasm::check_sources(setup.workspace));
    Ok(())
}

/// Every test; with nextest where it is present.
pub(super) fn tests(setup: &Setup, step: &mut Step) -> Result<()> {
    let nextest = tools::NEXTEST.check().is_ok();
    let words: &[&str] = if nextest { &["run", "--no-run"] } else { &["--no-run"] };
    let subcommand = if nextest { "nextest" } else { "test" };
    let scope: &[&str] = if nextest { &[] } else { &["--all-targets"] };
    let command = |words: &[&str]| {
        let mut command = std::process::Command::new("cargo");
        command.current_dir(&setup.workspace.root).arg(subcommand).args(words).arg("--locked").args(scope);
        command
    };
    shell::run(&mut command(words))?;
    let words: &[&str] = if nextest { &["run", "--no-fail-fast", "--color=never"] } else { &["--no-fail-fast"] };
    let done = shell::output(&mut command(words))?;
    let text = shell::both(&done);
    ensure!(done.status.success(), "{text}");
    let counts = if nextest { nextest_counts(&text)? } else { libtest_counts(&text)? };
    counts.settle(step, if nextest { "cargo nextest run" } else { "cargo test" })?;
    traces(setup, step)
}

/// The token server's traces, which are not built unless asked for.
fn traces(setup: &Setup, step: &mut Step) -> Result<()> {
    let mut test = cargo(setup.workspace, "test");
    test.args(["--package", "agora-token-cli", "--features", "otel", "--test", "serve", "--", "traces::"]);
    let counts = libtest_counts(&shell::capture(&mut test)?)?;
    ensure!(counts.passed > 0, "no test of the traces ran");
    counts.settle(step, "cargo test with traces")
}

/// The code blocks in the documentation, which nextest does not run.
pub(super) fn doc_tests(setup: &Setup, step: &mut Step) -> Result<()> {
    let mut test = cargo(setup.workspace, "test");
    test.arg("--doc");
    libtest_counts(&shell::capture(&mut test)?)?.settle(step, "cargo test --doc")
}

#[derive(Debug, PartialEq)]
pub(super) struct Counts {
    passed: u64,
    skipped: u64,
}

impl Counts {
    /// A test that is there but does not run is a failure.
    pub(super) fn settle(self, step: &mut Step, name: &str) -> Result<()> {
        step.count(name, Ok(self.passed));
        ensure!(self.skipped == 0, "{} tests are ignored", self.skipped);
        Ok(())
    }
}

/// From `Summary [   1.2s] 12 tests run: 12 passed, 0 skipped`.
fn nextest_counts(text: &str) -> Result<Counts> {
    let summary =
        text.lines().find(|line| line.trim_start().starts_with("Summary [")).context("nextest gave no summary")?;
    Ok(Counts {
        passed: number_before(summary, " passed").context("nextest counted no test")?,
        skipped: number_before(summary, " skipped").unwrap_or(0),
    })
}

/// From every line `test result: ok. 12 passed; 0 failed; 0 ignored; …`.
pub(super) fn libtest_counts(text: &str) -> Result<Counts> {
    let mut counts = Counts { passed: 0, skipped: 0 };
    let mut binaries = 0;
    for line in text.lines().filter(|line| line.starts_with("test result:")) {
        counts.passed += number_before(line, " passed").context("a test result without a count")?;
        counts.skipped += number_before(line, " ignored").context("a test result without a count")?;
        binaries += 1;
    }
    ensure!(binaries > 0, "cargo test gave no result:\n{text}");
    Ok(counts)
}

/// The number that stands right before `word` in `line`.
pub(super) fn number_before(line: &str, word: &str) -> Option<u64> {
    let (before, _) = line.split_once(word)?;
    before.rsplit(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_nextest() {
        let text = "noise\n     Summary [   0.214s] 42 tests run: 41 passed (1 slow), 3 skipped\n";
        assert_eq!(nextest_counts(text).unwrap(), Counts { passed: 41, skipped: 3 });
        assert!(nextest_counts("no summary").is_err());
    }

    #[test]
    fn counts_of_libtest_are_summed() {
        let line = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(libtest_counts(&format!("{line}\n\n{line}\n")).unwrap(), Counts { passed: 24, skipped: 2 });
        assert!(libtest_counts("").is_err());
    }

    #[test]
    fn a_number_is_the_one_next_to_the_word() {
        assert_eq!(number_before("3 of 14 passed, 2 failed", " passed"), Some(14));
        assert_eq!(number_before("passed", " passed"), None);
        assert_eq!(number_before("many passed", " passed"), None);
    }
}
