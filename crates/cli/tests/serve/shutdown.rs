//! The end: what began is finished, and nothing new begins.

#![cfg(unix)]

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::server::{demo, setup};

#[test]
fn a_request_that_began_is_answered() {
    let mut server = demo();
    let mut begun = TcpStream::connect(server.address()).unwrap();
    let body = br#"{"uid":1,"ChannelName":"room","role":1}"#;
    write!(
        begun,
        "POST /fetch_rtc_token HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .unwrap();
    // The server says so when it waits for the body, so the request has begun.
    let mut interim = [0; 25];
    begun.read_exact(&mut interim).unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    let mut idle = TcpStream::connect(server.address()).unwrap();
    write!(idle, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut first = [0; 15];
    idle.read_exact(&mut first).unwrap();

    server.signal(libc::SIGTERM);
    server.wait_for("that it stops", |line| line["message"] == "stopping");
    // An idle connection is closed, which also shows that the listener is gone.
    idle.read_to_end(&mut Vec::new()).unwrap();
    assert!(TcpStream::connect(server.address()).is_err());

    begun.write_all(body).unwrap();
    let mut answer = String::new();
    begun.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\"token\":\"007"), "{answer}");
    assert!(server.ended().success());
}

#[test]
fn a_request_that_never_ends_does_not_hold_it_for_ever() {
    let mut server = setup("").args(["--demo", "--shutdown-timeout", "1s", "--request-timeout", "600s"]).start();
    let mut begun = TcpStream::connect(server.address()).unwrap();
    let head = "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n";
    begun.write_all(head.as_bytes()).unwrap();
    begun.read_exact(&mut [0; 25]).unwrap();
    server.signal(libc::SIGINT);
    assert!(server.ended().success());
    server.wait_for("that it gave up", |line| line["message"] == "stopped: some requests did not end in time");
}

#[test]
fn it_says_that_it_wants_no_more_before_it_takes_no_more() {
    let mut server = setup("").args(["--demo", "--drain-delay", "2s"]).start();
    assert_eq!(server.get("/readyz").status, 200);
    server.signal(libc::SIGTERM);
    server.wait_for("that it stops", |line| line["message"] == "stopping");
    assert_eq!(server.get("/readyz").problem(), (503, "SHUTTING_DOWN"));
    assert_eq!(server.get("/healthz").status, 200);
    let last = server.post("/v1/tokens", r#"{"channel":"room","uid":1}"#);
    last.token();
    assert_eq!(last.header("connection"), "close", "who keeps the connection would ask somebody who is gone");
    assert!(server.ended().success());
}

#[test]
fn clients_that_keep_their_connection_busy_lose_nothing() {
    let mut server = setup("").args(["--demo", "--drain-delay", "2s", "--log-level", "info"]).start();
    let request =
        "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 26\r\n\r\n{\"channel\":\"room\",\"uid\":1}";
    let address = server.address();
    let asking: Vec<_> = (0..16)
        .map(|_| {
            let mut stream = TcpStream::connect(address).unwrap();
            std::thread::spawn(move || {
                loop {
                    stream.write_all(request.as_bytes()).unwrap();
                    let mut answer = [0; 4096];
                    let length = stream.read(&mut answer).unwrap();
                    let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
                    assert!(answer.contains("\"token\":\"007"), "a request without its answer: {answer:?}");
                    if answer.contains("connection: close") {
                        break;
                    }
                }
            })
        })
        .collect();
    server.signal(libc::SIGTERM);
    for client in asking {
        client.join().unwrap();
    }
    assert!(server.ended().success());
}
