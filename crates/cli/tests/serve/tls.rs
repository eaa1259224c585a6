//! TLS with a key pair, and its renewal.

#![cfg(unix)]

use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use ureq::http::Method;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::server::{Server, setup};

fn pair() -> (String, String) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    (cert.pem(), signing_key.serialize_pem())
}

/// A client that trusts this certificate and no other.
fn trusting(certificate: &str) -> ureq::Agent {
    let root = Certificate::from_pem(certificate.as_bytes()).unwrap();
    let roots = RootCerts::Specific(Arc::new(vec![root]));
    let tls = TlsConfig::builder().root_certs(roots).build();
    ureq::Agent::config_builder().tls_config(tls).http_status_as_error(false).build().into()
}

fn token(server: &Server, certificate: &str) {
    let body = r#"{"channel":"room","uid":1}"#;
    server.ask_with(&trusting(certificate), Method::POST, "/v1/tokens", &[], body).token();
}

#[test]
fn tls_and_its_renewal() {
    let ((old, old_key), (new, new_key)) = (pair(), pair());
    let args = ["--demo", "--tls-certificate", "tls.crt", "--tls-key", "tls.key"];
    let server = setup("").file("tls.crt", &old).file("tls.key", &old_key).args(args).start();
    server.keep_secret(old_key.lines().nth(1).unwrap());
    server.keep_secret(new_key.lines().nth(1).unwrap());
    assert!(server.url.starts_with("https://"));
    token(&server, &old);
    let other = trusting(&new).get(format!("{}/healthz", server.url)).call();
    assert!(other.is_err(), "a client that does not trust it goes away");

    // A certificate without its key is not taken.
    server.write("tls.crt", &new);
    server.wait_for("that it is refused", |line| line["field"] == "tls_key");
    token(&server, &old);
    server.write("tls.key", &new_key);
    server.wait_for("that it is taken", |line| line["message"] == "reloaded");
    token(&server, &new);
}

#[test]
fn a_key_pair_that_is_none_keeps_it_from_starting() {
    let ((certificate, key), (_, other)) = (pair(), pair());
    let check = |certificate: &str, key: &str| {
        let args = ["--check", "--tls-certificate", "tls.crt", "--tls-key", "tls.key"];
        let (exit, _, stderr) = setup("").file("tls.crt", certificate).file("tls.key", key).args(args).run();
        (exit == 0, stderr)
    };
    assert!(check(&certificate, &key).0);
    for (certificate, key, field) in [
        (&*certificate, &*other, "tls_key"),
        ("", &key, "tls_certificate"),
        (&certificate, "", "tls_key"),
        ("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n", &key, "tls_certificate"),
    ] {
        let (good, stderr) = check(certificate, key);
        assert!(!good && stderr.contains(field), "{stderr}");
    }
}
