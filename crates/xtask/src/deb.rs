//! Debian packages of one installed tree: the library for who builds programs, and the tool with the token server and
//! its systemd units.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cargo::Build;
use crate::platform::GLIBC;
use crate::workspace::{Workspace, empty_folder, file_name, files_under};
use crate::{parts, shell};

const MAINTAINER: &str = "The agora-token authors <agora-token@agora-token.example>";

/// What dpkg calls, so that an upgrade starts again what runs, removal stops it, and nothing is left of what was enabled.
const SCRIPTS: [(&str, &str); 3] = [
    ("postinst", include_str!("deb/postinst")),
    ("prerm", include_str!("deb/prerm")),
    ("postrm", include_str!("deb/postrm")),
];

/// Where the tree has its papers.
const DOCUMENTS: &str = "share/doc/agora-token/";

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
        "access tokens of Agora's services for C and C++",
        "Mint, read, verify and explain AccessToken (006) and AccessToken2 (007):\n libraries, headers, and packages for pkg-config and CMake.",
    ],
    holds: &["include/", "lib/", "share/doc/agora-token/LICENSE", "share/doc/agora-token/libagora_token."],
};

const TOOL: Package = Package {
    name: "agora-token",
    section: "web",
    about: [
        "access tokens of Agora's services, in a shell and over HTTP",
        "Mint, read, verify and explain AccessToken (006) and AccessToken2 (007),\n and a token server. Its units are installed and start nothing: it wants\n settings and an App Certificate first.",
    ],
    holds: &["bin/", "share/man/", "share/bash-completion/", "share/zsh/", "share/fish/", DOCUMENTS],
};

/// Packs what `tree` holds into `out`; gives the packages.
pub(crate) fn write(build: &Build, tree: &Path, out: &Path) -> Result<Vec<PathBuf>> {
    let architecture = parts::debian(&build.platform)?;
    [LIBRARY, TOOL].iter().map(|package| package.write(build, architecture, tree, out)).collect()
}

impl Package {
    fn write(&self, build: &Build, architecture: &str, tree: &Path, out: &Path) -> Result<PathBuf> {
        let workspace = build.workspace;
        let root = workspace.scratch("deb").join(self.name);
        empty_folder(&root)?;
        for file in files_under(tree)? {
            let inside = file.strip_prefix(tree)?;
            if let Some(place) = self.place(&inside.to_string_lossy()) {
                put(&file, &root.join(place))?;
            }
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
            for (name, text) in SCRIPTS {
                let file = debian.join(name);
                fs::write(&file, text)?;
                shell::capture(Command::new("chmod").arg("755").arg(file))?;
            }
        } else {
            fs::write(debian.join("triggers"), "activate-noawait ldconfig\n")?;
        }
        let papers = root.join("usr/share/doc").join(self.name);
        fs::write(papers.join("copyright"), copyright(workspace)?)?;
        let of = commit_time(workspace, "%ct")?;
        let changelog = format!(
            "{} ({}) unstable; urgency=medium\n\n  * What changed stands in CHANGELOG.md of the project.\n\n -- {MAINTAINER}  {}\n",
            self.name,
            workspace.version,
            commit_time(workspace, "%cD")?
        );
        fs::write(papers.join("changelog"), changelog)?;
        compress(&papers.join("changelog"))?;
        for page in
            files_under(&root)?.iter().filter(|file| file.parent().is_some_and(|parent| parent.ends_with("man1")))
        {
            compress(page)?;
        }
        let size = files_under(&root)?
            .iter()
            .map(|file| Ok(file.symlink_metadata()?.len().div_ceil(1024)))
            .sum::<Result<u64>>()?;
        let Self { name, section, about: [first, rest], .. } = self;
        let control = format!(
            "Package: {name}\nVersion: {}\nArchitecture: {architecture}\nSection: {section}\nPriority: optional\n\
             Maintainer: {MAINTAINER}\nInstalled-Size: {size}\nDepends: libc6 (>= {GLIBC})\nHomepage: {}\n\
             Description: {first}\n {rest}\n",
            workspace.version,
            env!("CARGO_PKG_REPOSITORY")
        );
        fs::write(debian.join("control"), control)?;
        let file = out.join(format!("{name}_{}_{architecture}.deb", workspace.version));
        let mut pack = Command::new("dpkg-deb");
        pack.args(["--build", "--root-owner-group", "-Zxz"]).arg(&root).arg(&file).env("SOURCE_DATE_EPOCH", of);
        shell::capture(&mut pack).context("dpkg-deb is needed. Get it with: apt install dpkg")?;
        println!("wrote {}", file.display());
        Ok(file)
    }

