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
use crate::sbom;
use crate::workspace::{empty_folder, file_name, files_under};

/// Writes the archive of a platform into `folder`, and the checksums of all that is there; gives the tree that it holds.
pub(crate) fn write(build: &Build, folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let tree = tree(build)?;
    let name = file_name(&tree);
    let archive = if build.platform.is_windows() {
        zip(&tree, &name, folder.join(format!("{name}.zip")))?
    } else {
        tar(&tree, &name, folder.join(format!("{name}.tar.gz")))?
    };
    println!("wrote {}", archive.display());
    checksums(folder)?;
    Ok(tree)
}

/// What is in the archive, as a folder of its name.
pub(crate) fn tree(build: &Build) -> Result<PathBuf> {
    let name = format!("agora-token-{}-{}", build.workspace.version, build.platform.target);
    let tree = build.workspace.scratch("archive").join(&name);
    empty_folder(&tree)?;
    dist::install(build, &tree, Parts::All)?;
    // One document for what the libraries hold, one for the tool.
    let documents = tree.join("share/doc/agora-token");
    let written = sbom::write(build.workspace, &build.platform.target, &build.workspace.scratch("archive/sbom"))?;
    for document in written {
        sbom::check(&document)?;
        if ["libagora_token.cdx.json", "agora-token.cdx.json"].contains(&&*file_name(&document)) {
            fs::copy(&document, documents.join(file_name(&document)))?;
        }
    }
    Ok(tree)
}

/// SHA256SUMS of every other file in a folder, as `sha256sum --check` reads it.
pub(crate) fn checksums(folder: &Path) -> Result<()> {
    const LIST: &str = "SHA256SUMS";
    let mut list = String::new();
    for file in files_under(folder)?.into_iter().filter(|file| file_name(file) != LIST) {
        let hash = Sha256::digest(fs::read(&file)?);
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        list += &format!("{hash}  {}\n", file.strip_prefix(folder)?.display());
    }
    fs::write(folder.join(LIST), list).with_context(|| format!("cannot write {LIST}"))
}

/// The same tree gives the same bytes: sorted, of nobody, and from no time.
fn tar(tree: &Path, name: &str, archive: PathBuf) -> Result<PathBuf> {
    let mut tar = tar::Builder::new(GzEncoder::new(File::create(&archive)?, Compression::best()));
    tar.follow_symlinks(false);
    tar.mode(tar::HeaderMode::Deterministic);
    for file in files_under(tree)? {
        tar.append_path_with_name(&file, Path::new(name).join(file.strip_prefix(tree)?))?;
    }
    tar.into_inner()?.finish()?;
    Ok(archive)
}

fn zip(tree: &Path, name: &str, archive: PathBuf) -> Result<PathBuf> {
    let mut zip = zip::ZipWriter::new(File::create(&archive)?);
    for file in files_under(tree)? {
        let inside = Path::new(name).join(file.strip_prefix(tree)?).to_string_lossy().replace('\\', "/");
        zip.start_file(inside, zip::write::SimpleFileOptions::default())?;
        io::copy(&mut File::open(&file)?, &mut zip)?;
    }
    zip.finish()?;
    Ok(archive)
}
