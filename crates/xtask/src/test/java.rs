//! The tests of the Java package, which run on the packed jar.

use std::fs;

use anyhow::{Context, Result, ensure};

use super::rust::libtest_counts;
use super::setup::Setup;
use crate::cargo::cargo;
use crate::report::Step;
use crate::shell::{self, npm};
use crate::{jar, java, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    if let Err(missing) = tools::JAVA.check() {
        step.not_run("the Java package", missing);
        return Ok(());
    }
    let mut bridge = cargo(setup.workspace, "test");
    bridge.args(["--quiet", "--package", "agora-token-java"]);
    libtest_counts(&shell::capture(&mut bridge)?)?.settle(step, "the bridge")?;
    jar::native_library(setup.workspace)?;
    // They mint with the official npm package, too.
    let node = setup.source("bindings/node");
    if !node.join("node_modules/agora-token").exists() {
        npm(&node, &["ci"])?;
    }
    let source = setup.source("bindings/java");
    // What an earlier run left is no result of this one.
    let summary = source.join("target/failsafe-reports/failsafe-summary.xml");
    if summary.exists() {
        fs::remove_file(&summary)?;
    }
    let tested = shell::capture(java::maven(&source).arg("verify").arg(jar::native_folder(setup.workspace)));
    step.count("java", tested.and_then(|_| completed(&fs::read_to_string(&summary)?)));
    Ok(())
}

/// How many tests Maven counted. One that was skipped is a failure.
fn completed(summary: &str) -> Result<u64> {
    let number = |name: &str| -> Result<u64> {
        let (_, rest) = summary.split_once(&format!("<{name}>")).context("Maven left no summary")?;
        Ok(rest.split('<').next().unwrap_or_default().parse()?)
    };
    let skipped = number("skipped")?;
    ensure!(skipped == 0, "{skipped} tests are skipped");
    number("completed")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_summary_is_counted() {
        let summary = "<s>\n<completed>12</completed>\n<errors>0</errors>\n<skipped>0</skipped></s>";
        assert_eq!(super::completed(summary).unwrap(), 12);
        let skipped = summary.replace("<skipped>0", "<skipped>2");
        assert_eq!(super::completed(&skipped).unwrap_err().to_string(), "2 tests are skipped");
        assert!(super::completed("").is_err());
    }
}
