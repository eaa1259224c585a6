//! Callers by their claims: the user, the channels and the policy that a JWT makes; who is denied, and keys that end.

use serde_json::{Value, json};

use crate::attacks::{KEY, viewer_settings};
use crate::contract::decoded;
use crate::jwts::{claims, hs256, issuer, now, sign};
use crate::server::{Answer, Server, setup};

fn with(more: Value) -> Value {
    let mut all = claims("auth0|42");
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    all
}

fn ask(server: &Server, claims: &Value, body: Value) -> Answer {
    server.post_as(&sign(&hs256(), claims), "/v1/tokens", body.to_string())
}

fn account_of(answer: &Answer) -> String {
    decoded(answer.token())["services"][0]["account"].as_str().unwrap().to_owned()
}

#[test]
fn claims_make_the_user_and_need_not_be_repeated() {
    let settings = issuer("HS256")
        .replace("policy = \"member\"", "policy = \"member\"\nuid = \"{agora_uid}\"\naccount = \"u-{sub}\"");
    let server = setup(&settings).file("key", hs256().file).start();
    let room = || json!({ "channel": "room" });
    assert_eq!(account_of(&ask(&server, &with(json!({ "agora_uid": 7 })), room())), "7");
    assert_eq!(account_of(&ask(&server, &with(json!({ "agora_uid": "7" })), room())), "7");
    assert_eq!(account_of(&ask(&server, &claims("42"), room())), "u-42");
    assert_eq!(account_of(&ask(&server, &claims("42"), json!({ "channel": "room", "account": "u-42" }))), "u-42");
    let other = ask(&server, &claims("42"), json!({ "channel": "room", "uid": 42 }));
    assert_eq!(other.problem(), (403, "FORBIDDEN_USER"));
    // A claim of somebody's making is no wildcard.
    assert_eq!(ask(&server, &claims("*"), room()).problem(), (422, "MISSING_FIELD"));
    // Where no template stands, the subject is the user.
    let plain = setup(&issuer("HS256")).file("key", hs256().file).start();
    assert_eq!(account_of(&ask(&plain, &claims("alice"), room())), "alice");
    assert_eq!(account_of(&ask(&plain, &claims("42"), room())), "42");
}

#[test]
fn claims_give_channels() {
    let settings = issuer("HS256")
        .replace("channels = [\"*\"]", "channels = [\"lobby\"]")
        .replace("policy = \"member\"", "policy = \"member\"\nchannels = [\"team-{org_id}-*\", \"org-{orgs}\"]");
    let server = setup(&settings).file("key", hs256().file).start();
    let claims = with(json!({ "org_id": "a", "orgs": ["x", "y"] }));
    for channel in ["lobby", "team-a-1", "org-x", "org-y"] {
        ask(&server, &claims, json!({ "channel": channel })).token();
    }
    for channel in ["team-b-1", "team-a", "org-z", "org-*"] {
        let code = ask(&server, &claims, json!({ "channel": channel })).status;
        assert!(matches!(code, 400 | 403), "{channel}");
    }
    let star = with(json!({ "org_id": "*", "orgs": "*" }));
    assert_eq!(ask(&server, &star, json!({ "channel": "team-b-1" })).problem(), (403, "FORBIDDEN_CHANNEL"));
}

#[test]
fn claims_pick_the_policy() {
    let rule = |claim: &str, has: &str| {
        format!("[[jwt_issuers.rules]]\nclaim = \"{claim}\"\nhas = \"{has}\"\npolicy = \"host\"\n")
    };
    let settings = issuer("HS256").replace("roles = [\"publisher\", \"subscriber\"]", "roles = [\"subscriber\"]");
    let settings = format!(
        "{settings}{}{}{}\n[policies.host]\nmax_lifetime = 60\nchannels = [\"*\"]\nsubject = true\nroles = [\"publisher\"]\n",
        rule("realm_access.roles", "host"),
        rule("scope", "publish"),
        rule("https://example.com/groups", "hosts"),
    );
    let server = setup(&settings).file("key", hs256().file).start();
    let publish = || json!({ "channel": "room", "role": "publisher" });
    for more in [
        json!({ "realm_access": { "roles": ["viewer", "host"] } }),
        json!({ "scope": "openid publish" }),
        json!({ "https://example.com/groups": ["hosts"] }),
    ] {
        ask(&server, &with(more), publish()).token();
    }
    for more in [json!({}), json!({ "scope": "publisher" }), json!({ "realm_access": { "roles": "viewer" } })] {
        assert_eq!(ask(&server, &with(more), publish()).problem(), (403, "FORBIDDEN_ROLE"));
    }
    let without = settings.replace("audience = \"agora-token\"\npolicy = \"member\"", "audience = \"agora-token\"");
    let server = setup(&without).file("key", hs256().file).start();
    assert_eq!(ask(&server, &with(json!({})), publish()).problem(), (403, "FORBIDDEN_CALLER"));
}

