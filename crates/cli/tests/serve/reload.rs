//! New settings, certificates and policies while requests run. Nothing is lost, and nothing bad is taken.

#![cfg(unix)]

use std::sync::atomic::{AtomicBool, Ordering};

use agora_token::{AppCertificate, Expected, Verifier};
use serde_json::Value;

use crate::attacks::viewer_settings;
use crate::server::{CERTIFICATE, OTHER_CERTIFICATE, Server, setup};

const BODY: &str = r#"{"channel":"room","uid":1}"#;

const POLICY: &str = "anonymous = \"all\"\n[policies.all]\nmax_lifetime = \"24h\"\ndiagnosis = true\nuids = [\"*\"]\n";

fn with_channels(channels: &str) -> String {
    format!("{POLICY}channels = [\"{channels}\"]\n")
}

fn is_reloaded(line: &Value) -> bool {
    line["message"] == "reloaded"
}

fn is_refused(line: &Value) -> bool {
    line["message"].as_str().is_some_and(|text| text.starts_with("not reloaded"))
}

fn signed_by(token: &str, certificate: &str) -> bool {
    Verifier::by_certificate(AppCertificate::new(certificate).unwrap()).verdict(token, &Expected::new()).is_valid()
}

/// A server whose certificate stands in a file.
fn server(reload_interval: &str) -> Server {
    setup(&with_channels("*"))
        .without("AGORA_APP_CERTIFICATE")
        .file("certificate", CERTIFICATE)
        .args(["--app-certificate-file", "certificate", "--limit-per-address", "0", "--limit-per-caller", "0"])
        .args(["--reload-interval", reload_interval])
        .start()
}

#[test]
fn a_certificate_is_rotated_under_load() {
    let server = server("0");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
                    let mut tokens = Vec::new();
                    while !done.load(Ordering::Relaxed) {
                        let answer = server.ask_with(&agent, ureq::http::Method::POST, "/v1/tokens", &[], BODY);
                        tokens.push(answer.token().to_owned());
                    }
                    tokens
                })
            })
            .collect();
        for (round, certificate) in [OTHER_CERTIFICATE, CERTIFICATE, OTHER_CERTIFICATE].into_iter().enumerate() {
            server.write("certificate", certificate);
            server.signal(libc::SIGHUP);
            server.wait_for_number(round + 1, "the reload", is_reloaded);
            // At the latest the next answer is signed with it.
            assert!(signed_by(server.post("/v1/tokens", BODY).token(), certificate));
        }
        done.store(true, Ordering::Relaxed);
        let tokens: Vec<_> = asking.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        assert!(tokens.len() > 10);
        for token in &tokens {
            assert!(signed_by(token, CERTIFICATE) != signed_by(token, OTHER_CERTIFICATE));
        }
    });
    assert_eq!(server.count(|line| line["event"] == "refused"), 0);
}

#[test]
fn a_changed_file_is_noticed_without_a_signal() {
    let server = server("1s");
    server.post("/v1/tokens", BODY).token();
    server.write("server.toml", with_channels("other-*"));
    server.wait_for_number(1, "the reload", is_reloaded);
    assert_eq!(server.post("/v1/tokens", BODY).problem(), (403, "FORBIDDEN_CHANNEL"));
    server.write("server.toml", with_channels("ro*"));
    server.wait_for_number(2, "the reload", is_reloaded);
    server.write("certificate", OTHER_CERTIFICATE);
    server.wait_for_number(3, "the reload", is_reloaded);
    assert!(signed_by(server.post("/v1/tokens", BODY).token(), OTHER_CERTIFICATE));
}

#[test]
fn what_is_not_good_is_refused_and_the_old_stays() {
    let server = server("0");
    let bad = [
        ("server.toml", "nonsense".to_owned()),
        ("server.toml", with_channels("*").replace("uids", "users")),
        ("server.toml", with_channels("*").replace("\"all\"\n", "\"nobody\"\n")),
        ("server.toml", format!("compat = true\n{}", with_channels("*"))),
        ("certificate", format!("{CERTIFICATE}0")),
        ("certificate", String::new()),
    ];
    for (round, (file, content)) in (1..).zip(bad) {
        let good = std::fs::read(server.path(file)).unwrap();
        server.write(file, content);
        server.signal(libc::SIGHUP);
        server.wait_for_number(round, "that it is refused", is_refused);
        assert!(signed_by(server.post("/v1/tokens", BODY).token(), CERTIFICATE));
        server.write(file, good);
        server.signal(libc::SIGHUP);
        server.wait_for_number(round, "that the good is taken", is_reloaded);
    }
    let metrics = server.get("/metrics").text;
    assert!(metrics.contains("agora_token_reloads_total{outcome=\"refused\"}"), "{metrics}");
}

/// A copy over a slow network has a beginning for a while that is a settings file too.
#[test]
fn half_a_file_is_not_taken() {
    let whole = format!("{POLICY}channels = [\"room\"]\n\n[policies.other]\nmax_lifetime = 60\n");
    let server = setup(&whole).args(["--reload-interval", "3s"]).start();
    let new = whole.replace("\"room\"", "\"other\"").replace("60", "50");
    let half = new.split("\n[policies.other]").next().unwrap();
    std::fs::write(server.path("server.toml"), half).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    std::fs::write(server.path("server.toml"), &new).unwrap();
    server.wait_for("the reload", is_reloaded);
    assert_eq!(server.post("/v1/tokens", BODY).problem(), (403, "FORBIDDEN_CHANNEL"));
    assert_eq!(server.count(is_reloaded), 1, "it was read twice alike before it was taken");
}

/// An editor, or `>` of a shell, empties a file before it writes it.
#[test]
fn settings_that_vanish_open_no_door() {
    let keys = viewer_settings().replace("compat = true", "");
    for (settings, refusal) in [(keys, (401, "UNAUTHENTICATED")), (with_channels("other"), (403, "FORBIDDEN_CHANNEL"))]
    {
        let server = setup(&settings).args(["--reload-interval", "0"]).start();
        server.write("server.toml", "");
        server.signal(libc::SIGHUP);
        assert_eq!(server.wait_for("that it is refused", is_refused)["field"], "anonymous");
        assert_eq!(server.post("/v1/tokens", BODY).problem(), refusal);
    }
}

#[test]
fn the_secondary_certificate_signs_when_it_is_told_to() {
    let settings = |which: &str| format!("sign_with = \"{which}\"\n{}", with_channels("*"));
    let server = setup(&settings("primary"))
        .env("AGORA_APP_CERTIFICATE_SECONDARY", OTHER_CERTIFICATE)
        .args(["--reload-interval", "0"])
        .start();
    let old = server.post("/v1/tokens", BODY);
    assert!(signed_by(old.token(), CERTIFICATE));
    server.write("server.toml", settings("secondary"));
    server.signal(libc::SIGHUP);
    server.wait_for("the reload", is_reloaded);
    assert!(signed_by(server.post("/v1/tokens", BODY).token(), OTHER_CERTIFICATE));
    // While both are enabled, the doctor takes tokens of either.
    let body = serde_json::json!({ "token": old.token(), "channel": "room", "uid": 1 }).to_string();
    let findings = server.post("/v1/doctor", body).text;
    assert!(!findings.contains("SIGNATURE"), "{findings}");
}
