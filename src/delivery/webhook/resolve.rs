//! From a host to the addresses that a message may go to.

use std::{
    io,
    net::{IpAddr, SocketAddr, ToSocketAddrs},
    sync::mpsc::{RecvTimeoutError, sync_channel},
    thread,
};

use http::{Uri, uri::Scheme};
use ureq::{
    Error,
    config::Config,
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

use crate::domain::notice::{NetworkPolicy, is_private};

/// The most addresses of one host that are tried.
const MAX_ADDRESSES: usize = 8;

/// Every address of the host is a private one.
#[derive(Debug, thiserror::Error)]
#[error("private address")]
pub(super) struct OnlyPrivateAddresses;

/// Looks a host up once for each connection, and lets through what may be connected to. The client connects to nothing
/// else and asks nobody again, so a name that changes its address in between (DNS rebinding) gains nothing.
#[derive(Debug)]
pub(super) struct PolicyResolver {
    pub(super) network_policy: NetworkPolicy,
}

impl Resolver for PolicyResolver {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().ok_or(Error::HostNotFound)?;
        let port = if uri.scheme() == Some(&Scheme::HTTP) { 80 } else { 443 };
        let found = look_up(host, uri.port_u16().unwrap_or(port), timeout)?;
        if found.is_empty() {
            return Err(Error::HostNotFound);
        }
        let mut addresses = self.empty();
        for address in allowed_addresses(found, self.network_policy).take(MAX_ADDRESSES) {
            addresses.push(address);
        }
        match addresses.is_empty() {
            true => Err(Error::Other(Box::new(OnlyPrivateAddresses))),
            false => Ok(addresses),
        }
    }
}

/// Those of the addresses that a message may go to.
fn allowed_addresses(
    found: Vec<SocketAddr>,
    reach: NetworkPolicy,
) -> impl Iterator<Item = SocketAddr> {
    found
        .into_iter()
        .filter(move |found| reach == NetworkPolicy::AllowPrivate || !is_private(found.ip()))
}

/// All addresses of a host. The operating system's look-up knows no limit, so it is made by a thread that is left
/// behind when it takes too long.
fn look_up(host: &str, port: u16, timeout: NextTimeout) -> Result<Vec<SocketAddr>, Error> {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let (answer, answered) = sync_channel(1);
    let name = bare.to_owned();
    let lookup = move || {
        let found: io::Result<Vec<SocketAddr>> =
            (name.as_str(), port).to_socket_addrs().map(Iterator::collect);
        // Nobody waits any more when it took too long.
        answer.send(found).ok();
    };
    thread::Builder::new().name("webhook-name".to_owned()).spawn(lookup)?;
    match answered.recv_timeout(*timeout.after) {
        Ok(found) => found.map_err(|_| Error::HostNotFound),
        Err(RecvTimeoutError::Timeout) => Err(Error::Timeout(timeout.reason)),
        Err(RecvTimeoutError::Disconnected) => Err(Error::HostNotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(url: &str, reach: NetworkPolicy) -> Result<Vec<String>, Error> {
        let checked = PolicyResolver { network_policy: reach };
        let found = checked.resolve(&url.parse().unwrap(), &Config::default(), Default::default());
        Ok(found?.iter().map(ToString::to_string).collect())
    }

    fn is_refused(url: &str) -> bool {
        matches!(resolve(url, NetworkPolicy::PublicOnly), Err(Error::Other(inner)) if inner.is::<OnlyPrivateAddresses>())
    }

    #[test]
    fn public_addresses_pass_and_private_ones_are_refused() {
        let public = |url| resolve(url, NetworkPolicy::PublicOnly).unwrap();
        assert_eq!(public("https://8.8.8.8/"), ["8.8.8.8:443"]);
        assert_eq!(public("https://[2606:4700::1111]:8443/"), ["[2606:4700::1111]:8443"]);
        assert!(is_refused("https://169.254.169.254/") && is_refused("https://[::1]/"));
        assert_eq!(
            resolve("http://10.0.0.1/", NetworkPolicy::AllowPrivate).unwrap(),
            ["10.0.0.1:80"]
        );
    }

    #[test]
    fn loopback_names_and_numeric_forms_are_refused() {
        // The last ones are read as 127.0.0.1 by the operating system.
        for host in ["localhost", "127.1", "2130706433", "0x7f.0.0.1"] {
            assert!(is_refused(&format!("https://{host}/")), "{host}");
        }
        assert!(!resolve("https://localhost:1/", NetworkPolicy::AllowPrivate).unwrap().is_empty());
    }

    #[test]
    fn only_public_addresses_are_kept() {
        let found =
            ["10.0.0.1:443", "8.8.8.8:443", "[fd00::1]:443"].map(|text| text.parse().unwrap());
        let left: Vec<SocketAddr> =
            allowed_addresses(found.to_vec(), NetworkPolicy::PublicOnly).collect();
        assert_eq!(left, [found[1]]);
        assert_eq!(allowed_addresses(found.to_vec(), NetworkPolicy::AllowPrivate).count(), 3);
    }
}
