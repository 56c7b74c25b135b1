//! Counts of messages to apps.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::ops::outbox::counts::MessageCounts;

/// The number of messages by state, as of the last round of the webhook dispatcher.
#[derive(Debug, Default)]
pub struct OutboxGauges {
    pending: AtomicI64,
    delivered: AtomicI64,
    given_up: AtomicI64,
}

impl OutboxGauges {
    /// Returns each state with its number of messages.
    pub fn counts(&self) -> [(&'static str, i64); 3] {
        [("pending", &self.pending), ("delivered", &self.delivered), ("given_up", &self.given_up)]
            .map(|(state, count)| (state, count.load(Ordering::Relaxed)))
    }

    /// Replaces the counts.
    pub fn set(&self, messages: MessageCounts) {
        self.pending.store(messages.pending, Ordering::Relaxed);
        self.delivered.store(messages.delivered, Ordering::Relaxed);
        self.given_up.store(messages.lost, Ordering::Relaxed);
    }
}
