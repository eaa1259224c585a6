//! The static library as shipped: one object that holds what the C ABI needs and shows nothing but the C ABI.
//!
//! Rust's own archive carries a copy of its standard library with global symbols. Two such archives in one
//! program clash, so everything is linked together once, here, and only the C ABI stays visible.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use crate::platform::Platform;
use crate::{elf, shell};

/// What every public function's name begins with.
pub(crate) const PREFIX: &str = "agora_";

/// Unwinding tables refer to it by this name across objects; it is weak, so several copies live side by side.
pub(crate) const PERSONALITY: &str = "DW.ref.rust_eh_personality";

/// Turns the archive `from` into the archive `to`; `work` is an empty folder for what lies between.
pub(crate) fn prelink(platform: &Platform, from: &Path, to: &Path, work: &Path) -> Result<()> {
    let tools = Tools::of(platform)?;
    let exports: Vec<String> = elf::globals(from)?.into_iter().filter(|name| name.starts_with(PREFIX)).collect();
    ensure!(!exports.is_empty(), "{} exports no {PREFIX} function", from.display());

    // The bitcode that LTO left behind would be most of the object, and binutils stumble over it.
    let stripped = work.join("stripped.a");
    let mut strip = tools.objcopy();
    strip.args(["--remove-section=.llvmbc", "--remove-section=.llvmcmd"]).args([from, &stripped]);
    shell::capture(&mut strip)?;

    let object = work.join("agora_token.o");
    let mut link = tools.ld();
    link.args(["-r", "--gc-sections", "-o"]).arg(&object);
    for export in &exports {
        link.arg(format!("--undefined={export}"));
    }
    shell::capture(link.arg(&stripped))?;

    let mut hide = tools.objcopy();
    hide.args(["--wildcard", "--strip-debug"]);
    hide.arg(format!("--keep-global-symbol={PREFIX}*")).arg(format!("--keep-global-symbol={PERSONALITY}"));
    shell::capture(hide.arg(&object))?;

    if to.exists() {
        std::fs::remove_file(to)?;
    }
    shell::capture(Command::new("ar").arg("rcsD").args([to, &object]))?;
    Ok(())
}

/// GNU binutils on the machine that they are for; for any other processor LLVM's tools, which the compiler comes with.
enum Tools {
    Gnu,
    Llvm {
        bin: PathBuf,
        /// Where they find LLVM.
        lib: PathBuf,
    },
}

impl Tools {
    fn of(platform: &Platform) -> Result<Self> {
        if platform.runs_here() {
            return Ok(Self::Gnu);
        }
        let folder = shell::capture(Command::new("rustc").args(["--print", "target-libdir"]))?;
        let bin = Path::new(folder.trim()).with_file_name("bin");
        ensure!(bin.join("rust-lld").exists(), "this Rust has no rust-lld: get Rust from https://rustup.rs");
        let root = shell::capture(Command::new("rustc").args(["--print", "sysroot"]))?;
        Ok(Self::Llvm { bin, lib: Path::new(root.trim()).join("lib") })
    }

    fn ld(&self) -> Command {
        match self {
            Self::Gnu => Command::new("ld"),
            Self::Llvm { bin, lib } => {
                let mut lld = Command::new(bin.join("rust-lld"));
                lld.args(["-flavor", "gnu"]).env("LD_LIBRARY_PATH", lib);
                lld
            }
        }
    }

    fn objcopy(&self) -> Command {
        match self {
            Self::Gnu => Command::new("objcopy"),
            Self::Llvm { bin, lib } => {
                let mut objcopy = Command::new(bin.join("rust-objcopy"));
                objcopy.env("LD_LIBRARY_PATH", lib);
                objcopy
            }
        }
    }
}
