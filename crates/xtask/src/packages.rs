//! The Python and the Node package, installed as their users install them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::cargo::Build;
use crate::release;
use crate::shell::{self, npm};
use crate::tools;
use crate::workspace::{Workspace, empty_folder, file_name};

/// Both packages, installed.
pub(crate) struct Packages {
    /// The interpreter that has the Python package.
    pub(crate) python: PathBuf,
    /// The folder in which the Node package is installed, and agora-token-wasm.
    pub(crate) node: PathBuf,
}

impl Packages {
    pub(crate) fn install(workspace: &Workspace) -> Result<Self> {
        Ok(Self { python: python(workspace)?, node: node(workspace)? })
    }

    /// What `npm pack` made of the Node package.
    pub(crate) fn tarball(&self, workspace: &Workspace) -> PathBuf {
        tarball(&self.node, workspace)
    }
}

/// Both packages for a look: as they are installed too, but built as `build` says, and without what only developers need.
pub(crate) fn quick(build: &Build) -> Result<Packages> {
    let folder = build.workspace.scratch("packages/python");
    let python = python_with(build.workspace, &folder, |install| {
        build.set_up(install, true)?;
        install.env("MATURIN_PEP517_ARGS", format!("--locked --profile {}", build.profile));
        Ok(())
    })?;
    let folder = build.workspace.scratch("packages/node");
    empty_folder(&folder)?;
    release::addon(build, &folder)?;
    let packages = release::npm_packages(build.workspace, &folder, true)?;
    let mut tarballs = Vec::new();
    for package in &packages {
        npm(package, &["pack", "--pack-destination", &folder.to_string_lossy()])?;
        tarballs.push(format!("{}-{}.tgz", file_name(package), build.workspace.version));
    }
    let words = ["install", "--offline"].into_iter().chain(tarballs.iter().map(String::as_str));
    npm(&folder, &words.collect::<Vec<_>>())?;
    Ok(Packages { python, node: folder })
}

/// `pip install .` into a virtual environment of its own; gives the interpreter that has the package.
pub(crate) fn python(workspace: &Workspace) -> Result<PathBuf> {
    python_with(workspace, &workspace.scratch("packages/python"), |install| {
        install.env("CARGO_TARGET_DIR", workspace.target.join("python/cargo"));
        Ok(())
    })
}

fn python_with(
    workspace: &Workspace,
    folder: &Path,
    set_up: impl FnOnce(&mut Command) -> Result<()>,
) -> Result<PathBuf> {
    empty_folder(folder)?;
    shell::capture(Command::new(tools::python()).args(["-m", "venv"]).arg(folder))?;
    let interpreter = folder.join("bin/python");
    let mut install = Command::new(&interpreter);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "."]);
    install.current_dir(workspace.root.join("bindings/python"));
    set_up(&mut install)?;
    shell::capture(&mut install)?;
    Ok(interpreter)
}

/// `npm ci && npm run build && npm pack`, the same of agora-token-wasm, then `npm install` of the tarballs in an empty
/// folder; gives that folder.
pub(crate) fn node(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.scratch("packages/node");
    empty_folder(&folder)?;
    let source = workspace.root.join("bindings/node");
    npm(&source, &["ci"])?;
    npm(&source, &["run", "build"])?;
    npm(&source, &["pack", "--pack-destination", &folder.to_string_lossy()])?;
    let wasm = workspace.root.join("bindings/wasm");
    npm(&wasm, &["ci"])?;
    npm(&wasm, &["run", "build"])?;
    npm(&wasm, &["pack", "./build", "--pack-destination", &folder.to_string_lossy()])?;
    let wasm_tarball = folder.join(format!("agora-token-wasm-{}.tgz", workspace.version));
    let tarballs = [tarball(&folder, workspace), wasm_tarball].map(|path| path.to_string_lossy().into_owned());
    npm(&folder, &["install", "--offline", &tarballs[0], &tarballs[1]])?;
    Ok(folder)
}

fn tarball(folder: &Path, workspace: &Workspace) -> PathBuf {
    folder.join(format!("agora-token-native-{}.tgz", workspace.version))
}
