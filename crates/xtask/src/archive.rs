//! What people without Rust install: the installed tree of one platform in an archive, with documents of what is in it,
//! and the checksums of every file that is released.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::cargo::Build;
use crate::dist::{self, Parts};
use crate::workspace::{empty_folder, file_name, files_under};
use crate::{parts, sbom};

/// Writes the archive of a platform into `folder`, and the checksums of all that is there; gives the tree that it holds.
pub(crate) fn write(build: &Build, folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let tree = tree(build)?;
    let name = file_name(&tree);
    let archive = folder.join(parts::archive(build.workspace, &build.platform));
    let pack = if build.platform.is_windows() { zip } else { tar };
    pack(&tree, &name, &archive)?;
    println!("wrote {}", archive.display());
    checksums(folder)?;
    Ok(tree)
}

/// What is in the archive, as a folder of its name.
pub(crate) fn tree(build: &Build) -> Result<PathBuf> {
    let tree = build.workspace.scratch("archive").join(parts::archive_folder(build.workspace, &build.platform));
    empty_folder(&tree)?;
    dist::install(build, &tree, Parts::All)?;
    // What the libraries hold and what the tool holds, and under which licences.
    let documents = tree.join("share/doc/agora-token");
    let papers = sbom::checked(build.workspace, &build.platform.target, &build.workspace.scratch("archive/sbom"))?;
    for artefact in ["libagora_token", "agora-token"] {
        for paper in [papers.contents(artefact), papers.licences(artefact)] {
            fs::copy(&paper, documents.join(file_name(&paper)))?;
        }
    }
    Ok(tree)
}

/// SHA256SUMS of every file of a release in a folder, as `sha256sum --check` reads it.
pub(crate) fn checksums(folder: &Path) -> Result<()> {
    const LIST: &str = "SHA256SUMS";
    // The notes are the text of a release, and no file of it.
    const OTHERS: [&str; 2] = [LIST, "NOTES.md"];
    let mut list = String::new();
    for file in files_under(folder)?.into_iter().filter(|file| !OTHERS.contains(&&*file_name(file))) {
        let hash = Sha256::digest(fs::read(&file)?);
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        list += &format!("{hash}  {}\n", file.strip_prefix(folder)?.display());
    }
    fs::write(folder.join(LIST), list).with_context(|| format!("cannot write {LIST}"))
}

/// The same tree gives the same bytes: sorted, of nobody, and from no time.
fn tar(tree: &Path, name: &str, archive: &Path) -> Result<()> {
    let mut tar = tar::Builder::new(GzEncoder::new(File::create(archive)?, Compression::best()));
    tar.follow_symlinks(false);
    tar.mode(tar::HeaderMode::Deterministic);
    for file in files_under(tree)? {
        tar.append_path_with_name(&file, Path::new(name).join(file.strip_prefix(tree)?))?;
    }
    tar.into_inner()?.finish()?;
    Ok(())
}

fn zip(tree: &Path, name: &str, archive: &Path) -> Result<()> {
    let mut zip = zip::ZipWriter::new(File::create(archive)?);
    for file in files_under(tree)? {
        let inside = Path::new(name).join(file.strip_prefix(tree)?).to_string_lossy().replace('\\', "/");
        zip.start_file(inside, zip::write::SimpleFileOptions::default())?;
        io::copy(&mut File::open(&file)?, &mut zip)?;
    }
    zip.finish()?;
    Ok(())
}
