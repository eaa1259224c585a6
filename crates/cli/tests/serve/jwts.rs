//! JWTs: four algorithms, keys from files and from a JWKS, and every way to fake one.

use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::{EncodePublicKey, LineEnding};
use serde_json::{Value, json};

use crate::server::{Answer, Server, setup};

const SECRET: &str = "a secret of at least thirty-two bytes";

/// An issuer's key pair: how it signs, and the public key or secret as its file holds it.
pub(crate) struct Pair {
    pub(crate) algorithm: Algorithm,
    pub(crate) signing: EncodingKey,
    pub(crate) file: String,
}

pub(crate) fn hs256() -> Pair {
    Pair { algorithm: Algorithm::HS256, signing: EncodingKey::from_secret(SECRET.as_bytes()), file: SECRET.to_owned() }
}

pub(crate) fn rs256() -> &'static Pair {
    static PAIR: LazyLock<Pair> = LazyLock::new(|| {
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
        let file = key.to_public_key().to_public_key_pem(LineEnding::LF).unwrap();
        let signing = EncodingKey::from_rsa_der(key.to_pkcs1_der().unwrap().as_bytes());
        Pair { algorithm: Algorithm::RS256, signing, file }
    });
    &PAIR
}

pub(crate) fn es256() -> Pair {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
    let signing = EncodingKey::from_ec_pem(key.serialize_pem().as_bytes()).unwrap();
    Pair { algorithm: Algorithm::ES256, signing, file: key.public_key_pem() }
}

fn ed25519() -> Pair {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let signing = EncodingKey::from_ed_pem(key.serialize_pem().as_bytes()).unwrap();
    Pair { algorithm: Algorithm::EdDSA, signing, file: key.public_key_pem() }
}

/// An issuer whose users may have tokens for themselves.
pub(crate) fn issuer(algorithm: &str) -> String {
    format!(
        r#"
[policies.member]
max_lifetime = "24h"
channels = ["*"]
subject = true
roles = ["publisher", "subscriber"]
services = ["rtc", "rtm"]

[[jwt_issuers]]
name = "accounts"
algorithm = "{algorithm}"
key_file = "key"
issuer = "https://accounts.example.com"
audience = "agora-token"
policy = "member"
"#
    )
}

pub(crate) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

pub(crate) fn claims(subject: &str) -> Value {
    json!({ "iss": "https://accounts.example.com", "aud": "agora-token", "sub": subject, "exp": now() + 300 })
}

pub(crate) fn sign(pair: &Pair, claims: &Value) -> String {
    encode(&Header::new(pair.algorithm), claims, &pair.signing).unwrap()
}

fn ask(server: &Server, jwt: &str, user: &Value) -> Answer {
    let mut body = json!({ "channel": "room", "role": "publisher" });
    body.as_object_mut().unwrap().extend(user.as_object().unwrap().clone());
    server.post_as(jwt, "/v1/tokens", body.to_string())
}

fn refused(server: &Server, answer: &Answer) -> (u16, String) {
    let (status, code) = answer.problem();
    assert_eq!(server.audit(answer)["code"], code);
    (status, code.to_owned())
}

#[test]
fn every_algorithm_lets_its_subject_in_and_nobody_else() {
    for (name, pair) in [("HS256", &hs256()), ("RS256", rs256()), ("ES256", &es256()), ("EdDSA", &ed25519())] {
        let server = setup(&issuer(name)).file("key", &pair.file).start();
        let jwt = sign(pair, &claims("42"));
        let answer = ask(&server, &jwt, &json!({ "uid": 42 }));
        answer.token();
        assert_eq!(server.audit(&answer)["caller"], "jwt:accounts:42");
        for other in [json!({ "uid": 43 }), json!({ "account": "alice" }), json!({ "account": "042" })] {
            assert_eq!(refused(&server, &ask(&server, &jwt, &other)), (403, "FORBIDDEN_USER".into()), "{name} {other}");
        }
        let anybody = ask(&server, &jwt, &json!({ "anyUser": true }));
        assert_eq!(refused(&server, &anybody), (403, "FORBIDDEN_WILDCARD".into()));
        let alice = sign(pair, &claims("alice"));
        ask(&server, &alice, &json!({ "account": "alice", "services": ["rtc", "rtm"] })).token();
        let broken = format!("{}A{}", &jwt[..jwt.len() - 10], &jwt[jwt.len() - 9..]);
        if broken != jwt {
            assert_eq!(
                refused(&server, &ask(&server, &broken, &json!({ "uid": 42 }))),
                (401, "UNAUTHENTICATED".into())
            );
        }
    }
}

