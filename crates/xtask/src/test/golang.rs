//! The Go package: its tests with the core as WebAssembly and as a static library, and under the race detector.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::setup::Setup;
use crate::go::{examples, go, linked};
use crate::report::Step;
use crate::{shell, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    if let Err(missing) = tools::GO.check() {
        step.not_run("the Go package", missing);
        return Ok(());
    }
    for folder in ["bindings/go", "examples/go"] {
        let root = setup.source(folder);
        step.case(format!("go vet in {folder}"), shell::capture(&mut go(&root, &["vet", "./..."])).map(drop));
        step.case(
            format!("{folder}/go.mod is tidy"),
            shell::capture(&mut go(&root, &["mod", "tidy", "-diff"])).map(drop),
        );
    }
    step.case("examples/go builds without C", examples(setup.workspace, &setup.folder("go")?));

    const PROGRAM: &str = "bindings/go";
    step.count_under("WebAssembly", PROGRAM, tests(go(&setup.source(PROGRAM), &["test"]), FACES));
    step.count("its engine", tests(go(&setup.source(PROGRAM), &["test"]), ENGINE));
    let mut race = go(&setup.source(PROGRAM), &["test", "-race"]);
    race.env("CGO_ENABLED", "1");
    step.count_under("race detector", PROGRAM, tests(race, FACES));
    let mut cgo = go(&setup.source(PROGRAM), &["test", "-tags", "agora_cgo"]);
    linked(&mut cgo, setup.prefix()?, setup.fetched()?.path());
    step.count_under("static library", PROGRAM, tests(cgo, FACES));
    Ok(())
}

const FACES: &[&str] = &[".", "./compat/..."];
const ENGINE: &[&str] = &["./internal/core"];

/// How many tests passed, without those that only hold others. One that was skipped is a failure.
fn tests(mut go: Command, packages: &[&str]) -> Result<u64> {
    go.args(["-count=1", "-json"]).args(packages);
    let done = shell::output(&mut go)?;
    let (mut passed, mut holders, mut said) = (BTreeSet::new(), BTreeSet::new(), String::new());
    let (mut skipped, mut failed) = (0, false);
    for line in String::from_utf8_lossy(&done.stdout).lines() {
        let Ok(event) = serde_json::from_str::<Value>(line) else { continue };
        let text = |name: &str| event[name].as_str().unwrap_or_default();
        if let Some((holder, _)) = text("Test").rsplit_once('/') {
            holders.insert(format!("{} {holder}", text("Package")));
        }
        match text("Action") {
            "pass" if !text("Test").is_empty() => {
                passed.insert(format!("{} {}", text("Package"), text("Test")));
            }
            "skip" if !text("Test").is_empty() => skipped += 1,
            "fail" | "build-fail" => failed = true,
            // What passed has nothing to say.
            "output" | "build-output" if !text("Output").trim_start().starts_with(['=', '-']) => {
                said.push_str(text("Output"));
            }
            "output" if text("Output").contains("--- FAIL") => said.push_str(text("Output")),
            _ => {}
        }
    }
    ensure!(done.status.success() && !failed, "{said}\n{}", String::from_utf8_lossy(&done.stderr));
    ensure!(skipped == 0, "{skipped} tests are skipped\n{said}");
    said.lines().filter(|line| line.ends_with(" cases")).for_each(|line| println!("   {line}"));
    Ok(u64::try_from(passed.difference(&holders).count())?)
}
