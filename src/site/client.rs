//! Who sends a form: the client's address, behind proxies too, and whether
//! the form stood on a page of ours. For whatever takes forms.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, HeaderMap, ORIGIN};
use url::Url;

use crate::config::{BaseUrl, TrustedProxies};

/// The client of a request, as far as it counts: an IPv4 address, or the
/// first 64 bits of an IPv6 one, which is what one household has.
pub fn of(request: &HttpRequest, trusted: &TrustedProxies) -> IpAddr {
    let peer = request.peer_addr().map(|peer| peer.ip());
    let forwarded: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .map(|value| value.to_str().unwrap_or("?"))
        .collect();
    network(address(peer, &forwarded.join(","), trusted))
}

/// Whether a request comes from this machine or a private network, as far as can
/// be told: where a proxy that is not trusted has passed it on, nothing can.
#[must_use]
pub fn is_near(request: &HttpRequest, trusted: &TrustedProxies) -> bool {
    let peer = request.peer_addr().map(|peer| peer.ip());
    is_near_by(peer, request.headers(), trusted)
}

/// Whether a form was sent from a page of another site, a sibling on the same
/// domain included. Browsers of today say
/// so themselves; those that do not, or that are asked over plain http, name
/// the origin; a client that names neither is no browser, and has no reader
/// whom a foreign page could make send something.
pub fn is_foreign(headers: &HeaderMap, base_url: &BaseUrl) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"cross-site" | b"same-site");
    }
    let Some(origin) = headers.get(ORIGIN) else {
        return false;
    };
    let origin = origin.to_str().ok().and_then(|text| Url::parse(text).ok());
    let Some(origin) = origin.filter(|origin| origin.host().is_some()) else {
        return true;
    };
    let is_ours = |authority: &str| {
        Url::parse(&format!("{}://{authority}/", origin.scheme())).is_ok_and(|ours| {
            ours.host() == origin.host()
                && ours.port_or_known_default() == origin.port_or_known_default()
        })
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    !(is_ours(base_url.authority()) || host.is_some_and(is_ours))
}

/// The right-most address that no trusted proxy has. What stands further left
/// was written by the client and proves nothing, as does the whole header
/// where the peer itself is no trusted proxy.
fn address(peer: Option<IpAddr>, forwarded: &str, trusted: &TrustedProxies) -> IpAddr {
    let mut client = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    for entry in forwarded.rsplit(',').map(str::trim) {
        if !trusted.contains(client) {
            break;
        }
        match read_address(entry) {
            Some(address) => client = address,
            None => break,
        }
    }
    client.to_canonical()
}

/// Reads `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1` and `[2001:db8::1]:4711`.
fn read_address(entry: &str) -> Option<IpAddr> {
    entry
        .parse()
        .ok()
        .or_else(|| entry.parse::<std::net::SocketAddr>().ok().map(|it| it.ip()))
        .or_else(|| {
            let inner = entry.strip_prefix('[')?.strip_suffix(']')?;
            inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
        })
}

