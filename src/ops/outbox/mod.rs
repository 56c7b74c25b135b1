//! The outbox: webhook messages to apps, queued with the change that they are about and delivered at least once.

pub(super) mod cancel;
pub mod counts;
pub mod deliver;
pub(super) mod enqueue;
pub(super) mod expiring;
pub mod lease;
pub mod report;
pub(super) mod retention;
pub mod send;
pub(super) mod settle;
pub(super) mod signing_key;
