//! The source of Rust's standard library, for targets that the compiler has no library for. Where rustup has the
//! component rust-src, that is taken; elsewhere Debian's package of the same version, unpacked under target/.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;
use crate::workspace::{Workspace, empty_folder};

/// The source of the standard library.
pub(crate) struct Library {
    pub(crate) folder: PathBuf,
    origin: String,
}

impl Library {
    pub(crate) fn get(workspace: &Workspace) -> Result<Library> {
        let sysroot = shell::capture(Command::new("rustc").args(["--print", "sysroot"]))?;
        let beside = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library");
        if beside.join("Cargo.lock").exists() {
            return Ok(Library { folder: beside, origin: "rust-src of rustup".to_owned() });
        }
        let folder = workspace.scratch("rust-src");
        let stamp = folder.join("version");
        // Of this very compiler: another's library does not build.
        let version = version()?;
        if !fs::read_to_string(&stamp).is_ok_and(|made| made.starts_with(&version)) {
            fs::write(&stamp, debian(&folder, &version)?)?;
        }
        Ok(Library {
            folder: folder.join("library"),
            origin: format!("rust-src of Debian {}", fs::read_to_string(&stamp)?),
        })
    }

    /// The compiler and this.
    pub(crate) fn toolchain(&self) -> Result<String> {
        Ok(format!("{}, {}", shell::capture(Command::new("rustc").arg("--version"))?.trim(), self.origin))
    }
}

/// The compiler's version, as `1.95.0`.
fn version() -> Result<String> {
    let version = shell::capture(Command::new("rustc").arg("--version"))?;
    Ok(version.split(' ').nth(1).context("rustc names no version")?.to_owned())
}

/// Debian's package of the compiler's version, unpacked in `folder`: from backports, with lists of its own, so that the
/// system's stay as they are. Gives its version.
fn debian(folder: &Path, version: &str) -> Result<String> {
    const HOW: &str = "the source of the standard library is needed. Get it with: rustup component add rust-src";
    let mirror = mirror().context(HOW)?;
    println!("fetching rust-src {version} from Debian into {}", folder.display());
    empty_folder(folder)?;
    for path in ["state/lists/partial", "cache/archives/partial", "etc/sources.list.d", "etc/apt.conf.d"] {
        fs::create_dir_all(folder.join(path))?;
    }
    let keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
    fs::write(folder.join("state/status"), "")?;
    fs::write(folder.join("etc/sources.list"), format!("deb [signed-by={keys}] {mirror} trixie-backports main\n"))?;
    let at = folder.display();
    let config = format!(
        "Dir::State \"{at}/state\";\nDir::State::status \"{at}/state/status\";\nDir::Cache \"{at}/cache\";\n\
         Dir::Etc \"{at}/etc\";\nAPT::Sandbox::User \"\";\n"
    );
    fs::write(folder.join("apt.conf"), config)?;
    let apt = |program: &str, words: &[&str]| {
        let mut command = Command::new(program);
        command.current_dir(folder).arg("-c").arg(folder.join("apt.conf")).args(words);
        shell::capture(&mut command).context(HOW)
    };
    apt("apt-get", &["update"])?;
    let known = apt("apt-cache", &["madison", "rust-src"])?;
    let offered = known.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim);
    let Some(package) = offered.into_iter().find(|offered| offered.starts_with(&format!("{version}+"))) else {
        bail!("Debian has no rust-src {version}; {HOW}");
    };
    apt("apt-get", &["download", &format!("rust-src={package}")])?;
    let file = fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path());
    let file = file.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "deb"));
    let unpacked = folder.join("unpacked");
    shell::capture(Command::new("dpkg").arg("-x").arg(file.context("apt-get downloaded nothing")?).arg(&unpacked))?;
    fs::rename(unpacked.join(format!("usr/src/rustc-{version}/library")), folder.join("library"))?;
    fs::remove_dir_all(&unpacked)?;
    Ok(package.to_owned())
}

/// Where the system gets Debian's packages from.
fn mirror() -> Option<String> {
    let lists = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"];
    let texts = lists.iter().filter_map(|file| fs::read_to_string(file).ok());
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).find_map(|line| {
        let words = line.strip_prefix("URIs:").or_else(|| line.strip_prefix("deb "))?;
        words.split_whitespace().find(|word| word.starts_with("http")).map(str::to_owned)
    })
}
