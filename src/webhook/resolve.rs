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

use crate::domain::webhook::{Reach, is_private};

/// The most addresses of one host that are tried.
const MOST: usize = 8;

/// Every address of the host is a private one.
#[derive(Debug, thiserror::Error)]
#[error("private address")]
pub(super) struct OnlyPrivate;

/// Looks a host up once for each connection, and lets through what may be connected to. The client connects to nothing
/// else and asks nobody again, so a name that changes its address in between (DNS rebinding) gains nothing.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) reach: Reach,
}

impl Resolver for Checked {
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
        for address in allowed(found, self.reach).take(MOST) {
            addresses.push(address);
        }
        match addresses.is_empty() {
            true => Err(Error::Other(Box::new(OnlyPrivate))),
            false => Ok(addresses),
        }
    }
}

/// Those of the addresses that a message may go to.
fn allowed(found: Vec<SocketAddr>, reach: Reach) -> impl Iterator<Item = SocketAddr> {
    found.into_iter().filter(move |found| reach == Reach::Anywhere || !is_private(found.ip()))
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
    let asker = move || {
        let found: io::Result<Vec<SocketAddr>> =
            (name.as_str(), port).to_socket_addrs().map(Iterator::collect);
        // Nobody waits any more when it took too long.
        answer.send(found).ok();
    };
    thread::Builder::new().name("webhook-name".to_owned()).spawn(asker)?;
    match answered.recv_timeout(*timeout.after) {
        Ok(found) => found.map_err(|_| Error::HostNotFound),
        Err(RecvTimeoutError::Timeout) => Err(Error::Timeout(timeout.reason)),
        Err(RecvTimeoutError::Disconnected) => Err(Error::HostNotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(url: &str, reach: Reach) -> Result<Vec<String>, Error> {
        let checked = Checked { reach };
        let found = checked.resolve(&url.parse().unwrap(), &Config::default(), Default::default());
        Ok(found?.iter().map(ToString::to_string).collect())
    }

    fn is_refused(url: &str) -> bool {
        matches!(resolve(url, Reach::Public), Err(Error::Other(inner)) if inner.is::<OnlyPrivate>())
    }

    #[test]
    fn addresses_are_let_through_or_refused() {
        let public = |url| resolve(url, Reach::Public).unwrap();
        assert_eq!(public("https://8.8.8.8/"), ["8.8.8.8:443"]);
        assert_eq!(public("https://[2606:4700::1111]:8443/"), ["[2606:4700::1111]:8443"]);
        assert!(is_refused("https://169.254.169.254/") && is_refused("https://[::1]/"));
        assert_eq!(resolve("http://10.0.0.1/", Reach::Anywhere).unwrap(), ["10.0.0.1:80"]);
    }

    #[test]
    fn names_and_numbers_of_this_machine_are_refused() {
        // The last ones are read as 127.0.0.1 by the operating system.
        for host in ["localhost", "127.1", "2130706433", "0x7f.0.0.1"] {
            assert!(is_refused(&format!("https://{host}/")), "{host}");
        }
        assert!(!resolve("https://localhost:1/", Reach::Anywhere).unwrap().is_empty());
    }

    #[test]
    fn of_several_addresses_the_public_ones_are_left() {
        let found =
            ["10.0.0.1:443", "8.8.8.8:443", "[fd00::1]:443"].map(|text| text.parse().unwrap());
        let left: Vec<SocketAddr> = allowed(found.to_vec(), Reach::Public).collect();
        assert_eq!(left, [found[1]]);
        assert_eq!(allowed(found.to_vec(), Reach::Anywhere).count(), 3);
    }
}
