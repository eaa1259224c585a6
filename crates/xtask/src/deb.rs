//! Debian packages of one installed tree: the library for who builds programs, and the tool with the token server and
//! its systemd units.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cargo::Build;
use crate::platform::GLIBC;
use crate::shell;
use crate::workspace::{empty_folder, files_under};

/// One package.
struct Package {
    name: &'static str,
    section: &'static str,
    /// The first line of its description, and the rest.
    about: [&'static str; 2],
    /// What of the installed tree is in it: paths that files begin with.
    holds: &'static [&'static str],
}

const LIBRARY: Package = Package {
    name: "libagora-token-dev",
    section: "libdevel",
    about: [
        "Access tokens of Agora's services for C and C++",
        "Mint, read, verify and explain AccessToken (006) and AccessToken2 (007): libraries, headers, and packages for\n pkg-config and CMake.",
    ],
    holds: &["include/", "lib/", "share/doc/agora-token/LICENSE", "share/doc/agora-token/libagora_token.cdx"],
};

const TOOL: Package = Package {
    name: "agora-token",
    section: "web",
    about: [
        "Access tokens of Agora's services, on the command line and over HTTP",
        "Mint, read, verify and explain AccessToken (006) and AccessToken2 (007), and a token server. Its units are\n installed and start nothing: it wants settings and an App Certificate first.",
    ],
    holds: &["bin/", "share/man/", "share/bash-completion/", "share/zsh/", "share/fish/", "share/doc/agora-token/"],
};

/// Packs what `tree` holds into `out`; gives the packages.
pub(crate) fn write(build: &Build, tree: &Path, out: &Path) -> Result<Vec<PathBuf>> {
    let architecture = match build.platform.target.split('-').next() {
        Some("x86_64") => "amd64",
        Some("aarch64") => "arm64",
        _ => bail!("Debian's name of the processor of {} is not known here", build.platform.target),
    };
    [LIBRARY, TOOL].iter().map(|package| package.write(build, architecture, tree, out)).collect()
}

impl Package {
    fn write(&self, build: &Build, architecture: &str, tree: &Path, out: &Path) -> Result<PathBuf> {
        let workspace = build.workspace;
        let root = workspace.scratch("deb").join(self.name);
        empty_folder(&root)?;
        for file in files_under(tree)? {
            let inside = file.strip_prefix(tree)?;
            if !self.holds.iter().any(|start| inside.to_string_lossy().starts_with(start)) {
                continue;
            }
            // Each package has a folder of its own for its papers.
            let place = inside.strip_prefix("share/doc/agora-token").map_or_else(
                |_| Path::new("usr").join(inside),
                |paper| Path::new("usr/share/doc").join(self.name).join(paper),
            );
            put(&file, &root.join(place))?;
        }
        let debian = root.join("DEBIAN");
        fs::create_dir_all(&debian)?;
        if self.name == TOOL.name {
            for unit in ["agora-token.service", "agora-token.socket"] {
                let from = workspace.root.join("examples/deploy").join(unit);
                put(&from, &root.join("usr/lib/systemd/system").join(unit))?;
            }
            put(
                &workspace.root.join("examples/deploy/serve.toml"),
                &root.join("usr/share/doc/agora-token/examples/serve.toml"),
            )?;
        } else {
            fs::write(debian.join("triggers"), "activate-noawait ldconfig\n")?;
        }
        let copyright = root.join("usr/share/doc").join(self.name).join("copyright");
        fs::write(
            copyright,
            "agora-token is licensed under MIT or Apache-2.0, at your option: see the files beside this one.\n",
        )?;
        let Self { name, section, about: [first, rest], .. } = self;
        let control = format!(
            "Package: {name}\nVersion: {}\nArchitecture: {architecture}\nSection: {section}\nPriority: optional\n\
             Maintainer: The agora-token authors <agora-token@agora-token.example>\nDepends: libc6 (>= {GLIBC})\n\
             Description: {first}\n {rest}\n",
            workspace.version
        );
        fs::write(debian.join("control"), control)?;
        let file = out.join(format!("{name}_{}_{architecture}.deb", workspace.version));
        let mut pack = Command::new("dpkg-deb");
        pack.args(["--build", "--root-owner-group", "-Zxz"]).arg(&root).arg(&file).env("SOURCE_DATE_EPOCH", "0");
        shell::capture(&mut pack).context("dpkg-deb is needed. Get it with: apt install dpkg")?;
        println!("wrote {}", file.display());
        Ok(file)
    }
}

fn put(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    shell::capture(Command::new("cp").arg("--no-dereference").arg("--preserve=mode,links").args([from, to])).map(drop)
}
