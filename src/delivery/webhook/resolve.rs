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

/// Looks up the addresses of a host, for a port. It may take any time.
type HostLookup = fn(&str, u16) -> io::Result<Vec<SocketAddr>>;

/// Resolves a host once per connection and keeps the allowed addresses. The client connects to these only and does not
/// resolve again, so DNS rebinding cannot change the address after the check.
#[derive(Debug)]
pub(super) struct PolicyResolver {
    network_policy: NetworkPolicy,
    lookup: HostLookup,
}

impl PolicyResolver {
    /// Creates a resolver that asks the operating system.
    pub(super) fn new(network_policy: NetworkPolicy) -> Self {
        let lookup: HostLookup = |host, port| Ok((host, port).to_socket_addrs()?.collect());
        Self { network_policy, lookup }
    }
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
        let found = look_up(self.lookup, host, uri.port_u16().unwrap_or(port), timeout)?;
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
fn look_up(
    lookup: HostLookup,
    host: &str,
    port: u16,
    timeout: NextTimeout,
) -> Result<Vec<SocketAddr>, Error> {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let (sender, receiver) = sync_channel(1);
    let name = bare.to_owned();
    // The receiver is gone after a timeout.
    let send_addresses = move || _ = sender.send(lookup(&name, port)).ok();
    thread::Builder::new().name("webhook-name".to_owned()).spawn(send_addresses)?;
    match receiver.recv_timeout(*timeout.after) {
        Ok(found) => found.map_err(|_| Error::HostNotFound),
        Err(RecvTimeoutError::Timeout) => Err(Error::Timeout(timeout.reason)),
        Err(RecvTimeoutError::Disconnected) => Err(Error::HostNotFound),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ureq::Timeout;

    use super::*;

    /// Resolves a URL with this lookup, which may take this long.
    fn resolve_with(
        lookup: HostLookup,
        url: &str,
        network_policy: NetworkPolicy,
        after: Duration,
    ) -> Result<Vec<String>, Error> {
        let resolver = PolicyResolver { network_policy, lookup };
        let timeout =
            NextTimeout { after: after.into(), reason: Timeout::Resolve, ..NextTimeout::default() };
        let found = resolver.resolve(&url.parse().unwrap(), &Config::default(), timeout);
        Ok(found?.iter().map(ToString::to_string).collect())
    }

    fn public(lookup: HostLookup, url: &str) -> Result<Vec<String>, Error> {
        resolve_with(lookup, url, NetworkPolicy::PublicOnly, Duration::from_secs(60))
    }

    fn resolve(url: &str, policy: NetworkPolicy) -> Result<Vec<String>, Error> {
        let lookup = PolicyResolver::new(policy).lookup;
        resolve_with(lookup, url, policy, Duration::from_secs(60))
    }

    fn is_refused(url: &str) -> bool {
        matches!(resolve(url, NetworkPolicy::PublicOnly), Err(Error::Other(inner)) if inner.is::<OnlyPrivateAddresses>())
    }

    /// `count` addresses from 8.0.0.0 on.
    fn addresses(count: u8, port: u16) -> Vec<SocketAddr> {
        (0..count).map(|last| SocketAddr::from(([8, 0, 0, last], port))).collect()
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
    fn names_are_looked_up_with_their_port_and_addresses_are_not() {
        let echo: HostLookup = |host, port| {
            assert_eq!(host, "api.example.com");
            Ok(addresses(1, port))
        };
        assert_eq!(public(echo, "https://api.example.com/").unwrap(), ["8.0.0.0:443"]);
        assert_eq!(public(echo, "http://api.example.com/").unwrap(), ["8.0.0.0:80"]);
        assert_eq!(public(echo, "https://api.example.com:8443/").unwrap(), ["8.0.0.0:8443"]);
        let unexpected: HostLookup = |host, _| panic!("{host} was looked up");
        assert_eq!(public(unexpected, "https://8.8.8.8/").unwrap(), ["8.8.8.8:443"]);
        assert_eq!(public(unexpected, "https://[2606::1]/").unwrap(), ["[2606::1]:443"]);
    }

    #[test]
    fn only_the_first_allowed_addresses_are_tried() {
        let tried = |lookup| public(lookup, "https://many.example/").unwrap();
        assert_eq!(tried(|_, port| Ok(addresses(7, port))).len(), 7);
        assert_eq!(tried(|_, port| Ok(addresses(8, port))).len(), MAX_ADDRESSES);
        let first: Vec<String> = addresses(8, 443).iter().map(ToString::to_string).collect();
        assert_eq!(tried(|_, port| Ok(addresses(200, port))), first);
        // Private addresses do not count.
        let behind_private: HostLookup = |_, port| {
            let private = (0..20).map(|last| SocketAddr::from(([10, 0, 0, last], port)));
            Ok(private.chain(addresses(1, port)).collect())
        };
        assert_eq!(tried(behind_private), ["8.0.0.0:443"]);
        let url = "https://many.example/";
        let any = resolve_with(behind_private, url, NetworkPolicy::AllowPrivate, Duration::MAX);
        let any = any.unwrap();
        assert_eq!((any.len(), any[0].as_str()), (MAX_ADDRESSES, "10.0.0.0:443"));
    }

    #[test]
    fn a_host_without_public_addresses_is_refused() {
        let private: HostLookup = |_, port| Ok(vec![SocketAddr::from(([10, 0, 0, 1], port))]);
        let refused = public(private, "https://inside.example/").unwrap_err();
        assert!(matches!(refused, Error::Other(inner) if inner.is::<OnlyPrivateAddresses>()));
        let failures: [HostLookup; 3] = [
            |_, _| Ok(Vec::new()),
            |_, _| Err(io::ErrorKind::NotFound.into()),
            |_, _| std::panic::resume_unwind(Box::new("the lookup panicked")),
        ];
        for failure in failures {
            let refused = public(failure, "https://nowhere.example/").unwrap_err();
            assert!(matches!(refused, Error::HostNotFound), "{refused}");
        }
    }

    #[test]
    fn a_slow_lookup_times_out() {
        let slow: HostLookup = |_, port| {
            thread::sleep(Duration::from_secs(2));
            Ok(addresses(1, port))
        };
        let url = "https://slow.example/";
        let resolve_within = |after| {
            resolve_with(slow, url, NetworkPolicy::PublicOnly, Duration::from_millis(after))
        };
        assert!(matches!(resolve_within(10), Err(Error::Timeout(Timeout::Resolve))));
        assert_eq!(resolve_within(60_000).unwrap(), ["8.0.0.0:443"]);
    }
}
