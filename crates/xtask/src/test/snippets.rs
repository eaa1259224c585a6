//! README.md followed to the letter: its files are written, its shell commands run, in order, in one shell.
//!
//! A fenced block is marked with its language and, when it is a file, with the file's name:
//! ```` ```c mint.c ````. A `sh` block without a name is run. A `console` block shows commands of this repository
//! and is only checked to name ones that exist. Any other block is an error: nothing shown goes untested.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::Parser;

use super::Bench;
use crate::report::Step;
use crate::{Arguments, shell, tools};

/// One fenced block.
#[derive(Debug, PartialEq)]
struct Snippet<'a> {
    /// The line of its opening fence, counted from 1.
    line: usize,
    language: &'a str,
    file: Option<&'a str>,
    text: String,
}

pub(super) fn run(bench: &Bench, step: &mut Step) -> Result<()> {
    let readme = fs::read_to_string(bench.source("README.md"))?;
    let snippets = extract(&readme)?;
    for language in ["c", "cpp", "rust", "python", "js", "sh", "cmake"] {
        ensure!(snippets.iter().any(|snippet| snippet.language == language), "README.md shows no {language}");
    }
    let (console, story): (Vec<_>, Vec<_>) = snippets.iter().partition(|snippet| snippet.language == "console");
    for snippet in console {
        step.case(place(snippet), commands_exist(snippet));
    }

    // Outside of the checkout, as a user's own folder is; the checkout is beside the program.
    let folder = std::env::temp_dir().join(format!("agora-token-readme-{}", std::process::id()));
    crate::workspace::empty_folder(&folder)?;
    symlink(&bench.workspace.root, folder.join("agora-token"))?;
    let outcome = follow(bench, step, &story, &folder);
    fs::remove_dir_all(&folder)?;
    outcome
}

fn follow(bench: &Bench, step: &mut Step, story: &[&Snippet], folder: &Path) -> Result<()> {
    let mut script = String::new();
    for snippet in story {
        match snippet.file {
            Some(file) => write_file(bench, folder, file, &snippet.text)?,
            None => script += &format!("{}\necho '{}'\n", snippet.text, marker(snippet)),
        }
    }
    let script_file = folder.join("story.sh");
    fs::write(&script_file, script)?;

    let fetched = bench.fetched()?;
    let mut bash = Command::new("bash");
    bash.args(["-euo", "pipefail"]).arg(&script_file).current_dir(folder);
    bash.env("PATH", fetched.path()).env("CMAKE_GENERATOR", "Ninja").env("CC", tools::cc()).env("CXX", tools::cxx());
    bash.env("CARGO_TARGET_DIR", &bench.workspace.target);
    let done = shell::output(&mut bash)?;
    let said = shell::both(&done);
    // The first command that did not come to its end is to blame.
    let mut failed = false;
    for snippet in story {
        let reached = snippet.file.is_some() || said.contains(&marker(snippet));
        if reached {
            step.case(place(snippet), Ok(()));
        } else {
            let why = if failed { "not reached".to_owned() } else { format!("failed\n{}\n{said}", snippet.text) };
            failed = true;
            step.case(place(snippet), Err(anyhow!(why)));
        }
    }
    Ok(())
}

fn write_file(bench: &Bench, folder: &Path, file: &str, text: &str) -> Result<()> {
    let path = folder.join(file);
    let parent = path.parent().context("a file without a folder")?;
    fs::create_dir_all(parent)?;
    fs::write(&path, text)?;
    if file.ends_with("Cargo.toml") {
        // The same versions of the dependencies as ours, so that nothing needs to be asked for.
        fs::copy(bench.source("Cargo.lock"), parent.join("Cargo.lock"))?;
    }
    Ok(())
}

fn place(snippet: &Snippet) -> String {
    let mut place = format!("README.md:{} {}", snippet.line, snippet.language);
    if let Some(file) = snippet.file {
        let _ = write!(place, " {file}");
    }
    place
}

fn marker(snippet: &Snippet) -> String {
    format!("== README.md:{} done", snippet.line)
}

/// Every line is a `cargo xtask` command that this program understands.
fn commands_exist(snippet: &Snippet) -> Result<()> {
    for line in snippet.text.lines() {
        let command = line.split('#').next().unwrap_or_default();
        let words = command.strip_prefix("cargo xtask").with_context(|| format!("no cargo xtask command: {line}"))?;
        Arguments::try_parse_from(std::iter::once("cargo xtask").chain(words.split_whitespace()))?;
    }
    Ok(())
}

/// The fenced blocks of a Markdown text, in order.
fn extract(markdown: &str) -> Result<Vec<Snippet<'_>>> {
    let mut snippets = Vec::new();
    let mut open: Option<Snippet> = None;
    for (number, line) in (1..).zip(markdown.lines()) {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => snippets.extend(open.take()),
            (Some(info), None) => open = Some(opened(number, info)?),
            (None, Some(snippet)) => {
                snippet.text += line;
                snippet.text.push('\n');
            }
            (None, None) => {}
        }
    }
    if let Some(snippet) = open {
        bail!("line {}: the block does not end", snippet.line);
    }
    Ok(snippets)
}

fn opened(line: usize, info: &str) -> Result<Snippet<'_>> {
    let mut words = info.split_whitespace();
    let language = words.next().unwrap_or_default();
    let file = words.next();
    let known = match language {
        "c" | "cpp" | "rust" | "python" | "js" | "toml" | "cmake" => file.is_some(),
        "sh" | "console" => file.is_none(),
        _ => false,
    };
    ensure!(known, "line {line}: a block marked `{info}` would go untested");
    Ok(Snippet { line, language, file, text: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_with_language_file_and_line() {
        let snippets = extract("Text\n```c mint.c\nint x;\n```\nmore `code`\n```sh\ncc mint.c\n./mint\n```\n").unwrap();
        let expected = [
            Snippet { line: 2, language: "c", file: Some("mint.c"), text: "int x;\n".to_owned() },
            Snippet { line: 6, language: "sh", file: None, text: "cc mint.c\n./mint\n".to_owned() },
        ];
        assert_eq!(snippets, expected);
    }

    #[test]
    fn a_block_that_would_go_untested_is_an_error() {
        for markdown in ["```\nx\n```\n", "```python\nx\n```\n", "```c\nint x;\n```\n", "```sh run.sh\nls\n```\n"] {
            assert!(extract(markdown).is_err(), "{markdown}");
        }
    }

    #[test]
    fn a_block_must_end() {
        assert!(extract("```sh\nls\n").is_err());
    }

    #[test]
    fn console_commands_must_exist() {
        let console =
            |text: &str| commands_exist(&Snippet { line: 1, language: "console", file: None, text: text.to_owned() });
        assert!(console("cargo xtask gen --check   # compare\n").is_ok());
        assert!(console("cargo xtask no-such-thing\n").is_err());
        assert!(console("rm -rf /\n").is_err());
    }
}
