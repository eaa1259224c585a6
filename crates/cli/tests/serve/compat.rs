//! The routes of other token servers: their questions and their answers' shapes, under our policy.

use agora_token::ServiceType;
use serde_json::{Value, json};

use crate::contract::{decoded, verifier};
use crate::server::{demo, setup};

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

#[test]
fn they_are_there_on_request_only() {
    let server = setup("").args(["--demo"]).start();
    for path in ["/rtc/room/publisher/uid/1", "/rtm/alice", "/chat/app", "/ping", "/access_token?channel=room&uid=1"] {
        assert_eq!(server.get(path).problem(), (404, "NOT_FOUND"), "{path}");
    }
    assert_eq!(server.post("/getToken", "{}").problem(), (404, "NOT_FOUND"));
}

#[test]
fn the_paths_of_agora_token_service() {
    let server = demo();
    for end in ["", "/", "?expiry=600", "/?expiry=600"] {
        let answer = server.get(&format!("/rtc/room/publisher/uid/42{end}"));
        let token = answer.json["rtcToken"].as_str().expect("a token");
        assert_eq!(answer.json.as_object().unwrap().len(), 1);
        assert!(verifier().channel_name("room").uid(42).verify(token).unwrap().is_valid());
        assert_eq!(decoded(token)["expiresIn"], if end.contains("expiry") { 600 } else { 3600 });
    }
    let account = server.get("/rtc/my%20room/subscriber/userAccount/alice/");
    let token = account.json["rtcToken"].as_str().unwrap();
    assert!(verifier().channel_name("my room").user_account("alice").verify(token).unwrap().is_valid());

    let messaging = server.get("/rtm/alice/?expiry=60");
    let token = messaging.json["rtmToken"].as_str().unwrap();
    assert!(verifier().service(ServiceType::Rtm).user_account("alice").verify(token).unwrap().is_valid());

    let both = server.get("/rte/room/publisher/uid/42");
    for (name, service) in [("rtcToken", ServiceType::Rtc), ("rtmToken", ServiceType::Rtm)] {
        let token = both.json[name].as_str().unwrap();
        assert!(verifier().service(service).uid(42).verify(token).unwrap().is_valid(), "{name}");
    }

    let chat = server.get("/chat/account/alice/");
    let token = chat.json["chatToken"].as_str().unwrap();
    assert!(verifier().service(ServiceType::Chat).user_account("alice").verify(token).unwrap().is_valid());
    assert_eq!(server.get("/ping").json, json!({ "message": "pong" }));
}

#[test]
fn what_they_make_something_of_is_refused() {
    let server = demo();
    for (path, status) in [
        ("/rtc/room/host/uid/42", 400),
        ("/rtc/room/publisher/number/42", 400),
        ("/rtc/room/publisher/uid/alice", 400),
        ("/rtc/room/publisher/uid/4294967338", 400),
        ("/rtc/room/publisher/uid/-1", 400),
        ("/rtc/room/publisher/uid/0", 403),
        ("/rtc/room/publisher/userAccount/0", 400),
        ("/rtc/room/publisher/uid/42?expiry=-1", 400),
        ("/rtc/room/publisher/uid/42?expiry=1000000000000", 400),
        ("/rtc/room/publisher/uid/42?expiry=60&expiry=86400", 400),
        ("/rtc/room/publisher/uid/42?expiry=%2B60", 400),
        ("/rtc/room/publisher/uid/42?expiry=", 400),
        ("/rtm/0", 400),
        ("/chat/app", 403),
        ("/chat/app/?expiry=60", 403),
        ("/access_token?uid=1", 400),
        ("/access_token?channel=room", 400),
        ("/access_token?channel=&uid=1", 400),
        ("/access_token?channel=room&uid=0", 403),
        ("/access_token?channel=room&uid=1&expiredTs=3600", 400),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, &answer.json["status"]), (status, &json!(status)), "{path} {}", answer.text);
        assert!(answer.json["error"].is_string(), "{path}");
        assert_eq!(server.audit(&answer)["event"], "refused");
    }
    for (body, status) in [
        (json!({ "tokenType": "chat" }), 403),
        (json!({ "tokenType": "chat", "uid": "" }), 403),
        (json!({ "tokenType": "rtc", "channel": "room", "uid": "1", "expire": -1 }), 400),
        (json!({ "tokenType": "rtc", "channel": "room", "uid": "1", "role": "king" }), 400),
        (json!({ "tokenType": "rtc", "channel": "room", "uid": 1 }), 400),
        (json!({ "tokenType": "rtc", "uid": "1" }), 400),
        (json!({ "tokenType": "rtm" }), 400),
        (json!({ "tokenType": "tv", "uid": "1" }), 400),
    ] {
        let answer = server.post("/getToken", body.to_string());
        assert_eq!((answer.status, &answer.json["status"]), (status, &json!(status)), "{body}");
    }
    for (body, status) in [
        (json!({ "channelName": "room", "uid": "1" }), 400),
        (json!({ "serviceChat": { "enableApp": true } }), 403),
        (json!({ "serviceFpa": { "enable": true } }), 400),
        (json!({ "uid": "1", "serviceRtc": { "enable": true } }), 400),
        (json!({ "channelName": "room", "serviceRtc": { "enable": true } }), 400),
        (json!({ "channelName": "", "uid": "", "serviceRtc": { "enable": true, "role": 1 } }), 400),
        (json!({ "channelName": "room", "uid": "1", "serviceRtc": { "enable": true, "role": 101 } }), 400),
        (json!({ "channelName": "room", "uid": "1", "tokenExpireTs": -1, "serviceRtc": { "enable": true } }), 400),
    ] {
        let answer = server.post("/token/generate", body.to_string());
        assert_eq!(
            (answer.status, &answer.json["code"], &answer.json["data"]),
            (status, &json!(-1), &json!("")),
            "{body}"
        );
        assert!(answer.json["message"].is_string());
    }
}

