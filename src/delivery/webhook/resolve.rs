//! Resolves a webhook's host to the addresses that are allowed.

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

/// The most addresses of a host that are tried.
const MAX_ADDRESSES: usize = 8;

/// All addresses of the host are private.
#[derive(Debug, thiserror::Error)]
#[error("private address")]
pub(super) struct OnlyPrivateAddresses;

/// Resolves a host once per connection and keeps the allowed addresses. The client connects to these only and does not
/// resolve again, so DNS rebinding cannot change the address after the check.
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

/// Keeps the addresses that the policy allows.
fn allowed_addresses(
    found: Vec<SocketAddr>,
    policy: NetworkPolicy,
) -> impl Iterator<Item = SocketAddr> {
    found
        .into_iter()
        .filter(move |found| policy == NetworkPolicy::AllowPrivate || !is_private(found.ip()))
}

/// Resolves a host. The operating system's resolver has no timeout, so a thread calls it, and is left behind when the
/// time is up.
fn look_up(host: &str, port: u16, timeout: NextTimeout) -> Result<Vec<SocketAddr>, Error> {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let (sender, receiver) = sync_channel(1);
    let name = bare.to_owned();
    let lookup = move || {
        let found: io::Result<Vec<SocketAddr>> =
            (name.as_str(), port).to_socket_addrs().map(Iterator::collect);
        // The receiver is gone after a timeout.
        sender.send(found).ok();
    };
    thread::Builder::new().name("webhook-name".to_owned()).spawn(lookup)?;
    match receiver.recv_timeout(*timeout.after) {
        Ok(found) => found.map_err(|_| Error::HostNotFound),
        Err(RecvTimeoutError::Timeout) => Err(Error::Timeout(timeout.reason)),
        Err(RecvTimeoutError::Disconnected) => Err(Error::HostNotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(url: &str, policy: NetworkPolicy) -> Result<Vec<String>, Error> {
        let resolver = PolicyResolver { network_policy: policy };
        let found = resolver.resolve(&url.parse().unwrap(), &Config::default(), Default::default());
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
        // The operating system reads the last three as 127.0.0.1.
        for host in ["localhost", "127.1", "2130706433", "0x7f.0.0.1"] {
            assert!(is_refused(&format!("https://{host}/")), "{host}");
        }
        assert!(!resolve("https://localhost:1/", NetworkPolicy::AllowPrivate).unwrap().is_empty());
    }

    #[test]
    fn only_public_addresses_are_kept() {
        let found =
            ["10.0.0.1:443", "8.8.8.8:443", "[fd00::1]:443"].map(|text| text.parse().unwrap());
        let kept: Vec<SocketAddr> =
            allowed_addresses(found.to_vec(), NetworkPolicy::PublicOnly).collect();
        assert_eq!(kept, [found[1]]);
        assert_eq!(allowed_addresses(found.to_vec(), NetworkPolicy::AllowPrivate).count(), 3);
    }
}
