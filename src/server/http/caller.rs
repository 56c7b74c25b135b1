//! The caller: the client whose request a proxy asks about, as far as the proxy is trusted to describe it.

use std::net::IpAddr;

use hyper::{
    HeaderMap,
    header::{AsHeaderName, HeaderValue},
    http::request::Parts,
};

use crate::config::gate_policy::TrustedPeers;

/// The longest request id that is accepted, in bytes.
const REQUEST_ID_LIMIT: usize = 128;
/// Where a path is cut off, in bytes.
const PATH_LIMIT: usize = 1_024;

/// The original request that a peer asks about.
pub struct Caller<'h> {
    head: &'h Parts,
    peer: Option<IpAddr>,
    is_trusted: bool,
}

impl<'h> Caller<'h> {
    /// The caller of a request from `peer`, which is `None` on a Unix socket. Forwarded headers count only if the peer
    /// is among the `trusted` ones.
    pub fn new(head: &'h Parts, peer: Option<IpAddr>, trusted: &TrustedPeers) -> Self {
        Self { head, peer, is_trusted: trusted.contains(peer) }
    }

    /// Returns the caller's address: the last one that a trusted peer added, else the peer's own. Earlier addresses in
    /// the list may be forged by the caller.
    pub fn address(&self) -> Option<IpAddr> {
        let last = self.forwarded("x-forwarded-for").and_then(|list| list.rsplit(',').next());
        last.and_then(|address| address.trim().parse().ok()).or(self.peer)
    }

    /// Returns the method of the original request.
    pub fn method(&self) -> &'h str {
        let forwarded =
            self.forwarded("x-forwarded-method").or_else(|| self.forwarded("x-original-method"));
        forwarded.unwrap_or(self.head.method.as_str())
    }

    /// Returns the path of the original request, without its query. Envoy appends it to `/verify`.
    pub fn path(&self) -> &'h str {
        let forwarded =
            self.forwarded("x-forwarded-uri").or_else(|| self.forwarded("x-original-uri"));
        let own = self.head.uri.path();
        let appended = own.strip_prefix("/verify").filter(|rest| rest.starts_with('/'));
        let target = forwarded.or(appended).unwrap_or(own);
        let path = target.split('?').next().unwrap_or_default();
        &path[..path.floor_char_boundary(PATH_LIMIT)]
    }

    /// Returns the request id that a proxy assigned; `None` if there is none, or it is too long or not plain ASCII.
    pub fn request_id(&self) -> Option<&'h str> {
        let id = last_header(&self.head.headers, "x-request-id")?;
        let is_valid = (1..=REQUEST_ID_LIMIT).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_graphic());
        is_valid.then_some(id)
    }

    fn forwarded(&self, name: &str) -> Option<&'h str> {
        if self.is_trusted { last_header(&self.head.headers, name) } else { None }
    }
}

/// Returns a peer's address as text; `unix` for a peer on a Unix socket.
pub fn address_text(address: Option<IpAddr>) -> String {
    address.map_or_else(|| "unix".to_owned(), |address| address.to_canonical().to_string())
}

/// Returns the last of the headers with a name, which is the one that the nearest proxy added.
fn last_header(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    headers.get_all(name).iter().next_back().and_then(|value: &HeaderValue| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    use hyper::Request;

    use crate::config::gate_policy::TrustedPeer;

    const PEER: &str = "127.0.0.1";

    fn head(target: &str, headers: &[(&str, &str)]) -> Parts {
        let request = Request::get(target);
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(()).unwrap().into_parts().0
    }

    /// Returns the address, method and path of a caller.
    fn described(headers: &[(&str, &str)], peer: Option<&str>, trusted: &str) -> [String; 3] {
        let trusted = trusted.split_whitespace().filter_map(TrustedPeer::parse).collect();
        let (head, peer) = (head("/verify/a?b=c", headers), peer.map(|peer| peer.parse().unwrap()));
        let caller = Caller::new(&head, peer, &trusted);
        [address_text(caller.address()), caller.method().to_owned(), caller.path().to_owned()]
    }

    #[test]
    fn forwarded_headers_of_untrusted_peers_are_ignored() {
        let forged = [
            ("x-forwarded-for", "192.0.2.1"),
            ("x-forwarded-method", "PUT"),
            ("x-original-uri", "/x"),
        ];
        assert_eq!(described(&forged, Some(PEER), "10.0.0.0/8 unix"), [PEER, "GET", "/a"]);
        assert_eq!(described(&forged, None, "127.0.0.0/8"), ["unix", "GET", "/a"]);
        assert_eq!(described(&forged, None, "unix"), ["192.0.2.1", "PUT", "/x"]);
        assert_eq!(described(&[], Some("::ffff:192.0.2.9"), ""), ["192.0.2.9", "GET", "/a"]);
    }

    #[test]
    fn the_last_forwarded_address_is_used() {
        let address = |values: &[&str]| {
            let headers: Vec<_> = values.iter().map(|value| ("x-forwarded-for", *value)).collect();
            let [address, ..] = described(&headers, Some(PEER), PEER);
            address
        };
        assert_eq!(address(&["192.0.2.1, 192.0.2.2"]), "192.0.2.2");
        assert_eq!(address(&["192.0.2.1", " 2001:db8::1 "]), "2001:db8::1");
        for odd in ["", "unknown", "192.0.2.1,", "192.0.2.1:443", "[2001:db8::1]"] {
            assert_eq!(address(&[odd]), PEER, "{odd:?}");
        }
    }

    #[test]
    fn long_paths_are_cut_at_a_character_boundary() {
        let long = format!("/{}é?q", "x".repeat(PATH_LIMIT - 2));
        let head = head(&long, &[]);
        assert_eq!(
            Caller::new(&head, None, &TrustedPeers::default()).path(),
            &long[..PATH_LIMIT - 1]
        );
    }

    #[test]
    fn request_ids_are_short_and_plain() {
        let id = |value: &str| {
            let head = head("/", &[("x-request-id", value)]);
            Caller::new(&head, None, &TrustedPeers::default()).request_id().map(str::to_owned)
        };
        for valid in ["7", "Root=1-67891233-abcdef012345678912345678", &"x".repeat(128)] {
            assert_eq!(id(valid).as_deref(), Some(valid));
        }
        for bad in ["", "a b", "a\tb", &"x".repeat(129)] {
            assert_eq!(id(bad), None, "{bad:?}");
        }
    }
}
