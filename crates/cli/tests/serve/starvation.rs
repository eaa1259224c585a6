//! What one client may hold back from others: nothing.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::server::{Server, setup};

const TOKEN: &str =
    "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 26\r\n\r\n{\"channel\":\"room\",\"uid\":1}";

fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.address()).expect("a connection")
}

/// Asks, and reads the beginning of the answer.
fn status(stream: &mut TcpStream, request: &str) -> std::io::Result<String> {
    stream.write_all(request.as_bytes())?;
    let mut answer = [0; 4096];
    let length = stream.read(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer[..length]).chars().skip(9).take(3).collect())
}

#[test]
fn connections_that_wait_make_room_for_those_that_ask() {
    let server = setup("").args(["--demo", "--max-connections", "20", "--admin-listen", "127.0.0.1:0"]).start();
    let mut idle: Vec<_> = (0..20).map(|_| connect(&server)).collect();
    for stream in idle.iter_mut().skip(10) {
        assert_eq!(status(stream, TOKEN).unwrap(), "200");
    }
    // Half a head is no request either.
    idle[0].write_all(b"POST /v1/tokens HTTP/1.1\r\n").unwrap();
    for _ in 0..30 {
        assert_eq!(status(&mut connect(&server), TOKEN).unwrap(), "200");
    }
    assert!(server.metric("agora_token_connections_evicted_total") >= 1.0);
    server.wait_for("that connections run out", |line| {
        line["message"].as_str().is_some_and(|text| text.starts_with("connections run out"))
    });
}

#[test]
fn an_address_has_its_share_of_connections() {
    let args =
        ["--demo", "--connections-per-address", "3", "--request-timeout", "60s", "--admin-listen", "127.0.0.1:0"];
    let server = setup("").args(args).start();
    let mut busy: Vec<_> = (0..3).map(|_| connect(&server)).collect();
    let head = "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 26\r\n\r\n";
    for stream in &mut busy {
        stream.write_all(head.as_bytes()).unwrap();
        stream.read_exact(&mut [0; 25]).unwrap();
    }
    // All of its connections are busy: the next one is hung up on.
    let mut next = connect(&server);
    let _ = next.write_all(TOKEN.as_bytes());
    assert_eq!(next.read(&mut [0; 1]).unwrap_or(0), 0);
    assert_eq!(server.metric("agora_token_connections_refused_total{reason=\"address\"}"), 1.0);
    // A proxy that is trusted speaks for many.
    let server = setup("").args(args).args(["--trusted-proxy", "127.0.0.1"]).start();
    let mut many: Vec<_> = (0..10).map(|_| connect(&server)).collect();
    for stream in &mut many {
        assert_eq!(status(stream, TOKEN).unwrap(), "200");
    }
}

#[test]
fn who_watches_has_connections_apart() {
    let server = setup(&crate::attacks::viewer_settings())
        .args(["--max-connections", "1", "--connections-per-address", "0", "--request-timeout", "60s"])
        .args(["--admin-listen", "127.0.0.1:0"])
        .start();
    let mut busy = connect(&server);
    busy.write_all(b"POST /v1/tokens HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n").unwrap();
    let key = format!("Authorization: Bearer {}\r\n\r\n", crate::attacks::KEY);
    busy.write_all(key.as_bytes()).unwrap();
    busy.read_exact(&mut [0; 25]).unwrap();
    let ask = |path: &str| ureq::get(format!("{}{path}", server.admin)).call().unwrap().status();
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(ask(path), 200, "{path}");
    }
    assert!(ureq::get(format!("{}/openapi.json", server.admin)).call().is_err());
    drop(busy);
    assert_eq!(server.get("/metrics").problem(), (404, "NOT_FOUND"), "they stand where clients do not reach");
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn silence_between_requests_has_a_time_of_its_own() {
    let args = ["--demo", "--header-timeout", "1s", "--idle-timeout", "3s"];
    let server = setup("").args(args).start();
    let mut stream = connect(&server);
    assert_eq!(status(&mut stream, TOKEN).unwrap(), "200");
    // A proxy that keeps its connection longer than a head may take.
    std::thread::sleep(std::time::Duration::from_millis(1600));
    assert_eq!(status(&mut stream, TOKEN).unwrap(), "200");
    assert_eq!(stream.read(&mut [0; 1]).unwrap(), 0, "it ends at last");
}
