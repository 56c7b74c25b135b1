//! Delivery: sends messages to their recipients.

mod failure;
mod transport;
mod webhook;

pub use failure::DeliveryFailure;
pub use transport::{Destination, OutgoingMessage, Transport};
pub use webhook::{
    http::{HttpTransport, TransportTimeouts, TrustedRoots},
    sign::{InvalidSigningKey, SigningKey},
};