#[test]
fn claims_count() {
    let pair = hs256();
    let server = setup(&issuer("HS256")).file("key", &pair.file).start();
    let with = |name: &str, value: Value| {
        let mut claims = claims("42");
        claims[name] = value;
        claims
    };
    let without = |name: &str| {
        let mut claims = claims("42");
        claims.as_object_mut().unwrap().remove(name);
        claims
    };
    for (claims, reason) in [
        (with("exp", json!(now() - 60)), "expired"),
        (with("nbf", json!(now() + 60)), "not good yet"),
        (with("aud", json!("other")), "audience"),
        (with("iss", json!("https://other.example.com")), "issuer"),
        (with("sub", json!("")), "sub"),
        (with("sub", json!("a".repeat(256))), "sub"),
        (with("sub", json!(42)), "sub"),
        (without("exp"), "lacks exp"),
        (without("sub"), "lacks a sub"),
        (without("aud"), "lacks aud"),
        (without("iss"), "lacks iss"),
    ] {
        let answer = ask(&server, &sign(&pair, &claims), &json!({ "uid": 42 }));
        assert_eq!(refused(&server, &answer), (401, "UNAUTHENTICATED".into()), "{claims}");
        let detail = answer.json["detail"].as_str().unwrap();
        assert!(detail.contains(reason), "{claims} {detail}");
    }
    let within_leeway = with("exp", json!(now() - 5));
    ask(&server, &sign(&pair, &within_leeway), &json!({ "uid": 42 })).token();
}

#[test]
fn no_algorithm_but_the_key_s() {
    let (pair, other) = (rs256(), hs256());
    let server = setup(&issuer("RS256")).file("key", &pair.file).start();
    let part = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let unsigned =
        |algorithm: &str| format!("{}.{}.", part(json!({ "alg": algorithm, "typ": "JWT" })), part(claims("42")));
    // The public key, which everybody may know, taken for the secret of HS256.
    let confused = Pair {
        algorithm: Algorithm::HS256,
        signing: EncodingKey::from_secret(pair.file.as_bytes()),
        file: String::new(),
    };
    let with_own_key = {
        let mut header = Header::new(Algorithm::HS256);
        header.jwk = None;
        header.jku = Some("https://evil.example.com/jwks".to_owned());
        encode(&header, &claims("42"), &other.signing).unwrap()
    };
    // Signed by the right key, for readers who know what `crit` names.
    let with_extension = {
        let mut header = Header::new(Algorithm::RS256);
        header.crit = Some(vec!["https://example.com/only-in-the-morning".to_owned()]);
        encode(&header, &claims("42"), &pair.signing).unwrap()
    };
    for jwt in [
        unsigned("none"),
        unsigned("None"),
        unsigned("RS256"),
        unsigned("HS256"),
        sign(&confused, &claims("42")),
        sign(&other, &claims("42")),
        with_extension,
        with_own_key,
        sign(&ed25519(), &claims("42")),
        "a.b.c".to_owned(),
        "..".to_owned(),
        format!("{}.", "a".repeat(8000)),
    ] {
        let answer = ask(&server, &jwt, &json!({ "uid": 42 }));
        assert_eq!(refused(&server, &answer), (401, "UNAUTHENTICATED".into()), "{jwt}");
        assert!(server.audit(&answer).get("caller").is_none());
    }
    ask(&server, &sign(pair, &claims("42")), &json!({ "uid": 42 })).token();
}

