//! The formatter of each language, over one generated text.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, ensure};

use crate::tools::{self, Fetched};
use crate::workspace::Workspace;

/// The formatters, at the versions that this repository pins.
pub(crate) struct Formatters {
    root: PathBuf,
    fetched: Fetched,
    prettier: PathBuf,
    has_go: bool,
}

impl Formatters {
    /// Fetches what is not there yet.
    pub(crate) fn get(workspace: &Workspace) -> Result<Self> {
        let prettier = tools::prettier(workspace)?;
        let has_go = tools::GO.check().is_ok();
        Ok(Self { root: workspace.root.clone(), fetched: Fetched::get(workspace)?, prettier, has_go })
    }

    /// Whether this machine has what formats a file: where there is no Go, its files are left alone.
    pub(crate) fn can_format(&self, file: &Path) -> bool {
        self.has_go || file.extension().is_none_or(|ending| ending != "go")
    }

    /// The text as the people of its language format it; by the ending of the file, which need not be there yet.
    pub(crate) fn format(&self, file: &Path, text: String) -> Result<String> {
        let mut command = match file.extension().and_then(OsStr::to_str) {
            Some("rs") => {
                let mut rustfmt = Command::new("rustfmt");
                rustfmt.args(["--edition", "2024", "--config-path"]).arg(self.root.join("rustfmt.toml"));
                rustfmt
            }
            Some("h" | "hpp" | "c" | "cpp") => {
                let mut clang_format = self.fetched.clang_format();
                clang_format.arg("--assume-filename").arg(file);
                clang_format
            }
            Some("py" | "pyi") => {
                let mut ruff = self.fetched.ruff();
                ruff.args(["format", "--quiet", "--stdin-filename"]).arg(file).arg("-");
                ruff
            }
            Some("js" | "cjs" | "mjs" | "ts" | "cts" | "mts") => {
                let mut prettier = Command::new("node");
                prettier.arg(&self.prettier).arg("--stdin-filepath").arg(file);
                prettier
            }
            Some("go") => Command::new("gofmt"),
            _ => return Ok(text),
        };
        let name = file.display();
        let mut child = command
            .current_dir(&self.root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start the formatter of {name}"))?;
        let stdin = child.stdin.take();
        // The formatter may write before it has read everything.
        let writer = thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes())));
        let done = child.wait_with_output()?;
        let written = writer.join();
        ensure!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        ensure!(matches!(written, Ok(Ok(()))), "{name}: the formatter did not read all of it");
        Ok(String::from_utf8(done.stdout)?)
    }
}
