//! What attackers try first. Each gets its documented status and code, and an audit line that says so.

use serde_json::{Value, json};
use ureq::http::Method;

use crate::server::{Answer, Server, setup};

/// One caller who may watch shows as uid 1 to 1000, for ten minutes at a time.
const VIEWER: &str = r#"
compat = true

[policies.viewer]
channels = ["show-*", "lobby"]
uids = ["1-1000"]
accounts = ["guest-*"]
max_lifetime = "10m"

[[api_keys]]
name = "web"
sha256 = "HASH"
policy = "viewer"
"#;

/// `SHA-256` of the key below, as `serve --new-key` would print it.
pub(crate) const KEY: &str = "agtk_a-key-that-only-tests-have";

pub(crate) fn viewer_settings() -> String {
    use sha2::{Digest, Sha256};
    let hash: String = Sha256::digest(KEY).iter().map(|byte| format!("{byte:02x}")).collect();
    VIEWER.replace("HASH", &hash)
}

pub(crate) fn viewer() -> Server {
    setup(&viewer_settings()).start()
}

/// Status and code of the answer, which the audit line repeats.
fn refused(server: &Server, answer: &Answer) -> (u16, String) {
    let audit = server.audit(answer);
    assert_eq!(audit["event"], "refused", "{audit}");
    assert_eq!(audit["status"], answer.status);
    let code = audit["code"].as_str().unwrap();
    if answer.header("content-type") == "application/problem+json" {
        assert_eq!(answer.problem().1, code);
    }
    for token in [&answer.json["token"], &answer.json["rtcToken"], &answer.json["chatToken"]] {
        assert!(!token.as_str().is_some_and(|token| token.starts_with("007")), "{}", answer.text);
    }
    (answer.status, code.to_owned())
}

fn ask(server: &Server, body: Value) -> Answer {
    server.post_as(KEY, "/v1/tokens", body.to_string())
}

#[test]
fn without_a_good_key_there_is_nothing() {
    let server = viewer();
    let body = r#"{"channel":"lobby","uid":1}"#;
    for path in ["/v1/tokens", "/v1/doctor", "/v1/inspect", "/fetch_rtc_token", "/getToken", "/token/generate"] {
        let nothing = server.post(path, body);
        assert_eq!(refused(&server, &nothing), (401, "UNAUTHENTICATED".into()), "{path}");
        assert_eq!(nothing.header("www-authenticate"), "Bearer");
        let wrong = server.post_as("agtk_wrong", path, body);
        assert_eq!(refused(&server, &wrong), (401, "UNAUTHENTICATED".into()), "{path}");
    }
    for authorization in ["Bearer", "Bearer ", "Basic YTpi", KEY, &format!("Basic {KEY}"), &format!("Bearer {KEY}x")] {
        let answer = server.ask(Method::POST, "/v1/tokens", &[("authorization", authorization)], body);
        assert_eq!(refused(&server, &answer), (401, "UNAUTHENTICATED".into()), "{authorization}");
    }
    let two = [("authorization", &*format!("Bearer {KEY}")), ("authorization", "Bearer other")];
    let answer = server.ask(Method::POST, "/v1/tokens", &two, body);
    assert_eq!(refused(&server, &answer), (401, "UNAUTHENTICATED".into()));
    server.post_as(KEY, "/v1/tokens", body).token();
}

#[test]
fn the_policy_holds() {
    let server = viewer();
    let forbidden: &[(Value, &str)] = &[
        (json!({ "channel": "secret", "uid": 1 }), "FORBIDDEN_CHANNEL"),
        (json!({ "channel": "lobby2", "uid": 1 }), "FORBIDDEN_CHANNEL"),
        (json!({ "channel": "Lobby", "uid": 1 }), "FORBIDDEN_CHANNEL"),
        (json!({ "channel": "lobby", "uid": 1001 }), "FORBIDDEN_USER"),
        // The account "1001" is uid 1001 to the service, whatever the accounts' patterns say.
        (json!({ "channel": "lobby", "account": "1001" }), "FORBIDDEN_USER"),
        (json!({ "channel": "lobby", "account": "guest" }), "FORBIDDEN_USER"),
        (json!({ "channel": "lobby", "uid": 1, "role": "publisher" }), "FORBIDDEN_ROLE"),
        (json!({ "channel": "lobby", "uid": 1, "services": ["rtc", "rtm"] }), "FORBIDDEN_SERVICE"),
        (json!({ "account": "guest-1", "services": ["chat"] }), "FORBIDDEN_SERVICE"),
        (json!({ "services": ["chatApp"] }), "FORBIDDEN_SERVICE"),
        (json!({ "channel": "lobby", "uid": 1, "lifetime": 601 }), "FORBIDDEN_LIFETIME"),
        (json!({ "channel": "lobby", "anyUser": true }), "FORBIDDEN_WILDCARD"),
        (json!({ "anyChannel": true, "uid": 1 }), "FORBIDDEN_WILDCARD"),
    ];
    for (body, code) in forbidden {
        let answer = ask(&server, body.clone());
        assert_eq!(refused(&server, &answer), (403, (*code).into()), "{body}");
        let audit = server.audit(&answer);
        assert_eq!((&audit["caller"], &audit["policy"]), (&json!("key:web"), &json!("viewer")));
    }
    for body in [
        json!({ "channel": "lobby", "uid": 1000 }),
        json!({ "channel": "show-1", "account": "guest-7", "lifetime": 600 }),
        json!({ "channel": "show-", "account": "77" }),
    ] {
        ask(&server, body).token();
    }
    let answer = ask(&server, json!({ "channel": "lobby", "uid": 1 }));
    let lifetime = answer.json["expiresAt"].as_u64().unwrap() - answer.json["issuedAt"].as_u64().unwrap();
    assert_eq!(lifetime, 600, "the policy's longest, since the server's own is longer");
}

