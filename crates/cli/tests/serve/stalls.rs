//! Whoever reads the log may stall, and a settings file may be a pipe: requests and signals do not wait for either.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Stdio};
use std::time::{Duration, Instant};

use crate::server::{Setup, setup};

/// A server whose log nobody reads any more, its address, and that of those who watch it.
fn unread(setup: &Setup) -> (Child, BufReader<ChildStderr>, String, String) {
    let mut command = setup.command();
    command.args(["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--log-format", "json"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::with_capacity(512, child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("\"listening\"") {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0);
    }
    let said: serde_json::Value = serde_json::from_str(&line).unwrap();
    let text = |name: &str| said[name].as_str().unwrap().trim_start_matches("http://").to_owned();
    (child, log, text("url"), text("admin"))
}

fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer in time");
    String::from_utf8(answer).unwrap()
}

fn post(address: &str, path: &str, body: &str) -> String {
    let length = body.len();
    ask(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        ),
    )
}

fn token(address: &str) -> String {
    post(address, "/v1/tokens", r#"{"channel":"room","uid":1}"#)
}

fn terminate(child: &mut Child) {
    let began = Instant::now();
    // SAFETY: kill has no memory to break; the process is our child and not yet waited for.
    assert_eq!(unsafe { libc::kill(child.id().try_into().unwrap(), libc::SIGTERM) }, 0);
    while child.try_wait().unwrap().is_none() {
        assert!(began.elapsed() < Duration::from_secs(30), "it does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(child.wait().unwrap().success());
}

/// Enough requests to fill a pipe of 64 KiB and the queue behind it.
fn fill(address: &str) {
    let many = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500);
    for _ in 0..20 {
        let last = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        assert!(ask(address, &format!("{many}{last}")).starts_with("HTTP/1.1 404"));
    }
}

fn lost(admin: &str, kind: &str) -> u64 {
    let metrics = ask(admin, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let name = format!("agora_token_log_lines_lost_total{{kind=\"{kind}\"}} ");
    let line = metrics.lines().find_map(|line| line.strip_prefix(&name)).expect("a counter");
    line.parse().unwrap()
}

#[test]
fn a_reader_of_the_log_that_stalls_holds_up_nobody() {
    let (mut child, log, address, admin) = unread(&setup("").args(["--demo"]));
    assert_eq!(lost(&admin, "audit"), 0);
    fill(&address);
    assert!(token(&address).starts_with("HTTP/1.1 200"));
    assert!(lost(&admin, "audit") > 0);
    terminate(&mut child);
    drop(log);
}

#[test]
fn long_lines_that_wait_are_bounded_by_their_bytes() {
    let (mut child, log, address, admin) = unread(&setup("").args(["--demo"]));
    let long = "n".repeat(60_000);
    let body = format!(r#"{{"services":["rtm2"],"account":"a","permissions":{{"users":{{"read":["{long}"]}}}}}}"#);
    // Far fewer than the lines that may wait.
    for _ in 0..400 {
        assert!(post(&address, "/v1/tokens", &body).starts_with("HTTP/1.1 200"));
    }
    assert!(lost(&admin, "audit") > 0);
    terminate(&mut child);
    drop(log);
}

#[test]
fn where_the_audit_is_required_there_is_no_token_without_its_line() {
    let setup = setup("").args(["--demo", "--audit", "required", "--request-timeout", "2s"]);
    let (mut child, log, address, _) = unread(&setup);
    assert!(token(&address).starts_with("HTTP/1.1 200"));
    fill(&address);
    let answer = token(&address);
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("AUDIT_FAILED"), "{answer}");
    // All rows of a batch wait together, and their time is up before that of the request.
    let users: Vec<String> = (1..=100).map(|uid| format!(r#"{{"uid":{uid}}}"#)).collect();
    let batch = format!(r#"{{"template":{{"channel":"room"}},"users":[{}]}}"#, users.join(","));
    let answer = post(&address, "/v1/tokens/batch", &batch);
    assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("\"token\":"), "{answer}");
    assert_eq!(answer.matches("AUDIT_FAILED").count(), 100, "{answer}");
    terminate(&mut child);
    drop(log);
}

#[test]
fn a_settings_file_that_becomes_a_pipe_holds_up_nobody() {
    let mut server = setup("demo = true\n").args(["--reload-interval", "1s"]).start();
    let path = std::ffi::CString::new(server.path("pipe").to_str().unwrap()).unwrap();
    // SAFETY: the path ends in NUL and outlives the call.
    assert_eq!(unsafe { libc::mkfifo(path.as_ptr(), 0o600) }, 0);
    std::fs::rename(server.path("pipe"), server.path("server.toml")).unwrap();
    server.signal(libc::SIGHUP);
    server.wait_for("that it is not taken", |line| {
        line["message"].as_str().is_some_and(|text| text.starts_with("not reloaded"))
    });
    server.post("/v1/tokens", r#"{"channel":"room","uid":1}"#).token();
    server.signal(libc::SIGTERM);
    assert!(server.ended().success());
}
