//! What the suites share: the installed prefix, the packages, folders of their own.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cargo::Build;
use crate::dist::{self, Parts};
use crate::jar;
use crate::packages::Packages;
use crate::prelink::prelink;
use crate::tools::Fetched;
use crate::workspace::{Workspace, empty_folder};

/// What the suites share.
pub(super) struct Setup<'a> {
    pub(super) workspace: &'a Workspace,
    prefix: OnceCell<PathBuf>,
    library_that_panics: OnceCell<PathBuf>,
    packages: OnceCell<Packages>,
    jar: OnceCell<PathBuf>,
}

impl<'a> Setup<'a> {
    pub(super) fn new(workspace: &'a Workspace) -> Setup<'a> {
        Setup {
            workspace,
            prefix: OnceCell::new(),
            library_that_panics: OnceCell::new(),
            packages: OnceCell::new(),
            jar: OnceCell::new(),
        }
    }

    /// An installed prefix that was moved after `dist` made it: what is shipped is what is tested.
    pub(super) fn prefix(&self) -> Result<&Path> {
        if let Some(prefix) = self.prefix.get() {
            return Ok(prefix);
        }
        let staging = self.workspace.scratch("staging");
        let moved = self.workspace.scratch("moved/prefix");
        empty_folder(&staging)?;
        dist::install(&Build::of_host(self.workspace)?, &staging, Parts::All)?;
        empty_folder(&moved)?;
        fs::remove_dir(&moved)?;
        fs::rename(&staging, &moved).context("cannot move the installed prefix")?;
        Ok(self.prefix.get_or_init(|| moved))
    }

    /// The static library as it is shipped, but with one function more, which panics.
    pub(super) fn library_that_panics(&self) -> Result<&Path> {
        if let Some(library) = self.library_that_panics.get() {
            return Ok(library);
        }
        let folder = self.folder("library-that-panics")?;
        let library = folder.join("libagora_token.a");
        let build = Build::of_host(self.workspace)?;
        prelink(&build.platform, &build.static_library(&["inject-panic"])?.path, &library, &folder)?;
        Ok(self.library_that_panics.get_or_init(|| library))
    }

    /// The Python and the Node package, as their users install them.
    pub(super) fn packages(&self) -> Result<&Packages> {
        if let Some(packages) = self.packages.get() {
            return Ok(packages);
        }
        let packages = Packages::install(self.workspace)?;
        Ok(self.packages.get_or_init(|| packages))
    }

    /// The Java package.
    pub(super) fn jar(&self) -> Result<&Path> {
        if let Some(jar) = self.jar.get() {
            return Ok(jar);
        }
        let jar = jar::package(self.workspace)?;
        Ok(self.jar.get_or_init(|| jar))
    }

    /// An empty folder for one suite's work.
    pub(super) fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.workspace.scratch("test").join(name);
        empty_folder(&folder)?;
        Ok(folder)
    }

    /// A path in the checkout.
    pub(super) fn source(&self, path: &str) -> PathBuf {
        self.workspace.root.join(path)
    }

    /// The tools that come from PyPI.
    pub(super) fn fetched(&self) -> Result<Fetched> {
        Fetched::get(self.workspace)
    }
}
