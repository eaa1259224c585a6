//! The import library of the shared library on Windows. The linker's own asks for the file that cargo made, and ours has
//! another name.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::cargo::Build;
use crate::platform::System;
use crate::{shell, tools};

/// Writes it into `folder`, for programs that find the functions in `library`.
pub(crate) fn write(build: &Build, library: &str, folder: &Path) -> Result<()> {
    let abi = fs::read_to_string(build.workspace.root.join("crates/ffi/abi.xml"))?;
    let symbols = abi.split("<elf-symbol name='").skip(1).filter_map(|rest| rest.split('\'').next());
    let functions: Vec<&str> = symbols.filter(|name| name.starts_with(crate::prelink::PREFIX)).collect();
    ensure!(!functions.is_empty(), "crates/ffi/abi.xml names no function");
    let definition = folder.join("agora_token.def");
    fs::write(&definition, format!("LIBRARY {library}\nEXPORTS\n{}\n", functions.join("\n")))?;
    let name = if build.platform.system == System::WindowsMsvc { "agora_token.lib" } else { "libagora_token.dll.a" };
    let machine = match build.platform.target.split('-').next() {
        Some("x86_64") => "i386:x86-64",
        Some("aarch64") => "arm64",
        _ => return Err(anyhow::anyhow!("dlltool knows no machine of {}", build.platform.target)),
    };
    let mut dlltool = tools::Cross::get(build.workspace)?.zig();
    dlltool.args(["dlltool", "-m", machine, "-D", library, "-d"]).arg(&definition).arg("-l").arg(folder.join(name));
    shell::capture(&mut dlltool).context("zig dlltool made no import library")?;
    fs::remove_file(&definition)?;
    Ok(())
}
