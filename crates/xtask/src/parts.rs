//! What a release has for each platform: by which names, and whether a file is whole.

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use flate2::bufread::GzDecoder;
use object::{Object, ObjectSection};
use serde_json::Value;

use crate::platform::{Platform, RELEASED, System};
use crate::workspace::{Workspace, file_name};

/// The parts for one platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// The archive with libraries, headers and the command-line tool
    Archive,
    /// The Debian packages of both, made from the same tree
    Deb,
    /// The Python wheel
    Wheel,
    /// The binary for the Node package
    Addon,
    /// The library for the jar
    Java,
}

impl Part {
    pub(crate) const ALL: [Self; 5] = [Self::Archive, Self::Deb, Self::Wheel, Self::Addon, Self::Java];

    /// The names of its files; of a wheel's the tag of the system is maturin's to say, so it is a beginning and an end.
    /// None where there is no such thing for the platform.
    fn names(self, workspace: &Workspace, platform: &Platform) -> Result<Vec<(String, String)>> {
        let (version, target) = (&workspace.version, &platform.target);
        let whole = |name: String| vec![(name, String::new())];
        Ok(match self {
            Self::Archive => whole(archive(workspace, platform)),
            Self::Deb if platform.system == System::LinuxGnu => {
                let architecture = debian(platform)?;
                let of = |package| (format!("{package}_{version}_{architecture}.deb"), String::new());
                ["agora-token", "libagora-token-dev"].map(of).into()
            }
            Self::Addon => addon(workspace, platform)?.map(whole).unwrap_or_default(),
            // Python, Node and Java on Windows are of MSVC.
            Self::Deb | Self::Wheel | Self::Java if platform.system == System::WindowsGnu => Vec::new(),
            Self::Deb => Vec::new(),
            Self::Java => whole(java(workspace, platform)),
            Self::Wheel => {
                let system = match platform.system {
                    System::LinuxGnu => "manylinux",
                    System::LinuxMusl => "musllinux",
                    System::Mac => "macosx",
                    System::WindowsGnu | System::WindowsMsvc => "win_",
                };
                let processor = match target.split('-').next().unwrap_or_default() {
                    "x86_64" if platform.is_windows() => "amd64",
                    "aarch64" if !platform.is_linux() => "arm64",
                    processor => processor,
                };
                vec![(
                    format!("agora_token-{}-cp310-abi3-{system}", python_version(version)),
                    format!("{processor}.whl"),
                )]
            }
        })
    }

    /// Whether there is such a thing for the platform.
    pub(crate) fn exists(self, workspace: &Workspace, platform: &Platform) -> Result<bool> {
        Ok(!self.names(workspace, platform)?.is_empty())
    }
}

/// The one folder in the archive.
pub(crate) fn archive_folder(workspace: &Workspace, platform: &Platform) -> String {
    format!("agora-token-{}-{}", workspace.version, platform.target)
}

/// The archive's file.
pub(crate) fn archive(workspace: &Workspace, platform: &Platform) -> String {
    let ending = if platform.is_windows() { "zip" } else { "tar.gz" };
    format!("{}.{ending}", archive_folder(workspace, platform))
}

/// Debian's name of the processor.
pub(crate) fn debian(platform: &Platform) -> Result<&'static str> {
    match platform.target.split('-').next() {
        Some("x86_64") => Ok("amd64"),
        Some("aarch64") => Ok("arm64"),
        _ => bail!("Debian's name of the processor of {} is not known here", platform.target),
    }
}

/// What the jar will hold.
pub(crate) fn java(workspace: &Workspace, platform: &Platform) -> String {
    format!("agora-token-java-{}.{}.{}", workspace.version, platform.java(), platform.library_ending())
}

/// What the Node package of the platform will hold, where it has one.
pub(crate) fn addon(workspace: &Workspace, platform: &Platform) -> Result<Option<String>> {
    let node = node(workspace, platform)?;
    Ok(node.map(|node| format!("agora-token-native-{}.{node}.node", workspace.version)))
}

