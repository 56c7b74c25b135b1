//! The caller: for whom a peer asks, as far as the peer is believed.

use std::net::IpAddr;

use hyper::{
    HeaderMap,
    header::{AsHeaderName, HeaderValue},
    http::request::Parts,
};

use crate::config::policy::Trusted;

/// The longest request id that is taken over.
const REQUEST_ID_LIMIT: usize = 128;
/// The most of a path that is told.
const PATH_LIMIT: usize = 1_024;

/// The request that a peer asks about.
pub struct Caller<'h> {
    head: &'h Parts,
    peer: Option<IpAddr>,
    is_believed: bool,
}

impl<'h> Caller<'h> {
    /// The caller of a request that came from `peer`; `None` is one on a Unix socket.
    pub fn new(head: &'h Parts, peer: Option<IpAddr>, trusted: &Trusted) -> Self {
        Self { head, peer, is_believed: trusted.includes(peer) }
    }

    /// The address of the caller: the last one that a believed peer added, else the peer's own. What stands before the
    /// last one is what the caller claims.
    pub fn address(&self) -> Option<IpAddr> {
        let told = self.told("x-forwarded-for").and_then(|list| list.rsplit(',').next());
        told.and_then(|address| address.trim().parse().ok()).or(self.peer)
    }

    /// The method that was asked for.
    pub fn method(&self) -> &'h str {
        let told = self.told("x-forwarded-method").or_else(|| self.told("x-original-method"));
        told.unwrap_or(self.head.method.as_str())
    }

    /// The path that was asked for, without its query. Envoy tells it behind our own.
    pub fn path(&self) -> &'h str {
        let told = self.told("x-forwarded-uri").or_else(|| self.told("x-original-uri"));
        let own = self.head.uri.path();
        let behind = own.strip_prefix("/verify").filter(|rest| rest.starts_with('/'));
        let target = told.or(behind).unwrap_or(own);
        let path = target.split('?').next().unwrap_or_default();
        &path[..path.floor_char_boundary(PATH_LIMIT)]
    }

    /// The id under which others tell of this request, if it has a sensible one.
    pub fn request_id(&self) -> Option<&'h str> {
        let id = text(&self.head.headers, "x-request-id")?;
        let is_sensible = (1..=REQUEST_ID_LIMIT).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_graphic());
        is_sensible.then_some(id)
    }

    fn told(&self, name: &str) -> Option<&'h str> {
        if self.is_believed { text(&self.head.headers, name) } else { None }
    }
}

/// A peer's address as it is written down.
pub fn address_text(address: Option<IpAddr>) -> String {
    address.map_or_else(|| "unix".to_owned(), |address| address.to_canonical().to_string())
}

/// The last of the headers with a name: the one that the nearest proxy added.
fn text(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    headers.get_all(name).iter().next_back().and_then(|value: &HeaderValue| value.to_str().ok())
}
