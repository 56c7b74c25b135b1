//! The transport that carries messages to webhooks.

use std::sync::Arc;

use crate::{
    delivery::{HttpTransport, TransportTimeouts, TrustedRoots},
    domain::notice::NetworkPolicy,
    ops::outbox::send::SharedTransport,
};

/// Returns an HTTP transport that connects only to addresses that `policy` allows and trusts the certificates of the
/// operating system.
pub fn http_transport(policy: NetworkPolicy) -> SharedTransport {
    Arc::new(HttpTransport::new(policy, TransportTimeouts::default(), TrustedRoots::System))
}
