//! Building with cargo: one crate type at a time, since cargo drops LTO when several are asked for at once.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::platform::{GLIBC, MACOS, Platform, System};
use crate::rust_src::Library;
use crate::workspace::Workspace;
use crate::{macos_sdk, shell, tools};

/// What is built for, and how well.
pub(crate) struct Build<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) platform: Platform,
    /// A profile of Cargo.toml: `release` is what is shipped.
    pub(crate) profile: &'static str,
}

impl<'a> Build<'a> {
    /// As shipped, for this machine.
    pub(crate) fn of_host(workspace: &'a Workspace) -> Result<Self> {
        Ok(Self { workspace, platform: Platform::host()?, profile: "release" })
    }

    /// A subcommand of cargo that builds, bound to the committed lockfile.
    fn command(&self, subcommand: &str, links_libc: bool) -> Result<Command> {
        let Platform { target, system, is_named } = &self.platform;
        let mut command = if self.platform.needs_zig() {
            let mut zig = tools::Cross::get(self.workspace)?.zigbuild();
            let glibc = if *system == System::LinuxGnu { format!(".{GLIBC}") } else { String::new() };
            // Its own name for `cargo build`.
            zig.arg(if subcommand == "build" { "zigbuild" } else { subcommand });
            zig.args(["--target", &format!("{target}{glibc}")]);
            zig
        } else {
            let mut cargo = Command::new("cargo");
            cargo.arg(subcommand);
            if *is_named {
                cargo.args(["--target", target]);
            }
            cargo
        };
        command.current_dir(&self.workspace.root).args(["--locked", "--profile", self.profile]);
        self.set_up(&mut command, links_libc)?;
        Ok(command)
    }

    /// The environment of what calls the compiler, and a library for the target where it has none.
    pub(crate) fn set_up(&self, command: &mut Command, links_libc: bool) -> Result<()> {
        let Platform { target, system, is_named } = &self.platform;
        command.env("CARGO_TARGET_DIR", &self.workspace.target);
        if self.profile == "dev" {
            return Ok(()); // as the tests build it
        }
        let mut flags = vec![remapped(self.workspace)];
        if *is_named && *system == System::LinuxMusl {
            // A shared library takes its C library from the program; a program here brings it along.
            let sign = if links_libc { '-' } else { '+' };
            flags.push(format!("-Ctarget-feature={sign}crt-static"));
        }
        if *system == System::Mac {
            command.env("MACOSX_DEPLOYMENT_TARGET", MACOS);
        }
        if *system == System::Mac && self.platform.needs_zig() {
            command.env("SDKROOT", macos_sdk::folder(self.workspace)?);
        }
        if *is_named && !has_standard_library(target)? {
            if *system == System::LinuxMusl {
                // What links a program with musl comes with rustup's library; here zig has it.
                flags.push("-Clink-self-contained=no".to_owned());
            }
            // A stable compiler takes -Z, and looks for the library beside itself, unless told otherwise.
            command.arg("-Zbuild-std=std,panic_unwind").env("RUSTC_BOOTSTRAP", "1");
            command.env("__CARGO_TESTS_ONLY_SRC_ROOT", Library::get(self.workspace)?.folder);
        }
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f")).env_remove("RUSTFLAGS");
        Ok(())
    }

    fn rustc(&self, crate_type: &str, features: &[&str], flags: &[&str]) -> Result<Built> {
        let mut cargo = self.command("rustc", true)?;
        cargo.args(["--package", "agora-token-ffi", "--lib", "--crate-type", crate_type]);
        cargo.args(["--features", &features.join(","), "--message-format=json", "--"]).args(flags);
        build_with_messages(cargo)
    }

    /// The C ABI as a static library, with fat LTO. The shipped one has no features.
    pub(crate) fn static_library(&self, features: &[&str]) -> Result<StaticLibrary> {
        let built = self.rustc("staticlib", features, &["--print=native-static-libs"])?;
        let path = built.file(if self.platform.system == System::WindowsMsvc { ".lib" } else { ".a" })?;
        let native = built.native.context("rustc did not say which native libraries the static library needs")?;
        Ok(StaticLibrary { path, native })
    }

    /// The C ABI as a shared library that carries the name that programs ask for: rustc gives it none.
    pub(crate) fn shared_library(&self) -> Result<PathBuf> {
        let soname = self.workspace.soname(self.platform.system);
        let name = match self.platform.system {
            System::LinuxGnu | System::LinuxMusl => Some(format!("-Clink-arg=-Wl,-soname,{soname}")),
            System::Mac => Some(format!("-Clink-arg=-Wl,-install_name,@rpath/{soname}")),
            System::WindowsGnu | System::WindowsMsvc => None,
        };
        let built = self.rustc("cdylib", &[], name.as_deref().as_slice())?;
        built.file(&format!(".{}", self.platform.library_ending()))
    }

    /// What a language loads: the shared library of the crate that is its bridge.
    pub(crate) fn library(&self, package: &str) -> Result<PathBuf> {
        let mut cargo = self.command("build", true)?;
        cargo.args(["--package", package, "--lib", "--message-format=json"]);
        build_with_messages(cargo)?.file(&format!(".{}", self.platform.library_ending()))
    }

    /// The command-line tool, with the token server in it.
    pub(crate) fn command_line_tool(&self) -> Result<PathBuf> {
        self.tool(&[])
    }

    /// The command-line tool alone: the token server is most of what there is to build.
    pub(crate) fn tool_without_server(&self) -> Result<PathBuf> {
        self.tool(&["--no-default-features"])
    }

    fn tool(&self, features: &[&str]) -> Result<PathBuf> {
        let mut cargo = self.command("build", false)?;
        cargo.args(["--package", "agora-token-cli", "--message-format=json"]).args(features);
        build_with_messages(cargo)?.executable.context("cargo built no agora-token executable")
    }
}

/// Whether the compiler came with a library for the target.
fn has_standard_library(target: &str) -> Result<bool> {
    let folder = shell::capture(Command::new("rustc").args(["--print", "target-libdir", "--target", target]))?;
    Ok(Path::new(folder.trim()).is_dir())
}

/// A static library and what a program that links it must link too.
pub(crate) struct StaticLibrary {
    pub(crate) path: PathBuf,
    /// As the compiler names them: `-lm` and the like.
    pub(crate) native: Vec<String>,
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
    let host = crate::platform::host()?;
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
