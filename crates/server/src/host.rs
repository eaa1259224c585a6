//! Names of hosts, as `Host`, `Origin` and URLs have them.

use std::net::IpAddr;

/// The name before the port, in lower case, without the brackets of IPv6.
pub(crate) fn name(authority: &str) -> String {
    let host = match authority.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((host, port)) if port.is_empty() || port.starts_with(':') => host,
            _ => authority,
        },
        // Behind a colon that no port follows may stand another host: `localhost:80@example.com`.
        None => match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        },
    };
    host.trim_end_matches('.').to_ascii_lowercase()
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
