//! Programs of other people: they have the moved prefix, or this checkout, and nothing else of ours.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, anyhow, ensure};

use super::setup::Setup;
use super::symbols;
use crate::compile::{Compile, Language};
use crate::platform::System;
use crate::report::Step;
use crate::workspace::file_name;
use crate::{dist, elf, prelink, shell, tools};

/// How a program is linked with us, told from the end of its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// Against libagora_token.so.
    Shared,
    /// libagora_token.a is in it.
    Embedded,
    /// So is libc.
    Static,
}

pub(super) fn pkg_config(setup: &Setup, step: &mut Step) -> Result<()> {
    let prefix = setup.prefix()?;
    let folder = setup.folder("pkg-config")?;
    let pkg_config = setup.fetched()?.pkg_config();
    let mut build = Command::new(setup.source("tests/consumers/pkgconfig/build.sh"));
    build.arg(&folder).env("PKG_CONFIG", pkg_config.get_program());
    build.env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")).env("CC", tools::cc()).env("CXX", tools::cxx());
    shell::capture(&mut build)?;
    for language in ["c", "cpp"] {
        for (name, link) in [("shared", Link::Shared), ("embedded", Link::Embedded), ("static", Link::Static)] {
            let program = folder.join(format!("{language}_{name}"));
            step.case(file_name(&program), works(&program, link, setup, &[("LD_LIBRARY_PATH", prefix.join("lib"))]));
        }
    }
    Ok(())
}

pub(super) fn cmake(setup: &Setup, step: &mut Step) -> Result<()> {
    let prefix = setup.prefix()?;
    let define = |name: &str| format!("-D{name}={}", prefix.display());
    let source = setup.source("tests/consumers/cmake");

    let build = setup.folder("cmake")?;
    configure(setup, &source, &build, &[define("CMAKE_PREFIX_PATH")])?;
    make(setup, &build)?;
    for language in ["c", "cpp"] {
        for (target, link) in [("static", Link::Embedded), ("shared", Link::Shared), ("agora_token", Link::Embedded)] {
            let program = build.join(format!("{language}_{target}"));
            step.case(file_name(&program), works(&program, link, setup, &[]));
        }
    }
    step.case("a plugin that embeds the static library exports none of it", hides_us(&build.join("libplugin.so")));

    let build = setup.folder("cmake-shared")?;
    configure(setup, &source, &build, &[define("CMAKE_PREFIX_PATH"), "-DAGORA_TOKEN_SHARED=ON".to_owned()])?;
    make(setup, &build)?;
    let program = build.join("cpp_agora_token");
    step.case("AGORA_TOKEN_SHARED turns AgoraToken::agora_token over", works(&program, Link::Shared, setup, &[]));

    let version = &setup.workspace.version;
    let build = setup.folder("cmake-version")?;
    let exact = configure(setup, &source, &build, &[define("CMAKE_PREFIX_PATH"), format!("-DWANTED={version};EXACT")]);
    step.case(format!("{version} EXACT is found"), exact);
    for wanted in ["1.0", "0.99"] {
        let build = setup.folder("cmake-version")?;
        let found = configure(setup, &source, &build, &[define("CMAKE_PREFIX_PATH"), format!("-DWANTED={wanted}")]);
        step.case(format!("version {wanted} is refused"), refused(found, "compatible with requested version"));
    }
    Ok(())
}

/// By both methods that Meson has.
pub(super) fn meson(setup: &Setup, step: &mut Step) -> Result<()> {
    let prefix = setup.prefix()?;
    let build = setup.folder("meson")?;
    let fetched = setup.fetched()?;
    let mut configure = fetched.meson();
    configure.arg("setup").arg(&build).arg(setup.source("tests/consumers/meson"));
    configure.arg(format!("--cmake-prefix-path={}", prefix.display()));
    configure.arg(format!("--pkg-config-path={}", prefix.join("lib/pkgconfig").display()));
    shell::capture(configure.env("PKG_CONFIG", fetched.pkg_config().get_program()))?;
    shell::capture(fetched.meson().arg("compile").arg("-C").arg(&build))?;
    for language in ["c", "cpp"] {
        for (found, link) in [
            ("pkgconfig_shared", Link::Shared),
            ("pkgconfig_static", Link::Embedded),
            ("cmake_shared", Link::Shared),
            ("cmake_static", Link::Embedded),
            ("cmake_agora_token", Link::Embedded),
        ] {
            let program = build.join(format!("{language}_{found}"));
            step.case(file_name(&program), works(&program, link, setup, &[("LD_LIBRARY_PATH", prefix.join("lib"))]));
        }
    }
    step.case("a plugin that embeds the static library exports none of it", hides_us(&build.join("libplugin.so")));
    Ok(())
}

