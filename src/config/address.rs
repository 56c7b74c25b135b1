//! Listen addresses of servers.

use std::{fmt, net::SocketAddr, path::PathBuf};

/// The address that a server listens on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// An IP address and a port. Port 0 selects a free port.
    Tcp(SocketAddr),
    /// The path of a Unix socket.
    Unix(PathBuf),
}

/// The text is not a listen address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address must be IP:PORT, such as 127.0.0.1:8710 or [::1]:8710, or unix:PATH")]
pub struct ListenAddressError;

impl ListenAddress {
    /// Parses an address. Host names are not resolved.
    ///
    /// # Errors
    /// The text is neither IP:PORT nor unix:PATH.
    pub fn parse(text: &str) -> Result<Self, ListenAddressError> {
        match text.strip_prefix("unix:") {
            Some("") => Err(ListenAddressError),
            Some(path) => Ok(Self::Unix(path.into())),
            None => text.parse().map(Self::Tcp).map_err(|_| ListenAddressError),
        }
    }

    /// Returns the address with the path of a Unix socket replaced by `map(path)`.
    #[must_use]
    pub fn map_path(self, map: impl FnOnce(PathBuf) -> PathBuf) -> Self {
        match self {
            Self::Tcp(_) => self,
            Self::Unix(path) => Self::Unix(map(path)),
        }
    }

    /// Whether only this machine can connect to it.
    pub fn is_local(&self) -> bool {
        match self {
            Self::Tcp(address) => address.ip().to_canonical().is_loopback(),
            Self::Unix(_) => true,
        }
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listen_addresses_round_trip() {
        for valid in ["127.0.0.1:8710", "[::1]:0", "unix:/run/gatepass/gate.sock"] {
            assert_eq!(ListenAddress::parse(valid).unwrap().to_string(), valid);
        }
        for bad in ["", "8710", "localhost:8710", "127.0.0.1", "unix:", "127.0.0.1:65536"] {
            assert_eq!(ListenAddress::parse(bad), Err(ListenAddressError), "{bad:?}");
        }
    }

    #[test]
    fn only_loopback_and_unix_sockets_are_local() {
        for (address, is_local) in [
            ("127.0.0.0:1", true),
            ("127.255.255.255:1", true),
            ("[::1]:1", true),
            ("[::ffff:127.0.0.1]:1", true),
            ("unix:/run/gate.sock", true),
            ("126.255.255.255:1", false),
            ("128.0.0.0:1", false),
            ("0.0.0.0:1", false),
            ("[::]:1", false),
            ("[::2]:1", false),
            ("[::ffff:10.0.0.1]:1", false),
            ("192.168.0.1:1", false),
        ] {
            assert_eq!(ListenAddress::parse(address).unwrap().is_local(), is_local, "{address}");
        }
    }
}
