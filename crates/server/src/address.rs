//! The client's address behind proxies.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The address at the other end of the connection, as an extension of its requests; none at a unix socket.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) Option<IpAddr>);

impl Peer {
    /// Whether it speaks for others. At a unix socket only a proxy of this machine can be.
    pub(crate) fn is_trusted(self, trusted: &[IpNet]) -> bool {
        self.0.is_none_or(|address| is_in(&address.to_canonical(), trusted))
    }

    pub(crate) fn address(self) -> IpAddr {
        self.0.map_or(Ipv4Addr::UNSPECIFIED.into(), |address| address.to_canonical())
    }
}

fn is_in(address: &IpAddr, networks: &[IpNet]) -> bool {
    networks.iter().any(|network| network.contains(address))
}

/// An address as proxies write it: bare, with a port, or as IPv6 has both.
fn parse(hop: &str) -> Option<IpAddr> {
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    let bare = || hop.parse::<IpAddr>().ok().or_else(bracketed);
    bare().or_else(|| Some(hop.parse::<SocketAddr>().ok()?.ip()))
}

/// The client's address: the last one in `X-Forwarded-For` that no trusted proxy has, if a trusted proxy sent it.
pub(crate) fn client(peer: Peer, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut client = peer.address();
    if !peer.is_trusted(trusted) {
        return client;
    }
    // By bytes: one that is no text must not hide the hops behind it.
    let headers = headers.get_all("x-forwarded-for").iter().rev();
    for hop in headers.flat_map(|header| header.as_bytes().rsplit(|byte| *byte == b',')) {
        // What is no address ends the chain: whoever wrote it could have written anything before it.
        let Some(address) = parse(std::str::from_utf8(hop).unwrap_or_default().trim()) else {
            break;
        };
        client = address.to_canonical();
        if !is_in(&client, trusted) {
            break;
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        client(Peer(peer.parse().ok()), &headers, &trusted).to_string()
    }

    #[test]
    fn a_byte_that_is_no_text_hides_no_hop() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", axum::http::HeaderValue::from_bytes(b"\xff, 198.51.100.1").unwrap());
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        assert_eq!(client(Peer("10.0.0.1".parse().ok()), &headers, &trusted).to_string(), "198.51.100.1");
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(seen("192.0.2.1", &["198.51.100.1"]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("::ffff:10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn what_the_client_wrote_itself_does_not_count() {
        assert_eq!(seen("10.0.0.1", &["1.1.1.1, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &["1.1.1.1", "198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.1", &["nonsense, 10.0.0.2"]), "10.0.0.2");
        assert_eq!(seen("10.0.0.1", &["198.51.100.1:x"]), "10.0.0.1");
    }

    #[test]
    fn proxies_write_ports_and_brackets() {
        for (hop, address) in [
            ("198.51.100.1:4000", "198.51.100.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4000", "2001:db8::1"),
        ] {
            assert_eq!(seen("10.0.0.1", &[hop]), address);
        }
    }

    #[test]
    fn whoever_is_at_the_unix_socket_is_a_proxy() {
        assert_eq!(seen("unix", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("unix", &[]), "0.0.0.0");
    }
}
