//! The core as WebAssembly, for languages that run it without native code: a module of the C ABI, and one of the bridge of
//! the npm packages. They are committed where they are embedded, each beside a note of what it was made from.
//!
//! A module needs the standard library for its target. Where rustup has the component rust-src, that is taken; elsewhere
//! Debian's package of the same version, unpacked under target/. Always it is built here, with this compiler, so that
//! the same toolchain gives the same bytes.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

use crate::workspace::{Workspace, empty_folder, files_under};
use crate::{cargo, shell};

/// A module that is committed.
struct Module {
    package: &'static str,
    /// What Cargo calls it.
    made: &'static str,
    /// Whose sources go into it, the core's besides.
    folder: &'static str,
    /// Where it is committed; its note has `.txt` behind.
    path: &'static str,
}

const MODULES: [Module; 2] = [
    Module {
        package: "agora-token-ffi",
        made: "agora_token_ffi.wasm",
        folder: "crates/ffi",
        path: "bindings/go/internal/core/agora_token.wasm",
    },
    Module {
        package: "agora-token-node",
        made: "agora_token_node.wasm",
        folder: "bindings/node",
        path: "bindings/wasm/agora_token.wasm",
    },
];

/// More than this no package should carry.
const LARGEST: usize = 700_000;
const TARGET: &str = "wasm32-unknown-unknown";
/// Small, since a module that panics is thrown away: no texts of panics. A stack that holds eight times what the deepest
/// call takes, and that can be wiped after each. And no path of a checkout, which would change the bytes.
const FLAGS: &str = "-Zlocation-detail=none -Zunstable-options -Cpanic=immediate-abort -Clink-arg=-zstack-size=65536";

/// Builds the modules and writes them to their places.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    let library = Library::get(workspace)?;
    let toolchain = library.toolchain()?;
    for module in &MODULES {
        let bytes = module.build(workspace, &library)?;
        fs::write(workspace.root.join(module.path), &bytes)?;
        let (sources, hash, path) = (module.sources(workspace)?, hash(&bytes), module.path);
        fs::write(
            workspace.root.join(module.note()),
            format!(
                "What cargo xtask wasm made agora_token.wasm from.\n\
                 toolchain: {toolchain}\nsources: {sources}\nmodule: {hash}\n"
            ),
        )?;
        println!("wrote {path}: {} bytes", bytes.len());
    }
    Ok(())
}

/// Builds the modules again where the toolchain is the one that built the committed ones, and compares the bytes.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    check_sources(workspace)?;
    let library = Library::get(workspace)?;
    let here = library.toolchain()?;
    for module in &MODULES {
        let path = module.path;
        let there = module.noted(workspace, "toolchain")?;
        if here != there {
            println!("not compared: {path} was built by {there}, here is {here}");
            continue;
        }
        ensure!(
            module.build(workspace, &library)? == fs::read(workspace.root.join(path))?,
            "{path} has other bytes now"
        );
        println!("{path} is what {here} builds");
    }
    Ok(())
}

