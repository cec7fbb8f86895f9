//! Which addresses may be asked: `http(s)` on the usual ports of public hosts.
//!
//! Host names are checked where they are resolved, so that what is checked is what is dialled.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::FetchConfig;
use super::failure::Failure;
use crate::model::FetchStatus;

/// Ports that public web servers use.
const PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// Checks scheme, port, user name and, for an address literal, the address.
pub(super) fn permitted(url: &Url, config: &FetchConfig) -> Result<(), Failure> {
    let refuse = |status, message: String| Err(Failure::new(status, message));
    if !matches!(url.scheme(), "http" | "https") {
        return refuse(FetchStatus::Redirect, format!("{}: is not a web address", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse(FetchStatus::Ssrf, String::from("addresses with a user name are not asked"));
    }
    if config.allow_private {
        return Ok(());
    }
    if url.port_or_known_default().is_none_or(|port| !PORTS.contains(&port)) {
        return refuse(
            FetchStatus::Ssrf,
            String::from("only ports 80, 443, 8080 and 8443 are asked"),
        );
    }
    let ip = match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
        Some(Host::Domain(_)) => return Ok(()),
        None => return refuse(FetchStatus::Ssrf, String::from("the address has no host")),
    };
    if is_public(ip) {
        return Ok(());
    }
    refuse(FetchStatus::Ssrf, format!("{ip} is not a public address"))
}

/// Whether an address belongs to the public internet (IANA special-purpose registries).
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(v4) = ip.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let [first, second, ..] = ip.segments();
    let embedded = |a: u16, b: u16| {
        let ([a, b], [c, d]) = (a.to_be_bytes(), b.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (first, second) {
        (0x2002, high) => embedded(high, ip.segments()[2]), // 6to4
        (0x64, 0xff9b) => embedded(ip.segments()[6], ip.segments()[7]), // NAT64
        (0x2001, 0x0db8) => false,                          // documentation
        (0x2001, low) if low < 0x0200 => false,             // protocol assignments, Teredo
        _ => (first & 0xe000) == 0x2000,                    // global unicast is 2000::/3
    }
}

/// Why a name was not resolved.
#[derive(Debug)]
pub(super) enum Unresolved {
    /// No such name, or no answer in time.
    Dns(String),
    /// All its addresses are private.
    Private(String),
}

impl std::fmt::Display for Unresolved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unresolved::Dns(reason) | Unresolved::Private(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Unresolved {}

/// Resolves host names to public addresses, or everything to one address.
pub(super) struct Resolver {
    config: FetchConfig,
}

impl Resolver {
    pub(super) fn new(config: &FetchConfig) -> Resolver {
        Resolver { config: config.clone() }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (fixed, private) = (self.config.connect_to, self.config.allow_private);
        let timeout = self.config.dns_timeout;
        Box::pin(async move {
            if let Some(address) = fixed {
                return Ok(Box::new(std::iter::once(address)) as Addrs);
            }
            let host = name.as_str().to_owned();
            let looked_up =
                tokio::time::timeout(timeout, tokio::net::lookup_host((host.as_str(), 0)))
                    .await
                    .map_err(|_| Unresolved::Dns(format!("no answer for {host} in time")))?
                    .map_err(|error| Unresolved::Dns(format!("{host}: {error}")))?;
            let dialled = dialled(&host, looked_up.collect(), private)?;
            Ok(Box::new(dialled.into_iter()) as Addrs)
        })
    }
}

/// Of the addresses that one look-up gave those that are dialled. The client gets these and no others, and
/// asks again for the next connection: a name that changes its answer in between gains nothing.
fn dialled(
    host: &str,
    addresses: Vec<SocketAddr>,
    allow_private: bool,
) -> Result<Vec<SocketAddr>, Unresolved> {
    if addresses.is_empty() {
        return Err(Unresolved::Dns(format!("{host} has no address")));
    }
    let public: Vec<SocketAddr> =
        addresses.into_iter().filter(|a| allow_private || is_public(a.ip())).collect();
    if public.is_empty() {
        return Err(Unresolved::Private(format!("{host} has no public address")));
    }
    Ok(public)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_addresses_are_not_public() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::a00:1",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn a_name_that_changes_its_answer_gains_nothing() {
        let (public, private): (SocketAddr, SocketAddr) =
            ("93.184.216.34:0".parse().unwrap(), "127.0.0.1:0".parse().unwrap());
        let dialled = |addresses: &[SocketAddr]| dialled("rt.example", addresses.to_vec(), false);
        assert_eq!(dialled(&[public]).unwrap(), [public]);
        assert!(matches!(dialled(&[private]), Err(Unresolved::Private(_))), "the second look-up");
        assert_eq!(dialled(&[private, public]).unwrap(), [public], "both in one answer");
    }

    #[track_caller]
    fn check(url: &str, expected: Option<FetchStatus>) {
        let found = permitted(&Url::parse(url).unwrap(), &FetchConfig::default());
        assert_eq!(found.err().map(|failure| failure.status), expected, "{url}");
    }

    #[test]
    fn only_plain_public_web_addresses_are_asked() {
        check("https://rt.example/rss/", None);
        check("http://rt.example:8080/", None);
        check("file:///etc/passwd", Some(FetchStatus::Redirect));
        check("http://user:pw@rt.example/", Some(FetchStatus::Ssrf));
        check("http://rt.example:22/", Some(FetchStatus::Ssrf));
        check("http://169.254.169.254/meta", Some(FetchStatus::Ssrf));
        check("http://0x7f.1/", Some(FetchStatus::Ssrf));
        check("http://[::1]/", Some(FetchStatus::Ssrf));
    }
}
