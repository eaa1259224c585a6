//! The languages that the demo and the tests let talk to each other: each mints a token and verifies one, with the
//! programs in examples/ and, for the shell, the command-line tool.
//!
//! All mint for user 42 in the channel "room", for one hour, and verify just that.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::compile::{Compile, Language};
use crate::packages::Packages;
use crate::workspace::Workspace;
use crate::{cargo, go, shell};

/// The public sample credentials of the official test suites.
pub(crate) const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
pub(crate) const APP_CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";

pub(crate) struct Speaker {
    pub(crate) name: &'static str,
    mint: Vec<OsString>,
    verify: Vec<OsString>,
}

impl Speaker {
    pub(crate) fn mint(&self) -> Result<String> {
        run(&self.mint, APP_CERTIFICATE)
    }

    /// Whether this language accepts the token; an error when it cannot tell.
    pub(crate) fn accepts(&self, token: &str) -> Result<bool> {
        let mut verify = command(&self.verify, APP_CERTIFICATE)?;
        let done = shell::output_with_input(&mut verify, token)?;
        match done.status.code() {
            Some(0) => Ok(true),
            Some(1) => Ok(false),
            _ => bail!("{} ({})\n{}", shell::describe(&verify), done.status, shell::both(&done)),
        }
    }
}

/// Makes the programs of every language that nothing works without in `folder`, against the installed prefix and packages.
pub(crate) fn prepare(
    workspace: &Workspace,
    prefix: &Path,
    packages: &Packages,
    folder: &Path,
) -> Result<Vec<Speaker>> {
    let compiled = |name, subfolder: &str, language, standard| -> Result<Speaker> {
        let make = |task: &str| -> Result<Vec<OsString>> {
            let source = workspace.root.join("examples").join(subfolder).join(format!("{task}.{subfolder}"));
            let program = folder.join(format!("{task}-{subfolder}"));
            Compile::new(language, standard, prefix).program(&source, &program)?;
            Ok(vec![program.into()])
        };
        Ok(Speaker { name, mint: make("mint")?, verify: make("verify")? })
    };
    let c = compiled("C", "c", Language::C, "c99")?;
    let cxx = compiled("C++", "cpp", Language::Cxx, "c++17")?;

    let mut examples = cargo::cargo(workspace, "build");
    shell::run(examples.args(["--quiet", "--package", "xtask", "--examples"]))?;
    let example = |task: &str| vec![workspace.target.join("debug/examples").join(task).into()];
    let rust = Speaker { name: "Rust", mint: example("mint"), verify: example("verify") };

    let script = |task: &str| {
        vec![packages.python.clone().into(), workspace.root.join(format!("examples/python/{task}.py")).into()]
    };
    let python = Speaker { name: "Python", mint: script("mint"), verify: script("verify") };

    // Node looks for packages beside the program.
    let module = |task: &str| -> Result<Vec<OsString>> {
        let program = packages.node.join(format!("{task}.mjs"));
        fs::copy(workspace.root.join(format!("examples/node/{task}.mjs")), &program)?;
        Ok(vec!["node".into(), program.into()])
    };
    let node = Speaker { name: "Node", mint: module("mint")?, verify: module("verify")? };

    let tool = |words: &str| tool(prefix, words);
    let shell = Speaker {
        name: "shell",
        mint: tool("mint rtc --channel room --uid 42 --lifetime 1h"),
        verify: tool("verify --channel room --uid 42 -"),
    };
    Ok(vec![c, cxx, rust, python, node, shell])
}

/// The programs of Go in `folder`.
pub(crate) fn go(workspace: &Workspace, folder: &Path) -> Result<Speaker> {
    let programs = folder.join("go");
    fs::create_dir_all(&programs)?;
    go::examples(workspace, &programs)?;
    let program = |task: &str| vec![programs.join(task).into()];
    Ok(Speaker { name: "Go", mint: program("mint"), verify: program("verify") })
}

/// The programs of Java in `folder`, beside this jar.
pub(crate) fn java(workspace: &Workspace, jar: &Path, folder: &Path) -> Result<Speaker> {
    let sources = workspace.root.join("examples/java");
    let mut compile = Command::new("javac");
    compile.arg("-d").arg(folder).arg("-cp").arg(jar);
    compile.args(["Mint", "Verify", "Issue", "Doctor"].map(|task| sources.join(format!("{task}.java"))));
    shell::capture(&mut compile)?;
    let path = std::env::join_paths([jar, folder])?;
    let program = |task: &str| {
        let words = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"].map(OsString::from);
        words.into_iter().chain([path.clone(), task.into()]).collect()
    };
    Ok(Speaker { name: "Java", mint: program("Mint"), verify: program("Verify") })
}

/// A token by the command-line tool, as the shell of the others.
pub(crate) fn mint(prefix: &Path) -> Result<String> {
    run(&tool(prefix, "mint rtc --channel room --uid 42 --lifetime 1h"), APP_CERTIFICATE)
}

/// An AccessToken (006) for the same user and channel.
pub(crate) fn mint_006(prefix: &Path) -> Result<String> {
    run(&tool(prefix, "mint rtc --channel room --uid 42 --token-version 006"), APP_CERTIFICATE)
}

/// Tokens that everybody must refuse, with what is wrong with them.
pub(crate) fn mint_refused(prefix: &Path) -> Result<Vec<(&'static str, String)>> {
    let same = "mint rtc --channel room --uid 42";
    Ok(vec![
        ("another channel", run(&tool(prefix, "mint rtc --channel other --uid 42"), APP_CERTIFICATE)?),
        ("another user", run(&tool(prefix, "mint rtc --channel room --uid 43"), APP_CERTIFICATE)?),
        ("another certificate", run(&tool(prefix, same), "0123456789abcdef0123456789abcdef")?),
        ("an hour long gone", run(&tool(prefix, &format!("{same} --issue-ts 1700000000")), APP_CERTIFICATE)?),
    ])
}

/// The JSON document of a token.
pub(crate) fn inspect(prefix: &Path, token: &str) -> Result<serde_json::Value> {
    let mut inspect = command(&tool(prefix, "inspect --json -"), APP_CERTIFICATE)?;
    let done = shell::output_with_input(&mut inspect, token)?;
    serde_json::from_slice(&done.stdout).with_context(|| shell::both(&done))
}

fn tool(prefix: &Path, words: &str) -> Vec<OsString> {
    let program = prefix.join("bin/agora-token").into_os_string();
    std::iter::once(program).chain(words.split(' ').map(OsString::from)).collect()
}

fn command(words: &[OsString], certificate: &str) -> Result<Command> {
    let (program, arguments) = words.split_first().context("no program")?;
    let mut command = Command::new(program);
    command.args(arguments).env("AGORA_APP_ID", APP_ID).env("AGORA_APP_CERTIFICATE", certificate);
    command.env_remove("AGORA_APP_CERTIFICATE_SECONDARY");
    Ok(command)
}

fn run(words: &[OsString], certificate: &str) -> Result<String> {
    Ok(shell::capture(&mut command(words, certificate)?)?.trim_end().to_owned())
}
