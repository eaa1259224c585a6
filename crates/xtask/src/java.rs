//! The Java tools: Maven, and the formatter that Maven fetches.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::shell;
use crate::tools;
use crate::workspace::Workspace;

/// Google's formatter, the newest version that Java 17 runs.
const FORMATTER: &str = "com.google.googlejavaformat:google-java-format:1.28.0:jar:all-deps";

/// Maven in a folder; it fetches what it does not have yet.
pub(crate) fn maven(folder: &Path) -> Command {
    let mut maven = Command::new("mvn");
    maven.current_dir(folder).args(["--batch-mode", "--quiet", "--no-transfer-progress"]);
    maven
}

/// google-java-format, fetched if need be.
pub(crate) struct Formatter {
    jar: PathBuf,
}

impl Formatter {
    /// Nothing where the machine has no Java or no Maven.
    pub(crate) fn get(workspace: &Workspace) -> Result<Option<Formatter>> {
        if tools::JAVA.check().is_err() {
            return Ok(None);
        }
        let folder = workspace.scratch("java");
        let jar = folder.join("google-java-format.jar");
        if !jar.exists() {
            println!("   fetching from Maven Central into {}: google-java-format", folder.display());
            std::fs::create_dir_all(&folder)?;
            let copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
            let mut maven = maven(&folder);
            maven.args([copy, &format!("-Dartifact={FORMATTER}"), "-Dmdep.stripVersion=true"]);
            shell::capture(maven.arg(format!("-DoutputDirectory={}", folder.display())))?;
            std::fs::rename(folder.join("google-java-format-all-deps.jar"), &jar)
                .context("Maven did not fetch the formatter")?;
        }
        Ok(Some(Formatter { jar }))
    }

    /// The formatter, whose arguments are options and files.
    pub(crate) fn command(&self) -> Command {
        let mut java = Command::new("java");
        // It reads and writes with the compiler's own classes, which ask to be told so.
        for package in ["api", "code", "file", "parser", "tree", "util"] {
            java.args(["--add-exports", &format!("jdk.compiler/com.sun.tools.javac.{package}=ALL-UNNAMED")]);
        }
        java.args(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"]).arg(&self.jar);
        java
    }

    /// The texts as the formatter leaves them, in one go, since starting it takes a second.
    pub(crate) fn format(&self, folder: &Path, texts: Vec<(PathBuf, String)>) -> Result<Vec<(PathBuf, String)>> {
        crate::workspace::empty_folder(folder)?;
        let mut copies = Vec::new();
        for (number, (_, text)) in texts.iter().enumerate() {
            let copy = folder.join(format!("{number}.java"));
            std::fs::write(&copy, text)?;
            copies.push(copy);
        }
        let done = shell::output(self.command().arg("--replace").args(&copies))?;
        ensure!(done.status.success(), "google-java-format: {}", shell::both(&done));
        let files = texts.into_iter().map(|(file, _)| file).zip(&copies);
        files.map(|(file, copy)| Ok((file, std::fs::read_to_string(copy)?))).collect()
    }
}
