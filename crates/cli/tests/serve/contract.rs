//! The routes do what they promise, and the tokens are good.

use agora_token::{AppCertificate, AppId, Expected, Service, ServiceType, Unverified, Verifier};
use serde_json::{Value, json};
use ureq::http::Method;

use crate::server::{APP_ID, CERTIFICATE, demo, setup};

/// A verifier of tokens that were just minted.
pub(crate) fn verifier() -> Verifier {
    Verifier::by_certificate(AppCertificate::new(CERTIFICATE).unwrap()).app_id(AppId::new(APP_ID).unwrap())
}

/// What a token says.
pub(crate) fn decoded(token: &str) -> Value {
    serde_json::from_str(&Unverified::parse(token).unwrap().to_json()).unwrap()
}

#[test]
fn the_guide_s_client_gets_its_token() {
    let server = demo();
    for (role, publishes) in [(1, true), (2, false)] {
        let body = json!({ "uid": 123_456, "channelName": "ChannelA", "role": role });
        let answer = server.post("/fetch_rtc_token", body.to_string());
        assert_eq!(answer.json["code"], "200");
        assert_eq!(answer.json.as_object().unwrap().len(), 2);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "no-store");
        let expected = Expected::new().channel("ChannelA").uid(123_456).service(ServiceType::Rtc);
        assert!(verifier().verdict(answer.token(), &expected).is_valid());
        let expected = expected.privilege(Service::RTC_PUBLISH_VIDEO_STREAM);
        let publishing = verifier().verdict(answer.token(), &expected);
        assert_eq!(publishing.is_valid(), publishes);
        let said = decoded(answer.token());
        assert_eq!(said["expiresIn"], 3600);
        assert_eq!(said["services"][0]["privileges"]["joinChannel"], 3600);
    }
}

