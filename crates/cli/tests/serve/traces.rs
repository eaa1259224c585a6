//! Traces for OpenTelemetry, sent to a collector of the test's own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use serde_json::json;
use ureq::http::Method;

use crate::attacks::{KEY, viewer_settings};
use crate::server::{CERTIFICATE, setup};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

/// Takes whatever comes: the head of a request, and its body.
fn collector() -> (String, Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, received) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                assert!(stream.read_line(&mut head).unwrap() > 0, "{head}");
            }
            let head = head.to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            let mut body = vec![0; length.parse().unwrap()];
            stream.read_exact(&mut body).unwrap();
            let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            stream.get_mut().write_all(answer.as_bytes()).unwrap();
            if sender.send((head, body)).is_err() {
                return;
            }
        }
    });
    (url, received)
}

fn said(value: &Option<AnyValue>) -> String {
    match value.as_ref().and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::ArrayValue(array)) => {
            array.values.iter().map(|value| said(&Some(value.clone()))).collect::<Vec<_>>().join(" ")
        }
        other => panic!("{other:?}"),
    }
}

fn all(attributes: &[KeyValue]) -> BTreeMap<&str, String> {
    attributes.iter().map(|attribute| (attribute.key.as_str(), said(&attribute.value))).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn each_request_is_a_span_in_its_callers_trace() {
    let (url, received) = collector();
    let secret = "the-collector-alone-knows-it";
    let mut server = setup(&viewer_settings())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", &url)
        // So that all go out at once, at the end.
        .env("OTEL_BSP_SCHEDULE_DELAY", "600000")
        .env("OTEL_EXPORTER_OTLP_HEADERS", &format!("x-collector-key={secret}"))
        .start();
    server.keep_secret(secret);
    let bearer = format!("Bearer {KEY}");
    let ask = |path: &str, traceparent: &str, body: serde_json::Value| {
        let headers = [("authorization", &*bearer), ("traceparent", traceparent)];
        server.ask(Method::POST, path, &headers, body.to_string())
    };
    let of_caller = format!("00-{TRACE}-{PARENT}-01");
    let minted = ask("/v1/tokens", &of_caller, json!({ "channel": "show-of-secrets", "uid": 777 }));
    let refused = ask("/v1/tokens", "nonsense", json!({ "channel": "closed-for-secrets", "uid": 777 }));
    let users = json!([{ "uid": 777 }, { "uid": 0 }, { "uid": 778 }]);
    let batch = ask("/v1/tokens/batch", &of_caller, json!({ "template": { "channel": "lobby" }, "users": users }));
    let agent =
        ureq::Agent::config_builder().http_status_as_error(false).allow_non_standard_methods(true).build().into();
    let nowhere = server.ask_with(&agent, Method::from_bytes(b"SECRETS").unwrap(), "/of/secrets?of=secrets", &[], "");
    // Who asks may ask not to be traced.
    ask("/v1/tokens", &format!("00-{TRACE}-{PARENT}-00"), json!({ "channel": "lobby", "uid": 777 })).token();
    server.signal(libc::SIGTERM);
    assert!(server.ended().success());

    let (head, body) = received.recv().unwrap();
    assert!(head.starts_with("post /v1/traces http/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/x-protobuf\r\n"), "{head}");
    assert!(head.contains(&format!("x-collector-key: {secret}\r\n")), "{head}");
    let text = String::from_utf8_lossy(&body);
    for hidden in [minted.token(), KEY, CERTIFICATE, "secrets", "SECRETS", "777"] {
        assert!(!text.contains(hidden), "a span shows what nobody should see: {hidden}");
    }

    let sent = ExportTraceServiceRequest::decode(body.as_slice()).unwrap();
    let [resource] = sent.resource_spans.as_slice() else { panic!("{sent:?}") };
    let of_server = all(&resource.resource.as_ref().unwrap().attributes);
    assert_eq!(
        (&*of_server["service.name"], &*of_server["service.version"]),
        ("agora-token", env!("CARGO_PKG_VERSION"))
    );
    let spans: Vec<&Span> = resource.scope_spans.iter().flat_map(|scope| &scope.spans).collect();
    let [of_minted, of_refused, of_batch, of_nowhere] = spans.as_slice() else { panic!("{spans:?}") };

    for span in &spans {
        assert_eq!(span.kind, 2, "a server's");
        assert!(span.start_time_unix_nano > 0 && span.end_time_unix_nano >= span.start_time_unix_nano);
    }
    for span in [of_minted, of_batch] {
        assert_eq!((hex(&span.trace_id), hex(&span.parent_span_id)), (TRACE.to_owned(), PARENT.to_owned()));
    }
    for span in [of_refused, of_nowhere] {
        assert_ne!(hex(&span.trace_id), TRACE);
        assert!(span.parent_span_id.is_empty());
    }
    assert_eq!((&*of_minted.name, &*of_nowhere.name), ("POST /v1/tokens", "HTTP"));
    let expect = |span: &Span, expected: &[(&str, &str)]| {
        let found = all(&span.attributes);
        let found: Vec<_> = found.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(found, expected);
    };
    let caller = [("agora_token.caller", "key:web"), ("agora_token.policy", "viewer")];
    expect(
        of_minted,
        &[
            caller[0],
            caller[1],
            ("agora_token.request_id", &minted.request_id),
            ("agora_token.services", "rtc"),
            ("agora_token.tokens", "1"),
            ("http.request.method", "POST"),
            ("http.response.status_code", "200"),
            ("http.route", "/v1/tokens"),
        ],
    );
    expect(
        of_refused,
        &[
            caller[0],
            ("agora_token.code", "FORBIDDEN_CHANNEL"),
            caller[1],
            ("agora_token.request_id", &refused.request_id),
            ("http.request.method", "POST"),
            ("http.response.status_code", "403"),
            ("http.route", "/v1/tokens"),
        ],
    );
    expect(
        of_batch,
        &[
            caller[0],
            caller[1],
            ("agora_token.request_id", &batch.request_id),
            ("agora_token.services", "rtc"),
            ("agora_token.tokens", "2"),
            ("http.request.method", "POST"),
            ("http.response.status_code", "200"),
            ("http.route", "/v1/tokens/batch"),
        ],
    );
    expect(
        of_nowhere,
        &[
            ("agora_token.code", "NOT_FOUND"),
            ("agora_token.request_id", &nowhere.request_id),
            ("http.request.method", "_OTHER"),
            ("http.response.status_code", "404"),
        ],
    );
}

#[test]
fn a_collector_that_hangs_keeps_nobody_waiting() {
    // The system takes connections on the listener's behalf, and nobody answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut server = setup("")
        .args(["--demo"])
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", &format!("http://{}", silent.local_addr().unwrap()))
        .env("OTEL_EXPORTER_OTLP_TIMEOUT", "3600000")
        .env("OTEL_BSP_MAX_QUEUE_SIZE", "4")
        .env("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "2")
        .start();
    for _ in 0..32 {
        server.post("/v1/tokens", r#"{"channel":"room","uid":1}"#).token();
    }
    server.wait_for("that spans are lost", |line| line["name"] == "BatchSpanProcessor.SpanDroppingStarted");
    server.signal(libc::SIGTERM);
    assert!(server.ended().success());
    server.wait_for("that it gave up", |line| line["name"] == "BatchSpanProcessor.Shutdown.Timeout");
}

#[test]
fn what_the_environment_cannot_mean_is_refused() {
    for (variable, value, reason) in [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318", "a URL"),
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://user:password@localhost:4318", "no password"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://local host", "OTEL_EXPORTER_OTLP"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_CERTIFICATE", "ca.pem", "public authorities"),
        ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "10s", "milliseconds"),
    ] {
        for check in [&["--demo", "--check"][..], &["--demo"]] {
            let server = setup("").args(check.iter().copied());
            let server = server.env("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318").env(variable, value);
            let (exit, _, stderr) = server.run();
            assert_ne!(exit, 0, "{variable}={value}");
            assert!(stderr.contains(variable) || stderr.contains("OTEL_EXPORTER_OTLP:"), "{stderr}");
            assert!(stderr.contains(reason) && !stderr.contains("password@"), "{stderr}");
        }
    }
    for off in [("OTEL_SDK_DISABLED", "true"), ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "")] {
        let server = setup("").args(["--demo", "--check"]).env("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere");
        assert_eq!(server.env(off.0, off.1).run().0, 0, "{off:?}");
    }
}
