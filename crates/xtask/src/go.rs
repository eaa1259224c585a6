//! Go: its commands, and the programs of examples/go.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::shell;
use crate::workspace::Workspace;

/// `go` in a folder of the checkout, without C unless that is asked for, and with no other toolchain than the one here.
pub(crate) fn go(folder: &Path, words: &[&str]) -> Command {
    let mut go = Command::new("go");
    go.current_dir(folder).args(words);
    go.env("CGO_ENABLED", "0").env("GOTOOLCHAIN", "local").env("GOFLAGS", "-mod=readonly").env_remove("GOOS");
    go
}

/// The same with C, for the tag agora_cgo: the static library of a prefix, as pkg-config says. Go knows few flags of the
/// linker, and wants to be told of another.
pub(crate) fn linked(go: &mut Command, prefix: &Path, path: OsString) {
    go.env("CGO_ENABLED", "1").env("PATH", path).env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
    go.env("CGO_LDFLAGS_ALLOW", "-Wl,--exclude-libs,libagora_token.a");
    // Go's cache looks at this, and not at what pkg-config says: else it keeps the flags of another prefix.
    go.env("CGO_LDFLAGS", format!("-O2 -g '-L{}'", prefix.join("lib").display()));
}

/// Builds every program of examples/go into a folder.
pub(crate) fn examples(workspace: &Workspace, folder: &Path) -> Result<()> {
    let mut build = go(&workspace.root.join("examples/go"), &["build", "-trimpath", "-o"]);
    shell::capture(build.arg(folder).arg("./...")).map(drop)
}