#[test]
fn a_token_may_end_with_its_jwt() {
    for (cap, most) in [("true", 300), ("false", 3600)] {
        let settings = issuer("HS256").replace("subject = true", &format!("subject = true\ncap_by_jwt = {cap}"));
        let server = setup(&settings).file("key", hs256().file).start();
        let answer = ask(&server, &claims("42"), json!({ "channel": "room", "lifetime": 3600 }));
        let lives = decoded(answer.token())["expiresIn"].as_u64().unwrap();
        assert!(lives <= most && lives + 10 >= most, "{lives}");
    }
}

#[test]
fn an_issuer_says_whose_jwts_count() {
    let check = |from: &str, to: &str| {
        let settings = issuer("HS256").replace(from, to);
        setup(&settings).file("key", hs256().file).args(["--check"]).run()
    };
    for line in ["issuer = \"https://accounts.example.com\"\n", "audience = \"agora-token\"\n"] {
        let (exit, _, stderr) = check(line, "");
        assert!(exit != 0 && stderr.contains("missing field"), "{stderr}");
    }
    assert_eq!(check("audience = \"agora-token\"", "audience = \"*\"").0, 0);
    let settings = issuer("HS256").replace("audience = \"agora-token\"", "audience = [\"other\", \"agora-token\"]");
    let server = setup(&settings).file("key", hs256().file).start();
    ask(&server, &claims("42"), json!({ "channel": "room" })).token();
    let (exit, _, stderr) = check("max_lifetime = \"24h\"\n", "");
    assert!(exit != 0 && stderr.contains("max_lifetime"), "{stderr}");
}

#[test]
fn why_a_caller_is_not_known_stands_in_the_log_and_the_metrics() {
    let server = setup(&issuer("HS256")).file("key", hs256().file).start();
    let room = || json!({ "channel": "room" });
    let reason = |answer: &Answer| server.audit(answer)["reason"].as_str().unwrap().to_owned();
    let expired = ask(&server, &with(json!({ "exp": now() - 600 })), room());
    assert_eq!(reason(&expired), "jwt-expired");
    assert_eq!(server.audit(&expired)["issuer"], "accounts");
    assert_eq!(reason(&ask(&server, &with(json!({ "aud": "x" })), room())), "jwt-audience");
    assert_eq!(reason(&server.post_as("agtk_wrong-wrong", "/v1/tokens", "{}")), "unknown-key");
    assert_eq!(reason(&server.post("/v1/tokens", "{}")), "none");
    for (name, count) in [("jwt-expired", 1.0), ("none", 1.0), ("denied", 0.0)] {
        assert_eq!(server.metric(&format!("agora_token_unauthenticated_total{{reason=\"{name}\"}}")), count);
    }
}