/// Fails when a committed module was not made from the sources as they are now.
pub(crate) fn check_sources(workspace: &Workspace) -> Result<()> {
    for module in &MODULES {
        let (path, folder) = (module.path, module.folder);
        let bytes = fs::read(workspace.root.join(path)).context(path)?;
        ensure!(
            module.noted(workspace, "sources")? == module.sources(workspace)?,
            "core, {folder} or what they need has changed: run cargo xtask wasm"
        );
        ensure!(
            module.noted(workspace, "module")? == hash(&bytes),
            "{path} is not the module of its note: run cargo xtask wasm"
        );
        ensure!(bytes.len() <= LARGEST, "{path} has {} bytes, at most {LARGEST} are wanted", bytes.len());
    }
    Ok(())
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Module {
    fn note(&self) -> String {
        format!("{}.txt", self.path)
    }

    /// What the note says of this name.
    fn noted(&self, workspace: &Workspace, name: &str) -> Result<String> {
        let note = self.note();
        let text = fs::read_to_string(workspace.root.join(&note)).context(note.clone())?;
        let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        Ok(found.with_context(|| format!("{note} does not name its {name}"))?.to_owned())
    }

    /// The hash of everything that the module is made of: two crates, their dependencies by version, and how it is built.
    fn sources(&self, workspace: &Workspace) -> Result<String> {
        let mut all = Sha256::new();
        for folder in ["crates/core", self.folder] {
            let folder = workspace.root.join(folder);
            let mut files = files_under(&folder.join("src"))?;
            files.push(folder.join("Cargo.toml"));
            for file in files {
                all.update(file.strip_prefix(&workspace.root)?.to_string_lossy().as_bytes());
                all.update(fs::read(&file)?);
            }
        }
        let mut tree = cargo::cargo(workspace, "tree");
        tree.args(["--package", self.package, "--no-default-features", "--target", TARGET]);
        tree.args(["--edges", "normal,build", "--prefix", "none", "--format", "{p} {f}"]);
        // A path is that of this checkout, and a star says that a package was there before.
        let mut packages: Vec<String> = shell::capture(&mut tree)?
            .lines()
            .filter(|line| !line.contains(" (/"))
            .map(|line| line.trim_end_matches("(*)").trim().to_owned())
            .collect();
        packages.sort();
        packages.dedup();
        all.update(packages.join("\n"));
        all.update(FLAGS);
        let manifest = fs::read_to_string(workspace.root.join("Cargo.toml"))?;
        let profiles = manifest
            .split("\n[")
            .filter(|table| table.starts_with("profile.wasm") || table.starts_with("profile.release"));
        profiles.for_each(|table| all.update(table.trim_end()));
        Ok(all.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn build(&self, workspace: &Workspace, library: &Library) -> Result<Vec<u8>> {
        let folder = workspace.scratch("wasm").join("build");
        let mut cargo = cargo::cargo(workspace, "rustc");
        cargo.args(["--package", self.package, "--no-default-features", "--lib", "--crate-type", "cdylib"]);
        cargo
            .args(["--profile", "wasm", "--target", TARGET, "-Zbuild-std=std,panic_abort", "--target-dir"])
            .arg(&folder);
        // A stable compiler takes -Z, and looks for the library beside itself, unless told otherwise.
        cargo.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", FLAGS).env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo.env("__CARGO_TESTS_ONLY_SRC_ROOT", library.linked()?);
        shell::run(&mut cargo)?;
        let module = fs::read(folder.join(TARGET).join("wasm").join(self.made))?;
        ensure!(module.len() <= LARGEST, "the module has {} bytes, at most {LARGEST} are wanted", module.len());
        Ok(module)
    }
}

/// The source of the standard library.
struct Library {
    folder: PathBuf,
    origin: String,
}

impl Library {
    fn get(workspace: &Workspace) -> Result<Library> {
        let sysroot = shell::capture(Command::new("rustc").args(["--print", "sysroot"]))?;
        let beside = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library");
        if beside.join("Cargo.lock").exists() {
            return Ok(Library { folder: beside, origin: "rust-src of rustup".to_owned() });
        }
        let folder = workspace.scratch("wasm").join("rust-src");
        let stamp = folder.join("version");
        if !stamp.exists() {
            let version = debian(&folder)?;
            fs::write(&stamp, version)?;
        }
        Ok(Library {
            folder: folder.join("library"),
            origin: format!("rust-src of Debian {}", fs::read_to_string(&stamp)?),
        })
    }

    /// The same source by a path that is the same for every checkout: it goes into the names of symbols, whose order
    /// makes the bytes of the module.
    fn linked(&self) -> Result<PathBuf> {
        let link = Path::new("/tmp/agora-token-rust-library");
        match fs::remove_file(link) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error).context("cannot remove an older link")?,
            _ => symlink(&self.folder, link)?,
        }
        Ok(link.to_owned())
    }

    fn toolchain(&self) -> Result<String> {
        Ok(format!("{}, {}", shell::capture(Command::new("rustc").arg("--version"))?.trim(), self.origin))
    }
}

/// Debian's package of the compiler's version, unpacked in `folder`: from backports, with lists of its own, so that the
/// system's stay as they are. Gives its version.
fn debian(folder: &Path) -> Result<String> {
    const HOW: &str = "the source of the standard library is needed. Get it with: rustup component add rust-src";
    let version = shell::capture(Command::new("rustc").arg("--version"))?;
    let version = version.split(' ').nth(1).context("rustc names no version")?.to_owned();
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
