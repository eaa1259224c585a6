//! Identity providers: a small one of our own that can do everything wrong, asked over real sockets.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Header, encode};
use serde_json::json;

use crate::jwts::{Pair, claims, es256, hs256, now};
use crate::server::{Answer, Server, setup};

/// What the provider answers with.
#[derive(Clone)]
enum Manner {
    Document(String),
    Status(u16),
    Silence,
    /// The document, after so long; the discovery document, too.
    Late(Duration, String),
    /// So many megabytes.
    Flood(usize),
}

struct Provider {
    url: String,
    jwks: Arc<Mutex<Manner>>,
    asked: Arc<AtomicUsize>,
}

impl Provider {
    fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let jwks = Arc::new(Mutex::new(Manner::Status(500)));
        let asked = Arc::new(AtomicUsize::new(0));
        let (manner, counted, own) = (jwks.clone(), asked.clone(), url.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (manner, counted, own) = (manner.clone(), counted.clone(), own.clone());
                std::thread::spawn(move || serve(stream, &manner, &counted, &own));
            }
        });
        Provider { url, jwks, asked }
    }

    /// Publishes these keys, by their names.
    fn publish(&self, keys: &[(&str, &Pair)]) {
        self.behave(Manner::Document(Provider::document(keys)));
    }

    fn document(keys: &[(&str, &Pair)]) -> String {
        let keys = keys.iter().map(|(kid, pair)| {
            let mut jwk = Jwk::from_encoding_key(&pair.signing, pair.algorithm).unwrap();
            jwk.common.key_id = Some((*kid).to_owned());
            jwk
        });
        serde_json::to_string(&JwkSet { keys: keys.collect() }).unwrap()
    }

    fn behave(&self, manner: Manner) {
        *self.jwks.lock().unwrap() = manner;
    }

    fn settings(&self, way: &str) -> String {
        let at = match way {
            "discover" => format!("discover = true\nissuer = \"{}\"", self.url),
            _ => format!("jwks_url = \"{}/jwks\"\nissuer = \"{}\"", self.url, self.url),
        };
        format!(
            "[policies.member]\nmax_lifetime = 600\nchannels = [\"*\"]\nsubject = true\n[[jwt_issuers]]\nname = \"idp\"\n\
             audience = \"agora-token\"\npolicy = \"member\"\n{at}\n"
        )
    }

    fn jwt(&self, kid: &str, pair: &Pair, subject: &str) -> String {
        let mut header = Header::new(pair.algorithm);
        header.kid = Some(kid.to_owned());
        let mut said = claims(subject);
        said["iss"] = json!(self.url);
        encode(&header, &said, &pair.signing).unwrap()
    }
}

fn serve(mut stream: TcpStream, manner: &Mutex<Manner>, asked: &AtomicUsize, own: &str) {
    let mut head = Vec::new();
    let mut byte = [0; 1];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let answer = |stream: &mut TcpStream, status: u16, body: &str| {
        let head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    };
    let manner = manner.lock().unwrap().clone();
    if let Manner::Late(pause, _) = &manner {
        std::thread::sleep(*pause);
    }
    if head.starts_with(b"GET /.well-known/openid-configuration") {
        return answer(&mut stream, 200, &json!({ "issuer": own, "jwks_uri": format!("{own}/jwks") }).to_string());
    }
    asked.fetch_add(1, Ordering::Relaxed);
    match manner {
        Manner::Document(document) | Manner::Late(_, document) => answer(&mut stream, 200, &document),
        Manner::Status(status) => answer(&mut stream, status, "{}"),
        Manner::Silence => {
            // Until the other side gives up.
            let _ = stream.read(&mut byte);
        }
        Manner::Flood(megabytes) => {
            let _ = stream.write_all(b"HTTP/1.1 200 x\r\nConnection: close\r\n\r\n");
            let piece = vec![b' '; 1 << 20];
            for _ in 0..megabytes {
                if stream.write_all(&piece).is_err() {
                    return;
                }
            }
        }
    }
}

