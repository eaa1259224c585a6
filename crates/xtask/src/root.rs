//! Debian without what developers have, in a folder: a machine of somebody who only installs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{shell, tools};

const RELEASE: &str = "trixie";

/// A root that programs are started in with chroot, which only root may.
pub(crate) struct Root {
    pub(crate) folder: PathBuf,
}

impl Root {
    /// The root with these packages beside the system's own, made by debootstrap where it is not there yet.
    pub(crate) fn get(workspace: &Workspace, name: &str, packages: &[&str]) -> Result<Self> {
        let folder = workspace.scratch("roots").join(name);
        let stamp = folder.join("etc/made-of");
        let wanted = packages.join(",");
        if !fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
            println!("   installing Debian {RELEASE} with {wanted} into {}", folder.display());
            crate::workspace::empty_folder(&folder)?;
            tools::DEBOOTSTRAP.check()?;
            let mut debootstrap = Command::new("debootstrap");
            debootstrap.args(["--variant=minbase", &format!("--include={wanted}"), RELEASE]).arg(&folder);
            shell::capture(&mut debootstrap).context("debootstrap failed; it takes root and a mirror of Debian")?;
            fs::write(&stamp, wanted)?;
        }
        Ok(Self { folder })
    }

    /// A program by its path in the root.
    pub(crate) fn command(&self, program: &str) -> Command {
        // Programs find themselves by /proc. It is mounted for this one alone, so nothing has to be unmounted.
        let mut chroot = Command::new("unshare");
        chroot.args(["--mount", "sh", "-c", r#"mount -t proc proc "$0/proc" && exec chroot "$0" "$@""#]);
        chroot
            .arg(&self.folder)
            .arg(program)
            .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        chroot.env("HOME", "/root").env("LC_ALL", "C.UTF-8").env_remove("TMPDIR");
        chroot
    }

    /// Puts a file or a folder where programs in the root see it.
    pub(crate) fn copy(&self, from: &Path, to: &str) -> Result<()> {
        let place = self.folder.join(to.trim_start_matches('/'));
        if place.exists() {
            fs::remove_dir_all(&place).or_else(|_| fs::remove_file(&place))?;
        }
        fs::create_dir_all(place.parent().unwrap_or(&self.folder))?;
        shell::capture(Command::new("cp").arg("--archive").args([from, &place])).map(drop)
    }
}
