//! Running other programs: one place that decides what a failed command tells its reader.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// The command as a person would type it. Arguments only: the environment may hold credentials.
pub(crate) fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    for argument in command.get_args() {
        let word = argument.to_string_lossy();
        words.push(if word.contains(' ') { format!("'{word}'") } else { word.into_owned() });
    }
    words.join(" ")
}

/// Runs `command` and returns whatever it did, both streams kept.
pub(crate) fn output(command: &mut Command) -> Result<Output> {
    let shown = describe(command);
    command.stdin(Stdio::null()).output().with_context(|| format!("cannot start: {shown}"))
}

/// Runs `command` quietly and returns its standard output; its streams are shown only in the error.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let done = output(command)?;
    if !done.status.success() {
        bail!("{} ({})\n{}", describe(command), done.status, both(&done));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// `npm` in a folder.
pub(crate) fn npm(folder: &Path, words: &[&str]) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.current_dir(folder).args(words).env("npm_config_audit", "false").env("npm_config_fund", "false");
    capture(&mut npm).map(drop)
}

/// Node's runner of tests in a folder of tests/; the last line that it prints is `N passed, N failed`.
pub(crate) fn node_tests(folder: &Path) -> Command {
    let mut node = Command::new("node");
    node.current_dir(folder).args(["--test", "--test-reporter=../../bindings/node/test/reporter.mjs"]);
    // A file that hangs is a failure, and no run without an end.
    node.arg("--test-timeout=600000");
    node
}

/// Like [`output`], with `input` on the command's standard input.
pub(crate) fn output_with_input(command: &mut Command, input: &str) -> Result<Output> {
    let shown = describe(command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start: {shown}"))?;
    child.stdin.take().context("the child has no standard input")?.write_all(input.as_bytes())?;
    Ok(child.wait_with_output()?)
}

/// Runs `command` with its streams on ours, for what takes long and shows its own progress.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = describe(command);
    let status = command.status().with_context(|| format!("cannot start: {shown}"))?;
    if !status.success() {
        bail!("{shown} ({status})");
    }
    Ok(())
}

/// Both streams of a finished command, standard output first.
pub(crate) fn both(done: &Output) -> String {
    let text = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_and_shows_both_streams() {
        let error = capture(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"])).unwrap_err().to_string();
        assert!(error.contains("sh -c 'echo out; echo err >&2; exit 3'"), "{error}");
        assert!(error.contains("exit status: 3") && error.contains("out\nerr"), "{error}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = capture(&mut Command::new("no-such-program-here")).unwrap_err().to_string();
        assert!(error.contains("no-such-program-here"), "{error}");
    }

    #[test]
    fn input_reaches_the_command() {
        assert_eq!(output_with_input(&mut Command::new("cat"), "hello").unwrap().stdout, b"hello");
    }
}
