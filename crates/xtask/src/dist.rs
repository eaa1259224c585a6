//! The installed tree: headers, libraries, pkg-config and CMake packages, the command-line tool and its papers.
//!
//! Nothing in it names the folder it was installed to, so it may be moved or packed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo::Build;
use crate::platform::System;
use crate::prelink::prelink;
use crate::workspace::{Workspace, empty_folder, files_under, symlink};
use crate::{import_library, shell};

/// What to install.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parts {
    All,
    /// Without the command-line tool, its papers and the licences.
    Libraries,
}

/// Builds what is asked for and installs it under `prefix`, over whatever an earlier run left there.
pub(crate) fn install(build: &Build, prefix: &Path, parts: Parts) -> Result<()> {
    let prefix = std::path::absolute(prefix)?;
    let tree = Tree { build, workspace: build.workspace, prefix: &prefix };
    tree.headers()?;
    let native = tree.static_library()?;
    tree.shared_library()?;
    tree.packages(&native)?;
    if parts == Parts::All {
        tree.command_line_tool()?;
        tree.papers()?;
    }
    Ok(())
}

/// The flags of the libraries that a program links beside the installed static one.
pub(crate) fn native_flags(prefix: &Path) -> Result<Vec<String>> {
    let file = prefix.join("lib/pkgconfig/agora_token.pc");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let line =
        text.lines().find_map(|line| line.strip_prefix("Libs.private:")).context("the .pc file has no Libs.private")?;
    Ok(line.split_whitespace().map(str::to_owned).collect())
}

struct Tree<'a> {
    build: &'a Build<'a>,
    workspace: &'a Workspace,
    prefix: &'a Path,
}

impl Tree<'_> {
    fn headers(&self) -> Result<()> {
        let from = self.workspace.root.join("include");
        for header in files_under(&from)? {
            let place = Path::new("include").join(header.strip_prefix(&from)?);
            self.folder(place.parent().unwrap_or(&place))?;
            copy(&header, &self.prefix.join(place))?;
        }
        Ok(())
    }

    /// Installs the static library; returns the libraries its users must link, without `-l`.
    fn static_library(&self) -> Result<Vec<String>> {
        let built = self.build.static_library(&[])?;
        let lib = self.folder("lib")?;
        let platform = &self.build.platform;
        match platform.system {
            System::LinuxGnu | System::LinuxMusl => {
                let work = self.workspace.scratch("prelink");
                empty_folder(&work)?;
                prelink(platform, &built.path, &lib.join("libagora_token.a"), &work)?;
            }
            // No tool of these systems makes one object of an archive and hides its names: see docs/platforms.md.
            System::WindowsGnu | System::Mac => copy(&built.path, &lib.join("libagora_token.a"))?,
            System::WindowsMsvc => copy(&built.path, &lib.join("agora_token_static.lib"))?,
        }
        Ok(needed(&built.native))
    }

    fn shared_library(&self) -> Result<()> {
        let built = self.build.shared_library()?;
        let system = self.build.platform.system;
        let soname = self.workspace.soname(system);
        let lib = self.folder("lib")?;
        let (file, link) = match system {
            System::LinuxGnu | System::LinuxMusl => {
                (format!("libagora_token.so.{}", self.workspace.version), "libagora_token.so")
            }
            System::Mac => (format!("libagora_token.{}.dylib", self.workspace.version), "libagora_token.dylib"),
            System::WindowsGnu | System::WindowsMsvc => {
                copy(&built, &self.folder("bin")?.join(&soname))?;
                return import_library::write(self.build, &soname, &lib);
            }
        };
        copy(&built, &lib.join(&file))?;
        symlink(Path::new(&file), &lib.join(&soname))?;
        symlink(Path::new(&soname), &lib.join(link))
    }

    fn packages(&self, native: &[String]) -> Result<()> {
        let templates = self.workspace.root.join("cmake");
        let fill = |name: &str, folder: &str| -> Result<()> {
            let text = fs::read_to_string(templates.join(name)).with_context(|| format!("cannot read cmake/{name}"))?;
            let text = fill_in(&text, self.build, native);
            let file = self.folder(folder)?.join(name.trim_end_matches(".in"));
            fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
        };
        for name in ["agora_token.pc.in", "agora_token-static.pc.in"] {
            fill(name, "lib/pkgconfig")?;
        }
        for name in ["AgoraTokenConfig.cmake.in", "AgoraTokenConfigVersion.cmake.in", "AgoraTokenTargets.cmake"] {
            fill(name, "lib/cmake/AgoraToken")?;
        }
        // add_subdirectory needs the list before anything is built, so it stands in the file itself.
        let targets = fs::read_to_string(templates.join("AgoraTokenTargets.cmake"))?;
        let list = native.join(";");
        // musl has in its one library what glibc has in several, and empty ones of their names.
        ensure!(
            self.build.platform.system == System::LinuxMusl || targets.contains(&format!("set(needs \"{list}\")")),
            "AgoraTokenTargets.cmake should link \"{list}\", as rustc says"
        );
        Ok(())
    }

    fn command_line_tool(&self) -> Result<()> {
        let tool = self.folder("bin")?.join(self.build.platform.program("agora-token"));
        copy(&self.build.command_line_tool()?, &tool)?;
        // What it says of itself is the same on every platform, so a tool that does not run here needs no machine.
        let tool = if self.build.platform.runs_here() {
            tool
        } else {
            Build { profile: "dev", ..Build::of_host(self.workspace)? }.command_line_tool()?
        };
        for (shell_name, file) in [
            ("bash", "share/bash-completion/completions/agora-token"),
            ("zsh", "share/zsh/site-functions/_agora-token"),
            ("fish", "share/fish/vendor_completions.d/agora-token.fish"),
        ] {
            self.write(file, &shell::capture(Command::new(&tool).args(["completions", shell_name]))?)?;
        }
        shell::capture(Command::new(&tool).args(["man", "--dir"]).arg(self.folder("share/man/man1")?)).map(drop)
    }

    fn papers(&self) -> Result<()> {
        let doc = self.folder("share/doc/agora-token")?;
        for paper in ["LICENSE-MIT", "LICENSE-APACHE", "README.md", "CHANGELOG.md"] {
            copy(&self.workspace.root.join(paper), &doc.join(paper))?;
        }
        Ok(())
    }

    fn folder(&self, path: impl AsRef<Path>) -> Result<PathBuf> {
        let folder = self.prefix.join(path);
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }

    fn write(&self, path: &str, text: &str) -> Result<()> {
        let file = self.prefix.join(path);
        self.folder(file.parent().unwrap_or(self.prefix))?;
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
    }
}