#[test]
fn numbers_that_wrap_elsewhere() {
    let server = viewer();
    let lifetimes = [("-1", "INVALID_LIFETIME"), ("1e12", "INVALID_LIFETIME"), ("1000000000000", "INVALID_LIFETIME")];
    for (number, code) in lifetimes {
        let body = format!(r#"{{"channel":"lobby","uid":1,"lifetime":{number}}}"#);
        let answer = server.post_as(KEY, "/v1/tokens", body);
        assert_eq!(refused(&server, &answer), (400, code.into()), "{number}");
        let body = format!(r#"{{"tokenType":"rtc","channel":"lobby","uid":"1","expire":{number}}}"#);
        let answer = server.post_as(KEY, "/getToken", body);
        assert_eq!(refused(&server, &answer), (400, code.into()), "{number}");
    }
    for uid in ["-1", "0", "4294967296", "4294967297", "1e3", "1.0", "\"1\"", "NaN"] {
        let body = format!(r#"{{"channel":"lobby","uid":{uid}}}"#);
        let answer = server.post_as(KEY, "/v1/tokens", body);
        let (status, code) = refused(&server, &answer);
        assert_eq!(status, 400, "{uid}");
        assert!(code == "INVALID_UID" || uid == "NaN" && code == "INVALID_JSON", "{uid} {code}");
    }
    let uid_zero = server.post_as(KEY, "/fetch_rtc_token", r#"{"uid":0,"ChannelName":"lobby","role":2}"#);
    assert_eq!(refused(&server, &uid_zero), (403, "FORBIDDEN_WILDCARD".into()));
    let publisher = server.post_as(KEY, "/fetch_rtc_token", r#"{"uid":1,"ChannelName":"lobby","role":1}"#);
    assert_eq!(refused(&server, &publisher), (403, "FORBIDDEN_ROLE".into()));
}

#[test]
fn paths_that_climb_and_names_that_break_lines() {
    let server = viewer();
    let authorization = format!("Bearer {KEY}");
    let get = |path: &str| server.ask(Method::GET, path, &[("authorization", &authorization)], "");
    for (path, status, code) in [
        ("/%2e%2e/%2e%2e/etc/passwd", 404, "NOT_FOUND"),
        ("/pages/%2e%2e/server.toml", 404, "NOT_FOUND"),
        ("/rtc/%2e%2e/subscriber/uid/1", 403, "FORBIDDEN_CHANNEL"),
        ("/rtc/%2e%2e%2flobby/subscriber/uid/1", 400, "INVALID_CHANNEL_NAME"),
        ("/rtc/lobby%0d%0aX/subscriber/uid/1", 400, "INVALID_CHANNEL_NAME"),
        ("/rtc/lobby%00/subscriber/uid/1", 400, "INVALID_CHANNEL_NAME"),
        ("/rtc/%ff/subscriber/uid/1", 400, "INVALID_FIELD"),
        ("/rtc/*/subscriber/uid/1", 400, "INVALID_CHANNEL_NAME"),
        ("/rtc/%20/subscriber/uid/1", 400, "INVALID_CHANNEL_NAME"),
        ("/chat/app", 403, "FORBIDDEN_SERVICE"),
    ] {
        assert_eq!(refused(&server, &get(path)), (status, code.into()), "{path}");
    }
    let body = "{\"channel\":\"lobby\\r\\n{\\\"event\\\":\\\"minted\\\"}\",\"uid\":1}";
    assert_eq!(refused(&server, &server.post_as(KEY, "/v1/tokens", body)), (400, "INVALID_CHANNEL_NAME".into()));
    let broken = ask(&server, json!({ "channel": "lobby", "account": "guest-\r\n{\"event\":\"minted\"}" }));
    assert_eq!(refused(&server, &broken), (400, "INVALID_USER_ACCOUNT".into()));
    // An account may hold what some take for a line break; no line of the log does.
    let answer = ask(&server, json!({ "channel": "lobby", "account": "guest-\u{2028}{\"event\":\"minted\"}" }));
    answer.token();
    let audited = server.audit(&answer)["account"].as_str().unwrap().to_owned();
    assert!(audited.starts_with("guest-\\u{2028}"), "{audited}");
}
