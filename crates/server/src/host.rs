//! Names of hosts, as `Host`, `Origin` and URLs have them.

use std::net::IpAddr;

use axum::http::uri::Authority;

/// The name before the port, in lower case, without the brackets of IPv6; nothing if it is no host.
pub(crate) fn name(authority: &str) -> String {
    let parsed = authority.parse::<Authority>().ok().filter(|_| !authority.contains('@'));
    let host = parsed.as_ref().map(Authority::host).unwrap_or_default();
    host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase()
}

/// Whether it is this machine's own name, which no DNS server decides upon.
pub(crate) fn is_loopback(authority: &str) -> bool {
    let name = name(authority);
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_its_names() {
        for authority in ["localhost", "LOCALHOST:8082", "app.localhost:1", "127.0.0.1:8082", "127.9.9.9", "[::1]:80"] {
            assert!(is_loopback(authority), "{authority}");
        }
        for authority in [
            "",
            "example.com",
            "localhost.example.com:80",
            "127.0.0.1.nip.io",
            "10.0.0.1",
            "[::2]",
            "user@localhost.evil",
            "localhost:80@evil.example.com",
            "localhost@evil.example.com:80",
            "[::1]@evil.example.com",
        ] {
            assert!(!is_loopback(authority), "{authority}");
        }
    }
}