/// What the Node package calls the platform.
pub(crate) fn node(workspace: &Workspace, platform: &Platform) -> Result<Option<String>> {
    let text = fs::read_to_string(workspace.root.join("bindings/node/lib/platforms.json"))?;
    let platforms: Value = serde_json::from_str(&text)?;
    let mut platforms = platforms.as_object().context("platforms.json is no object")?.iter();
    Ok(platforms.find(|(_, of)| of["target"] == *platform.target).map(|(name, _)| name.clone()))
}

/// As Python's packages write a version: 1.0.0-rc.1 is 1.0.0rc1.
fn python_version(version: &str) -> String {
    version.replace("-alpha.", "a").replace("-beta.", "b").replace("-rc.", "rc")
}

/// A file that is there.
pub(crate) struct Found {
    pub(crate) part: Part,
    pub(crate) platform: Platform,
    pub(crate) path: PathBuf,
}

/// The file of a part that has one.
pub(crate) fn one(workspace: &Workspace, platform: &Platform, part: Part, folder: &Path) -> Result<PathBuf> {
    let files = fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    for (start, end) in part.names(workspace, platform)? {
        if let Some(file) = files.iter().find(|file| is_named(file, &start, &end)) {
            return Ok(file.clone());
        }
    }
    bail!("{} has no {part:?}", folder.display())
}

fn is_named(path: &Path, start: &str, end: &str) -> bool {
    let name = file_name(path);
    name == start || (!end.is_empty() && name.starts_with(start) && name.ends_with(end))
}

/// The parts of every platform in a folder. Fails when one is missing, unless they may be partial; when one is not whole or
/// for another machine; and when there is anything else, which would be of another version.
pub(crate) fn find(workspace: &Workspace, folder: &Path, is_partial: bool) -> Result<Vec<Found>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|file| file_name(file) != "SHA256SUMS");
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for target in RELEASED {
        let platform = Platform::named(target)?;
        for part in Part::ALL {
            for (start, end) in part.names(workspace, &platform)? {
                match files.iter().position(|file| is_named(file, &start, &end)) {
                    Some(place) => {
                        found.push(Found { part, platform: platform.clone(), path: files.swap_remove(place) })
                    }
                    None if end.is_empty() => missing.push(start),
                    None => missing.push(format!("{start}…{end}")),
                }
            }
        }
    }
    let strange: Vec<String> = files.iter().map(|file| file_name(file)).collect();
    ensure!(strange.is_empty(), "no parts of {}: {}", workspace.version, strange.join(", "));
    ensure!(is_partial || missing.is_empty(), "{} lacks {}", folder.display(), missing.join(", "));
    ensure!(!found.is_empty(), "{} has no parts", folder.display());
    for Found { platform, path, .. } in &found {
        whole(path, platform).with_context(|| format!("{} is damaged", file_name(path)))?;
    }
    Ok(found)
}

/// Fails when a file is not all that it says it is.
fn whole(path: &Path, platform: &Platform) -> Result<()> {
    let open = || File::open(path).map(BufReader::new);
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "gz" => {
            let read = io::copy(&mut GzDecoder::new(open()?), &mut io::sink())?;
            ensure!(read > 0, "it is empty");
        }
        "zip" | "whl" => {
            let mut zip = zip::ZipArchive::new(open()?)?;
            for place in 0..zip.len() {
                io::copy(&mut zip.by_index(place)?, &mut io::sink())?; // which compares checksums
            }
        }
        "deb" => whole_deb(&fs::read(path)?)?,
        _ => library(&fs::read(path)?, platform)?,
    }
    Ok(())
}

/// An archive of ar: each member has a line of 60 bytes before it, which ends in its size.
fn whole_deb(bytes: &[u8]) -> Result<()> {
    let mut rest = bytes.strip_prefix(b"!<arch>\n").context("it is no archive")?;
    let mut members = 0;
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(60).context("it ends early")?;
        let size: usize = std::str::from_utf8(&line[48..58])?.trim().parse()?;
        rest = after.get(size..).context("it ends early")?;
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        members += 1;
    }
    ensure!(members == 3, "it has {members} members, and not its version, control files and data");
    Ok(())
}