fn ask(server: &Server, jwt: &str) -> Answer {
    server.post_as(jwt, "/v1/tokens", r#"{"channel":"room"}"#)
}

fn reason(server: &Server, answer: &Answer) -> String {
    server.audit(answer)["reason"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn keys_come_from_a_url_or_by_discovery() {
    for way in ["url", "discover"] {
        let (provider, key) = (Provider::start(), es256());
        provider.publish(&[("one", &key)]);
        let server = setup(&provider.settings(way)).start();
        ask(&server, &provider.jwt("one", &key, "alice")).token();
        let unknown = ask(&server, &provider.jwt("two", &es256(), "alice"));
        assert_eq!(unknown.problem(), (401, "UNAUTHENTICATED"));
        assert_eq!(reason(&server, &unknown), "jwt-unknown-key");
        let forged = ask(&server, &provider.jwt("one", &es256(), "alice"));
        assert_eq!(reason(&server, &forged), "jwt-signature");
        assert_eq!(server.metric("agora_token_provider_keys{issuer=\"idp\"}"), 1.0);
        assert!(server.metric("agora_token_provider_fetched_seconds{issuer=\"idp\"}") >= now() as f64 - 600.0);
    }
}

#[test]
fn keys_rotate_under_load_and_nobody_fails() {
    let (provider, keys) = (Provider::start(), [es256(), es256(), es256()]);
    let names = ["one", "two", "three"];
    provider.publish(&[(names[0], &keys[0])]);
    let settings = format!("limit_per_address = 0\nlimit_per_caller = 0\n{}", provider.settings("discover"));
    let server = setup(&settings).start();
    let (current, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    let counted: usize = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..4)
            .map(|caller| {
                let (server, provider, current, done, keys) = (&server, &provider, &current, &done, &keys);
                scope.spawn(move || {
                    let mut count = 0;
                    while !done.load(Ordering::Relaxed) {
                        // The provider signs with a key as soon as it has published it.
                        let number = current.load(Ordering::Acquire);
                        let jwt = provider.jwt(names[number], &keys[number], &format!("user-{caller}-{count}"));
                        ask(server, &jwt).token();
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        for next in 1..3 {
            std::thread::sleep(Duration::from_millis(300));
            provider.publish(&[(names[next - 1], &keys[next - 1]), (names[next], &keys[next])]);
            current.store(next, Ordering::Release);
        }
        std::thread::sleep(Duration::from_millis(300));
        done.store(true, Ordering::Relaxed);
        asking.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!(counted > 20);
    assert!(provider.asked.load(Ordering::Relaxed) <= 8, "callers share fetches");
    assert_eq!(server.count(|line| line["event"] == "refused"), 0);
}

#[test]
fn a_key_that_is_withdrawn_counts_no_longer_even_for_who_was_seen() {
    let (provider, old, new) = (Provider::start(), es256(), es256());
    provider.publish(&[("old", &old)]);
    let server = setup(&provider.settings("url")).start();
    let seen = provider.jwt("old", &old, "alice");
    ask(&server, &seen).token();
    provider.publish(&[("new", &new)]);
    ask(&server, &provider.jwt("new", &new, "alice")).token();
    assert_eq!(ask(&server, &seen).problem(), (401, "UNAUTHENTICATED"));
}

#[test]
fn what_a_provider_does_wrong_harms_nobody() {
    let (provider, key, local) = (Provider::start(), es256(), hs256());
    provider.publish(&[("one", &key)]);
    let settings = format!("{}{}", provider.settings("url"), local_issuer());
    let server = setup(&settings).file("key", &local.file).start();
    let good = provider.jwt("one", &key, "alice");
    // Else the first caller would be one of those who may make the server fetch.
    server.wait_for("that it has the keys", |line| line["keys"] == 1);
    ask(&server, &good).token();
    for manner in [
        Manner::Status(503),
        Manner::Document("{".to_owned()),
        Manner::Document(r#"{"keys":[]}"#.to_owned()),
        Manner::Flood(100),
        Manner::Silence,
    ] {
        provider.behave(manner);
        let failed = || server.metric("agora_token_provider_fetches_total{issuer=\"idp\",outcome=\"failed\"}");
        let before = failed();
        // It makes the server ask, and waits meanwhile.
        let unknown = provider.jwt("two", &es256(), "mallory");
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| ask(&server, &unknown));
            let began = Instant::now();
            ask(&server, &good).token();
            ask(&server, &local_jwt(&local)).token();
            assert!(began.elapsed() < Duration::from_secs(4), "others wait for the provider");
            assert_eq!(waiting.join().unwrap().problem(), (401, "UNAUTHENTICATED"));
        });
        assert_eq!(failed(), before + 1.0);
        ask(&server, &good).token();
    }
    // That was all that unknown keys may cause for now.
    let asked = provider.asked.load(Ordering::Relaxed);
    for _ in 0..20 {
        assert_eq!(ask(&server, &provider.jwt("two", &key, "mallory")).status, 401);
    }
    assert!(provider.asked.load(Ordering::Relaxed) <= asked + 1);
}

fn local_issuer() -> &'static str {
    "[[jwt_issuers]]\nname = \"local\"\nissuer = \"local\"\naudience = \"agora-token\"\nalgorithm = \"HS256\"\n\
     key_file = \"key\"\npolicy = \"member\"\n"
}

fn local_jwt(pair: &Pair) -> String {
    let mut said = claims("bob");
    said["iss"] = json!("local");
    crate::jwts::sign(pair, &said)
}

#[test]
fn a_provider_that_was_never_there_is_told_apart_from_a_wrong_jwt() {
    let (provider, key) = (Provider::start(), es256());
    let server = setup(&provider.settings("discover")).start();
    let answer = ask(&server, &provider.jwt("one", &key, "alice"));
    assert_eq!(answer.problem(), (503, "PROVIDER_UNAVAILABLE"));
    assert_eq!(answer.header("retry-after"), "30");
    // As soon as it is there, so are its callers.
    provider.publish(&[("one", &key)]);
    ask(&server, &provider.jwt("one", &key, "alice")).token();
}

#[test]
fn a_request_that_times_out_does_not_take_the_keys_with_it() {
    let (provider, old, new) = (Provider::start(), es256(), es256());
    provider.publish(&[("old", &old)]);
    let server = setup(&provider.settings("url")).args(["--request-timeout", "1s"]).start();
    server.wait_for("that it has the first keys", |line| line["keys"] == 1);
    let both = Provider::document(&[("old", &old), ("new", &new)]);
    provider.behave(Manner::Late(Duration::from_secs(2), both));
    let jwt = provider.jwt("new", &new, "alice");
    assert_eq!(ask(&server, &jwt).problem(), (408, "REQUEST_TIMEOUT"));
    server.wait_for("that it has the new keys", |line| line["keys"] == 2);
    ask(&server, &jwt).token();
    assert_eq!(provider.asked.load(Ordering::Relaxed), 2);
}

#[test]
fn discovery_and_keys_share_the_time_of_one_fetch() {
    let (provider, key) = (Provider::start(), es256());
    // Either is in time by itself.
    provider.behave(Manner::Late(Duration::from_secs(3), Provider::document(&[("one", &key)])));
    let server = setup(&provider.settings("discover")).start();
    let outcome =
        server.wait_for("what became of the fetch", |line| line["issuer"] == "idp" && line["event"].is_null());
    assert!(outcome["message"].as_str().unwrap().starts_with("the provider's keys cannot be fetched"), "{outcome}");
}

#[test]
fn a_reload_keeps_the_keys_that_were_fetched() {
    let (provider, key) = (Provider::start(), es256());
    provider.publish(&[("one", &key)]);
    let settings = provider.settings("url");
    let server = setup(&settings).args(["--reload-interval", "1s"]).start();
    ask(&server, &provider.jwt("one", &key, "alice")).token();
    let asked = provider.asked.load(Ordering::Relaxed);
    provider.behave(Manner::Status(500));
    server.write("server.toml", settings.replace("max_lifetime = 600", "max_lifetime = 500"));
    server.wait_for("the reload", |line| line["message"] == "reloaded");
    ask(&server, &provider.jwt("one", &key, "bob")).token();
    assert_eq!(provider.asked.load(Ordering::Relaxed), asked);
}

#[test]
fn settings_of_providers_that_cannot_be_right() {
    let provider = Provider::start();
    let check = |settings: String| setup(&settings).file("ca", "nonsense").args(["--check"]).run();
    let good = provider.settings("url");
    assert_eq!(check(good.clone()).0, 0);
    for (settings, reason) in [
        (
            good.replace("http://127.0.0.1", "http://idp.example.com"),
            "jwt_issuers.idp.jwks_url: a URL that begins with https://",
        ),
        (
            format!("{good}discover = true\n"),
            "jwt_issuers.idp.key_file: one of key_file, jwks_file, jwks_url and discover",
        ),
        (format!("{good}algorithm = \"RS256\"\n"), "jwt_issuers.idp.algorithm: "),
        (format!("{good}ca_file = \"ca\"\n"), "jwt_issuers.idp.ca_file: it holds no PEM certificate"),
        (format!("{good}proxy = \"nowhere at all\"\n"), "jwt_issuers.idp.proxy: "),
        (format!("{good}account = \"{{sub\"\n"), "jwt_issuers.idp.account: names of claims in braces"),
        (good.replace("policy = \"member\"\n", ""), "jwt_issuers.idp.policy: "),
        (
            format!("{good}{good}").replacen(
                "[policies.member]\nmax_lifetime = 600\nchannels = [\"*\"]\nsubject = true\n",
                "",
                1,
            ),
            "same name",
        ),
    ] {
        let (exit, _, stderr) = check(settings);
        assert!(exit != 0 && stderr.contains(reason), "{reason}: {stderr}");
    }
}
