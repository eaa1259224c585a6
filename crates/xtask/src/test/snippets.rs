//! docs/install.md, README.md and the guides in docs followed to the letter, one after the other in one folder: their files
//! are written, their shell commands run, in order, in one shell.
//!
//! A fenced block is marked with its language and, when it is a file, with the file's name:
//! ```` ```c mint.c ````. A `sh` block without a name is run; an `output` block right behind it is all that it prints. A
//! `console` block shows commands of this repository and is only checked to name ones that exist. Any other block is an
//! error: nothing shown goes untested.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::Parser;

use super::setup::Setup;
use crate::report::Step;
use crate::workspace::symlink;
use crate::{Arguments, shell, tools};

/// The documents, with the languages that each must show.
const DOCUMENTS: [(&str, &[&str]); 7] = [
    ("docs/install.md", &["rust", "go", "java", "sh"]),
    ("README.md", &["cpp", "python", "js", "sh", "output"]),
    ("docs/shell.md", &["sh", "output"]),
    ("docs/c.md", &["c", "sh"]),
    ("docs/cpp.md", &["cpp", "cmake", "sh"]),
    ("docs/migration.md", &["c", "cpp", "rust", "python", "js", "go", "java", "sh", "output"]),
    ("docs/server.md", &["toml", "sh", "output"]),
];

/// One fenced block.
#[derive(Debug, PartialEq)]
struct Snippet<'a> {
    document: &'a str,
    /// The line of its opening fence, counted from 1.
    line: usize,
    language: &'a str,
    file: Option<&'a str>,
    text: String,
}

pub(super) fn run(setup: &Setup, step: &mut Step) -> Result<()> {
    let texts: Vec<String> =
        DOCUMENTS.iter().map(|(path, _)| fs::read_to_string(setup.source(path))).collect::<Result<_, _>>()?;
    let mut snippets = Vec::new();
    for ((document, languages), text) in DOCUMENTS.iter().zip(&texts) {
        let shown = extract(document, text)?;
        for language in *languages {
            ensure!(shown.iter().any(|snippet| snippet.language == *language), "{document} shows no {language}");
        }
        snippets.extend(shown);
    }
    if let Err(missing) = tools::JAVA.check() {
        step.not_run("the snippets in Java", missing);
        snippets.retain(|snippet| !snippet.needs_java());
    }
    let (console, story): (Vec<_>, Vec<_>) = snippets.iter().partition(|snippet| snippet.language == "console");
    for snippet in console {
        step.case(snippet.place(), commands_exist(snippet));
    }

    for tool in [tools::CURL, tools::GO] {
        if let Err(missing) = tool.check() {
            step.not_run("the snippets", missing);
            return Ok(());
        }
    }
    // Outside of the checkout, as a user's own folder is; the checkout is beside the program.
    let folder = std::env::temp_dir().join(format!("agora-token-readme-{}", std::process::id()));
    crate::workspace::empty_folder(&folder)?;
    symlink(&setup.workspace.root, &folder.join("agora-token"))?;
    let outcome = follow(setup, step, &story, &folder, &setup.fetched()?.path());
    fs::remove_dir_all(&folder)?;
    outcome
}

/// A document of its own, for which its suite has what it needs in these folders of the PATH.
pub(super) fn document(setup: &Setup, step: &mut Step, document: &str, path: &[&Path]) -> Result<()> {
    let text = fs::read_to_string(setup.source(document))?;
    let snippets = extract(document, &text)?;
    let folder = setup.folder(document)?;
    let system = std::env::var_os("PATH").unwrap_or_default();
    let all = path.iter().map(|folder| folder.to_path_buf()).chain(std::env::split_paths(&system));
    follow(setup, step, &snippets.iter().collect::<Vec<_>>(), &folder, &std::env::join_paths(all)?)
}

