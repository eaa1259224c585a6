//! What linking for macOS takes of its SDK, where there is none. A library of the system is named there by a short text:
//! where it is on every Mac, and what it exports. zig brings libSystem; these are the others.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// A file of the SDK, the library it stands for, and what is taken of it.
const STUBS: [(&str, &str, &str); 2] = [
    (
        "System/Library/Frameworks/CoreFoundation.framework/CoreFoundation.tbd",
        "/System/Library/Frameworks/CoreFoundation.framework/Versions/A/CoreFoundation",
        // For the local time zone, which the crate for times of Apache Arrow can ask for.
        "_CFRelease, _CFStringGetBytes, _CFStringGetCStringPtr, _CFStringGetLength, _CFTimeZoneCopySystem, \
         _CFTimeZoneGetName, _CFTimeZoneResetSystem",
    ),
    // Rust's libc names it and calls nothing of it.
    ("usr/lib/libiconv.tbd", "/usr/lib/libiconv.2.dylib", ""),
];

/// The folder of the SDK: the one that `SDKROOT` names, or one with the stubs.
pub(crate) fn folder(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("SDKROOT") {
        return Ok(named.into());
    }
    let folder = workspace.scratch("macos-sdk");
    for (file, library, symbols) in STUBS {
        let file = folder.join(file);
        let parent = file.parent().context("a stub without a folder")?;
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
        let targets = "[ x86_64-macos, arm64-macos ]";
        let exports = match symbols {
            "" => String::new(),
            symbols => format!("exports:\n  - targets: {targets}\n    symbols: [ {symbols} ]\n"),
        };
        let stub =
            format!("--- !tapi-tbd\ntbd-version: 4\ntargets: {targets}\ninstall-name: '{library}'\n{exports}...\n");
        fs::write(&file, stub).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(folder)
}
