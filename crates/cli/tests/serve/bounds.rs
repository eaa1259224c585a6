//! What one client may cost: bytes, seconds, connections, requests.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};
use ureq::http::Method;

use crate::server::{Server, demo, setup};

fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.address()).expect("a connection")
}

/// All that the server says until it hangs up.
fn read_all(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset ends the talk too.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8(bytes).expect("text")
}

fn is_refusal(code: &str) -> impl Fn(&Value) -> bool {
    move |line| line["event"] == "refused" && line["code"] == code
}

#[test]
fn a_body_of_ten_megabytes() {
    let server = demo();
    let large = vec![b' '; 10_000_000];
    for path in ["/v1/tokens", "/fetch_rtc_token"] {
        let answer = server.post(path, &large);
        assert_eq!(answer.status, 413);
        assert_eq!(server.audit(&answer)["code"], "BODY_TOO_LARGE");
    }
    let mut just_too_large = br#"{"channel":"room","uid":1}"#.to_vec();
    just_too_large.resize(65_536, b' ');
    server.post("/v1/tokens", &just_too_large).token();
    just_too_large.push(b' ');
    assert_eq!(server.post("/v1/tokens", &just_too_large).problem(), (413, "BODY_TOO_LARGE"));
}

#[test]
fn a_body_that_is_announced_larger_is_not_waited_for() {
    let server = demo();
    let mut stream = connect(&server);
    stream.write_all(b"POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000000\r\n\r\n").unwrap();
    let answer = read_all(stream);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    let mut stream = connect(&server);
    let head = "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 65537\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let answer = read_all(stream);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[test]
fn a_head_and_a_body_come_in_time_or_not_at_all() {
    let server = setup("").args(["--demo", "--header-timeout", "1s", "--request-timeout", "1s"]).start();
    let mut slow_head = connect(&server);
    slow_head.write_all(b"POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").unwrap();
    let mut slow_body = connect(&server);
    slow_body.write_all(b"POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{").unwrap();
    let silent = connect(&server);
    assert_eq!(read_all(slow_head), "");
    let answer = read_all(slow_body);
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("REQUEST_TIMEOUT"), "{answer}");
    assert_eq!(read_all(silent), "");
    assert_eq!(server.wait_for("the slow head", is_refusal("HEADER_TIMEOUT"))["address"], "127.0.0.1");
    server.wait_for("the slow body", is_refusal("REQUEST_TIMEOUT"));
    assert_eq!(server.count(is_refusal("HEADER_TIMEOUT")), 1, "silence is no attack");
}

#[test]
fn whoever_asks_and_never_reads_is_sent_away() {
    let server = setup("").args(["--demo", "--request-timeout", "1s", "--log-level", "info"]).start();
    let mut stream = connect(&server);
    // The answers fill every buffer on the way; then the server reads no more either, and this blocks until it hangs up.
    let asking = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100);
    while stream.write_all(asking.as_bytes()).is_ok() {}
    assert_eq!(server.get("/healthz").status, 200);
}