#[test]
fn the_posts_of_the_others() {
    let server = demo();
    let get_token = |body: Value| server.post("/getToken", body.to_string());
    let rtc =
        get_token(json!({ "tokenType": "rtc", "channel": "room", "uid": "42", "role": "publisher", "expire": 60 }));
    assert!(verifier().channel_name("room").uid(42).verify(rtc.token()).unwrap().is_valid());
    assert_eq!(decoded(rtc.token())["expiresIn"], 60);
    let account = get_token(json!({ "tokenType": "rtc", "channel": "room", "uid": "alice" }));
    assert!(verifier().user_account("alice").verify(account.token()).unwrap().is_valid());
    for (kind, service) in [("rtm", ServiceType::Rtm), ("chat", ServiceType::Chat)] {
        let answer = get_token(json!({ "tokenType": kind, "uid": "alice" }));
        assert!(verifier().service(service).user_account("alice").verify(answer.token()).unwrap().is_valid());
    }

    let generated = server.post(
        "/token/generate",
        json!({
            "channelName": "room", "uid": "42", "tokenExpireTs": 600, "privilegeExpireTs": 60,
            "serviceRtc": { "enable": true, "role": 1 }, "serviceRtm": { "enable": true },
        })
        .to_string(),
    );
    assert_eq!((&generated.json["code"], &generated.json["message"]), (&json!(0), &json!("Success")));
    let token = generated.json["data"]["token"].as_str().unwrap();
    for service in [ServiceType::Rtc, ServiceType::Rtm] {
        assert!(verifier().service(service).uid(42).verify(token).unwrap().is_valid());
    }
    let said = decoded(token);
    assert_eq!(
        (&said["expiresIn"], &said["services"][0]["privileges"]["publishVideoStream"]),
        (&json!(600), &json!(60))
    );
    let chat = json!({ "serviceChat": { "enableUser": true, "userUuid": "alice" } });
    let chat = server.post("/token/generate", chat.to_string());
    let token = chat.json["data"]["token"].as_str().unwrap();
    assert!(verifier().service(ServiceType::Chat).user_account("alice").verify(token).unwrap().is_valid());

    let answer = server.get("/access_token?channel=room&uid=42");
    assert!(verifier().channel_name("room").uid(42).verify(answer.token()).unwrap().is_valid());
    let end = now() + 600;
    let answer = server.get(&format!("/access_token?channel=room&uid=42&expiredTs={end}"));
    assert!(decoded(answer.token())["expiresAt"].as_u64().unwrap().abs_diff(end) <= 2);
}

#[test]
fn app_tokens_are_for_those_who_may() {
    let settings = "anonymous = \"admin\"\ncompat = true\n[policies.admin]\napp_tokens = true\nservices = []\n";
    let server = setup(settings).start();
    let asks = [
        server.get("/chat/app/").json["chatToken"].clone(),
        server.post("/getToken", r#"{"tokenType":"chat"}"#).json["token"].clone(),
        server.post("/token/generate", r#"{"serviceChat":{"enableApp":true}}"#).json["data"]["token"].clone(),
        server.post("/v1/tokens", r#"{"services":["chatApp"],"expiresIn":60}"#).json["token"].clone(),
    ];
    for token in asks {
        let said = decoded(token.as_str().expect("a token"));
        assert!(
            said["services"][0]["privileges"].get("app").is_some()
                || said["services"][0]["privileges"].as_object().unwrap().len() == 1,
            "{said}"
        );
    }
    let user = server.post("/v1/tokens", r#"{"services":["chat"],"account":"alice"}"#);
    assert_eq!(user.problem(), (403, "FORBIDDEN_SERVICE"));
}
