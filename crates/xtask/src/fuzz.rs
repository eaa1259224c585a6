//! `cargo xtask fuzz`: the properties of fuzz/ under libFuzzer, guided by coverage.

use std::fs;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::cargo;
use crate::platform;
use crate::shell;
use crate::style::Style;
use crate::table::{Cell, Table};
use crate::workspace::Workspace;

/// What the compiler adds to every branch for libFuzzer to see; assertions and overflow checks stay on.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks --cfg fuzzing";

/// Fuzzes each property for so many seconds; what is found stays in target/xtask/fuzz.
pub(crate) fn run(workspace: &Workspace, seconds: u64) -> Result<()> {
    let folder = workspace.scratch("fuzz");
    println!("building the properties for libFuzzer");
    let mut build = cargo::cargo(workspace, "build");
    build.env("CARGO_TARGET_DIR", folder.join("target")).env("RUSTFLAGS", FLAGS);
    build.args(["--release", "--package", "agora-token-fuzz", "--features", "libfuzzer", "--bin", "fuzz"]);
    // With a target named, the flags are for the program alone, not for build scripts.
    let host = platform::host()?;
    build.args(["--target", &host]);
    shell::run(&mut build)?;
    let program = folder.join("target").join(&host).join("release/fuzz");
    let corpora = folder.join("corpora");
    let mut seeds = cargo::cargo(workspace, "run");
    seeds.args(["--quiet", "--package", "agora-token-fuzz", "--bin", "seeds", "--"]).arg(&corpora);
    let names = shell::capture(&mut seeds)?;
    ensure!(!names.trim().is_empty(), "there is no property to fuzz");

    let mut table = Table::new(&["property", "executions", "a second", "inputs kept"]);
    let mut found = Vec::new();
    for name in names.lines() {
        let corpus = corpora.join(name);
        let artifacts = folder.join("found").join(name);
        fs::create_dir_all(&artifacts)?;
        println!("{name}: {seconds} s");
        let began = Instant::now();
        let mut fuzz = Command::new(&program);
        fuzz.env("AGORA_FUZZ_TARGET", name).arg(&corpus);
        fuzz.args(["-print_final_stats=1", "-verbosity=1", "-max_len=4096", "-timeout=10", "-rss_limit_mb=2048"]);
        fuzz.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/", artifacts.display()));
        let done = shell::output(&mut fuzz)?;
        let said = shell::both(&done);
        let executions = number(&said, "stat::number_of_executed_units:")
            .with_context(|| format!("{}: libFuzzer counted nothing:\n{said}", name))?;
        let each_second = executions / began.elapsed().as_secs().max(1);
        let kept = fs::read_dir(&corpus)?.count();
        let cells = [name.to_owned(), executions.to_string(), each_second.to_string(), kept.to_string()];
        table.row(cells.iter().map(|text| Cell::plain(text)).collect());
        if !done.status.success() {
            found.push(format!("{}: see {}\n{said}", name, artifacts.display()));
        }
    }
    print!("{}", table.show(Style::of_stdout()));
    ensure!(found.is_empty(), "{} properties do not hold\n{}", found.len(), found.join("\n"));
    Ok(())
}

/// The number after a word.
fn number(text: &str, word: &str) -> Option<u64> {
    text.lines().find_map(|line| line.strip_prefix(word)?.trim().parse().ok())
}
