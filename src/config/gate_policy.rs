//! The settings of the gate that can change while it runs.

use std::{net::IpAddr, time::Duration};

use ipnet::IpNet;

use crate::domain::directory::account::Region;

/// What the gate requires, trusts and logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatePolicy {
    /// The region of the API. `None` accepts credentials of all regions.
    pub region: Option<Region>,
    /// The proxies that may forward a client's address and request.
    pub trusted_peers: TrustedPeers,
    /// The status codes that the proxy can pass on.
    pub profile: Profile,
    /// How long the gate answers from memory while the store cannot be reached.
    pub max_stale: Duration,
    /// Whether allowed requests are logged. Refused requests always are.
    pub log_allowed: bool,
}

/// The peers whose `X-Forwarded-*` headers count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedPeers {
    /// The networks of the trusted peers.
    pub networks: Vec<IpNet>,
    /// Whether peers on the Unix socket are trusted.
    pub unix: bool,
}

impl TrustedPeers {
    /// Whether a peer is trusted. `None` is a peer on the Unix socket.
    pub fn contains(&self, peer: Option<IpAddr>) -> bool {
        match peer.map(|peer| peer.to_canonical()) {
            None => self.unix,
            Some(peer) => self.networks.iter().any(|network| network.contains(&peer)),
        }
    }
}

/// The set of status codes that the gate sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// 200, 401, 403 and 503, which every proxy handles correctly.
    Exact,
    /// Also 429 and 410, for proxies that pass them on.
    Full,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 2] = [Self::Exact, Self::Full];

    /// Returns the word that flags and variables use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Full => "full",
        }
    }

    /// Parses the word that [`Self::as_str`] returns.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.as_str() == text)
    }
}

/// One entry of the list of trusted peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrustedPeer {
    /// The peers in a network.
    Network(IpNet),
    /// The peers on the Unix socket.
    Unix,
}

impl TrustedPeer {
    /// Parses a network such as `10.0.0.0/8`, an IP address, or `unix`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "unix" => Some(Self::Unix),
            _ => text
                .parse()
                .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
                .map(Self::Network)
                .ok(),
        }
    }
}

impl FromIterator<TrustedPeer> for TrustedPeers {
    fn from_iter<I: IntoIterator<Item = TrustedPeer>>(peers: I) -> Self {
        let mut trusted = Self::default();
        for peer in peers {
            match peer {
                TrustedPeer::Network(network) => trusted.networks.push(network.trunc()),
                TrustedPeer::Unix => trusted.unix = true,
            }
        }
        trusted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_are_trusted_by_network() {
        let peers = ["10.0.0.0/8", "192.0.2.77/30", "192.0.2.7", "2001:db8::/32", "::1"];
        let parsed = peers.into_iter().map(|text| TrustedPeer::parse(text).unwrap());
        let mut trusted: TrustedPeers = parsed.collect();
        let ranges = [
            ("9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"),
            ("192.0.2.75", "192.0.2.76", "192.0.2.79", "192.0.2.80"),
            ("192.0.2.6", "192.0.2.7", "192.0.2.7", "192.0.2.8"),
            ("2001:db7:ffff::", "2001:db8::", "2001:db8:ffff:ffff::", "2001:db9::"),
            ("::", "::1", "::1", "::2"),
            ("::ffff:9.255.255.255", "::ffff:10.0.0.0", "::ffff:10.255.255.255", "::ffff:11.0.0.0"),
        ];
        let is_trusted = |peer: &str| trusted.contains(Some(peer.parse().unwrap()));
        for (before, first, last, after) in ranges {
            let expected = [false, true, true, false];
            assert_eq!([before, first, last, after].map(is_trusted), expected, "{first}");
        }
        assert!(!trusted.contains(None));
        trusted.unix = true;
        assert!(trusted.contains(None));
        for bad in ["", "10.0.0.0/33", "::/129", "10.0.0", "localhost", "UNIX", "unix:"] {
            assert_eq!(TrustedPeer::parse(bad), None, "{bad}");
        }
    }
}
