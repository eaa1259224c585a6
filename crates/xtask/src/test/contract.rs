//! The HTTP contract of the guide's token server, asked by tests/contract of every server that has it.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::consumers;
use super::interop::last_count;
use super::setup::Setup;
use crate::languages::APP_CERTIFICATE;
use crate::report::Step;
use crate::shell::{node_tests, npm};
use crate::{go, java, shell, tools};

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    println!("   npm ci in tests/contract");
    let tests = setup.source("tests/contract");
    npm(&tests, &["ci"])?;

    let tool = text(&setup.prefix()?.join("bin/agora-token"));
    // The guide's client is a page of another origin, as are those of the examples.
    let demo = ["serve", "--demo", "--allowed-origin", "*", "--listen", "127.0.0.1:{port}"].map(str::to_owned);
    step.count("agora-token serve --demo", ask(&tests, &[vec![tool], demo.to_vec()].concat()));

    step.case("agora-token serve, by schemathesis", schemathesis(setup, &tests.join("schemathesis")));
    step.count("agora-token serve, with an identity provider", provider(setup));

    match tools::CPP_HTTPLIB.check() {
        Ok(_) => {
            step.count("C++", cpp(setup, "token_server").and_then(|server| ask(&tests, &server)));
            let rotated = cpp(setup, "backend").and_then(|server| run_file(&tests, "rotation.test.mjs", &server));
            step.count("certificates rotated in C++", rotated);
        }
        Err(missing) => step.not_run("the servers in C++", missing),
    }
    step.count("Python", python(setup).and_then(|server| ask(&tests, &server)));
    match tools::GO.check() {
        Ok(_) => step.count("Go", golang(setup).and_then(|server| ask(&tests, &server))),
        Err(missing) => step.not_run("the token server in Go", missing),
    }
    step.count("Node", node(setup).and_then(|server| ask(&tests, &server)));
    match tools::JAVA.check() {
        Ok(_) => step.count("Java", java(setup).and_then(|server| ask(&tests, &server))),
        Err(missing) => step.not_run("the token server in Java", missing),
    }
    Ok(())
}

/// The server and oidc-provider, whose keys rotate.
fn provider(setup: &Setup) -> Result<u64> {
    let tests = setup.source("tests/provider");
    npm(&tests, &["ci"])?;
    let mut suite = node_tests(&tests);
    suite.arg("provider.test.mjs").env("AGORA_TOKEN", setup.prefix()?.join("bin/agora-token"));
    shell::capture(&mut suite).and_then(|said| last_count(said.trim_end().lines().next_back().unwrap_or_default()))
}

/// The server does what its own contract says, with requests that are right and wrong by it.
fn schemathesis(setup: &Setup, tests: &Path) -> Result<()> {
    // That of tests/contract/schemathesis/server.toml.
    const KEY: &str = "agtk_a-key-that-only-tests-have";
    let python = tools::python_environment(setup.workspace, "schemathesis", &tests.join("requirements.txt"))?;
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut server = Command::new(setup.prefix()?.join("bin/agora-token"))
        .args([
            "serve",
            "--config",
            "server.toml",
            "--log-level",
            "error",
            "--admin-listen",
            "none",
            "--listen",
            &address.to_string(),
        ])
        .current_dir(tests)
        .env("AGORA_APP_CERTIFICATE", APP_CERTIFICATE)
        .stderr(Stdio::null())
        .spawn()?;
    let mut suite = Command::new(python.join("bin/schemathesis"));
    suite.current_dir(tests).env("PYTHONPATH", tests).env("SCHEMATHESIS_HOOKS", "hooks");
    suite.args(["--config-file", "schemathesis.toml", "run", "--wait-for-schema", "20", "--no-color"]);
    suite.arg(format!("http://{address}/openapi.json")).args(["--header", &format!("Authorization: Bearer {KEY}")]);
    let outcome = shell::capture(&mut suite).map(drop);
    server.kill()?;
    server.wait()?;
    outcome
}

/// How many cases the server answered as it should.
fn ask(tests: &Path, server: &[String]) -> Result<u64> {
    run_file(tests, "contract.test.mjs", server)
}

fn run_file(tests: &Path, file: &str, server: &[String]) -> Result<u64> {
    let mut suite = node_tests(tests);
    suite.arg(file).env("CONTRACT_COMMAND", serde_json::to_string(server)?);
    suite.env_remove("CONTRACT_URL");
    shell::capture(&mut suite).and_then(|said| last_count(said.trim_end().lines().next_back().unwrap_or_default()))
}

/// Built as its first lines say.
fn cpp(setup: &Setup, name: &str) -> Result<Vec<String>> {
    let build = setup.folder(&format!("contract/cpp-{name}"))?;
    let source = setup.source(&format!("examples/cpp/{name}"));
    consumers::configure(setup, &source, &build, &[format!("-DCMAKE_PREFIX_PATH={}", setup.prefix()?.display())])?;
    consumers::make(setup, &build)?;
    Ok(vec![text(&build.join(name))])
}

/// Beside the installed package.
fn python(setup: &Setup) -> Result<Vec<String>> {
    let interpreter = &setup.packages()?.python;
    let example = setup.source("examples/python/token_server");
    let mut install = Command::new(interpreter);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    shell::capture(install.arg(example.join("requirements.txt")))?;
    Ok(vec![text(interpreter), text(&example.join("token_server.py"))])
}

/// Without C.
fn golang(setup: &Setup) -> Result<Vec<String>> {
    let folder = setup.folder("contract/go")?;
    go::examples(setup.workspace, &folder)?;
    Ok(vec![text(&folder.join("token_server"))])
}

/// A copy, beside which the packages are installed.
fn node(setup: &Setup) -> Result<Vec<String>> {
    let folder = setup.folder("contract/node")?;
    let example = setup.source("examples/node/token_server");
    for file in ["package.json", "package-lock.json", "token_server.mjs"] {
        std::fs::copy(example.join(file), folder.join(file))?;
    }
    let tarball = setup.packages()?.tarball(setup.workspace);
    npm(&folder, &["ci"])?;
    npm(&folder, &["install", "--no-save", "--offline", &text(&tarball)])?;
    Ok(vec!["node".to_owned(), text(&folder.join("token_server.mjs"))])
}

/// Compiled beside the jar and the library for JSON that its first lines name.
fn java(setup: &Setup) -> Result<Vec<String>> {
    let folder = setup.folder("contract/java")?;
    let source = setup.source("examples/java/token_server/TokenServer.java");
    let told = std::fs::read_to_string(&source)?;
    let command = told.lines().find_map(|line| line.strip_prefix("//     mvn ")).context("it names no library")?;
    shell::capture(java::maven(&folder).args(command.split_whitespace()))?;
    let path = std::env::join_paths([setup.jar()?, &folder.join("*"), &folder])?.to_string_lossy().into_owned();
    shell::capture(Command::new("javac").arg("-d").arg(&folder).args(["-cp", &path]).arg(source))?;
    Ok(["java", "-XX:+UseSerialGC", "-cp", &path, "TokenServer"].map(str::to_owned).into())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