fn follow(setup: &Setup, step: &mut Step, story: &[&Snippet], folder: &Path, path: &OsStr) -> Result<()> {
    // A server that a failed command leaves behind would keep its port, and our pipe open for ever.
    let mut script = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n".to_owned();
    for (index, snippet) in story.iter().enumerate() {
        match snippet.file {
            Some(file) => write_file(setup, folder, file, &snippet.text)?,
            None if snippet.language == "output" => {}
            None => script += &commands(snippet, output_after(story, index).is_some()),
        }
    }
    let script_file = folder.join("story.sh");
    fs::write(&script_file, script)?;

    let mut bash = Command::new("bash");
    bash.args(["-euo", "pipefail"]).arg(&script_file).current_dir(folder);
    bash.env("PATH", path).env("CMAKE_GENERATOR", "Ninja").env("CC", tools::cc()).env("CXX", tools::cxx());
    bash.env("CARGO_TARGET_DIR", &setup.workspace.target);
    let done = shell::output(&mut bash)?;
    let said = shell::both(&done);
    // The first command that did not come to its end is to blame.
    let mut failed = false;
    for (index, snippet) in story.iter().enumerate().filter(|(_, snippet)| snippet.language != "output") {
        // A file is good when the commands behind it, which use it, came to their end.
        let user = story[index..].iter().find(|next| next.file.is_none() && next.language != "output");
        let reached = user.is_some_and(|user| said.contains(&user.marker()));
        if reached {
            step.case(snippet.place(), Ok(()));
        } else {
            let why = if failed { "not reached".to_owned() } else { format!("failed\n{}\n{said}", snippet.text) };
            failed = true;
            step.case(snippet.place(), Err(anyhow!(why)));
        }
        if let Some(expected) = output_after(story, index).filter(|_| reached) {
            let printed = fs::read_to_string(folder.join(snippet.printed()))?;
            let outcome = if printed == expected.text { Ok(()) } else { Err(anyhow!("it is\n{printed}")) };
            step.case(expected.place(), outcome);
        }
    }
    Ok(())
}

/// The commands of a block, and a mark that they came to their end. Where all that they print is shown, they may fail:
/// that shows too.
fn commands(snippet: &Snippet, is_printed: bool) -> String {
    let Snippet { text, .. } = snippet;
    let mark = format!("echo '{}'\n", snippet.marker());
    if is_printed {
        format!("{{\n{text}}} >{} 2>&1 || true\n{mark}", snippet.printed())
    } else {
        format!("{text}\n{mark}")
    }
}

/// What the block at `index` prints, if that is shown.
fn output_after<'a>(story: &[&'a Snippet<'a>], index: usize) -> Option<&'a Snippet<'a>> {
    story.get(index + 1).copied().filter(|next| next.language == "output")
}

fn write_file(setup: &Setup, folder: &Path, file: &str, text: &str) -> Result<()> {
    let path = folder.join(file);
    let parent = path.parent().context("a file without a folder")?;
    fs::create_dir_all(parent)?;
    ensure!(!path.exists(), "{file} is shown twice");
    fs::write(&path, text)?;
    if file.ends_with("Cargo.toml") {
        // The same versions of the dependencies as ours, so that nothing needs to be asked for.
        fs::copy(setup.source("Cargo.lock"), parent.join("Cargo.lock"))?;
    }
    Ok(())
}

impl Snippet<'_> {
    fn needs_java(&self) -> bool {
        self.language == "java" || self.language == "sh" && ["mvn ", "java -cp"].iter().any(|it| self.text.contains(it))
    }

    fn place(&self) -> String {
        let file = self.file.map(|file| format!(" {file}")).unwrap_or_default();
        format!("{}:{} {}{file}", self.document, self.line, self.language)
    }

    fn marker(&self) -> String {
        format!("== {}:{} done", self.document, self.line)
    }

    /// The file that keeps what it prints.
    fn printed(&self) -> String {
        format!("printed-{}.txt", self.line)
    }
}

/// Every line is a `cargo xtask` command that this program understands.
fn commands_exist(snippet: &Snippet) -> Result<()> {
    for line in snippet.text.lines() {
        command_exists(line.split('#').next().unwrap_or_default())?;
    }
    Ok(())
}

/// It is a `cargo xtask` command, and the suites in it are there.
fn command_exists(command: &str) -> Result<()> {
    let words = command.strip_prefix("cargo xtask").with_context(|| format!("no cargo xtask command: {command}"))?;
    Arguments::try_parse_from(std::iter::once("cargo xtask").chain(words.split_whitespace()))?;
    Ok(())
}

