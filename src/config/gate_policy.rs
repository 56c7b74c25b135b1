//! The policy: what the gate demands and whom it believes. It can be replaced while the gate runs.

use std::{net::IpAddr, time::Duration};

use ipnet::IpNet;

use crate::domain::directory::account::Region;

/// What the gate demands, believes and tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatePolicy {
    /// The region of the API behind it; without one every region's credentials pass.
    pub region: Option<Region>,
    /// Who may say for whom they ask.
    pub trusted_peers: TrustedPeers,
    /// Which statuses the proxy in front can carry.
    pub profile: Profile,
    /// For how long a store that is out of reach is answered for from memory.
    pub max_stale: Duration,
    /// Whether requests that pass are logged, too.
    pub log_allowed: bool,
}

/// Peers whose `X-Forwarded-*` headers are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedPeers {
    /// Their networks.
    pub networks: Vec<IpNet>,
    /// Whether whoever may open the Unix socket is one.
    pub unix: bool,
}

impl TrustedPeers {
    /// Whether a peer is believed; `None` is one on a Unix socket.
    pub fn contains(&self, peer: Option<IpAddr>) -> bool {
        match peer.map(|peer| peer.to_canonical()) {
            None => self.unix,
            Some(peer) => self.networks.iter().any(|network| network.contains(&peer)),
        }
    }
}

/// Which statuses are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// 200, 401, 403 and 503, on which every proxy acts as it should.
    Exact,
    /// 429 and 410 as well, for proxies that hand them on.
    Full,
}

impl Profile {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Full => "full",
        }
    }

    /// Reads the word for a profile.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Exact, Self::Full].into_iter().find(|profile| profile.as_str() == text)
    }
}

/// One of the peers that are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrustedPeer {
    /// Those in a network.
    Network(IpNet),
    /// Whoever may open the Unix socket.
    Unix,
}

impl TrustedPeer {
    /// Reads a network such as `10.0.0.0/8`, one address, or `unix`.
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
        let peers =
            ["10.0.0.0/8", "::1", "192.0.2.7"].map(|text| TrustedPeer::parse(text).unwrap());
        let trusted: TrustedPeers = peers.into_iter().collect();
        for (peer, expected) in [
            ("10.255.0.1", true),
            ("::ffff:10.0.0.1", true),
            ("11.0.0.1", false),
            ("::1", true),
            ("::2", false),
            ("192.0.2.7", true),
            ("192.0.2.8", false),
        ] {
            assert_eq!(trusted.contains(Some(peer.parse().unwrap())), expected, "{peer}");
        }
        assert!(!trusted.contains(None));
    }
}