fn is_near_by(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &TrustedProxies) -> bool {
    const PASSED_ON: [&str; 4] = ["x-forwarded-for", "forwarded", "x-real-ip", "via"];
    let is_passed_on = PASSED_ON.iter().any(|name| headers.contains_key(*name));
    let is_trusted = peer.is_some_and(|peer| trusted.contains(peer));
    if is_passed_on && !(is_trusted && headers.contains_key("x-forwarded-for")) {
        return false;
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .map(|value| value.to_str().unwrap_or("?"))
        .collect();
    match address(peer, &forwarded.join(","), trusted) {
        IpAddr::V4(address) => {
            address.is_loopback() || address.is_private() || address.is_link_local()
        }
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let first_half = u128::from(address) & (u128::MAX << 64);
            IpAddr::V6(Ipv6Addr::from(first_half))
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::*;

    fn seen(peer: &str, forwarded: &str, trusted: &str) -> String {
        address(
            Some(peer.parse().unwrap()),
            forwarded,
            &trusted.parse().unwrap(),
        )
        .to_string()
    }

    #[test]
    fn nobody_is_believed_who_is_not_a_trusted_proxy() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1", ""), "203.0.113.9");
        assert_eq!(
            seen("203.0.113.9", "198.51.100.1", "10.0.0.0/8"),
            "203.0.113.9"
        );
    }

    #[test]
    fn behind_trusted_proxies_the_right_most_other_address_counts() {
        let trusted = "10.0.0.0/8, ::1";
        assert_eq!(
            seen("10.0.0.1", "1.1.1.1, 198.51.100.1", trusted),
            "198.51.100.1"
        );
        assert_eq!(
            seen("10.0.0.1", "1.1.1.1,198.51.100.1 , 10.2.2.2", trusted),
            "198.51.100.1"
        );
        assert_eq!(
            seen("::ffff:10.0.0.1", "198.51.100.1:4711", trusted),
            "198.51.100.1"
        );
        assert_eq!(seen("::1", "[2001:db8::7]:4711", trusted), "2001:db8::7");
        // Without an address there is the proxy's, which no client can choose.
        assert_eq!(seen("10.0.0.1", "", trusted), "10.0.0.1");
        assert_eq!(
            seen("10.0.0.1", "198.51.100.1, unknown", trusted),
            "10.0.0.1"
        );
        assert_eq!(seen("10.0.0.1", "10.0.0.3, 10.0.0.2", trusted), "10.0.0.3");
    }

    #[test]
    fn near_is_only_whoever_is_known_to_be() {
        let near = |peer: &str, pairs: &[(&'static str, &'static str)], trusted: &str| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                );
            }
            is_near_by(
                Some(peer.parse().unwrap()),
                &headers,
                &trusted.parse().unwrap(),
            )
        };
        for peer in [
            "127.0.0.1",
            "10.1.2.3",
            "::1",
            "fd00::1",
            "::ffff:192.168.0.9",
        ] {
            assert!(near(peer, &[], ""), "{peer}");
        }
        for peer in ["203.0.113.9", "2001:db8::1", "0.0.0.0"] {
            assert!(!near(peer, &[], ""), "{peer}");
        }
        // A proxy that is not trusted may speak for anybody.
        let passed_on = [("x-forwarded-for", "10.0.0.7")];
        assert!(!near("10.0.0.1", &passed_on, ""));
        assert!(!near("127.0.0.1", &[("via", "1.1 cache")], ""));
        assert!(near("10.0.0.1", &passed_on, "10.0.0.1"));
        let outside = [("x-forwarded-for", "203.0.113.9")];
        assert!(!near("10.0.0.1", &outside, "10.0.0.1"));
        assert!(!near("10.0.0.1", &[("via", "1.1 cache")], "10.0.0.1"));
    }

    #[test]
    fn a_household_is_one_client() {
        let network = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network("::ffff:192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn a_form_on_a_page_of_another_site_is_foreign() {
        let base: BaseUrl = "https://daybook.example".parse().unwrap();
        let foreign = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                );
            }
            is_foreign(&headers, &base)
        };
        assert!(!foreign(&[]));
        assert!(foreign(&[("sec-fetch-site", "cross-site")]));
        assert!(!foreign(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://evil.example")
        ]));
        assert!(!foreign(&[("origin", "https://daybook.example")]));
        assert!(!foreign(&[
            ("origin", "http://127.0.0.1:8080"),
            ("host", "127.0.0.1:8080")
        ]));
        assert!(foreign(&[
            ("origin", "http://127.0.0.1:9090"),
            ("host", "127.0.0.1:8080")
        ]));
        assert!(foreign(&[
            ("origin", "https://evil.example"),
            ("host", "daybook.example")
        ]));
        assert!(foreign(&[("origin", "null")]));
        assert!(foreign(&[(
            "origin",
            "https://daybook.example.evil.example"
        )]));
    }

    proptest! {
        #[test]
        fn a_client_cannot_choose_its_address(header in "[0-9a-f.:,\\[\\] ]{0,60}") {
            prop_assert_eq!(seen("203.0.113.9", &header, "10.0.0.0/8"), "203.0.113.9");
            // What a trusted proxy has added stands, whatever came before it.
            let added = format!("{header}, 198.51.100.1");
            prop_assert_eq!(seen("10.0.0.1", &added, "10.0.0.0/8"), "198.51.100.1");
        }
    }
}
