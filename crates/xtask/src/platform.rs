//! What a build is for: a target of the Rust compiler, and what differs there.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;

/// How libraries look and programs are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    LinuxGnu,
    LinuxMusl,
    WindowsGnu,
    WindowsMsvc,
    Mac,
}

/// The targets that releases are made for.
pub(crate) const RELEASED: [&str; 9] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
    "x86_64-pc-windows-gnu",
    "x86_64-pc-windows-msvc",
    "aarch64-pc-windows-msvc",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
];

/// The oldest glibc that what is built with zig runs on, as for manylinux2014.
pub(crate) const GLIBC: &str = "2.17";

/// The oldest macOS that what is built runs on.
pub(crate) const MACOS: &str = "11.0";

#[derive(Clone, Debug)]
pub(crate) struct Platform {
    /// As the compiler names it.
    pub(crate) target: String,
    pub(crate) system: System,
    /// Asked for by its name. The host that nobody named is built for with what the machine has; for the same one by
    /// name glibc is an old one.
    pub(crate) is_named: bool,
}

impl Platform {
    /// The machine itself.
    pub(crate) fn host() -> Result<Self> {
        let target = host()?;
        Ok(Self { system: system(&target)?, target, is_named: false })
    }

    pub(crate) fn named(target: &str) -> Result<Self> {
        if !RELEASED.contains(&target) {
            bail!("{target} is none of the targets that releases are made for: {}", RELEASED.join(", "));
        }
        Ok(Self { system: system(target)?, target: target.to_owned(), is_named: true })
    }

    pub(crate) fn is_linux(&self) -> bool {
        matches!(self.system, System::LinuxGnu | System::LinuxMusl)
    }

    pub(crate) fn is_windows(&self) -> bool {
        matches!(self.system, System::WindowsGnu | System::WindowsMsvc)
    }

    /// Whether zig links: for another system or processor, and for an old glibc. macOS and MSVC have linkers of their
    /// own, for both processors.
    pub(crate) fn needs_zig(&self) -> bool {
        let is_own = match self.system {
            System::WindowsMsvc => true,
            System::Mac => cfg!(target_os = "macos"),
            _ => false,
        };
        self.is_named && !is_own
    }

    /// Whether the machine runs its programs.
    pub(crate) fn runs_here(&self) -> bool {
        let processor = self.target.starts_with(std::env::consts::ARCH);
        let system = match self.system {
            System::LinuxGnu | System::LinuxMusl => cfg!(target_os = "linux"),
            System::WindowsGnu | System::WindowsMsvc => cfg!(windows),
            System::Mac => cfg!(target_os = "macos"),
        };
        processor && system
    }

    /// How the files of shared libraries end.
    pub(crate) fn library_ending(&self) -> &'static str {
        match self.system {
            System::LinuxGnu | System::LinuxMusl => "so",
            System::Mac => "dylib",
            System::WindowsGnu | System::WindowsMsvc => "dll",
        }
    }

    /// What the jar calls the platform.
    pub(crate) fn java(&self) -> String {
        let system = match self.system {
            System::LinuxGnu => "linux",
            System::LinuxMusl => "linux-musl",
            System::Mac => "macos",
            System::WindowsGnu | System::WindowsMsvc => "windows",
        };
        format!("{system}-{}", self.target.split('-').next().unwrap_or_default())
    }

    /// A program's file.
    pub(crate) fn program(&self, name: &str) -> String {
        if self.is_windows() { format!("{name}.exe") } else { name.to_owned() }
    }
}

/// The target that the compiler builds for when none is named.
pub(crate) fn host() -> Result<String> {
    let said = shell::capture(Command::new("rustc").arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc names no host")
}

fn system(target: &str) -> Result<System> {
    Ok(match target {
        _ if target.contains("-linux-gnu") => System::LinuxGnu,
        _ if target.contains("-linux-musl") => System::LinuxMusl,
        _ if target.ends_with("-windows-gnu") => System::WindowsGnu,
        _ if target.ends_with("-windows-msvc") => System::WindowsMsvc,
        _ if target.ends_with("-apple-darwin") => System::Mac,
        _ => bail!("nothing here is packed for {target} yet"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_released_target_is_known() {
        for target in RELEASED {
            assert_eq!(Platform::named(target).unwrap().target, target);
        }
        let error = Platform::named("riscv64gc-unknown-linux-gnu").unwrap_err().to_string();
        assert!(error.starts_with("riscv64gc-unknown-linux-gnu is none of the targets"), "{error}");
    }

    #[test]
    fn a_host_is_built_for_with_what_the_machine_has() {
        let host = Platform::host().unwrap();
        assert!(host.runs_here() && !host.needs_zig());
    }
}
