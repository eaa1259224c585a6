//! The routes of other token servers: what their tokens hold and the shapes of their answers, under our policy.

use std::time::{SystemTime, UNIX_EPOCH};

use agora_token::Expected;
use serde_json::{Value, json};

use crate::contract::{decoded, verifier};
use crate::server::{Answer, Server, demo, setup};

/// An hour, in seconds: the server's own lifetime.
const HOUR: u64 = 3600;

/// Asks with a line of method, path, and the body of a POST.
fn ask(server: &Server, request: &str) -> Answer {
    match request.split_once(' ').unwrap() {
        ("GET", path) => server.get(path),
        (_, rest) => {
            let (path, body) = rest.split_once(' ').unwrap();
            server.post(path, body)
        }
    }
}

/// The path's last slash is optional with those of agora-token-service.
fn spellings(request: &str) -> Vec<String> {
    let path = request.split('?').next().unwrap();
    let has_two = ["GET /rtc/", "GET /rtm/", "GET /rte/", "GET /chat/"].iter().any(|start| path.starts_with(start));
    let with_slash = has_two.then(|| request.replacen(path, &format!("{path}/"), 1));
    [request.to_owned()].into_iter().chain(with_slash).collect()
}

/// The token of an answer that holds nothing else but what its route has beside it.
fn token_of(request: &str, answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{request} {}", answer.text);
    let route = request.split([' ', '/']).nth(2).unwrap();
    let (pointer, shape): (_, fn(&str) -> Value) = match route {
        "rtc" => ("/rtcToken", |token| json!({ "rtcToken": token })),
        "rtm" => ("/rtmToken", |token| json!({ "rtmToken": token })),
        "rte" => ("/rtcToken", |token| json!({ "rtcToken": token, "rtmToken": token })),
        "chat" => ("/chatToken", |token| json!({ "chatToken": token })),
        "token" => ("/data/token", |token| json!({ "code": 0, "message": "Success", "data": { "token": token } })),
        _ => ("/token", |token| json!({ "token": token })),
    };
    let token = answer.json.pointer(pointer).and_then(Value::as_str).expect("a token").to_owned();
    assert!(answer.json == shape(&token), "{request}: another answer");
    token
}

/// The services of a token for this user, as it shows them: `publisher` and `subscriber` join the channel "room",
/// `publisher 60` publishes for so many seconds, `rtm`, `chat` and `chat-app` log in.
fn services(grants: &str, user: &str, lifetime: u64) -> Value {
    let service = |grant: &str| {
        let (name, publish) =
            grant.split_once(' ').map_or((grant, lifetime), |(name, seconds)| (name, seconds.parse().unwrap()));
        let rtc = |privileges: Value| {
            let mut service = json!({ "type": 1, "name": "rtc", "channel": "room", "account": user });
            service["privileges"] = privileges;
            service
        };
        match name {
            "publisher" => rtc(json!({
                "joinChannel": lifetime, "publishAudioStream": publish, "publishVideoStream": publish,
                "publishDataStream": publish,
            })),
            "subscriber" => rtc(json!({ "joinChannel": lifetime })),
            "rtm" => json!({ "type": 2, "name": "rtm", "userId": user, "privileges": { "login": lifetime } }),
            "chat" => json!({ "type": 5, "name": "chat", "userId": user, "privileges": { "user": lifetime } }),
            "chat-app" => json!({ "type": 5, "name": "chat", "userId": "", "privileges": { "app": lifetime } }),
            _ => panic!("no grant {name}"),
        }
    };
    grants.split(", ").map(service).collect()
}

/// The token of every spelling is signed, lives for so long, grants this and no more, and was asked for in this user's
/// name: `uid 42`, `account alice`, `account *` for anybody, or none for the app.
fn assert_granted(server: &Server, request: &str, user: &str, lifetime: u64, grants: &str) {
    for request in spellings(request) {
        let answer = ask(server, &request);
        let token = token_of(&request, &answer);
        assert!(verifier().verdict(&token, &Expected::new()).is_valid(), "{request}");
        let (said, audit) = (decoded(&token), server.audit(&answer));
        let (kind, name) = user.split_once(' ').unwrap_or_default();
        let in_token = if name == "*" { "" } else { name };
        assert_eq!(said["services"], services(grants, in_token, lifetime), "{request}");
        assert_eq!(said["expiresIn"], lifetime, "{request}");
        let audited = |field: &str| audit.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let of_kind = |kind_of_field: &str| if kind == kind_of_field { name.to_owned() } else { String::new() };
        assert_eq!((audited("uid"), audited("account")), (of_kind("uid"), of_kind("account")), "{request}");
    }
}