fn fill_in(template: &str, build: &Build, native: &[String]) -> String {
    let Build { workspace, platform, .. } = build;
    let flag = |name: &String| if name.starts_with('-') { name.clone() } else { format!("-l{name}") };
    let flags: Vec<String> = native.iter().map(flag).collect();
    // Whoever names a target names one of 64 bits.
    let pointer_size = if platform.is_named { 8 } else { size_of::<usize>() };
    let major = workspace.version.split('.').next().unwrap_or_default();
    // What a shared library embeds it does not export again; other linkers export nothing that is not asked for.
    let hide = if platform.is_linux() { " -Wl,--exclude-libs,libagora_token.a" } else { "" };
    // By its name on the path: a folder with a blank in it would have to be escaped, which only -L is.
    let library = match platform.system {
        System::Mac => "${libdir}/libagora_token.a",
        System::WindowsMsvc => "${libdir}/agora_token_static.lib",
        _ => "-L${libdir} -l:libagora_token.a",
    };
    template
        .replace("@STATIC@", library)
        .replace("@VERSION@", &workspace.version)
        .replace("@MAJOR@", major)
        .replace("@SONAME@", &workspace.soname(platform.system))
        .replace("@HIDE@", hide)
        .replace("@NATIVE@", &flags.join(" "))
        .replace("@POINTER_SIZE@", &pointer_size.to_string())
}

/// The libraries that a program links beside the static one, of what the compiler names: as a linker takes them, each
/// once; a framework of macOS with its flag. Compilers link their own support library and libc themselves, and -lgcc_s
/// would rule out -static.
fn needed(native: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    let mut flags = native.iter();
    while let Some(flag) = flags.next() {
        if flag == "-framework" {
            names.extend(flags.next().map(|framework| format!("{flag} {framework}")));
            continue;
        }
        let name = flag.trim_start_matches("-l").trim_end_matches(".lib");
        let is_the_compilers = ["gcc_s", "gcc_eh", "gcc", "c", "unwind", "System"].contains(&name);
        // A path of Rust's own toolchain, or a flag of one linker.
        if !is_the_compilers && !name.starts_with([':', '/', '-']) {
            names.push(name.to_owned());
        }
    }
    last_of_each(&names)
}

/// `names` without repetition; the last place of each counts, as for a linker.
fn last_of_each(names: &[String]) -> Vec<String> {
    let mut rest = names;
    let mut kept = Vec::new();
    while let Some((first, later)) = rest.split_first() {
        if !later.contains(first) {
            kept.push(first.clone());
        }
        rest = later;
    }
    kept
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    // A program that runs from an earlier install keeps its file: the new one gets a new inode.
    if to.symlink_metadata().is_ok() {
        fs::remove_file(to)?;
    }
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_keep_their_last_place() {
        let needed = |said: &str| needed(&said.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(needed("-lm -lgcc_s -lrt -lutil -lrt -lm -ldl -lc"), ["util", "rt", "m", "dl"]);
        assert_eq!(needed("-framework CoreFoundation -liconv -lSystem"), ["-framework CoreFoundation", "iconv"]);
        assert!(needed("").is_empty());
        assert_eq!(needed("kernel32.lib ntdll.lib /defaultlib:msvcrt"), ["kernel32", "ntdll"]);
    }
}