#[test]
fn a_jwks_file_has_many_keys() {
    let settings = issuer("RS256").replace("algorithm = \"RS256\"\nkey_file = \"key\"", "jwks_file = \"jwks.json\"");
    let (rsa, ec, hmac) = (rs256(), es256(), hs256());
    let jwk = |pair: &Pair, id: &str| {
        let mut jwk = Jwk::from_encoding_key(&pair.signing, pair.algorithm).unwrap();
        jwk.common.key_id = Some(id.to_owned());
        jwk
    };
    let set = JwkSet { keys: vec![jwk(rsa, "rsa"), jwk(&ec, "ec"), jwk(&hmac, "hmac")] };
    let server = setup(&settings).file("jwks.json", serde_json::to_string(&set).unwrap()).start();
    let sign_as = |pair: &Pair, id: Option<&str>| {
        let mut header = Header::new(pair.algorithm);
        header.kid = id.map(str::to_owned);
        encode(&header, &claims("42"), &pair.signing).unwrap()
    };
    for (pair, id) in [(rsa, "rsa"), (&ec, "ec"), (&hmac, "hmac")] {
        for id in [Some(id), None] {
            // Of its kind, each is the only one.
            ask(&server, &sign_as(pair, id), &json!({ "uid": 42 })).token();
        }
    }
    for jwt in [sign_as(rsa, Some("ec")), sign_as(rsa, Some("unknown")), sign_as(&es256(), Some("ec"))] {
        let answer = ask(&server, &jwt, &json!({ "uid": 42 }));
        assert_eq!(refused(&server, &answer), (401, "UNAUTHENTICATED".into()));
    }
}

#[test]
fn keys_that_cannot_be_right_are_refused_at_the_start() {
    let pair = rs256();
    let check = |settings: &str, key: &str| setup(settings).file("key", key).args(["--check"]).run();
    assert_eq!(check(&issuer("RS256"), &pair.file).0, 0);
    assert_eq!(check(&issuer("ES256"), &es256().file).0, 0);
    let p384 = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap().public_key_pem();
    for (settings, key, reason) in [
        (issuer("HS256"), "short", "32 bytes"),
        (issuer("HS256"), &*pair.file, "public key could sign"),
        (issuer("HS256"), &format!("# ours\n{}", pair.file), "public key could sign"),
        (issuer("RS256"), "nonsense", "RSA"),
        (issuer("ES256"), &es256().file.replace("MF", "xx"), "P-256"),
        (issuer("ES256"), &p384, "P-256"),
        (issuer("EdDSA"), "", "Ed25519"),
        (issuer("RS1"), &pair.file, "HS256"),
        (issuer("RS256").replace("key_file", "jwks_file"), &pair.file, "algorithm"),
        (issuer("RS256").replace("\"key\"", "\"missing\""), &pair.file, "cannot read"),
        (issuer("RS256").replace("policy = \"member\"", "policy = \"other\""), &pair.file, "no policy"),
    ] {
        let (exit, stdout, stderr) = check(&settings, key);
        assert!(exit != 0 && stdout.is_empty() && stderr.contains(reason), "{reason}: {stderr}");
        assert!(!stderr.contains("short") && !stderr.contains("nonsense"), "{stderr}");
    }
    let jwks = |document: &str| {
        let settings = issuer("").replace("algorithm = \"\"\nkey_file = \"key\"", "jwks_file = \"key\"");
        setup(&settings).file("key", document).args(["--check"]).run()
    };
    let weak = URL_SAFE_NO_PAD.encode("weak");
    for (document, reason) in [
        ("nonsense".to_owned(), "JWKS"),
        (r#"{"keys":[]}"#.to_owned(), "no key"),
        (format!(r#"{{"keys":[{{"kty":"oct","k":"{weak}"}}]}}"#), "no key"),
        (format!(r#"{{"keys":[{{"kty":"oct","alg":"RS256","k":"{weak}"}}]}}"#), "no key"),
        (format!(r#"{{"keys":[{{"kty":"OKP","crv":"Ed25519","x":"{weak}"}}]}}"#), "no key"),
        (format!(r#"{{"keys":[{{"kty":"RSA","n":"{weak}","e":"AQAB"}}]}}"#), "no key"),
    ] {
        let (exit, _, stderr) = jwks(&document);
        assert!(exit != 0 && stderr.contains(reason) && !stderr.contains(&weak), "{reason}: {stderr}");
    }
}