/// What servers in a row could read in two ways.
#[test]
fn what_could_be_read_in_two_ways() {
    let server = demo();
    let body = r#"{"uid":1,"ChannelName":"room","role":1}"#;
    let post = |head: &str| {
        let mut stream = connect(&server);
        let rest = format!("Connection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(format!("POST /fetch_rtc_token HTTP/1.1\r\n{head}{rest}").as_bytes()).unwrap();
        read_all(stream)
    };
    assert!(post("Host: localhost\r\n").starts_with("HTTP/1.1 200 "));
    for head in ["", "Host: localhost\r\nHost: localhost\r\n", "Host: localhost\r\nHost: evil.example.com\r\n"] {
        assert!(post(head).starts_with("HTTP/1.1 400 "), "{head}");
    }
    let mut stream = connect(&server);
    let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let head = "POST /fetch_rtc_token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n";
    stream.write_all(format!("{head}{chunked}").as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    assert!(read_all(stream).starts_with("HTTP/1.1 400 "));
}

#[test]
fn what_is_no_http() {
    let server = demo();
    let too_long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n", "a".repeat(100_000));
    let smuggling = "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}";
    let cases =
        [("nonsense\r\n\r\n", "400"), ("GET / HTTP/9.9\r\n\r\n", "400"), (&*too_long, "431"), (smuggling, "400")];
    for (number, (bytes, status)) in (1..).zip(cases) {
        let mut stream = connect(&server);
        // It may hang up before it has read everything.
        let _ = stream.write_all(bytes.as_bytes());
        let answer = read_all(stream);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")) || answer.is_empty(), "{answer}");
        server.wait_for_number(number, "that this is no HTTP", is_refusal("BAD_HTTP"));
    }
}

#[test]
fn connections_are_counted_and_where_all_are_busy_the_next_one_waits() {
    let server = setup("").args(["--demo", "--max-connections", "2", "--request-timeout", "60s"]).start();
    let mut held: Vec<_> = (0..2).map(|_| connect(&server)).collect();
    for stream in &mut held {
        let head = "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        stream.read_exact(&mut [0; 25]).unwrap();
    }
    let mut third = connect(&server);
    third.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    third.set_nonblocking(true).unwrap();
    assert_eq!(third.read(&mut [0; 1]).unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    third.set_nonblocking(false).unwrap();
    drop(held);
    assert!(read_all(third).starts_with("HTTP/1.1 200 OK"));
}

#[test]
fn an_address_has_its_limit() {
    let server = setup("").args(["--demo", "--limit-per-address", "5"]).start();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let body = r#"{"uid":1,"ChannelName":"room","role":1}"#;
    let answers: Vec<_> =
        (0..300).map(|_| server.ask_with(&agent, Method::POST, "/fetch_rtc_token", &[], body)).collect();
    let (good, limited): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert!(good.len() >= 5 && limited.len() >= 5, "{} {}", good.len(), limited.len());
    for answer in limited {
        assert_eq!((answer.status, answer.json["code"].as_str()), (429, Some("429")));
        assert_eq!(answer.header("retry-after"), "1");
        assert_eq!(server.audit(answer)["code"], "RATE_LIMITED");
    }
    assert_eq!(server.get("/healthz").status, 200, "those who watch are not counted");
}

#[test]
fn a_caller_has_a_limit_and_others_theirs() {
    let settings = crate::attacks::viewer_settings();
    let server = setup(&settings).args(["--limit-per-caller", "5", "--limit-per-address", "0"]).start();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let ask = |key: &str| {
        let headers = [("authorization", &*format!("Bearer {key}"))];
        server.ask_with(&agent, Method::POST, "/v1/tokens", &headers, r#"{"channel":"lobby","uid":1}"#)
    };
    let answers: Vec<_> = (0..300).map(|_| ask(crate::attacks::KEY)).collect();
    let limited = answers.iter().find(|answer| answer.status == 429).expect("a limit");
    assert_eq!(limited.problem(), (429, "RATE_LIMITED"));
    assert_eq!(server.audit(limited)["caller"], "key:web");
    assert!(answers.iter().filter(|answer| answer.status == 200).count() >= 5);
    assert_eq!(ask("agtk_other").status, 401, "whoever is not known is not that caller");
}

#[test]
fn a_trusted_proxy_s_word_counts_and_nobody_else_s() {
    let body = json!({ "channel": "room", "uid": 1 }).to_string();
    let forwarded = [("x-forwarded-for", "1.1.1.1, 198.51.100.7")];
    for (proxy, seen) in [(None, "127.0.0.1"), (Some("127.0.0.0/8"), "198.51.100.7"), (Some("10.0.0.1"), "127.0.0.1")] {
        let trusted = proxy.map(|proxy| ["--trusted-proxy", proxy]);
        let server = setup("").args(["--demo"]).args(trusted.into_iter().flatten()).start();
        let answer = server.ask(Method::POST, "/v1/tokens", &forwarded, &body);
        answer.token();
        assert_eq!(server.audit(&answer)["address"], seen);
    }
}
