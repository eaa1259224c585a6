//! The packages for crates.io: they pack, and hold what they should and nothing that runs only in
//! the checkout. The core, which others build upon, is also built from its package.

use anyhow::{Result, ensure};

use super::setup::Setup;
use crate::cargo::cargo;
use crate::report::Step;
use crate::shell;

/// What is published, and a file that each needs beside its sources.
const PUBLISHED: [(&str, &str); 4] = [
    ("agora-token", "README.md"),
    ("agora-token-rows", "src/lib.rs"),
    ("agora-token-server", "pages/demo.html"),
    ("agora-token-cli", "src/main.rs"),
];

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    for (name, wanted) in PUBLISHED {
        let mut list = cargo(setup.workspace, "package");
        list.args(["--list", "--allow-dirty", "--package", name]);
        let outcome = shell::capture(&mut list).and_then(|files| holds(&files, wanted));
        step.case(format!("what is in {name}"), outcome);
    }
    let mut all = cargo(setup.workspace, "package");
    // Before Cargo 1.90 a lockfile could not name a package that is not published yet.
    all.args(["--quiet", "--allow-dirty", "--no-verify", "--exclude-lockfile"]);
    all.args(PUBLISHED.iter().flat_map(|(name, _)| ["--package", name]));
    step.case("cargo package of all that is published", shell::capture(&mut all).map(drop));
    let mut core = cargo(setup.workspace, "package");
    core.args(["--quiet", "--allow-dirty", "--package", "agora-token"]);
    step.case("agora-token builds from its package", shell::capture(&mut core).map(drop));
    Ok(())
}

fn holds(files: &str, wanted: &str) -> Result<()> {
    for wanted in ["LICENSE-MIT", "LICENSE-APACHE", "Cargo.toml", "README.md", "src/", wanted] {
        let found = files.lines().any(|file| file == wanted || wanted.ends_with('/') && file.starts_with(wanted));
        // A page of docs is packed under its own name.
        ensure!(found || wanted == "README.md" && files.lines().any(|file| file.ends_with(".md")), "no {wanted}");
    }
    let stray = files.lines().find(|file| file.starts_with("tests/") || file.ends_with("proptest-regressions"));
    ensure!(stray.is_none(), "it holds {}, which runs in the checkout alone", stray.unwrap_or_default());
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_package_without_a_licence_or_with_tests_is_refused() {
        let good = "Cargo.toml\nLICENSE-APACHE\nLICENSE-MIT\nREADME.md\nsrc/lib.rs\n";
        assert!(super::holds(good, "src/lib.rs").is_ok());
        assert!(super::holds(&good.replace("LICENSE-MIT\n", ""), "src/lib.rs").is_err());
        assert!(super::holds(good, "pages/demo.html").is_err());
        let error = super::holds(&format!("{good}tests/vectors.rs\n"), "src/lib.rs").unwrap_err().to_string();
        assert_eq!(error, "it holds tests/vectors.rs, which runs in the checkout alone");
    }
}
