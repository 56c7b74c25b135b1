//! What is left of a rate limit.

use crate::domain::{credential::rate_limit::RateLimit, instant::Instant};

/// The state of a credential's rate limit after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The requests that pass per minute.
    pub limit: RateLimit,
    /// How many more requests pass in this window.
    pub remaining: u32,
    /// When the next window begins.
    pub resets_at: Instant,
    /// Whether this request exceeded the limit.
    pub is_exceeded: bool,
}
