//! `cargo xtask test`: every suite by name, each counting its cases.

mod c_family;
mod circles;
mod consumers;
mod contract;
mod crates;
mod deploy;
mod engines;
mod format;
mod golang;
mod headers;
mod interfaces;
mod interop;
mod java;
mod memory;
mod packages;
mod reproducible;
mod rust;
#[cfg(unix)]
mod secrets;
mod setup;
mod snippets;
mod supply_chain;
mod symbols;
mod vectors;
mod watched_modules;
mod web;
mod workflows;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use self::setup::Setup;
use crate::languages;
use crate::report::{Report, Step};
use crate::tools;
use crate::workspace::Workspace;

/// A suite: what it is called, what it checks, and how.
struct Suite {
    name: &'static str,
    about: &'static str,
    run: fn(&Setup, &mut Step) -> Result<()>,
}

/// What takes long and needs much: it runs where it is named.
const APART: &[Suite] = &[Suite {
    name: "engines",
    about: "tables of pyarrow, Polars, DuckDB, pandas and Spark; docs/bulk.md",
    run: engines::run,
}];

/// Cheap ones first; from `install` on they share one installed prefix.
const SUITES: &[Suite] = &[
    Suite { name: "format", about: "every source is as its formatter leaves it", run: format::run },
    Suite { name: "circles", about: "no two files take from each other", run: circles::run },
    Suite { name: "lints", about: "cargo clippy, warnings are errors", run: rust::lints },
    Suite { name: "generated", about: "generated files are what is committed", run: rust::generated },
    Suite { name: "rust", about: "the tests of every crate", run: rust::tests },
    Suite { name: "doc-tests", about: "the examples in the Rust documentation", run: rust::doc_tests },
    Suite {
        name: "supply-chain",
        about: "licences, sources and hashes of what we depend on, and SBOMs",
        run: supply_chain::run,
    },
    Suite { name: "workflows", about: "what .github holds, which runs elsewhere", run: workflows::run },
    Suite { name: "site", about: "the pages as a site, and where its links lead", run: site },
    Suite { name: "crates", about: "what is published on crates.io, as it is packed", run: crates::run },
    Suite { name: "interfaces", about: "the C ABI and the Rust API are as agreed", run: interfaces::run },
    Suite { name: "vectors", about: "the shared vectors are well-formed and regenerate", run: vectors::run },
    Suite { name: "install", about: "cargo xtask dist, then the folder is moved", run: install },
    Suite { name: "symbols", about: "what the libraries export, need and are called", run: symbols::run },
    Suite { name: "reproducible", about: "the libraries are the same from two folders", run: reproducible::run },
    Suite { name: "headers", about: "every header alone, in every language standard", run: headers::run },
    Suite {
        name: "must-not-compile",
        about: "what the C++ headers keep from compiling",
        run: headers::must_not_compile,
    },
    Suite { name: "c", about: "tests/c as C99, C11 and C17", run: c_family::c },
    Suite { name: "cpp", about: "tests/cpp as C++17 and C++20", run: c_family::cpp },
    Suite {
        name: "sanitizers",
        about: "tests/c and tests/cpp under ASan and UBSan, the modules of Python and Node under ASan",
        run: sanitizers,
    },
    Suite { name: "valgrind", about: "tests/c and tests/cpp under valgrind", run: memory::valgrind },
    Suite { name: "threads", about: "the C test of the threads under ThreadSanitizer", run: memory::threads },
    Suite { name: "examples", about: "every language verifies the tokens of the others", run: examples },
    Suite { name: "pkg-config", about: "programs that find the prefix with pkg-config", run: consumers::pkg_config },
    Suite { name: "cmake", about: "programs that find the prefix with CMake", run: consumers::cmake },
    Suite { name: "meson", about: "programs that find the prefix with Meson", run: consumers::meson },
    Suite { name: "subdirectory", about: "a CMake program that builds this checkout", run: consumers::subdirectory },
    Suite { name: "neighbours", about: "beside zlib, OpenSSL and another Rust library", run: consumers::neighbours },
    Suite { name: "readme", about: "README.md and the guides in docs, followed to the letter", run: snippets::run },
    Suite { name: "python", about: "bindings/python as it is installed", run: packages::python },
    Suite { name: "node", about: "bindings/node as it is installed", run: packages::node },
    Suite {
        name: "go",
        about: "bindings/go as WebAssembly, as a static library, under the race detector",
        run: golang::run,
    },
    Suite { name: "java", about: "bindings/java as it is packed, from Java and Kotlin", run: java::run },
    #[cfg(unix)]
    Suite { name: "secrets", about: "what the memory of a program holds of a certificate", run: secrets::run },
    Suite { name: "interop", about: "both ways against the official npm and PyPI packages", run: interop::run },
    Suite { name: "contract", about: "every token server, asked from outside", run: contract::run },
    Suite { name: "deploy", about: "examples/deploy: schemas, linters, replicas behind proxies", run: deploy::run },
    Suite { name: "web", about: "the web client and the demo page in Chromium", run: web::run },
];