    /// Where Debian has a file of the installed tree, when it is in this package.
    fn place(&self, inside: &str) -> Option<PathBuf> {
        let is_libraries = inside.starts_with("share/doc/agora-token/libagora_token.");
        if !self.holds.iter().any(|start| inside.starts_with(start)) || (is_libraries && self.name == TOOL.name) {
            return None;
        }
        // Each package has a folder of its own for its papers.
        Some(if let Some(paper) = inside.strip_prefix(DOCUMENTS) {
            Path::new("usr/share/doc").join(self.name).join(paper)
        } else if let Some(completion) = inside.strip_prefix("share/zsh/site-functions/") {
            Path::new("usr/share/zsh/vendor-completions").join(completion) // the others are the administrator's
        } else {
            Path::new("usr").join(inside)
        })
    }
}

/// The notice of the MIT licence is ours, and the other licence is on every Debian.
fn copyright(workspace: &Workspace) -> Result<String> {
    let mit = fs::read_to_string(workspace.root.join("LICENSE-MIT"))?;
    let notice = mit.lines().find(|line| line.starts_with("Copyright ")).context("LICENSE-MIT names nobody")?;
    Ok(format!(
        "{notice}\n\nLicensed under MIT or Apache-2.0, at your option. The latter is\n/usr/share/common-licenses/Apache-2.0. \
         What is linked in, and its licences, stand\nin the file *.licenses.txt beside this one.\n\n{mit}"
    ))
}

/// When what is packed was committed, as git writes it.
fn commit_time(workspace: &Workspace, format: &str) -> Result<String> {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root).args(["log", "-1", &format!("--format={format}")]);
    Ok(shell::capture(&mut git)?.trim().to_owned())
}

/// A file in place of itself: the same text gives the same bytes.
fn compress(file: &Path) -> Result<()> {
    let to = file.with_file_name(format!("{}.gz", file_name(file)));
    let mut gz = GzEncoder::new(File::create(to)?, Compression::best());
    gz.write_all(&fs::read(file)?)?;
    gz.finish()?;
    Ok(fs::remove_file(file)?)
}

fn put(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    shell::capture(Command::new("cp").arg("--no-dereference").arg("--preserve=mode,links").args([from, to]))?;
    // Libraries are loaded, not run.
    if to.parent().is_some_and(|folder| folder.ends_with("lib")) && !to.is_symlink() {
        shell::capture(Command::new("chmod").arg("644").arg(to))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_its_place_in_its_package() {
        let place = |package: &Package, file: &str| {
            package.place(file).map(|place| place.to_string_lossy().into_owned()).unwrap_or_default()
        };
        let zsh = "share/zsh/site-functions/_agora-token";
        assert_eq!(place(&TOOL, zsh), "usr/share/zsh/vendor-completions/_agora-token");
        let library = "share/doc/agora-token/libagora_token.cdx.json";
        assert_eq!(place(&LIBRARY, library), "usr/share/doc/libagora-token-dev/libagora_token.cdx.json");
        assert_eq!(place(&TOOL, library), "");
        let tool = "share/doc/agora-token/agora-token.licenses.txt";
        assert_eq!((place(&TOOL, tool), place(&LIBRARY, tool)), (format!("usr/{tool}"), String::new()));
    }

    #[test]
    fn lines_of_descriptions_are_as_long_as_debian_wants() {
        for Package { about: [first, rest], .. } in [LIBRARY, TOOL] {
            assert!(first.len() <= 80 && rest.lines().all(|line| line.len() <= 80), "{rest}");
        }
    }
}
