//! Building with cargo: one crate type at a time, since cargo drops LTO when several are asked for at once.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::shell;
use crate::workspace::Workspace;

/// A static library and what a program that links it must link too.
pub(crate) struct StaticLibrary {
    pub(crate) path: PathBuf,
    /// As the compiler names them: `-lm` and the like.
    pub(crate) native: Vec<String>,
}

/// The C ABI as a static library, with fat LTO. The shipped one has no features.
pub(crate) fn static_library(workspace: &Workspace, features: &[&str]) -> Result<StaticLibrary> {
    let built = rustc(workspace, "staticlib", features, "--print=native-static-libs")?;
    let path = built.file(".a")?;
    let native = built.native.context("rustc did not say which native libraries the static library needs")?;
    Ok(StaticLibrary { path, native })
}

/// The C ABI as a shared library that carries its SONAME: rustc gives it none.
pub(crate) fn shared_library(workspace: &Workspace) -> Result<PathBuf> {
    rustc(workspace, "cdylib", &[], &format!("-Clink-arg=-Wl,-soname,{}", workspace.soname()))?.file(".so")
}

/// The command-line tool, as it is shipped.
pub(crate) fn command_line_tool(workspace: &Workspace) -> Result<PathBuf> {
    let mut cargo = cargo(workspace, "build");
    cargo.env("CARGO_ENCODED_RUSTFLAGS", remapped(workspace));
    cargo.args(["--package", "agora-token-cli", "--release"]);
    build(cargo)?.executable.context("cargo built no agora-token executable")
}

/// What was built with a sanitizer of rustc.
pub(crate) struct Sanitized {
    /// Where the libraries are.
    pub(crate) folder: PathBuf,
    /// The platform they were built for.
    pub(crate) host: String,
}

/// Builds with the flags of a sanitizer. rustc has no stable name for them yet. The standard library stays as it is: what
/// it does is watched where it is compiled into our crates.
pub(crate) fn sanitized(workspace: &Workspace, flags: &str, subcommand: &str, words: &[&str]) -> Result<Sanitized> {
    let host = shell::capture(Command::new("rustc").arg("-vV"))?;
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?.to_owned();
    let target = workspace.scratch("sanitized");
    let mut build = cargo(workspace, subcommand);
    build.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", &target).env("RUSTFLAGS", flags);
    build.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    build.args(["--quiet", "--target", &host]).args(words);
    shell::capture(&mut build)?;
    Ok(Sanitized { folder: target.join(&host).join("debug"), host })
}

/// `cargo SUBCOMMAND` in the checkout, bound to the committed lockfile.
pub(crate) fn cargo(workspace: &Workspace, subcommand: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&workspace.root).args([subcommand, "--locked"]);
    cargo
}

/// Flags of rustc that keep the folders of this machine out of what is shipped. The Node package is built with the same,
/// and cargo builds nothing twice for them.
fn remapped(workspace: &Workspace) -> String {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let cargo_home = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let given = std::env::var("CARGO_ENCODED_RUSTFLAGS").ok().unwrap_or_else(|| {
        let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
        flags.split_whitespace().collect::<Vec<_>>().join("\x1f")
    });
    let mut flags: Vec<String> = given.split('\x1f').filter(|flag| !flag.is_empty()).map(str::to_owned).collect();
    flags.push(format!("--remap-path-prefix={}=cargo", cargo_home.display()));
    flags.push(format!("--remap-path-prefix={}/=", workspace.root.display()));
    flags.join("\x1f")
}

fn rustc(workspace: &Workspace, crate_type: &str, features: &[&str], flag: &str) -> Result<Built> {
    let mut cargo = cargo(workspace, "rustc");
    cargo.env("CARGO_ENCODED_RUSTFLAGS", remapped(workspace)).env("CARGO_TARGET_DIR", &workspace.target);
    cargo.args(["--package", "agora-token-ffi", "--release", "--lib", "--crate-type", crate_type]);
    cargo.args(["--features", &features.join(","), "--message-format=json", "--", flag]);
    build_with_messages(cargo)
}

fn build(mut cargo: Command) -> Result<Built> {
    cargo.arg("--message-format=json");
    build_with_messages(cargo)
}

/// What the last package of a build left behind.
#[derive(Default)]
struct Built {
    files: Vec<String>,
    executable: Option<PathBuf>,
    native: Option<Vec<String>>,
}

impl Built {
    fn file(&self, suffix: &str) -> Result<PathBuf> {
        let found = self.files.iter().find(|file| file.ends_with(suffix));
        found.map(PathBuf::from).with_context(|| format!("cargo built no {suffix} file"))
    }

    fn read(&mut self, message: &Value) {
        match message["reason"].as_str() {
            Some("compiler-artifact") => {
                let files = message["filenames"].as_array().into_iter().flatten();
                self.files = files.filter_map(|file| file.as_str().map(str::to_owned)).collect();
                self.executable = message["executable"].as_str().map(PathBuf::from);
            }
            Some("compiler-message") => {
                let text = message["message"]["message"].as_str().unwrap_or_default();
                if let Some(libraries) = text.strip_prefix("native-static-libs:") {
                    self.native = Some(libraries.split_whitespace().map(str::to_owned).collect());
                } else if !text.starts_with("link against the following native artifacts") {
                    eprint!("{}", message["message"]["rendered"].as_str().unwrap_or_default());
                }
            }
            _ => {}
        }
    }
}

fn build_with_messages(mut cargo: Command) -> Result<Built> {
    let shown = shell::describe(&cargo);
    let mut child = cargo.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start: {shown}"))?;
    let messages = child.stdout.take().context("cargo has no standard output")?;
    let mut built = Built::default();
    for line in BufReader::new(messages).lines() {
        if let Ok(message) = serde_json::from_str::<Value>(&line?) {
            built.read(&message);
        }
    }
    if !child.wait()?.success() {
        bail!("{shown} failed");
    }
    Ok(built)
}