pub(super) fn subdirectory(setup: &Setup, step: &mut Step) -> Result<()> {
    let build = setup.folder("subdirectory")?;
    let source = setup.source("tests/consumers/subdirectory");
    let options = [
        format!("-DAGORA_TOKEN_SOURCE={}", setup.workspace.root.display()),
        format!("-DAGORA_TOKEN_CARGO_TARGET_DIR={}", setup.workspace.target.display()),
    ];
    configure(setup, &source, &build, &options)?;
    let built_early = build.join("agora-token/prefix").exists();
    let outcome = if built_early { Err(anyhow!("the libraries are there already")) } else { Ok(()) };
    step.case("configuring builds nothing", outcome);
    make(setup, &build)?;
    for language in ["c", "cpp"] {
        for (target, link) in [("static", Link::Embedded), ("shared", Link::Shared), ("agora_token", Link::Embedded)] {
            let program = build.join(format!("{language}_{target}"));
            step.case(file_name(&program), works(&program, link, setup, &[]));
        }
    }
    step.case("a second build has nothing to do", idle(setup, &build));
    Ok(())
}

/// With the program's own zlib and OpenSSL and a second Rust static library, in one program.
pub(super) fn neighbours(setup: &Setup, step: &mut Step) -> Result<()> {
    if let Err(missing) = tools::ZLIB_AND_OPENSSL.check() {
        step.not_run("beside zlib and OpenSSL", missing);
        return Ok(());
    }
    let prefix = setup.prefix()?;
    let folder = setup.folder("neighbours")?;
    let neighbour = folder.join("libneighbour.a");
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition=2024", "--crate-type=staticlib", "-O", "-Clto=fat", "-o"]).arg(&neighbour);
    shell::capture(rustc.arg(setup.source("tests/consumers/neighbour/neighbour.rs")))?;

    let source = setup.source("tests/consumers/crowd.c");
    let ours = prefix.join("lib/libagora_token.a");
    for (order, libraries) in [("us first", [&ours, &neighbour]), ("the neighbour first", [&neighbour, &ours])] {
        let program = folder.join(order.replace(' ', "-"));
        let mut link = Compile::new(Language::C, "c11", prefix).command();
        link.arg(&source)
            .args(libraries)
            .args(["-lz", "-lcrypto"])
            .args(dist::native_flags(prefix)?)
            .arg("-o")
            .arg(&program);
        let outcome = shell::capture(&mut link).and_then(|_| shell::capture(&mut Command::new(&program)));
        step.case(format!("one program with all of them, {order}"), outcome.map(drop));
    }
    Ok(())
}

pub(super) fn configure(setup: &Setup, source: &Path, build: &Path, options: &[String]) -> Result<()> {
    let mut cmake = setup.fetched()?.cmake();
    cmake.arg("-S").arg(source).arg("-B").arg(build).args(options);
    shell::capture(&mut cmake).map(drop)
}

pub(super) fn make(setup: &Setup, build: &Path) -> Result<()> {
    shell::capture(setup.fetched()?.cmake().arg("--build").arg(build)).map(drop)
}

fn idle(setup: &Setup, build: &Path) -> Result<()> {
    let said = shell::capture(setup.fetched()?.cmake().arg("--build").arg(build))?;
    ensure!(said.contains("no work to do"), "{said}");
    Ok(())
}

/// The program runs, says its version and OK, and is linked as it should be: never with OpenSSL or zlib.
fn works(program: &Path, link: Link, setup: &Setup, environment: &[(&str, PathBuf)]) -> Result<()> {
    let said = shell::capture(Command::new(program).envs(environment.iter().map(|(name, value)| (name, value))))?;
    ensure!(said.trim() == format!("{} OK", setup.workspace.version), "it said {said}");
    let needed = elf::needed(program)?;
    let (with_us, rest): (Vec<&String>, Vec<&String>) =
        needed.iter().partition(|name| name.starts_with("libagora_token"));
    let wanted = if link == Link::Shared { vec![setup.workspace.soname(System::LinuxGnu)] } else { Vec::new() };
    ensure!(with_us.into_iter().eq(&wanted), "it needs {needed:?}");
    ensure!(!rest.iter().any(|name| symbols::is_foreign(name)), "it needs {needed:?}");
    ensure!(needed.is_empty() == (link == Link::Static), "it needs {needed:?}");
    Ok(())
}

fn hides_us(library: &Path) -> Result<()> {
    ensure!(fs::metadata(library)?.len() > 0, "no plugin");
    let exports = elf::exports(library)?;
    ensure!(exports.contains("plugin_works"), "it exports {exports:?}");
    ensure!(!exports.iter().any(|name| name.starts_with(prelink::PREFIX)), "it exports {exports:?}");
    Ok(())
}

fn refused(outcome: Result<()>, reason: &str) -> Result<()> {
    match outcome {
        Ok(()) => Err(anyhow!("it was accepted")),
        Err(error) if error.to_string().contains(reason) => Ok(()),
        Err(error) => Err(error.context(format!("refused, but not because it is not {reason}"))),
    }
}
