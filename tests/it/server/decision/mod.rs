//! Decisions, and the responses that report them.

pub(super) mod legacy_keys;
pub(super) mod rate_limits;
pub(super) mod rejections;
pub(super) mod responses;
pub(super) mod tokens;
pub(super) mod verify_agreement;
