//! The input of a message's ID.

use crate::domain::{audit::ChainLink, seq::MessageSeq};

/// The fields whose MAC becomes the ID of a message. The link makes a difference after a store was restored to an
/// older state: a new message with a reused number gets another ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageIdSeed {
    /// The number of the message.
    pub seq: MessageSeq,
    /// The link of the audit record that was the newest when the message was created.
    pub link: ChainLink,
}
