//! Sends messages to their recipients.

pub mod failure;
pub mod transport;
pub mod webhook;
