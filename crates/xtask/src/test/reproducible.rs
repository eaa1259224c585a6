//! The libraries come out the same wherever they are built.

use std::fs;

use anyhow::{Result, ensure};

use super::setup::Setup;
use crate::cargo::Build;
use crate::checkout;
use crate::dist::{self, Parts};
use crate::report::Step;
use crate::workspace::Workspace;

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let folder = setup.folder("reproducible")?;
    let root = folder.join("a checkout of another name");
    checkout::copy(setup.workspace, &root)?;
    let other = Workspace { target: root.join("target"), root: root.clone(), version: setup.workspace.version.clone() };
    let prefix = folder.join("prefix");
    dist::install(&Build::of_host(&other)?, &prefix, Parts::Libraries)?;
    let shared = format!("lib/libagora_token.so.{}", setup.workspace.version);
    for library in ["lib/libagora_token.a", &shared] {
        let (here, there) = (fs::read(setup.prefix()?.join(library))?, fs::read(prefix.join(library))?);
        let same = || {
            ensure!(here == there, "{} and {} bytes, and not the same", here.len(), there.len());
            Ok(())
        };
        step.case(format!("{library} from two folders"), same());
        step.case(format!("{library} names no folder of this machine"), names_no_folder(&here));
    }
    Ok(())
}

fn names_no_folder(library: &[u8]) -> Result<()> {
    let home = std::env::var("HOME").unwrap_or_else(|_| "/home".to_owned());
    for folder in [home.as_str(), env!("CARGO_MANIFEST_DIR")] {
        let found = library.windows(folder.len()).any(|window| window == folder.as_bytes());
        ensure!(!found, "it names {folder}");
    }
    Ok(())
}
