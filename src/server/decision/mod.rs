//! Decides whether a request may pass, and answers it.

pub(super) mod caller_identity;
pub(super) mod decider;
pub(super) mod rate_limiter;
pub(super) mod reason_table;
pub(super) mod refusal;
