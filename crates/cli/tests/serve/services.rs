//! Every service that the core knows, many tokens at once, and several projects.

use agora_token::Expected;
use serde_json::{Value, json};

use crate::attacks::{KEY, viewer_settings};
use crate::contract::decoded;
use crate::server::{APP_ID, CERTIFICATE, OTHER_CERTIFICATE, Server, demo, setup};

fn minted(server: &Server, body: &Value) -> Value {
    decoded(server.post("/v1/tokens", body.to_string()).token())
}

#[test]
fn every_service_by_its_name() {
    let server = demo();
    for (body, fields) in [
        (
            json!({ "services": ["streaming"], "channel": "room", "uid": 42, "role": "publisher" }),
            json!({ "channel": "room", "account": "42", "privileges": { "publishMixStream": 60, "publishRawStream": 60 } }),
        ),
        (json!({ "services": ["fpa"] }), json!({ "privileges": { "login": 60 } })),
        (
            json!({ "services": ["fcdn"], "channel": "room", "uid": 42 }),
            json!({ "channel": "room", "account": "42", "privileges": { "play": 60 } }),
        ),
        (
            json!({ "services": ["apaas"], "account": "alice" }),
            json!({ "roomUuid": "", "userUuid": "alice", "role": -1, "privileges": { "user": 60 } }),
        ),
        (
            json!({ "services": ["apaas"], "account": "alice", "room": { "uuid": "class", "role": 2 } }),
            json!({ "roomUuid": "class", "userUuid": "alice", "role": 2, "privileges": { "roomUser": 60 } }),
        ),
        (
            json!({ "services": ["rtm2"], "account": "alice", "permissions": { "messageChannels": { "read": ["news"], "write": ["me"] } } }),
            json!({ "userId": "alice", "permissions": { "messageChannels": { "read": ["news"], "write": ["me"] } }, "privileges": { "login": 60 } }),
        ),
        (json!({ "services": ["convoAi"] }), json!({ "privileges": {} })),
        (json!({ "services": ["stt"] }), json!({ "privileges": {} })),
    ] {
        let mut asked = body.clone();
        asked["lifetime"] = json!(60);
        let said = minted(&server, &asked);
        let [service] = said["services"].as_array().unwrap().as_slice() else { panic!("{said}") };
        assert_eq!(service["name"], body["services"][0]);
        for (field, value) in fields.as_object().unwrap() {
            assert_eq!(&service[field], value, "{body}");
        }
    }
    let all = json!({ "services": ["rtc", "rtm", "convoAi", "stt"], "channel": "room", "account": "alice", "role": "publisher" });
    assert_eq!(minted(&server, &all)["services"].as_array().unwrap().len(), 4);
}