#[test]
fn whoever_is_denied_gets_nothing() {
    let server = setup(&format!("denylist_file = \"denied\"\n{}{}", viewer_settings(), issuer("HS256")))
        .file("key", hs256().file)
        .file("denied", "# left us\njwt:accounts:mallory\n\njti:stolen\njti:123\nkey:web\njwt:accounts:o\\'neil\\nx\njwt:accounts:b \n")
        .args(["--reload-interval", "1s"])
        .start();
    let room = || json!({ "channel": "room" });
    let denied = |answer: &Answer| {
        assert_eq!(answer.problem(), (401, "UNAUTHENTICATED"));
        assert_eq!(server.audit(answer)["reason"], "denied");
    };
    denied(&ask(&server, &claims("mallory"), room()));
    denied(&ask(&server, &with(json!({ "jti": "stolen" })), room()));
    // Some issuers count.
    denied(&ask(&server, &with(json!({ "jti": 123 })), room()));
    denied(&server.post_as(KEY, "/v1/tokens", r#"{"channel":"lobby","uid":1}"#));
    // As the audit log writes it, and with a blank that no line of a file shows.
    denied(&ask(&server, &claims("o'neil\nx"), room()));
    denied(&ask(&server, &claims("b "), room()));
    let alice = claims("alice");
    ask(&server, &alice, room()).token();
    server.write("denied", "jwt:accounts:alice\n");
    server.wait_for("the reload", |line| line["message"] == "reloaded");
    denied(&ask(&server, &alice, room()));
    ask(&server, &claims("mallory"), room()).token();
    server.write("denied", "alice\n");
    let refused = server.wait_for("that it is refused", |line| line["field"] == "denylist_file");
    assert!(refused["reason"].as_str().unwrap().starts_with("line 1"));
}

#[test]
fn a_denylist_that_denies_nobody_is_refused() {
    let settings = format!("denylist_file = \"denied\"\n{}", issuer("HS256"));
    let check =
        |denied: &str| setup(&settings).file("key", hs256().file).file("denied", denied).args(["--check"]).run();
    assert_eq!(check("# nobody\n").0, 0);
    assert_eq!(check("jti:x\r\njwt:accounts:alice\r\n").0, 0);
    for (denied, reason) in [
        ("", "the file is empty"),
        (" \n\n", "the file is empty"),
        ("#\nkey:web\n", "line 2: none of the api_keys"),
        ("jwt:account:alice", "line 1: none of the jwt_issuers"),
        ("jwt:accounts2:alice", "line 1: none of the jwt_issuers"),
        ("jwt:accounts:", "line 1: none of the jwt_issuers"),
        ("jwt:accounts", "line 1: key:NAME, jwt:ISSUER:SUBJECT or jti:ID"),
        ("jti:", "line 1: key:NAME"),
        ("\u{feff}jti:x", "line 1: key:NAME"),
    ] {
        let (exit, _, stderr) = check(denied);
        assert!(exit != 0 && stderr.contains(&format!("denylist_file: {reason}")), "{denied:?}: {stderr}");
    }
}

#[test]
fn a_key_ends() {
    for (end, code) in [("2020-01-01T00:00:00Z", 401), ("2999-12-31T23:59:59Z", 200)] {
        for quote in ["", "\""] {
            let settings = viewer_settings()
                .replace("name = \"web\"", &format!("name = \"web\"\nexpires_at = {quote}{end}{quote}"));
            let server = setup(&settings).start();
            let answer = server.post_as(KEY, "/v1/tokens", r#"{"channel":"lobby","uid":1}"#);
            assert_eq!(answer.status, code, "{}", answer.text);
            if code == 401 {
                assert_eq!(server.audit(&answer)["reason"], "ended-key");
            }
        }
    }
    let (exit, _, stderr) =
        setup(&viewer_settings().replace("name = \"web\"", "name = \"web\"\nexpires_at = \"soon\""))
            .args(["--check"])
            .run();
    assert!(exit != 0 && stderr.contains("2027-01-31T12:00:00Z"), "{stderr}");
}

#[test]
fn names_are_their_callers_own() {
    let keys = viewer_settings();
    let (_, key) = keys.split_once("[[api_keys]]").unwrap();
    let (before, hash) = key.split_once("sha256 = \"").unwrap();
    let other = format!("{before}sha256 = \"{}{}", "0".repeat(64), &hash[64..]);
    let (exit, _, stderr) = setup(&format!("{keys}[[api_keys]]{other}")).args(["--check"]).run();
    assert!(exit != 0 && stderr.contains("same name"), "{stderr}");
}

#[test]
fn questions_about_tokens_are_for_those_who_may_ask_and_are_audited() {
    let server = setup(&viewer_settings()).start();
    for path in ["/v1/doctor", "/v1/inspect"] {
        assert_eq!(server.post_as(KEY, path, r#"{"token":"x"}"#).problem(), (403, "FORBIDDEN_DIAGNOSIS"));
    }
    let settings = viewer_settings().replace("[policies.viewer]", "[policies.viewer]\ndiagnosis = true");
    let server = setup(&settings).start();
    let answer = server.post_as(KEY, "/v1/doctor", r#"{"token":"x"}"#);
    assert_eq!(answer.status, 200);
    let audit = server.audit(&answer);
    assert_eq!((&audit["event"], &audit["caller"]), (&json!("consulted"), &json!("key:web")));
}
