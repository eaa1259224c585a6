//! `cargo xtask proof`: what a release is made of installs on a machine that has no Rust, and what was installed mints
//! tokens that the official npm package reads and signs alike.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::languages::{APP_CERTIFICATE, APP_ID};
use crate::root::Root;
use crate::shell::{self, npm};
use crate::tools;
use crate::workspace::{Workspace, file_name, files_in};

/// What the users have. npm is copied from here: Debian's is hundreds of packages.
const PACKAGES: [&str; 8] =
    ["nodejs", "python3-venv", "python3-pip", "default-jdk-headless", "gcc", "libc6-dev", "pkgconf", "systemd"];

/// The folder of the user's work in the root.
const HOME: &str = "/srv/user";

/// Installs what a folder of a release holds for this machine's platform.
pub(crate) fn run(workspace: &Workspace, release: &Path) -> Result<()> {
    tools::require(&[tools::NODE])?;
    let user = User { root: Root::get(workspace, "user", &PACKAGES)?, release, version: &workspace.version };
    user.begin(workspace)?;
    let mut tokens = Vec::new();
    let installs: [(&str, Install); 5] = [
        ("wheel", &|| user.wheel()),
        ("npm packages", &|| user.npm()),
        ("jar", &|| user.jar()),
        ("archive", &|| user.archive()),
        ("Debian packages", &|| user.debian()),
    ];
    for (what, install) in installs {
        let minted = install().context(what)?;
        println!("{what}: installed, and minted {} tokens", minted.len());
        tokens.extend(minted);
    }
    let tests = workspace.root.join("tests/contract");
    npm(&tests, &["ci"])?;
    let mut official = Command::new("node");
    let done = shell::output_with_input(official.arg(tests.join("official.mjs")), &tokens.join("\n"))?;
    ensure!(done.status.success(), "npm agora-token: {}", shell::both(&done));
    println!("npm agora-token reads and signs all {} alike", tokens.len());
    Ok(())
}

/// Installs one thing, and gives tokens that it minted.
type Install<'a> = &'a dyn Fn() -> Result<Vec<String>>;

struct User<'a> {
    root: Root,
    release: &'a Path,
    version: &'a str,
}

