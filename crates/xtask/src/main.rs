//! Developer commands of this repository: `cargo xtask --help`.

mod archive;
mod bench;
mod cargo;
mod checkout;
mod ci;
mod compile;
mod cross;
mod deb;
mod demo;
mod dist;
mod elf;
mod fuzz;
mod generate;
mod go;
mod import_library;
mod interfaces;
mod jar;
mod java;
mod languages;
mod licences;
mod load;
mod lock;
mod machine;
mod macos_sdk;
mod missing_tools;
mod packages;
mod parallel;
mod parts;
mod platform;
mod prelink;
mod proof;
mod release;
mod report;
mod root;
mod rust_src;
mod sbom;
mod shell;
mod site;
mod style;
mod table;
mod test;
mod tools;
mod wasm;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::cargo::Build;
use crate::dist::Parts;
use crate::platform::Platform;
use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Developer commands of the agora-token repository")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Mint tokens in C, C++, Rust, Python, Node, Go, Java and the shell, and let each verify the others'
    Demo,
    /// Run every test
    ///
    /// The last line is `N passed, N failed`. What cannot run on this machine is said at the end; with CI=true in the
    /// environment it is a failure.
    Test {
        /// Only these suites
        #[arg(value_parser = test::known)]
        suites: Vec<String>,
        /// Name the suites instead
        #[arg(long)]
        list: bool,
    },
    /// Check what continuous integration checks besides: every tool is here, lockfiles record no address
    Ci,
    /// Write every generated file: headers, bindings, references, and tables of the tests
    Gen {
        /// Compare with the committed files instead, and fail when they differ
        #[arg(long)]
        check: bool,
    },
    /// Install headers, libraries, CMake and pkg-config packages and the command-line tool
    ///
    /// Without a target for this machine, with what it has. What has to be linked for another one zig links, which comes
    /// from PyPI into target/.
    Dist {
        /// The folder to install under; it may be moved afterwards
        #[arg(long, value_name = "DIR", required_unless_present = "archive")]
        prefix: Option<PathBuf>,
        /// Leave out the command-line tool, its man page and completions, and the licences
        #[arg(long)]
        libraries_only: bool,
        /// For this target of Rust; for one with glibc, what is built runs on version 2.17
        #[arg(long, value_name = "TARGET")]
        target: Option<String>,
        /// Pack it as released, with documents of what is in it, and renew the list of checksums
        #[arg(long, requires = "target", conflicts_with_all = ["prefix", "libraries_only"])]
        archive: bool,
        /// Where archives go, instead of target/dist
        #[arg(long, value_name = "DIR", requires = "archive")]
        out: Option<PathBuf>,
    },
    /// Make what a release is made of, as the release workflow does
    ///
    /// With a target the parts that are released for it; from the folder that holds the parts of every target the release:
    /// the packages for npm, the source distribution for Python, the jar, the notes and the checksums beside them.
    Release {
        /// The folder to write to; a release is made in an empty one or none
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// The target of Rust
        #[arg(long, value_name = "TARGET", required_unless_present = "from")]
        target: Option<String>,
        /// Only these parts
        #[arg(requires = "target")]
        parts: Vec<parts::Part>,
        /// The folder with the parts of every target, which stays as it is
        #[arg(long, value_name = "DIR", conflicts_with = "target")]
        from: Option<PathBuf>,
        /// Leave out platforms that nothing was built for, to try it
        #[arg(long, requires = "from")]
        partial: bool,
    },
    /// Install what a release holds for Linux on x86-64 on a machine without Rust, and have all of it mint tokens
    ///
    /// The machine is a Debian in a folder, which debootstrap makes and which takes root.
    Proof {
        /// What `cargo xtask release` made
        release: PathBuf,
    },
    /// Build for other machines, run what is built with an emulator, and write docs/platforms.md
    ///
    /// What is built is not optimised as it is shipped. Linux with Debian's packages qemu-user-static, libc6-arm64-cross
    /// and debootstrap is needed.
    Cross {
        /// Only these targets; what docs/platforms.md says of others stays
        targets: Vec<String>,
    },
    /// Race ours against the official packages and a C++ program with OpenSSL and zlib
    ///
    /// All of them take turns, with changing inputs. Prints the shortest and the median time and the aims for
    /// them; fails when one is missed. Tables and chart go to target/xtask/bench.
    Bench {
        /// How often everything has its turn
        #[arg(long, default_value_t = 300)]
        rounds: usize,
        /// Write docs/performance.md and its chart as well
        #[arg(long)]
        write: bool,
    },
    /// Ask the token server as many callers at once, while its certificate and policies change and until it ends
    ///
    /// Fails when a request fails, when a token is not for its caller, when memory grows, and when a request that began
    /// before SIGTERM is not answered. Linux only.
    Load {
        /// How long
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// How many at once
        #[arg(long, default_value_t = 200)]
        callers: u32,
    },
    /// Fuzz every property of fuzz/ with libFuzzer, guided by coverage, and count the executions
    ///
    /// Fails when a property does not hold; the input stays in target/xtask/fuzz/found.
    Fuzz {
        /// How long for each property
        #[arg(long, default_value_t = 60)]
        seconds: u64,
    },
    /// Build the core as the WebAssembly modules that Go and the npm packages embed
    ///
    /// The source of the standard library comes from rustup's rust-src, or from Debian into target/.
    Wasm {
        /// Build them and compare with the committed ones instead, where the toolchain is the same
        #[arg(long)]
        check: bool,
    },
    /// Compare the C ABI and the Rust API with what was agreed to
    Interfaces {
        /// Agree to what they are now: write crates/ffi/abi.xml and crates/core/api.txt
        #[arg(long)]
        write: bool,
    },
    /// Write what the lists of Python packages come to, with hashes
    Lock,
    /// Write CycloneDX documents of what is linked into the libraries, the command-line tool and the packages, and its
    /// licences
    Sbom {
        /// As they are built for this target, and not for this machine's
        #[arg(long, value_name = "TARGET")]
        target: Option<String>,
        /// The folder to write to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Make a site of the pages, with mdBook
    Site {
        /// The folder to write to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Say which of a contributor's tools this machine lacks, and how to get them
    Tools,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let open = Workspace::open;
    match task {
        Task::Demo => demo::run(&open()?),
        Task::Test { list: true, .. } => {
            test::list();
            Ok(())
        }
        Task::Test { suites, .. } => test::run(&open()?, &suites, in_ci()),
        Task::Ci => ci::run(&open()?),
        Task::Gen { check: true } => generate::check(&open()?).map(drop),
        Task::Gen { check: false } => generate::write(&open()?),
        Task::Dist { prefix, libraries_only, target, archive: _, out } => {
            let workspace = open()?;
            let platform = target.map_or_else(Platform::host, |target| Platform::named(&target))?;
            let build = Build { workspace: &workspace, platform, profile: "release" };
            match prefix {
                Some(prefix) if libraries_only => dist::install(&build, &prefix, Parts::Libraries),
                Some(prefix) => dist::install(&build, &prefix, Parts::All),
                None => archive::write(&build, &out.unwrap_or_else(|| workspace.target.join("dist"))).map(drop),
            }
        }
        Task::Release { target: Some(target), parts, out, .. } => {
            let workspace = open()?;
            let build = Build { workspace: &workspace, platform: Platform::named(&target)?, profile: "release" };
            release::platform(&build, &parts, &out)
        }
        Task::Release { target: None, from, partial, out, .. } => {
            release::gather(&open()?, &from.unwrap_or_default(), partial, &out)
        }
        Task::Proof { release } => proof::run(&open()?, &release),
        Task::Cross { targets } => cross::run(&open()?, &targets),
        Task::Bench { rounds, write } => bench::run(&open()?, rounds, write),
        Task::Load { seconds, callers } => load::run(&open()?, seconds, callers),
        Task::Fuzz { seconds } => fuzz::run(&open()?, seconds),
        Task::Wasm { check: true } => wasm::check(&open()?),
        Task::Wasm { check: false } => wasm::write(&open()?),
        Task::Interfaces { write: true } => interfaces::write(&open()?),
        Task::Interfaces { write: false } => {
            let workspace = open()?;
            interfaces::check_abi(&workspace)?;
            interfaces::check_api(&workspace)
        }
        Task::Lock => lock::write(&open()?),
        Task::Sbom { target, out } => sbom::checked(&open()?, &target.map_or_else(platform::host, Ok)?, &out).map(drop),
        Task::Site { out } => {
            let links = site::build(&open()?, &out)?;
            println!("wrote {}, whose {links} links lead somewhere", out.display());
            Ok(())
        }
        Task::Tools => missing_tools::run(in_ci()),
    }
}

/// Whether this is a run of which nothing may be left out.
fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}