#[test]
fn a_policy_says_which_rooms_and_resources() {
    let settings = "anonymous = \"p\"\n[policies.p]\nmax_lifetime = 60\naccounts = [\"*\"]\nservices = [\"apaas\", \"rtm2\", \"apaasApp\"]\n\
                    rooms = [\"class-*\"]\nroom_roles = [2]\nresources = [\"news-*\"]\n";
    let server = setup(settings).start();
    let ask = |body: Value| server.post("/v1/tokens", body.to_string());
    let room = |uuid: &str, role: i16| json!({ "services": ["apaas"], "account": "a", "room": { "uuid": uuid, "role": role } });
    let audit = server.audit(&ask(room("class-1", 2)));
    assert_eq!((&audit["room"], &audit["room_role"]), (&json!("class-1"), &json!(2)));
    assert_eq!(ask(room("other", 2)).problem(), (403, "FORBIDDEN_ROOM"));
    assert_eq!(ask(room("class-1", 1)).problem(), (403, "FORBIDDEN_ROLE"));
    let permitted = |resource: &str| json!({ "services": ["rtm2"], "account": "a", "permissions": { "users": { "read": ["news-1", resource] } } });
    let audit = server.audit(&ask(permitted("news-2")));
    assert_eq!(
        (&audit["event"], &audit["permissions"]),
        (&json!("minted"), &json!(r#"users.read ["news-1", "news-2"]"#))
    );
    assert_eq!(ask(permitted("secret")).problem(), (403, "FORBIDDEN_PERMISSION"));
    assert_eq!(ask(json!({ "services": ["stt"] })).problem(), (403, "FORBIDDEN_SERVICE"));
    assert_eq!(ask(json!({ "services": ["chatApp"] })).problem(), (403, "FORBIDDEN_SERVICE"));
    let app = decoded(ask(json!({ "services": ["apaasApp"] })).token());
    assert_eq!(
        (&app["services"][0]["name"], &app["services"][0]["privileges"]),
        (&json!("apaas"), &json!({ "app": 60 }))
    );
}

#[test]
fn a_batch_has_an_answer_for_each_user_in_their_order() {
    let server = setup(&viewer_settings()).start();
    let body = json!({
        "template": { "channel": "lobby", "lifetime": 60 },
        "users": [{ "uid": 1 }, { "uid": 2000 }, { "account": "guest-1", "channel": "show-1" }, { "uid": 3, "role": "king" }, {}],
    });
    let answer = server.post_as(KEY, "/v1/tokens/batch", body.to_string());
    assert_eq!(answer.status, 200, "{}", answer.text);
    let rows = answer.json["tokens"].as_array().unwrap();
    let code = |row: &Value| row["problem"]["code"].as_str().unwrap_or("OK").to_owned();
    let codes: Vec<_> = rows.iter().map(code).collect();
    assert_eq!(codes, ["OK", "FORBIDDEN_USER", "OK", "INVALID_ROLE", "MISSING_FIELD"]);
    assert_eq!((&rows[0]["uid"], &rows[2]["channel"]), (&json!(1), &json!("show-1")));
    assert_eq!(decoded(rows[2]["token"].as_str().unwrap())["services"][0]["account"], "guest-1");
    // Each has its line.
    server.wait_for_number(2, "who was given a token", |line| {
        line["event"] == "minted" && line["request_id"] == answer.request_id.as_str()
    });
    for (body, code) in [
        (json!({ "users": [] }), "INVALID_FIELD"),
        (json!({}), "MISSING_FIELD"),
        (json!({ "users": [1] }), "INVALID_FIELD"),
        (json!({ "users": vec![json!({ "uid": 1 }); 1001] }), "INVALID_FIELD"),
        (json!({ "users": [{}], "more": 1 }), "UNKNOWN_FIELD"),
    ] {
        let answer = server.post_as(KEY, "/v1/tokens/batch", body.to_string());
        assert_eq!(answer.problem(), (400, code), "{}", answer.text);
    }
}

/// A small body must not come to a large one.
#[test]
fn a_template_is_small_for_many_users() {
    let server = setup(&viewer_settings()).start();
    let read = vec!["a"; 10_000];
    let template =
        json!({ "services": ["rtm2"], "account": "guest-1", "permissions": { "messageChannels": { "read": read } } });
    let body = json!({ "template": template, "users": vec![json!({}); 1000] });
    let answer = server.post_as(KEY, "/v1/tokens/batch", body.to_string());
    assert_eq!((answer.status, &answer.json["code"]), (400, &json!("INVALID_FIELD")), "{}", answer.text);
    assert_eq!(answer.json["field"], "template");
}

#[test]
fn every_token_of_a_batch_counts() {
    let server = setup(&viewer_settings()).args(["--limit-per-caller", "10"]).start();
    let users: Vec<_> = (1..=100).map(|uid| json!({ "uid": uid })).collect();
    let body = json!({ "template": { "channel": "lobby" }, "users": users });
    let answer = server.post_as(KEY, "/v1/tokens/batch", body.to_string());
    let limited =
        answer.json["tokens"].as_array().unwrap().iter().filter(|row| row["problem"]["code"] == "RATE_LIMITED");
    assert!(limited.count() >= 50);
}

#[test]
fn a_server_has_several_projects() {
    const OTHER_APP_ID: &str = "00000000000000000000000000000002";
    let projects = format!(
        "[policies.eu]\nmax_lifetime = 60\nuids = [\"*\"]\nchannels = [\"*\"]\ndiagnosis = true\nprojects = [\"eu\", \"us\"]\n\
         [projects.eu]\napp_id = \"{OTHER_APP_ID}\"\napp_certificate_file = \"eu\"\n\
         [projects.us]\napp_id = \"{APP_ID}\"\napp_certificate_file = \"us\"\n"
    );
    let with = |settings: String| {
        let setup = setup(&settings).without("AGORA_APP_ID").without("AGORA_APP_CERTIFICATE");
        setup.file("eu", OTHER_CERTIFICATE).file("us", CERTIFICATE)
    };
    // The viewer's policy names no project, and there is no app_id.
    let (exit, _, stderr) = with(format!("{}{projects}", viewer_settings())).args(["--check"]).run();
    assert!(exit != 0 && stderr.contains("policies.viewer.projects"), "{stderr}");

    let server = with(format!("anonymous = \"eu\"\n{projects}")).start();
    let ask = |body: Value| server.post("/v1/tokens", body.to_string());
    let of = |answer: &crate::server::Answer| decoded(answer.token())["appId"].as_str().unwrap().to_owned();
    let first = ask(json!({ "channel": "room", "uid": 1 }));
    assert_eq!(of(&first), OTHER_APP_ID);
    let us = ask(json!({ "channel": "room", "uid": 1, "project": "us" }));
    assert_eq!((of(&us).as_str(), server.audit(&us)["project"].as_str()), (APP_ID, Some("us")));
    assert!(crate::contract::verifier().verdict(us.token(), &Expected::new()).is_valid());
    assert_eq!(ask(json!({ "channel": "room", "uid": 1, "project": "asia" })).problem(), (403, "FORBIDDEN_PROJECT"));
    let asked = json!({ "token": us.token(), "channel": "room", "uid": 1, "appId": APP_ID });
    let diagnosis = server.post("/v1/doctor", asked.to_string());
    assert!(!diagnosis.text.contains("SIGNATURE"), "{}", diagnosis.text);
}