/// The fenced blocks of a Markdown text, in order.
fn extract<'a>(document: &'a str, markdown: &'a str) -> Result<Vec<Snippet<'a>>> {
    let mut snippets: Vec<Snippet> = Vec::new();
    let mut open: Option<Snippet> = None;
    for (number, line) in (1..).zip(markdown.lines()) {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => snippets.extend(open.take()),
            (Some(info), None) => {
                let snippet = opened(document, number, info)?;
                let is_behind_commands = snippets.last().is_some_and(|last| last.language == "sh");
                ensure!(snippet.language != "output" || is_behind_commands, "{}: of what?", snippet.place());
                open = Some(snippet);
            }
            (None, Some(snippet)) => {
                snippet.text += line;
                snippet.text.push('\n');
            }
            (None, None) => {}
        }
    }
    if let Some(snippet) = open {
        bail!("{}: the block does not end", snippet.place());
    }
    Ok(snippets)
}

fn opened<'a>(document: &'a str, line: usize, info: &'a str) -> Result<Snippet<'a>> {
    let mut words = info.split_whitespace();
    let language = words.next().unwrap_or_default();
    let file = words.next();
    let known = match language {
        "c" | "cpp" | "rust" | "python" | "js" | "go" | "java" | "toml" | "cmake" => file.is_some(),
        "sh" | "output" | "console" => file.is_none(),
        _ => false,
    };
    ensure!(known, "{document}:{line}: a block marked `{info}` would go untested");
    Ok(Snippet { document, line, language, file, text: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_with_language_file_and_line() {
        let markdown = "Text\n```c mint.c\nint x;\n```\nmore `code`\n```sh\ncc mint.c\n./mint\n```\n";
        let snippet = |line, language, file, text: &str| Snippet {
            document: "a.md",
            line,
            language,
            file,
            text: text.to_owned(),
        };
        let expected = [snippet(2, "c", Some("mint.c"), "int x;\n"), snippet(6, "sh", None, "cc mint.c\n./mint\n")];
        assert_eq!(extract("a.md", markdown).unwrap(), expected);
        assert_eq!(expected[0].place(), "a.md:2 c mint.c");
    }

    #[test]
    fn a_block_that_would_go_untested_is_an_error() {
        for markdown in [
            "```\nx\n```\n",
            "```python\nx\n```\n",
            "```c\nint x;\n```\n",
            "```sh run.sh\nls\n```\n",
            "```output\nx\n```\n",
            "```c x.c\nint x;\n```\n```output\nx\n```\n",
        ] {
            assert!(extract("a.md", markdown).is_err(), "{markdown}");
        }
    }

    #[test]
    fn an_output_belongs_to_the_commands_before_it() {
        let snippets = extract("a.md", "```sh\nls\n```\n```output\nx\n```\n```sh\nls\n```\n").unwrap();
        let story: Vec<_> = snippets.iter().collect();
        assert_eq!(output_after(&story, 0).map(|snippet| snippet.line), Some(4));
        assert_eq!(output_after(&story, 2), None);
        assert!(commands(story[0], true).contains(">printed-1.txt 2>&1 || true"));
        assert!(!commands(story[2], false).contains("true"));
    }

    #[test]
    fn a_block_must_end() {
        assert!(extract("a.md", "```sh\nls\n").is_err());
    }

    #[test]
    fn console_commands_must_exist() {
        let console =
            |text: &str| commands_exist(&extract("a.md", &format!("```console\n{text}```\n")).unwrap().remove(0));
        assert!(console("cargo xtask gen --check   # compare\n").is_ok());
        assert!(console("cargo xtask no-such-thing\n").is_err());
        assert!(console("cargo xtask test no-such-suite\n").is_err());
        assert!(console("rm -rf /\n").is_err());
    }

    #[test]
    fn every_command_that_a_page_names_exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let is_page = |path: &Path| crate::workspace::ends_in(path, &["md"]);
        let mut commands = 0;
        for page in crate::workspace::sources_under(&root, &is_page).unwrap() {
            let text = fs::read_to_string(&page).unwrap();
            // In backticks, or a line of its own.
            let inline = text.split('`').skip(1).step_by(2);
            let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
            for command in inline.chain(lines).filter(|text| text.starts_with("cargo xtask ")) {
                if let Err(error) = command_exists(command) {
                    // A text may name a command without all that it needs.
                    let kind = error.downcast_ref::<clap::Error>().map(clap::Error::kind);
                    let is_short = kind == Some(clap::error::ErrorKind::MissingRequiredArgument);
                    assert!(is_short, "{}: {command}: {error}", page.display());
                }
                commands += 1;
            }
        }
        assert!(commands > 30, "only {commands} commands were found");
    }
}
