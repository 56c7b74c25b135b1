//! A request while it is handled.

use std::{net::IpAddr, time::Instant as Timer};

use hyper::http::request::Parts;

use super::{caller::Caller, response::HttpResponse, route::Route};
use crate::config::gate_policy::TrustedPeers;

/// What handlers know of a request, beside its body.
pub struct RequestContext {
    /// The endpoint, parsed from the path once.
    pub route: Route,
    /// Method, target and headers.
    pub head: Parts,
    /// The address of the peer; `None` on a Unix socket.
    pub peer: Option<IpAddr>,
    /// When the head of the request had arrived.
    pub began: Timer,
}

impl RequestContext {
    /// Returns the original request that the peer describes, as far as it is trusted to.
    pub fn caller(&self, trusted: &TrustedPeers) -> Caller<'_> {
        Caller::new(&self.head, self.peer, trusted)
    }

    /// Returns the error response if the endpoint takes only another method.
    pub fn method_error(&self) -> Option<HttpResponse> {
        let allowed =
            self.route.endpoint.method().filter(|allowed| self.head.method != **allowed)?;
        Some(self.route.error_style.method_not_allowed(allowed))
    }
}
