//! Runs the server, asks it, reads its log, and looks through all of it for what must not be there.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use ureq::http::{Method, Request};

pub(crate) const APP_ID: &str = "970CA35de60c44645bbae8a215061b33";
pub(crate) const CERTIFICATE: &str = "5CFd2fd1755d40ecb72977518be15d3b";
pub(crate) const OTHER_CERTIFICATE: &str = "00000000000000000000000000000001";

/// How long to wait for what must come. No test passes by waiting.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is shorter stands in a time or a request's id by chance, and is nobody's secret.
const SHORTEST_SECRET: usize = 10;

/// A server to be: settings file, options, environment.
pub(crate) struct Setup {
    folder: TempDir,
    settings: String,
    args: Vec<String>,
    environment: Vec<(String, String)>,
}

pub(crate) fn setup(settings: &str) -> Setup {
    let folder = TempDir::new().expect("a folder");
    let setup = Setup { folder, settings: settings.to_owned(), args: Vec::new(), environment: Vec::new() };
    setup.env("AGORA_APP_ID", APP_ID).env("AGORA_APP_CERTIFICATE", CERTIFICATE)
}

/// A server that needs no set-up.
pub(crate) fn demo() -> Server {
    setup("").args(["--demo", "--compat"]).start()
}

impl Setup {
    pub(crate) fn env(mut self, variable: &str, value: &str) -> Setup {
        self.environment.retain(|(name, _)| name != variable);
        self.environment.push((variable.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, variable: &str) -> Setup {
        self.environment.retain(|(name, _)| name != variable);
        self
    }

    pub(crate) fn args<'a>(mut self, args: impl IntoIterator<Item = &'a str>) -> Setup {
        self.args.extend(args.into_iter().map(str::to_owned));
        self
    }

    /// Writes a file beside the settings, which name it without a path.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Setup {
        std::fs::write(self.folder.path().join(name), content).expect("a file");
        self
    }

    pub(crate) fn command(&self) -> Command {
        std::fs::write(self.folder.path().join("server.toml"), &self.settings).expect("the settings");
        let mut command = Command::new(env!("CARGO_BIN_EXE_agora-token"));
        command.args(["serve", "--config", "server.toml"]).args(&self.args).current_dir(self.folder.path());
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs it to its end, which must come by itself: exit code, output, errors.
    pub(crate) fn run(&self) -> (i32, String, String) {
        let output = self.command().output().expect("the program");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        for secret in [CERTIFICATE, OTHER_CERTIFICATE] {
            assert!(!stdout.contains(secret) && !stderr.contains(secret), "it shows a certificate");
        }
        (output.status.code().expect("no signal"), stdout, stderr)
    }

    /// Starts it on a free port and waits until it listens.
    pub(crate) fn start(self) -> Server {
        let mut command = self.command();
        let listen = ["--listen", "127.0.0.1:0"];
        command.args(listen.iter().filter(|_| !self.args.iter().any(|arg| arg == "--listen")));
        // Servers run beside each other here.
        let admin = ["--admin-listen", "none"];
        command.args(admin.iter().filter(|_| !self.args.iter().any(|arg| arg == "--admin-listen")));
        command.args(["--log-format", "json"]);
        if !self.args.iter().any(|arg| arg == "--log-level") {
            command.args(["--log-level", "trace"]);
        }
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the program");
        let log = Arc::new(Log::default());
        let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let writer = log.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                writer.push(line);
            }
            writer.end();
        });
        let secrets = Mutex::new(vec![CERTIFICATE.to_owned(), OTHER_CERTIFICATE.to_owned()]);
        let mut server = Server { child, log, secrets, url: String::new(), admin: String::new(), folder: self.folder };
        let listening = server.wait_for("that it listens", |line| line["message"] == "listening");
        server.url = listening["url"].as_str().expect("its address").to_owned();
        server.admin = listening.get("admin").and_then(Value::as_str).unwrap_or(&server.url).to_owned();
        server
    }
}

/// What the server wrote so far.
#[derive(Default)]
struct Log {
    lines: Mutex<(Vec<String>, bool)>,
    grown: Condvar,
}

impl Log {
    fn push(&self, line: String) {
        self.lines.lock().expect("the log").0.push(line);
        self.grown.notify_all();
    }

    fn end(&self) {
        self.lines.lock().expect("the log").1 = true;
        self.grown.notify_all();
    }
}

pub(crate) struct Server {
    child: Child,
    log: Arc<Log>,
    secrets: Mutex<Vec<String>>,
    pub(crate) url: String,
    /// Where those who watch it ask.
    pub(crate) admin: String,
    folder: TempDir,
}

impl Server {
    /// The first line of the log that `is_it` knows, as soon as it is there.
    pub(crate) fn wait_for(&self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        self.wait_for_number(1, what, is_it)
    }

