//! Decides whether a request may pass, and phrases the decision as a response.

pub(super) mod access_request;
mod auth_scheme;
pub(super) mod caller_identity;
pub(super) mod decider;
pub(super) mod decision_log;
mod deprecation;
pub(super) mod headers;
pub(super) mod outcome;
mod quota;
pub(super) mod rate_limiter;
pub(super) mod reason_table;
pub(super) mod refusal;

#[cfg(test)]
mod tests;
