//! Where nobody needs a key, any page that a person opens could ask: it is known by its origin, and by the name that it
//! calls the server by.

use ureq::http::Method;

use crate::server::{Answer, Server, demo, setup};

const BODY: &str = r#"{"channel":"room","uid":1}"#;

fn ask(server: &Server, header: (&str, &str)) -> Answer {
    server.ask(Method::POST, "/v1/tokens", &[header], BODY)
}

#[test]
fn a_page_of_another_origin_gets_nothing_of_a_demo() {
    let server = demo();
    for origin in ["https://evil.example.com", "null", "http://localhost.evil.example.com", "http://127.0.0.1.nip.io"] {
        let answer = ask(&server, ("origin", origin));
        assert_eq!(answer.problem(), (403, "FORBIDDEN_ORIGIN"), "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
    for origin in ["http://localhost:3000", "http://127.0.0.1:5173", "http://[::1]:80"] {
        let answer = ask(&server, ("origin", origin));
        answer.token();
        assert_eq!(answer.header("access-control-allow-origin"), origin);
    }
    let allowed = setup("").args(["--demo", "--allowed-origin", "https://app.example.com"]).start();
    ask(&allowed, ("origin", "https://app.example.com")).token();
    assert_eq!(ask(&allowed, ("origin", "https://evil.example.com")).problem(), (403, "FORBIDDEN_ORIGIN"));
}

#[test]
fn a_name_that_dns_leads_here_is_not_ours() {
    let anonymous = "anonymous = \"all\"\n[policies.all]\nmax_lifetime = 60\nchannels = [\"*\"]\nuids = [\"*\"]\n";
    for server in [demo(), setup(anonymous).start()] {
        for host in ["evil.example.com", "evil.example.com:8082", "127.0.0.1.nip.io", "192.0.2.1"] {
            assert_eq!(ask(&server, ("host", host)).problem(), (421, "WRONG_HOST"), "{host}");
        }
        for host in ["localhost", "localhost:8082", "127.0.0.1:1", "[::1]"] {
            ask(&server, ("host", host)).token();
        }
    }
    let named = setup("").args(["--demo", "--allowed-host", "dev.example.com"]).start();
    ask(&named, ("host", "Dev.example.com:8082")).token();
    assert_eq!(ask(&named, ("host", "other.example.com")).problem(), (421, "WRONG_HOST"));
}

#[test]
fn where_keys_are_needed_any_name_will_do() {
    let server = crate::attacks::viewer();
    let headers = [("host", "tokens.example.com"), ("authorization", &*format!("Bearer {}", crate::attacks::KEY))];
    server.ask(Method::POST, "/v1/tokens", &headers, r#"{"channel":"lobby","uid":1}"#).token();
}