/// Runs the named suites, or all of them.
pub(crate) fn run(workspace: &Workspace, wanted: &[String], strict: bool) -> Result<()> {
    tools::require(&[tools::RUST, tools::RUSTFMT, tools::CLIPPY, tools::C, tools::CXX, tools::BINUTILS])?;
    tools::require(&[tools::PYTHON, tools::NODE])?;
    let setup = Setup::new(workspace);
    let mut report = Report::new(strict);
    let is_wanted = |suite: &&Suite| wanted.iter().any(|name| name == suite.name);
    let of_all = SUITES.iter().filter(|suite| wanted.is_empty() || is_wanted(suite));
    for suite in of_all.chain(APART.iter().filter(is_wanted)) {
        report.step(suite.name, |step| (suite.run)(&setup, step));
    }
    report.finish()
}

/// The name of a suite.
pub(crate) fn known(name: &str) -> Result<String> {
    ensure!(
        SUITES.iter().chain(APART).any(|suite| suite.name == name),
        "no suite is called so: see cargo xtask test --list"
    );
    Ok(name.to_owned())
}

/// Prints the names of the suites.
pub(crate) fn list() {
    for suite in SUITES.iter().chain(APART) {
        println!("{:<18} {}", suite.name, suite.about);
    }
}

/// The programs in examples/ and the command-line tool, as in the demo.
fn examples(setup: &Setup, step: &mut Step) -> Result<()> {
    let prefix = setup.prefix()?;
    let folder = setup.folder("examples")?;
    let mut languages = languages::prepare(setup.workspace, prefix, setup.packages()?, &folder)?;
    match tools::GO.check() {
        Ok(_) => languages.push(languages::go(setup.workspace, &folder)?),
        Err(missing) => step.not_run("the examples in Go", missing),
    }
    match tools::JAVA.check() {
        Ok(_) => languages.push(languages::java(setup.workspace, setup.jar()?, &folder)?),
        Err(missing) => step.not_run("the examples in Java", missing),
    }
    let mut tokens = vec![("the shell's 006 token".to_owned(), languages::mint_006(prefix)?, true)];
    for language in &languages {
        tokens.push((format!("the token of {}", language.name), language.mint()?, true));
    }
    tokens.extend(languages::mint_refused(prefix)?.into_iter().map(|(fault, token)| (fault.to_owned(), token, false)));
    for language in &languages {
        for (token_name, token, good) in &tokens {
            let outcome = language.accepts(token).and_then(|accepted| {
                ensure!(accepted == *good, "{}", if accepted { "accepted" } else { "refused" });
                Ok(())
            });
            let verdict = if *good { "accepts" } else { "refuses" };
            step.case(format!("{} {verdict} {token_name}", language.name), outcome);
        }
    }
    Ok(())
}

/// What mdBook makes of the pages.
fn site(setup: &Setup, step: &mut Step) -> Result<()> {
    step.count("links that lead somewhere", crate::site::build(setup.workspace, &setup.folder("site")?));
    Ok(())
}

fn sanitizers(setup: &Setup, step: &mut Step) -> Result<()> {
    memory::sanitizers(setup, step)?;
    watched_modules::run(setup, step)
}

/// Every file that users rely on is in the prefix, and none of them names the folder it was installed to.
fn install(setup: &Setup, step: &mut Step) -> Result<()> {
    let prefix = setup.prefix()?;
    let version = &setup.workspace.version;
    let library = format!("lib/libagora_token.so.{version}");
    for file in [
        "include/agora_token.h",
        "include/agora_token.hpp",
        "include/agora_token/compat/RtcTokenBuilder2.h",
        "lib/libagora_token.a",
        "lib/libagora_token.so",
        "lib/libagora_token.so.0",
        &library,
        "lib/pkgconfig/agora_token.pc",
        "lib/pkgconfig/agora_token-static.pc",
        "lib/cmake/AgoraToken/AgoraTokenConfig.cmake",
        "lib/cmake/AgoraToken/AgoraTokenConfigVersion.cmake",
        "lib/cmake/AgoraToken/AgoraTokenTargets.cmake",
        "bin/agora-token",
        "share/man/man1/agora-token.1",
        "share/bash-completion/completions/agora-token",
        "share/zsh/site-functions/_agora-token",
        "share/fish/vendor_completions.d/agora-token.fish",
        "share/doc/agora-token/LICENSE-MIT",
        "share/doc/agora-token/LICENSE-APACHE",
    ] {
        step.case(file, holds_something(&prefix.join(file)));
    }
    let staging = setup.workspace.scratch("staging");
    for file in [
        "lib/pkgconfig/agora_token.pc",
        "lib/pkgconfig/agora_token-static.pc",
        "lib/cmake/AgoraToken/AgoraTokenConfig.cmake",
    ] {
        let text = fs::read_to_string(prefix.join(file))?;
        let outcome = if text.contains(&*staging.to_string_lossy()) || text.contains('@') {
            Err(anyhow::anyhow!("it holds a path or an unfilled place:\n{text}"))
        } else {
            Ok(())
        };
        step.case(format!("{file} is relocatable"), outcome);
    }
    Ok(())
}

fn holds_something(file: &Path) -> Result<()> {
    let size = fs::metadata(file).with_context(|| format!("{} is missing", file.display()))?.len();
    ensure!(size > 0, "{} is empty", file.display());
    Ok(())
}
