//! Where programs for a platform run: on this machine, under an emulator, or nowhere.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::platform::{Platform, System};
use crate::root::Root;
use crate::workspace::Workspace;
use crate::{shell, tools};

pub(crate) enum Machine {
    Here,
    /// Debian's emulator of one processor, and where programs find their C library.
    Qemu {
        emulator: String,
        libraries: Option<String>,
    },
    /// Wine in a Debian that has a new one.
    Wine(Root),
    /// macOS has no emulator.
    Nowhere,
}

/// In the root of Wine.
const FOLDER: &str = "/srv/agora-token";

impl Machine {
    pub(crate) fn of(platform: &Platform, workspace: &Workspace) -> Result<Self> {
        if platform.runs_here() {
            return Ok(Self::Here);
        }
        let processor = platform.target.split('-').next().unwrap_or_default();
        Ok(match platform.system {
            System::LinuxGnu | System::LinuxMusl => {
                let emulator = format!("qemu-{processor}-static");
                tools::QEMU.check()?;
                let libraries = format!("/usr/{processor}-linux-gnu");
                let libraries = (platform.system == System::LinuxGnu).then_some(libraries);
                Self::Qemu { emulator, libraries }
            }
            System::WindowsGnu if cfg!(target_arch = "x86_64") => {
                Self::Wine(Root::get(workspace, "wine", &["wine64"])?)
            }
            _ => Self::Nowhere,
        })
    }

    /// What runs programs, for people.
    pub(crate) fn name(&self) -> Result<String> {
        let first_line = |text: String| text.lines().next().unwrap_or_default().to_owned();
        Ok(match self {
            Self::Here => "this machine".to_owned(),
            Self::Qemu { emulator, .. } => {
                let said = first_line(shell::capture(Command::new(emulator).arg("--version"))?);
                let version = said.split(' ').nth(2).unwrap_or_default().to_owned();
                format!("qemu-user {version}")
            }
            Self::Wine(root) => {
                first_line(shell::capture(root.command("/usr/lib/wine/wine64").arg("--version"))?).replace('-', " ")
            }
            Self::Nowhere => "nothing here".to_owned(),
        })
    }

    /// Puts an installed tree where the programs see it; gives the folder by which they know it.
    pub(crate) fn place(&self, tree: &Path) -> Result<PathBuf> {
        match self {
            Self::Wine(root) => {
                root.copy(tree, FOLDER)?;
                Ok(FOLDER.into())
            }
            _ => Ok(tree.to_owned()),
        }
    }

    /// A program in such a folder.
    pub(crate) fn command(&self, program: &Path) -> Command {
        match self {
            Self::Here | Self::Nowhere => Command::new(program),
            Self::Qemu { emulator, libraries } => {
                let mut qemu = Command::new(emulator);
                if let Some(libraries) = libraries {
                    qemu.args(["-L", libraries]);
                }
                qemu.arg(program);
                qemu
            }
            Self::Wine(root) => {
                let mut wine = root.command("/usr/lib/wine/wine64");
                wine.arg(OsString::from(program)).env("WINEDEBUG", "-all");
                wine.env("WINEPREFIX", "/root/wine").env("WINEDLLOVERRIDES", "mscoree,mshtml=");
                wine
            }
        }
    }
}