impl User<'_> {
    /// An empty folder with the examples and npm. There is no Rust.
    fn begin(&self, workspace: &Workspace) -> Result<()> {
        let rust = self.root.command("sh").args(["-c", "! command -v rustc && ! command -v cargo"]).output()?;
        ensure!(rust.status.success(), "the root has Rust in it, or does not start");
        let home = self.root.folder.join(HOME.trim_start_matches('/'));
        crate::workspace::empty_folder(&home)?;
        for example in ["c/mint.c", "python/mint.py", "node/mint.mjs", "java/Mint.java"] {
            fs::copy(workspace.root.join("examples").join(example), home.join(file_name(Path::new(example))))?;
        }
        let modules = shell::capture(Command::new("npm").args(["root", "--global"]))?;
        self.root.copy(&Path::new(modules.trim()).join("npm"), "/opt/npm")
    }

    fn wheel(&self) -> Result<Vec<String>> {
        let wheel = self.take(|name| name.contains("manylinux") && name.ends_with("x86_64.whl"))?;
        self.sh("python3 -m venv env")?;
        self.sh(&format!("env/bin/pip install --quiet --no-index ./{wheel}"))?;
        self.mint(&["env/bin/python mint.py"])
    }

    fn npm(&self) -> Result<Vec<String>> {
        let main = self.take(|name| name == format!("agora-token-native-{}.tgz", self.version))?;
        let binary = self.take(|name| name.contains("-linux-x64-gnu-") && name.ends_with(".tgz"))?;
        let wasm = self.take(|name| name == format!("agora-token-wasm-{}.tgz", self.version))?;
        self.sh(&format!("node /opt/npm/bin/npm-cli.js install --offline --no-audit ./{main} ./{binary} ./{wasm}"))?;
        self.sh("sed s/agora-token-native/agora-token-wasm/ mint.mjs > mint-wasm.mjs")?;
        self.mint(&["node mint.mjs", "node mint-wasm.mjs"])
    }

    fn jar(&self) -> Result<Vec<String>> {
        let jar = self.take(|name| name == format!("agora-token-{}.jar", self.version))?;
        self.mint(&[&format!("java -cp {jar} Mint.java")])
    }

    /// Its library in a C program both ways, and its command-line tool.
    fn archive(&self) -> Result<Vec<String>> {
        let archive = self.take(|name| name.ends_with("x86_64-unknown-linux-gnu.tar.gz"))?;
        self.sh(&format!("tar --extract --file {archive}"))?;
        let folder = archive.trim_end_matches(".tar.gz");
        let packages = format!("PKG_CONFIG_PATH=$PWD/{folder}/lib/pkgconfig");
        self.compile(&format!("export {packages}"), "archive")?;
        self.mint(&[
            &format!("LD_LIBRARY_PATH={folder}/lib ./archive-shared"),
            "./archive-static",
            &format!("{folder}/bin/agora-token mint rtc --channel room --uid 42"),
        ])
    }

    /// The same where Debian puts it; and nothing of it is left when it was purged, of enabled units neither.
    fn debian(&self) -> Result<Vec<String>> {
        let library = self.take(|name| name.starts_with("libagora-token-dev_") && name.ends_with("amd64.deb"))?;
        let tool = self.take(|name| name.starts_with("agora-token_") && name.ends_with("amd64.deb"))?;
        let before = self.files()?;
        self.sh(&format!("dpkg --install ./{library} ./{tool}"))?;
        let installed = self.files()?;
        for wanted in
            ["/usr/bin/agora-token", "/usr/lib/systemd/system/agora-token.service", "/usr/include/agora_token.h"]
        {
            ensure!(installed.iter().any(|file| file == wanted), "{wanted} is not installed");
        }
        self.compile("true", "debian")?;
        let tokens =
            self.mint(&["./debian-shared", "./debian-static", "agora-token mint rtc --channel room --uid 42"])?;
        // Whoever uses the units enables them, which makes links; another time too, after an upgrade.
        self.sh("systemctl enable agora-token.socket agora-token.service")?;
        self.sh(&format!("dpkg --install ./{tool}"))?;
        let links = self.said("systemctl is-enabled agora-token.socket agora-token.service")?;
        ensure!(links == "enabled\nenabled\n", "an upgrade leaves the units {links}");
        self.sh("dpkg --purge agora-token libagora-token-dev")?;
        let left: Vec<String> = self.files()?.into_iter().filter(|file| !before.contains(file)).collect();
        ensure!(left.is_empty(), "the packages leave {}", left.join(", "));
        Ok(tokens)
    }

    /// mint.c with the libraries that pkg-config knows after these commands.
    fn compile(&self, before: &str, name: &str) -> Result<()> {
        self.sh(&format!("{before}; cc mint.c -o {name}-shared $(pkg-config --cflags --libs agora_token)"))?;
        self.sh(&format!("{before}; cc mint.c -o {name}-static $(pkg-config --cflags --libs agora_token-static)"))
    }

    /// What is installed beside the user's own files.
    fn files(&self) -> Result<Vec<String>> {
        let said = shell::capture(self.root.command("find").args(["/usr", "/etc", "-not", "-type", "d"]))?;
        // What the linker remembers is made anew.
        Ok(said.lines().filter(|file| !file.starts_with("/etc/ld.so.cache")).map(str::to_owned).collect())
    }

    fn mint(&self, commands: &[&str]) -> Result<Vec<String>> {
        commands.iter().map(|command| Ok(self.said(command)?.trim_end().to_owned())).collect()
    }

    /// Copies the one file of the release that has such a name to the user; gives the name.
    fn take(&self, is_wanted: impl Fn(&str) -> bool) -> Result<String> {
        let mut files: Vec<PathBuf> = Vec::new();
        for ending in ["whl", "tgz", "jar", "gz", "deb"] {
            files.extend(files_in(self.release, ending)?);
        }
        files.retain(|file| is_wanted(&file_name(file)));
        ensure!(files.len() == 1, "{} has {} files of that kind", self.release.display(), files.len());
        let name = file_name(&files[0]);
        self.root.copy(&files[0], &format!("{HOME}/{name}"))?;
        Ok(name)
    }

    fn sh(&self, command: &str) -> Result<()> {
        self.said(command).map(drop)
    }

    fn said(&self, command: &str) -> Result<String> {
        let mut sh = self.root.command("sh");
        sh.args(["-euc", &format!("cd {HOME}; {command}")]);
        shell::capture(sh.env("AGORA_APP_ID", APP_ID).env("AGORA_APP_CERTIFICATE", APP_CERTIFICATE))
    }
}
