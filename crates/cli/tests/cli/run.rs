//! Runs the program, and looks at every output for what must not be there.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

pub(crate) const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
pub(crate) const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
pub(crate) const OTHER_CERTIFICATE: &str = "00000000000000000000000000000000";

/// One call of the program, with the sample credentials in an environment that is otherwise empty.
pub(crate) struct Call {
    args: Vec<String>,
    environment: Vec<(String, String)>,
    input: Vec<u8>,
}

pub(crate) struct Outcome {
    pub(crate) exit: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn call<S: AsRef<str>>(args: impl IntoIterator<Item = S>) -> Call {
    let args = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
    let call = Call { args, environment: Vec::new(), input: Vec::new() };
    call.with("AGORA_APP_ID", APP_ID).with("AGORA_APP_CERTIFICATE", CERTIFICATE)
}

impl Call {
    pub(crate) fn with(self, variable: &str, value: &str) -> Call {
        let mut call = self.without(variable);
        call.environment.push((variable.to_owned(), value.to_owned()));
        call
    }

    pub(crate) fn without(mut self, variable: &str) -> Call {
        self.environment.retain(|(name, _)| name != variable);
        self
    }

    pub(crate) fn input(mut self, input: impl Into<Vec<u8>>) -> Call {
        self.input = input.into();
        self
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_agora-token"));
        command.args(&self.args).env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn run(&self) -> Outcome {
        let mut command = self.command();
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = self.input.clone();
        // The program may leave before it read everything.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("its output");
        writer.join().expect("the writer");
        let outcome = Outcome {
            exit: output.status.code().expect("no signal"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        };
        self.look_for_secrets(&outcome);
        outcome
    }

    /// No certificate comes out anywhere, and no token in an error; nor a panic, nor a colour.
    fn look_for_secrets(&self, outcome: &Outcome) {
        let Outcome { stdout, stderr, .. } = outcome;
        let id = self.args.first();
        for out in [stdout, stderr] {
            assert!(!out.contains(CERTIFICATE), "{id:?} shows the certificate");
            assert!(!out.contains('\x1b'), "{id:?} colours a pipe");
        }
        for (name, value) in &self.environment {
            let is_certificate = name.starts_with("AGORA_APP_CERTIFICATE") && value.len() > 8;
            assert!(!(is_certificate && stderr.contains(value.trim())), "{id:?} shows {name}");
        }
        for token in self.args.iter().filter(|arg| arg.len() > 32 && (arg.starts_with("006") || arg.starts_with("007")))
        {
            assert!(!stderr.contains(token.as_str()), "{id:?} shows the token");
        }
        assert!(!stderr.contains("panicked"), "{stderr}");
    }
}

impl Outcome {
    /// Standard output of a call that succeeded.
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.exit, 0, "{}", self.stderr);
        self.stdout
    }

    /// The same as JSON, which stands in exactly one line.
    pub(crate) fn json(self) -> Value {
        assert!(self.exit <= 1, "{}", self.stderr);
        assert_eq!((self.stdout.matches('\n').count(), self.stdout.chars().last()), (1, Some('\n')));
        serde_json::from_str(&self.stdout).expect("JSON")
    }

    /// Code and field of a failure with this exit code, from a call with --json.
    pub(crate) fn error(&self, exit: i32) -> (String, String) {
        assert_eq!((self.exit, self.stdout.as_str()), (exit, ""), "{}", self.stderr);
        assert!(!self.reason().is_empty());
        (self.of_error("code"), self.of_error("field"))
    }

    /// The reason of such a failure.
    pub(crate) fn reason(&self) -> String {
        self.of_error("reason")
    }

    /// A member of the error of such a failure.
    pub(crate) fn of_error(&self, name: &str) -> String {
        let line = self.stderr.lines().next_back().unwrap_or_default();
        let document: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        document["error"][name].as_str().unwrap_or_else(|| panic!("no {name}: {line}")).to_owned()
    }
}

/// Mints with these words after `mint` and gives the token alone.
pub(crate) fn mint(words: &str) -> String {
    let outcome = call(std::iter::once("mint").chain(words.split_whitespace())).run().ok();
    let token = outcome.strip_suffix('\n').expect("a line").to_owned();
    assert!(!token.contains(char::is_whitespace), "{token:?}");
    token
}
