//! The racers: programs that do a task so often and say how long it took. crates/bench has them.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::results::Race;
use crate::cargo::Build;
use crate::compile::{Compile, Language};
use crate::dist::{self, Parts};
use crate::tools::{self, Fetched};
use crate::workspace::{Workspace, empty_folder};
use crate::{cargo, go, jar, java, packages, shell};

pub(super) struct Racers(Vec<Racer>);

struct Racer {
    name: &'static str,
    tasks: Vec<String>,
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Racers {
    pub(super) fn prepare(workspace: &Workspace) -> Result<Racers> {
        let folder = workspace.scratch("bench");
        empty_folder(&folder)?;
        let source = workspace.root.join("crates/bench/racers");
        let prefix = folder.join("prefix");
        dist::install(&Build::of_host(workspace)?, &prefix, Parts::Libraries)?;

        let stock = rust_racer(workspace, &workspace.target, "")?;
        // Where a processor has no SHA instructions the hash is computed without; elsewhere it has to be told so.
        let soft = rust_racer(workspace, &folder.join("soft"), "--cfg sha2_backend=\"soft\"")?;
        let compile = |name: &str, libraries: &[&str]| -> Result<PathBuf> {
            let program = folder.join(name);
            Compile::new(Language::Cxx, "c++17", &prefix)
                .arguments(["-O2"].iter().chain(libraries))
                .program(&source.join(format!("{name}.cpp")), &program)?;
            Ok(program)
        };
        let face = compile("face", &[])?;
        let peer = compile("openssl_zlib", &["-Wl,--no-as-needed", "-lcrypto", "-lz"])?;

        let python = packages::python(workspace)?;
        let peers = workspace.root.join("tests/interop");
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        shell::capture(pip.arg(peers.join("requirements.txt")))?;
        let engines = std::fs::read_to_string(workspace.root.join("tests/engines/requirements.txt"))?;
        let pyarrow = engines.split_whitespace().find(|word| word.starts_with("pyarrow=="));
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        shell::capture(pip.arg(pyarrow.context("tests/engines has no pyarrow")?))?;
        let mut columns = Command::new(&python);
        columns.arg(source.join("columns.py"));
        let mut python = Command::new(python);
        python.arg(source.join("racer.py"));

        let beside = packages::node(workspace)?;
        let wanted = std::fs::read_to_string(peers.join("package.json"))?;
        let wanted: Value = serde_json::from_str(&wanted)?;
        let version = wanted["dependencies"]["agora-token"].as_str().context("tests/interop has no npm peer")?;
        let mut npm = Command::new("npm");
        npm.current_dir(&beside).args(["install", "--no-audit", "--no-fund", &format!("agora-token@{version}")]);
        shell::capture(&mut npm)?;
        let script = beside.join("racer.mjs");
        std::fs::copy(source.join("racer.mjs"), &script)?;
        let node = |package: &str| {
            let mut node = Command::new("node");
            node.arg(&script).arg(package);
            node
        };

        let [java, java_peer] = java_racers(workspace, &source, &folder.join("java"))?;
        let program = |path: &Path| Command::new(path);
        let mut racers = vec![
            Racer::start("rust", program(&stock))?,
            Racer::start("soft", program(&soft))?,
            Racer::start("c++", program(&face))?,
            Racer::start("python", python)?,
            Racer::start("python-columns", columns)?,
            Racer::start("node", node("agora-token-native"))?,
            Racer::start("wasm", node("agora-token-wasm"))?,
            Racer::start("java", java)?,
            Racer::start("java-peer", java_peer)?,
            Racer::start("openssl", program(&peer))?,
        ];
        if let Err(missing) = tools::GO.check() {
            println!("without the rows of Go: {missing}");
        } else {
            let source = source.join("go");
            for (name, tags) in [("go", ""), ("go-cgo", "agora_cgo")] {
                let program = folder.join(name);
                let mut build = go::go(&source, &["build", "-tags", tags, "-o"]);
                if !tags.is_empty() {
                    go::linked(&mut build, &prefix, Fetched::get(workspace)?.path());
                }
                shell::capture(build.arg(&program))?;
                racers.push(Racer::start(name, Command::new(program))?);
            }
        }
        Ok(Racers(racers))
    }

    /// Everything that is raced.
    pub(super) fn races(&self) -> Vec<Race> {
        let of = |racer: &Racer| racer.tasks.iter().map(|task| (racer.name, task.clone())).collect::<Vec<_>>();
        self.0.iter().flat_map(of).collect()
    }

    /// Nanoseconds for so many.
    pub(super) fn run(&mut self, (name, task): &Race, count: u64) -> Result<u64> {
        let racer = self.0.iter_mut().find(|racer| racer.name == *name).context("no such racer")?;
        writeln!(racer.input, "{task} {count}")?;
        racer.input.flush()?;
        racer.line()?.parse().with_context(|| format!("{name} failed at {task}"))
    }
}

impl Racer {
    fn start(name: &'static str, mut command: Command) -> Result<Racer> {
        let shown = shell::describe(&command);
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = spawned.with_context(|| format!("cannot start: {shown}"))?;
        let input = process.stdin.take().context("a racer without input")?;
        let output = BufReader::new(process.stdout.take().context("a racer without output")?);
        let mut racer = Racer { name, tasks: Vec::new(), process, input, output };
        racer.tasks = racer.line()?.split_whitespace().map(str::to_owned).collect();
        ensure!(!racer.tasks.is_empty(), "{shown} said nothing");
        Ok(racer)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }
}

impl Drop for Racer {
    fn drop(&mut self) {
        // It ends with its input; whoever was killed before is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Ours and the official library, which has the same names, each in a virtual machine of its own.
fn java_racers(workspace: &Workspace, source: &Path, folder: &Path) -> Result<[Command; 2]> {
    let jar = jar::package(workspace)?;
    let mut peers = java::maven(&workspace.root.join("bindings/java"));
    shell::capture(peers.arg("process-test-resources").arg(jar::native_folder(workspace)))?;
    let peers = workspace.root.join("bindings/java/target/peers/*");
    let racer = |class: &str, library: &Path| -> Result<Command> {
        let classes = folder.join(class);
        empty_folder(&classes)?;
        let path = std::env::join_paths([library, &classes])?;
        let mut compile = Command::new("javac");
        compile.arg("-d").arg(&classes).arg("-cp").arg(&path);
        shell::capture(compile.args([class, "Inputs"].map(|name| source.join(format!("{name}.java")))))?;
        let mut java = Command::new("java");
        java.args(["-XX:+UseSerialGC", "-cp"]).arg(&path).arg(class);
        Ok(java)
    };
    Ok([racer("Racer", &jar)?, racer("PeerRacer", &peers)?])
}

fn rust_racer(workspace: &Workspace, target: &Path, flags: &str) -> Result<PathBuf> {
    let mut build = cargo::cargo(workspace, "build");
    build.args(["--quiet", "--release", "--package", "agora-token-bench", "--target-dir"]).arg(target);
    let mut all = std::env::var("RUSTFLAGS").unwrap_or_default();
    if !flags.is_empty() {
        all = format!("{all} {flags}");
    }
    shell::run(build.env("RUSTFLAGS", all.trim()))?;
    Ok(target.join("release/agora-token-bench"))
}
