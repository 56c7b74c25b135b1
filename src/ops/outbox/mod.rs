//! The outbox: queues messages to apps and sends them at least once.

pub mod deliver;
pub(super) mod enqueue;
