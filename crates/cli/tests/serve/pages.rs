//! The contract as a document, and the pages.

use serde_json::Value;

use crate::server::{Server, demo, setup};

fn scripts_and_styles(server: &Server, html: &str) {
    let mut found = 0;
    for attribute in ["src=\"", "href=\""] {
        for part in html.split(attribute).skip(1) {
            let target = part.split('"').next().unwrap();
            if target.starts_with('#') || target == "data:," {
                continue;
            }
            assert!(target.starts_with('/'), "{target} is somewhere else");
            assert_eq!(server.get(target).status, 200, "{target}");
            found += 1;
        }
    }
    assert!(found > 0);
    for elsewhere in ["http://", "https://", "style=\"", "onclick=", "<style", "<script>"] {
        assert!(!html.contains(elsewhere), "the page's own policy forbids {elsewhere}");
    }
}

#[test]
fn the_pages_bring_all_they_need() {
    let server = demo();
    for path in ["/", "/docs"] {
        let page = server.get(path);
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(page.text.contains("<html lang=\"en\">") && page.text.contains("<main"), "{path}");
        scripts_and_styles(&server, &page.text);
    }
}

#[test]
fn the_page_that_mints_is_for_a_demo() {
    let server = setup("").start();
    assert_eq!(server.get("/").problem(), (404, "NOT_FOUND"));
    assert_eq!(server.get("/docs").status, 200);
}

#[test]
fn the_contract_is_there() {
    let server = demo();
    let document = server.get("/openapi.json");
    assert_eq!(document.header("content-type"), "application/json");
    assert_eq!(document.json["openapi"], Value::from("3.1.0"));
}

#[test]
fn metrics_count_without_naming_anybody() {
    let server = demo();
    server.post("/v1/tokens", r#"{"channel":"secret-room","account":"alice"}"#).token();
    server.get("/no-such-route");
    let metrics = server.get("/metrics");
    assert!(metrics.header("content-type").starts_with("application/openmetrics-text"));
    for line in [
        "agora_token_tokens_minted_total{route=\"/v1/tokens\"} 1",
        "agora_token_requests_total{route=\"/v1/tokens\",status=\"200\"} 1",
        "agora_token_refusals_total{code=\"NOT_FOUND\"} 1",
        "# EOF",
    ] {
        assert!(metrics.text.lines().any(|found| found == line), "{line}\n{}", metrics.text);
    }
    assert!(
        !metrics.text.contains("secret-room") && !metrics.text.contains("alice") && !metrics.text.contains("no-such")
    );
}