#[test]
fn they_are_there_on_request_only() {
    let server = setup("").args(["--demo"]).start();
    for path in ["/rtc/room/publisher/uid/1", "/rtm/alice", "/chat/app", "/ping", "/access_token?channel=room&uid=1"] {
        assert_eq!(server.get(path).problem(), (404, "NOT_FOUND"), "{path}");
    }
    assert_eq!(server.post("/getToken", "{}").problem(), (404, "NOT_FOUND"));
    assert_eq!(server.post("/token/generate", "{}").problem(), (404, "NOT_FOUND"));
    assert_eq!(demo().get("/ping").json, json!({ "message": "pong" }));
}

#[test]
fn every_route_grants_what_it_was_asked_for_and_no_more() {
    let server = demo();
    let paths = [
        ("/rtc/room/publisher/uid/42", "uid 42", HOUR, "publisher"),
        ("/rtc/room/subscriber/uid/42", "uid 42", HOUR, "subscriber"),
        ("/rtc/room/publisher/uid/042?expiry=600", "uid 42", 600, "publisher"),
        ("/rtc/%72oom/subscriber/userAccount/a%20lice?expiry=600", "account a lice", 600, "subscriber"),
        ("/rtc/room/publisher/userAccount/042", "account 042", HOUR, "publisher"),
        ("/rtm/alice", "account alice", HOUR, "rtm"),
        ("/rtm/042?expiry=60", "account 042", 60, "rtm"),
        ("/rte/room/publisher/uid/42", "uid 42", HOUR, "publisher, rtm"),
        ("/rte/room/subscriber/uid/42?expiry=600", "uid 42", 600, "subscriber, rtm"),
        ("/rte/room/publisher/userAccount/alice?expiry=1", "account alice", 1, "publisher, rtm"),
        ("/chat/account/alice", "account alice", HOUR, "chat"),
        ("/chat/account/042?expiry=60", "account 042", 60, "chat"),
        ("/access_token?channel=room&uid=42", "uid 42", HOUR, "publisher"),
        ("/access_token?channel=room&uid=042&expiredTs=0", "uid 42", HOUR, "publisher"),
    ];
    let get_token = [
        (r#"{"tokenType":"rtc","channel":"room","uid":"42"}"#, "uid 42", HOUR, "subscriber"),
        (r#"{"tokenType":"rtc","channel":"room","uid":"042","role":""}"#, "uid 42", HOUR, "subscriber"),
        (
            r#"{"tokenType":"rtc","channel":"room","uid":"42","role":"publisher","expire":60}"#,
            "uid 42",
            60,
            "publisher",
        ),
        (
            r#"{"tokenType":"rtc","channel":"room","uid":"alice","role":"subscriber"}"#,
            "account alice",
            HOUR,
            "subscriber",
        ),
        (r#"{"tokenType":"rtm","uid":"alice","expire":60}"#, "account alice", 60, "rtm"),
        (r#"{"tokenType":"rtm","uid":"042"}"#, "uid 42", HOUR, "rtm"),
        (r#"{"tokenType":"chat","uid":"alice","expire":60}"#, "account alice", 60, "chat"),
        (r#"{"tokenType":"chat","uid":"42"}"#, "uid 42", HOUR, "chat"),
    ];
    let generate = [
        (r#"{"channelName":"room","uid":"042","serviceRtc":{"enable":true}}"#, "uid 42", HOUR, "subscriber"),
        (
            r#"{"channelName":"room","uid":"alice","tokenExpireTs":0,"privilegeExpireTs":0,
                "serviceRtc":{"enable":true,"role":2},"serviceRtm":{"enable":false}}"#,
            "account alice",
            HOUR,
            "subscriber",
        ),
        (
            r#"{"channelName":"room","uid":"42","tokenExpireTs":600,"privilegeExpireTs":60,
                "serviceRtc":{"enable":true,"role":1},"serviceRtm":{"enable":true}}"#,
            "uid 42",
            600,
            "publisher 60, rtm",
        ),
        (
            r#"{"channelName":"room","uid":"42","serviceRtc":{"enable":true,"role":1},
                "serviceChat":{"enableUser":true,"userUuid":"42"},"serviceFpa":{"enable":false}}"#,
            "uid 42",
            HOUR,
            "publisher, chat",
        ),
        (r#"{"uid":"alice","tokenExpireTs":60,"serviceRtm":{"enable":true}}"#, "account alice", 60, "rtm"),
        (
            r#"{"uid":"042","serviceRtm":{"enable":true},
                "serviceChat":{"enableUser":false,"userUuid":"alice"}}"#,
            "uid 42",
            HOUR,
            "rtm",
        ),
        (r#"{"tokenExpireTs":60,"serviceChat":{"enableUser":true,"userUuid":"042"}}"#, "account 042", 60, "chat"),
        (r#"{"uid":"042","serviceChat":{"enableUser":true}}"#, "uid 42", HOUR, "chat"),
    ];
    for (route, cases) in
        [("GET", paths.as_slice()), ("POST /getToken", &get_token), ("POST /token/generate", &generate)]
    {
        for (rest, user, lifetime, grants) in cases {
            let request = format!("{route} {rest}");
            assert_granted(&server, &request, user, *lifetime, grants);
        }
    }
}

#[test]
fn uid_zero_is_anybody_and_not_an_account() {
    let settings = "anonymous = \"all\"\ncompat = true\n[policies.all]\nmax_lifetime = \"24h\"\nchannels = [\"*\"]\nuids = [\"*\"]\n\
                    accounts = [\"*\"]\nroles = [\"publisher\", \"subscriber\"]\nany_user = true\n";
    let server = setup(settings).start();
    for (request, grants) in [
        ("GET /rtc/room/publisher/uid/0", "publisher"),
        ("GET /access_token?channel=room&uid=0", "publisher"),
        (r#"POST /getToken {"tokenType":"rtc","channel":"room","uid":"0"}"#, "subscriber"),
        (r#"POST /getToken {"tokenType":"rtc","channel":"room","uid":"00","role":"publisher"}"#, "publisher"),
        (r#"POST /token/generate {"channelName":"room","uid":"0","serviceRtc":{"enable":true}}"#, "subscriber"),
    ] {
        assert_granted(&server, request, "account *", HOUR, grants);
    }
}

#[test]
fn an_end_leaves_what_is_left_until_it() {
    let server = demo();
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let earliest = now();
    let end = earliest + 600;
    let request = format!("GET /access_token?channel=room&uid=42&expiredTs={end}");
    let token = token_of(&request, &ask(&server, &request));
    let latest = now();
    let lifetime = decoded(&token)["expiresIn"].as_u64().unwrap();
    assert!((end - latest..=end - earliest).contains(&lifetime), "{lifetime}");
    assert_eq!(decoded(&token)["services"], services("publisher", "42", lifetime));
}

#[test]
fn what_they_make_something_of_is_refused_by_the_field_s_name() {
    let server = demo();
    // Where the message starts with something else than the field, the last column has it.
    let paths = [
        ("/rtc/room*/publisher/uid/42", "INVALID_CHANNEL_NAME", "channel", ""),
        ("/rtc/room/host/uid/42", "INVALID_ROLE", "role", ""),
        ("/rtc/room/1/uid/42", "INVALID_ROLE", "role", ""),
        ("/rtc/room/publisher/number/42", "INVALID_FIELD", "tokentype", ""),
        ("/rtc/room/publisher/uid/alice", "INVALID_UID", "uid", ""),
        ("/rtc/room/publisher/uid/4294967338", "INVALID_UID", "uid", ""),
        ("/rtc/room/publisher/uid/-1", "INVALID_UID", "uid", ""),
        ("/rtc/room/publisher/uid/0", "FORBIDDEN_WILDCARD", "", "the caller"),
        ("/rtc/room/publisher/userAccount/0", "INVALID_USER_ACCOUNT", "uid", ""),
        ("/rtc/room/publisher/uid/42?expiry=-1", "INVALID_LIFETIME", "expiry", ""),
        ("/rtc/room/publisher/uid/42?expiry=0", "TOKEN_EXPIRE_ZERO", "expiry", ""),
        ("/rtc/room/publisher/uid/42?expiry=86401", "LIFETIME_OVER_A_DAY", "expiry", ""),
        ("/rtc/room/publisher/uid/42?expiry=1000000000000", "INVALID_LIFETIME", "expiry", ""),
        ("/rtc/room/publisher/uid/42?expiry=60&expiry=86400", "UNKNOWN_FIELD", "expiry", ""),
        ("/rtc/room/publisher/uid/42?expiry=%2B60", "INVALID_LIFETIME", "expiry", ""),
        ("/rtc/room/publisher/uid/42?expiry=", "INVALID_LIFETIME", "expiry", ""),
        ("/rte/room*/publisher/uid/42", "INVALID_CHANNEL_NAME", "channel", ""),
        ("/rte/room/host/uid/42", "INVALID_ROLE", "role", ""),
        ("/rte/room/publisher/number/42", "INVALID_FIELD", "tokentype", ""),
        ("/rte/room/publisher/uid/alice", "INVALID_UID", "uid", ""),
        ("/rte/room/publisher/userAccount/0", "INVALID_USER_ACCOUNT", "uid", ""),
        ("/rte/room/publisher/uid/42?expiry=-1", "INVALID_LIFETIME", "expiry", ""),
        ("/rtm/0", "INVALID_USER_ACCOUNT", "uid", ""),
        ("/rtm/alice?expiry=-1", "INVALID_LIFETIME", "expiry", ""),
        ("/chat/account/0", "INVALID_USER_ACCOUNT", "id", ""),
        ("/chat/account/alice?expiry=-1", "INVALID_LIFETIME", "expiry", ""),
        ("/chat/app", "FORBIDDEN_SERVICE", "", "the caller"),
        ("/chat/app?expiry=60", "FORBIDDEN_SERVICE", "", "the caller"),
        ("/chat/app?expiry=-1", "INVALID_LIFETIME", "expiry", ""),
        ("/access_token?uid=1", "MISSING_FIELD", "channel", ""),
        ("/access_token?channel=room", "MISSING_FIELD", "uid", ""),
        ("/access_token?channel=&uid=1", "INVALID_CHANNEL_NAME", "channel", ""),
        ("/access_token?channel=room&uid=alice", "INVALID_UID", "uid", ""),
        ("/access_token?channel=room&uid=0", "FORBIDDEN_WILDCARD", "", "the caller"),
        ("/access_token?channel=room&uid=1&expiredTs=3600", "INVALID_LIFETIME", "expiredTs", ""),
        ("/access_token?channel=room&uid=1&expiredTs=soon", "INVALID_LIFETIME", "expiredTs", ""),
    ];
    let get_token = [
        ("nonsense", "INVALID_JSON", "", "the body"),
        (r#"{"uid":"1"}"#, "MISSING_FIELD", "tokenType", ""),
        (r#"{"tokenType":"tv","uid":"1"}"#, "INVALID_FIELD", "tokenType", ""),
        (r#"{"tokenType":1,"uid":"1"}"#, "INVALID_FIELD", "tokenType", ""),
        (r#"{"tokenType":"chat"}"#, "FORBIDDEN_SERVICE", "", "the caller"),
        (r#"{"tokenType":"chat","uid":""}"#, "FORBIDDEN_SERVICE", "", "the caller"),
        (r#"{"tokenType":"chat","uid":1}"#, "INVALID_FIELD", "uid", ""),
        (r#"{"tokenType":"chat","expire":0}"#, "TOKEN_EXPIRE_ZERO", "expire", ""),
        (r#"{"tokenType":"rtc","channel":"room","uid":"1","expire":-1}"#, "INVALID_LIFETIME", "expire", ""),
        (r#"{"tokenType":"rtc","channel":"room","uid":"1","role":"king"}"#, "INVALID_ROLE", "role", ""),
        (r#"{"tokenType":"rtc","channel":"room","uid":"1","role":1}"#, "INVALID_FIELD", "role", ""),
        (r#"{"tokenType":"rtc","channel":"room","uid":1}"#, "INVALID_FIELD", "uid", ""),
        (r#"{"tokenType":"rtc","channel":"room","uid":"4294967296"}"#, "INVALID_UID", "uid", ""),
        (r#"{"tokenType":"rtc","channel":"room","uid":"0"}"#, "FORBIDDEN_WILDCARD", "", "the caller"),
        (r#"{"tokenType":"rtc","channel":"room","uid":"*"}"#, "INVALID_USER_ACCOUNT", "uid", ""),
        (r#"{"tokenType":"rtc","channel":"room"}"#, "MISSING_FIELD", "uid", ""),
        (r#"{"tokenType":"rtc","channel":"*","uid":"1"}"#, "INVALID_CHANNEL_NAME", "channel", ""),
        (r#"{"tokenType":"rtc","channel":1,"uid":"1"}"#, "INVALID_FIELD", "channel", ""),
        (r#"{"tokenType":"rtc","uid":"1"}"#, "MISSING_FIELD", "channel", ""),
        (r#"{"tokenType":"rtm"}"#, "MISSING_FIELD", "uid", ""),
    ];
    let generate = [
        ("nonsense", "INVALID_JSON", "", "the body"),
        (r#"{"channelName":"room","uid":"1"}"#, "NO_SERVICES", "serviceRtc", "no service"),
        (r#"{"serviceRtc":true}"#, "INVALID_FIELD", "serviceRtc", ""),
        (r#"{"serviceRtm":true}"#, "INVALID_FIELD", "serviceRtm", ""),
        (r#"{"serviceChat":true}"#, "INVALID_FIELD", "serviceChat", ""),
        (r#"{"serviceRtc":{"enable":1}}"#, "INVALID_FIELD", "serviceRtc.enable", ""),
        (r#"{"serviceRtm":{"enable":1}}"#, "INVALID_FIELD", "serviceRtm.enable", ""),
        (r#"{"serviceChat":{"enableUser":1}}"#, "INVALID_FIELD", "serviceChat.enableUser", ""),
        (r#"{"serviceChat":{"enableApp":1}}"#, "INVALID_FIELD", "serviceChat.enableApp", ""),
        (r#"{"serviceChat":{"enableApp":true}}"#, "FORBIDDEN_SERVICE", "", "the caller"),
        (
            r#"{"uid":"1","serviceRtm":{"enable":true},"serviceChat":{"enableApp":true}}"#,
            "INVALID_FIELD",
            "serviceChat",
            "enableApp",
        ),
        (
            r#"{"uid":"a","serviceRtm":{"enable":true},
                "serviceChat":{"enableUser":true,"userUuid":"b"}}"#,
            "INVALID_FIELD",
            "serviceChat",
            "uid and userUuid",
        ),
        (r#"{"serviceChat":{"enableUser":true,"userUuid":"0"}}"#, "INVALID_USER_ACCOUNT", "userUuid", ""),
        (r#"{"serviceChat":{"enableUser":true,"userUuid":1}}"#, "INVALID_FIELD", "serviceChat.userUuid", ""),
        (r#"{"serviceFpa":{"enable":true}}"#, "INVALID_FIELD", "", "serviceFpa"),
        (r#"{"serviceEducation":{"enableApp":true}}"#, "INVALID_FIELD", "", "serviceFpa and serviceEducation"),
        (r#"{"uid":"1","serviceRtc":{"enable":true}}"#, "MISSING_FIELD", "channelName", ""),
        (r#"{"channelName":"","uid":"1","serviceRtc":{"enable":true}}"#, "INVALID_CHANNEL_NAME", "channelName", ""),
        (r#"{"channelName":1,"uid":"1","serviceRtc":{"enable":true}}"#, "INVALID_CHANNEL_NAME", "channelName", ""),
        (r#"{"channelName":"room","serviceRtc":{"enable":true}}"#, "MISSING_FIELD", "uid", ""),
        (r#"{"channelName":"room","uid":1,"serviceRtc":{"enable":true}}"#, "INVALID_FIELD", "uid", ""),
        (r#"{"channelName":"room","uid":"*","serviceRtc":{"enable":true}}"#, "INVALID_USER_ACCOUNT", "uid", ""),
        (r#"{"channelName":"room","uid":"4294967296","serviceRtc":{"enable":true}}"#, "INVALID_UID", "uid", ""),
        (r#"{"channelName":"room","uid":"0","serviceRtc":{"enable":true}}"#, "FORBIDDEN_WILDCARD", "", "the caller"),
        (
            r#"{"channelName":"room","uid":"1","serviceRtc":{"enable":true,"role":101}}"#,
            "INVALID_ROLE",
            "serviceRtc.role",
            "",
        ),
        (
            r#"{"channelName":"room","uid":"1","serviceRtc":{"enable":true,"role":"1"}}"#,
            "INVALID_ROLE",
            "serviceRtc.role",
            "",
        ),
        (r#"{"tokenExpireTs":-1}"#, "INVALID_LIFETIME", "tokenExpireTs", ""),
        (r#"{"privilegeExpireTs":86401}"#, "LIFETIME_OVER_A_DAY", "privilegeExpireTs", ""),
    ];
    for (route, cases) in
        [("GET", paths.as_slice()), ("POST /getToken", &get_token), ("POST /token/generate", &generate)]
    {
        for (rest, code, field, start) in cases {
            let request = format!("{route} {rest}");
            for request in spellings(&request) {
                let answer = ask(&server, &request);
                let status = if code.starts_with("FORBIDDEN") { 403 } else { 400 };
                let audit = server.audit(&answer);
                let audited = |field: &str| audit.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
                assert_eq!(
                    (answer.status, &*audited("code"), &*audited("field")),
                    (status, *code, *field),
                    "{request}"
                );
                assert_eq!(audit["event"], "refused");
                let is_sample = request.starts_with("POST /token/generate");
                let message = answer.json[if is_sample { "message" } else { "error" }].as_str().expect("a message");
                let start = if start.is_empty() { *field } else { *start };
                assert!(message.starts_with(&format!("{start} ")), "{request} {message}");
                let shape = if is_sample {
                    json!({ "code": -1, "message": message, "data": "" })
                } else {
                    json!({ "error": message, "status": status })
                };
                assert_eq!(answer.json, shape, "{request}");
            }
        }
    }
}

#[test]
fn app_tokens_are_for_those_who_may() {
    let settings =
        "anonymous = \"admin\"\ncompat = true\n[policies.admin]\nmax_lifetime = \"24h\"\nservices = [\"chatApp\"]\n";
    let server = setup(settings).start();
    for (request, lifetime) in [
        ("GET /chat/app", HOUR),
        ("GET /chat/app?expiry=60", 60),
        (r#"POST /getToken {"tokenType":"chat"}"#, HOUR),
        (r#"POST /getToken {"tokenType":"chat","uid":"","expire":60}"#, 60),
        (r#"POST /token/generate {"serviceChat":{"enableApp":true}}"#, HOUR),
        (r#"POST /token/generate {"tokenExpireTs":60,"serviceChat":{"enableApp":true}}"#, 60),
    ] {
        assert_granted(&server, request, "", lifetime, "chat-app");
    }
    for (body, lifetime) in [(r#"{"services":["chatApp"]}"#, HOUR), (r#"{"services":["chatApp"],"lifetime":60}"#, 60)] {
        let said = decoded(server.post("/v1/tokens", body).token());
        assert_eq!((&said["services"], &said["expiresIn"]), (&services("chat-app", "", lifetime), &json!(lifetime)));
    }
    for request in ["GET /chat/account/alice", r#"POST /getToken {"tokenType":"chat","uid":"alice"}"#] {
        assert_eq!(server.audit(&ask(&server, request))["code"], "FORBIDDEN_SERVICE", "{request}");
    }
    let user = server.post("/v1/tokens", r#"{"services":["chat"],"account":"alice"}"#);
    assert_eq!(user.problem(), (403, "FORBIDDEN_SERVICE"));
}