fn library(bytes: &[u8], platform: &Platform) -> Result<()> {
    let file = object::File::parse(bytes)?;
    for section in file.sections() {
        section.data()?;
    }
    let of = match file.architecture() {
        object::Architecture::X86_64 => "x86_64",
        object::Architecture::Aarch64 => "aarch64",
        _ => "another processor",
    };
    let system = match file.format() {
        object::BinaryFormat::Elf => platform.is_linux(),
        object::BinaryFormat::MachO => platform.system == System::Mac,
        object::BinaryFormat::Pe => platform.is_windows(),
        _ => false,
    };
    ensure!(system && platform.target.starts_with(of), "it is for {of}, and of the format {:?}", file.format());
    ensure!(file.exports()?.iter().any(|export| !export.name().is_empty()), "it exports nothing");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::empty_folder;

    /// Writes what looks like every part.
    fn all_parts(workspace: &Workspace, folder: &Path) {
        empty_folder(folder).unwrap();
        for target in RELEASED {
            let platform = Platform::named(target).unwrap();
            for part in Part::ALL {
                for (start, end) in part.names(workspace, &platform).unwrap() {
                    fs::write(folder.join(format!("{start}{end}")), "no part").unwrap();
                }
            }
        }
    }

    #[test]
    fn what_is_missing_strange_or_damaged_is_named() {
        let workspace = Workspace::open().unwrap();
        let folder = workspace.scratch("test/parts");
        let find = |is_partial| format!("{:#}", find(&workspace, &folder, is_partial).err().unwrap());
        all_parts(&workspace, &folder);
        assert!(find(false).contains(" is damaged: "), "{}", find(false));

        let version = &workspace.version;
        let addon = format!("agora-token-native-{version}.linux-x64-gnu.node");
        fs::remove_file(folder.join(&addon)).unwrap();
        let wheel = format!("agora_token-{version}-cp310-abi3-musllinuxaarch64.whl");
        fs::remove_file(folder.join(wheel)).unwrap();
        let missing = find(false);
        assert!(missing.contains(&addon) && missing.contains("-cp310-abi3-musllinux…aarch64.whl"), "{missing}");
        assert!(find(true).contains(" is damaged: "), "{}", find(true));

        fs::write(folder.join("agora-token-native-0.0.9.linux-x64-gnu.node"), "").unwrap();
        let strange = find(true);
        assert!(
            strange.ends_with(&format!("no parts of {version}: agora-token-native-0.0.9.linux-x64-gnu.node")),
            "{strange}"
        );
    }

    #[test]
    fn every_part_has_its_name() {
        let workspace = Workspace::open().unwrap();
        let names = |target: &str| {
            let platform = Platform::named(target).unwrap();
            Part::ALL.map(|part| part.names(&workspace, &platform).unwrap().len())
        };
        assert_eq!(names("x86_64-unknown-linux-gnu"), [1, 2, 1, 1, 1]);
        assert_eq!(names("aarch64-unknown-linux-musl"), [1, 0, 1, 1, 1]);
        assert_eq!(names("x86_64-pc-windows-gnu"), [1, 0, 0, 0, 0]);
        assert_eq!(python_version("1.0.0-rc.1"), "1.0.0rc1");
    }

    #[test]
    fn a_library_that_is_cut_short_is_found() {
        let host = Platform::host().unwrap();
        let bytes = fs::read(std::env::current_exe().unwrap()).unwrap();
        for size in [0, 100, bytes.len() / 2, bytes.len() - 1] {
            assert!(library(&bytes[..size], &host).is_err(), "{size} bytes");
        }
        let other = RELEASED.iter().map(|target| Platform::named(target).unwrap());
        let mut other = other.filter(|platform| platform.is_linux() && !platform.runs_here());
        let error = library(&bytes, &other.next().unwrap()).unwrap_err().to_string();
        assert!(error.starts_with("it is for ") && !error.contains("another"), "{error}");
    }

    #[test]
    fn a_package_that_is_cut_short_is_found() {
        let member = |name: &str, text: &str| {
            format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n{text}", 0, 0, 0, 100_644, text.len())
        };
        let whole =
            format!("!<arch>\n{}{}{}", member("debian-binary", "2.0\n"), member("control", "ab"), member("data", "cd"));
        whole_deb(whole.as_bytes()).unwrap();
        for size in [0, 8, 30, whole.len() - 62, whole.len() - 1] {
            assert!(whole_deb(&whole.as_bytes()[..size]).is_err(), "{size} bytes");
        }
    }
}