#[test]
fn the_guide_s_fields_match_in_any_case_and_others_are_ignored() {
    let server = demo();
    for name in ["ChannelName", "channelName", "channelname", "CHANNELNAME"] {
        let body = json!({ "UID": 1, name: "room", "Role": 1, "more": [] });
        server.post("/fetch_rtc_token", body.to_string()).token();
    }
    let twice = server.post("/fetch_rtc_token", r#"{"uid":1,"ChannelName":"a","channelName":"b","role":1}"#);
    assert_eq!((twice.status, twice.json["code"].as_str()), (400, Some("400")));
    let twice = server.post("/fetch_rtc_token", r#"{"uid":1,"ChannelName":"a","role":1,"uid":2}"#);
    assert_eq!(twice.json, json!({ "token": "\"uid\" stands more than once", "code": "400" }));
    let twice = server.post("/v1/tokens", r#"{"channel":"allowed","uid":1,"channel":"other"}"#);
    assert_eq!(twice.problem(), (400, "UNKNOWN_FIELD"));
}

#[test]
fn the_guide_s_errors_name_the_field() {
    let server = demo();
    let good = json!({ "uid": 1, "ChannelName": "room", "role": 1 });
    let uids = [json!("1"), json!(-1), json!(1.5), json!(4_294_967_296_u64), json!(null), json!([1]), json!(true)];
    let long = "a".repeat(64);
    let channels =
        [json!(""), json!(" "), json!(long), json!("a/b"), json!("a\r\nb"), json!("ä"), json!(1), json!(null)];
    let roles = [json!(0), json!(101), json!(3), json!(-1), json!("1"), json!("publisher"), json!(1.5), json!(null)];
    let cases = [("uid", uids.as_slice()), ("ChannelName", &channels), ("role", &roles)];
    for (field, wrong) in cases {
        let mut bodies: Vec<Value> = Vec::new();
        for value in wrong {
            let mut body = good.clone();
            body[field] = value.clone();
            bodies.push(body);
        }
        let mut without = good.clone();
        without.as_object_mut().unwrap().remove(field);
        bodies.push(without);
        for body in bodies {
            let answer = server.post("/fetch_rtc_token", body.to_string());
            assert_eq!((answer.status, answer.json["code"].as_str()), (400, Some("400")), "{body}");
            let message = answer.json["token"].as_str().unwrap();
            assert!(message.contains(field) && !message.starts_with("007"), "{body} {message}");
            assert_eq!(server.audit(&answer)["event"], "refused");
        }
    }
    for body in ["", "nonsense", "[]", "1", "{", "{\"uid\":1,}"] {
        let answer = server.post("/fetch_rtc_token", if body.is_empty() { " " } else { body });
        assert_eq!((answer.status, answer.json["code"].as_str()), (400, Some("400")), "{body}");
    }
}

#[test]
fn wildcards_of_the_guide_are_for_those_who_may() {
    let any_user = json!({ "uid": 0, "ChannelName": "room", "role": 1 }).to_string();
    let any_channel = json!({ "uid": 1, "ChannelName": "*", "role": 1 }).to_string();
    let server = demo();
    for body in [&any_user, &any_channel] {
        let answer = server.post("/fetch_rtc_token", body);
        assert_eq!((answer.status, answer.json["code"].as_str()), (403, Some("403")));
        assert_eq!(server.audit(&answer)["code"], "FORBIDDEN_WILDCARD");
    }
    let settings = "anonymous = \"all\"\n[policies.all]\nmax_lifetime = \"24h\"\nchannels = [\"*\"]\nuids = [\"*\"]\nroles = [\"publisher\"]\n\
                    any_user = true\nany_channel = true\n";
    let server = setup(settings).start();
    let token = server.post("/fetch_rtc_token", any_user);
    assert!(verifier().verdict(token.token(), &Expected::new().channel("room").uid(7)).is_valid());
    let token = server.post("/fetch_rtc_token", any_channel);
    assert!(verifier().verdict(token.token(), &Expected::new().channel("other").uid(1)).is_valid());
}

#[test]
fn other_methods_and_preflights() {
    let server = demo();
    for path in ["/fetch_rtc_token", "/v1/tokens", "/v1/doctor", "/v1/inspect"] {
        let preflight = server.ask(Method::OPTIONS, path, &[("origin", "http://localhost:3000")], "");
        assert_eq!((preflight.status, preflight.text.as_str()), (204, ""), "{path}");
        assert_eq!(preflight.header("access-control-allow-origin"), "http://localhost:3000");
        assert_eq!(preflight.header("access-control-allow-methods"), "POST, OPTIONS");
        let headers = preflight.header("access-control-allow-headers");
        assert!(headers.contains("content-type") && headers.contains("authorization"), "{headers}");
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH] {
            let answer = server.ask(method, path, &[], "");
            assert_eq!((answer.status, answer.header("allow")), (405, "POST, OPTIONS"), "{path}");
            assert_eq!(server.audit(&answer)["code"], "METHOD_NOT_ALLOWED");
        }
    }
    assert_eq!(server.ask(Method::POST, "/healthz", &[], "").header("allow"), "GET, HEAD, OPTIONS");
    assert_eq!(server.ask(Method::HEAD, "/healthz", &[], "").status, 200);
    let lost = server.get("/no-such-route");
    assert_eq!(lost.problem(), (404, "NOT_FOUND"));
    assert_eq!(server.audit(&lost)["code"], "NOT_FOUND");
}

#[test]
fn one_token_for_three_services() {
    let server = demo();
    let body = json!({
        "channel": "room", "uid": 42, "role": "publisher", "services": ["rtc", "rtm", "chat"],
        "lifetime": 600, "publishLifetime": 60,
    });
    let answer = server.post("/v1/tokens", body.to_string());
    let token = answer.token();
    for service in [ServiceType::Rtc, ServiceType::Rtm, ServiceType::Chat] {
        assert!(verifier().verdict(token, &Expected::new().service(service)).is_valid(), "{service:?}");
    }
    let said = decoded(token);
    assert_eq!(said["expiresIn"], 600);
    assert_eq!(said["services"][0]["privileges"]["joinChannel"], 600);
    assert_eq!(said["services"][0]["privileges"]["publishAudioStream"], 60);
    let issued_at = said["issuedAt"].as_u64().unwrap();
    let answered = &answer.json;
    assert_eq!(answered["appId"], APP_ID);
    assert_eq!(
        (&answered["channel"], &answered["uid"], &answered["role"]),
        (&json!("room"), &json!(42), &json!("publisher"))
    );
    assert_eq!(answered["services"], json!(["rtc", "rtm", "chat"]));
    assert_eq!(answered["issuedAt"], issued_at);
    assert_eq!(answered["expiresAt"], issued_at + 600);
    assert_eq!(answered["refreshAfter"], issued_at + 540);
    assert!(answered["serverTime"].as_u64().unwrap() >= issued_at);

    let audit = server.audit(&answer);
    assert_eq!(
        (&audit["event"], &audit["caller"], &audit["address"]),
        (&json!("minted"), &json!("anonymous"), &json!("127.0.0.1"))
    );
    assert_eq!((&audit["channel"], &audit["uid"], &audit["role"]), (&json!("room"), &json!("42"), &json!("publisher")));
    assert_eq!((&audit["services"], &audit["expires_at"]), (&json!("rtc,rtm,chat"), &json!(issued_at + 600)));
    assert_eq!(audit["publish_lifetime"], 60);
    assert_eq!(audit["fingerprint"].as_str().unwrap().len(), 16);
}

#[test]
fn a_request_says_little_and_gets_the_defaults() {
    let server = setup("").args(["--demo"]).env("AGORA_TOKEN_LIFETIME", "40").start();
    let answer = server.post("/v1/tokens", r#"{"channel":"room","account":"alice"}"#);
    let said = decoded(answer.token());
    assert_eq!((&said["expiresIn"], &said["services"].as_array().unwrap().len()), (&json!(40), &1));
    assert_eq!(said["services"][0]["privileges"], json!({ "joinChannel": 40 }));
    assert_eq!((&answer.json["account"], &answer.json["role"]), (&json!("alice"), &json!("subscriber")));
    assert_eq!(answer.json["services"], json!(["rtc"]));
    assert!(answer.json.get("uid").is_none());
    let messaging = server.post("/v1/tokens", r#"{"account":"alice","services":["rtm"]}"#);
    assert!(
        verifier().verdict(messaging.token(), &Expected::new().service(ServiceType::Rtm).account("alice")).is_valid()
    );
    assert!(messaging.json.get("channel").is_none());
}

#[test]
fn what_v1_refuses_has_a_code_and_a_field() {
    let server = demo();
    let cases: &[(&str, &str, &str)] = &[
        ("nonsense", "INVALID_JSON", ""),
        ("[]", "INVALID_JSON", ""),
        (r#"{"uid":1}"#, "MISSING_FIELD", "channel"),
        (r#"{"channel":"room"}"#, "MISSING_FIELD", "uid"),
        (r#"{"channel":"room","uid":0}"#, "INVALID_UID", "uid"),
        (r#"{"channel":"room","uid":"1"}"#, "INVALID_UID", "uid"),
        (r#"{"channel":"room","uid":4294967296}"#, "INVALID_UID", "uid"),
        (r#"{"channel":"room","uid":1.5}"#, "INVALID_UID", "uid"),
        (r#"{"channel":"room","uid":1,"account":"a"}"#, "INVALID_FIELD", "uid"),
        (r#"{"channel":"room","uid":1,"anyUser":true}"#, "INVALID_FIELD", "uid"),
        (r#"{"channel":"room","account":""}"#, "INVALID_USER_ACCOUNT", "account"),
        (r#"{"channel":"room","account":"*"}"#, "INVALID_USER_ACCOUNT", "account"),
        (r#"{"channel":"room","account":"undefined"}"#, "INVALID_USER_ACCOUNT", "account"),
        (r#"{"channel":"room","account":7}"#, "INVALID_USER_ACCOUNT", "account"),
        (r#"{"channel":"*","uid":1}"#, "INVALID_CHANNEL_NAME", "channel"),
        (r#"{"channel":"","uid":1}"#, "INVALID_CHANNEL_NAME", "channel"),
        (r#"{"channel":"a\nb","uid":1}"#, "INVALID_CHANNEL_NAME", "channel"),
        (r#"{"channel":7,"uid":1}"#, "INVALID_CHANNEL_NAME", "channel"),
        (r#"{"channel":"room","anyChannel":true,"uid":1}"#, "INVALID_FIELD", "channel"),
        (r#"{"channel":"room","uid":1,"anyUser":1}"#, "INVALID_FIELD", "anyUser"),
        (r#"{"channel":"room","uid":1,"role":1}"#, "INVALID_ROLE", "role"),
        (r#"{"channel":"room","uid":1,"role":"admin"}"#, "INVALID_ROLE", "role"),
        (r#"{"channel":"room","uid":1,"services":[]}"#, "NO_SERVICES", "services"),
        (r#"{"channel":"room","uid":1,"services":["tv"]}"#, "INVALID_FIELD", "services"),
        (r#"{"channel":"room","uid":1,"services":["rtc","chatApp"]}"#, "INVALID_FIELD", "services"),
        (r#"{"channel":"room","uid":1,"lifetime":0}"#, "TOKEN_EXPIRE_ZERO", "lifetime"),
        (r#"{"channel":"room","uid":1,"lifetime":"60"}"#, "INVALID_LIFETIME", "lifetime"),
        (r#"{"channel":"room","uid":1,"lifetime":86401}"#, "LIFETIME_OVER_A_DAY", "lifetime"),
        (r#"{"channel":"room","uid":1,"lifetime":1800000000}"#, "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP", "lifetime"),
        (r#"{"channel":"room","uid":1,"anyChannel":1}"#, "INVALID_FIELD", "anyChannel"),
        (r#"{"channel":"room","uid":1,"services":"rtc"}"#, "INVALID_FIELD", "services"),
        (r#"{"services":["chatApp"],"lifetime":0}"#, "TOKEN_EXPIRE_ZERO", "lifetime"),
        (r#"{"services":["chatApp"],"uid":1}"#, "INVALID_FIELD", "uid"),
        (r#"{"services":["rtm"],"uid":1,"channel":"room"}"#, "INVALID_FIELD", "channel"),
        (r#"{"services":["rtm"],"uid":1,"anyChannel":true}"#, "INVALID_FIELD", "anyChannel"),
        (r#"{"services":["rtm"],"uid":1,"role":"publisher"}"#, "INVALID_FIELD", "role"),
        (r#"{"channel":"room","uid":1,"publishLifetime":60}"#, "INVALID_FIELD", "publishLifetime"),
        (r#"{"services":["rtm"],"uid":1,"room":{"uuid":"a","role":1}}"#, "INVALID_FIELD", "room"),
        (r#"{"services":["rtm"],"uid":1,"permissions":{}}"#, "INVALID_FIELD", "permissions"),
        (r#"{"services":["rtm","rtm2"],"uid":1}"#, "INVALID_FIELD", "services"),
        (r#"{"services":["fpa"],"uid":1}"#, "INVALID_FIELD", "uid"),
        (r#"{"services":["apaas"],"uid":1,"room":{"uuid":"","role":1}}"#, "INVALID_ROOM_UUID", "room"),
        (r#"{"services":["apaas"],"uid":1,"room":{"uuid":"a"}}"#, "MISSING_FIELD", "room.role"),
        (r#"{"services":["apaas"],"uid":1,"room":{"uuid":"a","role":1,"role":2}}"#, "UNKNOWN_FIELD", ""),
        (r#"{"services":["rtm2"],"uid":1,"permissions":{"users":{"see":[]}}}"#, "INVALID_PERMISSIONS", "permissions"),
        (r#"{"channel":"room","uid":null}"#, "INVALID_FIELD", "uid"),
        (r#"{"channel":"room","uid":1,"project":"eu"}"#, "FORBIDDEN_PROJECT", ""),
        (
            r#"{"channel":"room","uid":1,"role":"publisher","publishLifetime":0}"#,
            "TOKEN_EXPIRE_ZERO",
            "publishLifetime",
        ),
        (
            r#"{"channel":"room","uid":1,"role":"publisher","publishLifetime":86401}"#,
            "LIFETIME_OVER_A_DAY",
            "publishLifetime",
        ),
        (
            r#"{"channel":"room","uid":1,"role":"publisher","publishLifetime":-1}"#,
            "INVALID_LIFETIME",
            "publishLifetime",
        ),
        (r#"{"channel":"room","uid":1,"expires_in":60}"#, "UNKNOWN_FIELD", ""),
        (r#"{"channel":"room","anyUser":true,"services":["rtc","rtm"]}"#, "FORBIDDEN_WILDCARD", ""),
    ];
    for (body, code, field) in cases {
        let answer = server.post("/v1/tokens", body);
        let statuses: &[u16] = if code.starts_with("FORBIDDEN") { &[403] } else { &[400, 422] };
        let (status, found) = answer.problem();
        assert!(statuses.contains(&status) && found == *code, "{body} {}", answer.text);
        assert_eq!(answer.json.get("field").and_then(Value::as_str).unwrap_or_default(), *field, "{body}");
        let detail = answer.json["detail"].as_str().unwrap();
        assert!(detail.contains(field), "{body} {detail}");
        if body.contains("expires_in") {
            assert_eq!(detail, r#""expires_in" is no field of this route"#);
        }
        assert_eq!(server.audit(&answer)["code"], *code);
    }
}

#[test]
fn doctor_and_inspect_answer_as_the_command_line_does() {
    let server = demo();
    let minted = server.post("/fetch_rtc_token", r#"{"uid":42,"ChannelName":"room","role":2}"#);
    let token = minted.token();
    let other = "ffffffffffffffffffffffffffffffff";
    let late = decoded(token)["expiresAt"].as_u64().unwrap() + 60;
    // Each finding shows that what is told beside the token was heard; nothing but notes comes where all is well. An @ is
    // a blank in an argument.
    for (told, words, code) in [
        (json!({ "channel": "lobby" }), "--channel lobby", "CHANNEL_DIFFERS"),
        (json!({ "uid": 43 }), "--uid 43", "USER_DIFFERS"),
        (json!({ "uid": 0 }), "--uid 0", "USER_DIFFERS"),
        (json!({ "account": "bob" }), "--account bob", "UID_TOKEN_FOR_ACCOUNT"),
        (json!({ "role": "publisher" }), "--role publisher", "SUBSCRIBER_TOKEN_FOR_PUBLISHER"),
        (json!({ "role": "host" }), "--role host", "SUBSCRIBER_TOKEN_FOR_PUBLISHER"),
        (json!({ "role": 1 }), "--role 1", "SUBSCRIBER_TOKEN_FOR_PUBLISHER"),
        (json!({ "role": "subscriber" }), "--role subscriber", ""),
        (json!({ "role": "audience" }), "--role audience", ""),
        (json!({ "role": 2 }), "--role 2", ""),
        (json!({ "for": "rtc" }), "--for rtc", ""),
        (json!({ "for": "rtm" }), "--for rtm", "RTC_TOKEN_FOR_RTM"),
        (json!({ "sdk": "web 3.0.0" }), "--sdk web@3.0.0", "SDK_TOO_OLD"),
        (json!({ "error": 110 }), "--error 110", "SDK_ERROR"),
        (json!({ "error": "110" }), "--error 110", "SDK_ERROR"),
        (json!({ "at": late }), &format!("--at {late}"), "TOKEN_EXPIRED"),
        (json!({ "appId": other }), &format!("--app-id {other}"), "APP_ID_DIFFERS"),
        (json!({ "channel": "lobby", "redact": true }), "--channel lobby --redact", "CHANNEL_DIFFERS"),
        (json!({ "channel": "room", "uid": 42, "redact": false }), "--channel room --uid 42", ""),
    ] {
        let mut body = told.clone();
        body["token"] = json!(token);
        let answer = server.post("/v1/doctor", body.to_string());
        let args = ["doctor", "--json", token].into_iter().map(str::to_owned);
        let said = command_line(args.chain(words.split(' ').map(|word| word.replace('@', " "))));
        assert_eq!((answer.status, &answer.json), (200, &said), "{told}");
        let findings = said["findings"].as_array().unwrap();
        let is_found =
            |finding: &Value| if code.is_empty() { finding["severity"] != "note" } else { finding["code"] == code };
        assert_eq!(findings.iter().any(is_found), !code.is_empty(), "{told} {said}");
    }
    let inspected = server.post("/v1/inspect", json!({ "token": token }).to_string());
    assert_eq!(inspected.json, command_line(["inspect", "--json", token]));
}

#[test]
fn what_doctor_and_inspect_refuse_has_a_code_and_a_field() {
    let server = demo();
    for (path, body, code, field) in [
        ("/v1/doctor", "nonsense", "INVALID_JSON", ""),
        ("/v1/doctor", r#"{}"#, "MISSING_FIELD", "token"),
        ("/v1/doctor", r#"{"token":1}"#, "INVALID_FIELD", "token"),
        ("/v1/doctor", r#"{"token":"x","channel":1}"#, "INVALID_FIELD", "channel"),
        ("/v1/doctor", r#"{"token":"x","uid":"1"}"#, "INVALID_UID", "uid"),
        ("/v1/doctor", r#"{"token":"x","uid":4294967296}"#, "INVALID_UID", "uid"),
        ("/v1/doctor", r#"{"token":"x","uid":1,"account":"a"}"#, "INVALID_FIELD", "uid"),
        ("/v1/doctor", r#"{"token":"x","account":1}"#, "INVALID_FIELD", "account"),
        ("/v1/doctor", r#"{"token":"x","for":1}"#, "INVALID_FIELD", "for"),
        ("/v1/doctor", r#"{"token":"x","for":"tv"}"#, "INVALID_FIELD", "for"),
        ("/v1/doctor", r#"{"token":"x","role":"king"}"#, "INVALID_ROLE", "role"),
        ("/v1/doctor", r#"{"token":"x","role":3}"#, "INVALID_ROLE", "role"),
        ("/v1/doctor", r#"{"token":"x","sdk":4}"#, "INVALID_FIELD", "sdk"),
        ("/v1/doctor", r#"{"token":"x","error":true}"#, "INVALID_FIELD", "error"),
        ("/v1/doctor", r#"{"token":"x","at":"now"}"#, "INVALID_TIMESTAMP", "at"),
        ("/v1/doctor", r#"{"token":"x","at":-1}"#, "INVALID_TIMESTAMP", "at"),
        ("/v1/doctor", r#"{"token":"x","appId":1}"#, "INVALID_FIELD", "appId"),
        ("/v1/doctor", r#"{"token":"x","redact":1}"#, "INVALID_FIELD", "redact"),
        ("/v1/doctor", r#"{"token":"x","certificate":"y"}"#, "UNKNOWN_FIELD", ""),
        ("/v1/inspect", "nonsense", "INVALID_JSON", ""),
        ("/v1/inspect", r#"{}"#, "MISSING_FIELD", "token"),
        ("/v1/inspect", r#"{"token":1}"#, "INVALID_FIELD", "token"),
        ("/v1/inspect", r#"{"token":"x"}"#, "TOKEN_VERSION", "token"),
        ("/v1/inspect", r#"{"token":"x","uid":1}"#, "UNKNOWN_FIELD", ""),
    ] {
        let answer = server.post(path, body);
        let (status, found) = answer.problem();
        assert!(matches!(status, 400 | 422) && found == code, "{body} {}", answer.text);
        assert_eq!(answer.json.get("field").and_then(Value::as_str).unwrap_or_default(), field, "{body}");
        assert!(answer.json["detail"].as_str().unwrap().contains(field), "{body}");
    }
}

fn command_line<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Value {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_agora-token"));
    command.args(args).env_clear().env("AGORA_APP_ID", APP_ID).env("AGORA_APP_CERTIFICATE", CERTIFICATE);
    serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
}

#[test]
fn a_sane_request_id_is_kept_and_another_is_not() {
    let server = demo();
    let ask = |id: &str| {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let request = ureq::http::Request::builder().uri(format!("{}/no", server.url)).header("x-request-id", id);
        let response = agent.run(request.body(()).unwrap()).unwrap();
        response.headers()["x-request-id"].to_str().unwrap().to_owned()
    };
    assert_eq!(ask("order-66_a.b"), "order-66_a.b");
    for id in ["a b", "<script>", "a\"b", &"a".repeat(65)] {
        let made = ask(id);
        assert!(made.len() == 32 && made.bytes().all(|byte| byte.is_ascii_hexdigit()), "{made}");
        assert_eq!(server.audit_of(&made)["code"], "NOT_FOUND");
    }
}

#[test]
fn made_up_credentials_are_announced() {
    let server = setup("").without("AGORA_APP_ID").without("AGORA_APP_CERTIFICATE").args(["--demo"]).start();
    let made_up = |line: &Value| line["message"].as_str().is_some_and(|text| text.contains("made up"));
    server.wait_for("that they are made up", made_up);
    let answer = server.post("/v1/tokens", r#"{"channel":"room","uid":1}"#);
    answer.token();
    assert_ne!(answer.json["appId"], APP_ID);
    assert_eq!(demo().count(made_up), 0);
}