    /// The line of the log that is the `number`th one that `is_it` knows, as soon as it is there.
    pub(crate) fn wait_for_number(&self, number: usize, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        let mut lines = self.log.lines.lock().expect("the log");
        let (mut seen, mut found) = (0, 0);
        loop {
            for line in lines.0[seen..].iter().map(|line| parse(line)).filter(|line| is_it(line)) {
                found += 1;
                if found == number {
                    return line;
                }
            }
            seen = lines.0.len();
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!lines.1 && !left.is_zero(), "the log never said {what}:\n{}", lines.0.join("\n"));
            lines = self.log.grown.wait_timeout(lines, left).expect("the log").0;
        }
    }

    /// The audit line of a request.
    pub(crate) fn audit(&self, answer: &Answer) -> Value {
        self.audit_of(&answer.request_id)
    }

    pub(crate) fn audit_of(&self, request_id: &str) -> Value {
        let is_it = |line: &Value| line["target"] == "agora_token_server::audit" && line["request_id"] == request_id;
        self.wait_for(&format!("what became of {request_id}"), is_it)
    }

    /// How many lines of the log `is_it` knows.
    pub(crate) fn count(&self, is_it: impl Fn(&Value) -> bool) -> usize {
        self.log.lines.lock().expect("the log").0.iter().filter(|line| is_it(&parse(line))).count()
    }

    /// Remembers what must never stand in the log.
    pub(crate) fn keep_secret(&self, secret: &str) {
        assert!(secret.len() >= SHORTEST_SECRET, "so short a text stands in a log by chance");
        self.secrets.lock().expect("secrets").push(secret.to_owned());
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// Replaces a file at once, as a careful person does.
    pub(crate) fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        let new = self.path("new");
        std::fs::write(&new, content).expect("a file");
        std::fs::rename(new, self.path(file)).expect("a file in place");
    }

    pub(crate) fn address(&self) -> std::net::SocketAddr {
        let (_, address) = self.url.split_once("://").expect("an address");
        address.parse().expect("an address")
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: libc::c_int) {
        let pid = libc::pid_t::try_from(self.child.id()).expect("a process id");
        // SAFETY: kill has no memory to break; the process is our child and not yet waited for.
        assert_eq!(unsafe { libc::kill(pid, signal) }, 0);
    }

    /// Waits for its end.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        self.child.wait().expect("its end")
    }

    /// A metric's value; 0 if it is not there.
    pub(crate) fn metric(&self, name: &str) -> f64 {
        let mut response = ureq::get(format!("{}/metrics", self.admin)).call().expect("metrics");
        let text = response.body_mut().read_to_string().expect("text");
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value.map_or(0.0, |value| value.parse().expect("a number"))
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], "")
    }

    pub(crate) fn post(&self, path: &str, body: impl AsRef<[u8]>) -> Answer {
        self.ask(Method::POST, path, &[], body)
    }

    /// With an API key or a JWT.
    pub(crate) fn post_as(&self, credential: &str, path: &str, body: impl AsRef<[u8]>) -> Answer {
        if credential.len() >= SHORTEST_SECRET {
            self.keep_secret(credential);
        }
        self.ask(Method::POST, path, &[("authorization", &format!("Bearer {credential}"))], body)
    }

    pub(crate) fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        self.ask_with(&agent, method, path, headers, body)
    }

    pub(crate) fn ask_with(
        &self,
        agent: &ureq::Agent,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Answer {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let request_id = format!("test-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut request =
            Request::builder().method(method).uri(format!("{}{path}", self.url)).header("x-request-id", &request_id);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.as_ref().to_vec();
        let mut response = if body.is_empty() {
            agent.run(request.body(()).expect("a request"))
        } else {
            agent.run(request.body(body).expect("a request"))
        }
        .expect("an answer");
        let text = response.body_mut().read_to_string().expect("text");
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        for token in tokens_in(&json) {
            self.keep_secret(&token);
        }
        assert_eq!(header(&response, "x-content-type-options"), "nosniff");
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().expect("text").to_owned()));
        Answer { status: response.status().as_u16(), headers: headers.collect(), text, json, request_id }
    }
}

fn header<'a, B>(response: &'a ureq::http::Response<B>, name: &str) -> &'a str {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Every token anywhere in an answer; "007" alone is a version.
fn tokens_in(json: &Value) -> Vec<String> {
    match json {
        Value::String(text) if text.starts_with("007") && text.len() > 32 => vec![text.clone()],
        Value::Object(fields) => fields.values().flat_map(tokens_in).collect(),
        Value::Array(values) => values.iter().flat_map(tokens_in).collect(),
        _ => Vec::new(),
    }
}

fn parse(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON in the log: {line}"))
}

impl Drop for Server {
    /// The end of every test: no secret of it stands in the log, which holds everything down to trace.
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            return;
        }
        let mut lines = self.log.lines.lock().expect("the log");
        while !lines.1 {
            lines = self.log.grown.wait(lines).expect("the log");
        }
        let secrets = self.secrets.lock().expect("secrets");
        for line in &lines.0 {
            parse(line);
            for secret in secrets.iter() {
                assert!(!line.contains(secret.as_str()), "a secret stands in the log: {}…", &line[..60]);
            }
        }
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) json: Value,
    pub(crate) request_id: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The token of a good answer.
    pub(crate) fn token(&self) -> &str {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json["token"].as_str().expect("a token")
    }

    /// Status and code of problem details, which are as RFC 9457 has them.
    pub(crate) fn problem(&self) -> (u16, &str) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        assert_eq!(self.json["status"], self.status);
        assert_eq!(self.json["type"], "about:blank");
        assert!(self.json["title"].is_string() && self.json["detail"].is_string());
        (self.status, self.json["code"].as_str().expect("a code"))
    }
}
